/**
 * What a function does to its arguments, for callers in other files, which know the kind of what they pass and this file
 * does not. A use is `.close` (a method called on it) or `fs#closeSync@0` (given to a function of a module or, without
 * one, a global, at that position).
 */
import type { Engine } from '../engine';
import type { Name } from '../program/origins';
import type { Declaration } from '../program/scopes';
import { enclosingFunction, type FunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';

/** Uses of each parameter; null where the argument may go elsewhere. */
export function parameterUses(fn: FunctionNode, engine: Engine): readonly (readonly string[] | null)[] {
  return fn.parameters.map((parameter) => {
    if (parameter.dotDotDotToken || !ts.isIdentifier(parameter.name)) return null;
    if (ts.isParameterPropertyDeclaration(parameter, parameter.parent)) return null;
    const declaration = engine.program.scopes.declarationOf(parameter);
    if (!declaration || declaration.writes.length > 0) return null;
    const uses = new Set<string>();
    for (const reference of declaration.references) {
      const use = enclosingFunction(reference) === fn ? useOf(reference, engine) : null;
      if (use === null) return null;
      if (use !== '') uses.add(use);
    }
    return [...uses];
  });
}

/** A use as its parts: the method, or the function and the position. */
export type ParameterUse =
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'argument'; readonly callee: Name; readonly position: number };

export function readUse(use: string): ParameterUse {
  if (use.startsWith('.')) return { kind: 'method', method: use.slice(1) };
  const [, module = '', name = '', position = ''] = /^(.*)#(.*)@(\d+)$/.exec(use) ?? [];
  return {
    kind: 'argument',
    callee: { module: module === '' ? undefined : module, name },
    position: Number(position),
  };
}

/** Empty for a look at it, null where it goes elsewhere. */
function useOf(reference: ts.Expression, engine: Engine): string | null {
  const outer = wrapped(reference);
  const up = outer.parent;
  if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
    const access = wrapped(up);
    const call = access.parent;
    // Called, or given to something that calls it: `work.finally(handle.close)`.
    if (ts.isCallExpression(call)) return `.${up.name.text}`;
    return ts.isExpressionStatement(call) || isLook(access) ? '' : null;
  }
  if (ts.isCallExpression(up)) {
    const position = (up.arguments as readonly ts.Node[]).indexOf(outer);
    const name = engine.program.origins.nameOf(unwrap(up.expression));
    if (position < 0 || !name) return null;
    // A path into another file of this program would need its own facts.
    return name.module?.startsWith('.') ? null : `${name.module ?? ''}#${name.name}@${position}`;
  }
  return isLook(outer) ? '' : null;
}

function isLook(outer: ts.Node): boolean {
  const up = outer.parent;
  if (ts.isBinaryExpression(up)) {
    const operator = up.operatorToken.kind;
    const isOperand =
      operator === ts.SyntaxKind.BarBarToken ||
      operator === ts.SyntaxKind.QuestionQuestionToken ||
      (operator === ts.SyntaxKind.AmpersandAmpersandToken && up.right === outer) ||
      operator === ts.SyntaxKind.CommaToken ||
      (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment && up.right === outer);
    return !isOperand;
  }
  return (
    ts.isPrefixUnaryExpression(up) ||
    ts.isTypeOfExpression(up) ||
    ts.isIfStatement(up) ||
    ts.isWhileStatement(up) ||
    ts.isTemplateSpan(up) ||
    (ts.isConditionalExpression(up) && up.condition === outer)
  );
}

/**
 * The parameter that a value is, if nothing else is ever assigned to it.
 * @param fn only one of that function's own
 */
export function parameterOf(value: ts.Expression, { program }: Engine, fn?: FunctionNode): Declaration | undefined {
  const inner = unwrap(value);
  const declaration = ts.isIdentifier(inner) ? program.scopes.resolve(inner) : undefined;
  if (declaration?.kind !== 'parameter' || declaration.writes.length > 0) return undefined;
  return fn === undefined || declaration.scope.func === fn ? declaration : undefined;
}

/** The name under which a parameter is declared as a whole; undefined for a part of one. */
export function nameOfParameter(node: ts.Node | undefined): ts.BindingName | undefined {
  return node && ts.isParameter(node) ? node.name : undefined;
}
