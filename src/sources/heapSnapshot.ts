/**
 * V8 heap snapshots, read in one pass over bytes as they come: totals, and what the instances of each constructor weigh. A
 * snapshot of 1 GB takes the memory of its constructors' names. The format: `snapshot` (field names, counts), `nodes` and
 * `edges` (flat lists of integers), some lists that do not matter here, `strings`; in this order, as V8 writes it.
 */
import { isObject, type JsonValue, parseJsonValue } from './jsonScan';

export interface ConstructorShare {
  readonly name: string;
  readonly objects: number;
  /** Self sizes, bytes; what they hold beside themselves is not in it. */
  readonly bytes: number;
}

export interface HeapTotals {
  readonly objects: number;
  readonly bytes: number;
  /** By type of node: `object`, `string`, `closure`, `array`, `code`, …; bytes. */
  readonly byType: ReadonlyMap<string, number>;
  /** Heaviest first. */
  readonly constructors: readonly ConstructorShare[];
}

export type HeapReading =
  | { readonly ok: true; readonly heap: HeapTotals }
  | {
      readonly ok: false;
      readonly kind: 'truncated' | 'not-a-snapshot';
      readonly message: string;
      readonly offset: number;
    };

/** Constructors that are kept by name; the rest is summed up. */
const maxConstructors = 2000;
const maxName = 200;
const maxHeader = 1_000_000;
/** Types whose nodes carry the name of what made them. */
const namedTypes: ReadonlySet<string> = new Set(['object', 'native']);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

class Fault extends Error {}

interface Layout {
  readonly width: number;
  readonly type: number;
  readonly name: number;
  readonly size: number;
  readonly types: readonly string[];
  readonly nodeCount: number;
}

function stringsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function layoutOf(header: string): Layout {
  const parsed = parseJsonValue(header);
  const snapshot = parsed.ok && isObject(parsed.value) ? parsed.value : null;
  const meta = snapshot && isObject(snapshot.meta) ? snapshot.meta : null;
  const fields = stringsOf(meta?.node_fields);
  const nodeTypes = meta?.node_types;
  const types = stringsOf(Array.isArray(nodeTypes) ? (nodeTypes as readonly JsonValue[])[0] : undefined);
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const nodeCount = snapshot?.node_count;
  if (type === undefined || name === undefined || size === undefined || type < 0 || name < 0 || size < 0)
    throw new Fault('The file does not say where type, name and size of a node stand');
  if (types.length === 0 || typeof nodeCount !== 'number')
    throw new Fault('The file does not say how many nodes it has');
  return { width: fields.length, type, name, size, types, nodeCount };
}

type Part = 'start' | 'key' | 'afterKey' | 'value' | 'header' | 'nodes' | 'numbers' | 'skip' | 'strings' | 'end';

/** Takes the bytes of one snapshot in order; `end` gives what they say. Never throws. */
export class HeapSnapshotReader {
  private part: Part = 'start';
  private offset = 0;
  private key = '';
  private layout: Layout | null = null;
  private text: number[] = [];
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Of the list of nodes: the field that comes next, and the digits read of it. */
  private field = 0;
  private number = 0;
  private hasDigits = false;
  private nodeType = 0;
  private nodeName = 0;
  private bytesOfNode = 0;
  private nodes = 0;
  private bytes = 0;
  private typeBytes = new Float64Array(0);
  private typeCounts = new Float64Array(0);
  private isNamed: readonly boolean[] = [];
  /** By index of the name: objects and bytes. */
  private readonly named = new Map<number, { objects: number; bytes: number }>();
  private readonly names = new Map<number, string>();
  private nodesDone = false;
  private stringIndex = 0;
  /** Is the string that is read now the name of something? */
  private isWanted = false;
  private stringsDone = false;
  private fault: Fault | null = null;

  /** Nothing that follows can mend it. */
  get hasFailed(): boolean {
    return this.fault !== null;
  }

  push(chunk: Uint8Array): void {
    if (this.fault) return;
    try {
      for (let at = 0; at < chunk.length; ) at = this.step(chunk, at);
      this.offset += chunk.length;
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      this.fault = fault;
    }
  }

  end(): HeapReading {
    const { fault, layout, offset } = this;
    if (fault) return { ok: false, kind: 'not-a-snapshot', message: fault.message, offset };
    if (!layout || !this.nodesDone || !this.stringsDone)
      return { ok: false, kind: 'truncated', message: 'The snapshot ends before its list of strings does', offset };
    if (this.nodes !== layout.nodeCount) {
      const message = `The snapshot names ${layout.nodeCount} nodes and holds ${this.nodes}`;
      return { ok: false, kind: 'truncated', message, offset };
    }
    const byName = new Map<string, ConstructorShare>();
    const add = (name: string, objects: number, bytes: number): void => {
      const known = byName.get(name);
      byName.set(name, { name, objects: (known?.objects ?? 0) + objects, bytes: (known?.bytes ?? 0) + bytes });
    };
    for (const [index, { objects, bytes }] of this.named) add(this.names.get(index) ?? '(no name)', objects, bytes);
    for (const [index, type] of layout.types.entries())
      if (!namedTypes.has(type) && (this.typeCounts[index] ?? 0) > 0)
        add(`(${type})`, this.typeCounts[index] ?? 0, this.typeBytes[index] ?? 0);
    const all = [...byName.values()].sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
    return {
      ok: true,
      heap: {
        objects: this.nodes,
        bytes: this.bytes,
        byType: new Map(layout.types.map((type, index) => [type, this.typeBytes[index] ?? 0])),
        constructors: all.slice(0, maxConstructors),
      },
    };
  }

  /** Takes what it can from `at` on and says where it stopped. */
  private step(chunk: Uint8Array, at: number): number {
    switch (this.part) {
      case 'nodes':
        return this.takeNodes(chunk, at);
      case 'numbers': {
        const end = chunk.indexOf(CLOSE_BRACKET, at);
        if (end === -1) return chunk.length;
        this.part = 'key';
        return end + 1;
      }
      case 'header':
        return this.takeHeader(chunk, at);
      case 'skip':
        return this.skipValue(chunk, at);
      case 'strings':
        return this.takeStrings(chunk, at);
      case 'end':
        return chunk.length;
      default:
        return this.takeStructure(chunk, at);
    }
  }

  private takeStructure(chunk: Uint8Array, at: number): number {
    const code = chunk[at] ?? 0;
    if (code <= 0x20) return at + 1;
    switch (this.part) {
      case 'start':
        if (code !== OPEN_BRACE) throw new Fault('The file does not start as a heap snapshot does');
        this.part = 'key';
        return at + 1;
      case 'key':
        if (this.inString) {
          if (code === QUOTE) {
            this.key = String.fromCharCode(...this.text);
            this.inString = false;
            this.part = 'afterKey';
          } else if (this.text.push(code) > 64) throw new Fault('A part of the file has a name that V8 does not write');
        } else if (code === QUOTE) {
          this.text = [];
          this.inString = true;
        } else if (code === CLOSE_BRACE) this.part = 'end';
        else if (code !== 0x2c) throw new Fault('The file is no heap snapshot');
        return at + 1;
      case 'afterKey':
        if (code !== 0x3a) throw new Fault('The file is no heap snapshot');
        this.part = 'value';
        return at + 1;
      default:
        return this.beginValue(code, at);
    }
  }

  private beginValue(code: number, at: number): number {
    this.text = [];
    this.depth = 0;
    if (this.key === 'snapshot') {
      this.part = 'header';
      return at;
    }
    if (!this.layout) throw new Fault('The file is no heap snapshot: it does not start with its own description');
    if (this.key === 'nodes' || this.key === 'edges' || this.key === 'strings' || this.key === 'locations') {
      if (code !== OPEN_BRACKET) throw new Fault(`${this.key} must be a list`);
      if (this.key === 'strings' && !this.nodesDone)
        throw new Fault('strings stand before nodes; V8 writes them behind');
      this.part = this.key === 'nodes' ? 'nodes' : this.key === 'strings' ? 'strings' : 'numbers';
      return at + 1;
    }
    this.part = 'skip';
    return at;
  }

  /** The description of the format: an object, kept as text. */
  private takeHeader(chunk: Uint8Array, from: number): number {
    let at = from;
    for (; at < chunk.length; at++) {
      const code = chunk[at] ?? 0;
      if (this.text.push(code) > maxHeader) throw new Fault('The description of the format is too long');
      if (!this.track(code) && this.depth === 0) {
        this.layout = layoutOf(new TextDecoder().decode(Uint8Array.from(this.text)));
        this.typeBytes = new Float64Array(this.layout.types.length);
        this.typeCounts = new Float64Array(this.layout.types.length);
        this.isNamed = this.layout.types.map((type) => namedTypes.has(type));
        this.text = [];
        this.part = 'key';
        return at + 1;
      }
    }
    return at;
  }

  /** Follows brackets outside of strings. @returns whether the byte was part of a string */
  private track(code: number): boolean {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (code === BACKSLASH) this.escaped = true;
      else if (code === QUOTE) this.inString = false;
      return true;
    }
    if (code === QUOTE) {
      this.inString = true;
      return true;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) this.depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.depth--;
    return false;
  }

  private skipValue(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const code = chunk[at] ?? 0;
      // A plain value ends where the next part, or the file, begins.
      if (this.depth === 0 && !this.inString && (code === 0x2c || code === CLOSE_BRACE)) {
        this.part = 'key';
        return at;
      }
      if (!this.track(code) && this.depth === 0 && code === CLOSE_BRACKET) {
        this.part = 'key';
        return at + 1;
      }
    }
    return chunk.length;
  }

  private takeNodes(chunk: Uint8Array, from: number): number {
    const { layout } = this;
    if (!layout) throw new Fault('The file is no heap snapshot');
    const { width, type, name, size } = layout;
    let { field, number, hasDigits } = this;
    let at = from;
    let isOver = false;
    for (; at < chunk.length; at++) {
      const code = chunk[at] as number;
      if (code >= 0x30 && code <= 0x39) {
        number = number * 10 + (code - 0x30);
        hasDigits = true;
        continue;
      }
      if (hasDigits) {
        if (field === type) this.nodeType = number;
        else if (field === name) this.nodeName = number;
        else if (field === size) this.bytesOfNode = number;
        if (++field === width) {
          field = 0;
          this.addNode();
        }
        number = 0;
        hasDigits = false;
      }
      if (code === CLOSE_BRACKET) {
        isOver = true;
        at++;
        break;
      }
      if (code !== 0x2c && code > 0x20) {
        this.offset += at;
        throw new Fault('The list of nodes holds something that is no number');
      }
    }
    this.field = field;
    this.number = number;
    this.hasDigits = hasDigits;
    if (isOver) {
      this.nodesDone = true;
      this.part = 'key';
      if (field !== 0) throw new Fault('The list of nodes ends in the middle of a node');
    }
    return at;
  }

  private addNode(): void {
    const { nodeType: type, bytesOfNode: bytes } = this;
    this.nodes++;
    this.bytes += bytes;
    this.typeBytes[type] = (this.typeBytes[type] ?? 0) + bytes;
    this.typeCounts[type] = (this.typeCounts[type] ?? 0) + 1;
    if (this.isNamed[type] !== true) return;
    const known = this.named.get(this.nodeName);
    if (known) {
      known.objects++;
      known.bytes += bytes;
    } else this.named.set(this.nodeName, { objects: 1, bytes });
  }

  private takeStrings(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const code = chunk[at] as number;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (code === BACKSLASH) this.escaped = true;
        else if (code === QUOTE) {
          this.inString = false;
          this.endString();
          continue;
        }
        if (this.isWanted && this.text.length < maxName * 6) this.text.push(code);
      } else if (code === QUOTE) {
        this.inString = true;
        this.isWanted = this.named.has(this.stringIndex);
        this.text = [];
      } else if (code === CLOSE_BRACKET) {
        this.stringsDone = true;
        this.part = 'key';
        return at + 1;
      }
    }
    return chunk.length;
  }

  private endString(): void {
    if (this.isWanted) {
      const raw = new TextDecoder().decode(Uint8Array.from(this.text));
      const parsed = parseJsonValue(`"${raw}"`);
      const name = parsed.ok && typeof parsed.value === 'string' ? parsed.value : raw;
      this.names.set(this.stringIndex, name.slice(0, maxName));
    }
    this.stringIndex++;
  }
}

export interface ConstructorGrowth {
  readonly name: string;
  readonly objects: number;
  readonly bytes: number;
}

/** What each constructor gained from one snapshot to a later one, the most bytes first; those that gained nothing are left out. */
export function heapGrowth(before: HeapTotals, after: HeapTotals): readonly ConstructorGrowth[] {
  const known = new Map(before.constructors.map((one) => [one.name, one]));
  return after.constructors
    .map(({ name, objects, bytes }) => ({
      name,
      objects: objects - (known.get(name)?.objects ?? 0),
      bytes: bytes - (known.get(name)?.bytes ?? 0),
    }))
    .filter(({ objects, bytes }) => bytes > 0 || objects > 0)
    .sort((a, b) => b.bytes - a.bytes || b.objects - a.objects);
}

/** Process and moment in the name that Node gives: `Heap.20261128.215300.1234.0.001.heapsnapshot`; local time of the machine. */
export function heapFileName(path: string): { readonly wallTime: string; readonly pid: string } | null {
  const match = /(?:^|\/)Heap[.-](\d{4})(\d\d)(\d\d)[.T-](\d\d)(\d\d)(\d\d)[.-](\d+)[.-]/.exec(path);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, pid = ''] = match;
  return { wallTime: `${year}-${month}-${day} ${hour}:${minute}:${second}`, pid };
}
