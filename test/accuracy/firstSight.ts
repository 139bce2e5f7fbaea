/**
 * `npm run accuracy:first-sight -- FOLDER [--write]`: how often is a report right in a repository that nobody had opened?
 * `firstSight.json` holds reports, drawn at random (of HIGH and MEDIUM; the last draws of LOW too), with the verdicts of one or two
 * readers who did not see each other's. Counted are those that the analyzer of now still makes, with the severity of now.
 *
 * FOLDER holds the repositories as git directories (see `releases/repositories.ts`); what is not there is left out and counted.
 *   --write               put the table into README.md, between its marks
 *   --draw NAME,…         instead: draw reports of these repositories (`owner/name`) to be judged, as JSON on standard output
 *
 * Exit: 0 measured, 2 nothing to measure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { extract, gitDirectories, headOf } from './releases/repositories';

const verdicts = ['true', 'debatable', 'false'] as const;
type Verdict = (typeof verdicts)[number];

interface Report {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly kind: string;
  readonly severity: 'high' | 'medium' | 'low';
  readonly message: string;
}

interface Judged extends Omit<Report, 'message'> {
  readonly repo: string;
  readonly sha: string;
  /** Rules were mended while reading the verdicts of `development`; those of `held-out` were only counted. */
  readonly part: 'development' | 'held-out';
  readonly verdicts: readonly [Verdict, ...Verdict[]];
  readonly why: string;
}

const marks = ['<!-- first sight: begin -->', '<!-- first sight: end -->'] as const;
/** At most so many reports of one severity are drawn of a repository, so that none outweighs the others. */
const perSeverity = 18;
const tolerance = 1;

async function main(): Promise<void> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, draw: { type: 'string' } },
  });
  const directories = gitDirectories(positionals[0] ?? '.');
  if (options.draw !== undefined) {
    process.stdout.write(`${JSON.stringify(draw(options.draw.split(','), directories), undefined, 1)}\n`);
    return;
  }
  const { shown, writeTable } = (await import('./measure.mjs' as string)) as {
    shown: (share: { hits: number; of: number }) => string;
    writeTable: (marks: readonly string[], text: string) => boolean;
  };
  const judged = JSON.parse(readFileSync(join(__dirname, 'firstSight.json'), 'utf8')) as readonly Judged[];
  const made: { readonly one: Judged; readonly severity: Report['severity'] }[] = [];
  const absent: string[] = [];
  for (const repo of new Set(judged.map((one) => one.repo))) {
    const git = directories.get(repo);
    const own = judged.filter((one) => one.repo === repo);
    const [first] = own;
    if (!git || !first) {
      absent.push(repo);
      continue;
    }
    const reports = reportsOf(git, first.sha);
    for (const one of own) {
      const now = reports.find((report) => isSame(report, one));
      if (now) made.push({ one, severity: now.severity });
      console.log(
        `${(now?.severity ?? 'gone').padEnd(6)} ${one.verdicts.join('/')} ${repo}/${one.path}:${one.line} ${one.kind}`,
      );
    }
  }
  const rows = (['development', 'held-out'] as const).flatMap((part) => {
    const total = judged.filter((one) => one.part === part && !absent.includes(one.repo)).length;
    return (['high', 'medium', 'high and medium', 'low'] as const).map((severity) => {
      const of = made.filter((one) => one.one.part === part && severity.split(' and ').includes(one.severity));
      const count = (verdict: Verdict): number => of.filter(({ one }) => joined(one) === verdict).length;
      const [right, wrong] = [count('true'), count('false')];
      return `|${part} (${total})|${severity.toUpperCase().replace('AND', 'and')}|${of.length}|${right}|${count('debatable')}|${wrong}|${shown({ hits: right, of: of.length })}|${shown({ hits: right + count('debatable'), of: of.length })}|`;
    });
  });
  const text = [
    '|part (reports judged)|severity now|still made|right|debatable|wrong|right, strictly|not wrong|',
    '|--|--|--|--|--|--|--|--|',
    ...rows,
  ].join('\n');
  console.log(`\n${text}`);
  if (absent.length > 0) console.log(`\nnot there: ${absent.join(', ')}`);
  if (made.length === 0 || (options.write && !writeTable(marks, text))) process.exitCode = 2;
}

/** What only one reader finds right or wrong is debatable. */
function joined({ verdicts }: Judged): Verdict {
  const [first] = verdicts;
  return verdicts.every((verdict) => verdict === first) ? first : 'debatable';
}

function isSame(report: Report, one: Judged): boolean {
  const family = (kind: string): string => kind.slice(0, kind.indexOf('/'));
  return (
    report.path === one.path &&
    Math.abs(report.line - one.line) <= tolerance &&
    family(report.kind) === family(one.kind)
  );
}

/** Reports of HIGH and MEDIUM in random order, by a fixed seed. */
function draw(repos: readonly string[], directories: ReadonlyMap<string, string>): readonly object[] {
  const random = randomFrom(12345);
  return repos.flatMap((repo) => {
    const git = directories.get(repo);
    if (!git) throw new Error(`${repo} is not there`);
    const sha = headOf(git);
    const reports = reportsOf(git, sha);
    return (['high', 'medium'] as const).flatMap((severity) =>
      shuffled(
        reports.filter((one) => one.severity === severity),
        random,
      )
        .slice(0, perSeverity)
        .map((report) => ({ repo, sha, ...report })),
    );
  });
}

/** What `slo-lens check` lists of a commit. */
function reportsOf(git: string, sha: string): readonly Report[] {
  const root = mkdtempSync(join(tmpdir(), 'slo-lens-first-sight-'));
  try {
    extract(git, sha, root);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(__dirname, '../../dist/cli.js'), 'check', '.', '--format', 'json', '--fail-on', 'never', '--no-cache'],
      { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 },
    );
    if (stdout === '') throw new Error(stderr);
    const { code } = JSON.parse(stdout) as {
      code: {
        findings: readonly (Omit<Report, 'path' | 'line'> & { place: { path: string; line: number } })[];
      };
    };
    return code.findings.map(({ place, kind, severity, message }) => ({
      path: place.path,
      line: place.line + 1,
      kind,
      severity,
      message,
    }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
