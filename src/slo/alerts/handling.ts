/**
 * What people have said of alerts: for how long one is silent, and that somebody is on it. It mutes the voice and never the
 * truth. Instants in ms since the epoch.
 */

/** Silent in [from, until). */
export interface Snooze {
  readonly from: number;
  /** null: no time ends it. */
  readonly until: number | null;
  /** Was the alert firing then? It ends when that changes. null: no change ends it. */
  readonly whileFiring: boolean | null;
}

export interface Handling {
  readonly snooze: Snooze | null;
  /** Of the incident that fires: since when somebody is on it. */
  readonly acknowledgedAt: number | null;
}

/** By alert key. JSON-serialisable. */
export type Handlings = Readonly<Record<string, Handling>>;

export type AlertAct =
  | { readonly kind: 'snooze'; readonly until: number | 'change' | 'forever' }
  | { readonly kind: 'unsnooze' }
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'unacknowledge' };

const UNHANDLED: Handling = { snooze: null, acknowledgedAt: null };

/** Does the snooze mute its alert now? */
export function isSnoozing({ from, until, whileFiring }: Snooze, firing: boolean, now: number): boolean {
  return now >= from && (until === null || now < until) && (whileFiring === null || whileFiring === firing);
}

/**
 * What is left of a handling: a snooze that is over ends by itself, an acknowledgement with its incident. A snooze that has
 * yet to begin, as after the clock was set back, stays. Null when nothing is left.
 */
export function whatIsLeft(handling: Handling, firing: boolean, now: number): Handling | null {
  const { snooze, acknowledgedAt } = handling;
  const lasts = snooze !== null && (now < snooze.from || isSnoozing(snooze, firing, now));
  const left = { snooze: lasts ? snooze : null, acknowledgedAt: firing ? acknowledgedAt : null };
  return left.snooze === null && left.acknowledgedAt === null ? null : left;
}

function after(handling: Handling, act: AlertAct, firing: boolean, now: number): Handling {
  switch (act.kind) {
    case 'snooze':
      return {
        ...handling,
        snooze: {
          from: now,
          until: typeof act.until === 'number' ? act.until : null,
          whileFiring: act.until === 'change' ? firing : null,
        },
      };
    case 'unsnooze':
      return { ...handling, snooze: null };
    case 'acknowledge':
      return { ...handling, acknowledgedAt: handling.acknowledgedAt ?? now };
    case 'unacknowledge':
      return { ...handling, acknowledgedAt: null };
  }
}

/**
 * The handlings after an act on some alerts. What is over at once, as the acknowledgement of an alert that does not fire, is
 * not kept.
 */
export function actOn(
  handlings: Handlings,
  keys: readonly string[],
  act: AlertAct,
  isFiring: (key: string) => boolean,
  now: number,
): Handlings {
  const next = new Map(Object.entries(handlings));
  for (const key of keys) {
    const firing = isFiring(key);
    const left = whatIsLeft(after(next.get(key) ?? UNHANDLED, act, firing, now), firing, now);
    if (left) next.set(key, left);
    else next.delete(key);
  }
  return Object.fromEntries(next);
}

/** The handlings that still count. Of an alert that is not known (null) nothing is forgotten: its definition may come back. */
export function withoutEnded(handlings: Handlings, isFiring: (key: string) => boolean | null, now: number): Handlings {
  return Object.fromEntries(
    Object.entries(handlings).flatMap(([key, handling]) => {
      const firing = isFiring(key);
      const left = firing === null ? handling : whatIsLeft(handling, firing, now);
      return left ? [[key, left] as const] : [];
    }),
  );
}

/** More than anybody says of alerts by hand. */
const MAX_HANDLINGS = 2000;
const MAX_KEY = 300;

/** JSON with a line end. */
export function handlingsText(handlings: Handlings): string {
  return `${JSON.stringify({ schemaVersion: 1, handlings })}\n`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function instant(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function snoozeOf(value: unknown): Snooze | null {
  if (!isMap(value)) return null;
  const from = instant(value.from);
  const until = instant(value.until);
  // An end that cannot be read must not become none.
  if (from === null || (until === null && value.until !== null)) return null;
  return { from, until, whileFiring: typeof value.whileFiring === 'boolean' ? value.whileFiring : null };
}

/** The handlings of a text; what is none is left out. null when it is no such text. */
export function readHandlingsText(text: string): Handlings | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!isMap(value) || value.schemaVersion !== 1 || !isMap(value.handlings)) return null;
  return Object.fromEntries(
    Object.entries(value.handlings)
      .slice(0, MAX_HANDLINGS)
      .flatMap(([key, one]) => {
        if (key.length > MAX_KEY || !isMap(one)) return [];
        const snooze = snoozeOf(one.snooze);
        const acknowledgedAt = instant(one.acknowledgedAt);
        return snooze === null && acknowledgedAt === null ? [] : [[key, { snooze, acknowledgedAt }] as const];
      }),
  );
}
