/** From what the monitor knows to the one value that every view shows: with causes, places, source, age and way of counting. */
import type { Finding } from '../analyzer/findings';
import type { HistoryReport } from '../report/historyReport';
import type {
  AgentReport,
  AlertReport,
  BudgetReport,
  Cause,
  CodeReport,
  Evidence,
  FindingReport,
  ObjectiveReport,
  Place,
  ProblemReport,
  RefreshReport,
  SnapshotsReport,
  WorkspaceReport,
} from '../report/report';
import type { Announcement } from '../slo/alerts/announcements';
import type { AlertStatus } from '../slo/alerts/evaluateAlerts';
import { alertName, type Incident } from '../slo/alerts/incidents';
import type { Definition, DefinitionProblem } from '../slo/definition/model';
import type { DefinitionEvaluation } from '../slo/evaluateDefinition';
import { feedText } from '../slo/feeding';
import { sourcesOf } from '../slo/indicator';
import { burnOutlook, outageLeft, watchedTime } from '../slo/outlook';
import { proxyKind } from '../slo/proxies';
import { compileFilter } from '../slo/recordFilter';
import { budgetText } from '../slo/text';
import type { ObjectiveEvaluation } from '../slo/verdict';
import type { AgentReading } from '../sources/agents';
import type { SourceProblem } from '../sources/problems';
import type { OutputState } from './alertOutputs';
import type { ScanResult } from './codeScan';
import { trendOf } from './historyReports';
import type { Activity, ScanState } from './monitor';
import { countedPaths, type WorkspaceSources } from './readSources';
import type { Root, RootPath } from './rootFiles';
import { sampleCauses } from './sampleCauses';
import type { Walk } from './walk';

export interface ReportInputs {
  readonly now: number;
  readonly toUri: (path: string) => string;
  readonly join: (...parts: readonly string[]) => string;
  readonly states: readonly { readonly root: Root; readonly walk: Walk | null; readonly result: ScanResult | null }[];
  readonly trusted: boolean;
  readonly minConfidence: (root: Root) => 'high' | 'medium' | 'low';
  readonly definition: Definition;
  readonly definitionInfo: {
    readonly source: 'built-in' | 'workspace';
    readonly files: readonly { readonly root: Root | null; readonly path: string; readonly key: string }[];
    readonly state: 'ok' | 'last-good' | 'invalid';
    readonly problems: readonly DefinitionProblem[];
  };
  readonly evaluation: DefinitionEvaluation;
  readonly alerts: readonly AlertStatus[];
  readonly announcements: readonly (Announcement & { readonly id: string })[];
  /** Alerts that fired, the newest first. */
  readonly incidents: readonly Incident[];
  readonly historyOf: (evaluation: ObjectiveEvaluation) => HistoryReport | null;
  readonly sources: WorkspaceSources | null;
  readonly scan: ScanState;
  readonly refresh: RefreshReport;
  readonly configProblems: readonly { readonly root: Root; readonly problem: SourceProblem }[];
  /** What is wrong with the history, in words. */
  readonly historyProblems: readonly string[];
  readonly outputs: readonly OutputState[];
  /** What is wrong with the settings of the outputs, in words. */
  readonly outputProblems: readonly string[];
  readonly activity: readonly Activity[];
  /** Kept by the caller from one report to the next. */
  readonly knownAgents: KnownAgentReports;
}

const confidenceRank = { low: 0, medium: 1, high: 2 } as const;
const maxCauses = 100;
const maxIncidents = 200;

/** Noon of the day: an example that changed with each look would be news each time. */
const exampleTime = (now: number): string => `${new Date(now).toISOString().slice(0, 10)}T12:00:00Z`;
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Builds the report. Pure; the same inputs give the same value. */
export function buildReport(inputs: ReportInputs): WorkspaceReport {
  const code = codeReport(inputs);
  const { agents, agentsOf } = agentReports(inputs);
  // Who is gone is forgotten, now and then.
  if (inputs.knownAgents.size > agents.length * 2 + 100) inputs.knownAgents.clear();
  const services = inputs.evaluation.services.map(({ service, state, objectives }) => ({
    name: service.name,
    displayName: service.displayName,
    description: service.description,
    state,
    declaredBudget: service.declaredBudget,
    budgetFrom: service.budgetFrom,
    objectives: objectives.map((objective) => objectiveReport(objective, inputs, code, agentsOf)),
  }));
  return {
    schemaVersion: 1,
    generatedAt: new Date(inputs.now).toISOString(),
    roots: inputs.states.map(({ root }) => ({ name: root.name, uri: root.uri })),
    trusted: inputs.trusted,
    definition: {
      source: inputs.definitionInfo.source,
      places: inputs.definitionInfo.files.map(({ root, path }) => placeOf(root, path, 1, 1, inputs)),
      state: inputs.definitionInfo.state,
      message: definitionMessage(inputs.definitionInfo),
    },
    headline: inputs.evaluation.headline,
    serviceHeadline: inputs.evaluation.serviceHeadline,
    services,
    alerts: inputs.alerts.map(alertReport),
    announcements: inputs.announcements.map(({ id, at, kind, level, text, events }) => ({
      id,
      at: new Date(at).toISOString(),
      kind,
      level,
      text,
      alerts: events.map(({ key }) => key),
      runbook: events.find(({ policy }) => policy.runbook !== null)?.policy.runbook ?? null,
    })),
    incidents: inputs.incidents.slice(0, maxIncidents).map(({ begin, end, ...incident }) => ({
      ...incident,
      begin: new Date(begin).toISOString(),
      end: iso(end),
    })),
    outputs: inputs.outputs.map(({ name, type, waiting, sentAt, failure, lost }) => ({
      name,
      type,
      waiting,
      sentAt: iso(sentAt),
      failure: failure && { at: new Date(failure.at).toISOString(), message: failure.message },
      lost,
    })),
    code,
    agents: {
      observedAt: inputs.sources && agents.length > 0 ? iso(inputs.sources.at) : null,
      found: agents.length,
      active: agents.filter((agent) => agent.active).length,
      expected: inputs.sources?.expectedAgents ?? null,
      agents,
    },
    snapshots: snapshotsReport(inputs),
    queues: (inputs.sources?.queues ?? []).map(({ root, path, queue }) => ({
      path: displayPath(root, path, inputs),
      entries: queue.entries,
      byStatus: { ...queue.byStatus },
      newestAt: iso(queue.newestAt),
      note: queue.stuck > 0 ? `${queue.stuck} of ${queue.entries} open for more than an hour` : '',
    })),
    refresh: inputs.refresh,
    problems: problemReports(inputs, agents),
    activity: inputs.activity.map(({ at, kind, text }) => ({ at: new Date(at).toISOString(), kind, text })),
  };
}

function placeOf(
  root: Root | null,
  path: string,
  line: number,
  column: number,
  inputs: Pick<ReportInputs, 'toUri' | 'join' | 'states'>,
): Place {
  const absolute = root ? inputs.join(root.path, ...path.split('/')) : path;
  return {
    uri: inputs.toUri(absolute),
    path: displayPath(root, path, inputs),
    line: Math.max(0, line - 1),
    column: Math.max(0, column - 1),
  };
}

/** With several roots a path names its root first. */
function displayPath(root: Root | null, path: string, { states }: Pick<ReportInputs, 'states'>): string {
  return root && states.length > 1 ? `${root.name}/${path}` : path;
}

function definitionMessage({ source, state, files, problems }: ReportInputs['definitionInfo']): string {
  if (source === 'built-in') return 'Built-in definition: the four services of an agent swarm';
  const names = files.map(({ path }) => path).join(', ');
  const faults = problems.filter((problem) => problem.level === 'error').length;
  const errors = `${faults} ${faults === 1 ? 'error' : 'errors'}`;
  if (state === 'ok') return `Defined in ${names}`;
  return state === 'last-good'
    ? `${names} has ${errors}; the last good definition stays in force`
    : `${names} has ${errors}; nothing is judged until it is mended`;
}

function codeReport(inputs: ReportInputs): CodeReport {
  const { scan, states } = inputs;
  const findings: FindingReport[] = [];
  const partialFiles: CodeReport['partialFiles'][number][] = [];
  const suppressionProblems: CodeReport['suppressionProblems'][number][] = [];
  const skipped: Record<string, number> = {};
  const languages = new Map<string, number>();
  const suppressedFindings: FindingReport[] = [];
  const skippedFolders: Record<string, number> = {};
  let analysed = 0;
  let lines = 0;
  for (const { root, walk, result } of states) {
    if (!result) continue;
    for (const [name, count] of Object.entries(walk?.skippedFolders ?? {}))
      skippedFolders[name] = (skippedFolders[name] ?? 0) + count;
    const findingReport = (path: string, finding: Finding): FindingReport => {
      const { startLine, startColumn, endLine, endColumn } = finding.range;
      return {
        ...finding,
        place: { ...placeOf(root, path, startLine + 1, startColumn + 1, inputs), endLine, endColumn },
      };
    };
    analysed += result.analysed;
    lines += result.lines;
    for (const [reason, count] of Object.entries(result.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
    for (const { language, files } of result.otherLanguages)
      languages.set(language, (languages.get(language) ?? 0) + files);
    const least = confidenceRank[inputs.minConfidence(root)];
    for (const file of result.files) {
      for (const finding of file.suppressed) suppressedFindings.push(findingReport(file.path, finding));
      for (const finding of file.findings)
        if (confidenceRank[finding.confidence] >= least) findings.push(findingReport(file.path, finding));
      if (file.coverage.state === 'partial') {
        const { startLine, startColumn } = file.coverage.range;
        partialFiles.push({
          place: placeOf(root, file.path, startLine + 1, startColumn + 1, inputs),
          reason: file.coverage.reason,
        });
      }
      for (const problem of file.suppressionProblems)
        suppressionProblems.push({
          ...problem,
          place: placeOf(root, file.path, problem.range.startLine + 1, problem.range.startColumn + 1, inputs),
        });
    }
  }
  const counts = { high: 0, medium: 0, low: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return {
    state: scan.state,
    error: scan.error,
    scannedAt: iso(scan.at),
    durationMs: scan.durationMs,
    files: { analysed, partial: partialFiles.length, lines, skipped, skippedFolders },
    otherLanguages: [...languages].map(([language, files]) => ({ language, files })).sort((a, b) => b.files - a.files),
    counts,
    suppressed: suppressedFindings.length,
    suppressedFindings,
    findings,
    partialFiles,
    suppressionProblems,
    minConfidence: inputs.states[0] ? inputs.minConfidence(inputs.states[0].root) : 'medium',
  };
}

/** Reports of agents, as the data source of a name has them; of one that showed nobody of its own, all. */
type AgentsOf = (source: string | undefined) => readonly AgentReport[];

/** All agents. Ids are told apart where two sources or roots have the same. */
function agentReports(inputs: ReportInputs): { readonly agents: readonly AgentReport[]; readonly agentsOf: AgentsOf } {
  const bySource = new Map<string, AgentReport[]>();
  const agents: AgentReport[] = [];
  const ids = new Set<string>();
  for (const { source, root, reading } of inputs.sources?.agents ?? []) {
    const own = bySource.get(source) ?? [];
    bySource.set(source, own);
    for (const agent of reading.agents) {
      const id = ids.has(agent.id) ? `${agent.id} ${root.name}/${agent.file}` : agent.id;
      ids.add(id);
      const report = agentReport(agent, id, root, inputs);
      own.push(report);
      agents.push(report);
    }
  }
  return { agents, agentsOf: (source) => bySource.get(source ?? '') ?? agents };
}

/** The same reading within the same minute gives the same value: of ten thousand agents few change at a time. */
function agentReport(agent: AgentReading, id: string, root: Root, inputs: ReportInputs): AgentReport {
  const { lastSeen } = agent.liveness;
  const minutes = lastSeen === null ? -1 : Math.floor((inputs.now - lastSeen) / 60_000);
  const path = `${root.path} ${agent.file} ${agent.folder}`;
  const known = inputs.knownAgents.get(path);
  if (
    known?.reading === agent &&
    known.report.id === id &&
    known.minutes === minutes &&
    known.roots === inputs.states.length
  )
    return known.report;
  const report = newAgentReport(agent, id, root, inputs);
  inputs.knownAgents.set(path, { reading: agent, minutes, roots: inputs.states.length, report });
  return report;
}

/** What was said of an agent, by root, file and folder, and of which reading. */
export type KnownAgentReports = Map<
  string,
  { readonly reading: AgentReading; readonly minutes: number; readonly roots: number; readonly report: AgentReport }
>;

function newAgentReport(agent: AgentReading, id: string, root: Root, inputs: ReportInputs): AgentReport {
  const { content, liveness } = agent;
  // Of an old content the place is one in a text that is gone.
  const at = agent.problem ?? content?.at ?? { line: 1, column: 1 };
  const place = agent.reading === 'missing' ? null : placeOf(root, agent.file, at.line, at.column, inputs);
  return {
    id,
    folder: agent.folder,
    name: content?.name ?? null,
    active: liveness.active,
    activeReason: activeReason(agent, inputs.now),
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
    warnings: agent.warnings.map((warning) => ({
      kind: warning.kind,
      message: warning.message,
      place: agent.reading === 'missing' ? null : placeOf(root, agent.file, warning.line, warning.column, inputs),
    })),
  };
}

function activeReason(agent: AgentReading, now: number): string {
  const { liveness, content, problem } = agent;
  if (agent.reading === 'missing') return 'has no status file';
  if (!content && problem) return `status file unreadable at ${problem.line}:${problem.column}: ${problem.message}`;
  const old =
    agent.reading === 'old' && problem
      ? ` (last good reading; the file is unreadable at ${problem.line}:${problem.column})`
      : '';
  if (liveness.lastSeen === null) return `no trusted sign of life${old}`;
  const minutes = Math.max(0, Math.floor((now - liveness.lastSeen) / 60_000));
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

function objectiveReport(
  evaluation: ObjectiveEvaluation,
  inputs: ReportInputs,
  code: CodeReport,
  agentsOf: AgentsOf,
): ObjectiveReport {
  const { objective, proxy } = evaluation;
  const history = inputs.historyOf(evaluation);
  const unknown = evaluation.state === 'no_data' || evaluation.state === 'stale' || evaluation.state === 'error';
  return {
    name: objective.name,
    displayName: objective.displayName,
    service: objective.service,
    description: objective.description,
    state: evaluation.state,
    stateReason: evaluation.reason,
    value: evaluation.value,
    valueText: evaluation.valueText,
    targetText: objective.targetText,
    unit: objective.unit,
    proxy: proxy ? { label: proxy.label, valueText: proxy.valueText, used: proxy.used } : null,
    budget: budgetReport(evaluation, inputs.now),
    watched: watchedTime(evaluation, inputs.now),
    history,
    // While nothing is known a budget may seem to recover: what failed leaves its window, and nothing new is counted.
    trend: unknown || !history ? null : trendOf(objective, history),
    evidence: evidenceOf(evaluation, inputs),
    causes: evaluation.state === 'meeting' ? [] : causesOf(evaluation, inputs, code, agentsOf).slice(0, maxCauses),
    wouldFeed: unknown ? feedText(objective, inputs.definition.sources, exampleTime(inputs.now)) : null,
    seed: objective.seed,
    assumed: objective.assumed,
    runbook: objective.runbook,
  };
}

function budgetReport(evaluation: ObjectiveEvaluation, now: number): BudgetReport | null {
  const { budget, objective } = evaluation;
  if (!budget) return null;
  const burn = burnOutlook(evaluation, now);
  return {
    kind: budget.kind,
    allowed: budget.allowed,
    used: budget.used,
    remaining: budget.remaining,
    text: budgetText(budget, objective.sliceMs),
    burn: burn && { rate: burn.burnRate, exhaustedAt: iso(burn.exhaustedAt), text: burn.text },
    outage: outageLeft(evaluation, now),
  };
}

const methods: Readonly<Record<string, string>> = {
  AgentStatusFiles:
    'an agent counts as active when its newest trusted sign of life is fresh and it does not declare itself off; folders alone count for nothing',
  LeakFindings:
    'unsuppressed findings of SLO Lens in the TypeScript and JavaScript of the last completed scan, confidence medium and high',
  SnapshotFiles:
    'source files whose content hash equals the recorded one (either line ending), of all source files; without hashes, snapshot files that are not older than their sources',
  EventLog: 'events with their own timestamps; one id counts once',
  SampleLog: 'samples of processes, the largest over processes',
  HealthFiles: 'the newest valid health report of each component',
  PointerFiles: 'values read by pointer',
};

function evidenceOf({ objective, observedAt, proxy }: ObjectiveEvaluation, inputs: ReportInputs): Evidence {
  const [name] = sourcesOf(objective).slice(-1);
  const source = inputs.definition.sources.find((candidate) => candidate.name === name);
  const files = name === undefined ? [] : (inputs.sources?.filesOf.get(name) ?? []);
  const shownPath = ({ root, path }: RootPath): string => displayPath(root, path, inputs);
  const shown =
    files.length === 0
      ? ''
      : files.length <= 2
        ? `: ${files.map(shownPath).join(', ')}`
        : `: ${files.slice(0, 1).map(shownPath).join('')} and ${files.length - 1} more`;
  return {
    source: proxy?.used ? `${proxy.label} (proxy)` : `${source?.displayName ?? 'no source'}${shown}`,
    observedAt: iso(proxy?.used ? proxy.observedAt : observedAt),
    method: proxy?.used
      ? `stand-in: ${proxy.valueText}; it can violate but never meet`
      : `${methods[source?.type ?? ''] ?? 'not read here'}${inputs.sources?.byFileTime.has(name ?? '') ? '; where a file has no time of its own the file time counts, with low confidence' : ''}`,
    places: files.slice(0, 20).map(({ root, path }) => placeOf(root, path, 1, 1, inputs)),
  };
}

function causesOf(
  evaluation: ObjectiveEvaluation,
  inputs: ReportInputs,
  code: CodeReport,
  agentsOf: AgentsOf,
): readonly Cause[] {
  const { objective, proxy } = evaluation;
  if (proxy?.used || (evaluation.state === 'no_data' && proxy)) {
    if (proxyKind(objective) === 'unclosedHandles')
      return code.findings.filter((finding) => finding.family === 'handle').map(findingCause);
    return agentsOf(undefined)
      .filter((agent) => (agent.openTasks ?? 0) > 0)
      .sort((a, b) => (b.openTasks ?? 0) - (a.openTasks ?? 0))
      .map((agent) => ({
        kind: 'agent',
        label: agent.folder,
        detail: `${agent.openTasks ?? 0} open, ${agent.doneTasks ?? 0} done`,
        agentId: agent.id,
        place: agent.place,
      }));
  }
  const [name] = sourcesOf(objective).slice(-1);
  const source = inputs.definition.sources.find((candidate) => candidate.name === name);
  const type = source?.type;
  const { indicator } = objective;
  switch (type) {
    case 'LeakFindings': {
      const counts = indicator.kind === 'threshold' ? compileFilter(indicator.query.where) : () => true;
      const isCounted = countedPaths(source?.connectionDetails ?? {});
      return code.findings
        .filter(
          (finding) =>
            finding.confidence !== 'low' &&
            isCounted(inputs.states.length > 1 ? finding.place.path.replace(/^[^/]*\//, '') : finding.place.path) &&
            counts({
              time: null,
              fields: { severity: finding.severity.toUpperCase(), kind: finding.kind, path: finding.place.path },
            }),
        )
        .map(findingCause);
    }
    case 'AgentStatusFiles':
      return agentsOf(name)
        .filter((agent) => !agent.active)
        .map((agent) => ({
          kind: 'agent',
          label: agent.folder,
          detail: agent.activeReason,
          agentId: agent.id,
          place: agent.place,
        }));
    case 'SnapshotFiles':
      return (inputs.sources?.snapshots ?? []).flatMap((snapshot): Cause[] => {
        const { root, currency, cachePath } = snapshot;
        if (!currency || cachePath === null)
          return snapshot.artefacts
            .filter((artefact) => !artefact.current)
            .map((artefact) => ({
              kind: 'snapshot',
              label: artefact.path,
              detail: artefact.note,
              place: artefact.present ? placeOf(root, artefact.path, 1, 1, inputs) : null,
            }));
        return [
          {
            kind: 'snapshot',
            label: cachePath,
            detail: `describes ${currency.current} of ${currency.sources} source files as they are; ${currency.changed} changed, ${currency.unscanned} never scanned, ${currency.gone} gone`,
            place: placeOf(root, cachePath, 1, 1, inputs),
          },
          ...currency.changedPaths.map(
            (path): Cause => ({
              kind: 'snapshot',
              label: path,
              detail: 'changed since the snapshot',
              place: placeOf(root, path, 1, 1, inputs),
            }),
          ),
          ...currency.unscannedPaths.map(
            (path): Cause => ({
              kind: 'snapshot',
              label: path,
              detail: 'not in the snapshot',
              place: placeOf(root, path, 1, 1, inputs),
            }),
          ),
        ];
      });
    default: {
      const files = name === undefined ? [] : (inputs.sources?.filesOf.get(name) ?? []);
      const queues = (inputs.sources?.queues ?? []).filter((queue) =>
        files.some((file) => file.root === queue.root && file.path === queue.path),
      );
      const stuck = queues
        .filter(({ queue }) => queue.stuck > 0)
        .map(
          ({ root, path, queue }): Cause => ({
            kind: 'source',
            label: path,
            detail: `${queue.stuck} of ${queue.entries} messages open for more than an hour, newest change ${iso(queue.newestAt) ?? 'unknown'}`,
            place: placeOf(root, path, 1, 1, inputs),
          }),
        );
      const reading = name === undefined ? undefined : inputs.sources?.readings.get(name);
      return [...stuck, ...sampleCauses(objective, reading)];
    }
  }
}

function findingCause(finding: FindingReport): Cause {
  return {
    kind: 'finding',
    label: `${finding.place.path}:${finding.place.line + 1}`,
    detail: finding.message,
    severity: finding.severity,
    fingerprint: finding.fingerprint,
    place: finding.place,
  };
}

function alertReport(alert: AlertStatus): AlertReport {
  const snooze = alert.handling?.snooze ?? null;
  return {
    key: alert.key,
    policy: alert.policy.name,
    displayName: alertName(alert),
    objective: alert.objective,
    level: alert.policy.severity,
    state: alert.state === 'resolved' ? 'inactive' : alert.state,
    since: iso(alert.since),
    inhibitedBy: alert.inhibitedBy,
    snooze: snooze && {
      from: new Date(snooze.from).toISOString(),
      until: iso(snooze.until),
      untilChange: snooze.whileFiring !== null,
    },
    acknowledgedAt: iso(alert.handling?.acknowledgedAt ?? null),
    condition: alert.condition,
    meaning: alert.meaning,
    valueText: alert.valueText,
    runbook: alert.policy.runbook,
  };
}

function snapshotsReport(inputs: ReportInputs): SnapshotsReport {
  const all = inputs.sources?.snapshots ?? [];
  const [first] = all.filter((snapshot) => snapshot.currency);
  const currency = first?.currency;
  return {
    observedAt: inputs.sources && all.length > 0 ? iso(inputs.sources.at) : null,
    artefacts: all.flatMap(({ root, artefacts }) =>
      artefacts.map((artefact) => ({
        path: displayPath(root, artefact.path, inputs),
        present: artefact.present,
        current: artefact.current,
        bytes: artefact.bytes,
        modifiedAt: iso(artefact.mtimeMs),
        note: artefact.note,
        place: artefact.present ? placeOf(root, artefact.path, 1, 1, inputs) : null,
      })),
    ),
    currency:
      first && currency && first.cachePath !== null && currency.share !== null
        ? {
            cachePath: displayPath(first.root, first.cachePath, inputs),
            sources: currency.sources,
            current: currency.current,
            changed: currency.changed,
            unscanned: currency.unscanned,
            gone: currency.gone,
            share: currency.share,
            byExtension: currency.byExtension,
          }
        : null,
    contextFiles: all.find((snapshot) => snapshot.contextFiles !== null)?.contextFiles ?? null,
    newerThanEverySource: all.find((snapshot) => snapshot.newerThanEverySource !== null)?.newerThanEverySource ?? null,
  };
}

/** Problems of agents that are listed, errors first; the last says how many follow. */
const maxAgentProblems = 1000;

function agentProblems(agents: readonly AgentReport[]): readonly ProblemReport[] {
  const faulty = agents.filter(({ warnings }) => warnings.length > 0);
  const all = faulty.flatMap((agent) => agent.warnings.map((warning) => ({ agent, warning })));
  const isError = ({ warning }: (typeof all)[number]): boolean => warning.kind === 'unreadable';
  const listed =
    all.length <= maxAgentProblems
      ? all
      : [...all.filter(isError), ...all.filter((one) => !isError(one))].slice(0, maxAgentProblems);
  const problems = listed.map(
    (one): ProblemReport => ({
      kind: one.warning.kind,
      level: isError(one) ? 'error' : 'warning',
      message: `${one.agent.folder}: ${one.warning.message}`,
      place: one.warning.place,
    }),
  );
  const more = all.length - listed.length;
  return more === 0
    ? problems
    : [
        ...problems,
        {
          kind: 'more-problems',
          level: 'warning',
          message: `${more} more problems of agents are not listed`,
          place: null,
        },
      ];
}

function problemReports(inputs: ReportInputs, agents: readonly AgentReport[]): readonly ProblemReport[] {
  const { sources, definitionInfo, configProblems, states } = inputs;
  const fromSource = ({ root, problem }: { readonly root: Root; readonly problem: SourceProblem }): ProblemReport => ({
    kind: problem.kind,
    level: 'error',
    message: problem.message,
    place: placeOf(root, problem.file, problem.line, problem.column, inputs),
  });
  return [
    ...definitionInfo.problems.map((problem): ProblemReport => {
      const file = definitionInfo.files.find(({ key }) => key === problem.place.file);
      return {
        kind: problem.code,
        level: problem.level,
        message: problem.message,
        place: file
          ? {
              ...placeOf(file.root, file.path, problem.place.line + 1, problem.place.column + 1, inputs),
              endLine: problem.place.endLine,
              endColumn: problem.place.endColumn,
            }
          : null,
      };
    }),
    ...configProblems.map(fromSource),
    ...inputs.historyProblems.map(
      (message): ProblemReport => ({ kind: 'history', level: 'warning', message, place: null }),
    ),
    ...inputs.outputProblems.map(
      (message): ProblemReport => ({ kind: 'config-alert-outputs', level: 'error', message, place: null }),
    ),
    ...inputs.outputs.flatMap(({ name, failure, waiting }): ProblemReport[] =>
      failure
        ? [
            {
              kind: 'alert-output',
              level: 'error',
              message: `Alerts do not reach ${name}: ${failure.message}${waiting === 0 ? '' : `. ${waiting} ${waiting === 1 ? 'waits and is' : 'wait and are'} tried again`}`,
              place: null,
            },
          ]
        : [],
    ),
    ...agentProblems(agents),
    ...(sources?.problems ?? []).map(fromSource),
    ...states.flatMap(({ root, walk }) =>
      (walk?.problems ?? []).map(({ path, message }) =>
        fromSource({ root, problem: { kind: 'unreadable-folder', message, file: path, line: 1, column: 1 } }),
      ),
    ),
    ...states.flatMap(({ root, result }) =>
      (result?.unreadable ?? []).map(
        (one): ProblemReport => ({
          kind: 'unreadable',
          level: 'warning',
          message: one.message,
          place: placeOf(root, one.path, 1, 1, inputs),
        }),
      ),
    ),
  ];
}
