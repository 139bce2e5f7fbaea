/**
 * Entries per request that one handler puts in for every request, and another takes out only for some: it leaves before
 * that on a condition that says nothing of the entry.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { reaches } from '../reached';
import { visitNodes } from '../syntax/nodeIndex';
import { functions } from '../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  statementsOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { type Collection, draftAt, shrinksInLife } from './collections';
import { isEndless } from './keys';

interface Handler {
  readonly fn: FunctionNode;
  /** What it is given to: `bus.on`. */
  readonly taker: string;
  readonly event: string;
}

/** An entry that stays for all requests which the handler of their end passes over. */
export function leftByEarlyReturn(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.shape === 'array' || changes.checks.length + changes.resets.length + changes.nullings.length > 0)
    return undefined;
  const removals = changes.removals.map(({ node }) => node);
  if (removals.length === 0 || shrinksInLife(collection).length !== removals.length) return undefined;
  const [insertion] = changes.insertions;
  if (changes.insertions.length !== 1 || !insertion?.key || !isEndless(insertion.key)) return undefined;
  const start = handlerAround(insertion.node);
  if (!start || isConditional(insertion.node, start.fn)) return undefined;
  const ends = otherHandlers(start, engine).filter((one) => reaches(one.fn, removals, engine));
  const [end] = ends;
  // Anything else that removes may do so for the rest.
  if (!end || ends.length !== 1 || !removals.every((site) => isOnlyRunBy(site, end.fn, engine))) return undefined;
  const passed = guardBefore(removals, end.fn, engine);
  if (!passed || mentions(passed.expression, insertion.key, container.name)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `Each \`${start.event}\` puts an entry into \`${container.name}\`, and \`${end.event}\` does not take it out when it leaves on line ${lineOf(passed)}.`,
    advice: 'Take the entry out before anything else.',
    steps: [{ role: 'exit', message: 'Leaves here, and the entry stays', range: rangeOf(passed) }],
  });
}

/** The function around a node that is given to a call together with the name of an event. */
function handlerAround(node: ts.Node): Handler | undefined {
  const fn = enclosingFunction(node);
  return fn && handlerOf(fn);
}

function handlerOf(fn: FunctionNode): Handler | undefined {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[1] !== outer) return undefined;
  const [event] = call.arguments;
  return event && ts.isStringLiteralLike(event)
    ? { fn, taker: call.expression.getText(), event: event.text }
    : undefined;
}

/** Handlers of other events that are given to the same. */
function otherHandlers(start: Handler, engine: Engine): readonly Handler[] {
  const found: Handler[] = [];
  visitNodes(engine.program.sourceFile, functions, (node) => {
    const handler = isFunctionNode(node) ? handlerOf(node) : undefined;
    if (handler && handler.taker === start.taker && handler.event !== start.event) found.push(handler);
    return undefined;
  });
  return found;
}

/** The function of a site is the handler, or called from what the handler runs and from nowhere else. */
function isOnlyRunBy(site: ts.Node, handler: FunctionNode, engine: Engine): boolean {
  const fn = enclosingFunction(site);
  if (!fn) return false;
  if (isWithin(fn, handler)) return true;
  const reached = [...engine.program.callees.reachedFrom(handler)];
  const { calls, values } = engine.program.callees.usesOf(fn);
  return calls.length > 0 && values.length === 0 && calls.every((call) => reached.some((one) => isWithin(call, one)));
}

/** In a branch, or after a statement that may leave. */
function isConditional(node: ts.Node, fn: FunctionNode): boolean {
  for (let up = node.parent; up && up !== fn; up = up.parent)
    if (!(ts.isExpressionStatement(up) || ts.isBlock(up) || ts.isBinaryExpression(up) || ts.isCallExpression(up)))
      return true;
  return leavesOf(fn).some((leave) => leave.pos < node.pos);
}

/** `if (…) return;` of a body. */
function leavesOf(fn: FunctionNode): readonly ts.IfStatement[] {
  return statementsOf(fn.body).filter((statement): statement is ts.IfStatement => {
    if (!ts.isIfStatement(statement)) return false;
    const branch = statement.thenStatement;
    const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
    return last !== undefined && ts.isReturnStatement(last);
  });
}

/** The first way out of a handler before the statement that leads to the removals. */
function guardBefore(sites: readonly ts.Node[], handler: FunctionNode, engine: Engine): ts.IfStatement | undefined {
  const leading = statementsOf(handler.body).find((statement) => leadsTo(statement, sites, engine));
  const guard = leavesOf(handler).find((leave) => leading !== undefined && leave.pos < leading.pos);
  // A way out that removes it too is none.
  return guard && !leadsTo(guard, sites, engine) ? guard : undefined;
}

function leadsTo(statement: ts.Node, sites: readonly ts.Node[], engine: Engine): boolean {
  let found = sites.some((site) => isWithin(site, statement));
  walk(statement, (node) => {
    if (!found && ts.isCallExpression(node))
      found = engine.program.callees.of(node).some((target) => reaches(target, sites, engine));
    return !found;
  });
  return found;
}

/** Does the condition ask for the entry, or for its key? */
function mentions(condition: ts.Expression, key: ts.Expression, name: string): boolean {
  const value = unwrap(key);
  const names = [name, ts.isPropertyAccessExpression(value) ? value.name.text : value.getText()];
  const text = condition.getText();
  return /\b(?:\w*I[dD]|id|uuid|token|key)\b/.test(text) || names.some((one) => text.includes(one));
}
