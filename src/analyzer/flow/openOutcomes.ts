/** Is it still open after a way of settling: neither ended by itself nor by a time limit that is still armed? */

import { type Acquisition, activatorsOf } from '../acquiring/acquisitions';
import { isErrorFirst } from '../acquiring/callbacks';
import type { Engine } from '../engine';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { enclosingFunction, type FunctionNode, isAssignment, ts, unwrap } from '../syntax/syntax';
import { runsLaterOnce } from '../words/callbacks';
import { endEvents, openEvents } from '../words/events';
import { listenMethods } from '../words/listeners';
import { opensIt } from '../words/starts';
import type { Work } from './callbackWork';
import { triggerOf, type Way } from './leaving';

/** Nothing has ended it by itself there, and no time limit still will. */
export function isOpen(
  { trigger, handler }: Way,
  { kind, form }: Acquisition,
  holder: Declaration,
  releases: readonly ts.Node[],
  work: Work,
  engine: Engine,
): boolean {
  if (!trigger || armsRelease(releases, trigger, handler, work, engine)) return false;
  const { scopes } = engine.program;
  if (isAssignment(trigger)) {
    const left = unwrap(trigger.left);
    if (!ts.isPropertyAccessExpression(left) || !isOf(left.expression, holder, engine)) return true;
    return leavesOpen(left.name.text.replace(/^on/, ''), kind);
  }
  if (!ts.isCallExpression(trigger)) return false;
  const callee = unwrap(trigger.expression);
  if (!ts.isPropertyAccessExpression(callee) || !isOf(callee.expression, holder, engine)) return true;
  const event = constantOf(trigger.arguments[0], scopes);
  if (listenMethods.has(callee.name.text)) return typeof event === 'string' && leavesOpen(event, kind);
  // `client.connect((error) => …)`: what could not be opened needs no end.
  const opens = opensIt(callee.name.text) || activatorsOf(form)?.includes(callee.name.text);
  return !(opens && (handler === undefined || isErrorFirst(handler)));
}

/** After the end of it, or of its output, nothing is left; where it is ready, the work only begins. */
function leavesOpen(event: string, { survives }: ResourceKind): boolean {
  if (survives?.includes(event)) return true;
  return !endEvents.has(event) && !openEvents.has(event) && event !== 'error';
}

/** Is it the holder, or a part or chained call of it? */
export function isOf(expression: ts.Expression, holder: Declaration, engine: Engine): boolean {
  let base = unwrap(expression);
  // `child.stdout.on('end', …)`, `socket.setTimeout(…).on('error', …)`
  for (;;) {
    if (ts.isPropertyAccessExpression(base)) base = unwrap(base.expression);
    else if (ts.isCallExpression(base)) base = unwrap(base.expression);
    else break;
  }
  return ts.isIdentifier(base) && engine.program.scopes.resolve(base) === holder;
}

function isTimer(callee: ts.Expression): boolean {
  return ts.isIdentifier(callee) && runsLaterOnce(callee.text);
}

/** A time limit that ends it is still armed: this way does not clear it. */
function armsRelease(
  releases: readonly ts.Node[],
  trigger: ts.Node,
  handler: FunctionNode | undefined,
  work: Work,
  engine: Engine,
): boolean {
  const isArmed = releases.some((site) => {
    for (let fn = enclosingFunction(site); fn; fn = enclosingFunction(fn)) {
      if (fn === handler) return false;
      const call = triggerOf(fn);
      if (!call || call === trigger || !ts.isCallExpression(call) || !isTimer(unwrap(call.expression))) continue;
      if (enclosingFunction(call) === work.fn) return true;
    }
    return false;
  });
  if (!isArmed) return false;
  const reached = handler ? [...engine.program.callees.reachedFrom(handler)] : [];
  return !reached.some((fn) => /\bclear(?:Timeout|Immediate)\(|\.clear\(/.test(fn.getText()));
}
