/** Values known from the text: literals, constants, members of constant objects and enums. */

import { propertyNameText, ts, unwrap } from '../syntax/syntax';
import type { FileScopes } from './scopes';

export type Constant = string | number | boolean | null;

/** `60 * 1000`: times and sizes are often written as what they are made of. */
const arithmetic: Readonly<Partial<Record<ts.SyntaxKind, (a: number, b: number) => number>>> = {
  [ts.SyntaxKind.PlusToken]: (a, b) => a + b,
  [ts.SyntaxKind.MinusToken]: (a, b) => a - b,
  [ts.SyntaxKind.AsteriskToken]: (a, b) => a * b,
  [ts.SyntaxKind.SlashToken]: (a, b) => a / b,
};

/** The constant an expression denotes, through `const` declarations and constant objects; undefined when it is not known. */
export function constantOf(expression: ts.Expression | undefined, scopes: FileScopes, depth = 0): Constant | undefined {
  if (!expression || depth > 8) return undefined;
  const value = unwrap(expression);
  if (ts.isStringLiteralLike(value)) return value.text;
  if (ts.isNumericLiteral(value)) return Number(value.text);
  if (value.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (value.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (value.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isPrefixUnaryExpression(value)) {
    const operand = constantOf(value.operand, scopes, depth + 1);
    if (value.operator === ts.SyntaxKind.ExclamationToken && operand !== undefined) return !operand;
    if (value.operator === ts.SyntaxKind.MinusToken && typeof operand === 'number') return -operand;
    return undefined;
  }
  if (ts.isBinaryExpression(value)) {
    const calculate = arithmetic[value.operatorToken.kind];
    const [left, right] = [constantOf(value.left, scopes, depth + 1), constantOf(value.right, scopes, depth + 1)];
    return calculate && typeof left === 'number' && typeof right === 'number' ? calculate(left, right) : undefined;
  }
  if (ts.isIdentifier(value)) {
    const declaration = scopes.resolve(value);
    if (
      !declaration ||
      declaration.kind === 'parameter' ||
      declaration.writes.length > 0 ||
      declaration.path?.length !== 0
    )
      return undefined;
    return constantOf(declaration.initializer, scopes, depth + 1);
  }
  if (ts.isPropertyAccessExpression(value) && ts.isIdentifier(value.expression)) {
    const declaration = scopes.resolve(value.expression);
    if (!declaration || declaration.writes.length > 0) return undefined;
    if (ts.isEnumDeclaration(declaration.node)) {
      const index = declaration.node.members.findIndex((member) => propertyNameText(member.name) === value.name.text);
      const member = declaration.node.members[index];
      return member?.initializer ? constantOf(member.initializer, scopes, depth + 1) : index >= 0 ? index : undefined;
    }
    const object =
      declaration.initializer && declaration.path?.length === 0 ? unwrap(declaration.initializer) : undefined;
    if (object && ts.isObjectLiteralExpression(object)) {
      for (const property of object.properties)
        if (ts.isPropertyAssignment(property) && propertyNameText(property.name) === value.name.text)
          return constantOf(property.initializer, scopes, depth + 1);
    }
  }
  return undefined;
}
