/** Options of a call, by which it acquires something, or there is nothing to release. */

import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import type { FileScopes } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { type CallLike, propertyNameText, ts, unwrap } from '../syntax/syntax';

/** Is an option of the call true, as far as the text tells? */
export function isSet(option: string, node: CallLike, { scopes }: FileProgram): boolean {
  return (node.arguments ?? []).some((argument) => hasValue(unwrap(argument), option, true, scopes));
}

/** Is an option of the call false, as the text says? */
export function isOff(option: string, node: CallLike, { scopes }: FileProgram): boolean {
  return (node.arguments ?? []).some((argument) => hasValue(unwrap(argument), option, false, scopes));
}

/** `request({ method: 'HEAD' }, (response) => …)`: there is nothing to release. */
export function isEmpty({ emptyWith, emptyWithout }: ResourceKind, node: CallLike, { scopes }: FileProgram): boolean {
  return (node.arguments ?? []).some((argument) => {
    const value = initialOf(argument, scopes);
    if (value === undefined) return false;
    return (
      (emptyWith !== undefined && hasValue(value, emptyWith.option, emptyWith.value, scopes)) ||
      (emptyWithout !== undefined && lacks(value, emptyWithout))
    );
  });
}

/** An object that is written here, whole and without the option. */
function lacks(object: ts.Expression, option: string): boolean {
  return (
    ts.isObjectLiteralExpression(object) &&
    object.properties.every(
      (property) => !ts.isSpreadAssignment(property) && propertyNameText(property.name) !== option,
    )
  );
}

function hasValue(object: ts.Expression, option: string, wanted: unknown, scopes: FileScopes): boolean {
  return (
    ts.isObjectLiteralExpression(object) &&
    object.properties.some(
      (property) =>
        ts.isPropertyAssignment(property) &&
        propertyNameText(property.name) === option &&
        constantOf(property.initializer, scopes) === wanted,
    )
  );
}

/** What an argument is, or what the variable that it names begins with. */
export function initialOf(argument: ts.Expression, scopes: FileScopes): ts.Expression | undefined {
  const given = unwrap(argument);
  const initial = ts.isIdentifier(given) ? scopes.resolve(given)?.initializer : given;
  return initial && unwrap(initial);
}

/** `spawn(file, { timeout })`, `watch(path, { signal })`: the resource ends by its options. */
export function hasEndingOption(kind: ResourceKind, node: CallLike): boolean {
  const { endingOptions, limitedBy } = kind;
  const names = endingOptions ?? limitedBy;
  if (!names) return false;
  return (node.arguments ?? []).some((argument) => {
    const value = unwrap(argument);
    return (
      ts.isObjectLiteralExpression(value) &&
      value.properties.some((property) => {
        const name = property.name ? propertyNameText(property.name) : undefined;
        // A spread may hold any option.
        if (ts.isSpreadAssignment(property)) return endingOptions !== undefined;
        return name !== undefined && names.includes(name) && (endingOptions !== undefined || !isOfCaller(property));
      })
    );
  });
}

/** `signal`, `signal: given ?? own?.signal`: what the caller may have left out limits nothing. */
function isOfCaller(property: ts.ObjectLiteralElementLike): boolean {
  if (!ts.isPropertyAssignment(property)) return true;
  const value = unwrap(property.initializer);
  return !ts.isCallExpression(value) && !(ts.isPropertyAccessExpression(value) && !value.questionDotToken);
}
