/** Callbacks that are given what a call opens. */

import type { FileProgram } from '../program/program';
import type { AcquireForm } from '../resources/acquireForms';
import { type CallLike, type FunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { isCallbackName } from '../words/callbacks';

/** Parameter of an error-first callback that gets what a call by convention opens: `open(path, (error, archive) => …)`. */
export function callbackOf(
  program: FileProgram,
  node: CallLike,
  form: AcquireForm,
): ts.ParameterDeclaration | undefined {
  if (form.form !== 'convention' || form.callback === undefined || !ts.isCallExpression(node)) return undefined;
  const fn = lastCallback(program, node);
  return fn && isErrorFirst(fn) ? fn.parameters[form.callback] : undefined;
}

/** Is its first parameter the error of what it is told of? */
export function isErrorFirst({ parameters: [first] }: FunctionNode): boolean {
  return first !== undefined && ts.isIdentifier(first.name) && /err(?:or)?$/i.test(first.name.text);
}

/** The function that a call is given last. */
export function lastCallback(program: FileProgram, node: ts.CallExpression): FunctionNode | undefined {
  const last = node.arguments.at(-1);
  return last ? program.callees.functionsOf(last)[0] : undefined;
}

/**
 * `connect(url, (error, client) => …)`: a function that gives a promise of the resource gives it to the callback instead where it
 * is given one. Whoever is told by a callback of someone else is not seen.
 */
export function calledBack(
  program: FileProgram,
  form: AcquireForm,
  node: CallLike,
): AcquireForm | 'unseen' | undefined {
  if (form.form !== 'call' || form.promise !== true || !ts.isCallExpression(node)) return undefined;
  const fn = lastCallback(program, node);
  if (fn && (fn.parameters.length === 2 || isErrorFirst(fn)))
    return { form: 'callback', callee: form.callee, parameter: 1 };
  const last = node.arguments.at(-1);
  const given = last && unwrap(last);
  const declared = given && ts.isIdentifier(given) ? program.scopes.resolve(given) : undefined;
  const isDropped = ts.isExpressionStatement(wrapped(node).parent);
  return isDropped && declared?.kind === 'parameter' && isCallbackName(declared.name) ? 'unseen' : undefined;
}
