/** Parts that are tied to nothing but other parts of their owner, which its teardown ends: nothing outside reaches them then. */
import type { Engine } from '../../engine';
import { runsAlways } from '../../flow/runsAlways';
import type { Owner } from '../../program/members';
import { type CallLike, enclosingFunction, isFunctionNode, ts, unwrap } from '../../syntax/syntax';

/** Is it made of plain values and of fields of the owner that are ended in any case, and of at least one such? */
export function isTiedToEnded(
  made: CallLike,
  owner: Owner,
  ended: readonly { readonly name: string; readonly site: ts.Node }[],
  engine: Engine,
): boolean {
  let tied = 0;
  const isPlain = (value: ts.Expression): boolean => {
    const given = unwrap(value);
    if (ts.isArrayLiteralExpression(given)) return given.elements.every(isPlain);
    if (ts.isObjectLiteralExpression(given))
      return given.properties.every((property) => ts.isPropertyAssignment(property) && isPlain(property.initializer));
    // Asked for yes or no, whatever it is.
    if (
      ts.isLiteralExpression(given) ||
      (ts.isPrefixUnaryExpression(given) && given.operator === ts.SyntaxKind.ExclamationToken) ||
      given.kind === ts.SyntaxKind.TrueKeyword ||
      given.kind === ts.SyntaxKind.FalseKeyword ||
      given.kind === ts.SyntaxKind.NullKeyword
    )
      return true;
    const place = engine.program.places.of(given);
    const [field] = place?.path ?? [];
    const isEnded =
      place?.root.kind === 'owner' &&
      place.root.owner === owner &&
      ended.some(({ name, site }) => name === field && isInAnyCase(site));
    if (isEnded) tied++;
    return isEnded;
  };
  return (made.arguments ?? []).every(isPlain) && tied > 0;
}

function isInAnyCase(site: ts.Node): boolean {
  const fn = enclosingFunction(site);
  return fn !== undefined && isFunctionNode(fn) && runsAlways(site, fn);
}
