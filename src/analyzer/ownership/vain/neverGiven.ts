/** `let cleanUp; onDestroy(() => cleanUp?.())`: a release of a variable that nobody ever gives a value. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { isEmptyValue } from '../../program/emptyValues';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { isComponentFile } from '../../syntax/singleFile';
import { calledName, enclosingFunction, hasModifier, ts, unwrap, wrapped } from '../../syntax/syntax';
import { handsRefsOn, refAttribute } from '../../words/components';
import { isDropped } from '../registrations/fluent';
import type { Ending } from '../values/endings';
import type { Vain } from './vainReleases';

/** Why the release does nothing; undefined where the variable may have a value. */
export function emptyFault(
  { target, site, by, name: ending }: Ending,
  engine: Engine,
  acquisitions: readonly Acquisition[],
): Vain | undefined {
  const value = unwrap(target);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (!declaration || (declaration.kind !== 'let' && declaration.kind !== 'var')) return undefined;
  const { node, scope, initializer, writes, name, references } = declaration;
  // A template may fill the variables of its script, and other scripts those of a page.
  // What was once begun there may be gone, and its end have been forgotten; one that is begun and kept by nobody lacks it.
  const byLanguage = by === 'function' ? languageCalls(site, ending, engine) : [];
  const isLacking = ({ node: begun, kind }: Acquisition): boolean =>
    (enclosingFunction(begun) === enclosingFunction(site) ||
      wrapped(begun).parent.parent === node.parent.parent.parent) &&
    ts.isCallExpression(begun) &&
    isDropped(begun) &&
    kind.release.some((form) => form.form === 'call' && form.callee.some((api) => byLanguage.includes(api.name)));
  if (byLanguage.length > 0 && !acquisitions.some(isLacking)) return undefined;
  if (scope.func === undefined || isComponentFile(node.getSourceFile().fileName) || writes.length > 0) return undefined;
  if (!ts.isVariableDeclaration(node) || !ts.isVariableStatement(node.parent.parent)) return undefined;
  if (hasModifier(node.parent.parent, ts.SyntaxKind.DeclareKeyword)) return undefined;
  if (initializer && !isEmptyValue(unwrap(initializer))) return undefined;
  if (references.some(isRef) && !isImportedFrom(engine.program.sourceFile, handsRefsOn)) return undefined;
  return {
    why: `nothing ever gives \`${name}\` a value`,
    advice: `Keep in \`${name}\` what it should end.`,
    cause: node,
    left: site,
  };
}

/** `clearTimeout(timer)`, also in a helper of the file: the functions of the language, or of elsewhere, that end it. */
function languageCalls(site: ts.CallExpression, name: string, { program }: Engine): readonly string[] {
  const helpers = program.callees.of(site);
  if (helpers.length === 0) return [name];
  return helpers.flatMap((helper) =>
    nodesIn(helper, calls).flatMap((call) =>
      ts.isIdentifier(unwrap(call.expression)) && program.callees.of(call).length === 0 ? [calledName(call)] : [],
    ),
  );
}

/** `<dialog ref={dialog}>`: some frameworks make an assignment of it. */
function isRef(use: ts.Expression): boolean {
  const inBraces = wrapped(use).parent;
  return (
    ts.isJsxExpression(inBraces) &&
    ts.isJsxAttribute(inBraces.parent) &&
    inBraces.parent.name.getText() === refAttribute
  );
}

function isImportedFrom({ statements }: ts.SourceFile, isOne: (module: string) => boolean): boolean {
  return statements.some(
    (one) =>
      ts.isImportDeclaration(one) && ts.isStringLiteralLike(one.moduleSpecifier) && isOne(one.moduleSpecifier.text),
  );
}
