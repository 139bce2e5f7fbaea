/**
 * How cost grows: folders of 500 to 30,000 files, made by copying the corpus under other names into a temporary folder;
 * CPU of a cold scan over the bytes, and of one edit over the size of the workspace it happens in.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sourcesOf } from './corpus.mjs';
import { editCost, textOfLines } from './editing.mjs';
import { parseCost } from './rounds.mjs';
import { scanCost } from './scan.mjs';
import { ServerProcess } from './serverProcess.mjs';
import { exponentOf } from './statistics.mjs';
import { tableText } from './table.mjs';

/** Larger files are left out: 30,000 of them are to take minutes, not hours. */
const maxBytes = 6_000;

/** A folder of so many files: whole copies of the corpus, each under its own name, and of the last as much as is missing. */
function folderOf(corpus, count) {
  const folder = mkdtempSync(join(tmpdir(), 'slo-lens-curve-'));
  const files = sourcesOf(corpus).filter((file) => statSync(file).size <= maxBytes);
  let made = 0;
  for (let copy = 0; made < count; copy++)
    for (const file of spreadOut(files, count - made)) {
      const target = join(folder, `copy${copy}`, relative(corpus, file));
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(file, target);
      made++;
    }
  return folder;
}

/** So many of the files, from all over the list, so that a small folder is like the large ones. */
function spreadOut(files, count) {
  if (count >= files.length) return files;
  const step = files.length / count;
  return Array.from({ length: count }, (_, index) => files[Math.floor(index * step)]);
}

/** An edit of a helper that one other file depends on: what the views show follows it. */
const helper = (closes) =>
  `import type { FileHandle } from 'node:fs/promises';\nexport async function end(file: FileHandle) {\n  await file.${closes ? 'close' : 'sync'}();\n}\n`;
const user =
  "import fs from 'node:fs/promises';\nimport { end } from './helper';\nexport async function read(path: string) {\n  const file = await fs.open(path);\n  await end(file);\n}\n";

async function reportCost(server) {
  const times = [];
  let closes = false;
  const before = await server.probe();
  for (let round = 0; round < 10; round++) {
    closes = !closes;
    const had = server.reports;
    const started = performance.now();
    await server.change('edited/helper.ts', null, helper(!closes));
    await server.until('a report after the edit', () => server.reports > had, 60_000);
    times.push(performance.now() - started);
    // The report follows at most once a second.
    await new Promise((done) => setTimeout(done, 1100));
  }
  const after = await server.probe();
  return { cpuMs: (after.cpuMs - before.cpuMs) / times.length, loopLongestMs: after.longestMs };
}

export async function measureCurve(corpus, { counts = [500, 2000, 8000, 30_000], log = () => undefined } = {}) {
  const rows = [];
  const text = textOfLines(corpus, 1000);
  for (const count of counts) {
    log(`${count} files`);
    const folder = folderOf(corpus, count);
    const work = mkdtempSync(join(tmpdir(), 'slo-lens-curve-work-'));
    try {
      mkdirSync(join(folder, 'edited'));
      writeFileSync(join(folder, 'edited/helper.ts'), helper(true));
      writeFileSync(join(folder, 'edited/user.ts'), user);
      writeFileSync(join(folder, 'edited/opened.ts'), text);
      const bytes = sourcesOf(folder).reduce((sum, file) => sum + statSync(file).size, 0);
      const t = parseCost(folder);
      const cold = await scanCost(folder, work, null);
      const server = await ServerProcess.start(folder);
      await server.open('edited/helper.ts', helper(true));
      await server.pull('edited/helper.ts');
      const firstMs = performance.now() - server.startedAt;
      await server.scanned(3_600_000);
      const scanned = await server.probe();
      const edit = await editCost(server, 'edited/opened.ts', text, { warmUp: 60, edits: 100 });
      await new Promise((done) => setTimeout(done, 2000));
      const report = await reportCost(server);
      await server.end();
      rows.push({
        files: count,
        bytes,
        tSeconds: t.seconds,
        scanSeconds: cold.seconds,
        overT: cold.seconds / t.seconds,
        peakMb: cold.peakMb,
        serverPeakMb: scanned.peakMb,
        firstMs,
        editCpuMs: edit.cpuMs,
        reportCpuMs: report.cpuMs,
        reportLoopMs: report.loopLongestMs,
      });
      log(`  ${JSON.stringify(rows.at(-1))}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      rmSync(work, { recursive: true, force: true });
    }
  }
  const fit = (of) => exponentOf(rows.map((row) => ({ x: row.bytes, y: of(row) })));
  return {
    rows,
    scan: fit((row) => row.scanSeconds),
    parse: fit((row) => row.tSeconds),
    edit: fit((row) => row.editCpuMs),
    report: fit((row) => row.reportCpuMs),
  };
}

export function curveText({ rows, scan, parse, edit, report }) {
  const fixed = (value, digits = 1) => value.toFixed(digits);
  const table = tableText(
    [
      'files',
      'MB',
      'T, s',
      'cold scan, s of CPU',
      '÷ T',
      'peak, MB',
      'first diagnostics, ms',
      'edit → diagnostics, ms of CPU',
      'edit of a helper → report, ms of CPU',
    ],
    rows.map((row) => [
      row.files,
      fixed(row.bytes / 1e6),
      fixed(row.tSeconds),
      fixed(row.scanSeconds),
      fixed(row.overT, 2),
      fixed(row.peakMb, 0),
      fixed(row.firstMs, 0),
      fixed(row.editCpuMs),
      fixed(row.reportCpuMs),
    ]),
  );
  const line = (name, { exponent, r2 }) => `${name} ~ bytes^${exponent.toFixed(2)} (r² ${r2.toFixed(3)})`;
  return `${table}\n${line('cold scan', scan)}; ${line('T', parse)}; ${line('edit', edit)}; ${line('report after an edit', report)}`;
}
