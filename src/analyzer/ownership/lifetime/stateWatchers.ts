/**
 * What a component runs when its state changes: `watch(open, …)` in its set-up, an effect that runs again, a hook of its
 * updates. With the component these stop, without a last run.
 */
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { isRootComponent } from '../../syntax/singleFile';
import { calledName, enclosingFunction, type FunctionNode, ts, wrapped } from '../../syntax/syntax';
import { isComponentOption } from '../../words/components';
import { isScopeFunction, updateHooks, watchesState } from '../../words/hooks';
import { rerunsOf } from '../lost/reassigned';
import { nameOf } from './frequency/functionNames';
import { watchedBy } from './frequency/handlers';

const maxDepth = 3;

/** What makes the node run, where it is nothing but changes of a component that may be there more than once; else undefined. */
export function watcherOf(node: ts.Node, engine: Engine, depth = 0): string | undefined {
  const fn = enclosingFunction(node);
  if (!fn || depth > maxDepth) return undefined;
  const watched = watchedIn(fn, engine);
  if (watched !== undefined) return watched;
  // A function that only watchers call: `open()`, `close()`.
  const { calls, values } = engine.program.callees.usesOf(fn);
  if (values.length > 0 || calls.length === 0) return undefined;
  const callers = calls.map((call) => watcherOf(call, engine, depth + 1));
  return callers.includes(undefined) || engine.program.members.holdersOf(fn).length > 0 ? undefined : callers[0];
}

function watchedIn(fn: FunctionNode, engine: Engine): string | undefined {
  const { members, scopes } = engine.program;
  const holder = members.holdersOf(fn)[0]?.owner;
  const name = nameOf(fn, scopes);
  if (holder && updateHooks.has(name))
    return engine.frequency.instancesOf(holder) === 'single' ? undefined : `\`${name}\``;
  const option = watchedBy(fn);
  if (option !== undefined) {
    const owner = holder ?? members.ownerAt(fn);
    return owner && isComponentOfMany(owner, engine) ? `the watcher of \`${option}\`` : undefined;
  }
  const effect = rerunsOf(fn);
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call)) return undefined;
  const hook = calledName(call);
  const isWatch = watchesState(hook) && ts.isIdentifier(call.expression) && call.arguments[1] === outer;
  if (effect === undefined && !isWatch) return undefined;
  return isOfComponents(call, isWatch, engine) ? `\`${hook}\`` : undefined;
}

/** In the set-up of components, of which there may be several; a watcher of a module goes on. */
function isOfComponents(call: ts.CallExpression, isWatch: boolean, engine: Engine): boolean {
  const scope = enclosingFunction(call);
  if (!scope) return false;
  if (isWatch && !isScopeFunction(nameOf(scope, engine.program.scopes))) return false;
  return engine.frequency.ofMounts(scope)?.level !== 'once' && engine.frequency.ofFunction(scope).level !== 'once';
}

/** The options of a component that is not the one at the root. */
function isComponentOfMany(owner: Owner, engine: Engine): boolean {
  if (owner.isClassBody) return engine.frequency.instancesOf(owner) !== 'single';
  return [...owner.members.keys()].some(isComponentOption) && !isRootComponent(owner.node.getSourceFile().fileName);
}
