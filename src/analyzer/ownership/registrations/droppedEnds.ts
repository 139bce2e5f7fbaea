/**
 * Functions that subscribe for their caller and give back what ends it: `observe(store, select, fn)`. Who drops that in a
 * mount hook, an effect or a handler has a subscription more each time, which nobody can end.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isFunctionNode,
  isWithin,
  memberOrText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { listenMethods, unlistenMethods } from '../../words/listeners';
import { takesBack } from '../../words/opposites';
import { beginsSubscription } from '../../words/starts';
import { frequencyStep, wholeTeardownOf } from '../assess';
import { lifetimeOf } from '../lifetime/lifetime';
import { returnedBy } from '../values/returned';
import { callsGiven } from './givenCalls';

/** What a function subscribes to: the parameter at this position, or, with -1, what its module knows. */
export function subscribesTo(fn: FunctionNode, engine: Engine): number | undefined {
  if (hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || fn.asteriskToken || !fn.body || ts.isConstructorDeclaration(fn))
    return undefined;
  const returned = returnedBy(fn);
  if (returned.length === 0) return undefined;
  const sources = new Set(returned.map((value) => sourceEndedBy(value, fn, engine)));
  const [only] = sources;
  return sources.size === 1 ? only : undefined;
}

/** The source of the subscription that a returned value ends. */
function sourceEndedBy(value: ts.Expression, fn: FunctionNode, engine: Engine): number | undefined {
  const inner = unwrap(value);
  const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
  if (declaration && declaration.scope.func !== fn) return undefined;
  const initial = declaration?.initializer && declaration.path?.length === 0 ? unwrap(declaration.initializer) : inner;
  if (ts.isCallExpression(initial)) return beginning(initial, fn, engine);
  for (const end of engine.program.callees.functionsOf(inner)) {
    if (!isWithin(end, fn)) continue;
    const found = endedIn(end, fn, engine);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `source.subscribe(fn)`, directly in the function. */
function beginning(call: ts.CallExpression, fn: FunctionNode, engine: Engine): number | undefined {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || enclosingFunction(call) !== fn) return undefined;
  if (!beginsSubscription(callee.name.text)) return undefined;
  const hasHandler = call.arguments.some(
    (one) => engine.program.callees.functionsOf(one).length > 0 || isParameter(one, fn, engine) !== undefined,
  );
  return hasHandler ? sourceAt(callee.expression, fn, engine) : undefined;
}

/** A removal in the returned function of a handler that the function has added to the same object. */
function endedIn(end: FunctionNode, fn: FunctionNode, engine: Engine): number | undefined {
  let found: number | undefined;
  visitNodes(end, calls, (call) => {
    const callee = unwrap(call.expression);
    if (!ts.isPropertyAccessExpression(callee) || !unlistenMethods.has(callee.name.text)) return undefined;
    if (isAdded(fn, end, callee.expression, engine)) found ??= sourceAt(callee.expression, fn, engine);
    return undefined;
  });
  return found;
}

function isAdded(fn: FunctionNode, end: FunctionNode, receiver: ts.Expression, engine: Engine): boolean {
  let added = false;
  visitNodes(fn, calls, (call) => {
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee) && listenMethods.has(callee.name.text) && !isWithin(call, end))
      added ||= enclosingFunction(call) === fn && engine.program.places.same(callee.expression, receiver);
    return undefined;
  });
  return added;
}

function sourceAt(receiver: ts.Expression, fn: FunctionNode, engine: Engine): number | undefined {
  const position = isParameter(receiver, fn, engine);
  if (position !== undefined) return position;
  const { level } = lifetimeOf(receiver, engine);
  return level === 'process' || level === 'module' ? -1 : undefined;
}

function isParameter(value: ts.Expression, fn: FunctionNode, engine: Engine): number | undefined {
  const place = engine.program.places.of(unwrap(value));
  if (place?.root.kind !== 'declaration' || place.root.declaration.kind !== 'parameter') return undefined;
  const { node } = place.root.declaration;
  const at = ts.isParameter(node) ? fn.parameters.indexOf(node) : -1;
  return at < 0 || place.path.length > 1 ? undefined : at;
}

const endedKinds = kindsWith(({ ended }) => ended);

/** Findings for calls of such functions whose result is dropped where they run again. */
export function findDroppedEnds(
  engine: Engine,
  kinds: readonly ResourceKind[],
  known: readonly Draft[],
): readonly Draft[] {
  const [kind] = endedKinds(kinds);
  if (!kind) return [];
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  visitNodes(engine.program.sourceFile, calls, (node) => {
    if (node.arguments.length === 0 || !ts.isExpressionStatement(wrapped(node).parent) || told.has(node))
      return undefined;
    // A handler that knows nothing of who adds it may be meant for all.
    if (!node.arguments.some((one) => isFunctionNode(unwrap(one)) || isMethod(one))) return undefined;
    const callee = unwrap(node.expression);
    const local = engine.program.callees.of(node);
    const [only] = local;
    const source =
      local.length > 1
        ? undefined
        : only
          ? subscribesTo(only, engine)
          : engine.imports.factOf(engine.program.origins.nameOf(callee))?.subscribes;
    if (source === undefined || (source >= 0 && !isLong(node.arguments[source], engine))) return undefined;
    if (!isRunAgain(node, engine) || isTakenBack(node, engine)) return undefined;
    const frequency = engine.frequency.of(node);
    const owner = engine.program.members.ownerAt(node);
    const teardown = owner && wholeTeardownOf(owner, node);
    const name = callee.getText();
    drafts.push({
      kind: kind.id,
      mechanism: 'no-release-on-dispose',
      severity: kind.severity,
      confidence: 'medium',
      message: `The ${kind.noun} that \`${name}\` begins is never ${kind.participle ?? 'ended'}: what it gives to end it is dropped. It begins ${frequency.why}.`,
      advice: `Keep what \`${name}\` gives, and call it ${teardown ? `in \`${teardown.name}\`` : 'in the clean-up'}.`,
      node,
      trail: [
        { role: 'acquired', message: `The ${kind.noun} begins here`, range: rangeOf(node) },
        frequencyStep(frequency, node),
      ],
    });
    return undefined;
  });
  return drafts;
}

/** `unsubscribe(name, this.render)`: it ends what was begun with the same handler, and what is given back is not needed. */
function isTakenBack(begun: ts.CallExpression, engine: Engine): boolean {
  // What it is added to comes before.
  const handler = begun.arguments.findLast((one) => ts.isIdentifier(unwrap(one)) || isMethod(one));
  return (
    handler !== undefined &&
    callsGiven(handler, engine).some((call) => call !== begun && takesBack(memberOrText(unwrap(call.expression))))
  );
}

/** `this.render`, `props.onChange` */
function isMethod(argument: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(unwrap(argument));
}

/** At each mount or event, or for each instance of a class that has an end. */
function isRunAgain(node: ts.Node, engine: Engine): boolean {
  const { level } = engine.frequency.of(node);
  if (level === 'mount' || level === 'hot') return true;
  const owner = engine.program.members.ownerAt(node);
  return (
    level === 'instance' &&
    owner !== undefined &&
    engine.frequency.instancesOf(owner) !== 'single' &&
    wholeTeardownOf(owner, node) !== undefined
  );
}

function isLong(source: ts.Expression | undefined, engine: Engine): boolean {
  if (!source) return false;
  const { level } = lifetimeOf(source, engine);
  return level === 'process' || level === 'module' || level === 'injected';
}
