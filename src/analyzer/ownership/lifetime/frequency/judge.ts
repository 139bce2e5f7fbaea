/**
 * How often does a piece of code run? Once per process, once per instance, per mount, per call, or hot (events, timers,
 * requests). A resource that is acquired once by design is no leak; what repeats multiplies. The question goes outward from
 * a place to its function, from there to who calls it or takes it as a value, and so on; each step has a file of its own.
 */
import type { Question } from '../../../facts/exportFacts';
import type { Owner } from '../../../program/members';
import type { FileProgram } from '../../../program/program';
import { isComponentFile } from '../../../syntax/singleFile';
import type { FunctionNode, ts } from '../../../syntax/syntax';
import { rootElementsOf } from '../rootElements';
import { givenToCall } from './callbacks';
import { type Frequencies, type Frequency, runs } from './frequency';
import { frequencyOfFunction } from './functions';
import { type Count, countInstances, frequencyOfInstances } from './instances';
import { isMadeElsewhere } from './madeElsewhere';
import { isAtOnePlace } from './onePlace';
import { onlyComponent } from './onlyComponent';
import { createMemory } from './remembered';
import { mountOfRoot } from './rootEffects';
import { frequencyAt } from './sites';
import { isInUncalled, isUncalled } from './uncalled';
import { isUnmade } from './unmade';
import { takenBy } from './values';

/** Says of an own export whether all other files together make, call or put it up once. */
export type IsOnce = (question: Question) => boolean;

/** What the steps ask each other; answers are kept, and a circle of calls adds nothing. */
export interface Judge extends Frequencies {
  readonly program: FileProgram;
  /** Once is only what is seen to be so. */
  readonly isStrict: boolean;
  /** Components that only the root of a page has. */
  readonly rootElements: ReadonlySet<string>;
  /** Frequency of a function used as a value: what does the taker do with it? */
  readonly ofValue: (value: ts.Expression, fn: FunctionNode) => Frequency;
  /** Is it a function that nothing of the program calls? */
  readonly isUncalled: (fn: FunctionNode) => boolean;
  readonly countOf: (owner: Owner) => Count;
  /** Asks what other files do with an export. @returns the question, if the answer is yes */
  readonly asked: (as: Question['as'], exported: readonly string[] | undefined) => Question | undefined;
}

const recursion = runs('once', { kind: 'recursion' });

/**
 * Builds the frequency judge of one file; answers are cached.
 * @param isOnce what other files do with the exports of this one
 * @param isStrict once is only what is seen to be so: names that tell of a set-up or of a service are not believed, and a loop
 * in what runs once makes many
 */
export function createFrequency(program: FileProgram, isOnce: IsOnce, isStrict = false): Frequencies {
  const remembered = createMemory();
  const judge: Judge = {
    program,
    isStrict,
    isUncalled: remembered((fn) => isUncalled(fn, judge), false),
    ofOwnFile: () => onlyComponent(judge),
    isShownByNobody: () => isComponentFile(program.path) && judge.asked('unused', ['default']) !== undefined,
    isMadeByNobody: (owner) => isUnmade(owner, judge),
    isMadeElsewhere: (owner) => isMadeElsewhere(owner, judge),
    isAtOnePlace: (node) => isAtOnePlace(node, judge),
    isInUncalled: (node) => isInUncalled(node, judge),
    rootElements: program.once(rootElementsOf),
    of: (node) => frequencyAt(node, judge),
    ofFunction: remembered((fn) => frequencyOfFunction(fn, judge), recursion),
    ofValue: remembered((value, fn: FunctionNode) => takenBy(value, fn, judge), recursion),
    ofGiven: (call, argument) => givenToCall(call, argument, judge),
    ofMounts: (fn) => mountOfRoot(fn, judge),
    ofInstances: (owner) => frequencyOfInstances(owner, judge),
    instancesOf: (owner) => judge.countOf(owner).instances,
    countOf: remembered((owner) => countInstances(owner, judge), { instances: 'unknown', given: [] }),
    asked: asking(isOnce),
  };
  return judge;
}

/** One question of each content, so that equal ones are the same. */
function asking(isOnce: IsOnce): Judge['asked'] {
  const questions = new Map<string, Question | undefined>();
  return (as, exported) => {
    if (!exported) return undefined;
    const key = `${as} ${exported.join()}`;
    if (!questions.has(key)) {
      const question: Question = { as, of: exported };
      questions.set(key, isOnce(question) ? question : undefined);
    }
    return questions.get(key);
  };
}
