/** What is measured over: a folder by path, or the packages of corpora.json; one sorted list of files for every case. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { folderIn, idOf, obtainPackage } from '../support/npmPackages.mjs';

/** Outside the repository: corpora and peers are obtained on demand. */
export const cacheFolder = process.env.SLO_LENS_BENCH_CACHE ?? join(homedir(), '.cache', 'slo-lens-bench');

/** Sources below a folder: TypeScript without declarations and dependencies, below the size that the scan reads. */
export function sourcesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.(?:[cm]?ts|tsx)$/.test(name) && !/\.d\.[cm]?ts$/.test(name) && !/(?:^|[\\/])node_modules[\\/]/.test(name),
    )
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).size < 2_000_000)
    .sort();
}

/**
 * The folder to measure over.
 * @param given a folder by path; undefined for the packages, which are downloaded once (36 MB)
 * @returns `{ name, folder }`; the folder holds sources only, so that every tool sees the same files
 */
export function obtainCorpus(given, log) {
  if (given !== undefined) return { name: given, folder: resolve(given) };
  const packages = JSON.parse(readFileSync(new URL('corpora.json', import.meta.url), 'utf8'));
  const cache = join(cacheFolder, 'packages');
  for (const one of packages) {
    if (!existsSync(folderIn(cache, one))) log(`obtaining ${idOf(one)}`);
    obtainPackage(cache, one);
  }
  return { name: `npm (${packages.map(idOf).join(', ')})`, folder: withoutOthers(cache, packages) };
}

/** A folder with the packages of the list alone: the cache may hold older versions too. */
function withoutOthers(cache, packages) {
  const folder = join(cacheFolder, 'corpus');
  const wanted = packages.map((one) => folderIn('', one));
  const isSame = existsSync(folder) && readdirSync(folder).sort().join() === [...wanted].sort().join();
  if (isSame) return folder;
  const next = `${folder}.new`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  for (const one of packages) copySources(folderIn(cache, one), join(next, folderIn('', one)));
  rmSync(folder, { recursive: true, force: true });
  renameSync(next, folder);
  return folder;
}

/** Copies the sources of a folder, with the files that say how they name each other. */
export function copySources(from, to) {
  const names = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      !/(?:^|[\\/])node_modules(?:[\\/]|$)/.test(name) &&
      ((/\.(?:[cm]?ts|tsx)$/.test(name) && !/\.d\.[cm]?ts$/.test(name)) ||
        /(?:^|[\\/])(?:package|tsconfig[\w.-]*)\.json$/.test(name)),
  );
  for (const name of names) {
    const target = join(to, name);
    mkdirSync(join(target, '..'), { recursive: true });
    copyFileSync(join(from, name), target);
  }
}
