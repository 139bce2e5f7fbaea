/** Is an agent alive? The decision procedure of the swarm reference, section 5; and the general rule for other layouts. */

import type { DeclaredState } from './declaredState';
import { compilePattern } from './pattern';
import type { StatusTime } from './statusWarnings';
import { wallToInstant } from './timestamps';

export interface LivenessOptions {
  readonly activeMinutes: number;
  readonly restingMinutes: number;
  readonly futureToleranceSeconds: number;
  readonly timeZone: string;
  /** Declared states that are never active. */
  readonly declaredNot?: readonly DeclaredState[];
  /** A status text that this pattern matches is never active (see `pattern.ts`). */
  readonly stateNotMatching?: string | null;
  /** false: the time of the file proves nothing, though nothing in it can be later. */
  readonly trustsFileTime?: boolean;
}

export const defaultLiveness: LivenessOptions = {
  activeMinutes: 15,
  restingMinutes: 60,
  futureToleranceSeconds: 120,
  timeZone: 'local',
};

export interface FileFacts {
  /** Modification time, ms since the epoch; null when it is not known. */
  readonly mtime: number | null;
  readonly git: 'clean' | 'modified' | 'untracked' | 'unknown';
  /** Time of the last commit that changed the file. */
  readonly lastCommit: number | null;
  /** All status files (two or more) carry the same time within ten seconds: a copy or an unpacked archive. */
  readonly allMtimesWithin10s: boolean;
  /** A change of content that the running watcher saw while HEAD did not move. */
  readonly seenChangeAt?: number | null | undefined;
}

export interface Liveness {
  readonly lastSeen: number | null;
  /** Key of the field, or `mtime`. */
  readonly seenBy: string | null;
  readonly fieldTime: number | null;
  readonly fileTime: number | null;
  readonly active: boolean;
  readonly limitMinutes: number;
  /** The pattern of a definition that keeps the agent from being active, whatever its times say. */
  readonly vetoedBy?: string;
  readonly timeWarnings: readonly string[];
  /** By warning, the first timestamp that it is about; a warning about the file time has none. */
  readonly warnedTimes: ReadonlyMap<string, StatusTime>;
}

/** Of most agents there is nothing to say; ten thousand empty tables are two megabytes. */
const nothingWarned: readonly string[] = [];
const noTimes: ReadonlyMap<string, StatusTime> = new Map();
/** Declared states that are never active, unless a definition names others. */
export const NEVER_ACTIVE: readonly DeclaredState[] = ['offline', 'error', 'reset'];
const disagreeMs = 60 * 60_000;
const localZMs = 5 * 60_000;
const commitSlackMs = 2_000;

/** Decides whether an agent counts as active at `now` (ms). A field wins a tie with the file time. */
export function decideLiveness(
  times: readonly StatusTime[],
  declared: DeclaredState,
  resting: boolean,
  file: FileFacts,
  now: number,
  options: LivenessOptions,
): Liveness {
  const tolerance = options.futureToleranceSeconds * 1000;
  let warnings: string[] | null = null;
  let warnedTimes: Map<string, StatusTime> | null = null;
  const warn = (kind: string, about?: StatusTime): void => {
    warnings ??= [];
    if (warnings.includes(kind)) return;
    warnings.push(kind);
    if (about) warnedTimes = (warnedTimes ?? new Map<string, StatusTime>()).set(kind, about);
  };
  const fileTime = options.trustsFileTime === false ? null : trustedFileTime(file, now, tolerance, warn);
  const commit = file.git === 'clean' ? file.lastCommit : null;
  const bound = file.mtime === null ? commit : commit === null ? file.mtime : Math.min(file.mtime, commit);
  let field: { readonly from: StatusTime; readonly ms: number; readonly z: boolean } | null = null;
  for (const from of times) {
    const { time } = from;
    if (time.precision !== 'instant' && time.precision !== 'no-zone') continue;
    if (time.ms > now + tolerance) warn('clock-in-future', from);
    else if (bound !== null && time.ms > bound + tolerance) warn('clock-ahead-of-file', from);
    else if (!field || time.ms > field.ms) field = { from, ms: time.ms, z: time.precision === 'instant' && time.z };
  }
  if (fileTime !== null && field && Math.abs(fileTime - field.ms) > disagreeMs) {
    const asLocal = field.z ? wallToInstant(field.ms, options.timeZone) : null;
    const isLocal = asLocal !== null && Math.abs(asLocal - fileTime) <= localZMs;
    warn(isLocal ? 'z-is-local-time' : 'field-and-file-disagree', field.from);
  }
  const byFile = fileTime !== null && (!field || fileTime > field.ms);
  const lastSeen = byFile ? fileTime : (field?.ms ?? null);
  const limitMinutes = resting ? options.restingMinutes : options.activeMinutes;
  return {
    lastSeen,
    seenBy: lastSeen === null ? null : byFile ? 'mtime' : (field?.from.key ?? null),
    fieldTime: field?.ms ?? null,
    fileTime,
    active:
      lastSeen !== null &&
      now - lastSeen <= limitMinutes * 60_000 &&
      !(options.declaredNot ?? NEVER_ACTIVE).includes(declared),
    limitMinutes,
    timeWarnings: warnings ?? nothingWarned,
    warnedTimes: warnedTimes ?? noTimes,
  };
}

const compiled = new Map<string, (text: string) => boolean>();

/** Does what an agent says of itself match the pattern of those that are never active? */
export function isVetoed(statusText: string | null, { stateNotMatching }: LivenessOptions): boolean {
  if (stateNotMatching === undefined || stateNotMatching === null) return false;
  let test = compiled.get(stateNotMatching);
  if (!test) {
    const pattern = compilePattern(stateNotMatching);
    // A pattern that cannot be read is an error of the definition; were it in force, nobody would be active by it.
    test = pattern.ok ? pattern.test : () => true;
    if (compiled.size >= 20) compiled.clear();
    compiled.set(stateNotMatching, test);
  }
  return test(statusText ?? '');
}

/**
 * Until when the verdict stays as it is while the file stays as it is, ms: an active agent falls silent, and a time that lay in
 * the future comes to be believed. Infinity when nothing changes any more.
 */
export function holdsUntil(
  liveness: Liveness,
  times: readonly StatusTime[],
  file: FileFacts,
  now: number,
  options: LivenessOptions,
): number {
  const tolerance = options.futureToleranceSeconds * 1000;
  let until = Number.POSITIVE_INFINITY;
  const believed = (ms: number | null | undefined): void => {
    if (ms !== null && ms !== undefined && ms > now + tolerance) until = Math.min(until, ms - tolerance);
  };
  for (const { time } of times) if (time.precision === 'instant' || time.precision === 'no-zone') believed(time.ms);
  believed(file.mtime);
  believed(file.seenChangeAt);
  if (liveness.active && liveness.lastSeen !== null)
    until = Math.min(until, liveness.lastSeen + liveness.limitMinutes * 60_000 + 1);
  return until;
}

/** File time, if it can mean that somebody wrote the file (step 3). */
function trustedFileTime(file: FileFacts, now: number, tolerance: number, warn: (kind: string) => void): number | null {
  const { mtime } = file;
  if (file.seenChangeAt !== undefined && file.seenChangeAt !== null && file.seenChangeAt <= now + tolerance)
    return file.seenChangeAt;
  if (mtime === null) return null;
  if (mtime > now + tolerance) {
    warn('file-clock-in-future');
    return null;
  }
  switch (file.git) {
    case 'modified':
      return mtime;
    case 'clean':
      return file.lastCommit !== null && mtime <= file.lastCommit + commitSlackMs ? mtime : null;
    case 'untracked':
    case 'unknown':
      return file.allMtimesWithin10s ? null : mtime;
  }
}

/**
 * The general rule for gauge files (SLO reference, section 2.1): of the file's own timestamp and its modification time, both
 * valid, the older counts; the modification time alone only where `fallbackToFile` allows it. All in ms since the epoch.
 * @returns null when nothing can be believed: a clock that is wrong is no sign of life, whatever the file time says
 */
export function gaugeTime(
  own: number | null,
  mtime: number | null,
  options: { readonly fallbackToFile: boolean; readonly now: number; readonly maxFutureMs: number },
): number | null {
  const isValid = (time: number): boolean => time <= options.now + options.maxFutureMs;
  const file = mtime !== null && isValid(mtime) ? mtime : null;
  if (own === null) return options.fallbackToFile ? file : null;
  if (!isValid(own)) return null;
  return file === null ? own : Math.min(own, file);
}

/**
 * Tells file times that come from a copy, a clone or an unpacked archive: more than half of the files, two at least, were
 * written within ten seconds of it. The reference asks this of all files; one file written since then must not make the others
 * look alive.
 * @param all times of all files; sorted once, so that asking for each of ten thousand is cheap
 */
export function bulkTimes(all: ArrayLike<number>): (mtime: number | null) => boolean {
  const sorted = Float64Array.from(all).sort();
  const countBelow = (limit: number): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (mtime) => {
    if (mtime === null || sorted.length < 2) return false;
    let near = countBelow(mtime + 10_000) - countBelow(mtime - 10_000);
    // Ten seconds exactly are still near.
    for (let at = countBelow(mtime + 10_000); sorted[at] === mtime + 10_000; at++) near++;
    return near >= 2 && near * 2 > sorted.length;
  };
}
