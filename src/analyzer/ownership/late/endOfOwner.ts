/** What runs at the end of an owner: its teardowns with all that they call, and functions that somebody is given for the end. */
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import {
  enclosingFunction,
  type FunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { timerCalls } from '../../words/callbacks';
import { listenMethods } from '../../words/listeners';
import { isTeardown } from '../../words/teardowns';
import { wholeTeardownOf } from '../assess';

/** Everything that runs when the owner is torn down. */
export function teardownFunctions(owner: Owner, engine: Engine): ReadonlySet<FunctionNode> {
  const known = engine.once(byOwner);
  let found = known.get(owner);
  if (!found) {
    found = reachedAtEnd(owner, engine);
    known.set(owner, found);
  }
  return found;
}

const byOwner = (): Map<Owner, ReadonlySet<FunctionNode>> => new Map();

function reachedAtEnd(owner: Owner, engine: Engine): ReadonlySet<FunctionNode> {
  const reached = new Set<FunctionNode>();
  for (const member of owner.members.values()) {
    const probe = wholeTeardownOf({ ...owner, members: new Map([[member.name, member]]) });
    if (!probe) continue;
    for (const fn of member.functions) for (const inner of engine.program.callees.reachedFrom(fn)) reached.add(inner);
  }
  return reached;
}

/**
 * `{ dispose: () => clearTimeout(this.timer) }`, `this._register(toDisposable(() => clearTimeout(this.timer)))`: the release
 * stands in a function that somebody is given for the end.
 */
export function isInDisposer(site: ts.Node, acquisition: ts.Node): boolean {
  for (let fn = enclosingFunction(site); fn; fn = enclosingFunction(fn)) {
    if (isWithin(acquisition, fn)) return false;
    const name = fn.name ? propertyNameText(fn.name) : undefined;
    if (name !== undefined && ts.isMethodDeclaration(fn) && ts.isObjectLiteralExpression(fn.parent) && isTeardown(name))
      return true;
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) continue;
    const up = wrapped(fn).parent;
    if (ts.isPropertyAssignment(up) && isTeardown(propertyNameText(up.name) ?? '')) return true;
    if (!ts.isCallExpression(up) && !ts.isNewExpression(up)) continue;
    const callee = unwrap(up.expression);
    const called = ts.isPropertyAccessExpression(callee)
      ? callee.name.text
      : ts.isIdentifier(callee)
        ? callee.text
        : '';
    if (!listenMethods.has(called) && !timerCalls.has(called)) return true;
  }
  return false;
}
