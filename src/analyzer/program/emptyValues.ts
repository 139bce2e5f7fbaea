/** Values that stand for nothing. */
import { ts, unwrap } from '../syntax/syntax';

/** `[]` */
export function isEmptyArray(value: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(value) && value.elements.length === 0;
}

/** `null`, `false`, `undefined` */
export function isEmptyValue(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return (
    value.kind === ts.SyntaxKind.NullKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(value) && value.text === 'undefined')
  );
}
