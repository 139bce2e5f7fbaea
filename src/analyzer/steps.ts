/**
 * Work in steps, most of them short: between two of them others may have their turn, or the work be given up. What is yielded
 * is how long a text the next step goes through at once, where that is known to take its time.
 */
export type Steps<T> = Generator<number | undefined, T, void>;

/** Does all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
