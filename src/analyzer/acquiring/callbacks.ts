/** Callbacks that are given what a call opens. */

import type { FileProgram } from '../program';
import type { AcquireForm } from '../resources/acquireForms';
import { type CallLike, type FunctionNode, ts } from '../syntax';

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
