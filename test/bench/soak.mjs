/**
 * `npm run soak -- --minutes 30`: a day's work in a short time over the built server: typing, saving, branch switches,
 * refreshes, questions. Every so often the report is compared with one of a fresh server, and memory is noted after a
 * garbage collection. Fails when the results differ, the server ends, or the heap of the second half has grown.
 *
 *   --minutes N   30
 *   --files N     400
 *   --seed N      1
 *   --json FILE   out/soak.json
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ServerProcess } from './serverProcess.mjs';
import { percentile } from './statistics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    files: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string', default: resolve(root, 'out/soak.json') },
  },
});
const fileCount = Number(values.files);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
let state = Number(values.seed) >>> 0;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 4_294_967_296;
};
const pick = (list) => list[Math.floor(random() * list.length)];

const folder = mkdtempSync(join(tmpdir(), 'slo-lens-soak-'));
const storage = mkdtempSync(join(tmpdir(), 'slo-lens-soak-storage-'));
const pathOf = (index) => `src/part${index % 10}/f${index}.ts`;
/** One of a few texts for each file; they ask each other. */
function textOf(index, variant) {
  const other = `../part${(index + 1) % 10}/f${(index + 1) % fileCount}`;
  const end = variant % 2 === 0 ? 'await file.close();' : 'await file.sync();';
  return [
    "import fs, { type FileHandle } from 'node:fs/promises';",
    `import { end as endOther } from '${other}';`,
    `export async function end(file: FileHandle) {\n  ${end}\n}`,
    'export async function read(path: string) {\n  const file = await fs.open(path);\n  await endOther(file);\n}',
    variant % 3 === 0 ? 'export function poll(f: () => void) {\n  setInterval(f, 1000);\n}' : '',
    `export const variant = ${variant};\n`,
  ].join('\n');
}
const variants = new Map();
function save(index, variant) {
  variants.set(index, variant);
  const file = join(folder, pathOf(index));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, textOf(index, variant));
}
for (let index = 0; index < fileCount; index++) save(index, Math.floor(random() * 6));
mkdirSync(join(folder, 'agent_workspaces/Agent-1'), { recursive: true });

const server = await ServerProcess.start(folder, {
  storage,
  node: ['--expose-gc'],
  overrides: { refreshCommands: ['true'] },
});
await server.scanned();

const open = new Map();
const counts = { typed: 0, saved: 0, switched: 0, refreshed: 0, pulled: 0, compared: 0 };
const pulls = [];
/** What was typed last, for a report of a difference. */
const typedLast = [];
const actions = {
  async type() {
    const index = Math.floor(random() * fileCount);
    if (!open.has(index)) {
      if (open.size >= 5) await actions.close();
      open.set(index, variants.get(index));
      await server.open(pathOf(index), textOf(index, variants.get(index)));
    }
    const variant = Math.floor(random() * 6);
    open.set(index, variant);
    typedLast.push(`${pathOf(index)}=${variant}`);
    if (typedLast.length > 30) typedLast.shift();
    await server.change(pathOf(index), null, textOf(index, variant));
    const asked = performance.now();
    await server.pull(pathOf(index));
    pulls.push(performance.now() - asked);
    counts.typed++;
  },
  async close() {
    const [index] = open.keys();
    if (index === undefined) return;
    open.delete(index);
    await server.close(pathOf(index));
  },
  async save() {
    const index = Math.floor(random() * fileCount);
    save(index, Math.floor(random() * 6));
    await server.changed([pathOf(index)]);
    counts.saved++;
  },
  async switchBranch() {
    const changed = [];
    for (let index = 0; index < fileCount; index += 1 + Math.floor(random() * 5)) {
      if (random() < 0.1) {
        rmSync(join(folder, pathOf(index)), { force: true });
        variants.set(index, 0);
      } else save(index, Math.floor(random() * 6));
      changed.push(pathOf(index));
    }
    await server.changed(changed);
    counts.switched++;
  },
  async refresh() {
    writeFileSync(
      join(folder, 'agent_workspaces/Agent-1/status.json'),
      JSON.stringify({ status: 'ACTIVE', last_updated: new Date().toISOString() }),
    );
    await server.refresh();
    counts.refreshed++;
  },
  async pullWorkspace() {
    await server.pullWorkspace();
    counts.pulled++;
  },
};
const weighted = [
  ...Array(30).fill('type'),
  ...Array(4).fill('save'),
  'switchBranch',
  'refresh',
  'pullWorkspace',
  'pullWorkspace',
  'close',
];

const findingsOf = (report) =>
  report.code.findings.map(({ place, kind }) => `${place.path}:${place.line} ${kind}`).sort();
/** All documents closed, everything read: the same as a server says that remembers nothing. */
async function compare() {
  while (open.size > 0) await actions.close();
  const { report } = await server.analyze();
  const other = await ServerProcess.start(folder);
  await other.scanned();
  const [ours, fresh] = [findingsOf(report), findingsOf(other.report)];
  await other.end();
  counts.compared++;
  if (JSON.stringify(ours) !== JSON.stringify(fresh)) {
    const missing = fresh.filter((one) => !ours.includes(one));
    const extra = ours.filter((one) => !fresh.includes(one));
    const onDisk = [...missing, ...extra].slice(0, 5).map((one) => {
      const path = join(folder, one.slice(0, one.lastIndexOf(':')));
      return `${one}: ${existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(2, 4).join(' ') + readFileSync(path, 'utf8').slice(-30) : 'no such file'}`;
    });
    throw new Error(
      `after ${JSON.stringify(counts)} the results differ: ${missing.length} missing, ${extra.length} extra; on disk: ${onDisk.join('; ')}; ${typedLast.join()}`,
    );
  }
}

const curve = [];
const minutes = Number(values.minutes);
const started = performance.now();
const elapsed = () => (performance.now() - started) / 60_000;
let failure = null;
try {
  for (let nextNote = 0; elapsed() < minutes; ) {
    if (elapsed() >= nextNote) {
      await compare();
      const { residentMb, heapMb, delayMs, longestMs } = await server.probe(true);
      const note = {
        minute: elapsed(),
        residentMb,
        heapMb,
        loopP99Ms: delayMs.p99,
        loopLongestMs: longestMs,
        ...counts,
      };
      curve.push(note);
      console.log(
        `${note.minute.toFixed(1)} min: heap ${heapMb.toFixed(1)} MB, resident ${residentMb.toFixed(0)} MB, loop p99 ${delayMs.p99} ms; ${JSON.stringify(counts)}`,
      );
      nextNote = elapsed() + Math.max(0.5, minutes / 15);
    }
    await actions[pick(weighted)]();
    await wait(20 + random() * 120);
  }
  await compare();
  const half = curve.slice(Math.floor(curve.length / 2)).map(({ heapMb }) => heapMb);
  const early = curve.slice(1, Math.max(2, Math.floor(curve.length / 2))).map(({ heapMb }) => heapMb);
  const growth = percentile(half, 0.5) / percentile(early, 0.5);
  console.log(
    `heap, median of the second half ÷ first half: ${growth.toFixed(2)}; pull p50 ${percentile(pulls, 0.5).toFixed(1)} ms, p95 ${percentile(pulls, 0.95).toFixed(1)} ms`,
  );
  if (growth > 1.25) throw new Error(`the heap has grown by the factor ${growth.toFixed(2)}`);
  const outcome = await server.end();
  if (outcome.code !== 0) throw new Error(`the server ended with ${outcome.code ?? outcome.signal}`);
} catch (error) {
  failure = error.message;
  console.log(`FAILED: ${failure}`);
  process.exitCode = 1;
  await server.kill();
} finally {
  for (const one of [folder, storage]) rmSync(one, { recursive: true, force: true, maxRetries: 5 });
}
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, `${JSON.stringify({ minutes, files: fileCount, counts, curve, failure }, null, 2)}\n`);
