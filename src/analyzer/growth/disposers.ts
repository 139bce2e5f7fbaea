/** Handles that are kept in a list for the end of their owner, and given to the caller to end each: the list keeps them. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { enclosingFunction, isWithin, rangeOf, ts, unwrap, walk, wrapped } from '../syntax/syntax';
import { isTeardown } from '../words/teardowns';
import { type Collection, draftAt, nounOf, repeats, shrinksInLife } from './collections';
import { functionName } from './holders';
import { isRegistering } from './words';

/** `this.handles.push(handle); return () => handle.unsubscribe();` where nothing takes the handle out of the list. */
export function endedAlone(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.shape !== 'array' && container.shape !== 'set') return undefined;
  if (changes.removals.length + changes.checks.length > 0 || shrinksInLife(collection).length > 0) return undefined;
  for (const insertion of changes.insertions) {
    const value = insertion.value && unwrap(insertion.value);
    const fn = enclosingFunction(insertion.node);
    if (!value || !ts.isIdentifier(value) || !fn || !repeats(insertion.node, engine)) continue;
    if (isRegistering(functionName(fn))) continue;
    const declaration = engine.program.scopes.resolve(value);
    // Made by this very call: each call adds one.
    if (!declaration?.initializer || declaration.scope.func !== fn) continue;
    const end = declaration.references.map((use) => endingOf(use, engine)).find((site) => site && isReturned(site, fn));
    if (!end) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/disposers-pile-up',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each \`${value.text}\` after the caller has ended it: what is returned does not take it out.`,
      advice: 'Take it out of the list where it is ended.',
      steps: [{ role: 'release', message: 'Ends it, and leaves it in the list', range: rangeOf(end) }],
    });
  }
  return undefined;
}

/** `handle.unsubscribe()`, `handle()`, `end(handle)`: the call that ends what a name stands for. */
function endingOf(use: ts.Identifier, engine: Engine, depth = 0): ts.CallExpression | undefined {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isCallExpression(up)) {
    if (up.expression === outer) return up;
    const index = up.arguments.indexOf(outer);
    const ends = engine.program.callees.of(up).some((target) => {
      const parameter = target.parameters[index];
      const declaration = parameter && depth < 2 ? engine.program.scopes.declarationOf(parameter) : undefined;
      return declaration?.references.some((reference) => endingOf(reference, engine, depth + 1)) ?? false;
    });
    return ends ? up : undefined;
  }
  if (!ts.isPropertyAccessExpression(up) || up.expression !== outer || !isTeardown(up.name.text)) return undefined;
  const call = wrapped(up).parent;
  return ts.isCallExpression(call) && unwrap(call.expression) === up ? call : undefined;
}

/** Within a function that a call of `fn` returns, itself or as a member. */
function isReturned(site: ts.Node, fn: ts.Node): boolean {
  let found = false;
  walk(fn, (node) => {
    if (
      ts.isReturnStatement(node) &&
      node.expression &&
      enclosingFunction(node) === fn &&
      isWithin(site, node.expression)
    )
      found = enclosingFunction(site) !== fn;
    return !found;
  });
  return found;
}
