/**
 * `npm run accuracy:pairs`: ordinary code with one leak, the same code after its fix, and code that only looks as if it
 * leaked; written for this by authors who knew neither the analyzer nor its rules. Needs nothing from elsewhere.
 *
 *   --list      name what is missed and what is reported wrongly, of the development part
 *   --held-out  with --list: also of the held-out part (then it is held out no longer)
 *   --write     put the table into README.md, between its marks
 *
 * Exit: 0 measured, 2 a scan failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyPatch } from 'diff';
import { families, shown, writeTable } from './measure.mjs';
import { here } from './projects.mjs';

const { values: options } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    'held-out': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const marks = ['<!-- pairs: begin -->', '<!-- pairs: end -->'];

/** With what its patches make of the leaking files. */
function withFix(files, patches) {
  const leaking = files.filter(({ role }) => role === 'leak');
  return [
    ...files,
    ...leaking.map(({ file, content }) => {
      const patch = patches.find((one) => one.startsWith(`--- ${file}\n`));
      const fixed = patch === undefined ? content : applyPatch(content, patch);
      if (fixed === false) throw new Error(`the fix of ${file} does not apply`);
      return { role: 'fixed', file, content: fixed };
    }),
  ];
}

/** One document: what it says of itself, and its files by role (`leak`, `fixed`, `safe`). */
function read(group, name) {
  const text = readFileSync(join(here, 'pairs', group, name), 'utf8');
  const said = (what) => new RegExp(`^- ${what}: (.*)$`, 'm').exec(text)?.[1];
  return {
    id: `${group}/${name.replace('.md', '')}`,
    title: text.slice(2, text.indexOf('\n')),
    part: said('part'),
    family: said('family'),
    files: withFix(
      [...text.matchAll(/^## (leak|safe)\/(.+)\n\n````\w+\n([\s\S]*?\n)````$/gm)].map(([, role, file, content]) => ({
        role,
        file,
        content,
      })),
      [...text.matchAll(/^````diff\n([\s\S]*?\n)````$/gm)].map(([, patch]) => patch),
    ),
  };
}

const cases = readdirSync(join(here, 'pairs')).flatMap((group) =>
  readdirSync(join(here, 'pairs', group)).map((name) => read(group, name)),
);

/** Findings of all cases of one role, by case: each lies in a folder of its own, whose name says nothing. */
function findings(role, work) {
  const root = join(work, role);
  for (const [index, { files }] of cases.entries())
    for (const { file, content } of files.filter((one) => one.role === role)) {
      const target = join(root, `p${index}`, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(here, '../../dist/cli.js'), 'check', '.', '--format', 'json', '--fail-on', 'never', '--no-cache'],
    { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  const found = new Map();
  try {
    for (const { place, kind, message } of JSON.parse(stdout).code.findings) {
      const [, index, path] = /^p(\d+)\/(.*)$/.exec(place.path);
      const list = found.get(Number(index)) ?? [];
      // What is said, whatever lines it names.
      list.push({ path, line: place.line + 1, kind, key: `${path} ${kind} ${message.replace(/\d+/g, '#')}` });
      found.set(Number(index), list);
    }
  } catch {
    throw new Error(stderr);
  }
  return (index) => found.get(index) ?? [];
}

const work = mkdtempSync(join(tmpdir(), 'slo-lens-pairs-'));
const judged = [];
try {
  const [leak, fixed, safe] = ['leak', 'fixed', 'safe'].map((role) => findings(role, work));
  for (const [index, one] of cases.entries()) {
    const silentIn = one.family ? fixed(index) : safe(index);
    const left = silentIn.map(({ key }) => key);
    // What is said of the leak, and no more once it is mended.
    const isFound = leak(index).some(({ key }) => {
      const at = left.indexOf(key);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    judged.push({ ...one, isFound, isSilent: silentIn.length === 0, silentIn });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  rmSync(work, { recursive: true, force: true });
}

if (options.list)
  for (const { id, part, family, title, isFound, isSilent, silentIn } of judged) {
    if (part !== 'development' && !options['held-out']) continue;
    if (family && !isFound) console.log(`missed ${id}: ${title}`);
    if (!isSilent)
      console.log(`wrong  ${id}: ${silentIn.map(({ path, line, kind }) => `${path}:${line} ${kind}`).join(', ')}`);
  }

const share = (list, isHit) => shown({ hits: list.filter(isHit).length, of: list.length });
const row = (part, family) => {
  const of = judged.filter((one) => one.part === part && (family === 'all' || one.family === family));
  const silent = family === 'all' ? of : of.filter((one) => one.family);
  return `|${part}|${family}|${share(
    of.filter((one) => one.family),
    ({ isFound }) => isFound,
  )}|${share(silent, ({ isSilent }) => isSilent)}|`;
};
const text = [
  '|part|family|leaks reported|silent where nothing leaks|',
  '|--|--|--|--|',
  ...['development', 'held-out'].flatMap((part) => [...families, 'all'].map((family) => row(part, family))),
].join('\n');
if (judged.length > 0) {
  console.log(text);
  if (options.write && !writeTable(marks, text)) process.exitCode = 2;
}
