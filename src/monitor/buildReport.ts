/** From what the monitor knows to the one value that every view shows: with causes, places, source, age and way of counting. */
import type { HistoryReport } from '../report/historyReport';
import type {
  AlertReport,
  BudgetReport,
  Cause,
  CodeReport,
  Evidence,
  ObjectiveReport,
  ProblemReport,
  RefreshReport,
  SnapshotsReport,
  WorkspaceReport,
} from '../report/report';
import type { Announcement } from '../slo/alerts/announcements';
import type { AlertStatus } from '../slo/alerts/evaluateAlerts';
import { alertName, type Incident } from '../slo/alerts/incidents';
import { assumedTexts } from '../slo/assumed';
import type { Definition, ObjectiveDefinition } from '../slo/definition/model';
import type { DefinitionEvaluation } from '../slo/evaluateDefinition';
import { feedText } from '../slo/feeding';
import { sourcesOf } from '../slo/indicator';
import { burnOutlook, outageLeft, watchedTime } from '../slo/outlook';
import { proxyKind } from '../slo/proxies';
import { budgetText, windowText } from '../slo/text';
import type { ObjectiveEvaluation } from '../slo/verdict';
import type { Activity } from './activityLog';
import { agentProblems, type Fleet } from './agentReports';
import type { OutputState } from './alertOutputs';
import { type CodePart, type CodePartInputs, problemAt, type RootProblem, unreadCode } from './codePart';
import { countedFindings } from './countedFindings';
import type { DefinitionInfo } from './definitionInForce';
import { trendOf } from './historyReports';
import type { WorkspaceSources } from './readSources';
import { displayPath, iso, placeOf } from './reportPlaces';
import type { RootPath } from './rootFiles';
import { sampleCauses } from './sampleCauses';

/** What the code's part of a report, and what is wrong anywhere, is made of. */
export interface CodeReportInputs extends CodePartInputs {
  readonly definitionInfo: DefinitionInfo;
  readonly sources: WorkspaceSources | null;
  /** What is wrong with the history, in words. */
  readonly historyProblems: readonly string[];
  readonly outputs: readonly OutputState[];
  /** What is wrong with the settings of the outputs, in words. */
  readonly outputProblems: readonly string[];
  readonly fleet: Fleet;
}

export interface ReportInputs extends CodeReportInputs {
  readonly trusted: boolean;
  readonly definition: Definition;
  readonly evaluation: DefinitionEvaluation;
  readonly alerts: readonly AlertStatus[];
  readonly announcements: readonly (Announcement & { readonly id: string })[];
  /** Alerts that fired, the newest first. */
  readonly incidents: readonly Incident[];
  readonly historyOf: (evaluation: ObjectiveEvaluation) => HistoryReport | null;
  readonly refresh: RefreshReport;
  readonly activity: readonly Activity[];
}

const maxCauses = 100;
const maxIncidents = 200;

/** Noon of the day: an example that changed with each look would be news each time. */
const exampleTime = (now: number): string => `${new Date(now).toISOString().slice(0, 10)}T12:00:00Z`;

/** Builds the code's part, with everything that is wrong. */
export function buildCodePart(inputs: CodeReportInputs): CodePart {
  return {
    generatedAt: new Date(inputs.now).toISOString(),
    code: inputs.codeReports.report(inputs),
    problems: problemReports(inputs),
  };
}

/** Builds the report. Pure; the same inputs give the same value. */
export function buildReport(inputs: ReportInputs): WorkspaceReport {
  const { generatedAt, code, problems } = buildCodePart(inputs);
  const { fleet } = inputs;
  const services = inputs.evaluation.services.map(({ service, state, objectives }) => ({
    name: service.name,
    displayName: service.displayName,
    description: service.description,
    state,
    declaredBudget: service.declaredBudget,
    budgetFrom: service.budgetFrom,
    objectives: objectives.map((objective) => objectiveReport(objective, inputs, code)),
  }));
  return {
    schemaVersion: 1,
    generatedAt,
    roots: inputs.states.map(({ root }) => ({ name: root.name, uri: root.uri })),
    trusted: inputs.trusted,
    definition: {
      source: inputs.definitionInfo.source,
      places: inputs.definitionInfo.files.map(({ root, path }) => placeOf(root, path, 1, 1, inputs)),
      state: inputs.definitionInfo.state,
      message: definitionMessage(inputs.definitionInfo),
      isApt: isApt(inputs),
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
    agents: fleet.part({
      observedAt: inputs.sources && fleet.readings.length > 0 ? iso(inputs.sources.at) : null,
      expected: inputs.sources?.expectedAgents ?? null,
    }),
    snapshots: snapshotsReport(inputs),
    queues: (inputs.sources?.queues ?? []).map(({ root, path, queue }) => ({
      path: displayPath(root, path, inputs),
      entries: queue.entries,
      byStatus: { ...queue.byStatus },
      newestAt: iso(queue.newestAt),
      note: queue.stuck > 0 ? `${queue.stuck} of ${queue.entries} open for more than an hour` : '',
    })),
    refresh: inputs.refresh,
    problems,
    activity: inputs.activity.map(({ at, kind, text }) => ({ at: new Date(at).toISOString(), kind, text })),
  };
}

function definitionMessage({ source, state, files, problems }: DefinitionInfo): string {
  if (source === 'built-in') return 'Built-in definition: objectives for a group of AI agents';
  const names = files.map(({ path }) => path).join(', ');
  const faults = problems.filter((problem) => problem.level === 'error').length;
  const errors = `${faults} ${faults === 1 ? 'error' : 'errors'}`;
  if (state === 'ok') return `Defined in ${names}`;
  return state === 'last-good'
    ? `${names} has ${errors}; the last good definition stays in force`
    : `${names} has ${errors}; nothing is judged until it is mended`;
}

function objectiveReport(evaluation: ObjectiveEvaluation, inputs: ReportInputs, code: CodeReport): ObjectiveReport {
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
    windowText: windowText(objective),
    unit: objective.unit,
    proxy: proxy ? { label: proxy.label, valueText: proxy.valueText, used: proxy.used } : null,
    budget: budgetReport(evaluation, inputs.now),
    watched: watchedTime(evaluation, inputs.now),
    history,
    // While nothing is known a budget may seem to recover: what failed leaves its window, and nothing new is counted.
    trend: unknown || !history ? null : trendOf(objective, history),
    evidence: evidenceOf(evaluation, inputs),
    causes: evaluation.state === 'meeting' ? [] : causesOf(evaluation, inputs, code).slice(0, maxCauses),
    wouldFeed: unknown ? feedText(objective, inputs.definition.sources, exampleTime(inputs.now)) : null,
    seed: objective.seed,
    assumed: assumedTexts(objective),
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
    text: budgetText(budget, objective),
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

/** Nobody chose the built-in definition, which is that of a swarm: where there is nothing of one it asks for what nobody has. */
function isApt({ definition, definitionInfo, sources }: ReportInputs): boolean {
  if (definitionInfo.source !== 'built-in') return true;
  const others = definition.sources.filter(({ type }) => type !== 'LeakFindings');
  return others.some(({ name }) => (sources?.readings.get(name)?.kind ?? 'none') !== 'none');
}

function evidenceOf({ objective, observedAt, proxy }: ObjectiveEvaluation, inputs: ReportInputs): Evidence {
  const [name] = sourcesOf(objective).slice(-1);
  const source = inputs.definition.sources.find((candidate) => candidate.name === name);
  const files = proxy?.used
    ? filesOfProxy(objective, inputs)
    : name === undefined
      ? []
      : (inputs.sources?.filesOf.get(name) ?? []);
  const shownPath = ({ root, path }: RootPath): string => displayPath(root, path, inputs);
  const shown =
    files.length === 0
      ? ''
      : files.length <= 2
        ? `: ${files.map(shownPath).join(', ')}`
        : `: ${files.slice(0, 1).map(shownPath).join('')} and ${files.length - 1} more`;
  return {
    source: proxy?.used ? `${proxy.label} (stand-in)${shown}` : `${source?.displayName ?? 'no source'}${shown}`,
    observedAt: iso(proxy?.used ? proxy.observedAt : observedAt),
    method: proxy?.used
      ? `stand-in: ${proxy.valueText}; it can violate but never meet`
      : `${methods[source?.type ?? ''] ?? 'not read here'}${inputs.sources?.byFileTime.has(name ?? '') ? '; where a file has no time of its own the file time counts, with low confidence' : ''}`,
    places: files.slice(0, 20).map(({ root, path }) => placeOf(root, path, 1, 1, inputs)),
  };
}

/** The files that a stand-in was counted from; of findings the code itself is the source. */
function filesOfProxy(objective: ObjectiveDefinition, { sources }: ReportInputs): readonly RootPath[] {
  if (proxyKind(objective) !== 'shareDone') return [];
  const names = new Set(sources?.agents.map(({ source }) => source));
  return [...names].flatMap((name) => sources?.filesOf.get(name) ?? []);
}

function causesOf(evaluation: ObjectiveEvaluation, inputs: ReportInputs, code: CodeReport): readonly Cause[] {
  const { objective, proxy } = evaluation;
  if (proxy?.used || (evaluation.state === 'no_data' && proxy)) {
    if (proxyKind(objective) === 'unclosedHandles')
      return code.findings
        .filter((finding) => finding.family === 'handle')
        .map((finding) => inputs.codeReports.cause(finding));
    const busiest = inputs.fleet.reportsOfMost(({ content }) => content?.openTasks ?? 0, maxCauses);
    return busiest.map((agent) => ({
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
  switch (type) {
    case 'LeakFindings':
      return countedFindings(objective, source, code.findings, inputs.states.length).map((finding) =>
        inputs.codeReports.cause(finding),
      );
    case 'AgentStatusFiles':
      return inputs.fleet
        .reportsOf(({ liveness }) => !liveness.active, maxCauses, name)
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

function problemReports(inputs: CodeReportInputs): readonly ProblemReport[] {
  const { sources, definitionInfo, configProblems } = inputs;
  const fromSource = (one: RootProblem): ProblemReport => problemAt(one, inputs);
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
    ...agentProblems(inputs.fleet),
    ...(sources?.problems ?? []).map(fromSource),
    ...unreadCode(inputs),
  ];
}
