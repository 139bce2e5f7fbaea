/**
 * `node test/accuracy/obtain.mjs`: brings the labelled projects into the cache folder (SLO_LENS_ACCURACY_CACHE, else
 * ~/.cache/slo-lens-accuracy), each by its exact version from the npm registry, and checks it against its recorded integrity.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { archiveOf, cache, folderOf, idOf, readProjects } from './projects.mjs';

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

/** Makes sure that a project lies unpacked in the cache and is the one that was labelled. */
export function obtain(project) {
  mkdirSync(cache, { recursive: true });
  const archive = archiveOf(project);
  const folder = folderOf(project);
  if (isWhole(archive, project.integrity) && existsSync(folder)) return;
  const work = mkdtempSync(join(cache, 'new-'));
  try {
    if (!isWhole(archive, project.integrity)) {
      run('npm', ['pack', idOf(project), '--silent', '--pack-destination', work]);
      const packed = readdirSync(work).find((name) => name.endsWith('.tgz'));
      if (!packed) throw new Error(`${idOf(project)}: npm pack left no archive`);
      renameSync(join(work, packed), archive);
      if (!isWhole(archive, project.integrity)) {
        rmSync(archive);
        throw new Error(`${idOf(project)}: the archive is not the one that was labelled`);
      }
    }
    const unpacked = join(work, 'unpacked');
    mkdirSync(unpacked);
    run('tar', ['-xzf', archive, '-C', unpacked]);
    const [top] = readdirSync(unpacked);
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(unpacked, top), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const project of readProjects()) {
    obtain(project);
    console.log(idOf(project));
  }
}
