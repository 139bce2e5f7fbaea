/** The conditions that must hold for control to come to a node of a function. */
import { isMissingValue } from '../../flow/conditions';
import { type FunctionNode, leaves, ts, unwrap } from '../../syntax/syntax';
import { statementsBefore } from './sequence';

/** An atomic condition that must have this outcome. */
export interface Needed {
  readonly condition: ts.Expression;
  readonly holds: boolean;
}

/** Those around the node, and those of early ways out before it. */
export function neededFor(site: ts.Node, fn: FunctionNode): readonly Needed[] {
  const found: Needed[] = [];
  for (let at: ts.Node = site; at !== fn && at.parent; at = at.parent)
    if (ts.isIfStatement(at.parent) && at !== at.parent.expression)
      found.push(...atomsOf(at.parent.expression, at === at.parent.thenStatement));
  for (const statement of statementsBefore(site, fn))
    if (ts.isIfStatement(statement) && !statement.elseStatement && leaves(statement.thenStatement))
      found.push(...atomsOf(statement.expression, false));
  return found;
}

/** `a && !b` that holds: `a` holds, and `b` does not. A comparison with nothing asks whether the other side is there. */
export function atomsOf(condition: ts.Expression, holds: boolean): readonly Needed[] {
  const value = unwrap(condition);
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken)
    return atomsOf(value.operand, !holds);
  if (ts.isBinaryExpression(value)) {
    const { kind } = value.operatorToken;
    const both = holds ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
    if (kind === both) return [...atomsOf(value.left, holds), ...atomsOf(value.right, holds)];
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) return [];
    if (isMissingValue(value.right) || value.right.kind === ts.SyntaxKind.FalseKeyword) {
      const isEqual = kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
      return [{ condition: value.left, holds: isEqual !== holds }];
    }
  }
  return [{ condition: value, holds }];
}
