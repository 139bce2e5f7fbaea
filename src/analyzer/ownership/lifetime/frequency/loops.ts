/** Loops of the syntax. */
import { ts, unwrap } from '../../../syntax/syntax';

/** Is the node what a loop runs in each round? */
export function isLoopBody(up: ts.Node, at: ts.Node): boolean {
  return (
    (ts.isForStatement(up) ||
      ts.isForInStatement(up) ||
      ts.isForOfStatement(up) ||
      ts.isWhileStatement(up) ||
      ts.isDoStatement(up)) &&
    up.statement === at
  );
}

/** A loop over a literal list adds a fixed number. */
export function isSmallLoop(loop: ts.Node): boolean {
  return ts.isForOfStatement(loop) && ts.isArrayLiteralExpression(unwrap(loop.expression));
}
