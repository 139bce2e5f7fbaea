/**
 * A year of history on disk: 50 objectives sampled each minute, 31 days of it as minutes and the rest as hours, of every kind
 * of objective, with figures that change. Deterministic, so that two measurements are of the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, NO_CELL } from '../../src/slo/history/cell';
import { dayOf, History } from '../../src/slo/history/history';

export const OBJECTIVES = 50;
export const MINUTE_DAYS = 31;
export const HOUR_DAYS = 365 - MINUTE_DAYS;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Numbers from 0 to 1, always the same ones. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** By objective: 20 figures that change each minute, 15 that seldom do, 5 shares, 10 over events. */
function cellOf(objective: number, index: number, next: () => number): Cell {
  const fails = next() < 0.02;
  if (objective < 20)
    return { ...NO_CELL, state: fails ? 'bad' : 'good', value: Math.round((300 + 200 * next()) * 100) / 100 };
  if (objective < 35) return { ...NO_CELL, state: fails ? 'bad' : 'good', value: 8 + (Math.floor(index / 45) % 5) };
  if (objective < 40) {
    const ratio = Math.round((0.9 + 0.1 * next()) * 1000) / 1000;
    return { ...NO_CELL, state: ratio >= 0.95 ? 'good' : 'bad', value: ratio, ratio };
  }
  const eligible = Math.floor(200 * next());
  return { ...NO_CELL, good: Math.floor(eligible * (0.95 + 0.05 * next())), eligible };
}

function runs(values: readonly number[]): readonly number[] {
  return values.flatMap((value) => [value, 1]);
}

/** Writes the files below `folder`, as compaction leaves them. @returns the instant that they end at, ms since the epoch */
export function writeYear(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const end = Date.parse('2026-06-01T00:00:00Z');
  const minutesFrom = end - MINUTE_DAYS * DAY;
  for (let day = 0; day < MINUTE_DAYS; day++) {
    const from = minutesFrom + day * DAY;
    const history = new History(from);
    for (let objective = 0; objective < OBJECTIVES; objective++) {
      const next = random(day * OBJECTIVES + objective + 1);
      for (let minute = 0; minute < 1440; minute++) {
        const index = from / MINUTE + minute;
        history.settle(`objective-${objective}`, MINUTE, index, cellOf(objective, index, next));
      }
    }
    writeFileSync(join(folder, `${dayOf(from)}.packed.jsonl`), history.packDay(dayOf(from)));
  }
  const hours = HOUR_DAYS * 24;
  const series = Array.from({ length: OBJECTIVES }, (_, objective) => {
    const next = random(objective + 7);
    const bad = Array.from({ length: hours }, () => Math.floor(3 * next()));
    const events = Array.from({ length: hours }, () => Math.floor(6000 * next()));
    const isOfEvents = objective >= 40;
    return {
      o: `objective-${objective}`,
      w: 60,
      h: minutesFrom / 3_600_000 - hours,
      g: isOfEvents ? [0, hours] : runs(bad.map((count) => 60 - count)),
      b: isOfEvents ? [0, hours] : runs(bad),
      n: [0, hours],
      ...(objective >= 35 && objective < 40
        ? { l: runs(bad.map((count) => Math.round(count * 50_000) / 1_000_000)) }
        : {}),
      ...(isOfEvents ? { e: runs(events), ge: runs(events.map((count) => Math.floor(count * 0.98))) } : {}),
    };
  });
  writeFileSync(
    join(folder, 'rollup-hour.json'),
    `${JSON.stringify({ schemaVersion: 1, through: minutesFrom / 1000, series })}\n`,
  );
  return end;
}
