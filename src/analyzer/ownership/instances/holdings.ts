/** What instances of one class keep open until a teardown of the class: by the catalogue, or by how the class treats it. */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Holding } from '../../facts/exportFacts';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isFunctionNode,
  lineOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { registrarNames } from '../../words/listeners';
import { lifetimeOf } from '../lifetime/lifetime';
import { fatesOf } from '../values/fate';
import { emptyKind, instanceKind } from './instanceKind';
import * as conventions from './instanceWords';
import { type Keeper, keeper, keeperOf, keeperOfHolding, withKeeper } from './keepers';
import { openedIn, type Scope, startedIn } from './openedIn';
import { releasedIn, removedIn } from './releasedIn';
import type { Teardown } from './teardowns';

/** An acquisition that the class keeps, and that one of its teardowns releases. */
export function held(acquisition: Acquisition, scope: Scope): Holding | undefined {
  const { kind, form, node } = acquisition;
  const { engine } = scope;
  if (kind.family === 'cache' || kind.oneShot || kind.heldBy === 'nothing') return undefined;
  if ('endsByItself' in form && form.endsByItself) return undefined;
  if (isAlternative(node)) return undefined;
  const kept = keeperOf(acquisition, scope);
  if (!kept) return undefined;
  const until =
    form.form === 'registration'
      ? removedIn(acquisition, scope)
      : acquisition.assumed
        ? []
        : releasedIn(acquisition.result, kind, scope);
  const opens = until.length > 0 ? openedIn(node, scope) : undefined;
  if (!opens) return undefined;
  return withKeeper({ ...holdingAt(node, kind, until, engine), ...opening(opens) }, kept);
}

function holdingAt(
  node: ts.Node,
  { noun, family }: ResourceKind,
  until: readonly string[],
  { program }: Engine,
): Holding {
  return { noun, family, at: `${program.path}:${lineOf(node)}`, until };
}

function opening(opens: 'construction' | readonly string[]): Pick<Holding, 'opens'> {
  return opens === 'construction' ? {} : { opens };
}

const subscription: ResourceKind = {
  ...emptyKind('listener', 'subscription'),
  id: 'listener/subscription-of-unknown-type',
  release: [{ form: 'method', method: conventions.subscriptionEnds }, { form: 'invoked' }],
};

/** `this.listener = service.onMessage(…)`, which the class disposes: what is no kind of the catalogue, but treated as one by its owner. */
export function subscribed(node: ts.CallExpression, scope: Scope): readonly Holding[] {
  const { owner, engine } = scope;
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !registrarNames.test(callee.name.text)) return [];
  const handlers = node.arguments.filter((argument) => engine.program.callees.functionsOf(argument).length > 0);
  const until = handlers.length > 0 ? releasedIn(node, subscription, scope) : [];
  if (until.length === 0) return [];
  // A function of a module listens to what it is given: `dom.listen(element, 'click', handler)`.
  const isOfModule = engine.program.origins.nameOf(callee)?.module !== undefined;
  const target = isOfModule
    ? node.arguments.find((argument) => !handlers.includes(argument) && !ts.isLiteralExpression(unwrap(argument)))
    : callee.expression;
  const kept: Keeper | undefined = target ? keeper(lifetimeOf(target, engine), target, owner, engine) : { by: 'all' };
  const opens = kept && openedIn(node, scope);
  if (!kept || !opens) return [];
  return [withKeeper({ ...holdingAt(node, subscription, until, engine), assumed: true, ...opening(opens) }, kept)];
}

/** What a library gives, and the class closes: no kind of the catalogue, but its owner treats it as a handle. */
export function opened(node: CallLike, scope: Scope): readonly Holding[] {
  const { engine } = scope;
  const name = engine.program.origins.nameOf(unwrap(node.expression));
  const isOfLibrary = name?.module !== undefined && /^(?:@[\w-]+\/)?[\w-]/.test(name.module);
  if (!name || !isOfLibrary || conventions.plainMemory.test(name.name) || isAlternative(node)) return [];
  const noun = `\`${name.name === 'default' || name.name === '*' ? name.module : name.name}\` of \`${name.module}\``;
  const until = releasedIn(node, closable, scope);
  const opens = until.length > 0 ? openedIn(node, scope) : undefined;
  if (!opens) return [];
  return [{ ...holdingAt(node, { ...closable, noun }, until, engine), assumed: true, ...opening(opens) }];
}

const closable: ResourceKind = {
  ...emptyKind('handle', 'resource'),
  id: 'handle/closable-of-unknown-type',
  release: [{ form: 'method', method: conventions.closes }],
};

/** What an instance that the class makes, keeps and ends itself keeps open. */
export function passedUp(node: CallLike, holdings: readonly Holding[], scope: Scope): readonly Holding[] {
  if (holdings.length === 0 || isAlternative(node)) return [];
  const { engine } = scope;
  const opens = openedIn(node, scope);
  const [fate] = fatesOf(node, engine.program);
  if (!opens || !fate) return [];
  return holdings.flatMap((holding) => {
    const started = holding.opens
      ? startedIn(fate.kind === 'stored' ? fate.place : undefined, holding.opens, scope)
      : opens;
    const kept = keeperOfHolding(node, holding, scope.owner, engine);
    if (!started || !kept) return [];
    const until = releasedIn(node, instanceKind(holding), scope);
    if (until.length === 0) return [];
    const { opens: _, keptBy: __, ...rest } = holding;
    return [withKeeper({ ...rest, until, ...opening(started) }, kept)];
  });
}

/** Says with a holding whether its first teardown may take time: only a body that is seen to give nothing is over at once. */
export function withWait(holding: Holding, ends: readonly Teardown[]): Holding {
  const { waits: _, ...rest } = holding;
  const functions = ends.find(({ name }) => name === holding.until[0])?.functions ?? [];
  const isPlain = functions.length > 0 && functions.every((fn) => !givesPromise(fn));
  return isPlain ? rest : { ...rest, waits: true };
}

function givesPromise(fn: FunctionNode): boolean {
  if (hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || (fn.type && fn.type.kind !== ts.SyntaxKind.VoidKeyword))
    return true;
  let found = false;
  if (fn.body)
    walk(fn.body, (node) => {
      if (isFunctionNode(node)) return false;
      if (ts.isReturnStatement(node) && node.expression) found = true;
      return !found;
    });
  return found || (fn.body !== undefined && !ts.isBlock(fn.body));
}

/** Given to a field, a collection or a method of the instance: only then can a teardown of it release the value. */
export function isKept(node: CallLike): boolean {
  let outer: ts.Expression = wrapped(node);
  while (
    ts.isAwaitExpression(outer.parent) ||
    ts.isConditionalExpression(outer.parent) ||
    (ts.isBinaryExpression(outer.parent) && outer.parent.right === outer && !isAssignment(outer.parent))
  )
    outer = wrapped(outer.parent);
  const up = outer.parent;
  if (ts.isPropertyDeclaration(up)) return true;
  if (isAssignment(up)) return up.right === outer;
  return (
    (ts.isCallExpression(up) && up.expression !== outer && ts.isPropertyAccessExpression(unwrap(up.expression))) ||
    ts.isArrayLiteralExpression(up)
  );
}

/** `given ?? new Client()`: who gives one keeps it. */
function isAlternative(node: ts.Node): boolean {
  const up = wrapped(node as ts.Expression).parent;
  if (ts.isConditionalExpression(up) || ts.isParameter(up) || ts.isBindingElement(up)) return true;
  return (
    ts.isBinaryExpression(up) &&
    (up.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
      up.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
  );
}

/** One for each way to open it: what is open from the start, what an argument keeps, what a method opens. */
export function mostCertain(holdings: readonly Holding[]): readonly Holding[] {
  const rank = ({ opens, keptBy, assumed }: Holding): number =>
    (opens ? 4 : 0) + (keptBy === undefined ? 0 : 2) + (assumed ? 1 : 0);
  return [...holdings].sort((a, b) => rank(a) - rank(b)).slice(0, 3);
}
