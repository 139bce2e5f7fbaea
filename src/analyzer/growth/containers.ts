/** Which storage places of a file are collections that may live longer than what fills them? */

import type { Engine } from '../engine';
import { accessText } from '../program/memberNames';
import type { Owner } from '../program/members';
import type { Place } from '../program/places';
import { visitNodes } from '../syntax/nodeIndex';
import { binaries } from '../syntax/selections';
import {
  hasModifier,
  isAssignment,
  isClassNode,
  isFunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';

export type Shape = 'map' | 'set' | 'array' | 'record';

export interface Container {
  readonly place: Place;
  readonly shape: Shape;
  /** Where it is declared. */
  readonly node: ts.Node;
  /** `global`: a property of the global object; `module`: module variable or static; `instance`: field; `closure`: variable that a surviving function captures. */
  readonly holder: 'module' | 'instance' | 'closure' | 'global';
  readonly owner: Owner | undefined;
  readonly name: string;
  readonly exported: boolean;
  /** A field written `public`: other files are meant to change it, and may take single entries out. */
  readonly isPublic: boolean;
  /** Key type of the declaration, where written. */
  readonly keyType: ts.TypeNode | undefined;
}

const constructors: Readonly<Record<string, Shape>> = { Map: 'map', Set: 'set', Array: 'array' };

/** Shape of a fresh collection; undefined for anything else (weak collections and library caches among it). */
export function freshShape(expression: ts.Expression | undefined): Shape | undefined {
  const value = expression && unwrap(expression);
  if (!value) return undefined;
  if (ts.isArrayLiteralExpression(value)) return 'array';
  if (ts.isObjectLiteralExpression(value)) return value.properties.length === 0 ? 'record' : undefined;
  if (ts.isNewExpression(value) && ts.isIdentifier(value.expression)) return constructors[value.expression.text];
  if (
    ts.isCallExpression(value) &&
    value.arguments[0]?.kind === ts.SyntaxKind.NullKeyword &&
    value.expression.getText() === 'Object.create'
  )
    return 'record';
  return undefined;
}

/** Is it a collection that is made anew? */
export function isFresh(expression: ts.Expression): boolean {
  return freshShape(expression) !== undefined;
}

/** All collections of a file that outlive one call. */
export function findContainers(engine: Engine): readonly Container[] {
  const { scopes, members, places } = engine.program;
  const exported = new Set(scopes.exports.values());
  const found: Container[] = [];
  for (const declaration of scopes.declarations) {
    if (declaration.path?.length !== 0 || !ts.isVariableDeclaration(declaration.node)) continue;
    const given = declaration.initializer && valueGiven(declaration.initializer);
    const shape = freshShape(given);
    if (!shape) continue;
    const { func } = declaration.scope;
    const captured =
      func !== undefined && declaration.references.some((reference) => functionAround(reference) !== func);
    if (func !== undefined && !captured) continue;
    found.push({
      place: places.ofDeclaration(declaration),
      shape,
      node: declaration.node,
      holder: func === undefined ? 'module' : 'closure',
      owner: undefined,
      name: declaration.name,
      exported: exported.has(declaration) || given !== declaration.initializer,
      isPublic: false,
      keyType: keyTypeOf(declaration.node.type, given),
    });
  }
  for (const owner of members.owners) {
    if (owner.kind === 'object' && owner.declaration?.scope.func !== undefined) continue;
    for (const member of owner.members.values()) {
      // `items = null`, and the collection when it is first needed.
      const first = member.values.find(({ value }) => value?.kind !== ts.SyntaxKind.NullKeyword);
      const shape = freshShape(first?.value) ?? lazyShape(first?.node);
      if (!shape || !first) continue;
      found.push({
        place: places.ofMember(owner, member.name),
        shape,
        node: first.node,
        holder: member.isStatic || owner.kind === 'object' ? 'module' : 'instance',
        owner,
        name: accessText('this', [member.name]),
        exported: false,
        isPublic: isPublic(owner, member.name),
        keyType: keyTypeOf(member.type, first.value),
      });
    }
  }
  return [...found, ...parts(engine), ...fieldParts(engine), ...globals(engine)];
}

/** `const cache = (exports.cache = new Map())`: what both are given. */
function valueGiven(initializer: ts.Expression): ts.Expression {
  const value = unwrap(initializer);
  return isAssignment(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ? valueGiven(value.right)
    : initializer;
}

/** `this.items = this.items || []`: a collection that is made when it is first needed. */
function lazyShape(write: ts.Node | undefined): Shape | undefined {
  if (!write || !isAssignment(write)) return undefined;
  const value = unwrap(write.right);
  if (!ts.isBinaryExpression(value) || unwrap(value.left).getText() !== write.left.getText()) return undefined;
  const operator = value.operatorToken.kind;
  return operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken
    ? freshShape(value.right)
    : undefined;
}

/** `const state = { jobs: new Map(), seen: [] }` of the module, whose parts are only ever named one by one. */
function parts(engine: Engine): readonly Container[] {
  const { scopes, members, places } = engine.program;
  const exported = new Set(scopes.exports.values());
  const found: Container[] = [];
  for (const declaration of scopes.declarations) {
    const literal = declaration.initializer && unwrap(declaration.initializer);
    if (declaration.scope.func !== undefined || !ts.isVariableDeclaration(declaration.node)) continue;
    if (!literal || !ts.isObjectLiteralExpression(literal) || members.ownerOf(literal) || exported.has(declaration))
      continue;
    const accesses = declaration.references.map((reference) => wrapped(reference).parent);
    const isPrivate = accesses.every(
      (access) => ts.isPropertyAccessExpression(access) && !isFunctionNode(access.parent),
    );
    if (!isPrivate || declaration.writes.length > 0) continue;
    for (const property of literal.properties) {
      const shape = ts.isPropertyAssignment(property) ? freshShape(property.initializer) : undefined;
      const name = property.name && propertyNameText(property.name);
      const access = accesses.find((one) => ts.isPropertyAccessExpression(one) && one.name.text === name);
      const place = access && places.of(access as ts.Expression);
      if (!shape || !place || !ts.isPropertyAssignment(property)) continue;
      found.push({
        place,
        shape,
        node: property,
        holder: 'module',
        owner: undefined,
        name: `${declaration.name}.${name}`,
        exported: false,
        isPublic: false,
        keyType: keyTypeOf(undefined, property.initializer),
      });
    }
  }
  return found;
}

/** `private readonly data = { latencies: [] }`: a field whose parts are only ever named one by one. */
function fieldParts(engine: Engine): readonly Container[] {
  const { members, places } = engine.program;
  const found: Container[] = [];
  for (const owner of members.owners) {
    if (owner.kind === 'object') continue;
    for (const member of owner.members.values()) {
      const [first] = member.values;
      const literal = first?.value && unwrap(first.value);
      if (!literal || !ts.isObjectLiteralExpression(literal) || member.values.length > 1 || members.ownerOf(literal))
        continue;
      const fresh = literal.properties.filter((one) => ts.isPropertyAssignment(one) && freshShape(one.initializer));
      if (fresh.length === 0 || isPublic(owner, member.name)) continue;
      const { key } = places.ofMember(owner, member.name);
      const uses = engine.uses.reads(key).map((use) => wrapped(use).parent);
      if (engine.uses.writes(key).some((write) => !isWithin(literal, write))) continue;
      if (!uses.every((use) => ts.isPropertyAccessExpression(use) && !isCalled(use))) continue;
      for (const property of fresh) {
        const name = property.name && propertyNameText(property.name);
        const access = uses.find((one) => ts.isPropertyAccessExpression(one) && one.name.text === name);
        const place = access && places.of(access as ts.Expression);
        const shape = ts.isPropertyAssignment(property) ? freshShape(property.initializer) : undefined;
        if (!shape || !place || !ts.isPropertyAssignment(property)) continue;
        found.push({
          place,
          shape,
          node: property,
          holder: member.isStatic ? 'module' : 'instance',
          owner,
          name: `${accessText('this', [member.name])}.${name}`,
          exported: false,
          isPublic: false,
          keyType: keyTypeOf(undefined, property.initializer),
        });
      }
    }
  }
  return found;
}

function isCalled(access: ts.Expression): boolean {
  const outer = wrapped(access);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer;
}

function isPublic({ node }: Owner, name: string): boolean {
  return (
    isClassNode(node) &&
    node.members.some(
      (member) =>
        ts.isPropertyDeclaration(member) &&
        propertyNameText(member.name) === name &&
        hasModifier(member, ts.SyntaxKind.PublicKeyword),
    )
  );
}

/** `globalThis.registry ??= []`, `window.cache = window.cache || {}`. */
function globals(engine: Engine): readonly Container[] {
  const { program } = engine;
  const found = new Map<string, Container>();
  visitNodes(program.sourceFile, binaries, (node) => {
    if (!isAssignment(node)) return undefined;
    const value = unwrap(node.right);
    const shape =
      ts.isBinaryExpression(value) &&
      (value.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
        value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
        ? freshShape(value.right)
        : freshShape(value);
    const left = unwrap(node.left);
    // Few values are collections: only of these it is asked where they go.
    if (!shape || !ts.isPropertyAccessExpression(left)) return undefined;
    const place = program.places.of(left);
    if (place?.root.kind === 'global' && place.path.length === 0 && !found.has(place.key))
      found.set(place.key, {
        place,
        shape,
        node,
        holder: 'global',
        owner: undefined,
        name: left.getText(),
        exported: false,
        isPublic: false,
        keyType: undefined,
      });
    return undefined;
  });
  return [...found.values()];
}

function functionAround(node: ts.Node): ts.Node | undefined {
  for (let up = node.parent; up; up = up.parent) if (isFunctionNode(up)) return up;
  return undefined;
}

function keyTypeOf(
  annotation: ts.TypeNode | undefined,
  initializer: ts.Expression | undefined,
): ts.TypeNode | undefined {
  if (annotation && ts.isTypeReferenceNode(annotation)) return annotation.typeArguments?.[0];
  const value = initializer && unwrap(initializer);
  return value && ts.isNewExpression(value) ? value.typeArguments?.[0] : undefined;
}
