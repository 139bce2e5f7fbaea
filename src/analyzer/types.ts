/** Which catalogue types is a value of? Decided from names, constructors, producing calls, annotations and base classes. */

import type { Name, Origin } from './origins';
import type { FileProgram } from './program';
import type { ApiName, TypeEntry } from './resources/model';
import { ts, unwrap } from './syntax';

export interface Types {
  /** Ids of all types a value is known to be, with supertypes; empty when unknown. */
  readonly of: (expression: ts.Expression) => ReadonlySet<string>;
  /** Does a resolved name spell one of the API names? */
  readonly matches: (name: Name | undefined, apis: readonly ApiName[]) => boolean;
  readonly entry: (id: string) => TypeEntry | undefined;
}

const none: ReadonlySet<string> = new Set();

/** Builds the type recogniser of one file over the catalogue's type entries. */
export function createTypes(program: FileProgram, entries: readonly TypeEntry[]): Types {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
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

  const named = (
    name: Name | undefined,
    pick: (entry: TypeEntry) => readonly ApiName[] | undefined,
  ): readonly string[] =>
    name ? entries.filter((entry) => matchesApi(name, pick(entry) ?? [], program.path)).map((entry) => entry.id) : [];

  const ofOrigin = (origin: Origin, depth: number): readonly string[] => {
    switch (origin.kind) {
      case 'new':
        return named(origin.callee, (entry) => entry.names);
      case 'call':
        return named(origin.callee, (entry) => entry.calls);
      case 'annotated':
        return named(origin.type, (entry) => entry.names);
      case 'name': {
        const own = named(origin.name, (entry) => entry.values);
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
    of.size === 0
      ? []
      : entries
          .filter((entry) =>
            entry.members?.some((member) => member.call === call && member.name === name && of.has(member.of)),
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
      if (base) for (const id of named(program.origins.nameOf(base), (entry) => entry.names)) found.add(id);
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

/**
 * `fs.promises.open` of module `fs` is `open` of module `fs/promises`; default and namespace imports are the module itself.
 * A module that begins with `./` is a file of the workspace, whatever the importing file calls it.
 */
function matchesApi(name: Name, apis: readonly ApiName[], path: string): boolean {
  return apis.some((api) => {
    if (api.module === undefined) return name.module === undefined && sameName(name.name, api.name);
    if (name.module === undefined) return false;
    const isOwnFile = api.module.startsWith('./') && name.module.startsWith('.');
    if (name.module === api.module || (isOwnFile && moduleFile(name.module, path) === moduleFile(api.module, ''))) {
      if (sameName(name.name, api.name)) return true;
      // the module object itself; `import { EventEmitter as default }` and `default.open`
      return (api.name === 'default' && name.name === '*') || sameName(name.name.replace(/^default\./, ''), api.name);
    }
    return `${name.module}/${name.name.replaceAll('.', '/')}` === `${api.module}/${api.name.replaceAll('.', '/')}`;
  });
}

/** File that a relative specifier means, without its ending. */
function moduleFile(specifier: string, from: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  return parts
    .join('/')
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

/** API names may end in `*`: `window.onDid*`. */
export function sameName(name: string, pattern: string): boolean {
  return pattern.endsWith('*') && pattern.length > 1 ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
