/** From alert events to what the surfaces show: the storm of a start is one announcement, later ones come with their evaluation. */
import type { AlertSeverity } from '../definition/model';
import type { AlertEvent, AlertEventKind } from './evaluateAlerts';

/** Fires this long after the first of a session (inclusive) are told together with it. */
export const GROUP_WAIT_MS = 30_000;
/** Names that a group spells out. */
const NAMED = 3;

export interface Announcement {
  /** When it was made, ms since the epoch. */
  readonly at: number;
  readonly kind: Exclude<AlertEventKind, 'edge' | 'resolved-while-closed'>;
  /** The most severe of its alerts. */
  readonly level: AlertSeverity;
  readonly text: string;
  readonly events: readonly AlertEvent[];
}

export interface GroupMemory {
  /** Before the first fire, while its companions are awaited, and after that. */
  readonly phase: 'before' | 'gathering' | 'after';
  readonly firstAt: number;
  readonly waiting: readonly AlertEvent[];
}

export const NO_FIRE_YET: GroupMemory = { phase: 'before', firstAt: 0, waiting: [] };

function isFire({ kind }: AlertEvent): boolean {
  return kind === 'fire' || kind === 'fire-no-data';
}

/** The resolve that ends what this fire began. */
function ends(fire: AlertEvent, later: AlertEvent): boolean {
  return later.key === fire.key && (later.kind === 'resolve' || later.kind === 'resolve-no-data');
}

function titleOf({ kind, policy }: AlertEvent): string {
  return kind.endsWith('no-data') ? `${policy.displayName}: no data` : policy.displayName;
}

const SINGLE: Readonly<Record<AlertEventKind, string>> = {
  fire: '',
  resolve: ' resolved',
  flapping: ' keeps firing and resolving; silent until it has been stable for a while',
  'fire-no-data': '',
  'resolve-no-data': ' ended',
  edge: ' changed',
  'resolved-while-closed': ' resolved while no window was open',
};

/** An event in one line: "P1: Fewer than 6 agents active (2 agents)". */
export function eventText(event: AlertEvent): string {
  return `${event.policy.severity}: ${titleOf(event)} (${event.valueText})${SINGLE[event.kind]}`;
}

function announcement(events: readonly AlertEvent[], kind: Announcement['kind'], at: number): Announcement | null {
  const [first] = events;
  if (!first) return null;
  const level = events.map(({ policy }) => policy.severity).sort()[0] ?? first.policy.severity;
  const names = events.slice(0, NAMED).map(titleOf).join(', ');
  const text =
    events.length === 1
      ? eventText({ ...first, kind })
      : `${events.length} SLO alerts firing (${names}${events.length > NAMED ? ', …' : ''})`;
  return { at, kind, level, text, events };
}

/** When the group that is being gathered is complete, ms since the epoch; null when none is. */
export function groupDueAt(memory: GroupMemory, waitMs = GROUP_WAIT_MS): number | null {
  return memory.phase === 'gathering' ? memory.firstAt + waitMs + 1 : null;
}

/** One evaluation's events in, announcements out. An alert that clears while its group is gathered is not told at all. */
export function announce(
  memory: GroupMemory,
  events: readonly AlertEvent[],
  now: number,
  waitMs = GROUP_WAIT_MS,
): { readonly memory: GroupMemory; readonly announcements: readonly Announcement[] } {
  const out: Announcement[] = [];
  const add = (group: readonly AlertEvent[], kind: Announcement['kind']): void => {
    const made = announcement(group, kind, now);
    if (made) out.push(made);
  };
  const fires = events.filter(isFire);
  const isOver = memory.phase === 'gathering' && (now - memory.firstAt > waitMs || now < memory.firstAt);
  const cleared = memory.waiting.filter((fire) => events.some((later) => ends(fire, later)));
  let next: GroupMemory = { ...memory, waiting: memory.waiting.filter((fire) => !cleared.includes(fire)) };
  if (isOver) {
    add(next.waiting, 'fire');
    next = { ...next, phase: 'after', waiting: [] };
  }
  if (next.phase === 'after') add(fires, fires.every(({ kind }) => kind === 'fire-no-data') ? 'fire-no-data' : 'fire');
  else if (fires.length > 0 || next.phase === 'gathering')
    next = {
      phase: 'gathering',
      firstAt: next.phase === 'before' ? now : next.firstAt,
      waiting: [...next.waiting, ...fires],
    };
  for (const event of events) {
    if (isFire(event) || cleared.some((fire) => ends(fire, event))) continue;
    if (event.kind !== 'edge' && event.kind !== 'resolved-while-closed') add([event], event.kind);
  }
  return { memory: next, announcements: out };
}
