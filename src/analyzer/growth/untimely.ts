/**
 * Entries that are put in at the wrong time, or end in a way that was forgotten: before a check that leaves, while the
 * handler that takes them out is only added after it; after a wait during which what they are of may have ended; and by an
 * event of failure beside that of success, which alone takes them out.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { methodCalls } from '../program/methodCalls';
import { reaches } from '../reached';
import { nodesIn, select } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isOfBody,
  isWithin,
  leaves,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { listenMethods, removesAll } from '../words/listeners';
import type { Insertion } from './changes';
import { type Collection, draftAt, isInWholeTeardown, keysOf, nounOf } from './collections';
import { eventAround } from './otherWays';
import { isDoneEvent, isFailureEvent } from './words';

const awaits = select<ts.AwaitExpression>(ts.SyntaxKind.AwaitExpression);

/** The entry that stays because of when it is put in, or of how its work fails. */
export function leftUntimely(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  if (changes.resets.some((reset) => !isInWholeTeardown(reset))) return undefined;
  const sites = changes.removals.map(({ node }) => node).filter((node) => !isInWholeTeardown(node));
  if (sites.length === 0) return undefined;
  for (const insertion of changes.insertions) {
    const fn = enclosingFunction(insertion.node);
    if (!fn || (container.shape !== 'array' && keysOf(insertion, collection, engine) === 'closed')) continue;
    const fault =
      leftBeforeHandler(insertion, fn, sites, engine) ??
      putInLate(insertion, fn, sites, engine) ??
      leftByFailure(insertion, fn, sites, engine);
    if (!fault) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/entry-left-after-completion',
      mechanism: 'error-or-early-exit-path',
      severity: 'medium',
      confidence: 'medium',
      message: `The entry of the ${nounOf[container.shape]} \`${container.name}\` may stay for ever: ${fault.what}.`,
      advice: fault.advice,
      steps: [{ role: 'exit', message: 'Here the entry stays', range: rangeOf(fault.node) }],
    });
  }
  return undefined;
}

interface Fault {
  readonly node: ts.Node;
  readonly what: string;
  readonly advice: string;
}

/** `clients.add(client); if (!ok) return; request.on('close', () => clients.delete(client))`. */
function leftBeforeHandler(
  { node }: Insertion,
  fn: FunctionNode,
  sites: readonly ts.Node[],
  engine: Engine,
): Fault | undefined {
  const statements = blockOf(node);
  const at = statements.findIndex((one) => isWithin(node, one));
  const start = statements[at];
  if (!start || !ts.isExpressionStatement(start)) return undefined;
  // Whoever takes it out otherwise may do so on this way, too.
  if (!sites.every((site) => isWithin(site, fn) && site.pos > node.end)) return undefined;
  const later = statements.slice(at + 1);
  const to = later.findIndex((one) => sites.some((site) => isWithin(site, one)));
  const handler = later[to];
  if (!handler || !sites.some((site) => isWithin(site, handler) && eventAround(site, engine) && around(site) !== fn))
    return undefined;
  const exit = later.slice(0, to).find((one) => ts.isIfStatement(one) && leaves(one.thenStatement));
  if (!exit) return undefined;
  return {
    node: exit,
    what: `line ${lineOf(exit)} may leave before the handler that takes it out is added (line ${lineOf(handler)})`,
    advice: 'Put it in after the check, or add the handler first.',
  };
}

/** `socket.on('close', () => clients.delete(id)); await ready(); clients.set(id, socket)`. */
function putInLate(
  { node, key }: Insertion,
  fn: FunctionNode,
  sites: readonly ts.Node[],
  engine: Engine,
): Fault | undefined {
  if (!fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return undefined;
  const statements = blockOf(node);
  const at = statements.findIndex((one) => isWithin(node, one));
  const site = sites.find((one) => one.end < node.pos && isWithin(one, fn) && around(one) !== fn);
  const event = site && eventAround(site, engine);
  if (!site || !event || !key || !sites.every((one) => isWithin(one, fn) || isOnlyAsked(one, engine))) return undefined;
  const from = statements.findIndex((one) => isWithin(site, one));
  if (from < 0 || at <= from) return undefined;
  const waits = statements.slice(from + 1, at).findLastIndex((one) => waitsIn(one));
  const isAsked = statements
    .slice(from + 1 + Math.max(waits, 0), at + 1)
    .some((one) => ts.isIfStatement(one) && (leaves(one.thenStatement) || isWithin(node, one)));
  if (waits < 0 || isAsked) return undefined;
  const wait = statements[from + 1 + waits];
  if (!wait || isAnsweredNoMore(wait, around(site), engine)) return undefined;
  return {
    node: wait,
    what: `\`${event.event}\` may come while line ${lineOf(wait)} waits, and takes nothing out then (line ${lineOf(site)})`,
    advice: 'Put it in before the wait, or ask after it whether it has ended.',
  };
}

/**
 * `child.on('exit', () => { child.removeAllListeners('message'); … }); await ask(child);`: after the event nobody answers what
 * is waited for, so that the code behind the wait does not come.
 */
function isAnsweredNoMore(wait: ts.Statement, end: FunctionNode | undefined, { program }: Engine): boolean {
  const silenced = end?.body
    ? nodesIn(end.body, calls).flatMap((call) => {
        const callee = unwrap(call.expression);
        const isAll = ts.isPropertyAccessExpression(callee) && removesAll.has(callee.name.text);
        return isAll && isOfBody(wrapped(call).parent, end) ? [program.places.of(callee.expression)?.key] : [];
      })
    : [];
  if (silenced.length === 0) return false;
  const waits = nodesIn(wait, awaits).filter((one) => enclosingFunction(one) === enclosingFunction(wait));
  return (
    waits.length > 0 &&
    waits.every(({ expression }) => {
      const asked = unwrap(expression);
      if (!ts.isCallExpression(asked)) return false;
      const callee = unwrap(asked.expression);
      const of = ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
      return [...asked.arguments, ...of].some((one) => silenced.includes(program.places.of(unwrap(one))?.key ?? ''));
    })
  );
}

/** A method with a parameter, or one that goes through all: nobody calls it for what has ended already. */
function isOnlyAsked(site: ts.Node, engine: Engine): boolean {
  const fn = around(site);
  return fn !== undefined && engine.frequency.ofFunction(fn).level !== 'hot';
}

/** `page.on('requestfinished', …)` takes out what `request` has put in, and `page.on('requestfailed', …)` does not. */
function leftByFailure(
  { key, value }: Insertion,
  fn: FunctionNode,
  sites: readonly ts.Node[],
  engine: Engine,
): Fault | undefined {
  const root = key && rootOf(key);
  const index = root ? fn.parameters.findIndex((one) => one.name.getText() === root.text) : -1;
  if (!root || index < 0 || value === undefined) return undefined;
  const heard = engine.once(handlersIn);
  const start = heard.find((one) => one.fn === fn);
  if (!start) return undefined;
  const others = heard.filter(({ of, fn: other }) => of === start.of && other !== fn);
  const ends = others.filter((one) => reaches(one.fn, sites, engine));
  if (ends.length === 0 || !ends.every(({ event }) => isDoneEvent(event))) return undefined;
  if (!sites.every((site) => ends.some((one) => reaches(one.fn, [site], engine)))) return undefined;
  const failed = others.find(
    (one) => isFailureEvent(one.event) && !ends.includes(one) && one.fn.parameters[index]?.name.getText() === root.text,
  );
  return (
    failed && {
      node: failed.node,
      what: `\`${ends[0]?.event}\` takes it out, and \`${failed.event}\` does not (line ${lineOf(failed.fn)})`,
      advice: 'Take it out when the work fails, too.',
    }
  );
}

interface Heard {
  readonly event: string;
  /** The receiver as it is written. */
  readonly of: string;
  readonly fn: FunctionNode;
  readonly node: ts.Node;
}

/** The functions of this file that are told of events, in source order. */
function handlersIn({ program }: Engine): readonly Heard[] {
  const heard: Heard[] = [];
  for (const { call, receiver } of methodCalls(program, listenMethods)) {
    const [event, handler] = call.arguments;
    if (!handler || !event || !ts.isStringLiteralLike(event)) continue;
    for (const fn of program.callees.functionsOf(handler))
      heard.push({ event: event.text, of: receiver.getText(), fn, node: call });
  }
  return heard;
}

function rootOf(key: ts.Expression): ts.Identifier | undefined {
  let value = unwrap(key);
  while (ts.isPropertyAccessExpression(value)) value = unwrap(value.expression);
  return ts.isIdentifier(value) ? value : undefined;
}

function around(node: ts.Node): FunctionNode | undefined {
  return enclosingFunction(node);
}

/** The statements of the block that a node is in. */
function blockOf(node: ts.Node): readonly ts.Statement[] {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent) if (ts.isBlock(up)) return up.statements;
  return [];
}

function waitsIn(statement: ts.Node): boolean {
  let waits = false;
  walk(statement, (node) => {
    if (isFunctionNode(node)) return false;
    waits ||= ts.isAwaitExpression(node);
    return !waits;
  });
  return waits;
}
