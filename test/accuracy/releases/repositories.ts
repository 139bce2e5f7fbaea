/** Public repositories as git directories that the user brings: never committed, read at exact commits. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isPageOfProgram } from '../../../src/analyzer/files/pagePaths';

/** `owner/name` → its git directory, of a folder of `<owner>+<name>`, `<owner>+<name>/repo` or `<owner>+<name>.git`; a checkout is fine. */
export function gitDirectories(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    const git = ['', 'repo', '.git', 'repo/.git']
      .map((inner) => join(folder, name, inner))
      .find((path) => existsSync(join(path, 'HEAD')));
    if (git && name.includes('+')) found.set(name.replace(/\.git$/, '').replace('+', '/'), git);
  }
  return found;
}

/** The part of a repository follows from its name, so that it is settled before anybody looks: one in three is held out. */
export function partOf(repo: string): 'development' | 'held-out' {
  return (createHash('sha1').update(repo.replace('/', '+')).digest()[0] ?? 0) % 3 === 0 ? 'held-out' : 'development';
}

/** The newest commit of what was brought. */
export function headOf(git: string): string {
  return text(git, ['rev-parse', 'HEAD']).trim();
}

/**
 * Writes the scripts, pages and manifests of a commit into a folder: all that the analyzer looks at.
 * @returns how many files were written
 */
export function extract(git: string, sha: string, target: string): number {
  const wanted = text(git, ['ls-tree', '-r', '--name-only', '-z', sha])
    .split('\0')
    .filter(
      (path) =>
        /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$|(?:^|\/)(?:package|[tj]sconfig[\w.-]*)\.json$/.test(path) ||
        isPageOfProgram(path),
    );
  let written = 0;
  for (let from = 0; from < wanted.length; from += atOnce)
    written += write(git, sha, wanted.slice(from, from + atOnce), target);
  return written;
}

/** So many files are asked of git in one call: their texts are in memory together. */
const atOnce = 500;

function write(git: string, sha: string, paths: readonly string[], target: string): number {
  const input = paths.map((path) => `${sha}:${path}\n`).join('');
  const { stdout } = spawnSync('git', ['--git-dir', git, 'cat-file', '--batch'], { input, maxBuffer: 2 ** 30 });
  let at = 0;
  let written = 0;
  for (const path of paths) {
    const end = stdout.indexOf(10, at);
    const [, type, size] = stdout.subarray(at, end).toString().split(' ');
    at = end + 1;
    if (type !== 'blob' || size === undefined) continue;
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
    written++;
  }
  return written;
}

function text(git: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['--git-dir', git, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${git}: ${stderr}`);
  return stdout;
}
