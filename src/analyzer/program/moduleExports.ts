/** The names that a module exports, with the declaration behind each. */

import { isAssignment, propertyNameText, ts, unwrap } from '../syntax/syntax';
import type { Declaration, Scope } from './scopes';

/** Collects the exports of a module, those of CommonJS among them. */
export function collectExports(
  sourceFile: ts.SourceFile,
  module: Scope,
  exported: Map<string, Declaration | undefined>,
): void {
  const exportedBy = (expression: ts.Expression): Declaration | undefined => {
    const value = unwrap(expression);
    return ts.isIdentifier(value) ? module.names.get(value.text) : undefined;
  };
  for (const statement of sourceFile.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) {
      const isDefault = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
      if (ts.isVariableStatement(statement)) {
        for (const declaration of statement.declarationList.declarations)
          for (const name of boundNames(declaration.name)) exported.set(name, module.names.get(name));
      } else if (
        (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
        (statement.name || isDefault)
      ) {
        exported.set(
          isDefault ? 'default' : (statement.name?.text ?? 'default'),
          statement.name ? module.names.get(statement.name.text) : undefined,
        );
      } else if (ts.isEnumDeclaration(statement))
        exported.set(statement.name.text, module.names.get(statement.name.text));
    } else if (ts.isExportAssignment(statement)) exported.set('default', exportedBy(statement.expression));
    else if (
      ts.isExportDeclaration(statement) &&
      !statement.moduleSpecifier &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    ) {
      for (const element of statement.exportClause.elements)
        exported.set(element.name.text, module.names.get((element.propertyName ?? element.name).text));
    } else if (ts.isExpressionStatement(statement) && isAssignment(statement.expression)) {
      // CommonJS: module.exports = x, module.exports = { a, b: c }, exports.a = x
      const left = statement.expression.left.getText(sourceFile).replace(/\s/g, '');
      const right = unwrap(statement.expression.right);
      if (left === 'module.exports' || left === 'exports') {
        if (ts.isObjectLiteralExpression(right)) {
          for (const property of right.properties) {
            const name = propertyNameText(property.name);
            if (name === undefined) continue;
            if (ts.isShorthandPropertyAssignment(property)) exported.set(name, module.names.get(name));
            else if (ts.isPropertyAssignment(property)) exported.set(name, exportedBy(property.initializer));
          }
        } else exported.set('default', exportedBy(right));
      } else if (/^(module\.)?exports\.\w+$/.test(left))
        exported.set(left.slice(left.lastIndexOf('.') + 1), exportedBy(right));
    }
  }
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}
