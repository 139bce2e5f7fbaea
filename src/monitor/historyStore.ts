/**
 * The history on disk: a segment per day (UTC) and process, finished days packed, old days as hours. Two processes never
 * write the same file, a line counts only with its end, and what is joined twice is joined once: a kill at any write
 * loses at most the line that was being written.
 */
import { createHash } from 'node:crypto';
import { DAY_MS } from '../slo/duration';
import { type DayLines, dayOf, History, HOURS_KEPT_MS, MINUTES_KEPT_MS } from '../slo/history/history';
import type { FileSystem } from './ports';

/** Segments and roll-ups together take no more than this; then the oldest minutes go first. */
export const MAX_HISTORY_BYTES = 50 * 1024 * 1024;
/** So long after midnight others may still write of the day before. */
export const SETTLED_MS = 10 * 60_000;
/** Written to the disk itself at most this often. */
const DURABLE_EVERY_MS = 5_000;
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** While the disk takes nothing, this much is kept; then the oldest goes. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

const HOURS_FILE = 'rollup-hour.json';
const PACKED = 'packed';
const SEGMENT = /^(\d{4}-\d{2}-\d{2})\.([a-z0-9]{1,40})\.jsonl$/;

interface Segment {
  readonly name: string;
  readonly day: string;
  readonly writer: string;
}

export interface HistoryLoad {
  readonly history: History;
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

export class HistoryStore {
  /** Lines that the disk has not taken yet, by day. */
  private waiting: readonly DayLines[] = [];
  /** Files of this process whose last append failed: it may have left half a line. */
  private readonly torn = new Set<string>();
  private durableAt = Number.NEGATIVE_INFINITY;

  /**
   * @param folder absolute path, for this workspace alone
   * @param writer name of this process in its files: lower-case letters and digits, never used before
   */
  constructor(
    private readonly fs: FileSystem,
    private readonly folder: string,
    private readonly writer: string,
  ) {}

  /** Reads everything. What is damaged is told and left out. */
  async load(now: number): Promise<HistoryLoad> {
    const problems: string[] = [];
    const history = new History(startOfDay(now - MINUTES_KEPT_MS));
    const hours = await this.readIfThere(HOURS_FILE);
    if (hours === null) problems.push(`${HOURS_FILE} cannot be read`);
    else if (hours !== '' && !history.readHours(hours))
      problems.push(`${HOURS_FILE} is damaged: the hours in it are left out`);
    let bad = 0;
    for (const { name } of await this.segments()) {
      const text = await this.read(name);
      if (text === null) problems.push(`${name} cannot be read`);
      else bad += history.read(text, now);
    }
    if (bad > 0) problems.push(`${bad} ${bad === 1 ? 'line' : 'lines'} of the history could not be read`);
    history.dropHoursBefore(now - HOURS_KEPT_MS);
    return { history, problems };
  }

  /** Writes what was settled. What the disk does not take is kept and tried again with the next. @returns why not, in words */
  async write(history: History, now: number, last = false): Promise<string | null> {
    const lines = [...this.waiting, ...history.takeLines()];
    this.waiting = [];
    const failed: DayLines[] = [];
    let reason: string | null = null;
    const durable = last || now - this.durableAt >= DURABLE_EVERY_MS || now < this.durableAt;
    for (const one of lines) {
      const name = `${one.day}.${this.writer}.jsonl`;
      const text = this.torn.has(name) ? `\n${one.lines}` : one.lines;
      const written = await this.fs.append(this.fs.join(this.folder, name), text, { durable });
      if (written.ok) this.torn.delete(name);
      else {
        this.torn.add(name);
        failed.push(one);
        reason = written.error.message;
      }
    }
    if (durable && lines.length > 0) this.durableAt = now;
    this.waiting = bounded(failed);
    return reason;
  }

  /**
   * Packs finished days, turns days beyond the retention into hours, and keeps the size within its limit. May be
   * interrupted anywhere, and run in two processes at once: nothing is removed before what replaces it is in place.
   */
  async compact(now: number): Promise<void> {
    const days = new Map<string, Segment[]>();
    for (const segment of await this.segments()) {
      const known = days.get(segment.day);
      if (known) known.push(segment);
      else days.set(segment.day, [segment]);
    }
    const over = [...days.keys()].filter((day) => Date.parse(`${day}T00:00:00Z`) + DAY_MS + SETTLED_MS <= now).sort();
    for (const day of over) {
      const segments = days.get(day) ?? [];
      if (segments.some(({ writer }) => writer !== PACKED)) await this.pack(day, segments, now);
    }
    const keepFrom = startOfDay(now - MINUTES_KEPT_MS);
    await this.rollUp(
      over.filter((day) => Date.parse(`${day}T00:00:00Z`) < keepFrom),
      keepFrom,
      now,
    );
    await this.shrink(now);
  }

  private async pack(day: string, segments: readonly Segment[], now: number): Promise<void> {
    const history = new History(Date.parse(`${day}T00:00:00Z`));
    for (const { name } of segments) {
      const text = await this.read(name);
      // Another process is at it, or the disk fails: the next time.
      if (text === null) return;
      history.read(text, now);
    }
    const packed = `${day}.${PACKED}.jsonl`;
    const written = await this.fs.writeAtomic(this.fs.join(this.folder, packed), history.packDay(day), {
      durable: true,
    });
    if (!written.ok) return;
    for (const { name } of segments) if (name !== packed) await this.fs.remove(this.fs.join(this.folder, name));
  }

  /**
   * Days before `before` become hours; their files go when the hours are on the disk.
   * @returns why not, in words; null when they did
   */
  private async rollUp(days: readonly string[], before: number, now: number): Promise<string | null> {
    const [first] = days;
    if (first === undefined) return null;
    const history = new History(Date.parse(`${first}T00:00:00Z`));
    const names: string[] = [];
    for (const day of days) {
      const name = `${day}.${PACKED}.jsonl`;
      const text = await this.read(name);
      // Another process is at it: what it removed stands in the hours, which are read after this.
      if (text === null) continue;
      history.read(text, now);
      names.push(name);
    }
    history.rollUp(before);
    const failed = await this.addHours(history, now);
    if (failed !== null) return failed;
    for (const name of names) await this.fs.remove(this.fs.join(this.folder, name));
    return null;
  }

  /** Joins the hours of a history with those on the disk. Days that became hours earlier than they had to stay hours. */
  private async addHours(history: History, now: number): Promise<string | null> {
    const known = await this.readIfThere(HOURS_FILE);
    if (known === null) return `${HOURS_FILE} cannot be read`;
    const hours = new History(history.minutesFrom);
    // Hours that cannot be understood are not written over with fewer.
    if (known !== '' && !hours.readHours(known)) {
      const aside = await this.fs.writeAtomic(this.fs.join(this.folder, `${HOURS_FILE}.damaged`), known);
      if (!aside.ok) return aside.error.message;
    }
    const through = Math.max(hours.minutesFrom, history.minutesFrom);
    hours.readHours(history.hoursText());
    hours.minutesFrom = through;
    hours.dropHoursBefore(now - HOURS_KEPT_MS);
    const written = await this.fs.writeAtomic(this.fs.join(this.folder, HOURS_FILE), hours.hoursText(), {
      durable: true,
    });
    return written.ok ? null : written.error.message;
  }

  private async shrink(now: number): Promise<void> {
    const sizes = new Map<string, number>();
    for (const { name } of await this.segments()) {
      const stat = await this.fs.stat(this.fs.join(this.folder, name));
      if (stat.ok) sizes.set(name, stat.value.size);
    }
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const packed = [...sizes.keys()].filter((name) => name.endsWith(`.${PACKED}.jsonl`)).sort();
    const days: string[] = [];
    for (const name of packed) {
      if (total <= MAX_HISTORY_BYTES) break;
      total -= sizes.get(name) ?? 0;
      days.push(name.slice(0, 10));
    }
    const last = days.at(-1);
    if (last !== undefined) await this.rollUp(days, Date.parse(`${last}T00:00:00Z`) + DAY_MS, now);
  }

  /**
   * Joins another history with this one, as if both had watched: twice is once, and the order of several does not matter. May
   * be interrupted anywhere and done again.
   * @param other is rolled up as far as this one is
   * @returns why not all of it could be written, in words; null when it was
   */
  async add(other: History, now: number): Promise<string | null> {
    await this.compact(now);
    const oldest = startOfDay(now - MINUTES_KEPT_MS);
    const own = new History(oldest);
    own.readHours((await this.readIfThere(HOURS_FILE)) ?? '');
    const before = Math.max(oldest, own.minutesFrom, other.minutesFrom);
    const older = (await this.segments()).filter(({ day }) => Date.parse(`${day}T00:00:00Z`) < before);
    if (older.some(({ writer }) => writer !== PACKED))
      return 'a day that has just ended is still being written; try again in a quarter of an hour';
    const failed = await this.rollUp([...new Set(older.map(({ day }) => day))], before, now);
    if (failed !== null) return failed;
    other.rollUp(before);
    for (const day of other.days) {
      const text = other.packDay(day);
      if (text === '') continue;
      // Named by what is in it: the same again is the same file.
      const name = `${day}.i${createHash('sha256').update(text).digest('hex').slice(0, 24)}.jsonl`;
      const written = await this.fs.writeAtomic(this.fs.join(this.folder, name), text, { durable: true });
      if (!written.ok) return written.error.message;
    }
    const unwritten = await this.addHours(other, now);
    if (unwritten === null) await this.compact(now);
    return unwritten;
  }

  private async segments(): Promise<readonly Segment[]> {
    const listed = await this.fs.list(this.folder);
    if (!listed.ok) return [];
    return listed.value
      .flatMap(({ name, kind }) => {
        const [, day, writer] = SEGMENT.exec(name) ?? [];
        const isDay = day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
        return kind === 'file' && isDay && writer !== undefined ? [{ name, day, writer }] : [];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Text of a file; null when it cannot be read or is not there. */
  private async read(name: string): Promise<string | null> {
    const read = await this.fs.read(this.fs.join(this.folder, name), MAX_FILE_BYTES);
    return read.ok ? new TextDecoder().decode(read.value) : null;
  }

  /** As `read`, but empty when it is not there. */
  private async readIfThere(name: string): Promise<string | null> {
    const read = await this.fs.read(this.fs.join(this.folder, name), MAX_FILE_BYTES);
    if (read.ok) return new TextDecoder().decode(read.value);
    return read.error.code === 'ENOENT' ? '' : null;
  }
}

/** Begin of an instant's day in UTC. */
export function startOfDay(time: number): number {
  return Date.parse(`${dayOf(time)}T00:00:00Z`);
}

/** The newest lines, as many as are kept while the disk takes nothing. */
function bounded(lines: readonly DayLines[]): readonly DayLines[] {
  const kept: DayLines[] = [];
  let bytes = 0;
  for (const one of lines.toReversed()) {
    bytes += one.lines.length;
    if (bytes > MAX_WAITING_BYTES) break;
    kept.unshift(one);
  }
  return kept;
}
