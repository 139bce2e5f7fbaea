/** Handles that are kept in a list for the end of their owner, and given to the caller to end each: the list keeps them. */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { putsIntoList } from '../ownership/words/collections';
import { isTeardown } from '../ownership/words/teardowns';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import type { Insertion } from './changes';
import { type Collection, draftAt, isInWholeTeardown, nounOf, repeats } from './collections';
import { functionName } from './holders';
import { isInHandlerOfEnd } from './itemEnds';
import { isRegistering } from './words';

/** `this.handles.push(handle); return () => handle.unsubscribe();` where nothing takes the handle out of the list. */
export function endedAlone(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.shape !== 'array' && container.shape !== 'set') return undefined;
  const shrinks = [...changes.removals.map(({ node }) => node), ...changes.resets];
  if (changes.checks.length > 0 || !shrinks.every(isInWholeTeardown)) return undefined;
  if (container.holder !== 'instance' && changes.removals.length > 0) return undefined;
  for (const insertion of changes.insertions) {
    const fn = enclosingFunction(insertion.node);
    if (!fn || !repeats(insertion.node, engine) || isRegistering(functionName(fn))) continue;
    for (const given of valuesOf(insertion)) {
      const draft = endedAloneOf(given, insertion, fn, collection, engine);
      if (draft) return draft;
    }
  }
  return undefined;
}

function endedAloneOf(
  given: ts.Expression,
  insertion: Insertion,
  fn: FunctionNode,
  collection: Collection,
  engine: Engine,
): Draft | undefined {
  const { container } = collection;
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  // Made by this very call: each call adds one.
  if (!declaration?.initializer || declaration.scope.func !== fn) return undefined;
  for (const use of declaration.references) {
    const end = endingOf(use, engine);
    const isByCaller = end !== undefined && isReturned(end, fn);
    if (!end || !(isByCaller || isInHandlerOfEnd(end, fn, engine))) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/disposers-pile-up',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each \`${declaration.name}\` after ${isByCaller ? 'the caller has ended it: what is returned' : `line ${lineOf(end)} has ended it: that`} does not take it out.`,
      advice: 'Take it out of the list where it is ended.',
      steps: [{ role: 'release', message: 'Ends it, and leaves it in the list', range: rangeOf(end) }],
    });
  }
  return undefined;
}

/** `list.push(one, other)` */
function valuesOf({ node, value }: Insertion): readonly ts.Expression[] {
  if (ts.isCallExpression(node) && putsIntoList(calledName(node))) return node.arguments;
  return value ? [value] : [];
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
