/**
 * Abstract locations: which storage does an expression denote? `timer`, `this.timer`, `self.timer` and the
 * `timer` of `const { timer } = this` are one place, whatever they are called.
 */
import { accessText, fixedKey } from './memberNames';
import type { Members, Owner } from './members';
import type { Declaration, FileScopes } from './scopes';
import { ts, unwrap } from './syntax';

export type PlaceRoot =
  | { readonly kind: 'declaration'; readonly declaration: Declaration }
  | { readonly kind: 'owner'; readonly owner: Owner }
  /** `this` where its owner is not known (plain function). */
  | { readonly kind: 'unknown-this'; readonly at: ts.Node }
  | { readonly kind: 'import'; readonly module: string; readonly name: string }
  | { readonly kind: 'global'; readonly name: string };

export interface Place {
  readonly root: PlaceRoot;
  readonly path: readonly string[];
  /** Equal keys denote the same storage within a file. */
  readonly key: string;
}

export interface Places {
  /** Place that an expression denotes, through constants and destructuring; undefined for calls, literals and computed keys. */
  readonly of: (expression: ts.Expression) => Place | undefined;
  /** Place of a declaration itself, without looking through its initialiser. */
  readonly ofDeclaration: (declaration: Declaration) => Place;
  /** True when both denote the same storage. */
  readonly same: (a: ts.Expression, b: ts.Expression) => boolean;
  /** Place of a member of an owner. */
  readonly ofMember: (owner: Owner, name: string) => Place;
}

const globalObjects = new Set(['globalThis', 'window', 'self', 'global']);
const maxDepth = 12;

/** Builds the place resolver of one file. */
export function createPlaces(scopes: FileScopes, members: Members): Places {
  const cache = new Map<ts.Expression, Place | undefined>();
  const roots = new Map<string, PlaceRoot>();

  const make = (root: PlaceRoot, path: readonly string[]): Place => {
    let base: string;
    switch (root.kind) {
      case 'declaration':
        base = `d${root.declaration.id}`;
        break;
      case 'owner':
        base = `o${root.owner.id}`;
        break;
      case 'unknown-this':
        base = `t${root.at.pos}`;
        break;
      case 'import':
        base = `i:${root.module}#${root.name}`;
        break;
      case 'global':
        base = `g:${root.name}`;
        break;
    }
    if (!roots.has(base)) roots.set(base, root);
    return { root: roots.get(base) ?? root, path, key: path.length === 0 ? base : `${base}.${path.join('.')}` };
  };

  const member = (place: Place, name: string): Place => {
    // globalThis.document and window.document are the global `document`.
    if (place.root.kind === 'global' && place.path.length === 0 && globalObjects.has(place.root.name)) {
      return globalObjects.has(name)
        ? make({ kind: 'global', name: 'window' }, [])
        : make({ kind: 'global', name }, []);
    }
    if (place.root.kind === 'import' && place.path.length === 0 && place.root.name === '*')
      return make({ kind: 'import', module: place.root.module, name }, []);
    // Class.registry is a static member of the class's owner
    if (
      place.root.kind === 'declaration' &&
      place.path.length === 0 &&
      ts.isClassDeclaration(place.root.declaration.node)
    ) {
      const owner = members.ownerOf(place.root.declaration.node);
      if (owner?.members.get(name)?.isStatic) return make({ kind: 'owner', owner }, [name]);
    }
    // import fs from 'fs' has the same members as import * as fs
    return make(place.root, [...place.path, name]);
  };

  const compute = (expression: ts.Expression, depth: number): Place | undefined => {
    const value = unwrap(expression);
    if (depth > maxDepth) return undefined;
    if (value.kind === ts.SyntaxKind.ThisKeyword) {
      const owner = members.ownerAt(value);
      if (owner) return make({ kind: 'owner', owner }, []);
      let at: ts.Node = value;
      while (at.parent && !(ts.isFunctionLike(at) && !ts.isArrowFunction(at))) at = at.parent;
      return make({ kind: 'unknown-this', at }, []);
    }
    if (ts.isIdentifier(value)) {
      const declaration = scopes.resolve(value);
      if (!declaration)
        return value.text === 'undefined'
          ? undefined
          : make({ kind: 'global', name: globalObjects.has(value.text) ? 'window' : value.text }, []);
      return throughDeclaration(declaration, depth);
    }
    if (ts.isPropertyAccessExpression(value)) {
      // Class.staticMember is a member of the owner
      const base = compute(value.expression, depth + 1);
      if (!base) return undefined;
      return member(base, value.name.text);
    }
    if (ts.isElementAccessExpression(value)) {
      const name = fixedKey(value.argumentExpression, scopes);
      if (name === undefined) return undefined;
      const base = compute(value.expression, depth + 1);
      return base ? member(base, name) : undefined;
    }
    return undefined;
  };

  const throughDeclaration = (declaration: Declaration, depth: number): Place | undefined => {
    if (declaration.imported) {
      const { module, name } = declaration.imported;
      return make({ kind: 'import', module: module.replace(/^node:/, ''), name }, []);
    }
    const stable =
      declaration.kind === 'const' ||
      declaration.kind === 'using' ||
      (declaration.writes.length === 0 && declaration.kind !== 'parameter');
    if (stable && declaration.initializer && declaration.path) {
      const source = unwrap(declaration.initializer);
      if (
        ts.isIdentifier(source) ||
        ts.isPropertyAccessExpression(source) ||
        source.kind === ts.SyntaxKind.ThisKeyword ||
        ts.isElementAccessExpression(source)
      ) {
        const base = of(source, depth + 1);
        if (base) return declaration.path.reduce(member, base);
      }
    }
    return make({ kind: 'declaration', declaration }, []);
  };

  const of = (expression: ts.Expression, depth = 0): Place | undefined => {
    const known = cache.get(expression);
    if (known || cache.has(expression)) return known;
    const place = compute(expression, depth);
    cache.set(expression, place);
    return place;
  };

  return {
    of: (expression) => of(expression),
    ofDeclaration: (declaration) => make({ kind: 'declaration', declaration }, []),
    ofMember: (owner, name) => make({ kind: 'owner', owner }, [name]),
    same: (a, b) => {
      const left = of(a);
      return left !== undefined && left.key === of(b)?.key;
    },
  };
}

/** Source text of a place, as the reader knows it. */
export function textOf(place: Place): string {
  switch (place.root.kind) {
    case 'owner':
    case 'unknown-this':
      return accessText('this', place.path);
    case 'declaration':
      return accessText(place.root.declaration.name, place.path);
    case 'global':
    case 'import':
      return accessText(place.root.name, place.path);
  }
}
