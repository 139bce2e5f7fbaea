/**
 * Of many agents only what changed goes to the client, page by page: first those that show it (active or not, what they say),
 * then, in turn, those that were merely seen again. An agent's report is made when its page is.
 */
import type { AgentReport } from '../report/report';
import type { AgentReading } from '../sources/agents';

/** Agents that one message carries; fleets of no more than this travel with the report. */
export const agentsPerPage = 200;

export interface AgentPage {
  readonly changed: readonly AgentReport[];
  /** Ids that are agents no more. */
  readonly gone: readonly string[];
}

/** All agents at one moment, as the pages need them. */
export interface PagedFleet {
  readonly readings: readonly AgentReading[];
  /** Whole minutes since its last sign of life: what is said of it changes with them. */
  readonly minutesOf: (reading: AgentReading) => number;
  /** @param index of its reading */
  readonly reportOnceAt: (index: number) => AgentReport;
}

/** What the client was told of an agent. */
interface Told {
  /** A reading that shows what it was told: the newest such one, so that no older one is held. */
  reading: AgentReading;
  /** Was it told of this very reading, and at which age? */
  minutes: number | null;
}

const nobody: PagedFleet = {
  readings: [],
  minutesOf: () => -1,
  reportOnceAt: (index) => {
    throw new RangeError(`there is no agent ${index}`);
  },
};

export class AgentPages {
  private readonly told = new Map<string, Told>();
  private fleet: PagedFleet = nobody;
  /** The readings of which everything that shows was told. */
  private settled: readonly AgentReading[] | null = null;
  /** Where the turn of those that were merely seen again goes on. */
  private turn = 0;

  /** The agents as they are now; pages tell them piece by piece. */
  offer(fleet: PagedFleet): void {
    this.fleet = fleet;
  }

  /** Everything is to be told again. */
  reset(): void {
    this.told.clear();
    this.fleet = nobody;
    this.settled = null;
  }

  /**
   * The next page; null when there is nothing that shows.
   * @param withAges also agents of which only the age changed
   */
  next(withAges: boolean): AgentPage | null {
    const { readings } = this.fleet;
    const indices: number[] = [];
    if (this.settled !== readings) {
      this.settled = readings;
      for (const [index, reading] of readings.entries()) {
        if (!this.isNews(reading)) continue;
        if (indices.length === agentsPerPage) {
          this.settled = null;
          break;
        }
        indices.push(index);
      }
    }
    const gone = this.told.size > readings.length ? this.goneIds() : [];
    if (withAges) this.addAges(indices);
    if (indices.length === 0 && gone.length === 0) return null;
    const changed = indices.map((index) => this.tell(index));
    for (const id of gone) this.told.delete(id);
    return { changed, gone };
  }

  /** Does it show something that the client was not told? */
  private isNews(reading: AgentReading): boolean {
    const told = this.told.get(reading.id);
    if (!told) return true;
    if (told.reading === reading) return false;
    if (!looksAlike(told.reading, reading)) return true;
    told.reading = reading;
    told.minutes = null;
    return false;
  }

  private addAges(indices: number[]): void {
    const { fleet } = this;
    const { readings } = fleet;
    const taken = new Set(indices);
    for (let step = 0; step < readings.length && indices.length < agentsPerPage; step++) {
      this.turn = (this.turn + 1) % readings.length;
      const reading = readings[this.turn];
      const told = reading && this.told.get(reading.id);
      // Also who was told the same reading: "3 min ago" has become "4 min ago".
      if (!told || told.minutes === fleet.minutesOf(reading) || taken.has(this.turn)) continue;
      indices.push(this.turn);
    }
  }

  private tell(index: number): AgentReport {
    const reading = this.fleet.readings[index];
    const report = this.fleet.reportOnceAt(index);
    if (reading) this.told.set(reading.id, { reading, minutes: this.fleet.minutesOf(reading) });
    return report;
  }

  private goneIds(): readonly string[] {
    const present = new Set(this.fleet.readings.map(({ id }) => id));
    return [...this.told.keys()].filter((id) => !present.has(id));
  }
}

/** Differ two readings of an agent in nothing that shows but when it was seen? */
function looksAlike(a: AgentReading, b: AgentReading): boolean {
  const [before, after] = [a.content, b.content];
  return (
    a.liveness.active === b.liveness.active &&
    a.liveness.seenBy === b.liveness.seenBy &&
    a.liveness.vetoedBy === b.liveness.vetoedBy &&
    a.liveness.limitMinutes === b.liveness.limitMinutes &&
    a.reading === b.reading &&
    before?.declared === after?.declared &&
    before?.statusText === after?.statusText &&
    before?.phase === after?.phase &&
    before?.mission === after?.mission &&
    before?.points === after?.points &&
    before?.openTasks === after?.openTasks &&
    before?.doneTasks === after?.doneTasks &&
    before?.name === after?.name &&
    a.warnings.length === b.warnings.length &&
    (a.warnings.length === 0 || a.warnings.every(({ kind }, index) => kind === b.warnings[index]?.kind)) &&
    before?.blockers.length === after?.blockers.length &&
    (before?.blockers.every((blocker, index) => blocker === after?.blockers[index]) ?? true)
  );
}
