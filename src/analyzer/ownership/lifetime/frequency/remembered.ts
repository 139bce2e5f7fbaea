/**
 * Answers that are kept. Who asks in a circle of calls is told what is known so far, by which the circle adds nothing; an answer
 * that rests on that is asked for once more when the whole circle has been gone through, since it may have been cut short.
 */

/** Keeps the answers of one question. */
export type Remember = <Key, More extends readonly unknown[], Answer>(
  answer: (key: Key, ...more: More) => Answer,
  /** For who asks again before there is an answer. */
  meanwhile: Answer,
) => (key: Key, ...more: More) => Answer;

interface Kept<Answer> {
  answer: Answer;
  /** Where it stands among the questions that are being answered; -1 for none. */
  depth: number;
  /** The question, still to be answered then, that it rests on. */
  rests: Running | undefined;
  rounds: number;
}

interface Running {
  isOver: boolean;
  readonly depth: number;
}

/** Circles lie within circles: after some rounds an answer stands. */
const mostRounds = 3;

/** Questions of several kinds that ask each other. */
export function createMemory(): Remember {
  const running: Running[] = [];
  /** The outermost running question that an answer was taken from since the innermost one began. */
  let outermost: Running | undefined;
  const rest = (on: Running): void => {
    if (!outermost || on.depth < outermost.depth) outermost = on;
  };
  function remember<Key, More extends readonly unknown[], Answer>(
    answer: (key: Key, ...more: More) => Answer,
    meanwhile: Answer,
  ): (key: Key, ...more: More) => Answer {
    const known = new Map<Key, Kept<Answer>>();
    return (key, ...more) => {
      let kept = known.get(key);
      if (!kept) {
        kept = { answer: meanwhile, depth: -1, rests: undefined, rounds: 0 };
        known.set(key, kept);
      } else if (kept.depth >= 0) {
        const on = running[kept.depth];
        if (on) rest(on);
        return kept.answer;
      } else if (!kept.rests) return kept.answer;
      else if (!kept.rests.isOver) {
        rest(kept.rests);
        return kept.answer;
      }
      const before = outermost;
      outermost = undefined;
      const own: Running = { isOver: false, depth: running.length };
      kept.depth = own.depth;
      running.push(own);
      const result = answer(key, ...more);
      running.pop();
      own.isOver = true;
      const rests = restsOn(outermost, own);
      kept.answer = result;
      kept.depth = -1;
      kept.rounds++;
      kept.rests = kept.rounds < mostRounds ? rests : undefined;
      outermost = before;
      if (rests) rest(rests);
      return result;
    };
  }
  return remember;
}

/** What was asked for within itself rests on nothing else. */
function restsOn(outermost: Running | undefined, { depth }: Running): Running | undefined {
  return outermost && outermost.depth < depth ? outermost : undefined;
}
