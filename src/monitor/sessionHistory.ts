/** The history of one session: what earlier ones left, what this one adds, and who may speak of alerts. */
import { alertText, type RememberedAlerts, readAlertText } from '../slo/alerts/alertFile';
import { type Handlings, handlingsText, readHandlingsText } from '../slo/alerts/handling';
import { type Incident, incidentsText, readIncidents } from '../slo/alerts/incidents';
import type { ObjectiveDefinition } from '../slo/definition/model';
import { History, HOURS_KEPT_MS, MINUTES_KEPT_MS } from '../slo/history/history';
import type { PastSlices } from '../slo/history/past';
import { Recorder } from '../slo/history/recorder';
import { historyText, importedWords, readHistoryText } from '../slo/history/transfer';
import type { IndicatorInput, ValueSample } from '../slo/indicatorInput';
import type { RecordedSlices } from '../slo/preview/replayedSlices';
import { HistoryStore, SETTLED_MS, startOfDay } from './historyStore';
import { Lease } from './lease';
import type { Clock, FileSystem } from './ports';

/** Where a history is kept. */
export interface HistorySettings {
  /** Absolute path of a folder for this workspace alone; never inside of it unless the user named it. */
  readonly folder: string;
  /** Name of this process in its files: lower-case letters and digits, never used before. */
  readonly writer: string;
  /** false: it is read, and nothing is added. */
  readonly adds: boolean;
  /** Whether this process speaks of alerts, and so remembers them. */
  readonly speaks: boolean;
}

/** So long after the look that was due, nobody can have run in between: the machine slept. */
const GAP_AFTER_MS = 5 * 60_000;
const INCIDENTS_FILE = 'incidents.json';
const INCIDENTS_DAMAGED = `${INCIDENTS_FILE} is damaged: what alerted before is not shown`;
/** What people say of alerts, in whichever window; in the folder of the history. */
export const HANDLINGS_FILE = 'alert-handling.json';
const MAX_ALERT_BYTES = 4 * 1024 * 1024;

export class SessionHistory {
  private history: History;
  private recorder: Recorder;
  private readonly store: HistoryStore | null;
  private readonly lease: Lease | null;
  private opened: Promise<void> | null = null;
  private damage: readonly string[] = [];
  private unwritten: string | null = null;
  private watchedFrom: number;
  private lookedAt: number;
  private dueAt: number;
  private day: number;
  private isHolder = false;
  private remembered = '';
  private knownIncidents: readonly Incident[] = [];
  private areIncidentsWritten = true;
  private remembering: Promise<void> = Promise.resolve();
  /** Why alerts could not be remembered. */
  private forgetful: string | null = null;
  private said: Handlings = {};
  /** Why what was said of alerts could not be remembered. */
  private unsaid: string | null = null;
  private closed = false;

  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
    private readonly settings: HistorySettings | null,
  ) {
    const now = clock.now();
    this.history = new History(startOfDay(now - MINUTES_KEPT_MS));
    this.recorder = new Recorder(this.history);
    this.store = settings && new HistoryStore(fs, settings.folder, settings.writer);
    this.lease = settings?.speaks
      ? new Lease(fs, clock, fs.join(settings.folder, 'lease.json'), settings.writer)
      : null;
    this.watchedFrom = now;
    this.lookedAt = now;
    this.dueAt = now;
    this.day = startOfDay(now);
  }

  /** What could not be read or written, in words. */
  get problems(): readonly string[] {
    const unwritten = [
      ...(this.unwritten === null ? [] : [`the history cannot be written and is kept in memory: ${this.unwritten}`]),
      ...(this.unsaid === null
        ? []
        : [`what you said of alerts cannot be remembered and counts for this session only: ${this.unsaid}`]),
      ...(this.forgetful === null ? [] : [`alerts cannot be remembered and may be told again: ${this.forgetful}`]),
    ];
    return [...this.damage, ...unwritten];
  }

  /** Reads what earlier sessions left; once. */
  open(): Promise<void> {
    this.opened ??= this.load().catch((error: unknown) => {
      // The next look tries again.
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  private async load(): Promise<void> {
    if (!this.store) return;
    const now = this.clock.now();
    if (this.settings?.adds) await this.store.compact(now);
    const { history, problems } = await this.store.load(now);
    if (this.closed) return;
    this.history = history;
    this.recorder = new Recorder(history);
    this.damage = problems;
    await this.readIncidents();
  }

  /** Alerts that fired, the newest first, as they were read or remembered last. */
  get incidents(): readonly Incident[] {
    return this.knownIncidents;
  }

  /**
   * Is it this process that says what begins and ends? One that does not speak of alerts has no memory of them, and shows what
   * the one that does has written.
   */
  keepsIncidents(speaks: boolean): boolean {
    return this.settings === null || (this.settings.speaks && speaks);
  }

  /** Reads what the process that keeps them has written. */
  async readIncidents(): Promise<void> {
    const file = this.incidentFile();
    const read = file === null ? null : await this.fs.read(file, MAX_ALERT_BYTES);
    if (!read?.ok) return;
    const incidents = readIncidents(new TextDecoder().decode(read.value));
    if (incidents) this.knownIncidents = incidents;
    else if (!this.damage.includes(INCIDENTS_DAMAGED)) this.damage = [...this.damage, INCIDENTS_DAMAGED];
  }

  /** Remembers incidents, of a process that keeps them. */
  async rememberIncidents(incidents: readonly Incident[]): Promise<void> {
    if (incidents === this.knownIncidents && this.areIncidentsWritten) return;
    this.knownIncidents = incidents;
    const file = this.incidentFile();
    const written = file === null ? null : await this.fs.writeAtomic(file, incidentsText(incidents));
    // What the disk did not take is tried again with the next look.
    this.areIncidentsWritten = written === null || written.ok;
  }

  /**
   * Begins an evaluation. After a gap in which nobody looked, and after the clock was set back, slices are watched anew:
   * those between are gaps, neither good nor bad.
   * @returns since when slices are watched without a break
   */
  look(now: number): number {
    if (now > Math.max(this.dueAt, this.lookedAt) + GAP_AFTER_MS || now < this.lookedAt) this.watchedFrom = now;
    this.lookedAt = now;
    this.dueAt = now;
    return this.watchedFrom;
  }

  /** When the next look is due, so that a slow rhythm is not taken for sleep. */
  expectLook(at: number): void {
    this.dueAt = at;
  }

  /** Takes one reading of an objective, and gives what is known of its slices. */
  past(objective: ObjectiveDefinition, input: IndicatorInput, now: number): PastSlices {
    return this.recorder.observe(objective, input, { now, watchedFrom: this.watchedFrom });
  }

  /** What was recorded of an objective, slice by slice. */
  slices({ name, sliceMs }: ObjectiveDefinition): RecordedSlices {
    return this.history.slices(name, sliceMs);
  }

  /** Since when slices are watched without a break, ms. */
  get watched(): number {
    return this.watchedFrom;
  }

  /** Values of an objective of before this session. */
  values({ name, sliceMs }: ObjectiveDefinition, from: number): readonly ValueSample[] {
    return this.history.values(name, sliceMs, from);
  }

  /** Writes what is over. At the first look of a day also packs the days before. */
  async flush(now: number, last = false): Promise<void> {
    if (last) this.recorder.close();
    if (!this.store || !this.settings?.adds) {
      this.history.takeLines();
      this.trim(now);
      return;
    }
    this.unwritten = await this.store.write(this.history, now, last);
    // Others may still write of the day before for a while.
    if (startOfDay(now - SETTLED_MS) <= this.day) return;
    await this.store.compact(now);
    this.trim(now - SETTLED_MS);
  }

  /** Everything that is remembered, what other windows wrote too, as one text. */
  async exported(now: number): Promise<{ readonly text: string; readonly problems: readonly string[] }> {
    await this.open();
    await this.flush(now);
    const { history, problems } = this.store
      ? await this.store.load(now)
      : { history: this.history, problems: this.problems };
    return { text: historyText(history, now), problems };
  }

  /**
   * Joins an exported history with this one and counts it from now on.
   * @returns what was done, in words, or why not
   */
  async imported(text: string, now: number): Promise<{ readonly ok: boolean; readonly message: string }> {
    if (!this.store || !this.settings?.adds)
      return { ok: false, message: 'there is no folder in which a history is kept; open a folder first' };
    const read = readHistoryText(text, now);
    if (!read.ok) return read;
    await this.open();
    await this.flush(now);
    const failed = await this.store.add(read.history, now);
    await this.load();
    return failed === null
      ? { ok: true, message: importedWords(read.damagedLines) }
      : { ok: false, message: `not all of it could be kept: ${failed}. What is missing can be imported again` };
  }

  private trim(now: number): void {
    if (startOfDay(now) === this.day) return;
    this.day = startOfDay(now);
    this.history.rollUp(startOfDay(now - MINUTES_KEPT_MS));
    this.history.dropHoursBefore(now - HOURS_KEPT_MS);
  }

  /**
   * May this process speak of alerts now? `took` is what the process that speaks, or spoke before, remembers: when this one
   * has just become the one, and while another is.
   */
  async speaker(): Promise<{ readonly speaks: boolean; readonly took: RememberedAlerts | null }> {
    if (!this.lease) return { speaks: true, took: null };
    if (this.closed) return { speaks: false, took: null };
    const holds = await this.lease.hold();
    const isNew = holds && !this.isHolder;
    this.isHolder = holds;
    // Another may have written since.
    if (isNew) this.remembered = '';
    return { speaks: holds, took: isNew || !holds ? await this.readAlerts() : null };
  }

  private async readAlerts(): Promise<RememberedAlerts | null> {
    const text = await this.textOf('alerts.json');
    if (text === null) return null;
    const remembered = readAlertText(text);
    if (!remembered) this.addDamage('alerts.json is damaged: alerts that were told may be told again');
    return remembered;
  }

  /** Remembers alerts, before anything is said of them. One write at a time, the newest last. */
  rememberAlerts(remembered: RememberedAlerts): Promise<void> {
    const text = alertText(remembered);
    this.remembering = this.remembering.then(() => this.writeAlerts(text));
    return this.remembering;
  }

  private async writeAlerts(text: string): Promise<void> {
    const file = this.fileOfAlerts('alerts.json');
    if (file === null || !this.isHolder || text === this.remembered) return;
    // Long after an evaluation, as when an output has answered, another may speak.
    if (this.lease && !(await this.lease.hold())) return;
    const written = await this.fs.writeAtomic(file, text, { durable: true });
    if (written.ok) this.remembered = text;
    this.forgetful = written.ok ? null : written.error.message;
  }

  private incidentFile(): string | null {
    return this.settings ? this.fs.join(this.settings.folder, INCIDENTS_FILE) : null;
  }

  /** What people have said of alerts, in this window or another. */
  async handlings(): Promise<Handlings> {
    // What could not be written counts more than what was written before it.
    const text = this.unsaid === null ? await this.textOf(HANDLINGS_FILE) : null;
    if (text === null) return this.said;
    const read = readHandlingsText(text);
    if (read) this.said = read;
    else this.addDamage(`${HANDLINGS_FILE} is damaged: what is snoozed or acknowledged in it is left out`);
    return this.said;
  }

  /** Changes what is said of alerts and remembers it. Where that cannot be, it counts for this session, and is told. */
  async changeHandlings(change: (before: Handlings) => Handlings): Promise<Handlings> {
    const before = await this.handlings();
    const next = change(before);
    const file = this.fileOfAlerts(HANDLINGS_FILE);
    this.said = next;
    if (file === null || handlingsText(next) === handlingsText(before)) return next;
    const written = await this.fs.writeAtomic(file, handlingsText(next), { durable: true });
    this.unsaid = written.ok ? null : written.error.message;
    return next;
  }

  /** Text of a file of the alerts; null when it is not there. */
  private async textOf(name: string): Promise<string | null> {
    const file = this.fileOfAlerts(name);
    const read = file === null ? null : await this.fs.read(file, MAX_ALERT_BYTES);
    return read?.ok ? new TextDecoder().decode(read.value) : null;
  }

  private addDamage(words: string): void {
    if (!this.damage.includes(words)) this.damage = [...this.damage, words];
  }

  private fileOfAlerts(name: string): string | null {
    return this.settings?.speaks ? this.fs.join(this.settings.folder, name) : null;
  }

  /** Ends the session: what is open is written as it stands, the lease is given back. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush(this.clock.now(), true);
    await this.remembering;
    // What an output answers now is for the next one to find out.
    this.isHolder = false;
    await this.lease?.release();
  }
}
