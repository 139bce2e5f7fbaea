/**
 * `npm run accuracy`: scans the labelled projects (see `obtain.mjs`) with the built command line program and compares its
 * findings with the labels.
 *
 *   --held-out  also list what is wrong in the held-out part (then it is held out no longer)
 *   --unjudged  list the findings in labelled files that no label speaks about
 *   --gate      exit 1 when a target is missed
 *   --write     put the table into README.md, between its marks
 *
 * Exit: 0 measured, 1 a target is missed (with --gate), 2 a project could not be scanned.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { alarmsOf, families, pair, precisionOf, recallOf, severities, shown, writeTable } from './measure.mjs';
import { obtain } from './obtain.mjs';
import { folderOf, here, idOf, readProjects } from './projects.mjs';
import { sitesOf } from './sample.mjs';

const { values: options } = parseArgs({
  options: {
    'held-out': { type: 'boolean', default: false },
    unjudged: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const parts = ['development', 'held-out'];
const program = join(here, '../../dist/cli.js');
const labelFolder = join(here, 'labels');
const marks = ['<!-- accuracy: begin -->', '<!-- accuracy: end -->'];

if (!existsSync(program)) {
  console.error('dist/cli.js is missing: npm run build');
  process.exit(2);
}

/** Findings of a project in the default view: path in the package, 1-based line. */
function scan(project) {
  const folder = realpathSync(folderOf(project));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'check', ...project.roots, '--format', 'json', '--fail-on', 'never', '--no-cache'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 },
  );
  let report;
  try {
    report = JSON.parse(stdout);
  } catch {
    throw new Error(`${idOf(project)}: no report; ${stderr}`);
  }
  if (report.code.state !== 'complete')
    throw new Error(`${idOf(project)}: ${report.code.state} ${report.code.error ?? ''}`);
  const root = realpathSync(fileURLToPath(report.root));
  const findings = report.code.findings.map(({ place, family, kind, severity, message }) => ({
    path: relative(folder, join(root, place.path)).split(sep).join('/'),
    line: place.line + 1,
    family,
    kind,
    severity,
    message,
  }));
  return { findings, lines: report.code.files.lines };
}

const labelsOf = new Map();
for (const name of existsSync(labelFolder) ? readdirSync(labelFolder) : []) {
  const { project, labels } = JSON.parse(readFileSync(join(labelFolder, name), 'utf8'));
  labelsOf.set(project, labels);
}

const results = Object.fromEntries(
  parts.map((part) => [part, { projects: 0, labels: 0, lines: 0, findings: 0, pairs: [], missed: [], unjudged: [] }]),
);
let failed = false;
for (const project of readProjects()) {
  const labels = labelsOf.get(idOf(project));
  if (!labels) continue;
  try {
    obtain(project);
    const { findings, lines } = scan(project);
    const siteLines = new Map();
    const isSite = (path, line) => {
      if (!siteLines.has(path)) {
        const text = readFileSync(join(folderOf(project), path), 'utf8');
        siteLines.set(path, new Set(sitesOf(text).sites.map((site) => site.line)));
      }
      return siteLines.get(path).has(line);
    };
    const { pairs, missed, unjudged } = pair(labels, findings, isSite);
    const result = results[project.part];
    result.projects++;
    result.labels += labels.length;
    result.lines += lines;
    result.findings += findings.filter(({ severity }) => severity !== 'low').length;
    result.pairs.push(...pairs);
    result.missed.push(...missed);
    result.unjudged.push(...unjudged);
    if (project.part === 'development' || options['held-out']) {
      const tell = (what, place, why) => console.log(`${what} ${idOf(project)} ${place.path}:${place.line} ${why}`);
      for (const { label, finding } of pairs)
        if (label.verdict === 'correct')
          tell('false  ', label, `[${finding.kind} ${finding.severity}] ${label.reason}`);
      for (const label of missed)
        if (label.verdict === 'leak') tell('missed ', label, `[${label.kind}] ${label.reason}`);
    }
    if (options.unjudged)
      for (const finding of unjudged)
        console.log(`unjudged ${idOf(project)} ${finding.path}:${finding.line} [${finding.kind} ${finding.severity}]`);
  } catch (error) {
    failed = true;
    console.error(`failed ${idOf(project)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The table as Markdown. */
function tableOf({ pairs, missed }) {
  const row = (name, isFinding, isLabel) =>
    `|${name}|${shown(precisionOf(pairs, isFinding))}|${shown(recallOf(pairs, missed, isLabel))}|${shown(alarmsOf(pairs, missed, isLabel))}|`;
  return [
    '||Precision|Recall|Reported among correct places|',
    '|--|--|--|--|',
    ...families.map((family) =>
      row(
        family,
        (one) => one.family === family,
        (one) => one.family === family,
      ),
    ),
    ...severities.map((severity) =>
      row(
        severity.toUpperCase(),
        (one) => one.severity === severity,
        (one) => one.severity === severity,
      ).replace(/\|[^|]*\|$/, '|–|'),
    ),
    row(
      'HIGH and MEDIUM',
      (one) => one.severity !== 'low',
      (one) => one.severity !== 'low',
    ).replace(/\|[^|]*\|$/, '|–|'),
    row(
      'all',
      () => true,
      () => true,
    ),
    row(
      'all, random sites only',
      () => false,
      (one) => one.origin === 'random',
    ),
  ].join('\n');
}

const text = parts
  .map((part) => {
    const result = results[part];
    const noise = result.lines === 0 ? 0 : (1000 * result.findings) / result.lines;
    return [
      `**${part === 'development' ? 'Development part' : 'Held-out part'}**: ${result.labels} labelled places in ${result.projects} projects; ` +
        `${result.findings} findings of HIGH or MEDIUM in ${result.lines.toLocaleString('en')} lines (${noise.toFixed(2)} in 1,000); ` +
        `${result.unjudged.length} findings in labelled files without a label`,
      '',
      tableOf(result),
    ].join('\n');
  })
  .join('\n\n');
console.log(`\n${text}`);

if (options.write && !writeTable(marks, text)) failed = true;

const targets = [
  ['precision of HIGH', 0.95, ({ pairs }) => precisionOf(pairs, ({ severity }) => severity === 'high')],
  ['precision of HIGH and MEDIUM', 0.9, ({ pairs }) => precisionOf(pairs, ({ severity }) => severity !== 'low')],
  ['precision of LOW', 0.7, ({ pairs }) => precisionOf(pairs, ({ severity }) => severity === 'low')],
  ...[
    ['listener', 0.85],
    ['handle', 0.75],
    ['cache', 0.65],
  ].map(([family, least]) => [
    `recall of ${family}`,
    least,
    ({ pairs, missed }) => recallOf(pairs, missed, (label) => label.family === family),
  ]),
];
let isMissed = false;
for (const part of parts)
  for (const [name, least, measure] of targets) {
    const { hits, of } = measure(results[part]);
    if (of > 0 && hits / of < least) {
      isMissed = true;
      console.log(`target missed, ${part}: ${name} ${shown({ hits, of })}, at least ${100 * least} %`);
    }
  }
process.exit(failed ? 2 : options.gate && isMissed ? 1 : 0);
