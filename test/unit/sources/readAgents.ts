/** All agents of a folder read at once, as the reader of the monitor reads them one after another. */
import { type AgentFolder, type AgentsReading, joinAgents, joinPlan, readAgent } from '../../../src/sources/agents';
import { bulkTimes, type LivenessOptions } from '../../../src/sources/liveness';

export function readAgents(folders: readonly AgentFolder[], now: number, options: LivenessOptions): AgentsReading {
  const isBulk = bulkTimes(folders.map((folder) => folder.facts.mtime).filter((mtime) => mtime !== null));
  return joinAgents(
    folders.map((folder) => readAgent(folder, isBulk(folder.facts.mtime), now, options)),
    joinPlan(folders.map(({ folder }) => folder)),
  );
}
