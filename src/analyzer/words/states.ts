/** Names of flags and fields that tell how far something has come, or that it is over. */

/** Members by which a thing says that it is over. */
export function saysOver(name: string): boolean {
  return /^_*(?:is_?)?(?:closed|closing|destroyed|disconnected|ended|killed|terminated|disposed|stopped)$/i.test(name);
}

/** Members that a thing is asked for before it is ended: is there anything left to end? */
export function tellsOfState(name: string): boolean {
  return (
    saysOver(name) ||
    /state$|^status$|^_*(?:is_?)?(?:open|opened|connected|connecting|active|alive|running|locked|writable|readable|aborted|released|listening|online)$|^(?:writableEnded|writableFinished|readableEnded|exitCode|signalCode)$/i.test(
      name,
    )
  );
}

/** `readyState` is `CLOSED` or `CLOSING`, or one of their numbers. */
export function isEndState(member: string, value: string): boolean {
  return (
    /state$/i.test(member) && /^(?:2|3|['"](?:closed|closing|ended|disconnected)['"]|.*\bCLOS(?:ED|ING))$/.test(value)
  );
}

/** Names of a state that is reached once. */
export function saysDone(name: string): boolean {
  return /^_*(?:element|(?:is|was|has)?_?(?:opened|initiali[sz]ed|mounted|rendered|installed|registered|created))$/i.test(
    name,
  );
}

/** `return; // already initialized`: does the author say that what follows was done before? */
export function saysSetUp(text: string): boolean {
  return /\balready (?:been )?(?:initiali[sz]ed|injected|installed|set[ -]?up|boot(?:ed|strapped))\b/i.test(text);
}

/** Names of flags and fields that tell whether something has come to its end, or is still there. */
export const endWords =
  /dispos|destroy|clos|abort|cancel|stop|unmount|mounted|alive|dead|connected|attached|removed|ended|finish|running|active|quit|exit|shut|terminat|state|done|_map$|^map$/i;

/** Names of what tells that a result is not wanted any more. */
export const unwantedWords = /ignore|stale|live|valid|gone|signal|current|outdated|obsolete|expired|latest|token/i;

/** Does the name tell of a work that is given up, or waited for? */
export function givesUp(name: string): boolean {
  return /signal|abort|cancel(?!Animation|Idle)|^then$|^finally$/i.test(name);
}

/** `moved`, `dragging`: how far a work has come. */
export function tellsOfProgress(name: string): boolean {
  return /mov|drag|start|began|progress|resiz|changed|dirty|active/i.test(name);
}

/** Does a method of this name end the work of all who have the signal? */
export function abortsWork(name: string): boolean {
  return name === 'abort';
}

/** Is it what a work is given so that it can be ended? */
export function isSignalOf(name: string): boolean {
  return name === 'signal';
}

/** Does a function of this name run when something has failed: `handleError`, `onFailure`? */
export function isOfFailure(name: string): boolean {
  return /^_?(?:on|handle)?_?(?:error|err|failure|fail(?:ed)?|reject(?:ed|ion)?)$/i.test(name);
}
