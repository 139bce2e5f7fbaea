/**
 * Of many agents only what changed goes to the client, page by page: first those that show it (active or not, what they say),
 * then, in turn, those that were merely seen again.
 */
import type { AgentReport } from '../report/report';

/** Agents that one message carries; fleets of no more than this travel with the report. */
export const agentsPerPage = 200;

export interface AgentPage {
  readonly changed: readonly AgentReport[];
  /** Ids that are agents no more. */
  readonly gone: readonly string[];
}

export class AgentPages {
  private readonly sent = new Map<string, AgentReport>();
  private current: readonly AgentReport[] = [];
  /** Where the turn of those that were merely seen again goes on. */
  private turn = 0;

  /** The agents of the newest report; a page tells them piece by piece. */
  offer(agents: readonly AgentReport[]): void {
    this.current = agents;
  }

  /** Everything is to be told again. */
  reset(): void {
    this.sent.clear();
    this.current = [];
  }

  /**
   * The next page; null when there is nothing that shows.
   * @param withAges also agents of which only the age changed
   */
  next(withAges: boolean): AgentPage | null {
    const changed: AgentReport[] = [];
    for (const agent of this.current) {
      const before = this.sent.get(agent.id);
      if (before === agent || (before && looksAlike(before, agent))) continue;
      changed.push(agent);
      if (changed.length === agentsPerPage) break;
    }
    const gone = this.sent.size > this.current.length ? this.goneIds() : [];
    if (withAges)
      for (let step = 0; step < this.current.length && changed.length < agentsPerPage; step++) {
        this.turn = (this.turn + 1) % this.current.length;
        const agent = this.current[this.turn];
        if (agent && this.sent.has(agent.id) && this.sent.get(agent.id) !== agent && !changed.includes(agent))
          changed.push(agent);
      }
    if (changed.length === 0 && gone.length === 0) return null;
    for (const agent of changed) this.sent.set(agent.id, agent);
    for (const id of gone) this.sent.delete(id);
    return { changed, gone };
  }

  private goneIds(): readonly string[] {
    const present = new Set(this.current.map(({ id }) => id));
    return [...this.sent.keys()].filter((id) => !present.has(id));
  }
}

/** Differ two reports of an agent in nothing but when it was seen? */
function looksAlike(a: AgentReport, b: AgentReport): boolean {
  return (
    a.active === b.active &&
    a.declared === b.declared &&
    a.statusText === b.statusText &&
    a.phase === b.phase &&
    a.mission === b.mission &&
    a.points === b.points &&
    a.openTasks === b.openTasks &&
    a.doneTasks === b.doneTasks &&
    a.reading === b.reading &&
    a.seenBy === b.seenBy &&
    a.limitMinutes === b.limitMinutes &&
    a.name === b.name &&
    a.warnings.length === b.warnings.length &&
    a.warnings.every((warning, index) => warning.kind === b.warnings[index]?.kind) &&
    a.blockers.length === b.blockers.length &&
    a.blockers.every((blocker, index) => blocker === b.blockers[index])
  );
}
