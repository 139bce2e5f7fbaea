/** Which identifiers use a value by its name, and which of these uses write it. */

import { isAssignment, ts } from '../syntax/syntax';
import type { Declaration } from './scopes';

/** Notes a use that writes: an assignment, a step, a loop variable, a destructuring target. */
export function recordWrite(node: ts.Identifier, declaration: Declaration): void {
  let target: ts.Node = node;
  while (ts.isParenthesizedExpression(target.parent) || ts.isNonNullExpression(target.parent)) target = target.parent;
  const up = target.parent;
  if (isAssignment(up) && up.left === target) {
    const plain = up.operatorToken.kind === ts.SyntaxKind.EqualsToken || isLogicalAssignment(up.operatorToken.kind);
    declaration.writes.push({ node: up, value: plain ? up.right : undefined });
  } else if ((ts.isPrefixUnaryExpression(up) || ts.isPostfixUnaryExpression(up)) && isStep(up.operator)) {
    declaration.writes.push({ node: up, value: undefined });
  } else if ((ts.isForOfStatement(up) || ts.isForInStatement(up)) && up.initializer === target) {
    declaration.writes.push({ node: up, value: undefined });
  } else if (isDestructuringTarget(target)) {
    declaration.writes.push({ node: up, value: undefined });
  }
}

function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

function isStep(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function isDestructuringTarget(node: ts.Node): boolean {
  let at = node;
  for (;;) {
    const up = at.parent;
    if (
      ts.isArrayLiteralExpression(up) ||
      ts.isSpreadElement(up) ||
      ts.isShorthandPropertyAssignment(up) ||
      ts.isObjectLiteralExpression(up)
    )
      at = up;
    else if (ts.isPropertyAssignment(up) && up.initializer === at) at = up;
    else return at !== node && isAssignment(up) && up.left === at;
  }
}

/** Is the identifier a use of a value (not a property name, label, declaration name or attribute)? */
export function isReference(node: ts.Identifier): boolean {
  const up = node.parent;
  switch (up.kind) {
    case ts.SyntaxKind.PropertyAccessExpression:
      return (up as ts.PropertyAccessExpression).expression === node;
    case ts.SyntaxKind.QualifiedName:
      return (up as ts.QualifiedName).left === node;
    case ts.SyntaxKind.PropertyAssignment:
    case ts.SyntaxKind.BindingElement:
    case ts.SyntaxKind.VariableDeclaration:
    case ts.SyntaxKind.Parameter:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.EnumMember:
      return (up as ts.HasInitializer).initializer === node;
    case ts.SyntaxKind.ShorthandPropertyAssignment: {
      const { name, objectAssignmentInitializer } = up as ts.ShorthandPropertyAssignment;
      return name === node || objectAssignmentInitializer === node;
    }
    case ts.SyntaxKind.ExportSpecifier: {
      const specifier = up as ts.ExportSpecifier;
      return (
        specifier.parent.parent.moduleSpecifier === undefined && (specifier.propertyName ?? specifier.name) === node
      );
    }
    case ts.SyntaxKind.JsxOpeningElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
    case ts.SyntaxKind.JsxClosingElement:
      return !/^[a-z]/.test(node.text);
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.ClassExpression:
      return (up as ts.FunctionDeclaration | ts.ClassDeclaration).name !== node;
    case ts.SyntaxKind.JsxAttribute:
    case ts.SyntaxKind.JsxNamespacedName:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
    case ts.SyntaxKind.ImportClause:
    case ts.SyntaxKind.ImportSpecifier:
    case ts.SyntaxKind.NamespaceImport:
    case ts.SyntaxKind.ImportEqualsDeclaration:
    case ts.SyntaxKind.NamespaceExport:
    case ts.SyntaxKind.EnumDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
    case ts.SyntaxKind.MetaProperty:
    case ts.SyntaxKind.LabeledStatement:
    case ts.SyntaxKind.BreakStatement:
    case ts.SyntaxKind.ContinueStatement:
      return false;
    default:
      return true;
  }
}
