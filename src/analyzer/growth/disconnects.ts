/**
 * Requests that wait for an answer of a connection: when it closes, no answer comes any more. Who connects again with the
 * same object keeps what waited before, unless the handler of the close lets it go.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { constantOf } from '../program/constants';
import { isEmptyValue } from '../program/emptyValues';
import type { Owner } from '../program/members';
import { visitNodes } from '../syntax/nodeIndex';
import { binaries, calls } from '../syntax/selections';
import type { FunctionNode } from '../syntax/syntax';
import {
  enclosingFunction,
  isAssignment,
  isNewPromise,
  isWithin,
  lineOf,
  outermostFunction,
  rangeOf,
  ts,
  unwrap,
} from '../syntax/syntax';
import { timerCalls } from '../words/callbacks';
import { listenMethods } from '../words/listeners';
import type { Changes, Insertion } from './changes';
import { type Collection, draftAt, nounOf } from './collections';
import { isAnswerName, isConnectName, isEndOfProcessName, isLossEvent, isLossName } from './words';

/** Callbacks under a counter, which an answer removes and the close of the connection does not. */
export function leftAtDisconnect(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const { owner } = container;
  if (container.holder !== 'instance' || owner?.kind !== 'class') return undefined;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.removals.length === 0 || changes.resets.length + changes.checks.length + changes.nullings.length > 0)
    return undefined;
  const insertion = changes.insertions.find((one) =>
    (isAnswerName(container.name) || keepsSettler(one)) && isCounted(one, engine)
      ? true
      : isAnswered(one, changes, engine),
  );
  if (!insertion || !reconnects(owner)) return undefined;
  const losses = lossesOf(owner, engine);
  const [loss] = losses;
  if (!loss) return undefined;
  const reached = losses.flatMap((fn) => [...engine.program.callees.reachedFrom(fn)]);
  const touches = [...changes.removals.map(({ node }) => node), ...changes.iterations, ...changes.lookups];
  if (touches.some((site) => reached.some((fn) => isWithin(site, fn)))) return undefined;
  const fn = outermostFunction(insertion.node);
  const removal = changes.removals.find(
    ({ node }) => !fn || !isWithin(node, fn) || isAnswered(insertion, changes, engine),
  );
  if (!removal) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/pending-requests',
    mechanism: 'no-release-on-dispose',
    severity: 'low',
    confidence: 'medium',
    message: `An entry of the ${nounOf[container.shape]} \`${container.name}\` waits for an answer (line ${lineOf(removal.node)}), which does not come any more when the ${isEndOfProcessName(loss.name?.getText() ?? '') ? 'process ends' : 'connection closes'}: line ${lineOf(loss)} leaves it.`,
    advice: 'Reject or drop what still waits when the connection closes.',
    steps: [{ role: 'forgotten', message: 'Leaves what waits', range: rangeOf(loss.name ?? loss) }],
  });
}

/** The handlers of the close: a method that is told of it, or what is given to the connection and lets go of it. */
function lossesOf(owner: Owner, engine: Engine): readonly FunctionNode[] {
  for (const member of owner.members.values()) if (isLossName(member.name)) return member.functions.slice(0, 1);
  const found: FunctionNode[] = [];
  visitNodes(owner.node, calls, (call) => {
    const callee = unwrap(call.expression);
    const [event, handler] = call.arguments;
    if (!handler || !ts.isPropertyAccessExpression(callee) || !listenMethods.has(callee.name.text)) return undefined;
    const name = constantOf(event, engine.program.scopes);
    if (typeof name === 'string' && (isLossEvent(name) || name === 'error'))
      found.push(...engine.program.callees.functionsOf(handler));
    return undefined;
  });
  return found.some((fn) => letsGo(fn, owner, engine)) ? found : [];
}

/** `this.socket = undefined`, `this.worker = this.spawn()` */
function letsGo(fn: FunctionNode, owner: Owner, engine: Engine): boolean {
  let does = false;
  visitNodes(fn, binaries, (node) => {
    if (isAssignment(node) && (isEmptyValue(unwrap(node.right)) || isMadeAgain(node.right))) {
      const root = engine.program.places.of(unwrap(node.left))?.root;
      does ||= root?.kind === 'owner' && root.owner === owner;
    }
    return !does;
  });
  return does;
}

function isMadeAgain(value: ts.Expression): boolean {
  const call = unwrap(value);
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return (
    callee !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    callee.expression.kind === ts.SyntaxKind.ThisKeyword &&
    isConnectName(callee.name.text)
  );
}

/** One object, several connections. */
function reconnects(owner: Owner): boolean {
  return [...owner.members.values()].some((member) => isConnectName(member.name) && member.functions.length > 0);
}

/** A promise that takes itself out when the answer comes, by a handler that what may be gone was given. */
function isAnswered({ value }: Insertion, { removals }: Changes, engine: Engine): boolean {
  const held = value && unwrap(value);
  const declaration = held && ts.isIdentifier(held) ? engine.program.scopes.resolve(held) : undefined;
  const made = declaration?.initializer ? unwrap(declaration.initializer) : held;
  if (!made || !isNewPromise(made)) return false;
  if (removals.length === 0 || !removals.every(({ node }) => isWithin(node, made))) return false;
  let listens = false;
  let givesUp = false;
  visitNodes(made, calls, (call) => {
    const callee = unwrap(call.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    listens ||= listenMethods.has(name);
    givesUp ||= timerCalls.has(name);
    return undefined;
  });
  return listens && !givesUp;
}

/** `{ id, resolve, reject }` */
function keepsSettler({ value }: Insertion): boolean {
  const held = value && unwrap(value);
  return (
    held !== undefined &&
    ts.isObjectLiteralExpression(held) &&
    held.properties.some((one) => one.name !== undefined && /^(?:resolve|reject)$/.test(one.name.getText()))
  );
}

/** The key is a number that each request raises. */
function isCounted({ key, node }: Insertion, engine: Engine, depth = 0): boolean {
  const value = key && unwrap(key);
  if (!value || depth > 2) return false;
  if (isRaised(value)) return true;
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (!declaration || declaration.writes.length > 0) return false;
  if (declaration.kind !== 'parameter')
    return declaration.path?.length === 0 && declaration.initializer !== undefined && isRaised(declaration.initializer);
  const fn = enclosingFunction(node);
  const index = fn && ts.isParameter(declaration.node) ? fn.parameters.indexOf(declaration.node) : -1;
  if (!fn || index < 0) return false;
  return engine.program.callees
    .usesOf(fn)
    .calls.some((call) => isCounted({ key: call.arguments?.[index], node: call, value: undefined }, engine, depth + 1));
}

/** `this.ids++`, `++counter`. */
function isRaised(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return (
    (ts.isPostfixUnaryExpression(value) || ts.isPrefixUnaryExpression(value)) &&
    value.operator === ts.SyntaxKind.PlusPlusToken
  );
}
