/** Places of a ring: an index that begins anew, `at = (at + 1) % size`, names no more places than the ring has. */

import type { Engine } from '../engine';
import { ts, unwrap } from '../syntax/syntax';

/** Is the key a place of a ring: a remainder, or a variable or field that is given one? */
export function isRingPlace(key: ts.Expression, { program }: Engine): boolean {
  const value = unwrap(key);
  if (isRemainder(value)) return true;
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (declaration) return isAlwaysRemainder(declaration.initializer, declaration.writes);
  if (!ts.isPropertyAccessExpression(value) || unwrap(value.expression).kind !== ts.SyntaxKind.ThisKeyword)
    return false;
  const member = program.members.ownerAt(value)?.members.get(value.name.text);
  if (!member) return false;
  const first = member.values.find(({ node }) => ts.isPropertyDeclaration(node));
  return isAlwaysRemainder(
    first?.value,
    member.values.filter((given) => given !== first),
  );
}

/** Given a remainder once, or again and again: what it begins with does not count where it is given more. */
function isAlwaysRemainder(
  initializer: ts.Expression | undefined,
  writes: readonly { readonly value: ts.Expression | undefined }[],
): boolean {
  const given = writes.length > 0 ? writes.map(({ value }) => value) : [initializer];
  return given.some((value) => value !== undefined && isRemainder(unwrap(value)));
}

function isRemainder(value: ts.Expression): boolean {
  return ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.PercentToken;
}
