/** How often a piece of code runs, as the judges are told it, and which of two is more. */
import type { Question } from '../../../facts/exportFacts';
import type { Owner } from '../../../program/members';
import type { CallLike, FunctionNode, ts } from '../../../syntax/syntax';
import { type Occasion, wordsOf } from './occasions';

export type Level =
  /** At most once per process or page. */
  | 'once'
  /** A set-up function by its name and use: presumably once, not provably. */
  | 'setup'
  /** Once per instance of a class. */
  | 'instance'
  /** Once per mount of a component. */
  | 'mount'
  /** Each call of a function that others may call any number of times. */
  | 'call'
  /** Events, timers, requests, loops, renders. */
  | 'hot'
  | 'unknown';

export interface Frequency {
  readonly level: Level;
  /** What makes it run: for whoever decides by it. */
  readonly occasion: Occasion;
  /** The same in English, for messages only: completes the sentence "runs …". */
  readonly why: string;
  /** An event that a person or an extension brings about a few times in a session. */
  readonly isRare?: boolean;
  /** Only because of a loop, which ends. */
  readonly isLooped?: boolean;
  /** By its parameters it answers a request, of which there is no end. */
  readonly isRequest?: boolean;
  /** It holds only if each of these is answered by yes. */
  readonly given?: readonly Question[];
}

export type Instances = 'single' | 'many' | 'unknown';

export interface Frequencies {
  readonly of: (node: ts.Node) => Frequency;
  readonly ofFunction: (fn: FunctionNode) => Frequency;
  /** How many instances of an owner live in one process. */
  readonly instancesOf: (owner: Owner) => Instances;
  /** How often instances of an owner are made. */
  readonly ofInstances: (owner: Owner) => Frequency;
  /** How often a function runs that is given to a call. */
  readonly ofGiven: (call: CallLike, argument: ts.Expression) => Frequency;
  /** Is the file a component of a program, of which nothing shows it? */
  readonly isShownByNobody: () => boolean;
  /** Is it a class of a program, of which no file makes an instance or an heir? */
  readonly isMadeByNobody: (owner: Owner) => boolean;
  /** Is it a class of which other files may have instances, by uses that do not say that there is one? */
  readonly isMadeElsewhere: (owner: Owner) => boolean;
  /** Is the place run for a component that the program shows at one place only? */
  readonly isAtOnePlace: (node: ts.Node) => boolean;
  /** Does the place lie in a function of a program that nothing calls? */
  readonly isInUncalled: (node: ts.Node) => boolean;
  /** Once, where the file is a component of which there is one; undefined where there may be more. */
  readonly ofOwnFile: () => Frequency | undefined;
  /** Once, where a component or hook is there once; undefined where it may be there more often. */
  readonly ofMounts: (fn: FunctionNode) => Frequency | undefined;
}

/** A frequency with its English. */
export function runs(
  level: Level,
  occasion: Occasion,
  more: Pick<Frequency, 'isRare' | 'isLooped' | 'isRequest' | 'given'> = {},
): Frequency {
  return { level, occasion, why: wordsOf(occasion), ...more };
}

/** From the least to the most. */
export const rank: Readonly<Record<Level, number>> = {
  once: 0,
  setup: 1,
  instance: 2,
  unknown: 3,
  mount: 4,
  call: 5,
  hot: 6,
};

/** The more frequent of two. */
export function moreFrequent(a: Frequency, b: Frequency): Frequency {
  const most = weight(b) > weight(a) ? b : a;
  if (!a.given && !b.given) return most;
  return { ...most, given: [...new Set([...(a.given ?? []), ...(b.given ?? [])])] };
}

function weight({ level, isRare }: Frequency): number {
  return rank[level] - (isRare ? 0.5 : 0);
}

/** Is it seen to run again, or given to a call that is not seen, which mostly is given it for each work? */
export function mayRepeat({ level, occasion }: Frequency): boolean {
  return level === 'unknown' ? occasion.kind === 'unseenCallBy' : rank[level] >= rank.instance;
}

/** So often that nothing makes it worse. */
export function isOften(frequency: Frequency | undefined): boolean {
  return frequency !== undefined && rank[frequency.level] >= rank.call;
}

export const once = runs('once', { kind: 'load' });
/** Once, because there is one of the component at the root of a page. */
export const onlyInstance = runs('once', { kind: 'rootComponent' });
export const eachRequest = runs('hot', { kind: 'request' }, { isRequest: true });
