/** The assignment that gives a place what a call has made, at once or by a constant between, and what ends such a thing. */
import type { Engine } from '../../engine';
import { releaseMethodsOf } from '../../flow/endingMethods';
import type { ResourceKind } from '../../resources/model';
import { enclosingFunction, ts, wrapped } from '../../syntax';
import type { Ending } from '../values/endings';
import { endsHeld } from '../words/releases';
import { isWholeTeardown } from '../words/teardowns';

/** The statement that stores the value, or what its promise gives. */
export function assignmentOfValue(result: ts.Expression, engine: Engine): ts.BinaryExpression | undefined {
  let value = wrapped(result);
  if (ts.isAwaitExpression(value.parent)) value = wrapped(value.parent);
  return assignedAt(value) ?? assignedLater(value, engine);
}

/** `this.file = open(path);` */
function assignedAt(value: ts.Expression): ts.BinaryExpression | undefined {
  const write = value.parent;
  return ts.isBinaryExpression(write) &&
    write.right === value &&
    write.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(write.parent)
    ? write
    : undefined;
}

/** `const file = await open(path); this.file = file;` */
function assignedLater(value: ts.Expression, { program: { scopes } }: Engine): ts.BinaryExpression | undefined {
  const up = value.parent;
  const declaration = ts.isVariableDeclaration(up) && ts.isIdentifier(up.name) ? scopes.declarationOf(up) : undefined;
  if (declaration?.kind !== 'const') return undefined;
  const writes = declaration.references.flatMap((use) => assignedAt(wrapped(use)) ?? []);
  const [only, ...others] = writes;
  return only && others.length === 0 && enclosingFunction(only) === enclosingFunction(value) ? only : undefined;
}

/** Does it end what is of the kind? Of what is of another one `write` may be an end. */
export function endsIt({ by, name }: Ending, kind: ResourceKind | undefined): boolean {
  return !kind || by !== 'method' || endsHeld(name) || isWholeTeardown(name) || releaseMethodsOf(kind).has(name);
}
