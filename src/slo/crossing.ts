/**
 * When did an objective cross its limit? A search over states in order of time, of which few are judged: backwards in steps
 * that double until one is met, then by halves in between (exponential and binary search).
 */

export interface Crossing {
  /** Place of the state that violates while the one before it does not. */
  readonly at: number;
  /** False: it violates from the first state on, so that nothing crossed. */
  readonly hasBefore: boolean;
  /** Places that were judged. */
  readonly judged: readonly number[];
}

/**
 * Finds a crossing.
 * @param count states, 0 the newest, which is known to violate
 * @param violates judges one; anything but `true` is a state that does not violate
 * @returns a crossing near the newest state; there may be earlier ones. At most about 2·log₂(count) states are judged.
 */
export async function findCrossing(
  count: number,
  violates: (place: number) => Promise<boolean | null>,
): Promise<Crossing> {
  const judged: number[] = [];
  const isBad = async (place: number): Promise<boolean> => {
    judged.push(place);
    return (await violates(place)) === true;
  };
  let bad = 0;
  let good = count;
  for (let step = 1; bad + 1 < good; step *= 2) {
    const place = Math.min(bad + step, count - 1);
    if (await isBad(place)) bad = place;
    else good = place;
    if (good < count) break;
  }
  while (bad + 1 < good) {
    const middle = (bad + good) >> 1;
    if (await isBad(middle)) bad = middle;
    else good = middle;
  }
  return { at: bad, hasBefore: good < count, judged };
}
