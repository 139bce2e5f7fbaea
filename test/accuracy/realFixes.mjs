/**
 * `npm run accuracy:fixes -- FOLDER`: real leak fixes of public repositories. Of each fix, the files that it touched are
 * analysed as they were before and after: the defect must be reported before, and nothing where it stood after.
 *
 * FOLDER holds the repositories as git directories, `<owner>+<name>`, `<owner>+<name>/repo` or `<owner>+<name>.git`, with their
 * history; what is not there is left out and counted.
 *
 *   --held-out  also list the held-out part (then it is held out no longer)
 *   --write     put the table into README.md, between its marks
 *
 * Exit: 0 measured, 2 no repository found or a scan failed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { families, shown, writeTable } from './measure.mjs';
import { here } from './projects.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'held-out': { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const [folder] = positionals;
const program = join(here, '../../dist/cli.js');
if (!folder || !existsSync(program)) {
  console.error(folder ? 'dist/cli.js is missing: npm run build' : 'usage: npm run accuracy:fixes -- FOLDER');
  process.exit(2);
}
const marks = ['<!-- fixes: begin -->', '<!-- fixes: end -->'];
/** A finding may stand a line or two beside the line that was labelled: the call of a chain, the opening of a statement. */
const tolerance = { before: 2, after: 1 };

const gitOf = (repo) =>
  [`${repo.replace('/', '+')}/repo`, repo.replace('/', '+'), `${repo.replace('/', '+')}.git`]
    .map((name) => join(folder, name))
    .find((path) => existsSync(join(path, 'HEAD')) || existsSync(join(path, '.git')));

/** Writes the files of a commit; false when one cannot be had. */
function extract(git, revision, paths, target) {
  for (const path of paths) {
    const { status, stdout } = spawnSync('git', ['--git-dir', git, 'show', `${revision}:${path}`], {
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) return false;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), stdout);
  }
  return true;
}

function scan(cwd) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'check', '.', '--format', 'json', '--fail-on', 'never', '--no-cache'],
    { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  try {
    return JSON.parse(stdout).code.findings.map(({ place, kind }) => ({
      path: place.path,
      line: place.line + 1,
      kind,
    }));
  } catch {
    throw new Error(stderr);
  }
}

const isNear = (finding, path, lines, distance) =>
  finding.path === path && lines.some((line) => Math.abs(line - finding.line) <= distance);

const results = { development: [], 'held-out': [] };
const absent = new Set();
let failed = false;
for (const fix of JSON.parse(readFileSync(join(here, 'realFixes.json'), 'utf8'))) {
  const git = gitOf(fix.repo);
  if (!git) {
    absent.add(fix.repo);
    continue;
  }
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-fix-'));
  try {
    const [before, after] = [join(work, 'before'), join(work, 'after')];
    for (const path of [before, after]) mkdirSync(path);
    if (!extract(git, `${fix.sha}^`, fix.before, before) || !extract(git, fix.sha, fix.after, after)) {
      absent.add(`${fix.repo}@${fix.sha.slice(0, 7)}`);
      continue;
    }
    const [found, left] = [scan(before), scan(after)];
    const isFound = fix.defects.some(({ path, lines }) =>
      found.some((finding) => isNear(finding, path, lines, tolerance.before)),
    );
    const isLeft = fix.defects.some(({ path, after: lines }) =>
      left.some((finding) => isNear(finding, path, lines, tolerance.after)),
    );
    results[fix.part].push({ fix, isFound, isLeft });
    if (fix.part === 'development' || options['held-out'])
      console.log(
        `${isFound ? 'found ' : 'missed'} ${isLeft ? 'and after' : '         '} ${fix.repo}@${fix.sha.slice(0, 7)} [${fix.kind}] ${fix.why}`,
      );
  } catch (error) {
    failed = true;
    console.error(`failed ${fix.repo}@${fix.sha.slice(0, 7)}: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const rows = (part) =>
  [...families, 'all'].map((family) => {
    const of = results[part].filter(({ fix }) => family === 'all' || fix.family === family);
    const inFile = of.filter(({ fix }) => fix.decidable === 'file');
    const share = (list) => shown({ hits: list.filter(({ isFound }) => isFound).length, of: list.length });
    const silent = of.filter(({ fix }) => fix.complete && fix.defects.some(({ after }) => after.length > 0));
    return `|${part}|${family}|${share(of)}|${share(inFile)}|${shown({ hits: silent.filter(({ isLeft }) => !isLeft).length, of: silent.length })}|`;
  });
const text = [
  '|part|family|reported before|of those that one file decides|silent after|',
  '|--|--|--|--|--|',
  ...rows('development'),
  ...rows('held-out'),
].join('\n');
console.log(`\n${text}`);
if (absent.size > 0) console.log(`\nnot there: ${[...absent].join(', ')}`);
if (options.write && !writeTable(marks, text)) failed = true;
process.exit(failed || results.development.length + results['held-out'].length === 0 ? 2 : 0);
