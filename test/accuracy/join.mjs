/**
 * `node test/accuracy/join.mjs SITES FIRST SECOND [FINAL]`: joins the labels of two readers who did not see each other's nor
 * the tool's verdicts. SITES, FIRST, SECOND, FINAL: folders or files of JSON lists; entries are joined by `id`. FINAL holds the
 * decisions on disputed sites. Prints agreement and disputes; writes `labels/*.json` of what is agreed or decided.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { here } from './projects.mjs';

const read = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .flatMap((name) => read(join(path, name)))
    : JSON.parse(readFileSync(path, 'utf8'));
const [sitesPath, firstPath, secondPath, finalPath] = process.argv.slice(2);
if (!secondPath) {
  console.error('usage: join.mjs SITES FIRST SECOND [FINAL]');
  process.exit(2);
}
const byId = (path) => new Map(path ? read(path).map((label) => [label.id, label]) : []);
const first = byId(firstPath);
const second = byId(secondPath);
const final = byId(finalPath);

const verdicts = ['leak', 'correct', 'debatable'];
const counts = Object.fromEntries(
  verdicts.map((verdict) => [verdict, Object.fromEntries(verdicts.map((other) => [other, 0]))]),
);
const byProject = new Map();
const disputes = [];
for (const { id, text: _, ...site } of read(sitesPath)) {
  const [one, other] = [first.get(id), second.get(id)];
  if (!one || !other) continue;
  counts[one.verdict][other.verdict]++;
  const agreed = one.verdict === other.verdict;
  const decided = final.get(id) ?? (agreed ? one : null);
  if (!decided) {
    disputes.push({ id, ...site, first: one, second: other });
    continue;
  }
  const kind = decided.kind ?? null;
  const label = {
    path: site.path,
    line: site.line,
    family: decided.verdict === 'leak' && kind ? kind.split('/')[0] : site.family,
    kind,
    verdict: decided.verdict,
    ...(decided.verdict === 'leak' ? { severity: decided.severity } : {}),
    reason: decided.reason,
    origin: site.origin,
    ...(site.fix ? { fix: site.fix } : {}),
    readers: agreed ? 'agreed' : `disputed: ${one.verdict}, ${other.verdict}`,
  };
  byProject.set(site.project, [...(byProject.get(site.project) ?? []), label]);
}

const all = verdicts.flatMap((verdict) => verdicts.map((other) => counts[verdict][other])).reduce((a, b) => a + b, 0);
const same = verdicts.reduce((sum, verdict) => sum + counts[verdict][verdict], 0);
const chance = verdicts.reduce((sum, verdict) => {
  const row = verdicts.reduce((total, other) => total + counts[verdict][other], 0);
  const column = verdicts.reduce((total, other) => total + counts[other][verdict], 0);
  return sum + (row * column) / (all * all);
}, 0);
console.table(counts);
console.log(
  `agreement ${same} of ${all} (${((100 * same) / all).toFixed(1)} %), Cohen's kappa ${((same / all - chance) / (1 - chance)).toFixed(2)}`,
);
if (disputes.length > 0) console.log(JSON.stringify(disputes, null, 1));

mkdirSync(join(here, 'labels'), { recursive: true });
for (const [project, labels] of byProject) {
  labels.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
  const lines = labels.map((label) => `    ${JSON.stringify(label)}`).join(',\n');
  writeFileSync(
    join(here, 'labels', `${project.replaceAll('/', '+')}.json`),
    `{\n  "project": ${JSON.stringify(project)},\n  "labels": [\n${lines}\n  ]\n}\n`,
  );
}
