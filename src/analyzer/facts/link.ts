/** Links between files: what an export is, followed from the importing file through re-exports to the file that declares it. */

import type { Census } from '../census/census';
import { answerOf } from './askedFact';
import type { ExportFact, FileSummary } from './exportFacts';
import { type Lookup, ownModule, questionNamed } from './imports';

export interface Links {
  /** The file that a module specifier means there; undefined for libraries. */
  readonly resolve: (from: string, specifier: string) => string | undefined;
  readonly summaryOf: (path: string) => FileSummary | undefined;
  /** Of all files; undefined while not all are known. */
  readonly census: () => Census | undefined;
}

/** The export of a module as a file sees it: empty when its file says nothing of it, undefined when it is of no file of the program. */
export function exportOf(links: Links, from: string, module: string, name: string): ExportFact | undefined {
  if (module === ownModule) return links.census()?.isOnce(from, questionNamed(name)) ? usedOnce : undefined;
  const path = links.resolve(from, module);
  return path === undefined ? undefined : (find(links, path, name, undefined) ?? nothing);
}

const nothing: ExportFact = {};
const usedOnce: ExportFact = { once: true };

/** Would any question of the file be answered otherwise now? */
export function isStale(links: Links, path: string, lookups: readonly Lookup[]): boolean {
  return lookups.some(
    ({ module, name, read = 0, answer }) => answerOf(exportOf(links, path, module, name), read) !== answer,
  );
}

/** Does a module give its importer something open by one of the names, or by any? */
export function handsOut(links: Links, from: string, module: string, names: readonly string[] | undefined): boolean {
  const path = links.resolve(from, module);
  const summary = path === undefined ? undefined : links.summaryOf(path);
  if (!summary) return false;
  const wanted = names ?? Object.keys(summary.exports);
  return wanted.some((name) => {
    const fact = exportOf(links, from, module, name);
    return (
      (fact?.gives ?? fact?.holds ?? fact?.makes ?? fact?.methods) !== undefined ||
      // `[Symbol.dispose]`: an instance is a resource.
      fact?.teardowns?.some((name) => name.startsWith('[')) === true
    );
  });
}

/**
 * The export of the file at `path`.
 * @param seen exports on the way here; most are found at once and need no list
 */
function find(links: Links, path: string, name: string, seen: Set<string> | undefined): ExportFact | undefined {
  const summary = links.summaryOf(path);
  if (!summary) return undefined;
  // `require('./bus')` is what `module.exports` was given.
  const wanted = name === '*' ? 'default' : name;
  const own = Object.hasOwn(summary.exports, wanted) ? summary.exports[wanted] : undefined;
  if (own || summary.reexports.length === 0) return own;
  const step = `${path}#${name}`;
  if (seen?.has(step)) return undefined;
  const on = seen ?? new Set<string>();
  on.add(step);
  for (const reexport of summary.reexports) {
    if (reexport.name !== '*' && reexport.name !== wanted) continue;
    // `export *` leaves the default out.
    if (reexport.name === '*' && wanted === 'default') continue;
    const target = links.resolve(path, reexport.module);
    const found = target && find(links, target, reexport.name === '*' ? wanted : reexport.from, on);
    if (found) return found;
  }
  return undefined;
}
