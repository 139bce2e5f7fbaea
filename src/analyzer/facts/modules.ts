/** From a module specifier to the analysed file it means: by relative path, by an alias of a tsconfig, by the name of a package of the workspace. */
import { detached } from '../detached';

/** `paths` and `baseUrl` of one tsconfig, for the files below its folder. Paths are relative to the root, forward slashes. */
export interface AliasConfig {
  /** Folder whose files it holds for; empty for the root. */
  readonly folder: string;
  /** Folder that bare specifiers are looked for in; undefined without `baseUrl`. */
  readonly base: string | undefined;
  /** Pattern with at most one `*` → targets, relative to the root. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

/** A package of the workspace: imported by name, it is a folder of the same repository. */
export interface WorkspacePackage {
  readonly name: string;
  readonly folder: string;
  /** Where its entry may be, relative to its folder, the likeliest first. */
  readonly entries: readonly string[];
  /** Names below its own, with at most one `*` → where their files may be, relative to its folder. */
  readonly subpaths?: Readonly<Record<string, readonly string[]>>;
  /** Paths that others than the workspace may import, relative to its folder, the rest of them open after `*`; none: nobody. */
  readonly offered?: readonly string[];
}

export interface ModuleMap {
  readonly aliases: readonly AliasConfig[];
  readonly packages: readonly WorkspacePackage[];
}

/**
 * Beginnings that no package has in its name, and that bundlers and frameworks read as folders of the importing package, by
 * configurations that are programs, or made by a build: where such a file lies is the answer.
 */
const ownFolders: readonly (readonly [sign: string, folders: readonly string[]])[] = [
  ['@/', ['src/', 'app/', '']],
  ['~/', ['src/', 'app/', '']],
  ['@@/', ['']],
  ['~~/', ['']],
  ['$lib/', ['src/lib/']],
];

export const noModules: ModuleMap = { aliases: [], packages: [] };

const endings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mts',
  '.cts',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
];

export interface Resolver {
  /** The file that a specifier means in the file at `from`; undefined for libraries and unknown files. */
  readonly resolve: (from: string, specifier: string) => string | undefined;
  /** The folder of the package that the file belongs to. */
  readonly packageOf: (path: string) => string;
  /** May others than the files of the workspace import the file? */
  readonly isPublic: (path: string) => boolean;
  /** To be told of new files: what meant none may mean one of them. */
  readonly filesCame: () => void;
}

/**
 * Builds the resolver of one root.
 * @param has whether a path, relative to the root, is an analysed file
 */
export function createResolver({ aliases, packages }: ModuleMap, has: (path: string) => boolean): Resolver {
  // Of several in one folder the first counts.
  const configs = new Map(
    [...aliases].reverse().map(({ folder, base, paths }) => {
      const patterns = Object.entries(paths).sort(([a], [b]) => prefixOf(b).length - prefixOf(a).length);
      return [folder, { base, patterns }] as const;
    }),
  );
  const byName = new Map(packages.map((one) => [one.name, one]));
  const byFolder = new Map(packages.map((one) => [one.folder, one]));

  const fileAt = (base: string): string | undefined => {
    const found = endings.find((ending) => has(base + ending));
    if (found !== undefined) return base + found;
    const source = sourceOf(base);
    const other = source === base ? undefined : endings.find((ending) => has(source + ending));
    return other === undefined ? undefined : source + other;
  };

  const byAlias = (folder: string, specifier: string): string | undefined => {
    // The nearest configuration of a file counts.
    let nearest = folder;
    while (nearest !== '' && !configs.has(nearest)) nearest = folderOf(nearest);
    const config = configs.get(nearest);
    if (!config) return undefined;
    for (const [pattern, targets] of config.patterns) {
      const rest = restOf(specifier, pattern);
      if (rest === undefined) continue;
      for (const target of targets) {
        const found = fileAt(
          joined(
            '',
            target.replace('*', () => rest),
          ),
        );
        if (found) return found;
      }
    }
    return config.base === undefined ? undefined : fileAt(joined(config.base, specifier));
  };

  const byPackage = (specifier: string): string | undefined => {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
    const known = byName.get(name);
    if (!known) return undefined;
    const below = specifier.slice(name.length + 1);
    return below === ''
      ? entryOf(known)
      : firstIn(known.folder, [
          ...subpathsOf(known, below),
          below,
          `src/${below}`,
          below.replace(/^(?:lib|dist|build|out)\//, 'src/'),
        ]);
  };

  const firstIn = (folder: string, paths: readonly string[]): string | undefined => {
    for (const path of paths) {
      const found = fileAt(joined(folder, path));
      if (found) return found;
    }
    return undefined;
  };
  const entryOf = ({ folder, entries }: WorkspacePackage): string | undefined => firstIn(folder, entries);

  /** `@/store` in a package that nothing else explains. */
  const byConvention = (from: string, specifier: string): string | undefined => {
    const [sign, folders] = ownFolders.find(([start]) => specifier.startsWith(start)) ?? [];
    if (sign === undefined || !folders) return undefined;
    const rest = specifier.slice(sign.length);
    // The nearest package counts; where it has no such file, one around it.
    for (let at = from; ; at = folderOf(at)) {
      if (at === '' || byFolder.has(at)) {
        const found = firstIn(
          at,
          folders.map((folder) => folder + rest),
        );
        if (found || at === '') return found;
      }
    }
  };

  const resolve = (folder: string, specifier: string): string | undefined => {
    if (!specifier.startsWith('.'))
      return byAlias(folder, specifier) ?? byPackage(specifier) ?? byConvention(folder, specifier);
    const path = joined(folder, specifier);
    const known = byFolder.get(path);
    // `require('..')` is what the manifest there names.
    return fileAt(path) ?? (known && entryOf(known));
  };

  const offers = packages.map(({ folder, entries, offered = entries }) => ({
    within: folder === '' ? '' : `${folder}/`,
    paths: offered.map((one) => {
      const [before = '', open] = joined(folder, one).split('*');
      return { before, start: open === undefined ? sourceOf(before) : before, isOpen: open !== undefined };
    }),
  }));
  const isOffered = (path: string): boolean =>
    offers.some(
      ({ within, paths }) =>
        path.startsWith(within) &&
        paths.some(({ before, start, isOpen }) => path.startsWith(start) && (isOpen || fileAt(before) === path)),
    ) ||
    // Without a manifest that says so, an index at the root is what a library offers.
    (!byFolder.has('') && /^(?:(?:src|lib)\/)?index\.[cm]?[jt]sx?$/.test(path));

  // The same few modules are asked for again and again, most of them libraries. By folder: what a specifier means in one file
  // it means in its neighbours.
  const known = new Map<string, Map<string, string | null>>();
  // Whose neighbours a file are is asked with each of its questions.
  const nearFile = new Map<string, Map<string, string | null>>();
  const nearOf = (from: string): Map<string, string | null> => {
    const folder = folderOf(from);
    let near = known.get(folder);
    if (!near) {
      near = new Map();
      known.set(folder, near);
    }
    nearFile.set(from, near);
    return near;
  };
  return {
    resolve: (from, specifier) => {
      const near = nearFile.get(from) ?? nearOf(from);
      const before = near.get(specifier);
      if (before === null) return undefined;
      if (before !== undefined && has(before)) return before;
      const found = resolve(folderOf(from), specifier);
      near.set(detached(specifier), found ?? null);
      return found;
    },
    isPublic: isOffered,
    packageOf: (path) => {
      let at = folderOf(path);
      while (at !== '' && !byFolder.has(at)) at = folderOf(at);
      return at;
    },
    filesCame: () => {
      known.clear();
      nearFile.clear();
    },
  };
}

/** TypeScript imports `./x.js` of a file `x.ts`. */
function sourceOf(path: string): string {
  return path.replace(/\.(?:js|jsx|mjs|cjs)$/, '');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function prefixOf(pattern: string): string {
  return pattern.split('*', 1)[0] ?? '';
}

/** What the `*` of a pattern stands for; undefined when the pattern does not fit. */
function restOf(specifier: string, pattern: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1) return specifier === pattern ? '' : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after)
    ? specifier.slice(before.length, specifier.length - after.length)
    : undefined;
}

/** Where a package says that what it offers under a name below its own lies. */
function subpathsOf({ subpaths = {} }: WorkspacePackage, below: string): readonly string[] {
  return Object.entries(subpaths).flatMap(([pattern, targets]) => {
    const rest = restOf(below, pattern);
    return rest === undefined ? [] : targets.map((target) => target.replace('*', () => rest));
  });
}

/** A path from a folder on; one that leaves the root is no path of it. */
function joined(folder: string, path: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length === 0) return '..';
    else parts.pop();
  }
  return parts.join('/');
}
