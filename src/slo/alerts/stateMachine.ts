/** One alert's states over time: inactive → pending → firing → resolved (reported once), and unknown keeps the state. */

import type { FlapMemory } from './flapping';

/** What must survive a restart. Instants in ms since the epoch. JSON-serialisable. */
export interface AlertMemory {
  readonly state: 'inactive' | 'pending' | 'firing';
  /** Since when in this state; null when inactive. */
  readonly since: number | null;
  /** Last evaluation at which the clear condition did not hold, while firing. */
  readonly lastTrue: number | null;
  /** When this incident's fire was announced; null when it was not (yet). */
  readonly notifiedAt: number | null;
  /** Text of the condition; a changed one resets pending, not firing. */
  readonly condition?: string;
  /** Of a no-data alert: instant of the newest sample ever seen, so that a source that disappears is noticed. */
  readonly lastSample?: number;
  /** Its last fires and resolves, once there are any. */
  readonly flap?: FlapMemory;
}

export const INACTIVE: AlertMemory = { state: 'inactive', since: null, lastTrue: null, notifiedAt: null };

export interface ConditionOutcome {
  /** `when`: true, false, or null for unknown. */
  readonly fires: boolean | null;
  /** The clear condition; without one, the negation of `fires`. */
  readonly clears: boolean | null;
}

export interface StepResult {
  readonly memory: AlertMemory;
  readonly transition: 'fire' | 'resolve' | null;
  /** The state of this evaluation; `resolved` is shown once. */
  readonly shown: AlertMemory['state'] | 'resolved';
}

function stay(memory: AlertMemory): StepResult {
  return { memory, transition: null, shown: memory.state };
}

function stepIdle(memory: AlertMemory, outcome: ConditionOutcome, alertAfterMs: number, now: number): StepResult {
  if (outcome.fires === null) return stay(memory);
  if (!outcome.fires) return stay({ ...INACTIVE });
  // A begin in the future is of a clock that was ahead: counting starts anew.
  const since = memory.state === 'pending' ? Math.min(memory.since ?? now, now) : now;
  if (now - since < alertAfterMs) return stay({ state: 'pending', since, lastTrue: null, notifiedAt: null });
  return {
    memory: { state: 'firing', since: now, lastTrue: now, notifiedAt: null },
    transition: 'fire',
    shown: 'firing',
  };
}

/** One evaluation at `now`. Firing resolves when the clear condition holds and has held for `keepFiringForMs` since it last did not. */
export function stepAlert(
  memory: AlertMemory,
  outcome: ConditionOutcome,
  rule: { readonly alertAfterMs: number; readonly keepFiringForMs: number },
  now: number,
): StepResult {
  if (memory.state !== 'firing') return stepIdle(memory, outcome, rule.alertAfterMs, now);
  if (outcome.clears === null) return stay(memory);
  if (!outcome.clears) return stay({ ...memory, lastTrue: now });
  const lastTrue = Math.min(memory.lastTrue ?? memory.since ?? now, now);
  if (now - lastTrue < rule.keepFiringForMs) return stay({ ...memory, lastTrue });
  return { memory: { ...INACTIVE }, transition: 'resolve', shown: 'resolved' };
}

/**
 * The no-data alert: true when the newest sample is older than `staleAfterMs` (strictly), clear with the next sample.
 * A source that never gave a sample is unknown: what was never there cannot fall silent.
 */
export function noDataOutcome(newestSampleAt: number | null, staleAfterMs: number, now: number): ConditionOutcome {
  if (newestSampleAt === null) return { fires: null, clears: null };
  const silent = now - newestSampleAt > staleAfterMs;
  return { fires: silent, clears: !silent };
}
