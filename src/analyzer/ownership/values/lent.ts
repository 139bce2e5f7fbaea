/**
 * What a class shows or lends remains its own: a getter that gives a private field, a call that works with it. It moves only
 * to who is told to keep it.
 */
import type { Engine } from '../../engine';
import { transferMethodsOf } from '../../flow/endingMethods';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  enclosingFunction,
  hasModifier,
  isClassNode,
  propertyNameText,
  ts,
  unwrap,
} from '../../syntax/syntax';
import { takesOver } from '../../words/owners';
import { endsForGood } from '../../words/teardowns';
import { wholeTeardownOf } from '../assess';

/** The member by which a getter of the same class shows the place: `get items() { return this._items; }`. */
export function shownAs(use: ts.Expression, place: Place, engine: Engine): Place | undefined {
  const getter = enclosingFunction(use);
  if (!getter || !ts.isGetAccessor(getter) || !isOwnField(place)) return undefined;
  const name = propertyNameText(getter.name);
  return name !== undefined && place.root.kind === 'owner' && getter.parent === place.root.owner.node
    ? engine.program.places.ofMember(place.root.owner, name)
    : undefined;
}

/** Does the call only work with the field of a class that has an end of its own? */
export function isLent(call: CallLike, place: Place, kind: ResourceKind, engine: Engine): boolean {
  if (!isOwnField(place) || !ts.isCallExpression(call)) return false;
  if (engine.program.callees.of(call).length > 0) return false;
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  return name !== '' && !takesOver(name) && !transferMethodsOf(kind).has(name);
}

/** A private field, or what a getter shows of one, of a class that ends for good. */
function isOwnField({ root, path }: Place): boolean {
  if (root.kind !== 'owner' || path.length !== 1 || !isClassNode(root.owner.node)) return false;
  const name = path[0] ?? '';
  const teardown = wholeTeardownOf(root.owner);
  if (!teardown || !endsForGood(teardown.name)) return false;
  return (
    name.startsWith('#') ||
    root.owner.node.members.some(
      (member) =>
        member.name !== undefined &&
        propertyNameText(member.name) === name &&
        (ts.isGetAccessor(member) ||
          (ts.isPropertyDeclaration(member) && hasModifier(member, ts.SyntaxKind.PrivateKeyword))),
    )
  );
}
