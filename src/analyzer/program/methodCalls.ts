/** The calls of a file by the name of the method, for who looks for few of them from each of many places. */

import { ts, unwrap } from '../syntax/syntax';
import { callsNamed, type Names } from './callNames';
import type { FileProgram } from './program';

export interface MethodCall {
  readonly call: ts.CallExpression;
  readonly callee: ts.PropertyAccessExpression;
  readonly receiver: ts.Expression;
  readonly method: string;
}

/** Calls of any of the methods, in source order. */
export function methodCalls(program: FileProgram, methods: Names): readonly MethodCall[] {
  const found: MethodCall[] = [];
  for (const call of callsNamed(program, methods)) {
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee))
      found.push({ call, callee, receiver: callee.expression, method: callee.name.text });
  }
  return found;
}
