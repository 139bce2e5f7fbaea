/**
 * Functions that run again when something changes that they have read: what they read keeps them. One that reads only what
 * its own instance has is collected with the instance, and one that takes its own end in hand ends by itself.
 */

import type { FileProgram } from '../program/program';
import type { ResourceKind } from '../resources/model';
import { type CallLike, type FunctionNode, isWithin, ts, unwrap, walk } from '../syntax/syntax';
import { givenFields, stateField } from '../words/components';

/** Does what this call begins go with its owner, or end itself, by the functions that it is given? */
export function endsWithWhatItReads({ tracks }: ResourceKind, node: CallLike, program: FileProgram): boolean {
  const [first, second] = node.arguments ?? [];
  const reading = tracks && first ? written(first) : undefined;
  if (!reading) return false;
  const effect = second && written(second);
  return (
    isUsed(reading.parameters[0], program) ||
    isUsed(effect?.parameters.at(effectEnd), program) ||
    readsOnlyOwn(reading, program)
  );
}

/** Where the function that is run for a change is given its end: after the value, and the one before. */
const effectEnd = 2;

function written(argument: ts.Expression): FunctionNode | undefined {
  const value = unwrap(argument);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? value : undefined;
}

/** It is given what ends it, and does something with that. */
function isUsed(parameter: ts.ParameterDeclaration | undefined, { scopes }: FileProgram): boolean {
  return parameter !== undefined && (scopes.declarationOf(parameter)?.references.length ?? 0) > 0;
}

/** `() => this.view`, `() => this.props.id`: fields of the instance, and nothing that lies in one of them. */
function readsOnlyOwn(fn: FunctionNode, { places, scopes }: FileProgram): boolean {
  if (!fn.body) return false;
  let isOwn = true;
  let reads = 0;
  walk(fn.body, (inner) => {
    if (ts.isCallExpression(inner) || ts.isElementAccessExpression(inner)) isOwn = false;
    if (ts.isPropertyAccessExpression(inner)) {
      const place = places.of(inner);
      const [field] = place?.path ?? [];
      const deepest = field !== undefined && (givenFields.has(field) || field === stateField) ? 2 : 1;
      const member =
        place?.root.kind === 'owner' && field !== undefined ? place.root.owner.members.get(field) : undefined;
      // A getter may read anything.
      if (place?.root.kind !== 'owner' || place.path.length > deepest || member?.functions.length) isOwn = false;
      reads++;
      return false;
    }
    const declaration = ts.isIdentifier(inner) ? scopes.resolve(inner) : undefined;
    if (declaration && !isWithin(declaration.node, fn)) isOwn = false;
    return isOwn;
  });
  return isOwn && reads > 0;
}
