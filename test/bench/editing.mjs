/**
 * One edit through the real server: a character typed into an identifier and taken away again, and the diagnostics of the
 * document asked for as the editor does. Wall time of the round trip without debounce, beside U of the same text.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { sourcesOf } from './corpus.mjs';
import { ServerProcess } from './serverProcess.mjs';
import { percentile } from './statistics.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Real text of so many lines: the corpus file that comes nearest, if within a tenth, else files one after another. */
export function textOfLines(folder, lines) {
  const texts = sourcesOf(folder).map((file) => readFileSync(file, 'utf8'));
  const counted = texts.map((text) => ({ text, lines: text.split('\n').length }));
  const [nearest] = [...counted].sort((a, b) => Math.abs(a.lines - lines) - Math.abs(b.lines - lines));
  if (nearest && Math.abs(nearest.lines - lines) <= lines / 10) return nearest.text;
  let text = '';
  let had = 0;
  for (let index = 0; had < lines && index < 100_000; index++) {
    const one = counted[index % counted.length];
    text += `${one.text}\n`;
    had += one.lines;
  }
  return `${text.split('\n').slice(0, lines).join('\n')}\n`;
}

/** Numbers from 0 to 1, the same every time. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Ends of identifiers: where typing another letter keeps the text what it is. */
function placesIn(text, count) {
  const lines = text.split('\n');
  const next = random(42);
  const places = [];
  for (let tries = 0; places.length < count && tries < count * 200; tries++) {
    const line = Math.floor(next() * lines.length);
    const words = [...lines[line].matchAll(/[a-z][a-zA-Z]{3,}/g)];
    const word = words[Math.floor(next() * words.length)];
    if (word && !/^\s*(?:\*|\/\/|import\b)/.test(lines[line]))
      places.push({ line, character: word.index + word[0].length });
  }
  return places;
}

/**
 * @param folder the workspace that the server has open; the edited file is not on the disk
 * @param text of the edited file
 * @returns p50 and p95 of the round trip, ms, and CPU of the server for one edit, ms
 */
export async function editCost(server, path, text, { warmUp = 20, edits = 200 } = {}) {
  await server.open(path, text);
  await server.pull(path);
  const places = placesIn(text, Math.ceil((warmUp + edits) / 2));
  const times = [];
  let before = null;
  let done = 0;
  for (const place of places)
    for (const isInsert of [true, false]) {
      if (done === warmUp) before = await server.probe();
      const range = { start: place, end: isInsert ? place : { ...place, character: place.character + 1 } };
      const started = performance.now();
      await server.change(path, range, isInsert ? 'x' : '');
      await server.pull(path);
      if (done++ >= warmUp) times.push(performance.now() - started);
    }
  const after = await server.probe();
  await server.close(path);
  return {
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    n: times.length,
    cpuMs: before ? (after.cpuMs - before.cpuMs) / times.length : null,
  };
}

/** Edits of files of 1,000, 5,000 and 20,000 lines in an otherwise empty workspace. */
export async function measureEdits(corpus, sizes = [1000, 5000, 20_000]) {
  const rows = [];
  for (const lines of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'slo-lens-edit-'));
    try {
      const text = textOfLines(corpus, lines);
      mkdirSync(join(folder, 'src'));
      const file = join(folder, 'src/edited.ts');
      writeFileSync(file, text);
      const parsed = spawnSync(process.execPath, [join(here, 'parse.mjs'), '--edit', file], { encoding: 'utf8' });
      if (parsed.status !== 0) throw new Error(parsed.stderr);
      const uMs = JSON.parse(parsed.stdout).medianMs;
      const server = await ServerProcess.start(folder);
      await server.scanned();
      const edits = await editCost(server, 'src/edited.ts', text, {
        warmUp: 20,
        edits: lines >= 20_000 ? 60 : lines >= 5_000 ? 100 : 200,
      });
      await server.end();
      rows.push({ lines: text.split('\n').length - 1, kilobytes: Math.round(text.length / 1024), uMs, ...edits });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}
