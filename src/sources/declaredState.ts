/** What an agent says of itself, from free text. Rules: swarm reference, section 5 "Declared state". */

export type DeclaredState =
  | 'active'
  | 'resting'
  | 'idle'
  | 'complete'
  | 'blocked'
  | 'onboarding'
  | 'reset'
  | 'offline'
  | 'error'
  | 'unknown'
  | 'none';

const words: Readonly<Record<Exclude<DeclaredState, 'unknown' | 'none'>, string>> = {
  active:
    'ACTIVE ACTIVATED BUSY WORKING EXECUTING EXECUTION RUNNING PROCESSING COORDINATING OPERATIONAL ONLINE ENGAGED MONITORING REVIEW REVIEWING LIVE IN_PROGRESS',
  resting: 'REST RESTING READY STANDBY STANDING_BY WAITING AWAITING',
  idle: 'IDLE AVAILABLE PAUSED',
  complete: 'COMPLETE COMPLETED COMPLETING DONE FINISHED ACCOMPLISHED ACHIEVED WRAPPED_UP',
  blocked: 'BLOCKED STALLED STUCK MAINTENANCE INPUT_REQUIRED',
  onboarding: 'ONBOARDING ONBOARDED INITIALIZING',
  reset: 'RESET UNINITIALIZED PENDING SUBMITTED',
  offline: 'OFFLINE INACTIVE STOPPED TERMINATED DEAD SHUTDOWN CANCELED CANCELLED',
  error: 'ERROR FAILED CRASHED UNRESPONSIVE UNHEALTHY',
};

const stateOf = new Map<string, DeclaredState>(
  Object.entries(words).flatMap(([state, list]) =>
    list.split(' ').map((word) => [word, state as DeclaredState] as const),
  ),
);
const pairs = new Set(['IN_PROGRESS', 'STANDING_BY', 'WRAPPED_UP', 'INPUT_REQUIRED']);
const negations = new Set(['NO', 'NOT', 'NON', 'NEVER']);

/** Agents say the same all the time: so many texts are remembered with their words. */
const maxRemembered = 1000;
const maxRememberedLength = 200;
const remembered = new Map<string, readonly string[]>();

/** Words of the first clause, upper case, known pairs joined, negated words left out. */
export function clauseWords(text: string): readonly string[] {
  const known = remembered.get(text);
  if (known) return known;
  const found = wordsOfClause(text);
  if (remembered.size >= maxRemembered) remembered.clear();
  if (text.length <= maxRememberedLength) remembered.set(text, found);
  return found;
}

function wordsOfClause(text: string): readonly string[] {
  const clause = text.split(/ [-+|\u2013\u2014] |: | \(|, |; /, 1)[0] ?? '';
  const raw = clause
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const joined: string[] = [];
  for (let index = 0; index < raw.length; index++) {
    const word = raw[index] ?? '';
    const pair = `${word}_${raw[index + 1] ?? ''}`;
    if (pairs.has(pair)) {
      joined.push(pair);
      index++;
    } else joined.push(word);
  }
  return joined.filter((_, index) => !negations.has(joined[index - 1] ?? ''));
}

/** Words and whole texts of a definition's own, in upper case, with what they mean there. They go before the known ones. */
export type StateWords = ReadonlyMap<string, DeclaredState>;
const noWords: StateWords = new Map();

/** The states that a status text may be said to declare. */
export const DECLARED_STATES = [...Object.keys(words), 'unknown'] as readonly DeclaredState[];

/** A text as a key of `StateWords`. */
export function stateWord(text: string): string {
  return text.trim().toUpperCase();
}

/**
 * State that a status text declares; `none` without a text, `unknown` where no listed word stands in its first clause.
 * @param own decides first, by the whole text, then by its words
 */
export function declaredState(text: string | null, own: StateWords = noWords): DeclaredState {
  if (text === null || text.trim() === '') return 'none';
  const whole = own.get(stateWord(text));
  if (whole) return whole;
  const meaning = (word: string): DeclaredState | undefined => own.get(word) ?? stateOf.get(word);
  const list = clauseWords(text);
  if (list.length === 1 && list[0] === 'EMERGENCY') return meaning('EMERGENCY') ?? 'error';
  const first = meaning(list[0] ?? '');
  if (first) return first;
  return list.map(meaning).findLast((state) => state !== undefined) ?? 'unknown';
}

/** Does the first clause say that the agent rests? */
export function saysResting(text: string | null, own: StateWords = noWords): boolean {
  if (text === null) return false;
  const whole = own.get(stateWord(text));
  if (whole) return whole === 'resting';
  return clauseWords(text).some((word) => (own.get(word) ?? stateOf.get(word)) === 'resting');
}
