/**
 * Agents as the views show them. Of a large fleet the words are made when somebody asks for them: few of ten thousand agents
 * are looked at, and none of the others needs a report each second.
 */
import type { AgentReport, AgentsReport, Place, ProblemReport } from '../report/report';
import type { AgentReading } from '../sources/agents';
import type { SourceAgents } from './agentSources';
import { iso, type PlaceNames, placeOf } from './reportPlaces';
import type { Root } from './rootFiles';

/** Fleets of no more agents than this have all their reports at once. */
const smallFleet = 200;
/** So many reports of a large fleet are kept for the next time. */
const keptReports = 2000;
const keptReasons = 1000;

interface Kept {
  readonly reading: AgentReading;
  /** Whole minutes since its last sign of life; the words tell them. */
  readonly minutes: number;
  readonly roots: number;
  readonly report: AgentReport;
}

/** The agents that are shown, each under an id of its own. */
export type ShownAgents = readonly SourceAgents[];

/** Makes reports of agents, and keeps them from one moment to the next. */
export class AgentReports {
  private readonly kept = new Map<string, Map<string, Kept>>();
  /** Thousands of agents say the same of themselves: the text is there once. */
  private readonly reasons = new Map<string, string>();

  /** The agents as they were read, at a moment (ms). */
  fleet(agents: ShownAgents, now: number, names: PlaceNames): Fleet {
    const count = agents.reduce((sum, { reading }) => sum + reading.agents.length, 0);
    const limit = count <= smallFleet ? count * 2 + 100 : keptReports;
    // Who is gone is forgotten, now and then.
    for (const kept of this.kept.values()) if (kept.size > limit) kept.clear();
    if (this.reasons.size > keptReasons) this.reasons.clear();
    return new Fleet(agents, now, (reading, root, isKept) => this.of(reading, root, now, names, isKept));
  }

  /** The same reading within the same minute gives the same value. */
  private of(reading: AgentReading, root: Root, now: number, names: PlaceNames, isKept: boolean): AgentReport {
    const kept = this.kept.get(root.path) ?? new Map<string, Kept>();
    this.kept.set(root.path, kept);
    const minutes = minutesSince(reading, now);
    const roots = names.states.length;
    const before = kept.get(reading.id);
    if (before?.reading === reading && before.minutes === minutes && before.roots === roots) return before.report;
    const known = before?.roots === roots && before.reading.file === reading.file ? before.report.place : null;
    const report = reportOf(
      reading,
      placeOfAgent(reading, root, known, names),
      this.reason(reading, minutes),
      (line, column) => placeOf(root, reading.file, line, column, names),
    );
    if (isKept) kept.set(reading.id, { reading, minutes, roots, report });
    return report;
  }

  private reason(reading: AgentReading, minutes: number): string {
    const text = activeReason(reading, Math.max(0, minutes));
    const known = this.reasons.get(text);
    if (known === undefined) this.reasons.set(text, text);
    return known ?? text;
  }
}

/** All agents of a workspace at one moment. */
export class Fleet {
  readonly readings: readonly AgentReading[];
  readonly active: number;
  /** Warnings of all agents together. */
  readonly warnings: number;
  private made: readonly AgentReport[] | null = null;

  constructor(
    private readonly agents: ShownAgents,
    private readonly now: number,
    private readonly report: (reading: AgentReading, root: Root, isKept: boolean) => AgentReport,
  ) {
    const [first, second] = agents;
    this.readings = first && !second ? first.reading.agents : agents.flatMap(({ reading }) => reading.agents);
    this.active = agents.reduce((sum, { reading }) => sum + reading.active, 0);
    this.warnings = agents.reduce((sum, { reading }) => sum + reading.warnings, 0);
  }

  /** @param index of the reading */
  reportAt(index: number): AgentReport {
    return this.at(index, true);
  }

  /** The same for who asks once: it is not kept for the next time. */
  reportOnceAt(index: number): AgentReport {
    return this.at(index, false);
  }

  private at(index: number, isKept: boolean): AgentReport {
    let from = 0;
    for (const { root, reading } of this.agents) {
      const own = reading.agents[index - from];
      if (own) return this.report(own, root, isKept);
      from += reading.agents.length;
    }
    throw new RangeError(`there is no agent ${index}`);
  }

  /** Whole minutes since the last sign of life; -1 where there is none. */
  minutesOf(reading: AgentReading): number {
    return minutesSince(reading, this.now);
  }

  /**
   * Reports of the first agents that are asked for, in order.
   * @param source name of the data source whose agents they are; of one that showed nobody of its own, all count
   */
  reportsOf(isAsked: (reading: AgentReading) => boolean, most: number, source?: string): readonly AgentReport[] {
    const own = this.agents.filter((one) => one.source === source);
    const found: AgentReport[] = [];
    for (const { root, reading } of own.length > 0 ? own : this.agents)
      for (const agent of reading.agents) {
        if (found.length >= most) return found;
        if (isAsked(agent)) found.push(this.report(agent, root, true));
      }
    return found;
  }

  /** Reports of the agents with the most of something, the most first; of none that has nothing of it. */
  reportsOfMost(amount: (reading: AgentReading) => number, most: number): readonly AgentReport[] {
    const found: { readonly index: number; readonly amount: number }[] = [];
    let least = 0;
    for (let index = 0; index < this.readings.length; index++) {
      const reading = this.readings[index];
      const own = reading ? amount(reading) : 0;
      if (own <= least) continue;
      let at = found.length;
      while (at > 0 && (found[at - 1]?.amount ?? 0) < own) at--;
      found.splice(at, 0, { index, amount: own });
      if (found.length > most) found.pop();
      if (found.length === most) least = found.at(-1)?.amount ?? 0;
    }
    return found.map(({ index }) => this.reportAt(index));
  }

  get reports(): readonly AgentReport[] {
    this.made ??= this.readings.map((_, index) => this.reportAt(index));
    return this.made;
  }

  /** The part of the report; of a large fleet its list is made when it is read. */
  part(of: Pick<AgentsReport, 'observedAt' | 'expected'>): AgentsReport {
    const figures = {
      observedAt: of.observedAt,
      found: this.readings.length,
      active: this.active,
      expected: of.expected,
    };
    if (this.readings.length <= smallFleet) return { ...figures, agents: this.reports };
    const reports = (): readonly AgentReport[] => this.reports;
    return {
      ...figures,
      get agents() {
        return reports();
      },
    };
  }
}

/** Problems of agents that are listed, errors first; the last says how many follow. */
const maxAgentProblems = 1000;

/** What is wrong with the files of agents. */
export function agentProblems(fleet: Fleet): readonly ProblemReport[] {
  const total = fleet.warnings;
  const errors: ProblemReport[] = [];
  const others: ProblemReport[] = [];
  const all: ProblemReport[] = [];
  const isError = (kind: string): boolean => kind === 'unreadable';
  const isCut = total > maxAgentProblems;
  for (let index = 0; total > 0 && index < fleet.readings.length; index++) {
    const reading = fleet.readings[index];
    if (!reading || reading.warnings.length === 0) continue;
    const isListed = !isCut || others.length < maxAgentProblems || reading.warnings.some(({ kind }) => isError(kind));
    if (!isListed) continue;
    const { folder, warnings } = fleet.reportAt(index);
    for (const { kind, message, place } of warnings) {
      const problem: ProblemReport = {
        kind,
        level: isError(kind) ? 'error' : 'warning',
        message: `${folder}: ${message}`,
        place,
      };
      if (!isCut) all.push(problem);
      else if (isError(kind)) errors.push(problem);
      else others.push(problem);
    }
  }
  if (!isCut) return all;
  const listed = [...errors, ...others].slice(0, maxAgentProblems);
  return [
    ...listed,
    {
      kind: 'more-problems',
      level: 'warning',
      message: `${total - listed.length} more problems of agents are not listed`,
      place: null,
    },
  ];
}

function minutesSince({ liveness: { lastSeen } }: AgentReading, now: number): number {
  return lastSeen === null ? -1 : Math.floor((now - lastSeen) / 60_000);
}

/** The place of the file or of its problem; that of before where it is the same. */
function placeOfAgent(reading: AgentReading, root: Root, known: Place | null, names: PlaceNames): Place | null {
  if (reading.reading === 'missing') return null;
  // Of an old content the place is one in a text that is gone.
  const { line, column } = reading.problem ?? reading.content?.at ?? { line: 1, column: 1 };
  return known?.line === line - 1 && known.column === column - 1
    ? known
    : placeOf(root, reading.file, line, column, names);
}

function reportOf(
  agent: AgentReading,
  place: Place | null,
  reason: string,
  placeAt: (line: number, column: number) => Place,
): AgentReport {
  const { content, liveness } = agent;
  return {
    id: agent.id,
    folder: agent.folder,
    name: content?.name ?? null,
    active: liveness.active,
    activeReason: reason,
    declared: content?.declared ?? 'none',
    statusText: content?.statusText ?? null,
    phase: content?.phase ?? null,
    mission: content?.mission ?? null,
    points: content?.points ?? null,
    openTasks: content?.openTasks ?? null,
    doneTasks: content?.doneTasks ?? null,
    blockers: content?.blockers ?? [],
    lastSeen: iso(liveness.lastSeen),
    seenBy: liveness.seenBy,
    fieldTime: iso(liveness.fieldTime),
    fileTime: iso(liveness.fileTime),
    limitMinutes: liveness.limitMinutes,
    reading: agent.reading,
    place,
    warnings: agent.warnings.map(({ kind, message, line, column }) => ({
      kind,
      message,
      place: agent.reading === 'missing' ? null : placeAt(line, column),
    })),
  };
}

function activeReason({ reading, liveness, content, problem }: AgentReading, minutes: number): string {
  if (reading === 'missing') return 'has no status file';
  if (!content && problem) return `status file unreadable at ${problem.line}:${problem.column}: ${problem.message}`;
  const old =
    reading === 'old' && problem
      ? ` (last good reading; the file is unreadable at ${problem.line}:${problem.column})`
      : '';
  if (liveness.lastSeen === null) return `no trusted sign of life${old}`;
  const by = liveness.seenBy === 'mtime' ? 'file written' : liveness.seenBy;
  const isFresh = minutes <= liveness.limitMinutes;
  const declared =
    liveness.active || !isFresh
      ? ''
      : liveness.vetoedBy === undefined
        ? `; declares itself ${content?.declared ?? 'none'}`
        : `; its state matches ${liveness.vetoedBy}`;
  return `${by} ${ageText(minutes)} ago, limit ${liveness.limitMinutes} min${declared}${old}`;
}

function ageText(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
