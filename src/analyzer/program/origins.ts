/**
 * What is a value? Followed from the expression to the import, global, constructor, call, annotation or parameter it
 * comes from. Syntax only: where that does not decide, the origin is unknown and the analyzer stays silent.
 */

import { NodeTable } from '../syntax/nodeTable';
import { type CallLike, ts, unwrap } from '../syntax/syntax';
import { earlyPrefixes } from '../words/pages';
import { memberAccessOf } from './memberNames';
import type { Owner } from './members';
import type { Place, Places } from './places';
import type { Declaration, FileScopes } from './scopes';

/** A name with its home: an export of a module (without `node:`), or a global. */
export interface Name {
  readonly module: string | undefined;
  /** Dotted for members: `promises.open`. `default`/`*` for the module object itself. */
  readonly name: string;
}

export type Origin =
  | { readonly kind: 'new' | 'call'; readonly callee: Name; readonly node: CallLike; readonly awaited: boolean }
  /** Result of a method: `receiver.method()`, where the receiver has its own origin. */
  | {
      readonly kind: 'method';
      readonly method: string;
      readonly receiver: ts.Expression;
      readonly node: ts.CallExpression;
      readonly awaited: boolean;
    }
  | {
      readonly kind: 'annotated';
      readonly type: Name;
      readonly node: ts.TypeNode;
      readonly declaration: Declaration | undefined;
    }
  | { readonly kind: 'name'; readonly name: Name }
  | { readonly kind: 'parameter'; readonly declaration: Declaration }
  | { readonly kind: 'this' }
  | { readonly kind: 'literal'; readonly node: ts.Expression }
  | { readonly kind: 'unknown' };

/** Functions whose result is the one they are given, with a promise in the place of its callback. */
const promisifiers: readonly (readonly [module: string, name: string])[] = [
  ['util', 'promisify'],
  ['pify', 'default'],
  ['pify', '*'],
  ['util-promisify', 'default'],
];

export interface Origins {
  /** All origins an expression may have (several where a variable is assigned several values). */
  readonly of: (expression: ts.Expression) => readonly Origin[];
  /** The name an expression spells, resolved through imports: callee of a call, constructor, base class. */
  readonly nameOf: (expression: ts.Expression) => Name | undefined;
  /** The name of the function with a callback that a callee makes a promise of: `promisify(fs.open)`. */
  readonly promisedOf: (callee: ts.Expression) => Name | undefined;
  /** The name a type annotation spells; unions give the first member that is no null or undefined. */
  readonly typeName: (type: ts.TypeNode | undefined) => Name | undefined;
}

const unknown: readonly Origin[] = [{ kind: 'unknown' }];

/** Builds the origin resolver of one file. */
export function createOrigins(scopes: FileScopes, places: Places): Origins {
  const cache = new NodeTable<readonly Origin[]>(scopes.sourceFile);
  /** Of what is read from a variable or a member, the same wherever that is. */
  const ofStorages = new Map<Declaration | Place, readonly Origin[]>();
  const storageOf = (expression: ts.Expression): Declaration | Place | undefined => {
    if (ts.isIdentifier(expression)) return scopes.resolve(expression);
    return ts.isPropertyAccessExpression(expression) ? places.of(expression) : undefined;
  };

  const names = new Map<Place, Name | undefined>();
  const nameOf = (expression: ts.Expression): Name | undefined => {
    const place = places.of(expression);
    if (!place) return isOfAlternatives(expression) ? ofAlternatives(expression, []) : undefined;
    const known = names.get(place);
    if (known || names.has(place)) return known;
    const name = nameOfPlace(place);
    names.set(place, name);
    return name;
  };

  const nameOfPlace = ({ root, path }: Place): Name | undefined => {
    if (root.kind === 'declaration')
      return root.declaration.writes.length === 0 && root.declaration.initializer && root.declaration.path?.length === 0
        ? ofAlternatives(root.declaration.initializer, path)
        : undefined;
    if (root.kind === 'global') return { module: undefined, name: [root.name, ...path].join('.') };
    if (root.kind === 'import') {
      const own = root.name === '*' || root.name === 'default' ? [] : [root.name];
      const name = [...own, ...path].join('.');
      return { module: root.module, name: name === '' ? root.name : name };
    }
    return root.kind === 'owner' ? ofModuleField(root.owner, path) : undefined;
  };

  /** `this.transport = secure ? https : http` and `this.transport.request()`: a member of the module in a field. */
  const ofModuleField = (owner: Owner, [field, ...path]: readonly string[]): Name | undefined => {
    const [given, ...others] = (field === undefined ? undefined : owner.members.get(field))?.values ?? [];
    const value = given?.value && unwrap(given.value);
    if (path.length === 0 || others.length > 0 || !value || !ts.isIdentifier(value)) return undefined;
    const name = nameOf(value);
    if (name?.module === undefined || (name.name !== '*' && name.name !== 'default')) return undefined;
    return { ...name, name: path.join('.') };
  };

  /** `window.URL || window.webkitURL`, `secure ? https : http`: spellings of one thing, of which the first names it. */
  const ofAlternatives = (expression: ts.Expression, path: readonly string[]): Name | undefined => {
    const value = unwrap(expression);
    if (ts.isPropertyAccessExpression(value)) return ofAlternatives(value.expression, [value.name.text, ...path]);
    if (ts.isCallExpression(value)) return path.length > 0 ? ofCall(value, path) : undefined;
    const isChoice = ts.isConditionalExpression(value);
    const isFallback =
      ts.isBinaryExpression(value) &&
      value.operatorToken.kind === ts.SyntaxKind.BarBarToken &&
      (path.length > 0 || isPrefixed(value));
    if (!isChoice && !isFallback) return undefined;
    const [first, second] = isChoice ? [value.whenTrue, value.whenFalse] : [value.left, value.right];
    const [a, b] = [places.of(unwrap(first))?.root.kind, places.of(unwrap(second))?.root.kind];
    if (a !== b || a !== (isChoice ? 'import' : 'global')) return undefined;
    const name = nameOf(unwrap(first));
    return (
      name && {
        ...name,
        name: [...(name.name === '*' || name.name === 'default' ? [] : [name.name]), ...path].join('.') || name.name,
      }
    );
  };

  /** Of what is no place nearly nothing has a name: is it a choice, or a member of what a call gives? */
  const isOfAlternatives = (expression: ts.Expression): boolean => {
    let value = unwrap(expression);
    const isMember = ts.isPropertyAccessExpression(value);
    while (ts.isPropertyAccessExpression(value)) value = unwrap(value.expression);
    return ts.isCallExpression(value) ? isMember : ts.isConditionalExpression(value) || ts.isBinaryExpression(value);
  };

  /** `window.AudioContext || window.webkitAudioContext`: the second is the first before it had its name. */
  const isPrefixed = ({ left, right }: ts.BinaryExpression): boolean => {
    const [name, early] = [left, right].map((side) => {
      const { root, path } = places.of(unwrap(side)) ?? {};
      return root?.kind === 'global' ? (path?.at(-1) ?? root.name) : undefined;
    });
    const later = name?.toLowerCase();
    return later !== undefined && earlyPrefixes.some((prefix) => early?.toLowerCase() === `${prefix}${later}`);
  };

  /** The name of a member of what a call gives. */
  const ofCall = (call: ts.CallExpression, path: readonly string[]): Name | undefined => {
    const [specifier] = call.arguments;
    if (specifier && ts.isStringLiteralLike(specifier))
      return ts.isIdentifier(call.expression) && call.expression.text === 'require'
        ? { module: specifier.text.replace(/^node:/, ''), name: path.join('.') }
        : undefined;
    // `new (require('sqlite3').verbose().Database)()`: a class of what a call without arguments gives is named by the call.
    if (specifier || !/^[A-Z]/.test(path.at(-1) ?? '')) return undefined;
    const called = nameOf(unwrap(call.expression));
    return called?.module === undefined ? undefined : { ...called, name: [`${called.name}()`, ...path].join('.') };
  };

  const promisedOf = (callee: ts.Expression): Name | undefined => {
    const value = unwrap(callee);
    const place = ts.isIdentifier(value) ? places.of(value) : undefined;
    const declaration =
      place?.root.kind === 'declaration' && place.path.length === 0 ? place.root.declaration : undefined;
    const made = declaration?.writes.length === 0 ? declaration.initializer && unwrap(declaration.initializer) : value;
    if (!made || !ts.isCallExpression(made) || made.arguments.length !== 1) return undefined;
    const maker = nameOf(unwrap(made.expression));
    const isPromisifier = promisifiers.some(([module, name]) => maker?.module === module && maker.name === name);
    const [given] = made.arguments;
    return isPromisifier && given ? nameOf(unwrap(given)) : undefined;
  };

  const entityName = (name: ts.EntityName): Name | undefined => {
    const parts: string[] = [];
    let at = name;
    while (ts.isQualifiedName(at)) {
      parts.unshift(at.right.text);
      at = at.left;
    }
    const declaration = scopes.lookup(at.text, at);
    if (!declaration) return { module: undefined, name: [at.text, ...parts].join('.') };
    if (!declaration.imported) return undefined;
    const own =
      declaration.imported.name === '*' || (declaration.imported.name === 'default' && parts.length > 0)
        ? []
        : [declaration.imported.name];
    return { module: declaration.imported.module.replace(/^node:/, ''), name: [...own, ...parts].join('.') };
  };

  const typeName = (type: ts.TypeNode | undefined): Name | undefined => {
    if (!type) return undefined;
    if (ts.isTypeReferenceNode(type)) {
      const name = entityName(type.typeName);
      // Promise<T>, Readonly<T>, NonNullable<T>: the inner type
      if (name && name.module === undefined && /^(Promise|Readonly|NonNullable|Awaited)$/.test(name.name))
        return typeName(type.typeArguments?.[0]);
      // ReturnType<typeof setInterval> is what setInterval gives
      if (name && name.module === undefined && name.name === 'ReturnType') {
        const [argument] = type.typeArguments ?? [];
        const inner = argument && ts.isTypeQueryNode(argument) ? entityName(argument.exprName) : undefined;
        return inner ? { module: inner.module, name: `${inner.name}()` } : undefined;
      }
      return name;
    }
    if (ts.isUnionTypeNode(type)) {
      for (const member of type.types) {
        const name = typeName(member);
        if (name) return name;
      }
    }
    if (ts.isParenthesizedTypeNode(type)) return typeName(type.type);
    return undefined;
  };

  const ofDeclaration = (declaration: Declaration, depth: number, seen: Set<object>): readonly Origin[] => {
    if (seen.has(declaration)) return [];
    seen.add(declaration);
    const annotated = annotationOf(declaration);
    const values = [
      declaration.initializer && declaration.path?.length === 0 ? declaration.initializer : undefined,
      ...declaration.writes.map((write) => write.value),
    ].filter((value) => value !== undefined);
    const fromValues = values
      .flatMap((value) => compute(value, depth + 1, seen))
      .filter((origin) => origin.kind !== 'unknown' && !isEmpty(origin));
    if (fromValues.length > 0) return fromValues;
    const type = typeName(annotated);
    if (type && annotated) return [{ kind: 'annotated', type, node: annotated, declaration }];
    if (declaration.kind === 'parameter') return [{ kind: 'parameter', declaration }];
    return unknown;
  };

  /**
   * @param seen declarations and members whose values are among the origins already: variables that are given each other's
   * values many times would else be followed along every way through them
   */
  const compute = (expression: ts.Expression, depth: number, seen: Set<object>): readonly Origin[] => {
    if (depth > 8) return unknown;
    let value = unwrap(expression);
    let awaited = false;
    if (ts.isAwaitExpression(value)) {
      awaited = true;
      value = unwrap(value.expression);
    }
    const asserted = ts.isAsExpression(expression) ? typeName(expression.type) : undefined;
    if (ts.isNewExpression(value)) {
      const callee = nameOf(value.expression);
      return callee ? [{ kind: 'new', callee, node: value, awaited }] : unknown;
    }
    if (ts.isCallExpression(value)) {
      const callee = nameOf(value.expression);
      if (callee) return [{ kind: 'call', callee, node: value, awaited }];
      const target = unwrap(value.expression);
      if (ts.isPropertyAccessExpression(target)) {
        // Fluent calls return their receiver; the catalogue says which.
        return [{ kind: 'method', method: target.name.text, receiver: target.expression, node: value, awaited }];
      }
      // `create<State>()((set) => …)`: a call in two steps
      if (ts.isCallExpression(target)) {
        const curried = nameOf(target.expression);
        if (curried) return [{ kind: 'call', callee: curried, node: value, awaited }];
      }
      return unknown;
    }
    if (value.kind === ts.SyntaxKind.ThisKeyword) return [{ kind: 'this' }];
    if (ts.isIdentifier(value)) {
      const declaration = scopes.resolve(value);
      if (!declaration)
        return value.text === 'undefined' ? unknown : [{ kind: 'name', name: { module: undefined, name: value.text } }];
      if (declaration.imported) {
        const name = nameOf(value);
        return name ? [{ kind: 'name', name }] : unknown;
      }
      return ofDeclaration(declaration, depth, seen);
    }
    const access = memberAccessOf(value, scopes);
    if (access) {
      const name = nameOf(value);
      if (name) return [{ kind: 'name', name }];
      const place = places.of(value);
      const owner = place?.root.kind === 'owner' && place.path.length === 1 ? place.root.owner : undefined;
      const member = owner?.members.get(access.name);
      if (member && seen.has(member)) return [];
      if (member) {
        seen.add(member);
        const values = member.values
          .flatMap((given) => (given.value ? compute(given.value, depth + 1, seen) : []))
          .filter((origin) => origin.kind !== 'unknown' && !isEmpty(origin));
        if (values.length > 0) return values;
        const type = typeName(member.type);
        if (type && member.type) {
          const declaration = member.parameter ? scopes.declarationOf(member.parameter) : undefined;
          return [{ kind: 'annotated', type, node: member.type, declaration }];
        }
        const parameter = member.parameter ? scopes.declarationOf(member.parameter) : undefined;
        if (parameter) return [{ kind: 'parameter', declaration: parameter }];
      }
      return asserted && ts.isAsExpression(expression)
        ? [{ kind: 'annotated', type: asserted, node: expression.type, declaration: undefined }]
        : unknown;
    }
    if (ts.isConditionalExpression(value))
      return [...compute(value.whenTrue, depth + 1, seen), ...compute(value.whenFalse, depth + 1, seen)];
    if (ts.isBinaryExpression(value)) {
      const operator = value.operatorToken.kind;
      if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken)
        return [...compute(value.left, depth + 1, seen), ...compute(value.right, depth + 1, seen)];
      if (operator === ts.SyntaxKind.EqualsToken || operator === ts.SyntaxKind.CommaToken)
        return compute(value.right, depth + 1, seen);
      return unknown;
    }
    if (
      ts.isLiteralExpression(value) ||
      ts.isObjectLiteralExpression(value) ||
      ts.isArrayLiteralExpression(value) ||
      value.kind === ts.SyntaxKind.NullKeyword
    )
      return [{ kind: 'literal', node: value }];
    return unknown;
  };

  return {
    of: (expression) => {
      const known = cache.get(expression);
      if (known) return known;
      const storage = storageOf(expression);
      const before = storage && ofStorages.get(storage);
      if (before) return before;
      const found = compute(expression, 0, new Set());
      const origins = found.length === 0 ? unknown : found;
      if (storage) ofStorages.set(storage, origins);
      else cache.set(expression, origins);
      return origins;
    },
    nameOf,
    promisedOf,
    typeName,
  };
}

/** `null`, `undefined` and empty starting values say nothing about what a variable holds. */
function isEmpty(origin: Origin): boolean {
  return (
    origin.kind === 'literal' && (origin.node.kind === ts.SyntaxKind.NullKeyword || ts.isNumericLiteral(origin.node))
  );
}

function annotationOf(declaration: Declaration): ts.TypeNode | undefined {
  const { node } = declaration;
  return ts.isVariableDeclaration(node) || ts.isParameter(node) ? node.type : undefined;
}
