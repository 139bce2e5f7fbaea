/**
 * Messages about alerts on their way to the outputs that a user configured. What was not taken stays, is tried again ever
 * more rarely, and is given up after a day and told so: nothing is lost in silence. Pure; instants in ms since the epoch.
 */
import type { AlertSeverity } from '../definition/model';
import { DAY_MS, MINUTE_MS } from '../duration';
import { eventText } from './announcements';
import type { AlertEvent } from './evaluateAlerts';

/** What an output is given, as JSON. All text in it is text. */
export interface AlertMessage {
  readonly schemaVersion: 1;
  /** The same message sent twice has the same id. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: 'fire' | 'resolve' | 'flapping' | 'fire-no-data' | 'resolve-no-data' | 'test';
  readonly level: AlertSeverity;
  /** All of it in one line. */
  readonly text: string;
  readonly alert: string;
  readonly policy: string;
  readonly displayName: string;
  readonly objective: string;
  readonly value: string;
  readonly runbook: string | null;
  readonly workspace: string;
}

/** One message to one output. */
export interface OutboxEntry {
  readonly output: string;
  readonly message: AlertMessage;
  readonly addedAt: number;
  /** Attempts that failed. */
  readonly attempts: number;
  readonly nextAt: number;
}

export type Outbox = readonly OutboxEntry[];

/** Messages to an output within a minute. */
export const MAX_PER_MINUTE = 10;
/** Messages that wait in all. */
export const MAX_WAITING = 500;
const GIVEN_UP_AFTER_MS = DAY_MS;
const LONGEST_PAUSE_MS = 30 * MINUTE_MS;
const PAUSES_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, LONGEST_PAUSE_MS];

/** The message of an announced event. */
export function messageOf(event: AlertEvent, workspace: string): AlertMessage | null {
  const { at, kind, key, policy, objective, valueText } = event;
  if (kind === 'edge' || kind === 'resolved-while-closed') return null;
  return {
    schemaVersion: 1,
    id: `${key}/${kind}/${at}`,
    at: new Date(at).toISOString(),
    kind,
    level: policy.severity,
    text: eventText(event),
    alert: key,
    policy: policy.name,
    displayName: policy.displayName,
    objective,
    value: valueText,
    runbook: policy.runbook,
    workspace,
  };
}

/** A message that says nothing but that messages arrive. */
export function testMessage(at: number, workspace: string): AlertMessage {
  return {
    schemaVersion: 1,
    id: `test/${at}`,
    at: new Date(at).toISOString(),
    kind: 'test',
    level: 'P2',
    text: 'P2: this is a test of SLO Lens; no alert fires',
    alert: 'test',
    policy: 'test',
    displayName: 'Test',
    objective: 'none',
    value: 'none',
    runbook: null,
    workspace,
  };
}

/** Adds messages for the outputs that take their level; those that find no room are given back, the oldest first. */
export function enqueue(
  outbox: Outbox,
  messages: readonly AlertMessage[],
  outputs: readonly { readonly name: string; readonly levels: readonly AlertSeverity[] }[],
  now: number,
): { readonly outbox: Outbox; readonly dropped: Outbox } {
  const added = messages.flatMap((message) =>
    outputs
      .filter(({ levels }) => message.kind === 'test' || levels.includes(message.level))
      .map(({ name }): OutboxEntry => ({ output: name, message, addedAt: now, attempts: 0, nextAt: now })),
  );
  const all = [...outbox, ...added];
  const over = Math.max(0, all.length - MAX_WAITING);
  return { outbox: all.slice(over), dropped: all.slice(0, over) };
}

/** When each output took or refused its last messages. */
export type SendTimes = ReadonlyMap<string, readonly number[]>;

function recent(times: readonly number[] | undefined, now: number): readonly number[] {
  // What a clock that was ahead has left behind does not count.
  return (times ?? []).filter((at) => at <= now && now - at < MINUTE_MS);
}

/** Notes that an output was used. */
export function noteSend(times: SendTimes, output: string, now: number): SendTimes {
  return new Map([...times, [output, [...recent(times.get(output), now), now]]]);
}

/** The oldest message that may go now; null when none may. Messages to one output keep their order; `busy` ones take none. */
export function nextDue(outbox: Outbox, times: SendTimes, now: number, busy: ReadonlySet<string>): OutboxEntry | null {
  const seen = new Set<string>(busy);
  for (const entry of outbox) {
    if (seen.has(entry.output)) continue;
    seen.add(entry.output);
    // A pause longer than any is of a clock that was ahead.
    const isPausing = entry.nextAt > now && entry.nextAt <= now + LONGEST_PAUSE_MS;
    if (!isPausing && recent(times.get(entry.output), now).length < MAX_PER_MINUTE) return entry;
  }
  return null;
}

/** When the next message may go; null when none waits. */
export function nextDueAt(outbox: Outbox, times: SendTimes, now: number): number | null {
  const seen = new Set<string>();
  let earliest: number | null = null;
  for (const entry of outbox) {
    if (seen.has(entry.output)) continue;
    seen.add(entry.output);
    const used = recent(times.get(entry.output), now);
    const free = used.length < MAX_PER_MINUTE ? now : (used[0] ?? now) + MINUTE_MS;
    const at = Math.max(Math.min(entry.nextAt, now + LONGEST_PAUSE_MS), free);
    if (earliest === null || at < earliest) earliest = at;
  }
  return earliest;
}

function isSame(a: OutboxEntry, b: OutboxEntry): boolean {
  return a.output === b.output && a.message.id === b.message.id;
}

/** The outbox after a message was taken. */
export function taken(outbox: Outbox, entry: OutboxEntry): Outbox {
  return outbox.filter((one) => !isSame(one, entry));
}

/**
 * The outbox after a message was not taken: it waits, or is given up after a day, at once where it would be refused again.
 * A test is not tried twice.
 */
export function refused(
  outbox: Outbox,
  entry: OutboxEntry,
  now: number,
  isFinal: boolean,
): { readonly outbox: Outbox; readonly givenUp: boolean } {
  if (isFinal || now - entry.addedAt >= GIVEN_UP_AFTER_MS || entry.message.kind === 'test')
    return { outbox: taken(outbox, entry), givenUp: true };
  const pause = PAUSES_MS[entry.attempts] ?? LONGEST_PAUSE_MS;
  const waits = { ...entry, attempts: entry.attempts + 1, nextAt: now + pause };
  return { outbox: outbox.map((one) => (isSame(one, entry) ? waits : one)), givenUp: false };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const KINDS: readonly unknown[] = ['fire', 'resolve', 'flapping', 'fire-no-data', 'resolve-no-data', 'test'];
const LEVELS: readonly unknown[] = ['P1', 'P2', 'P3'];
const TEXTS = ['id', 'at', 'text', 'alert', 'policy', 'displayName', 'objective', 'value', 'workspace'] as const;

function isMessage(value: unknown): value is AlertMessage {
  return (
    isMap(value) &&
    value.schemaVersion === 1 &&
    KINDS.includes(value.kind) &&
    LEVELS.includes(value.level) &&
    TEXTS.every((key) => typeof value[key] === 'string') &&
    (value.runbook === null || typeof value.runbook === 'string')
  );
}

/** An outbox as it was remembered; what is no entry is left out. */
export function readOutbox(value: unknown): Outbox {
  if (!Array.isArray(value)) return [];
  return value.slice(-MAX_WAITING).flatMap((one: unknown): OutboxEntry[] => {
    if (!isMap(one) || !isMessage(one.message) || typeof one.output !== 'string') return [];
    const { output, message, addedAt, attempts, nextAt } = one;
    const isTime = (time: unknown): time is number => typeof time === 'number' && Number.isFinite(time) && time >= 0;
    return isTime(addedAt) && isTime(nextAt) && isTime(attempts)
      ? [{ output, message, addedAt, attempts, nextAt }]
      : [];
  });
}
