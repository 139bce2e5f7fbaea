/**
 * The nodes of a file by kind, in source order, so that who asks for calls visits calls and nothing else. Made in one walk,
 * which sets the parents as well; a walk for each judge was a quarter of a scan.
 */
import { ts } from './compiler';

/** Nodes of one kind, or of several, in the order of a walk. */
type Bucket = ts.Node[];

/** The compiler's nodes have room for a number, which its checker would use; here it is the place in the walk. */
interface Placed {
  id: number;
}

/** Names a set of node kinds. Made once, where a module is loaded. */
export interface Selection<T extends ts.Node> {
  readonly id: number;
  readonly kinds: readonly T['kind'][];
  /** Never there: only says what the nodes are. */
  readonly node?: T;
}

/** Place of a node in a walk of its file, parents first; that of the file itself is 0. */
export function orderOf(node: ts.Node): number {
  return (node as ts.Node & Placed).id;
}

let selections = 0;

/** Selects nodes by kind. Words and punctuation (but `this` and names) and types are not to be had. */
export function select<T extends ts.Node>(...kinds: readonly T['kind'][]): Selection<T> {
  const missing = kinds.find((kind) => !isIndexed(kind));
  if (missing !== undefined) throw new Error(`nodes of kind ${ts.SyntaxKind[missing]} are not kept`);
  return { id: selections++, kinds };
}

/** Names outside of types are kept, other words and types are not. */
function isIndexed(kind: ts.SyntaxKind): boolean {
  if (kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.Identifier) return true;
  if (kind <= ts.SyntaxKind.LastToken) return false;
  return kind < ts.SyntaxKind.FirstTypeNode || kind > ts.SyntaxKind.LastTypeNode;
}

const indexed: readonly boolean[] = Array.from({ length: ts.SyntaxKind.Count }, (_, kind) => isIndexed(kind));

const nothing: Bucket = [];

/** Trees deeper than this are walked by a stack of their own: a sum of ten thousand terms is as deep a tree. */
const deepest = 400;

/** The index of one tree. */
export class NodeIndex {
  private readonly byKind: (Bucket | undefined)[] = new Array(ts.SyntaxKind.Count);
  private readonly merged: (Bucket | undefined)[] = [];
  /** Of nodes, with the file itself. */
  readonly count: number;

  /** Walks the tree, sets the parents on its way. */
  constructor(sourceFile: ts.SourceFile) {
    const { byKind } = this;
    let up: ts.Node = sourceFile;
    let inType = false;
    let depth = 0;
    let count = 1;
    // The file itself has the place that nodes are made with.
    const take = (node: ts.Node, kind: ts.SyntaxKind): void => {
      if (kind === ts.SyntaxKind.Identifier ? !inType : indexed[kind]) {
        const bucket = byKind[kind];
        if (bucket) bucket.push(node);
        else byKind[kind] = [node];
      }
      (node as ts.Node & Placed).id = count++;
    };
    const visit = (node: ts.Node): undefined => {
      const { kind } = node;
      (node as { parent: ts.Node }).parent = up;
      take(node, kind);
      if (kind <= ts.SyntaxKind.LastToken) return undefined;
      const outer = up;
      const outerInType = inType;
      if (isTypeOnly(kind)) inType = true;
      up = node;
      if (++depth > deepest) visitDeep(node);
      else ts.forEachChild(node, visit);
      depth--;
      up = outer;
      inType = outerInType;
      return undefined;
    };
    /** What is below a node, in the same order. */
    const visitDeep = (root: ts.Node): void => {
      const open: ts.Node[] = [];
      const types: boolean[] = [];
      let first = 0;
      const add = (node: ts.Node): undefined => {
        (node as { parent: ts.Node }).parent = up;
        open.push(node);
        types.push(inType);
        return undefined;
      };
      for (let node: ts.Node | undefined = root; node; node = open.pop()) {
        const { kind } = node;
        if (node !== root) {
          inType = types.pop() === true;
          take(node, kind);
          if (kind <= ts.SyntaxKind.LastToken) continue;
          if (isTypeOnly(kind)) inType = true;
        }
        up = node;
        first = open.length;
        ts.forEachChild(node, add);
        for (let left = first, right = open.length - 1; left < right; left++, right--) {
          const later = open[left] as ts.Node;
          open[left] = open[right] as ts.Node;
          open[right] = later;
        }
      }
    };
    ts.forEachChild(sourceFile, visit);
    this.count = count;
  }

  of(selection: Selection<ts.Node>): Bucket {
    const { kinds, id } = selection;
    const [only, second] = kinds;
    if (only !== undefined && second === undefined) return this.byKind[only] ?? nothing;
    let bucket = this.merged[id];
    if (!bucket) {
      bucket = merge(kinds.map((kind) => this.byKind[kind] ?? nothing).filter(({ length }) => length > 0));
      this.merged[id] = bucket;
    }
    return bucket;
  }
}

function isTypeOnly(kind: ts.SyntaxKind): boolean {
  return (
    (kind >= ts.SyntaxKind.FirstTypeNode && kind <= ts.SyntaxKind.LastTypeNode) ||
    kind === ts.SyntaxKind.InterfaceDeclaration ||
    kind === ts.SyntaxKind.TypeAliasDeclaration
  );
}

/** Buckets in one, in source order. The shortest two first: each node is then moved few times. */
function merge(buckets: readonly Bucket[]): Bucket {
  const left = [...buckets].sort((a, b) => b.length - a.length);
  for (;;) {
    const shortest = left.pop();
    const next = left.pop();
    if (!shortest || !next) return shortest ?? nothing;
    const both = mergeTwo(shortest, next);
    const at = left.findIndex(({ length }) => length <= both.length);
    left.splice(at === -1 ? left.length : at, 0, both);
  }
}

/** Most of the longer one goes over as it is: only the places of the few others are looked for in it. */
function mergeTwo(few: Bucket, many: Bucket): Bucket {
  const merged: Bucket = new Array(few.length + many.length);
  let from = 0;
  let to = 0;
  for (let index = 0; index < few.length; index++) {
    const node = few[index] as ts.Node;
    const end = placeAfter(many, from, orderOf(node));
    while (from < end) merged[to++] = many[from++] as ts.Node;
    merged[to++] = node;
  }
  while (from < many.length) merged[to++] = many[from++] as ts.Node;
  return merged;
}

/** Place of the first node from `from` on that comes after an order: looked for in steps that double, then within the last one. */
function placeAfter(nodes: Bucket, from: number, order: number): number {
  let low = from;
  let step = 1;
  let high = from;
  while (high < nodes.length && orderOf(nodes[high] as ts.Node) < order) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  high = Math.min(high, nodes.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orderOf(nodes[middle] as ts.Node) < order) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A tree carries its index, so that both go together. */
interface Indexed {
  nodeIndex?: NodeIndex;
}

/** Walks a tree once: from then on its parents are set, and its nodes are found by kind. */
export function indexNodes(sourceFile: ts.SourceFile): NodeIndex {
  const indexed: ts.SourceFile & Indexed = sourceFile;
  indexed.nodeIndex ??= new NodeIndex(sourceFile);
  return indexed.nodeIndex;
}

/**
 * Visits the nodes of a selection at and below `root`, parents first, in source order. Return `false` from `visit` to skip
 * what is below a node.
 */
export function visitNodes<T extends ts.Node>(
  root: ts.Node,
  selection: Selection<T>,
  visit: (node: T) => boolean | undefined,
): void {
  const nodes = indexNodes(root.getSourceFile()).of(selection);
  const isWhole = ts.isSourceFile(root);
  const { end } = root;
  let at = isWhole ? 0 : firstWithin(nodes, root);
  while (at < nodes.length) {
    const node = nodes[at] as T;
    if (!isWhole && node.pos >= end) return;
    at++;
    if (visit(node) !== false) continue;
    for (let next = nodes[at]; next && next.pos < node.end; next = nodes[at]) at++;
  }
}

/** The nodes of a selection at and below `root`, in source order. */
export function nodesIn<T extends ts.Node>(root: ts.Node, selection: Selection<T>): readonly T[] {
  const nodes = indexNodes(root.getSourceFile()).of(selection);
  if (ts.isSourceFile(root)) return nodes as readonly ts.Node[] as readonly T[];
  const from = firstWithin(nodes, root);
  let to = from;
  for (let next = nodes[to]; next && next.pos < root.end; next = nodes[to]) to++;
  return nodes.slice(from, to) as readonly ts.Node[] as readonly T[];
}

/** Place of the first node at or below `root`: a walk meets nodes in the order of their positions, and the wider ones first. */
function firstWithin(nodes: readonly ts.Node[], root: ts.Node): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { pos, end } = nodes[middle] as ts.Node;
    if (pos < root.pos || (pos === root.pos && end > root.end)) low = middle + 1;
    else high = middle;
  }
  for (let node = nodes[low]; node && isAround(node, root); node = nodes[low]) low++;
  return low;
}

/** Does a node of the same range lie above `root`? */
function isAround(node: ts.Node, root: ts.Node): boolean {
  if (node.pos !== root.pos || node.end !== root.end || node === root) return false;
  for (let up = root.parent; up && up.end === root.end; up = up.parent) if (up === node) return true;
  return false;
}
