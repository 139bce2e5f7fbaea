/**
 * Draft of a post-mortem, as Markdown: what the alerts and the history have recorded of one incident, or of several that overlap.
 * It states what is known with its source and its age, says what is not known, and leaves to people what only people know.
 */
import { firedWithin, type IncidentName, spanOf } from '../page/overlap';
import { type Clockface, figureText, percentText, spanText, stateWords } from '../page/words';
import type { HistoryReport, IncidentReport } from './historyReport';
import { incidentTimeline } from './incidentTimeline';
import { markdownText } from './markdownExport';
import { ageText, count, ownReason } from './plainText';
import { type RecordedSpan, recordedSpan, type Stretch } from './recordedSpan';
import type { AlertReport, Cause, ObjectiveReport, Place, WorkspaceReport } from './report';

export interface PostMortem {
  /** Plain text. */
  readonly title: string;
  readonly markdown: string;
}

const MAX_EVENTS = 200;
const MAX_CAUSES = 20;
const MAX_STRETCHES = 20;
/** What people write, with what to think of; nothing of it is known here. */
const SECTIONS: readonly (readonly [string, string])[] = [
  ['Impact', 'Who or what was affected, how, and for how long?'],
  ['Root cause', 'What made it happen, and what made that possible?'],
  ['What went well', 'What found it, or kept it small?'],
  ['What went badly', 'What came late, was missing, or misled?'],
];

interface Context {
  readonly report: WorkspaceReport;
  readonly now: number;
  readonly clock: Clockface;
  readonly span: Stretch;
}

/**
 * The draft; null when none of the named incidents is in the report.
 * @param names one incident, or several that are told together
 */
export function postMortem(
  report: WorkspaceReport,
  names: readonly IncidentName[],
  clock: Clockface,
): PostMortem | null {
  const now = Date.parse(report.generatedAt);
  const subjects = report.incidents
    .filter(({ key, begin }) => names.some((name) => name.key === key && name.begin === begin))
    .sort((a, b) => Date.parse(a.begin) - Date.parse(b.begin));
  const [first] = subjects;
  if (!first) return null;
  const context: Context = { report, now, clock, span: spanOfAll(subjects, now) };
  const title = `Post-mortem (draft): ${first.displayName}${subjects.length > 1 ? ` and ${count(subjects.length - 1, 'alert')} more` : ''}`;
  const objectives = [...new Set(subjects.map(({ objective }) => objective))];
  const lines = [
    `# ${markdownText(title)}`,
    '',
    `> Drafted by SLO Lens from its records on ${clock.full(now)}. Times are those of ${markdownText(clock.zone)}. What people must say is marked _to be filled in_.`,
    ...summary(subjects, context),
    '',
    '## What was observed',
    ...objectives.flatMap((name) => observed(name, subjects, context)),
    ...timeline(subjects, context),
    ...unknown(objectives, subjects, context),
    ...SECTIONS.flatMap(([heading, question]) => ['', `## ${heading}`, '', `_To be filled in. ${question}_`]),
    '',
    '## Action items',
    '',
    '_To be filled in._',
    '',
    '| action | owner | due |',
    '|---|---|---|',
    '| | | |',
  ];
  return { title, markdown: `${lines.join('\n')}\n` };
}

const text = markdownText;

/** From the first begin to the last end. */
function spanOfAll(incidents: readonly IncidentReport[], now: number): Stretch {
  const spans = incidents.map((incident) => spanOf(incident, now));
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}

/** In the reader's zone, and as an instant that is the same everywhere. */
function bothTimes(instant: string, clock: Clockface): string {
  return `${clock.full(Date.parse(instant))} (${instant.slice(0, 19)}Z)`;
}

function summary(subjects: readonly IncidentReport[], { report, clock, span, now }: Context): readonly string[] {
  const nameOf = (objective: string): string => objectiveNamed(report, objective)?.displayName ?? objective;
  const rows = subjects.map(({ level, displayName, objective, begin, end, endedUnwatched, valueText }) => {
    const ended =
      end === null
        ? 'still firing'
        : `${bothTimes(end, clock)}${endedUnwatched ? ', when it was found to have ended; nobody watched before' : ''}`;
    const own = spanOf({ begin, end }, now);
    const lasted = `${endedUnwatched ? 'at most ' : ''}${spanText(own.to - own.from)}${end === null ? ' so far' : ''}`;
    const cells = [level, displayName, nameOf(objective), bothTimes(begin, clock), ended, lasted, valueText];
    return `| ${cells.map(text).join(' | ')} |`;
  });
  const worst = (['P1', 'P2', 'P3'] as const).find((level) => subjects.some((one) => one.level === level)) ?? 'P3';
  const isOpen = subjects.some(({ end }) => end === null);
  return [
    '',
    '## Summary',
    '',
    `Severity ${worst} (P1 is the most severe, P3 the least). From ${clock.full(span.from)} ${isOpen ? 'on; it goes on at the time of this draft' : `to ${clock.full(span.to)}`}, ${spanText(span.to - span.from)}${isOpen ? ' so far' : ''}.`,
    '',
    '| severity | alert | objective | began | ended | lasted | value that fired it |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ];
}

function objectiveNamed({ services }: WorkspaceReport, name: string): ObjectiveReport | undefined {
  return services.flatMap(({ objectives }) => objectives).find((objective) => objective.name === name);
}

/** Definition, record and present state of an objective, and the alerts on it. */
function observed(name: string, subjects: readonly IncidentReport[], context: Context): readonly string[] {
  const { report, now } = context;
  const objective = objectiveNamed(report, name);
  const own = subjects.filter((incident) => incident.objective === name);
  const alerts = report.alerts.filter(({ key }) => own.some((incident) => incident.key === key));
  if (!objective)
    return [
      '',
      `### ${text(name)}`,
      '',
      `The definition in force has no objective of this name now: ${text(report.definition.message)}. Its target, window and source are not known here.`,
    ];
  const { evidence, targetText, windowText, description, state, runbook } = objective;
  const reason = ownReason(objective);
  const age = evidence.observedAt === null ? 'no sample' : ageText(evidence.observedAt, report.generatedAt);
  return [
    '',
    `### ${text(objective.displayName)}`,
    '',
    ...(description === '' ? [] : [`${text(description)}`, '']),
    `- **Definition** (as it is now; ${text(report.definition.message)}): target ${text(targetText)}; ${text(windowText)}; source ${text(evidence.source)}`,
    ...alerts.map((alert) => `- **Alert** ${alertText(alert)}`),
    ...own.map(
      ({ displayName, begin, valueText }) =>
        `- **Value that fired** ${text(displayName)}, ${context.clock.full(Date.parse(begin))}: ${text(valueText)} (recorded by the alert)`,
    ),
    ...recordLines(objective, spanOfAll(own, now), context),
    `- **Now** (${context.clock.full(now)}): ${stateWords[state]}; ${text(figureText(objective))}; source ${text(evidence.source)}, ${age}; counted: ${text(evidence.method)}${reason === '' ? '' : `; ${text(reason)}`}`,
    ...(objective.wouldFeed ? [`- **Would be fed by** ${text(objective.wouldFeed)}`] : []),
    ...(runbook ? [`- **Runbook**: ${text(runbook)}`] : []),
    ...causeLines(objective, context),
  ];
}

function alertText({ displayName, level, condition, meaning, runbook }: AlertReport): string {
  const parts = [
    `${displayName} (${level}): fires when ${condition}`,
    ...(meaning ? [meaning] : []),
    ...(runbook ? [`runbook ${runbook}`] : []),
  ];
  return `${parts.map(text).join('; ')} (as defined now)`;
}

function figure({ measure }: HistoryReport, unit: string, value: number): string {
  if (measure === 'share') return percentText(value);
  return `${Number(value.toPrecision(6))}${unit === '' ? '' : ` ${unit}`}`;
}

function stepText(minutes: number): string {
  return spanText(minutes * 60_000);
}

/** What the recorded series say of the time of the incident, and how much of the error budget it took. */
function recordLines({ history, unit }: ObjectiveReport, span: Stretch, { clock }: Context): readonly string[] {
  const record = history && recordedSpan(history, span);
  const when = `**Recorded from ${clock.full(span.from)} to ${clock.full(span.to)}**`;
  if (!history || !record) return [`- ${when}: nothing; no history of this objective reaches it`];
  const { worst, missed, steps, stepMinutes } = record;
  const values =
    worst === null
      ? 'no value'
      : `${figure(history, unit, worst)} at worst; a miss in ${missed} of ${count(steps, 'step')} of ${stepText(stepMinutes)}`;
  return [
    `- ${when}: ${text(`${values}; counted: ${history.measureText}`)} (source: the history of this workspace)`,
    `- **Error budget**: ${text(budgetText(history, record))}`,
  ];
}

function budgetText({ budget }: HistoryReport, { leftBefore, leftAfter, stepMinutes }: RecordedSpan): string {
  if (budget === null) return 'none; nothing may fail';
  const name = budget === 'judged' ? '' : ' of the time budget, which is kept beside the current value that decides';
  const left = (share: number | null): string => (share === null ? 'not known' : percentText(share));
  if (leftBefore === null || leftAfter === null)
    return `spent is not known; left before it ${left(leftBefore)}, at its end ${left(leftAfter)}${name}`;
  // What was spent is rounded up, as what is left is rounded down.
  const points = Math.ceil((leftBefore - leftAfter) * 1000 - 1e-6) / 10;
  const spent =
    points > 0
      ? `${points} points spent`
      : 'nothing spent on balance, as far as its window shows: what failed earlier has left it meanwhile, or nothing failed';
  return `${spent}${name}; ${left(leftBefore)} left before it, ${left(leftAfter)} at its end, exact to ${stepText(stepMinutes)}`;
}

/** Address of a line: from the root of the workspace where it lies in the first folder, as the editor and repositories read it. */
function address({ uri, line }: Place, { roots }: WorkspaceReport): string {
  const root = roots[0]?.uri.replace(/\/$/, '');
  const way = root !== undefined && uri.startsWith(`${root}/`) ? uri.slice(root.length) : uri;
  const safe = way.replace(
    /[()<>\s\\[\]`]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
  return `${safe}#L${line + 1}`;
}

function causeText(cause: Cause, report: WorkspaceReport): string {
  const { label, detail, place } = cause;
  const severity = cause.kind === 'finding' ? `${cause.severity.toUpperCase()} ` : '';
  const name = place ? `[${text(label)}](${address(place, report)})` : text(label);
  return `  - ${severity}${name} ${text(detail)}`;
}

function causeLines({ causes }: ObjectiveReport, { report, clock, now }: Context): readonly string[] {
  const when = `as known on ${clock.full(now)}, which need not be what it was then`;
  if (causes.length === 0) return [`- **Causes and evidence**: none is known on ${clock.full(now)}`];
  return [
    `- **Causes and evidence**, ${when}:`,
    ...causes.slice(0, MAX_CAUSES).map((cause) => causeText(cause, report)),
    ...(causes.length > MAX_CAUSES ? [`  - … and ${causes.length - MAX_CAUSES} more`] : []),
  ];
}

function timeline(subjects: readonly IncidentReport[], { report, clock, span }: Context): readonly string[] {
  const events = incidentTimeline(report, subjects, span, clock);
  const rows = events.slice(0, MAX_EVENTS).map(({ at, text: what }) => `| ${clock.full(at)} | ${text(what)} |`);
  return [
    '',
    '## Timeline',
    '',
    '| when | what |',
    '|---|---|',
    ...rows,
    ...(events.length > MAX_EVENTS ? ['', `… and ${events.length - MAX_EVENTS} more events.`] : []),
    '',
    'Alerts that fired and ended are those of the history. Flapping, refreshes and what people said of alerts are listed as far as this session remembers them.',
  ];
}

/** What nobody knows of the time of the incident. */
function unknown(
  objectives: readonly string[],
  subjects: readonly IncidentReport[],
  { report, clock, span, now }: Context,
): readonly string[] {
  const lines = objectives.flatMap((name): readonly string[] => {
    const objective = objectiveNamed(report, name);
    const title = objective?.displayName ?? name;
    if (!objective) return [`${title}: not defined now, so that nothing of its record is shown`];
    const own = subjects.filter((incident) => incident.objective === name);
    const record = objective.history && recordedSpan(objective.history, spanOfAll(own, now));
    if (!record) return [`${title}: what it measured in this time was not recorded`];
    const between = (words: string, stretches: readonly Stretch[]): readonly string[] => [
      ...stretches
        .slice(0, MAX_STRETCHES)
        .map(({ from, to }) => `${title}: ${words} between ${clock.full(from)} and ${clock.full(to)}`),
      ...(stretches.length > MAX_STRETCHES
        ? [`${title}: ${words} in ${stretches.length - MAX_STRETCHES} more stretches`]
        : []),
    ];
    return [
      ...(record.knownFrom === null ? [] : [`${title}: its record begins at ${clock.full(record.knownFrom)}`]),
      ...between('no data', record.silent),
      ...between('nothing was recorded (nobody watched, or there were no events)', record.unrecorded),
    ];
  });
  const unwatched = firedWithin(report.incidents, span, now)
    .filter(({ endedUnwatched }) => endedUnwatched)
    .map(({ displayName }) => `${displayName}: when it really ended; nobody watched`);
  const all = [...lines, ...unwatched];
  return [
    '',
    '## What is not known',
    '',
    ...(all.length === 0 ? ['- The record of this time has no gap.'] : all.map((line) => `- ${text(line)}`)),
    '- Causes as they were then: those above are of now.',
    '- What the objectives do not measure.',
  ];
}
