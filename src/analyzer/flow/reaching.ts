/**
 * Where the functions of a work come to one of its sites: themselves, by those that they call, or by those they hand
 * on.
 */

import type { Engine } from '../engine';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import { enclosingFunction, type FunctionNode, isWithin, ts, wrapped } from '../syntax/syntax';
import type { Work } from './callbackWork';

/** The variable by which a function is known. */
export function nameOf(fn: FunctionNode, engine: Engine): Declaration | undefined {
  if (ts.isFunctionDeclaration(fn)) return engine.program.scopes.declarationOf(fn);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const up = wrapped(fn).parent;
  return ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
}

/** Uses of a name other than its declaration. */
export function usesOf({ references, node }: Declaration): readonly ts.Expression[] {
  return references.filter((use) => (use as ts.Node) !== node && !ts.isVariableDeclaration(use.parent));
}

export interface Reaching {
  /** By function: calls that do it then and there. */
  readonly now: ReadonlyMap<FunctionNode, ReadonlySet<ts.Node>>;
  /** By function: functions that are handed on and will do it. */
  readonly later: ReadonlyMap<FunctionNode, ReadonlySet<ts.Node>>;
  readonly functions: ReadonlySet<FunctionNode>;
}

/** Where do the functions of the work come to one of the sites: themselves, by those that they call, or by those they hand on? */
export function reaching(sites: readonly ts.Node[], work: Work, engine: Engine): Reaching {
  const now = new Map<FunctionNode, Set<ts.Node>>();
  const later = new Map<FunctionNode, Set<ts.Node>>();
  const queue = sites.map((node) => ({ node, soon: true }));
  const seen = new Set<ts.Node>();
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { node, soon } = next;
    const fn = enclosingFunction(node);
    if (seen.has(node) || !fn || !isWithin(fn, work.fn)) continue;
    seen.add(node);
    const into = soon ? now : later;
    into.set(fn, (into.get(fn) ?? new Set()).add(node));
    if (fn === work.fn) continue;
    const name = nameOf(fn, engine);
    if (!name) queue.push({ node: fn, soon: false });
    for (const use of name ? usesOf(name) : []) {
      const up = wrapped(use).parent;
      const call = ts.isCallExpression(up) && up.expression === wrapped(use) ? up : undefined;
      queue.push({ node: call ?? use, soon: soon && call !== undefined });
    }
  }
  return { now, later, functions: new Set(now.keys()) };
}

/** Is it ended by a handler that settles nothing: of an event that comes sooner or later? */
export function isIndependent(
  site: ts.Node,
  settling: ReadonlySet<FunctionNode>,
  work: Work,
  holder: Declaration,
  engine: Engine,
  depth = 0,
): boolean {
  const fn = enclosingFunction(site);
  if (!fn || fn === work.fn || settling.has(fn) || depth > 4) return false;
  const name = nameOf(fn, engine);
  if (name) return usesOf(name).some((use) => isIndependent(use, settling, work, holder, engine, depth + 1));
  const call = wrapped(fn as ts.Expression).parent;
  // Inside a handler that settles: the end comes with it.
  if (isIndependentOf(fn, settling, work)) return false;
  return !(ts.isCallExpression(call) && constantOf(call.arguments[0], engine.program.scopes) === 'error');
}

function isIndependentOf(fn: FunctionNode, settling: ReadonlySet<FunctionNode>, work: Work): boolean {
  for (let up = enclosingFunction(fn); up && up !== work.fn; up = enclosingFunction(up))
    if (settling.has(up)) return true;
  return false;
}
