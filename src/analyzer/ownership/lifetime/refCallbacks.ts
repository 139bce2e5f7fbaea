/** Functions that a component gives to an element as its `ref`: they run when the element is there, and again for each that takes its place. */
import type { FileProgram } from '../../program';
import { calledName, type FunctionNode, ts, wrapped } from '../../syntax';
import { refAttribute } from '../words/components';
import { memoHooks } from '../words/hooks';

/** `<div ref={attach}>`, also by way of a hook that keeps the function. */
export function isRefCallback(fn: FunctionNode, program: FileProgram): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn) && !ts.isFunctionDeclaration(fn)) return false;
  const kept = ts.isFunctionDeclaration(fn) ? undefined : wrapped(fn).parent;
  const call = kept && ts.isCallExpression(kept) && memoHooks.has(calledName(kept)) ? wrapped(kept).parent : undefined;
  const variable = call && ts.isVariableDeclaration(call) ? program.scopes.declarationOf(call) : undefined;
  const written = ts.isFunctionDeclaration(fn) ? [] : [fn];
  return [...written, ...program.callees.usesOf(fn).values, ...(variable?.references ?? [])].some((use) => {
    const up = wrapped(use).parent;
    return ts.isJsxExpression(up) && ts.isJsxAttribute(up.parent) && up.parent.name.getText() === refAttribute;
  });
}
