/** The calls of a file by the name of the method, for who looks for few of them from each of many places. */
import { visitNodes } from './nodeIndex';
import type { FileProgram } from './program';
import { calls } from './selections';
import { ts, unwrap } from './syntax';

export interface MethodCall {
  readonly call: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly method: string;
}

/** Calls of any of the methods, in source order. */
export function methodCalls(program: FileProgram, methods: ReadonlySet<string>): readonly MethodCall[] {
  const found: MethodCall[] = [];
  visitNodes(program.sourceFile, calls, (call) => {
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee) && methods.has(callee.name.text))
      found.push({ call, receiver: callee.expression, method: callee.name.text });
    return undefined;
  });
  return found;
}
