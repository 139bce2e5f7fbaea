/** What is made once of something, and goes with it: a weak table would hold on to both until all of the heap is looked through. */

/** Gives what a function makes, made at the first time. */
export type Once<O> = <T>(make: (of: O) => T) => T;

/**
 * The same for what outlives the files, as the lists of the catalogue do.
 * @param make is given the object, and called once for each
 */
export function perObject<O extends object, T>(make: (of: O) => T): (of: O) => T {
  const made = new WeakMap<O, { readonly value: T }>();
  return (of) => {
    let known = made.get(of);
    if (!known) {
      known = { value: make(of) };
      made.set(of, known);
    }
    return known.value;
  };
}

/** @param of what the functions are given */
export function onceOf<O>(of: () => O): Once<O> {
  const made = new Map<(of: O) => unknown, unknown>();
  return <T>(make: (of: O) => T): T => {
    const known = made.get(make);
    // Under its own maker there is what that maker gave.
    if (known !== undefined || made.has(make)) return known as T;
    const value = make(of());
    made.set(make, value);
    return value;
  };
}
