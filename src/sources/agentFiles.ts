/** Agents of files of any layout: JSON or YAML text in, what each agent says of itself out. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { isCollection, isNode, isPair } from 'yaml';
import { type AgentLayout, SWARM_HEARTBEATS } from './agentLayout';
import { mergeDocuments, type StatusContent, type StatusReading } from './agentStatus';
import { composeYaml } from './boundedYaml';
import { declaredState, saysResting } from './declaredState';
import { isObject, type JsonValue, parseJsonValue, scanJsonObjects } from './jsonScan';
import { type Position, positionAt, positionsOf, quoted } from './problems';
import { type FieldValue, type Pointers, pointerTokens, valueAtPointer } from './records';
import { type StatusTime, StatusWarnings } from './statusWarnings';
import { parseTimestamp } from './timestamps';
import { parseYamlValue } from './yamlValue';

/** One agent of a file, by the name that identifies it. */
export interface FileAgent {
  readonly folder: string;
  readonly status: StatusReading;
}

export type AgentFileReading =
  | { readonly ok: true; readonly agents: readonly FileAgent[] }
  | Extract<StatusReading, { readonly ok: false }>;

/** Finds places in a text. The text is looked through when the first is asked for. */
interface Places {
  /** Of a value, by the tokens of its pointer. */
  readonly of: (tokens: readonly string[]) => Position;
  /** Of the entries of a list or map, in their order. */
  readonly entries: (tokens: readonly string[]) => readonly Position[];
}

interface Parsed {
  readonly value: JsonValue;
  readonly places: Places;
  readonly warnings: StatusWarnings;
  readonly isMarked: boolean;
  readonly duplicateKeys: StatusContent['duplicateKeys'];
  readonly problem: StatusContent['problem'];
}

const start: Position = { line: 1, column: 1, offset: 0 };

/** Name of an agent that says none itself. */
export function nameOfFile(file: string, id: AgentLayout['id']): string {
  const parts = file.split('/');
  const name = (parts.at(-1) ?? file).replace(/\.[^.]+$/, '');
  return id === 'parentDirectory' ? (parts.at(-2) ?? name) : name;
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

function parse(text: string, file: string): Parsed | Extract<StatusReading, { readonly ok: false }> {
  const warnings = new StatusWarnings();
  const plain = { warnings, isMarked: false, duplicateKeys: [], problem: null };
  if (isYaml(file)) {
    const read = parseYamlValue(text);
    if (!read.ok) return { ok: false, problem: { kind: read.kind, message: read.message, ...read.position } };
    return { value: read.value, places: yamlPlaces(text), ...plain };
  }
  if (/^\uFEFF?\s*\[/.test(text)) {
    const read = parseJsonValue(text);
    if (!read.ok) return { ok: false, problem: { kind: read.kind, message: read.message, ...read.position } };
    return { value: read.value, places: jsonPlaces(text), ...plain };
  }
  const scan = scanJsonObjects(text);
  if (!scan.ok)
    return { ok: false, problem: { kind: scan.problem.kind, message: scan.problem.message, ...scan.problem.position } };
  warnings.ofText(scan);
  const second = scan.documents[1]?.start;
  const problem = second
    ? { kind: 'several-documents', ...second }
    : scan.trailing
      ? { kind: 'trailing-text', ...scan.trailing }
      : null;
  const deep = jsonPlaces(text);
  return {
    value: mergeDocuments(scan),
    // What is asked for most is known; for what lies deeper the text is looked through.
    places: {
      entries: deep.entries,
      of: ([first = '', ...rest]) =>
        rest.length > 0 && !second
          ? deep.of([first, ...rest])
          : (scan.documents.findLast(({ keys }) => keys.get(first) !== undefined)?.keys.get(first) ??
            scan.documents[0]?.start ??
            start),
    },
    warnings,
    isMarked: scan.bom || problem !== null || scan.duplicates.length > 0,
    duplicateKeys: scan.duplicates,
    problem,
  };
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** A tree is many times its text: it is kept for who asks next, but not when memory is needed. */
function remade<T extends object>(make: () => T): () => T {
  let made: WeakRef<T> | null = null;
  return () => {
    const known = made?.deref();
    if (known) return known;
    const fresh = make();
    made = new WeakRef(fresh);
    return fresh;
  };
}

function jsonPlaces(source: string): Places {
  const text = withoutMark(source);
  const tree = remade(() => ({ top: parseTree(text) }));
  const nodeAt = (tokens: readonly string[]) => {
    const parsed = tree().top;
    const path = tokens.map((token) => (/^\d+$/.test(token) ? Number(token) : token));
    return parsed && (findNodeAtLocation(parsed, path) ?? findNodeAtLocation(parsed, [...tokens]));
  };
  return {
    of: (tokens) => {
      const node = nodeAt(tokens);
      return node ? positionAt(text, (node.parent?.type === 'property' ? node.parent : node).offset) : start;
    },
    entries: (tokens) => {
      const place = positionsOf(text);
      return (nodeAt(tokens)?.children ?? []).map(({ offset }) => place(offset));
    },
  };
}

function yamlPlaces(source: string): Places {
  const text = withoutMark(source);
  const tree = remade(() => composeYaml(text));
  const nodeAt = (tokens: readonly string[]): unknown => {
    const composed = tree();
    return composed.ok ? composed.documents[0]?.document.getIn(tokens, true) : null;
  };
  const placeOf = (node: unknown): Position => {
    if (!isNode(node) || !node.range) return start;
    const { line, col } = tree().lines.linePos(node.range[0]);
    return { line: Math.max(1, line), column: Math.max(1, col), offset: node.range[0] };
  };
  return {
    of: (tokens) => placeOf(nodeAt(tokens)),
    entries: (tokens) => {
      const node = nodeAt(tokens);
      return isCollection(node) ? node.items.map((item) => placeOf(isPair(item) ? item.key : item)) : [];
    },
  };
}

/** Values of an agent by pointer, each with where it was found. */
class AgentValues {
  constructor(
    private readonly value: JsonValue,
    private readonly base: readonly string[],
    private readonly places: Places,
  ) {}

  /** The first that is there. */
  first(
    pointers: Pointers,
    accepts: (value: JsonValue) => boolean,
  ): { readonly value: JsonValue; readonly pointer: string } | null {
    for (const pointer of pointers) {
      const value = valueAtPointer(this.value, pointer);
      if (value !== undefined && value !== null && accepts(value)) return { value, pointer };
    }
    return null;
  }

  text(pointers: Pointers): { readonly text: string; readonly pointer: string } | null {
    const hit = this.first(pointers, (value) => typeof value !== 'object' && String(value).trim() !== '');
    return hit && { text: String(hit.value), pointer: hit.pointer };
  }

  /** A count as it stands, or the length of a list. */
  count(pointers: Pointers): number | null {
    const hit = this.first(pointers, (value) => Array.isArray(value) || Number.isFinite(value));
    if (!hit) return null;
    return Array.isArray(hit.value) ? hit.value.length : Math.max(0, Math.trunc(Number(hit.value)));
  }

  time(pointer: string, raw: string | number, timeZone: string): StatusTime {
    const tokens = [...this.base, ...pointerTokens(pointer)];
    const { places } = this;
    const at = tokens.length === 1 ? places.of(tokens) : lazy(() => places.of(tokens));
    return { key: keyOf(pointer), raw, time: parseTimestamp(raw, timeZone), at };
  }
}

/** Looked up when it is asked for: most places never are, and each costs a way through the text. */
function lazy(find: () => Position): Position {
  let finder: (() => Position) | null = find;
  let found = start;
  const at = (): Position => {
    if (finder) found = finder();
    // What was found needs its text no more.
    finder = null;
    return found;
  };
  return {
    get line() {
      return at().line;
    },
    get column() {
      return at().column;
    },
    get offset() {
      return at().offset;
    },
  };
}

/** How a pointer is called where people read it. */
function keyOf(pointer: string): string {
  return pointer === '' ? 'value' : pointer.slice(1);
}

/**
 * Reads the agents of a text; by the ending of its file it is YAML or JSON.
 * @param timeZone zone of times without offset
 */
export function readAgentFile(text: string, file: string, layout: AgentLayout, timeZone: string): AgentFileReading {
  const parsed = parse(text, file);
  if (!('value' in parsed)) return parsed;
  if (layout.agents === null) {
    const one = readOne(parsed.value, [], nameOfFile(file, layout.id), start, parsed, layout, timeZone);
    return { ok: true, agents: [one] };
  }
  const pointer = layout.agents.find((one) => valueAtPointer(parsed.value, one) !== undefined);
  const at = pointer === undefined ? undefined : valueAtPointer(parsed.value, pointer);
  if (pointer === undefined || typeof at !== 'object' || at === null) {
    const message = `The file has no list or map of agents at ${quoted(layout.agents.map((one) => `"${one}"`).join(' or '))}`;
    return { ok: false, problem: { kind: 'no-agents', message, ...start } };
  }
  const base = pointerTokens(pointer);
  const entries: readonly (readonly [string, JsonValue])[] = isObject(at)
    ? Object.entries(at)
    : at.map((one, index) => [String(index), one] as const);
  let found: readonly Position[] | null = null;
  const placeOf = (index: number): Position => {
    found ??= parsed.places.entries(base);
    return found[index] ?? start;
  };
  return {
    ok: true,
    agents: entries.map(([key, value], index) => {
      const name = isObject(at) ? key : `${nameOfFile(file, 'fileName')}-${index + 1}`;
      // What is wrong with the text is said once.
      const own = { ...parsed, warnings: index === 0 ? parsed.warnings : new StatusWarnings() };
      const place = lazy(() => placeOf(index));
      return readOne(value, [...base, key], name, place, own, layout, timeZone);
    }),
  };
}

function readOne(
  value: JsonValue,
  base: readonly string[],
  fallbackName: string,
  place: Position,
  { places, warnings, isMarked, duplicateKeys, problem }: Parsed,
  layout: AgentLayout,
  timeZone: string,
): FileAgent {
  const values = new AgentValues(value, base, places);
  const id = typeof layout.id === 'string' ? null : values.text(layout.id);
  if (typeof layout.id !== 'string' && id === null)
    warnings.add('no-agent-id', `There is nothing at ${layout.id.join(' or ')}; ${fallbackName} is the id`, place);
  const state = values.text(layout.state);
  if (!state && layout.state.length > 0) warnings.add('no-status', 'There is no status', place);
  const phase = values.text(layout.phase)?.text ?? null;
  const isTime = (one: JsonValue): one is string | number => typeof one === 'string' || typeof one === 'number';
  const timestamps = (
    layout.heartbeat === null
      ? SWARM_HEARTBEATS.map((pointer) => values.first([pointer], isTime))
      : // The first that is there counts, whatever it says.
        [values.first(layout.heartbeat, () => true)]
  ).flatMap((hit) => (hit && isTime(hit.value) ? [values.time(hit.pointer, hit.value, timeZone)] : []));
  warnings.ofTimes(timestamps, timeZone, place);
  const fields: Record<string, FieldValue> = Object.create(null);
  for (const [name, pointers] of Object.entries(layout.fields)) {
    const hit = values.first(pointers, (one) => typeof one !== 'object');
    if (hit && typeof hit.value !== 'object') fields[name] = hit.value;
  }
  const declared = declaredState(state?.text ?? null, layout.words);
  const mission = values.text(layout.mission);
  const content: StatusContent = {
    state: isMarked ? 'readable-with-warning' : 'readable',
    agentId: id?.text ?? null,
    name: values.text(layout.name)?.text ?? null,
    statusText: state?.text ?? null,
    statusFrom: state ? keyOf(state.pointer) : null,
    declared,
    phase,
    restingLimit:
      declared === 'resting' || [state?.text ?? null, phase].some((text) => saysResting(text, layout.words)),
    mission: mission?.text ?? null,
    missionFrom: mission ? keyOf(mission.pointer) : null,
    points: null,
    openTasks: values.count(layout.openTasks),
    doneTasks: values.count(layout.doneTasks),
    blockers: [],
    ...(base.length === 0 ? {} : { at: place }),
    fields,
    warnings: warnings.all(),
    duplicateKeys,
    problem,
  };
  return { folder: (id?.text ?? fallbackName).trim(), status: { ok: true, content, timestamps } };
}
