/**
 * Names of members, however they are written: `this.pools`, `this['pools']` and `this[kPools]` with a key that is fixed.
 * A computed name stands in brackets, so that it never equals a written one.
 */

import { propertyNameText, ts, unwrap } from '../syntax/syntax';
import { constantOf } from './constants';
import type { FileScopes } from './scopes';

export interface MemberAccess {
  readonly object: ts.Expression;
  readonly name: string;
}

/** Name of the member that a key in brackets denotes; undefined where it may be another one next time. */
export function fixedKey(key: ts.Expression, scopes: FileScopes): string | undefined {
  const value = unwrap(key);
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return value.text;
  if (ts.isIdentifier(value)) {
    const declaration = scopes.resolve(value);
    if (!declaration) return undefined;
    if (declaration.imported) return `[${value.text}]`;
    // A name of a function differs from call to call.
    if (declaration.scope.func !== undefined || declaration.writes.length > 0) return undefined;
    const constant = constantOf(value, scopes);
    if (typeof constant === 'string' || typeof constant === 'number') return String(constant);
    return declaration.path?.length === 0 && isSymbol(declaration.initializer) ? `[${value.text}]` : undefined;
  }
  // `symbols.kPools`, `Symbol.iterator`
  if (ts.isPropertyAccessExpression(value) && ts.isIdentifier(value.expression)) {
    const declaration = scopes.resolve(value.expression);
    const isFixed = declaration ? declaration.imported !== undefined : value.expression.text === 'Symbol';
    return isFixed ? `[${value.getText()}]` : undefined;
  }
  return undefined;
}

/** `Symbol('pools')`, `Symbol.for('pools')`. */
function isSymbol(expression: ts.Expression | undefined): boolean {
  const value = expression && unwrap(expression);
  return value !== undefined && ts.isCallExpression(value) && /^Symbol(?:\.for)?$/.test(value.expression.getText());
}

/** Name of a declared member: written, or computed from a fixed key. */
export function memberNameOf(name: ts.PropertyName | undefined, scopes: FileScopes): string | undefined {
  return name && ts.isComputedPropertyName(name)
    ? (fixedKey(name.expression, scopes) ?? propertyNameText(name))
    : propertyNameText(name);
}

/** Name that a function is declared under, for what names say: `[key]` is a name, whatever the key is. */
export function declaredName(name: ts.PropertyName | ts.BindingName): string {
  return propertyNameText(name) ?? (ts.isComputedPropertyName(name) ? `[${name.expression.getText()}]` : '');
}

/** Object and member of `a.b`, `a['b']` and `a[kB]`. */
export function memberAccessOf(expression: ts.Node, scopes: FileScopes): MemberAccess | undefined {
  if (ts.isPropertyAccessExpression(expression)) return { object: expression.expression, name: expression.name.text };
  if (!ts.isElementAccessExpression(expression)) return undefined;
  const name = fixedKey(expression.argumentExpression, scopes);
  return name === undefined ? undefined : { object: expression.expression, name };
}

/** Text of an access: `this.pools`, `this[kPools]`. */
export function accessText(object: string, path: readonly string[]): string {
  return path.reduce((text, name) => (name.startsWith('[') ? `${text}${name}` : `${text}.${name}`), object);
}
