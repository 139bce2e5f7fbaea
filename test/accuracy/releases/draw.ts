/**
 * `tsx test/accuracy/releases/draw.ts FOLDER PART [N]`: draws N releases of each group at random (fixed seed, at most two of a
 * group from one repository) for readers to label. Nothing here knows what the analyzer reports.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { classifyFile } from '../../../src/analyzer/analyzer';
import { fileRoleOf } from '../../../src/analyzer/files/fileRole';
import { type Group, type Release, releasesOf } from './deletion';
import { extract, gitDirectories, headOf, partOf } from './repositories';

const seed = 'slo-lens releases 1';
const mostOfRepository = 2;
const longestFile = 2000;
const aside =
  /(?:^|\/)(?:dist|build|vendor|bench\w*|examples?|docs?|demos?|scripts?|fixtures?|website|samples?|templates?|playground)\//i;

interface Site extends Release {
  readonly repo: string;
  readonly sha: string;
  readonly path: string;
}

const [folder = '.', part = 'development', count = '30'] = process.argv.slice(2);
const groups: readonly Group[] = ['listener', 'timer', 'handle', 'disposable', 'cache'];
const sites = new Map<Group, Site[]>(groups.map((group) => [group, []]));
for (const [repo, git] of gitDirectories(folder)) {
  if (partOf(repo) !== part) continue;
  const sha = headOf(git);
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-draw-'));
  try {
    extract(git, sha, work);
    const own: Site[] = [];
    for (const entry of readdirSync(work, { recursive: true, withFileTypes: true })) {
      const absolute = join(entry.parentPath, entry.name);
      const path = relative(work, absolute).split(sep).join('/');
      if (!entry.isFile()) continue;
      if (!/\.(?:[cm]?[jt]s|[jt]sx)$/.test(path) || /\.d\.[cm]?ts$/.test(path) || aside.test(path)) continue;
      const text = readFileSync(absolute, 'utf8');
      if (text.split('\n').length > longestFile || classifyFile(path, text) || fileRoleOf(path, text) !== 'production')
        continue;
      own.push(...releasesOf(path, text).map((release) => ({ ...release, repo, sha, path })));
    }
    for (const group of groups)
      sites.get(group)?.push(...inOrder(own.filter((site) => site.group === group)).slice(0, mostOfRepository));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
const drawn = groups.flatMap((group) => inOrder(sites.get(group) ?? []).slice(0, Number(count)));
console.log(
  JSON.stringify(
    drawn.map(({ spans: _, ...site }) => site),
    null,
    1,
  ),
);

function inOrder(list: readonly Site[]): readonly Site[] {
  const key = ({ repo, path, line }: Site): string =>
    createHash('sha1').update(`${seed}|${repo}|${path}|${line}`).digest('hex');
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
