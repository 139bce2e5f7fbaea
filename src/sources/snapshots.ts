/** Are the snapshots of a project current? By content hash of each source file. Rules: swarm reference, section 8. */
import { createHash } from 'node:crypto';
import { isObject, type JsonValue } from './jsonScan';

/** Source files that a snapshot should cover, by ending. */
export const sourceExtensions: readonly string[] = ['.py', '.js', '.ts', '.rs'];

/** A path with one of these parts is no source of the project. */
export const excludedParts: ReadonlySet<string> = new Set([
  '__pycache__',
  'node_modules',
  'migrations',
  'build',
  'target',
  '.git',
  'coverage',
  'chrome_profile',
  'framework_disabled',
  'venv',
  'env',
  '.venv',
  '.env',
  'virtualenv',
  'envs',
  'venvs',
  '.virtualenv',
]);

/** Files whose presence marks their folder as a virtual environment. */
export const environmentMarks: ReadonlySet<string> = new Set(['pyvenv.cfg', 'activate']);

/** MD5 of a file with LF and with CRLF line ends; equal when it has none. */
export interface LineEndHashes {
  readonly lf: string;
  readonly crlf: string;
}

export interface Currency {
  readonly sources: number;
  readonly current: number;
  readonly changed: number;
  readonly unscanned: number;
  /** Cached but absent from the whole tree; not part of the ratio. */
  readonly gone: number;
  /** 0–1; null without sources. */
  readonly share: number | null;
  readonly byExtension: readonly { readonly extension: string; readonly current: number; readonly sources: number }[];
  readonly changedPaths: readonly string[];
  readonly unscannedPaths: readonly string[];
}

/** Is the path (forward slashes) a source file by its name and folders? Environments are left out by the walk. */
export function isSourcePath(path: string): boolean {
  if (!sourceExtensions.some((extension) => path.endsWith(extension))) return false;
  return !path.split('/').some((part) => excludedParts.has(part));
}

/** Hashes of both line-end forms. */
export function lineEndHashes(bytes: Uint8Array): LineEndHashes {
  const md5 = (data: Uint8Array): string => createHash('md5').update(data).digest('hex');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes(10) && !text.includes(13)) {
    const only = md5(text);
    return { lf: only, crlf: only };
  }
  // latin1 keeps every byte as it is
  const lf = text.toString('latin1').replaceAll('\r\n', '\n');
  return { lf: md5(Buffer.from(lf, 'latin1')), crlf: md5(Buffer.from(lf.replaceAll('\n', '\r\n'), 'latin1')) };
}

/** Path → hash of a dependency cache: backslashes become slashes, leading `./` goes. Null when it is no such cache. */
export function readHashCache(value: JsonValue): ReadonlyMap<string, string> | null {
  if (!isObject(value)) return null;
  const cache = new Map<string, string>();
  for (const [path, entry] of Object.entries(value)) {
    const hash = typeof entry === 'string' ? entry : isObject(entry) ? entry.hash : undefined;
    if (typeof hash === 'string' && /^[0-9a-f]{32}$/i.test(hash))
      cache.set(path.replaceAll('\\', '/').replace(/^\.\//, ''), hash.toLowerCase());
  }
  return cache.size > 0 || Object.keys(value).length === 0 ? cache : null;
}

/**
 * Compares the sources of a tree with a cache.
 * @param exists whether a path is anywhere in the tree, scanned or not
 */
export function currencyOf(
  sources: ReadonlyMap<string, LineEndHashes>,
  cache: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): Currency {
  const changedPaths: string[] = [];
  const unscannedPaths: string[] = [];
  const byExtension = new Map(sourceExtensions.map((extension) => [extension, { extension, current: 0, sources: 0 }]));
  let current = 0;
  for (const [path, hashes] of sources) {
    const tally = byExtension.get(path.slice(path.lastIndexOf('.')));
    if (tally) tally.sources++;
    const cached = cache.get(path);
    if (cached === undefined) unscannedPaths.push(path);
    else if (cached === hashes.lf || cached === hashes.crlf) {
      current++;
      if (tally) tally.current++;
    } else changedPaths.push(path);
  }
  return {
    sources: sources.size,
    current,
    changed: changedPaths.length,
    unscanned: unscannedPaths.length,
    gone: [...cache.keys()].filter((path) => !sources.has(path) && !exists(path)).length,
    share: sources.size === 0 ? null : current / sources.size,
    byExtension: [...byExtension.values()].filter((tally) => tally.sources > 0),
    changedPaths,
    unscannedPaths,
  };
}
