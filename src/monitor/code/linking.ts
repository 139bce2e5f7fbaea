/** Rounds in which files are judged again whose questions about other files are answered otherwise now. */
import type { Answers } from './answers';
import type { KnownFiles } from './knownFiles';
import type { Pace } from './pace';

/** Chains of files through which a fact may travel; longer ones are left as they are. */
const maxRounds = 6;

export interface Linking {
  readonly files: KnownFiles;
  readonly answers: Answers;
  /** Judges a file by the text that lies there now. @returns whether others may be told something else by it */
  readonly judgeAgain: (path: string) => Promise<boolean>;
  readonly pace: Pace;
  readonly isStopped: () => boolean;
}

/** Judges again until all answers stand. Rounds are bounded: files that import each other in a circle may otherwise never agree. */
export async function settleAnswers({ files, answers, judgeAgain, pace, isStopped }: Linking): Promise<void> {
  const judgeAll = async (paths: readonly string[], isToJudge: (path: string) => boolean): Promise<boolean> => {
    let isNews = false;
    for (const path of paths) {
      if (isStopped()) break;
      await pace.step();
      if (isToJudge(path)) isNews = (await judgeAgain(path)) || isNews;
    }
    return isNews;
  };
  answers.beginLinking();
  for (let round = 0; round < maxRounds; ) {
    const { isComplete, toAsk } = await answers.beginRound(pace.step);
    const isToldOtherwise = await judgeAll(toAsk, (path) => {
      const entry = files.get(path);
      return entry !== undefined && answers.isToJudgeAgain(path, entry);
    });
    // A file is parsed for the census once, so this ends.
    const { wanted } = answers;
    const isNews = (await judgeAll(wanted, () => true)) || isToldOtherwise;
    const isLearned = wanted.some((path) => files.get(path)?.analysis);
    if (!isNews || (isComplete && !answers.hasNews)) break;
    if (!isLearned) round++;
  }
  answers.endLinking();
}
