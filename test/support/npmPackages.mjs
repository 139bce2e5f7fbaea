/** Packages of the npm registry by exact version and integrity, unpacked in a cache folder: third-party code is never committed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ readonly name: string, readonly version: string, readonly integrity: string }} NpmPackage */

/** @param {NpmPackage} one */
export const idOf = ({ name, version }) => `${name}@${version}`;

/** Where a package lies unpacked. */
export const folderIn = (cache, one) => join(cache, idOf(one).replaceAll('/', '+'));

const isWhole = (archive, integrity) => {
  if (!existsSync(archive)) return false;
  const [algorithm] = integrity.split('-', 1);
  return `${algorithm}-${createHash(algorithm).update(readFileSync(archive)).digest('base64')}` === integrity;
};

/** Runs a program; throws with its standard error when it fails. */
function run(program, args) {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** Makes sure that a package lies unpacked in the cache and is the one that was recorded; gives its folder. */
export function obtainPackage(cache, one) {
  mkdirSync(cache, { recursive: true });
  const folder = folderIn(cache, one);
  const archive = `${folder}.tgz`;
  if (isWhole(archive, one.integrity) && existsSync(folder)) return folder;
  const work = mkdtempSync(join(cache, 'new-'));
  try {
    if (!isWhole(archive, one.integrity)) {
      run('npm', ['pack', idOf(one), '--silent', '--pack-destination', work]);
      const packed = readdirSync(work).find((name) => name.endsWith('.tgz'));
      if (!packed) throw new Error(`${idOf(one)}: npm pack left no archive`);
      renameSync(join(work, packed), archive);
      if (!isWhole(archive, one.integrity)) {
        rmSync(archive);
        throw new Error(`${idOf(one)}: the archive is not the one that was recorded`);
      }
    }
    const unpacked = join(work, 'unpacked');
    mkdirSync(unpacked);
    run('tar', ['-xzf', archive, '-C', unpacked]);
    const [top] = readdirSync(unpacked);
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(unpacked, top), folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
