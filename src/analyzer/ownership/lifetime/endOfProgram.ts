/**
 * Functions that run only when the page or the process ends: `window.addEventListener('beforeunload', () => this.close())`. Who
 * ends itself there, and nowhere else, lives as long as the program does.
 */
import { isBindCall } from '../../program/bound';
import type { FileProgram } from '../../program/program';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { tellsOfProgramEnd } from '../../words/events';
import { listenMethods } from '../../words/listeners';

/** Is it called when the program ends, and on no other occasion that the file knows of? */
export function runsAtProgramEnd(fn: FunctionNode, program: FileProgram, seen = new Set<FunctionNode>()): boolean {
  if (seen.has(fn)) return false;
  seen.add(fn);
  const { calls, values } = program.callees.usesOf(fn);
  if (calls.length + values.length === 0) return false;
  return (
    values.every(isHandlerOfEnd) &&
    calls.every((call) => {
      const around = enclosingFunction(call);
      if (!around) return false;
      const isInline = ts.isArrowFunction(around) || ts.isFunctionExpression(around);
      return (isInline && isHandlerOfEnd(around)) || runsAtProgramEnd(around, program, seen);
    })
  );
}

/** `addEventListener('pagehide', close)`, `window.onbeforeunload = close`, `process.on('exit', this.close.bind(this))` */
function isHandlerOfEnd(value: ts.Expression): boolean {
  const outer = boundOf(value);
  const up = outer.parent;
  if (isAssignment(up) && up.right === outer) {
    const left = unwrap(up.left);
    return (
      ts.isPropertyAccessExpression(left) &&
      tellsOfProgramEnd(left.name.text.replace(/^on/, ''), left.expression.getText())
    );
  }
  if (!ts.isCallExpression(up) || !up.arguments.includes(outer) || !listenMethods.has(calledName(up))) return false;
  const [event] = up.arguments;
  const callee = unwrap(up.expression);
  return (
    event !== undefined &&
    ts.isStringLiteralLike(event) &&
    tellsOfProgramEnd(event.text, ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : undefined)
  );
}

/** `this.close.bind(this)` of `this.close` */
function boundOf(value: ts.Expression): ts.Expression {
  const outer = wrapped(value);
  const call = outer.parent.parent;
  return ts.isPropertyAccessExpression(outer.parent) && ts.isExpression(call) && isBindCall(call)
    ? wrapped(call)
    : outer;
}

/**
 * Is what is waited for the end of the program: `once(process, 'SIGTERM')`, a promise that such a handler settles, or one that
 * nothing settles? A function of this file that makes the promise is looked into.
 */
export function waitsForProgramEnd(waited: ts.Node, program: FileProgram, depth = 0): boolean {
  let found = false;
  walk(waited, (node) => {
    if (ts.isNewExpression(node)) found ||= settlesNever(node);
    if (ts.isCallExpression(node)) {
      const bodies = depth < 2 ? program.callees.of(node).flatMap(({ body }) => body ?? []) : [];
      found ||= namesProgramEnd(node) || bodies.some((body) => waitsForProgramEnd(body, program, depth + 1));
    }
    return !found;
  });
  return found;
}

/** `once(process, 'SIGINT')`, `process.on('SIGINT', …)` */
function namesProgramEnd(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  const on = [...(ts.isPropertyAccessExpression(callee) ? [callee.expression] : []), ...call.arguments];
  return call.arguments.some(
    (event) => ts.isStringLiteralLike(event) && on.some((one) => tellsOfProgramEnd(event.text, one.getText())),
  );
}

/** `new Promise(() => {})` */
function settlesNever({ expression, arguments: given }: ts.NewExpression): boolean {
  const executor = given?.[0] && unwrap(given[0]);
  return (
    calledName({ expression }) === 'Promise' &&
    executor !== undefined &&
    isFunctionNode(executor) &&
    executor.parameters.length === 0
  );
}
