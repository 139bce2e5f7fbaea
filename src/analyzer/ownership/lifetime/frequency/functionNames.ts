/** How a function is named and offered, by how it is written. */
import { declaredName, memberAccessOf } from '../../../program/memberNames';
import type { FileScopes } from '../../../program/scopes';
import {
  type FunctionNode,
  hasModifier,
  isAssignment,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../../syntax/syntax';
import { isExportsObject } from '../../../words/program';

/** Its own name, or that of what it is assigned to; empty where it has none. */
export function nameOf(fn: FunctionNode, scopes: FileScopes): string {
  if (fn.name) return declaredName(fn.name);
  const up = wrapped(fn as ts.Expression).parent;
  if (ts.isVariableDeclaration(up) || ts.isPropertyDeclaration(up) || ts.isPropertyAssignment(up))
    return propertyNameText(up.name) ?? '';
  if (isAssignment(up)) {
    const left = unwrap(up.left);
    const access = memberAccessOf(left, scopes);
    if (access) return access.name;
    if (ts.isIdentifier(left)) return left.text;
  }
  if (ts.isCallExpression(up) && ts.isVariableDeclaration(up.parent)) return propertyNameText(up.parent.name) ?? '';
  return '';
}

/** A file that is one exported function is a script in a function's clothes. */
export function isWholeFile(fn: FunctionNode, text: string): boolean {
  return fn.end - fn.pos > 0.7 * text.length && fn.end - fn.pos > 4000;
}

/** Does the file give it to others, by ES or CommonJS? */
export function isExported(fn: FunctionNode, name: string, scopes: FileScopes): boolean {
  if (hasModifier(fn, ts.SyntaxKind.ExportKeyword)) return true;
  const declaration =
    scopes.declarationOf(fn) ??
    (ts.isVariableDeclaration(wrapped(fn as ts.Expression).parent)
      ? scopes.declarationOf(wrapped(fn as ts.Expression).parent)
      : undefined);
  if (declaration && [...scopes.exports.values()].includes(declaration)) return true;
  // exports.open = function …, module.exports = function …
  const up = wrapped(fn as ts.Expression).parent;
  if (isAssignment(up)) {
    const left = unwrap(up.left);
    if (isExportsObject(left.getText())) return true;
    if (ts.isPropertyAccessExpression(left) && isExportsObject(left.expression.getText())) return true;
  }
  return declaration === undefined && scopes.exports.has(name) && ts.isExportAssignment(fn.parent);
}

/** Private by a modifier or by its name. */
export function isPrivate(fn: FunctionNode): boolean {
  if (hasModifier(fn, ts.SyntaxKind.PrivateKeyword)) return true;
  const name = fn.name ? propertyNameText(fn.name) : undefined;
  return name !== undefined && (name.startsWith('_') || name.startsWith('#'));
}
