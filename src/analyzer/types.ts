/** Which catalogue types is a value of? Decided from names, constructors, producing calls, annotations and base classes. */

import { type ApiIndex, indexByName, matchesApi } from './apiNames';
import type { Name, Origin } from './origins';
import type { FileProgram } from './program';
import type { ApiName, TypeEntry } from './resources/model';
import { injectors } from './resources/scopes';
import { ts, unwrap } from './syntax';

export interface Types {
  /** Ids of all types a value is known to be, with supertypes; empty when unknown. */
  readonly of: (expression: ts.Expression) => ReadonlySet<string>;
  /** Does a resolved name spell one of the API names? */
  readonly matches: (name: Name | undefined, apis: readonly ApiName[]) => boolean;
  readonly entry: (id: string) => TypeEntry | undefined;
}

const none: ReadonlySet<string> = new Set();

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

/** Builds the type recogniser of one file over the catalogue's type entries. */
export function createTypes(program: FileProgram, entries: readonly TypeEntry[]): Types {
  const { byId, indexes, members: memberEntries } = tablesOf(entries);
  const cache = new Map<ts.Expression, ReadonlySet<string>>();

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

  const named = (name: Name | undefined, by: keyof TypeTables['indexes']): readonly string[] =>
    name
      ? indexes[by]
          .candidates(name)
          .filter((entry) => matchesApi(name, entry[by] ?? [], program.path))
          .map((entry) => entry.id)
      : [];

  const ofOrigin = (origin: Origin, depth: number): readonly string[] => {
    switch (origin.kind) {
      case 'new':
        return named(origin.callee, 'names');
      case 'call': {
        // `inject(Service)` gives what its argument names.
        const wanted = matchesApi(origin.callee, injectors, program.path) ? origin.node.arguments?.[0] : undefined;
        return wanted ? named(program.origins.nameOf(wanted), 'names') : named(origin.callee, 'calls');
      }
      case 'annotated':
        return named(origin.type, 'names');
      case 'name': {
        const own = named(origin.name, 'values');
        // An export of another file of this program: decided when files are linked.
        return own.length === 0 && origin.name.module?.startsWith('.')
          ? [pendingType(origin.name.module, origin.name.name)]
          : own;
      }
      case 'method':
        return memberTypes(compute(origin.receiver, depth + 1), origin.method, true);
      default:
        return [];
    }
  };

  const memberTypes = (of: ReadonlySet<string>, name: string, call: boolean): readonly string[] =>
    (memberEntries.get(name) ?? [])
      .filter((entry) =>
        entry.members?.some(
          (member) => member.call === call && member.name === name && (member.of === '*' || of.has(member.of)),
        ),
      )
      .map((entry) => entry.id);

  const compute = (expression: ts.Expression, depth: number): ReadonlySet<string> => {
    if (depth > 6) return none;
    const value = unwrap(expression);
    const found = new Set<string>();
    for (const origin of program.origins.of(expression)) for (const id of ofOrigin(origin, depth)) found.add(id);
    if (found.size === 0 && ts.isPropertyAccessExpression(value))
      for (const id of memberTypes(compute(value.expression, depth + 1), value.name.text, false)) found.add(id);
    if (found.size === 0) {
      // an instance of a class of this file that extends a known one
      const base = program.callees.ownerOfValue(value)?.base;
      if (base) for (const id of named(program.origins.nameOf(base), 'names')) found.add(id);
    }
    return found.size === 0 ? none : withSupertypes(found);
  };

  return {
    of: (expression) => {
      const known = cache.get(expression);
      if (known) return known;
      const types = compute(expression, 0);
      cache.set(expression, types);
      return types;
    },
    matches: (name, apis) => name !== undefined && matchesApi(name, apis, program.path),
    entry: (id) => byId.get(id),
  };
}

const pendingPrefix = 'export-of:';

function pendingType(module: string, name: string): string {
  return `${pendingPrefix}${module}#${name}`;
}

/** The export that a value's type depends on, when only another file can tell. */
export function pendingExport(
  types: ReadonlySet<string>,
): { readonly module: string; readonly name: string } | undefined {
  for (const type of types) {
    if (!type.startsWith(pendingPrefix)) continue;
    const at = type.lastIndexOf('#');
    return { module: type.slice(pendingPrefix.length, at), name: type.slice(at + 1) };
  }
  return undefined;
}
