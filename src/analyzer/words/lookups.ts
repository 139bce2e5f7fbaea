/** Names of what gives something that is there already. */

/** `getSession(id)`: of one that is there already. */
export function looksUp(name: string): boolean {
  return /^(?:get(?!OrCreate|OrOpen)|find|lookup|pick|select)/.test(name);
}
