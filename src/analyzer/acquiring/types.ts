/** Which catalogue types is a value of? Decided from names, constructors, producing calls, annotations and base classes. */

import type { Imports } from '../facts/imports';
import type { Owner } from '../program/members';
import type { Name, Origin } from '../program/origins';
import type { FileProgram } from '../program/program';
import type { ApiName, TypeEntry } from '../resources/apiTypes';
import { injectors } from '../resources/scopes';
import { orderOf } from '../syntax/nodeIndex';
import { ts, unwrap } from '../syntax/syntax';
import { type ApiIndex, indexByName, matchesApi } from './apiNames';

export interface Types {
  /** Ids of all types a value is known to be, with supertypes; empty when unknown. */
  readonly of: (expression: ts.Expression) => ReadonlySet<string>;
  /** Types of the instances of a class of this file, by its bases. */
  readonly ofInstance: (owner: Owner) => ReadonlySet<string>;
  /** Does a resolved name spell one of the API names? */
  readonly matches: (name: Name | undefined, apis: readonly ApiName[]) => boolean;
  readonly entry: (id: string) => TypeEntry | undefined;
}

const none: ReadonlySet<string> = new Set();
const nothing: readonly string[] = [];

/** Through so many members a type is followed. */
const deepest = 6;

interface TypeTables {
  readonly byId: ReadonlyMap<string, TypeEntry>;
  /** Entries by the names of their members. */
  readonly members: ReadonlyMap<string, readonly TypeEntry[]>;
  readonly indexes: Readonly<Record<'names' | 'calls' | 'values', ApiIndex<TypeEntry>>>;
}

/** Tables over the entries, made once for each catalogue. */
const tables = new WeakMap<readonly TypeEntry[], TypeTables>();

function tablesOf(entries: readonly TypeEntry[]): TypeTables {
  let known = tables.get(entries);
  if (!known) {
    const index = (by: 'names' | 'calls' | 'values') => indexByName(entries, (entry) => entry[by] ?? []);
    const members = new Map<string, TypeEntry[]>();
    for (const entry of entries)
      for (const name of new Set(entry.members?.map((member) => member.name)))
        members.set(name, [...(members.get(name) ?? []), entry]);
    known = {
      members,
      byId: new Map(entries.map((entry) => [entry.id, entry])),
      indexes: { names: index('names'), calls: index('calls'), values: index('values') },
    };
    tables.set(entries, known);
  }
  return known;
}

/** Builds the type recogniser of one file over the catalogue's type entries and what other files say of their exports. */
export function createTypes(program: FileProgram, entries: readonly TypeEntry[], imports: Imports): Types {
  const { byId, indexes, members: memberEntries } = tablesOf(entries);
  // Of one expression in two hundred: a list with a place for each node would be the most that is kept of a file.
  const caches: Map<number, ReadonlySet<string>>[] = [];

  const withSupertypes = (ids: Iterable<string>): ReadonlySet<string> => {
    const all = new Set<string>();
    const add = (id: string): void => {
      if (all.has(id)) return;
      all.add(id);
      for (const up of byId.get(id)?.is ?? []) add(up);
    };
    for (const id of ids) add(id);
    return all;
  };

  const named = (name: Name | undefined, by: keyof TypeTables['indexes']): readonly string[] => {
    if (!name) return nothing;
    const candidates = indexes[by].candidates(name);
    // Of nearly all names no entry speaks.
    if (candidates.length === 0) return nothing;
    return candidates.filter((entry) => matchesApi(name, entry[by] ?? [], program.path)).map((entry) => entry.id);
  };

  /** What the catalogue says of a name; where it knows none, what the file says that exports it. */
  const orFact = (
    known: readonly string[],
    name: Name | undefined,
    part: 'value' | 'instance' | 'result',
  ): readonly string[] => (known.length > 0 ? known : (imports.factOf(name)?.[part] ?? nothing));

  const ofClass = (name: Name | undefined): readonly string[] => orFact(named(name, 'names'), name, 'instance');

  const ofOrigin = (origin: Origin, depth: number): readonly string[] => {
    switch (origin.kind) {
      case 'new':
        return ofClass(origin.callee);
      case 'call': {
        // `inject(Service)` gives what its argument names.
        const given = origin.node.arguments?.[0];
        if (given && matchesApi(origin.callee, injectors, program.path)) return ofClass(program.origins.nameOf(given));
        const called = named(origin.callee, 'calls').filter((id) => isAround(byId.get(id)?.around, given, depth));
        return orFact(called, origin.callee, 'result');
      }
      case 'annotated':
        return ofClass(origin.type);
      case 'name':
        return orFact(named(origin.name, 'values'), origin.name, 'value');
      case 'method':
        return memberTypes(origin.receiver, depth, origin.method, true);
      default:
        return nothing;
    }
  };

  const isAround = (type: string | undefined, given: ts.Expression | undefined, depth: number): boolean =>
    type === undefined || (given !== undefined && typesAt(given, depth + 1).has(type));

  const memberTypes = (object: ts.Expression, depth: number, name: string, call: boolean): readonly string[] => {
    const entries = memberEntries.get(name);
    // Of most members no entry speaks: then the type of the object does not matter.
    if (!entries) return nothing;
    const of = typesAt(object, depth + 1);
    return entries
      .filter((entry) =>
        entry.members?.some(
          (member) => member.call === call && member.name === name && (member.of === '*' || of.has(member.of)),
        ),
      )
      .map((entry) => entry.id);
  };

  /** Each expression once at each depth: a variable that is given what its own methods give leads back to itself many times. */
  const typesAt = (expression: ts.Expression, depth: number): ReadonlySet<string> => {
    if (depth > deepest) return none;
    caches[depth] ??= new Map();
    const place = orderOf(expression);
    const known = caches[depth]?.get(place);
    if (known) return known;
    const found = compute(expression, depth);
    caches[depth]?.set(place, found);
    return found;
  };

  const compute = (expression: ts.Expression, depth: number): ReadonlySet<string> => {
    const value = unwrap(expression);
    let found = nothing;
    for (const origin of program.origins.of(expression)) {
      const ids = ofOrigin(origin, depth);
      if (ids.length > 0) found = found.length === 0 ? ids : [...found, ...ids];
    }
    if (found.length === 0 && ts.isPropertyAccessExpression(value))
      found = memberTypes(value.expression, depth, value.name.text, false);
    if (found.length === 0) {
      // an instance of a class of this file that extends a known one
      const owner = program.callees.ownerOfValue(value);
      if (owner) found = ofBases(owner);
    }
    return found.length === 0 ? none : withSupertypes(found);
  };

  const ofBases = (owner: Owner): readonly string[] => {
    const seen = new Set<Owner>();
    for (let at: Owner | undefined = owner; at?.base && !seen.has(at); ) {
      seen.add(at);
      const base: ts.Expression = unwrap(at.base);
      const found = ofClass(program.origins.nameOf(base));
      if (found.length > 0) return found;
      const declaration = ts.isIdentifier(base) ? program.scopes.resolve(base) : undefined;
      at = declaration && program.members.ownerOf(declaration.node);
    }
    return [];
  };

  return {
    of: (expression) => typesAt(expression, 0),
    ofInstance: (owner) => withSupertypes(ofBases(owner)),
    matches: (name, apis) => name !== undefined && matchesApi(name, apis, program.path),
    entry: (id) => byId.get(id),
  };
}
