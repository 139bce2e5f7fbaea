/** The ways on which a work is settled and nothing has ended, nor will end, what is open. */
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  ts,
  wrapped,
} from '../syntax/syntax';
import type { Work } from './callbackWork';
import type { Graph, Point } from './graph';
import { nameOf, type Reaching, usesOf } from './reaching';

/** Where a handler settles, and what calls the handler. */
export interface Way {
  readonly at: ts.Node;
  /** The call that waits, or the assignment of the handler. */
  readonly trigger: ts.Node | undefined;
  readonly handler: FunctionNode | undefined;
}

/** The ways on which the work is settled and nothing has ended, nor will end, what is open. */
export class Leaving {
  constructor(
    private readonly work: Work,
    private readonly ended: Reaching,
    private readonly holder: Declaration,
    private readonly engine: Engine,
    private readonly graphOf: (fn: FunctionNode) => Graph,
  ) {}

  /** @param use a name that settles, or that of a function that does */
  waysFrom(use: ts.Expression, depth: number, at: ts.Node = use): readonly Way[] {
    const fn = enclosingFunction(use);
    const { work } = this;
    if (!fn || depth > 4 || !isWithin(fn, work.fn)) return [];
    const up = wrapped(use).parent;
    const call = ts.isCallExpression(up) ? up : undefined;
    if (!call) return this.assigned(use, fn, at);
    if (call.expression !== wrapped(use)) {
      // `socket.on('error', reject)`
      return this.passes(fn, use, false) && this.isOpenAbove(fn) ? [{ at, trigger: call, handler: undefined }] : [];
    }
    if (fn === work.fn || !this.passes(fn, call, true)) return [];
    const name = nameOf(fn, this.engine);
    if (name)
      return usesOf(name).flatMap((one) =>
        isWithin(one, fn) ? [] : this.waysFrom(one, depth + 1, depth === 0 ? call : at),
      );
    return this.isOpenAbove(fn) ? [{ at: depth === 0 ? call : at, trigger: triggerOf(fn), handler: fn }] : [];
  }

  /** `socket.onerror = reject` */
  private assigned(use: ts.Expression, fn: FunctionNode, at: ts.Node): readonly Way[] {
    const up = wrapped(use).parent;
    if (!isAssignment(up) || up.right !== wrapped(use) || !ts.isPropertyAccessExpression(up.left)) return [];
    return this.passes(fn, use, false) && this.isOpenAbove(fn) ? [{ at, trigger: up, handler: undefined }] : [];
  }

  /** Is it still open where the function is handed on, and afterwards? */
  private isOpenAbove(fn: FunctionNode): boolean {
    if (fn === this.work.fn) return true;
    const parent = enclosingFunction(fn);
    if (!parent || !isWithin(parent, this.work.fn)) return false;
    const name = nameOf(fn, this.engine);
    const places: readonly ts.Node[] = name ? usesOf(name) : [fn];
    return places.some((place) => {
      const home = enclosingFunction(place);
      return home !== undefined && home !== fn && this.passes(home, place, false) && this.isOpenAbove(home);
    });
  }

  /** Is there a way through the function that comes by the node and by no end, before or after? */
  private passes(fn: FunctionNode, node: ts.Node, mayBeLater: boolean): boolean {
    const ends = new Set<ts.Node>(this.ended.now.get(fn));
    if (mayBeLater) for (const one of this.ended.later.get(fn) ?? []) ends.add(one);
    const { entry } = this.graphOf(fn);
    const seen = new Set<string>();
    const queue: { point: Point; past: boolean }[] = [{ point: entry, past: false }];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { point } = next;
      const past = next.past || point.node === node;
      const key = `${point.id} ${past}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (point.node && (ends.has(point.node) || this.guards(point, ends))) continue;
      if (point.exit && past) return true;
      for (const edge of point.edges) if (edge.kind !== 'throw') queue.push({ point: edge.to, past });
    }
    return false;
  }

  /** `if (!child.killed) child.kill()`, `socket?.close()`: where the condition does not hold there is nothing to end. */
  private guards({ isTest, node }: Point, ends: ReadonlySet<ts.Node>): boolean {
    if (!isTest || !node) return false;
    if (!this.holder.references.some((use) => isWithin(use, node))) return false;
    for (let up: ts.Node = node; up.parent && !isFunctionNode(up.parent); up = up.parent) {
      if ([...ends].some((end) => isWithin(end, up))) return true;
      if (ts.isStatement(up)) return false;
    }
    return false;
  }
}

/** What a function is given to, or assigned to: the call or assignment that has it run later. */
export function triggerOf(fn: FunctionNode): ts.Node | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const up = wrapped(fn).parent;
  return ts.isCallExpression(up) || isAssignment(up) ? up : undefined;
}
