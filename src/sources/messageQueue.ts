/** Message queues of the swarm as events. Rules: swarm reference, section 9. */
import { isObject, type JsonObject, type JsonValue, parseJsonValue } from './jsonScan';
import { FaultList, type SourceProblem } from './problems';
import type { LogRecord } from './records';
import { parseTimestamp } from './timestamps';

export interface QueueReading {
  readonly entries: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Newest change of any entry, ms. */
  readonly newestAt: number | null;
  /** Open longer than an hour: counted as not delivered. */
  readonly stuck: number;
  /** When the next open entry will have been open for an hour, ms: the file then reads differently without a change. */
  readonly nextStuckAt: number | null;
  /** Attempts with an outcome (`delivered`, `failed`) and, where delivered, a latency in ms. */
  readonly events: readonly LogRecord[];
  readonly problems: readonly SourceProblem[];
}

const stuckAfterMs = 60 * 60_000;

/**
 * Reads a queue file: an array of entries (V2), or one entry (V1).
 * @param now ms; decides which open entries are stuck
 * @param timeZone zone of instants without offset
 */
export function readQueue(text: string, file: string, now: number, timeZone: string): QueueReading {
  const parsed = parseJsonValue(text);
  const nothing = { entries: 0, byStatus: {}, newestAt: null, stuck: 0, nextStuckAt: null, events: [] };
  if (!parsed.ok)
    return {
      ...nothing,
      problems: [
        {
          kind: parsed.kind,
          message: parsed.message,
          file,
          line: parsed.position.line,
          column: parsed.position.column,
        },
      ],
    };
  const values: readonly JsonValue[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  const byStatus: Record<string, number> = Object.create(null);
  const events: LogRecord[] = [];
  let newestAt: number | null = null;
  let stuck = 0;
  let nextStuckAt: number | null = null;
  let entries = 0;
  const problems = new FaultList<SourceProblem>();
  for (const [index, entry] of values.entries()) {
    if (!isObject(entry) || typeof entry.status !== 'string') {
      const key = Array.isArray(parsed.value) ? `/${index}` : '';
      problems.add({
        kind: 'not-a-message',
        message: `${key === '' ? 'The file' : `Entry ${index + 1}`} is no message: it has no status`,
        file,
        line: 1,
        column: 1,
        key,
      });
      continue;
    }
    entries++;
    const { status } = entry;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    const { event, at, isStuck, stuckAt } = toEvent(entry, status.toUpperCase(), now, timeZone);
    if (isStuck) stuck++;
    if (stuckAt !== null && (nextStuckAt === null || stuckAt < nextStuckAt)) nextStuckAt = stuckAt;
    if (at !== null && (newestAt === null || at > newestAt)) newestAt = at;
    if (event) events.push(event);
  }
  return { entries, byStatus, newestAt, stuck, nextStuckAt, events, problems: problems.all() };
}

function toEvent(
  entry: JsonObject,
  status: string,
  now: number,
  timeZone: string,
): {
  readonly event: LogRecord | null;
  readonly at: number | null;
  readonly isStuck: boolean;
  readonly stuckAt: number | null;
} {
  const instant = (value: JsonValue | undefined): number | null => {
    const time = parseTimestamp(value, timeZone);
    return time.precision === 'instant' || time.precision === 'no-zone' ? time.ms : null;
  };
  const created = instant(entry.created_at) ?? instant(entry.timestamp);
  const ended = instant(entry.completed_at) ?? instant(entry.updated_at);
  const changed = ended ?? created;
  const rawId = entry.queue_id ?? entry.id ?? entry.message_id;
  const id = typeof rawId === 'string' || typeof rawId === 'number' ? { id: String(rawId) } : {};
  if (status === 'DELIVERED' || status === 'COMPLETED') {
    // An end that is missing, or before the start, is no latency: 0 or less would count as fast.
    const latency = created !== null && ended !== null && ended >= created ? ended - created : null;
    return {
      event: {
        time: changed,
        ...id,
        fields: { outcome: 'delivered', ...(latency === null ? {} : { latency_ms: latency }) },
      },
      at: changed,
      isStuck: false,
      stuckAt: null,
    };
  }
  if (status === 'FAILED' || status === 'EXPIRED')
    return {
      event: { time: changed, ...id, fields: { outcome: 'failed' } },
      at: changed,
      isStuck: false,
      stuckAt: null,
    };
  const isOpen = status === 'PENDING' || status === 'PROCESSING';
  const isStuck = isOpen && changed !== null && now - changed > stuckAfterMs;
  const stuckAt = isOpen && changed !== null && !isStuck ? changed + stuckAfterMs + 1 : null;
  const event = isStuck ? { time: changed, ...id, fields: { outcome: 'failed' } } : null;
  return { event, at: changed, isStuck, stuckAt };
}
