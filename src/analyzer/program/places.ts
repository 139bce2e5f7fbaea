/**
 * Abstract locations: which storage does an expression denote? `timer`, `this.timer`, `self.timer` and the
 * `timer` of `const { timer } = this` are one place, whatever they are called.
 */

import { NodeTable } from '../syntax/nodeTable';
import { ts, unwrap } from '../syntax/syntax';
import { accessText, fixedKey } from './memberNames';
import type { Members, Owner } from './members';
import type { Declaration, FileScopes } from './scopes';

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
  /** Place that uses of a variable denote where it stands for something else: an import, a member; undefined where it is a place itself. */
  readonly behind: (declaration: Declaration) => Place | undefined;
  /** True when both denote the same storage. */
  readonly same: (a: ts.Expression, b: ts.Expression) => boolean;
  /** Place of a member of an owner. */
  readonly ofMember: (owner: Owner, name: string) => Place;
}

/** The global object by all its names. */
export const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);
/** Key of its place. */
export const globalObjectKey = 'g:window';
const maxDepth = 12;

/** Builds the place resolver of one file. */
export function createPlaces(scopes: FileScopes, members: Members): Places {
  /** null: denotes no place. */
  const cache = new NodeTable<Place | null>(scopes.sourceFile);
  // Each place is made once: most expressions of a file denote few places.
  const ofDeclarations = new Map<Declaration, Place>();
  const ofOwners = new Map<Owner, Place>();
  const ofGlobals = new Map<string, Place>();
  const ofImports = new Map<Declaration, Place>();
  const ofWords = new Map<string, Place>();
  const parts = new Map<Place, Map<string, Place>>();

  const rootPlace = (root: PlaceRoot, key: string): Place => ({ root, path: [], key });

  const declared = (declaration: Declaration): Place => {
    let place = ofDeclarations.get(declaration);
    if (!place) {
      place = rootPlace({ kind: 'declaration', declaration }, `d${declaration.id}`);
      ofDeclarations.set(declaration, place);
    }
    return place;
  };

  const ownerPlace = (owner: Owner): Place => {
    let place = ofOwners.get(owner);
    if (!place) {
      place = rootPlace({ kind: 'owner', owner }, `o${owner.id}`);
      ofOwners.set(owner, place);
    }
    return place;
  };

  const byWord = (root: PlaceRoot, key: string): Place => {
    let place = ofWords.get(key);
    if (!place) {
      place = rootPlace(root, key);
      ofWords.set(key, place);
    }
    return place;
  };

  const imported = (module: string, name: string): Place =>
    byWord({ kind: 'import', module, name }, `i:${module}#${name}`);

  const globalPlace = (name: string): Place => {
    let place = ofGlobals.get(name);
    if (!place) {
      place = rootPlace({ kind: 'global', name }, `g:${name}`);
      ofGlobals.set(name, place);
    }
    return place;
  };

  const partOf = (place: Place, name: string): Place => {
    let known = parts.get(place);
    if (!known) {
      known = new Map();
      parts.set(place, known);
    }
    let part = known.get(name);
    if (!part) {
      part = { root: place.root, path: [...place.path, name], key: `${place.key}.${name}` };
      known.set(name, part);
    }
    return part;
  };

  const member = (place: Place, name: string): Place => {
    // globalThis.document and window.document are the global `document`.
    if (place.root.kind === 'global' && place.path.length === 0 && globalObjects.has(place.root.name)) {
      return globalPlace(globalObjects.has(name) ? 'window' : name);
    }
    if (place.root.kind === 'import' && place.path.length === 0 && place.root.name === '*')
      return imported(place.root.module, name);
    // Class.registry is a static member of the class's owner
    if (
      place.root.kind === 'declaration' &&
      place.path.length === 0 &&
      ts.isClassDeclaration(place.root.declaration.node)
    ) {
      const owner = members.ownerOf(place.root.declaration.node);
      if (owner?.members.get(name)?.isStatic) return partOf(ownerPlace(owner), name);
    }
    // import fs from 'fs' has the same members as import * as fs
    return partOf(place, name);
  };

  const compute = (expression: ts.Expression, depth: number): Place | undefined => {
    const value = unwrap(expression);
    if (depth > maxDepth) return undefined;
    if (value.kind === ts.SyntaxKind.ThisKeyword) {
      const owner = members.ownerAt(value);
      if (owner) return ownerPlace(owner);
      let at: ts.Node = value;
      while (at.parent && !(ts.isFunctionLike(at) && !ts.isArrowFunction(at))) at = at.parent;
      return byWord({ kind: 'unknown-this', at }, `t${at.pos}`);
    }
    if (ts.isIdentifier(value)) {
      const declaration = scopes.resolve(value);
      if (!declaration)
        return value.text === 'undefined'
          ? undefined
          : globalPlace(globalObjects.has(value.text) ? 'window' : value.text);
      return throughDeclaration(declaration, depth);
    }
    if (ts.isPropertyAccessExpression(value)) {
      // Class.staticMember is a member of the owner
      const base = within(value.expression, depth + 1);
      return base && member(base, value.name.text);
    }
    if (ts.isElementAccessExpression(value)) {
      const name = fixedKey(value.argumentExpression, scopes);
      if (name === undefined) return undefined;
      const base = within(value.expression, depth + 1);
      return base ? member(base, name) : undefined;
    }
    return undefined;
  };

  /** Of what is part of an expression; that there is none may be due to the depth alone, and is not kept. */
  const within = (expression: ts.Expression, depth: number): Place | undefined => {
    if (expression.kind === ts.SyntaxKind.Identifier) return compute(expression, depth);
    const known = cache.get(expression);
    if (known) return known;
    const place = compute(expression, depth);
    if (place) cache.set(expression, place);
    return place;
  };

  const throughDeclaration = (declaration: Declaration, depth: number): Place =>
    behind(declaration, depth) ?? declared(declaration);

  const behind = (declaration: Declaration, depth: number): Place | undefined => {
    if (declaration.imported) {
      let place = ofImports.get(declaration);
      if (!place) {
        const { module, name } = declaration.imported;
        place = imported(module.replace(/^node:/, ''), name);
        ofImports.set(declaration, place);
      }
      return place;
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
    return undefined;
  };

  const of = (expression: ts.Expression, depth = 0): Place | undefined => {
    const known = cache.get(expression);
    if (known !== undefined) return known ?? undefined;
    const place = compute(expression, depth);
    cache.set(expression, place ?? null);
    return place;
  };

  return {
    of: (expression) => of(expression),
    ofDeclaration: declared,
    behind: (declaration) => behind(declaration, 0),
    ofMember: (owner, name) => partOf(ownerPlace(owner), name),
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
