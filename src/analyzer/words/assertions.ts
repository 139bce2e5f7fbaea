/** Names of what throws unless something holds. */

/** `assertOpen`, `checkState`, `throwIfDisposed`: does a function of this name leave whoever calls it when it is not so? */
export function asserts(name: string): boolean {
  return /^(?:assert|check|ensure|throwIf|verify)/i.test(name);
}
