/**
 * Is a judge silent whatever other files answer? Then they are not asked: each question has its file judged again when the
 * answer changes, and may have files parsed that have no word of the catalogue.
 */
import type { Engine } from '../engine';

/** Two questions have four pairs of answers; of more the files are asked. */
const mostRuns = 4;

/** Answers that are supposed in the order of their questions; none while others are really asked. */
const slot = (): { supposed?: Map<string, boolean> | undefined } => ({});

/** The supposed answer to a question; undefined where others are to be asked. */
export function supposedAnswer(question: string, engine: Engine): boolean | undefined {
  const { supposed } = engine.once(slot);
  if (!supposed) return undefined;
  const known = supposed.get(question);
  if (known === undefined) supposed.set(question, false);
  return known ?? false;
}

/** Does the judge find nothing with any answers of other files? */
export function isSilentHowever(judge: () => unknown, engine: Engine): boolean {
  const state = engine.once(slot);
  const answers = new Map<string, boolean>();
  for (let run = 0; run < mostRuns; run++) {
    state.supposed = answers;
    let found: unknown;
    try {
      found = judge();
    } finally {
      state.supposed = undefined;
    }
    if (found !== undefined) return false;
    if (!takeNext(answers)) return true;
  }
  return false;
}

/** The next answers to suppose: the last no becomes a yes, and what was asked after it is open again. */
function takeNext(answers: Map<string, boolean>): boolean {
  for (const [question, isYes] of [...answers].reverse()) {
    if (!isYes) {
      answers.set(question, true);
      return true;
    }
    answers.delete(question);
  }
  return false;
}
