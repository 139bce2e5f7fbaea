/** Methods of promises: what runs when a work is done, and what waits for several. */

/** Goes on when the work is done. */
export function isThen(name: string): boolean {
  return name === 'then';
}

/** Goes on when the work has failed. */
export function isCatch(name: string): boolean {
  return name === 'catch';
}

/** `.catch(failed)`, `.then(done, failed)`: what fails before it is taken up, by the number of functions that it is given. */
export function takesFailure(name: string, given: number): boolean {
  return isCatch(name) ? given > 0 : isThen(name) && given > 1;
}

/** Goes on whatever the outcome was. */
export function isFinally(name: string): boolean {
  return name === 'finally';
}

/** Goes on after the work, on one outcome or any. */
export function isPromiseStep(name: string): boolean {
  return isThen(name) || isCatch(name) || isFinally(name);
}

/** Waits for all of several works, and fails with none of them. */
export function waitsForOutcomes(name: string): boolean {
  return name === 'allSettled';
}

/** Waits for each of several works. */
export function waitsForEach(name: string): boolean {
  return name === 'all' || waitsForOutcomes(name);
}

/** Is over with the first of several works. */
export function isRace(name: string): boolean {
  return name === 'race';
}

/** Is over with the first of several works, or the first that does not fail. */
export function isOverWithOne(name: string): boolean {
  return isRace(name) || name === 'any';
}

/** `promise`, `readyPromise`: what settles later. */
export function isPromiseName(name: string): boolean {
  return /promise$/i.test(name);
}
