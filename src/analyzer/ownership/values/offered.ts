/** May somebody run a function whom its file does not show? */
import type { FileProgram } from '../../program';
import { type FunctionNode, hasModifier, propertyNameText, ts, wrapped } from '../../syntax';

/** A member that is not private, an export, a value that goes elsewhere. */
export function isOfferedToOthers(fn: FunctionNode, { scopes }: FileProgram): boolean {
  const outer = ts.isExpression(fn) ? wrapped(fn).parent : fn;
  if (ts.isMethodDeclaration(outer) || ts.isPropertyDeclaration(outer))
    return !hasModifier(outer, ts.SyntaxKind.PrivateKeyword) && !/^[#_]/.test(propertyNameText(outer.name) ?? '');
  const declaration =
    ts.isFunctionDeclaration(outer) || ts.isVariableDeclaration(outer) ? scopes.declarationOf(outer) : undefined;
  return declaration === undefined || [...scopes.exports.values()].includes(declaration);
}
