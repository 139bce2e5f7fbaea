/** Does a resolved name spell an API of the catalogue? By comparison, and by an index over many entries. */
import type { Name } from '../program/origins';
import type { ApiName } from '../resources/apiTypes';

/**
 * `fs.promises.open` of module `fs` is `open` of module `fs/promises`; default and namespace imports are the module itself.
 * Module `*` is any: a name that is distinctive wherever it comes from; `~/fs` a file of the workspace that is named so, which wraps or chooses it. One that begins with `./` is a file of the workspace, whatever the importing file calls it.
 * @param path of the file in which the name stands
 */
export function matchesApi(name: Name, apis: readonly ApiName[], path: string): boolean {
  return apis.some((api) => {
    if (api.module === undefined) return name.module === undefined && sameName(name.name, api.name);
    if (name.module === undefined) return false;
    if (api.module === '*') return sameName(name.name, api.name);
    if (api.module.startsWith('~/'))
      return (
        name.module.startsWith('.') && fileName(name.module) === api.module.slice(2) && sameName(name.name, api.name)
      );
    const isOwnFile = api.module.startsWith('./') && name.module.startsWith('.');
    if (name.module === api.module || (isOwnFile && moduleFile(name.module, path) === moduleFile(api.module, ''))) {
      if (sameName(name.name, api.name)) return true;
      // the module object itself; `import { EventEmitter as default }` and `default.open`
      return (api.name === 'default' && name.name === '*') || sameName(name.name.replace(/^default\./, ''), api.name);
    }
    return `${name.module}/${name.name.replaceAll('.', '/')}` === `${api.module}/${api.name.replaceAll('.', '/')}`;
  });
}

/** API names may end in `*`: `window.onDid*`. */
export function sameName(name: string, pattern: string): boolean {
  if (!isPattern(pattern)) return name === pattern;
  const start = pattern.slice(0, -1);
  // `onDid*` is a name and not its members: `onDidSave.fire` is something else. `console.*` is all below.
  return name.startsWith(start) && (start.endsWith('.') || start === '' || !name.includes('.', start.length));
}

/** Entries by the last part of their API names, so that a name is compared with few of them. */
export interface ApiIndex<T> {
  /** Entries that may match, in the order given; each is still to be compared. */
  readonly candidates: (name: Name) => readonly T[];
}

/** Builds the index. An entry is listed once for each of its names. */
export function indexByName<T>(entries: readonly T[], namesOf: (entry: T) => readonly ApiName[]): ApiIndex<T> {
  const byLast = new Map<string, T[]>();
  const always: T[] = [];
  for (const entry of entries) {
    const names = namesOf(entry).map(({ name }) => name);
    if (names.some((name) => isPattern(name))) always.push(entry);
    else for (const key of new Set(names.flatMap(keysOf))) byLast.set(key, [...(byLast.get(key) ?? []), entry]);
  }
  // Nearly no name passes it: then those of a pattern need not be compared.
  const mayBeAlways = nameTest(always.flatMap(namesOf));
  const order = new Map(entries.map((entry, position) => [entry, position]));
  const merged = new Map<string, readonly T[]>();
  const nothing: readonly T[] = [];
  return {
    candidates: ({ name }): readonly T[] => {
      const last = lastPart(name);
      const exact = byLast.get(last);
      const mayMatch = mayBeAlways(name, last);
      if (!exact) return mayMatch ? always : nothing;
      if (!mayMatch) return exact;
      let both = merged.get(last);
      if (!both) {
        both = [...exact, ...always].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
        merged.set(last, both);
      }
      return both;
    },
  };
}

/** `open` of `promises.open` */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** May a name be one of several API names, some of them patterns? */
function nameTest(apis: readonly ApiName[]): (name: string, last: string) => boolean {
  const exact = new Set<string>();
  const beginnings = new Set<string>();
  for (const { name } of apis)
    if (isPattern(name)) beginnings.add(name.slice(0, -1));
    else for (const key of keysOf(name)) exact.add(key);
  const parts = [...beginnings].map((one) => one.replace(/[$.]/g, '\\$&'));
  const begins = new RegExp(parts.length > 0 ? `^(?:default\\.)?(?:${parts.join('|')})` : '^(?!)');
  return (name, last) => exact.has(last) || begins.test(name);
}

/** The last parts that a name may have to be this one; undefined where any may do. */
export function lastPartsOf({ name }: ApiName): readonly string[] | undefined {
  return isPattern(name) ? undefined : keysOf(name);
}

/** Last part of an API name. A default export is also the module itself (`*`). */
function keysOf(name: string): readonly string[] {
  const last = lastPart(name);
  return name === 'default' ? [last, '*'] : [last];
}

function isPattern(name: string): boolean {
  return name.endsWith('*') && name.length > 1;
}

/** `fs` of `../lib/fs.js` */
function fileName(specifier: string): string {
  return specifier.slice(specifier.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, '');
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

/** Does a dotted name match one of the patterns? */
export function isNamedIn(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => sameName(name, pattern));
}
