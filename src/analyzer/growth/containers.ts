/** Which storage places of a file are collections that may live longer than what fills them? */
import type { Engine } from '../engine';
import { accessText } from '../memberNames';
import type { Owner } from '../members';
import type { Place } from '../places';
import { hasModifier, isAssignment, isClassNode, isFunctionNode, propertyNameText, ts, unwrap, walk } from '../syntax';

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
    value.expression.getText() === 'Object.create' &&
    value.arguments[0]?.kind === ts.SyntaxKind.NullKeyword
  )
    return 'record';
  return undefined;
}

/** All collections of a file that outlive one call. */
export function findContainers(engine: Engine): readonly Container[] {
  const { scopes, members, places } = engine.program;
  const exported = new Set(scopes.exports.values());
  const found: Container[] = [];
  for (const declaration of scopes.declarations) {
    if (declaration.path?.length !== 0 || !ts.isVariableDeclaration(declaration.node)) continue;
    const shape = freshShape(declaration.initializer);
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
      exported: exported.has(declaration),
      isPublic: false,
      keyType: keyTypeOf(declaration.node.type, declaration.initializer),
    });
  }
  for (const owner of members.owners) {
    if (owner.kind === 'object' && owner.declaration?.scope.func !== undefined) continue;
    for (const member of owner.members.values()) {
      const [first] = member.values;
      const shape = freshShape(first?.value);
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
  return [...found, ...globals(engine)];
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
  if (!/\b(?:globalThis|window|global|self)\b/.test(program.text)) return [];
  const found = new Map<string, Container>();
  walk(program.sourceFile, (node) => {
    if (!isAssignment(node)) return undefined;
    const left = unwrap(node.left);
    const place = ts.isPropertyAccessExpression(left) ? program.places.of(left) : undefined;
    if (place?.root.kind !== 'global' || place.path.length > 0 || found.has(place.key)) return undefined;
    const value = unwrap(node.right);
    const shape =
      ts.isBinaryExpression(value) &&
      (value.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
        value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
        ? freshShape(value.right)
        : freshShape(value);
    if (shape)
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
