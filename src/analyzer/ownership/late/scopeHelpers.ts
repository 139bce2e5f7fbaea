/**
 * Calls that bind to an active scope (the set-up of a component, a composable) and come too late or too early: after a wait
 * there is no scope any more, so nothing ends them; and a callback that runs at once cannot call the function that is yet
 * to be returned.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { constantOf } from '../../program/constants';
import type { Declaration } from '../../program/scopes';
import { scopeBound } from '../../resources/scopes';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { isInstanceScript } from '../../syntax/singleFile';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { isScopeFunction } from '../../words/hooks';
import { fatesOf } from '../values/fate';
import { continuedFrom } from './promiseSteps';

/** The findings for calls that no scope ends. */
export function findScopeHelpers(engine: Engine): readonly Draft[] {
  if (!importsAny(engine)) return [];
  const drafts: Draft[] = [];
  visitNodes(engine.program.sourceFile, calls, (node) => {
    const draft = ts.isCallExpression(node) ? (afterWait(node, engine) ?? beforeStop(node, engine)) : undefined;
    if (draft) drafts.push(draft);
    return undefined;
  });
  return drafts;
}

function importsAny(engine: Engine): boolean {
  return engine.program.scopes.imports.some(
    ({ imported }) => imported !== undefined && scopeBound.modules.includes(imported.module),
  );
}

/** `await load(); onUnmounted(stop);` in a composable. */
function afterWait(call: ts.CallExpression, engine: Engine): Draft | undefined {
  const name = engine.program.origins.nameOf(unwrap(call.expression));
  if (!name) return undefined;
  const isEnd = engine.types.matches(name, scopeBound.ends);
  if (!isEnd && !engine.types.matches(name, scopeBound.begins)) return undefined;
  // Whoever keeps what it gives can end it.
  if (!fatesOf(call, engine.program).every((fate) => fate.kind === 'dropped')) return undefined;
  const fn = enclosingFunction(call);
  // Behind a wait of its own the compiler of the component takes the scope up again.
  if (fn && isInstanceScript(fn)) return undefined;
  const wait = fn && (continuedFrom(fn) ?? waitBefore(call, fn));
  const setUp = fn && setUpAround(fn, engine);
  // An end after a wait is bound to nothing, wherever it stands; what goes on may do so on purpose elsewhere.
  if (!fn || !wait || (!setUp && !isEnd)) return undefined;
  const [first] = call.arguments;
  // What it goes on with ends with the composable itself.
  if (!isEnd && first && setUp && isOfSetUp(first, setUp, engine)) return undefined;
  const what = `\`${call.expression.getText()}\``;
  return {
    kind: 'listener/scope-helper-after-await',
    mechanism: 'race-or-after-await',
    severity: 'medium',
    confidence: 'medium',
    message: isEnd
      ? `${what} comes after a wait (line ${lineOf(wait)}): no scope is active then, so it never runs, and what it should end stays.`
      : `${what} comes after a wait (line ${lineOf(wait)}): no scope is active then, so nothing ends it with its component.`,
    advice: 'Call it before the first wait, or keep the scope and run it there.',
    node: call,
    trail: [
      { role: 'exit', message: 'The scope is left here', range: rangeOf(wait) },
      { role: 'acquired', message: 'Bound to no scope', range: rangeOf(call) },
    ],
  };
}

/** The composable or set-up function that the function is, or is written in. */
function setUpAround(fn: FunctionNode, engine: Engine): FunctionNode | undefined {
  for (let at: FunctionNode | undefined = fn; at; at = enclosingFunction(at)) {
    const up: ts.Node = wrapped(at as ts.Expression).parent;
    const named = at.name ?? (ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up) ? up.name : undefined);
    const name = named ? propertyNameText(named) : undefined;
    if (name !== undefined && isScopeFunction(name)) return at;
    // A class or an owner's method is called by anybody at any time.
    if (engine.program.members.owners.some((owner) => owner.kind === 'class' && isWithin(at ?? fn, owner.node)))
      return undefined;
  }
  return undefined;
}

/** A variable of the set-up, or a function of nothing else. */
function isOfSetUp(value: ts.Expression, setUp: FunctionNode, engine: Engine): boolean {
  const given = unwrap(value);
  if (ts.isArrayLiteralExpression(given)) return given.elements.every((one) => isOfSetUp(one, setUp, engine));
  const root = rootDeclaration(given, engine);
  if (root) return isWithin(root.node, setUp) && root.kind !== 'parameter' && !isAwaited(root);
  if (!isFunctionNode(given)) return false;
  let isOwn = true;
  walk(given, (inner) => {
    const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
    if (declaration && (!isWithin(declaration.node, setUp) || declaration.kind === 'parameter'))
      isOwn &&= isWithin(declaration.node, given);
    return isOwn;
  });
  return isOwn;
}

function rootDeclaration(value: ts.Expression, engine: Engine): Declaration | undefined {
  const place = engine.program.places.of(value);
  return place?.root.kind === 'declaration' ? place.root.declaration : undefined;
}

/** What a promise gave may live on elsewhere. */
function isAwaited({ initializer, writes }: Declaration): boolean {
  return [initializer, ...writes.map(({ value }) => value)].some(
    (value) => value !== undefined && ts.isAwaitExpression(unwrap(value)),
  );
}

/** An `await` that has been passed when the call is made; one in a branch that does not lead to it does not count. */
function waitBefore(call: ts.Node, fn: FunctionNode): ts.Node | undefined {
  if (!hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || !fn.body) return undefined;
  let found: ts.Node | undefined;
  walk(fn.body, (inner) => {
    if (found || isFunctionNode(inner) || inner.pos > call.pos) return false;
    if (ts.isIfStatement(inner) && !isWithin(call, inner)) return false;
    if (ts.isAwaitExpression(inner) && !isWithin(call, inner)) found = inner;
    return !found;
  });
  return found;
}

/** `stop = watch(source, () => { stop?.(); }, { immediate: true })`: the first run has no `stop` yet. */
function beforeStop(call: ts.CallExpression, engine: Engine): Draft | undefined {
  const { callee, callback, options, option } = scopeBound.immediate;
  if (!engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), callee)) return undefined;
  const run = call.arguments[callback];
  if (!run || !isSet(call.arguments[options], option, engine)) return undefined;
  const [fn] = engine.program.callees.functionsOf(run);
  const held = fatesOf(call, engine.program).find((fate) => fate.kind === 'stored');
  const root = held?.place.path.length === 0 && held.place.root.kind === 'declaration' ? held.place.root : undefined;
  const kept = root?.declaration;
  if (!fn || !kept || kept.kind === 'const') return undefined;
  const calls = kept.references.map((reference) => callOf(reference)).filter((one) => one !== undefined);
  const inside = calls.filter((one) => enclosingFunction(one) === fn);
  const [first] = inside;
  if (!first) return undefined;
  // Put off in the callback, or done behind the assignment.
  const outside = calls.filter((one) => !inside.includes(one));
  const around = enclosingFunction(call);
  if (outside.some((one) => isWithin(one, fn) || enclosingFunction(one) === around)) return undefined;
  return {
    kind: 'listener/vue-watch-outside-scope',
    mechanism: 'race-or-after-await',
    severity: 'medium',
    confidence: 'medium',
    message: `The callback runs at once, before \`${kept.name}\` is given its value: the call on line ${lineOf(first)} does nothing then, and the watcher stays.`,
    advice: `Call \`${kept.name}\` later when it is not there yet.`,
    node: call,
    trail: [
      { role: 'acquired', message: `Runs its callback before it returns \`${kept.name}\``, range: rangeOf(call) },
      { role: 'release', message: 'Nothing to call in the first run', range: rangeOf(first) },
    ],
  };
}

function isSet(options: ts.Expression | undefined, option: string, engine: Engine): boolean {
  const value = options && unwrap(options);
  return (
    value !== undefined &&
    ts.isObjectLiteralExpression(value) &&
    value.properties.some(
      (property) =>
        ts.isPropertyAssignment(property) &&
        propertyNameText(property.name) === option &&
        constantOf(property.initializer, engine.program.scopes) === true,
    )
  );
}

/** The call of a variable's value, where it may be missing: `stop?.()`, `if (stop) stop()`. */
function callOf(reference: ts.Identifier): ts.CallExpression | undefined {
  const outer = wrapped(reference);
  const up = outer.parent;
  if (!ts.isCallExpression(up) || up.expression !== outer || isAssignment(up)) return undefined;
  return up;
}
