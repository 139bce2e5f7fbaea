/** Names of what puts something new in the place of what was there. */

/** Does the name say that something else comes into the place of what was there, which need not be over? */
export function replaces(name: string): boolean {
  return /^_*#?(?:set|update|change|switch|replace|refresh|select|load)[A-Z_]/.test(name);
}

/** Does the name say that the whole is made anew: `restart`, `reload`, `switchDevice`? */
export function renews(name: string): boolean {
  return (
    replaces(name) ||
    /^_*#?(?:re(?:start|load|open|launch|create|build|init|initialize|connect|fresh|boot|spawn|mount|new|set|attach|bind|configure|render|run)|switch|change|update)(?:[A-Z_].*)?$/.test(
      name,
    )
  );
}

/** Does the name say that what works is replaced, and not that what has ended is made anew (`reconnect`)? */
export function swaps(name: string): boolean {
  return (
    replaces(name) ||
    /^_*#?(?:restart|reload|reopen|relaunch|recreate|rebuild|rotate|swap|switch|change|replace)(?:[A-Z_].*)?$/.test(
      name,
    )
  );
}

/** Does the name say that it changes something, as often as asked? */
export function changes(name: string): boolean {
  return /^_*#?(?:set|update|change|refresh|restart|reconnect|schedule|apply|configure|reschedule)(?:[A-Z_].*)?$/.test(
    name,
  );
}

/** Does the name say that each call shows what it is given? */
export function showsOne(name: string): boolean {
  return /^_*#?(?:show|display|add|put|present|notify|announce|report|highlight|draw|render|set|update)[A-Z_]/.test(
    name,
  );
}

/** Does the name say that it is done more than once to the same object: `update`, `clear`? */
export function isDoneAgain(name: string): boolean {
  return /^_*#?(?:update|change|clear|reset|re(?:fresh|load|start|new|place|draw))(?:[A-Z_]|$)/.test(name);
}
