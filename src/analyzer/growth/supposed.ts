/**
 * Is a judge silent whatever other files answer? Then they are not asked: each question has its file judged again when the
 * answer changes, and may have files parsed that have no word of the catalogue.
 */
import type { Engine } from '../engine';

interface Supposition {
  /** What every question is answered; none while others are really asked. */
  answer?: boolean | undefined;
  isAsked: boolean;
}

const supposition = (): Supposition => ({ isAsked: false });

/** The supposed answer to a question; undefined where others are to be asked. */
export function supposedAnswer(engine: Engine): boolean | undefined {
  const state = engine.once(supposition);
  if (state.answer !== undefined) state.isAsked = true;
  return state.answer;
}

/** Does the judge find nothing, neither when others answer no to all it asks, nor when they answer yes? */
export function isSilentHowever(judge: () => unknown, engine: Engine): boolean {
  const state = engine.once(supposition);
  state.isAsked = false;
  for (const answer of [false, true]) {
    state.answer = answer;
    let found: unknown;
    try {
      found = judge();
    } finally {
      state.answer = undefined;
    }
    if (found !== undefined) return false;
    if (!state.isAsked) return true;
  }
  return true;
}
