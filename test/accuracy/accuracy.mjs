/**
 * `npm run accuracy -- DIR`: compares the findings with hand-made labels. DIR holds checkouts of the labelled repositories at
 * the labelled commits, each in a folder of the name that its label file gives. Only references are kept here, no source.
 * Recall: labelled leaks that are reported in the default view. False alarms: labelled correct places that are reported.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const corpus = process.argv[2];
if (!corpus) {
  console.error('usage: npm run accuracy -- DIR (folder of the checkouts)');
  process.exit(2);
}

/** 95 % Wilson interval of k of n. */
function wilson(k, n) {
  if (n === 0) return 'no labels';
  const z = 1.96;
  const p = k / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  const percent = (value) => `${(100 * value).toFixed(0)}`;
  return `${k}/${n} = ${percent(p)} % (${percent(Math.max(0, middle - half))}–${percent(Math.min(1, middle + half))})${n < 30 ? ', too few' : ''}`;
}

const families = {};
let missing = 0;
for (const name of readdirSync(join(here, 'labels'))) {
  const { folder, repository, commit, labels } = JSON.parse(readFileSync(join(here, 'labels', name), 'utf8'));
  const root = resolve(corpus, folder);
  if (!existsSync(root)) {
    console.log(`${repository}@${commit.slice(0, 8)}: not in ${corpus}, left out`);
    missing++;
    continue;
  }
  const { stdout } = spawnSync(
    process.execPath,
    [join(here, '../../dist/cli.js'), 'check', root, '--format', 'json', '--fail-on', 'never', '--no-cache'],
    { encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 },
  );
  const found = new Map(
    JSON.parse(stdout).code.findings.map((finding) => [`${finding.place.path}:${finding.place.line + 1}`, finding]),
  );
  for (const label of labels) {
    const finding = found.get(`${label.path}:${label.line}`);
    const family = (label.kind ?? finding?.kind ?? 'any/').split('/')[0];
    families[family] ??= { hit: 0, leaks: 0, alarms: 0, correct: 0 };
    const row = families[family];
    if (label.verdict === 'leak') {
      row.leaks++;
      if (finding) row.hit++;
      else console.log(`missed  ${repository} ${label.path}:${label.line} ${label.reason}`);
    } else {
      row.correct++;
      if (finding) {
        row.alarms++;
        console.log(`alarm   ${repository} ${label.path}:${label.line} ${label.reason}`);
      }
    }
  }
}
for (const [family, { hit, leaks, alarms, correct }] of Object.entries(families))
  console.log(`${family.padEnd(9)} recall ${wilson(hit, leaks)}; alarms on correct places ${wilson(alarms, correct)}`);
process.exit(missing > 0 ? 1 : 0);
