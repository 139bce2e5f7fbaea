/** Which folders are agents. Rules: swarm reference, section 3. */

const folderPattern = /^agent(?:-.+|[_ ]\d+)$/i;

/** Is a directory directly under `agent_workspaces/` an agent, by its name? */
export function isAgentFolder(name: string): boolean {
  return folderPattern.test(name);
}

/** Lower case, `_` and blank become `-`. Two folders with one canonical id are one agent. */
export function canonicalId(name: string): string {
  return name.toLowerCase().replace(/[_ ]/g, '-');
}
