/**
 * `npm run accuracy:releases -- FOLDER [--held-out] [--write]`: real code with one release taken out. Each labelled deletion of
 * `releases.json` is made and the repository judged again; a new shown finding, in this file or in another, reports it. Of those
 * that leak the share reported is the recall; of those that do not, each report is a false alarm.
 *
 * FOLDER holds the repositories as git directories (see `repositories.ts`); what is not there is left out and counted.
 * --held-out also lists the held-out part (then it is held out no longer), --write puts the table into README.md.
 * Exit: 0 measured, 2 nothing to measure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { readModuleMap } from '../../../src/monitor/moduleMap';
import { nodeClock, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import { walkRoot } from '../../../src/monitor/walk';
import { type Group, releasesOf, without } from './deletion';
import { extract, gitDirectories, partOf } from './repositories';

interface Label {
  readonly repo: string;
  readonly sha: string;
  readonly path: string;
  readonly line: number;
  readonly digest: string;
  readonly group: Group;
  readonly verdict: 'leak' | 'correct' | 'debatable';
  /** What one must see to know: the file, other files, or types of libraries. */
  readonly needs: 'file' | 'files' | 'types';
  readonly reason: string;
}

interface Scored {
  readonly label: Label;
  readonly part: 'development' | 'held-out';
  readonly call: string;
  readonly reported: readonly string[];
}

const marks = ['<!-- releases: begin -->', '<!-- releases: end -->'] as const;
const nobodyCancels = { isCancelled: () => false };

async function main(): Promise<void> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'held-out': { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  });
  const { shown, writeTable } = (await import('../measure.mjs' as string)) as {
    shown: (share: { hits: number; of: number }) => string;
    writeTable: (marks: readonly string[], text: string) => boolean;
  };
  const labels = JSON.parse(readFileSync(join(__dirname, '../releases.json'), 'utf8')) as readonly Label[];
  const directories = gitDirectories(positionals[0] ?? '.');
  const scored: Scored[] = [];
  const absent: string[] = [];
  for (const repo of new Set(labels.map((label) => label.repo))) {
    const git = directories.get(repo);
    const own = labels.filter((label) => label.repo === repo);
    if (!git) absent.push(repo);
    else scored.push(...(await score(git, own)));
  }
  for (const { label, call, part, reported } of scored)
    if (part === 'development' || options['held-out'])
      console.log(
        `${label.verdict.padEnd(9)} ${reported.length > 0 ? 'reported' : 'silent  '} ${label.repo}/${label.path}:${label.line} ${call} ${reported.join('; ')}`,
      );
  const parts = (['development', 'held-out'] as const).filter((part) => scored.some((one) => one.part === part));
  const rows = parts.flatMap((part) =>
    ([...new Set(labels.map(({ group }) => group)), 'all'] as const).map((group) => {
      const of = scored.filter((one) => one.part === part && (group === 'all' || one.label.group === group));
      const share = (list: readonly Scored[], reported: boolean): string =>
        shown({ hits: list.filter((one) => one.reported.length > 0 === reported).length, of: list.length });
      const leaks = of.filter(({ label }) => label.verdict === 'leak');
      return `|${part}|${group}|${share(leaks, true)}|${share(
        leaks.filter(({ label }) => label.needs === 'file'),
        true,
      )}|${share(
        of.filter(({ label }) => label.verdict === 'correct'),
        false,
      )}|`;
    }),
  );
  const text = [
    '|part|release of a|leaks reported|of those that one file decides|silent where nothing leaks|',
    '|--|--|--|--|--|',
    ...rows,
  ].join('\n');
  console.log(`\n${text}`);
  if (absent.length > 0) console.log(`\nnot there: ${absent.join(', ')}`);
  if (scored.length === 0 || (options.write && !writeTable(marks, text))) process.exitCode = 2;
}

/** Makes each deletion in a checkout of its own and says which kinds are reported that were not before. */
async function score(git: string, labels: readonly Label[]): Promise<readonly Scored[]> {
  const [first] = labels;
  if (!first) return [];
  const root = mkdtempSync(join(tmpdir(), 'slo-lens-releases-'));
  try {
    extract(git, first.sha, root);
    const { files } = await walkRoot(nodeFileSystem, root, [], nobodyCancels);
    const absolutes = new Map(files.map((file) => [file.path, file.absolute]));
    const scan = new CodeScan(nodeFileSystem, nodeClock, { severityOverrides: {} });
    scan.setModules(await readModuleMap(nodeFileSystem, files));
    await scan.scan(files, nobodyCancels, () => undefined);
    const shownNow = (): readonly { readonly key: string; readonly text: string }[] =>
      scan.findings.flatMap(({ path, findings }) =>
        findings
          .filter(({ confidence }) => confidence !== 'low')
          .map(({ fingerprint, kind, range }) => ({
            key: `${path}|${fingerprint}`,
            text: `${kind} ${path}:${range.startLine + 1}`,
          })),
      );
    const known = new Set(shownNow().map(({ key }) => key));
    const scored: Scored[] = [];
    for (const label of labels) {
      const absolute = absolutes.get(label.path);
      const text = absolute === undefined ? '' : readFileSync(absolute, 'utf8');
      const release = releasesOf(label.path, text).find(
        (one) => one.line === label.line && one.digest === label.digest,
      );
      if (!release) throw new Error(`${label.repo}/${label.path}:${label.line}: the release is not there`);
      const judge = async (override: string | undefined): Promise<void> => {
        scan.setOverride(label.path, override);
        scan.analyzeOne(label.path, override ?? text);
        await scan.relink((path) => absolutes.get(path));
      };
      await judge(without(text, release));
      const reported = shownNow().filter(({ key }) => !known.has(key));
      scored.push({ label, call: release.call, part: partOf(label.repo), reported: reported.map((one) => one.text) });
      await judge(undefined);
    }
    return scored;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
