/** What the code around a call says of the handler that is given to it. */
import type { FileScopes } from '../../../scopes';
import { type CallLike, isAssignment, isWithin, ts, unwrap, wrapped } from '../../../syntax';
import { isViewBox } from '../../words/components';
import { isTakingAway } from '../../words/releases';
import { isEmptyValue } from './emptyValues';

/** `const root = ref(null)`, which the code only reads: the view puts its element in. */
export function isFilledByView(source: ts.Expression, scopes: FileScopes): boolean {
  const box = unwrap(source);
  const declaration = ts.isIdentifier(box) ? scopes.resolve(box) : undefined;
  const made = declaration?.initializer && unwrap(declaration.initializer);
  if (!declaration || !made || !ts.isCallExpression(made) || !isViewBox(made.expression.getText())) return false;
  if (made.arguments.some((one) => !isEmptyValue(one) && !ts.isStringLiteralLike(one))) return false;
  return declaration.references.every((use) => {
    const access = wrapped(use).parent;
    if (access === (source.parent as ts.Node)) return true;
    if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'value') return false;
    const up = wrapped(access).parent;
    return !(isAssignment(up) && up.left === wrapped(access));
  });
}

/** `const first = source.onDidOpen(() => { first.dispose(); … })`: the handler takes itself away. */
export function endsItself(call: CallLike, argument: ts.Expression, scopes: FileScopes): boolean {
  const declaration = ts.isVariableDeclaration(wrapped(call as ts.Expression).parent)
    ? scopes.declarationOf(wrapped(call as ts.Expression).parent)
    : undefined;
  return (
    declaration?.references.some((use) => {
      const outer = wrapped(use);
      const up = outer.parent;
      if (!isWithin(use, argument)) return false;
      if (ts.isCallExpression(up) && up.expression === outer) return true;
      const site = ts.isPropertyAccessExpression(up) ? up : ts.isCallExpression(up) ? unwrap(up.expression) : undefined;
      // `dispose(first)`, or one of its methods
      if (!site || ts.isIdentifier(site)) return site !== undefined;
      return ts.isPropertyAccessExpression(site) && isTakingAway(site.name.text);
    }) === true
  );
}
