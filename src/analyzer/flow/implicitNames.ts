/** What a function is given without a name of its own: `this` and `arguments`. */
import { type FunctionNode, isFunctionNode, ts } from '../syntax/syntax';

/** Does a plain function name its `this`: what it is a handler of? */
export function usesThis(fn: FunctionNode): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) found = true;
    if (!found && !(isFunctionNode(node) && !ts.isArrowFunction(node))) ts.forEachChild(node, visit);
  };
  if (fn.body) ts.forEachChild(fn.body, visit);
  return found;
}

/** Does a function name its `arguments`? */
export function usesArguments(fn: FunctionNode): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === 'arguments') found = true;
    if (!found) ts.forEachChild(node, visit);
  };
  if (fn.body) visit(fn.body);
  return found;
}
