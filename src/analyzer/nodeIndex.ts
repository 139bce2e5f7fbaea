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

/** Place of a node in a walk of its file, parents first. Only nodes that can be selected have one. */
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

/** The index of one tree. */
export class NodeIndex {
  private readonly byKind: (Bucket | undefined)[] = new Array(ts.SyntaxKind.Count);
  private readonly merged: (Bucket | undefined)[] = [];

  /** Walks the tree, sets the parents on its way. */
  constructor(sourceFile: ts.SourceFile) {
    const { byKind } = this;
    // By a stack of its own: a sum of ten thousand terms is as deep a tree.
    const open: ts.Node[] = [];
    const types: boolean[] = [];
    let up: ts.Node = sourceFile;
    let inType = false;
    let first = 0;
    const add = (node: ts.Node): undefined => {
      (node as { parent: ts.Node }).parent = up;
      open.push(node);
      types.push(inType);
      return undefined;
    };
    const reverse = (): void => {
      for (let left = first, right = open.length - 1; left < right; left++, right--) {
        const node = open[left] as ts.Node;
        open[left] = open[right] as ts.Node;
        open[right] = node;
      }
    };
    ts.forEachChild(sourceFile, add);
    reverse();
    let count = 0;
    for (let node = open.pop(); node; node = open.pop()) {
      const { kind } = node;
      inType = types.pop() === true;
      if (kind === ts.SyntaxKind.Identifier ? !inType : indexed[kind]) {
        let bucket = byKind[kind];
        if (!bucket) {
          bucket = [];
          byKind[kind] = bucket;
        }
        bucket.push(node);
        (node as ts.Node & Placed).id = count;
      }
      count++;
      if (kind <= ts.SyntaxKind.LastToken) continue;
      if (isTypeOnly(kind)) inType = true;
      up = node;
      first = open.length;
      ts.forEachChild(node, add);
      reverse();
    }
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

function mergeTwo(left: Bucket, right: Bucket): Bucket {
  const nodes: ts.Node[] = [];
  let at = 0;
  for (const node of right) {
    const order = orderOf(node);
    for (let before = left[at]; before && orderOf(before) < order; before = left[at]) {
      nodes.push(before);
      at++;
    }
    nodes.push(node);
  }
  for (let rest = left[at]; rest; rest = left[at]) {
    nodes.push(rest);
    at++;
  }
  return nodes;
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
  const { end } = root;
  let at = ts.isSourceFile(root) ? 0 : firstWithin(nodes, root);
  while (at < nodes.length) {
    const node = nodes[at] as T;
    if (node.pos >= end) return;
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
