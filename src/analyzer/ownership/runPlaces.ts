/** Where the trail shows what makes code run: the loop, the name of the function, or what takes a function without a name. */
import type { TextRange } from '../findings/findings';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  rangeOf,
  rangeOfSpan,
  ts,
  wrapped,
} from '../syntax/syntax';

/**
 * @param at what runs, or the function or its name
 * @param isLooped it runs in a loop of that function
 */
export function placeOfRun(at: ts.Node, isLooped: boolean): TextRange {
  const loop = isLooped ? loopAround(at) : undefined;
  if (loop) return rangeOfSpan(at.getSourceFile(), loop.getStart(), headEnd(loop));
  const fn = isFunctionNode(at) ? at : enclosingFunction(at);
  const head = fn && headOf(fn);
  return rangeOf(head ?? at);
}

function loopAround(at: ts.Node): ts.IterationStatement | undefined {
  for (let node = at; node.parent && !isFunctionNode(node.parent); node = node.parent)
    if (ts.isIterationStatement(node.parent, false) && node.parent.statement === node) return node.parent;
  return undefined;
}

/** A `do` loop tells its condition behind its body. */
function headEnd(loop: ts.IterationStatement): number {
  return ts.isDoStatement(loop) ? loop.getStart() + 'do'.length : loop.statement.pos;
}

function headOf(fn: FunctionNode): ts.Node | undefined {
  if (fn.name) return fn.name;
  if (ts.isConstructorDeclaration(fn)) return fn.parent.name;
  if (!ts.isExpression(fn)) return undefined;
  const up = wrapped(fn).parent;
  if (ts.isCallExpression(up) || ts.isNewExpression(up))
    return ts.isPropertyAccessExpression(up.expression) ? up.expression.name : up.expression;
  if (ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up) || ts.isPropertyDeclaration(up)) return up.name;
  return isAssignment(up) ? up.left : undefined;
}
