/** Flap damping: an alert that fires and resolves again and again is announced once, then silent until it has been stable. */
import { MINUTE_MS } from '../duration';

export interface FlapRule {
  /** So many fires and resolves … */
  readonly transitions: number;
  /** … within this time (inclusive) are flapping, … */
  readonly withinMs: number;
  /** … and silence lasts until none has happened for this long. */
  readonly stableMs: number;
}

/** The 4th transition within 30 minutes; silence until 30 minutes without one. */
export const FLAP_RULE: FlapRule = { transitions: 4, withinMs: 30 * MINUTE_MS, stableMs: 30 * MINUTE_MS };

/** JSON-serialisable. */
export interface FlapMemory {
  /** Instants of the last fires and resolves, ascending, ms since the epoch. */
  readonly transitions: readonly number[];
  readonly muted: boolean;
}

export const STEADY: FlapMemory = { transitions: [], muted: false };

/**
 * One evaluation at `now`.
 * @param transition the alert fires or resolves in it
 * @returns `starts`: its announcement is replaced by that of flapping
 */
export function stepFlap(
  memory: FlapMemory,
  transition: boolean,
  rule: FlapRule,
  now: number,
): { readonly memory: FlapMemory; readonly starts: boolean } {
  const last = memory.transitions.at(-1);
  const muted = memory.muted && last !== undefined && now - last < rule.stableMs;
  if (!transition) return { memory: muted === memory.muted ? memory : { ...memory, muted }, starts: false };
  // What a clock that was ahead has left behind is no past transition.
  const transitions = [...memory.transitions.filter((at) => at <= now && now - at <= rule.withinMs), now];
  const starts = !muted && transitions.length >= rule.transitions;
  return { memory: { transitions, muted: muted || starts }, starts };
}
