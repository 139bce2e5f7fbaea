/** Two places of one function that never both run: their conditions ask the same for different values. */
import { isFunctionNode, ts, unwrap } from '../syntax/syntax';

interface Asked {
  readonly of: string;
  readonly value: string;
  readonly isEqual: boolean;
}

/** `if (kind === 'start') …` and `if (kind === 'stop') …`; `if (kind !== 'stop') …` too. */
export function neverBoth(a: ts.Node, b: ts.Node): boolean {
  const others = askedAbout(b);
  return askedAbout(a).some((one) =>
    others.some(
      (other) =>
        one.of === other.of &&
        (one.value === other.value ? one.isEqual !== other.isEqual : one.isEqual && other.isEqual),
    ),
  );
}

/** What holds where a node runs, by the conditions around it that compare with a literal. */
function askedAbout(node: ts.Node): readonly Asked[] {
  const asked: Asked[] = [];
  for (let at = node, up = node.parent; up && !isFunctionNode(at); at = up, up = up.parent) {
    if (ts.isIfStatement(up) && up.thenStatement === at) asked.push(...comparisons(up.expression));
    if (ts.isCaseClause(up) && ts.isStringLiteralLike(up.expression) && at !== up.expression)
      asked.push({ of: up.parent.parent.expression.getText(), value: up.expression.text, isEqual: true });
  }
  return asked;
}

function comparisons(condition: ts.Expression): readonly Asked[] {
  const value = unwrap(condition);
  if (!ts.isBinaryExpression(value)) return [];
  const operator = value.operatorToken.kind;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken)
    return [...comparisons(value.left), ...comparisons(value.right)];
  const isEqual =
    operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken
      ? true
      : operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken
        ? false
        : undefined;
  const literal = unwrap(value.right);
  return isEqual !== undefined && (ts.isStringLiteralLike(literal) || ts.isNumericLiteral(literal))
    ? [{ of: unwrap(value.left).getText(), value: literal.text, isEqual }]
    : [];
}
