/** Kinds of findings about what is of no known kind. */

/** Kinds of findings about a release that releases nothing, where what it is for is of no known kind. */
export const unreachableKinds = {
  listener: 'listener/release-unreachable',
  handle: 'handle/release-unreachable',
} as const;

/** Kinds of findings about something that is lost when the next one takes its place, where it is of no known kind. */
export const overwrittenKinds = {
  listener: 'listener/disposable-overwritten',
  handle: 'handle/handle-overwritten',
} as const;
