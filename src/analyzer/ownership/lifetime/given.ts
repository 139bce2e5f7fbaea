/**
 * Objects that were there before the code that works with them: what a component is given by its parent, what the options of a
 * constructor hold, what another function has put into a variable of the module.
 */

import type { Engine } from '../../engine';
import { isEmptyValue } from '../../program/emptyValues';
import type { Member } from '../../program/members';
import type { Declaration } from '../../program/scopes';
import { outermostFunction, propertyNameText, ts, unwrap } from '../../syntax/syntax';
import { givenFields } from '../../words/components';

/** `this.props.player`: the parent has it, and may keep it when the component is gone. */
export function isGivenByParent([field, ...parts]: readonly string[]): boolean {
  return field !== undefined && givenFields.has(field) && parts.length > (field === 'context' ? 1 : 0);
}

/**
 * `this.options = { ...options }` in a constructor: is the part that is asked for what the maker of the instance has given?
 * @param part `app` of `this.options.app`
 */
export function isCopiedFromGiven({ values }: Member, part: string | undefined, engine: Engine): boolean {
  const given = values.flatMap(({ value }) => (value && !isEmptyValue(value) ? [unwrap(value)] : []));
  return part !== undefined && given.length > 0 && given.every((value) => isCopy(value, part, engine));
}

function isCopy(value: ts.Expression, part: string, engine: Engine): boolean {
  if (!ts.isObjectLiteralExpression(value)) return false;
  if (value.properties.some(({ name }) => name && propertyNameText(name) === part)) return false;
  return value.properties.some((one) => {
    const root = ts.isSpreadAssignment(one) ? engine.program.places.of(unwrap(one.expression))?.root : undefined;
    if (root?.kind !== 'declaration' || root.declaration.kind !== 'parameter') return false;
    return ts.isConstructorDeclaration(root.declaration.scope.node);
  });
}

/** `let socket; function open() { socket = connect(); } function ask() { socket.on(…) }`: another function has put it there. */
export function wasThereBefore(receiver: ts.Expression, { writes }: Declaration): boolean {
  const around = outermostFunction(receiver);
  return around !== undefined && writes.length > 0 && writes.every(({ node }) => outermostFunction(node) !== around);
}
