/** Aliases of tsconfig files and packages of the workspace, read from the files of a walk. What cannot be read is left out. */
import { parse } from 'jsonc-parser';
import type { AliasConfig, ModuleMap, WorkspacePackage } from '../analyzer/facts/modules';
import type { FileSystem } from './ports';
import { isProblem, readText } from './rootFiles';
import type { WalkedFile } from './walk';

const configName = /(?:^|\/)[tj]sconfig(?:\.[\w-]+)*\.json$/;
const manifestName = /(?:^|\/)package\.json$/;
/** Folders of what a build writes; the source lies beside them. */
const built = /^(?:(?:dist|lib|build|out|es|esm|cjs)\/)+/;

/** Reads the map of one root. */
export async function readModuleMap(fs: FileSystem, files: readonly WalkedFile[]): Promise<ModuleMap> {
  const configs = new Map<string, Tree>();
  const packages: WorkspacePackage[] = [];
  for (const file of files) {
    const isConfig = configName.test(file.path);
    if (!isConfig && !manifestName.test(file.path)) continue;
    const read = await readText(fs, file);
    const value = isProblem(read) ? undefined : parsed(read.text);
    if (!isTree(value)) continue;
    if (isConfig) configs.set(file.path, value);
    else {
      const found = packageOf(folderOf(file.path), value);
      if (found) packages.push(found);
    }
  }
  const aliases = [...configs.keys()]
    .filter((path) => /(?:^|\/)[tj]sconfig\.json$/.test(path))
    .flatMap((path): readonly AliasConfig[] => {
      const own = aliasesOf(path, configs, new Set());
      return own.base === undefined && Object.keys(own.paths).length === 0 ? [] : [{ folder: folderOf(path), ...own }];
    });
  return { aliases, packages };
}

/** Most are plain JSON, which the engine reads ten times as fast; comments and what else is allowed there are for the parser. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return parse(text, [], { allowTrailingComma: true });
  }
}

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a configuration says, after what those say that it extends. */
function aliasesOf(path: string, configs: ReadonlyMap<string, Tree>, seen: Set<string>): Omit<AliasConfig, 'folder'> {
  const config = configs.get(path);
  if (!config || seen.has(path)) return { base: undefined, paths: {} };
  seen.add(path);
  const folder = folderOf(path);
  const extended = [config.extends].flat().filter((one) => typeof one === 'string' && one.startsWith('.'));
  let result: Omit<AliasConfig, 'folder'> = { base: undefined, paths: {} };
  for (const name of extended) {
    const target = from(folder, String(name));
    const found = [target, `${target}.json`, `${target}/tsconfig.json`].find((one) => configs.has(one));
    if (!found) continue;
    const { base, paths } = aliasesOf(found, configs, seen);
    result = { base: base ?? result.base, paths: Object.keys(paths).length > 0 ? paths : result.paths };
  }
  // A configuration that only names others: they hold for the files below its folder.
  for (const reference of Array.isArray(config.references) ? config.references : []) {
    if (result.base !== undefined || Object.keys(result.paths).length > 0) break;
    const target = isTree(reference) && typeof reference.path === 'string' ? from(folder, reference.path) : '';
    if (folderOf(target) === folder && target.endsWith('.json')) result = aliasesOf(target, configs, seen);
  }
  const options = isTree(config.compilerOptions) ? config.compilerOptions : {};
  const base = typeof options.baseUrl === 'string' ? from(folder, options.baseUrl) : result.base;
  if (!isTree(options.paths)) return { base, paths: result.paths };
  const targetsFrom = base ?? folder;
  const paths: Record<string, readonly string[]> = Object.create(null);
  for (const [pattern, targets] of Object.entries(options.paths))
    if (Array.isArray(targets))
      paths[pattern] = targets.filter((one) => typeof one === 'string').map((one) => from(targetsFrom, one));
  return { base, paths };
}

function packageOf(folder: string, manifest: Tree): WorkspacePackage | undefined {
  if (typeof manifest.name !== 'string') return undefined;
  const named = [manifest.source, manifest.types, manifest.typings, manifest.module, manifest.main];
  const entries = [...sourcesOf([...named, ...entriesOf(manifest.exports)]), 'src/index', 'index', 'lib/index'];
  const offered =
    manifest.private === true
      ? []
      : [...entries, ...sourcesOf([...named, ...allOf(manifest.exports), ...allOf(manifest.browser)])];
  const subpaths = subpathsOf(manifest.exports);
  return {
    name: manifest.name,
    folder,
    entries: [...new Set(entries)],
    offered: [...new Set(offered)],
    ...(Object.keys(subpaths).length > 0 ? { subpaths } : {}),
  };
}

/** What `exports` says of names below the package's own, whatever the condition: `./decorators` lies in `lib/decorators/index`. */
function subpathsOf(exports: unknown): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = Object.create(null);
  if (!isTree(exports)) return found;
  for (const [key, value] of Object.entries(exports))
    if (/^\.\/\w/.test(key)) {
      const paths = [...new Set(sourcesOf(allOf(value)))];
      if (paths.length > 0) found[key.slice(2)] = paths;
    }
  return found;
}

/** Where the source of what a manifest names may lie, without its ending. */
function sourcesOf(written: readonly unknown[]): readonly string[] {
  return written
    .filter((one) => typeof one === 'string')
    .map((one) => one.replace(/^\.\//, '').replace(/(?:\.d)?\.[cm]?[jt]sx?$/, ''))
    .flatMap((path) => [path.replace(built, 'src/'), path]);
}

/** Every path below a part of a manifest, and the names that they are offered by: the source may lie there as well. */
function allOf(exports: unknown, depth = 0): readonly unknown[] {
  if (!isTree(exports)) return [exports];
  if (depth > 4) return [];
  return Object.entries(exports).flatMap(([key, one]) => [
    ...(/^\.\/\w/.test(key) ? [key, `src${key.slice(1)}`] : []),
    ...allOf(one, depth + 1),
  ]);
}

/** The files that `exports` names for the package itself, whatever the condition. */
function entriesOf(exports: unknown, depth = 0): readonly unknown[] {
  if (typeof exports === 'string') return [exports];
  if (!isTree(exports) || depth > 4) return [];
  const own = Object.hasOwn(exports, '.') ? exports['.'] : undefined;
  if (own !== undefined) return entriesOf(own, depth + 1);
  return Object.entries(exports).flatMap(([key, value]) => (key.startsWith('.') ? [] : entriesOf(value, depth + 1)));
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** A path relative to the root, from a folder of it; `..` beyond the root stays, and names nothing. */
function from(folder: string, path: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
