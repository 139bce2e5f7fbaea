/** Functions that make a class of another, `Focused(Base)`: there are as many instances of what they make as of its heirs. */

import { exportNames } from '../program/exported';
import type { FileProgram } from '../program/program';
import { type ClassNode, enclosingFunction, isClassNode, propertyNameText, ts, wrapped } from '../syntax/syntax';
import { mixinOption } from '../words/components';
import { madeBy } from './censusNames';

/** `class Shell extends Focused(Named(Base))`: the class that extends what the call makes, or what is made of that. */
export function heirOf(call: ts.Node): ClassNode | undefined {
  let at = call;
  while (ts.isCallExpression(at.parent) && at.parent.arguments.includes(at as ts.Expression)) at = at.parent;
  const clause = at.parent.parent;
  return ts.isCallExpression(at) &&
    ts.isExpressionWithTypeArguments(at.parent) &&
    ts.isHeritageClause(clause) &&
    clause.token === ts.SyntaxKind.ExtendsKeyword &&
    isClassNode(clause.parent)
    ? clause.parent
    : undefined;
}

/** The names by which others come to a class that an exported function gives each time; undefined where it has other uses. */
export function mixinNames(node: ts.Node, program: FileProgram): readonly string[] | undefined {
  const fn = isClassNode(node) ? enclosingFunction(node) : undefined;
  if (!fn || !isClassNode(node)) return undefined;
  const [given, ...others] = ts.isClassDeclaration(node)
    ? (program.scopes.declarationOf(node)?.references ?? [])
    : [node as ts.Expression];
  if (!given || others.length > 0) return undefined;
  const outer = wrapped(given);
  const isResult =
    outer.parent === fn || (ts.isReturnStatement(outer.parent) && enclosingFunction(outer.parent) === fn);
  if (!isResult || program.callees.usesOf(fn).calls.length > 0) return undefined;
  const exported = program.once(exportNames);
  return (exported.get(fn) ?? exported.get(program.scopes.declarationOf(fn)?.node ?? fn))?.map(madeBy);
}

/** `{ mixins: [ticking] }`: the options of the component that takes over what the value has. */
export function mixedInto(value: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const property = value.parent.parent;
  return ts.isArrayLiteralExpression(value.parent) &&
    ts.isPropertyAssignment(property) &&
    propertyNameText(property.name) === mixinOption
    ? property.parent
    : undefined;
}
