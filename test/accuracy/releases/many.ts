/**
 * `npm run accuracy:many -- FOLDER [--read] [--list]`: releases of real code taken out by the thousand, without labels. Each file is
 * judged alone, with one release and without it; counted is what is newly reported. About half of the deletions leak (the end of
 * an answer, the close of a dialog, a timer of a moment do not), so the share compares versions of the analyzer and is no recall.
 *
 * FOLDER holds the repositories as git directories (see `repositories.ts`). `read.json` names those whose deletions rules were
 * written by; `--read` counts these, and without it the others are counted. `--list` names each deletion and what is reported.
 * Exit: 0 measured, 2 nothing to measure.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { analyzeFile, classifyFile } from '../../../src/analyzer/analyzer';
import { fileRoleOf } from '../../../src/analyzer/files/fileRole';
import type { Finding } from '../../../src/analyzer/findings/findings';
import { type Group, type Release, releasesOf, without } from './deletion';
import { extract, gitDirectories, headOf, partOf } from './repositories';

const groups: readonly Group[] = ['listener', 'timer', 'handle', 'disposable', 'cache'];
const mostOfRepository = 5;
const mostOfFile = 2;
const longestText = 80_000;
const mostFiles = 500;
const aside =
  /(?:^|\/)(?:dist|build|vendor|bench\w*|examples?|docs?|demos?|scripts?|fixtures?|website|samples?|templates?|playground|tests?|spec)\//i;
/** The answer to a request ends by itself with the connection. */
const endsAnswer = /^(?:\w+\.)*(?:res|response|reply)\b.*\bend\(/;

interface Deletion {
  readonly path: string;
  readonly release: Release;
  readonly reported: readonly Finding[];
}

function main(): void {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { read: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } },
  });
  const read = new Set(JSON.parse(readFileSync(join(__dirname, 'read.json'), 'utf8')) as readonly string[]);
  const counts = new Map(groups.map((group) => [group, { reported: 0, of: 0 }]));
  for (const [repo, git] of gitDirectories(positionals[0] ?? '.')) {
    if (partOf(repo) !== 'development' || read.has(repo) !== options.read) continue;
    for (const { path, release, reported } of deletionsOf(repo, git)) {
      const count = counts.get(release.group);
      if (count) {
        count.of++;
        if (reported.length > 0) count.reported++;
      }
      if (options.list)
        console.log(
          `${reported.length > 0 ? 'reported' : 'silent  '} ${release.group} ${release.occasion} ${repo}/${path}:${release.line} ${release.call} ${reported.map(({ kind }) => kind).join(', ')}`,
        );
    }
  }
  for (const [group, { reported, of }] of counts) console.log(`${group.padEnd(11)} ${reported} of ${of}`);
  if ([...counts.values()].every(({ of }) => of === 0)) process.exitCode = 2;
}

function deletionsOf(repo: string, git: string): readonly Deletion[] {
  const root = mkdtempSync(join(tmpdir(), 'slo-lens-many-'));
  try {
    extract(git, headOf(git), root);
    const order = (key: string): string => createHash('sha1').update(`${repo}${key}`).digest('hex');
    const inOrder = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] =>
      [...items].sort((a, b) => (order(keyOf(a)) < order(keyOf(b)) ? -1 : 1));
    const paths = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path) && !/\.d\.[cm]?ts$/.test(path) && !aside.test(path));
    const found: Deletion[] = [];
    for (const path of inOrder(paths, (one) => one).slice(0, mostFiles)) {
      const text = readFileSync(join(root, path), 'utf8');
      if (text.length > longestText || classifyFile(path, text) || fileRoleOf(path, text) !== 'production') continue;
      const drawn = inOrder(releasesOf(path, text), ({ line }) => `${path}${line}`)
        .filter(({ call }) => !endsAnswer.test(call))
        .filter(({ group }, index, all) => {
          const before = all.slice(0, index).filter((one) => one.group === group).length;
          const known = found.filter(({ release }) => release.group === group).length;
          return before < mostOfFile && before + known < mostOfRepository;
        });
      if (drawn.length === 0) continue;
      const known = new Set(shownIn(path, text).map(({ fingerprint }) => fingerprint));
      for (const release of drawn) {
        const reported = shownIn(path, without(text, release)).filter(({ fingerprint }) => !known.has(fingerprint));
        found.push({ path, release, reported });
      }
    }
    return found;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function shownIn(path: string, text: string): readonly Finding[] {
  return analyzeFile({ path, text }, { severityOverrides: {} }, undefined, 'later').findings.findings.filter(
    ({ confidence }) => confidence !== 'low',
  );
}

main();
