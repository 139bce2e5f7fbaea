/** Answer of `slo_explain`: all that is known of an objective, of a kind of finding, or of a line. */
import { shortName } from '../../page/words';
import type { ObjectiveReport, WorkspaceReport } from '../report';
import { type PageEntry, rulePage, rulePageUri } from '../rulePage';
import { answer, quoted, quotedList } from './answer';
import { alertLine, codeLine, coverageLines, findingLine, objectiveLines, placeText } from './facts';

export interface ExplainFacts {
  readonly report: WorkspaceReport;
  /** Built-in kinds and those of the workspace's own. */
  readonly kinds: readonly PageEntry[];
  /** Was the file, by its path in the report, looked at, and if it was left out, why? null: no scan has met it. */
  readonly lookedAt: (path: string) => { readonly skip: string | null } | null;
}

const MAX_CAUSES = 25;
const MAX_FINDINGS = 30;
const MAX_INCIDENTS = 10;
const MAX_NAMES = 40;
const LONG = 600;

export function explainAnswer(facts: ExplainFacts, what: string, maxCharacters: number): string {
  const { report } = facts;
  return answer(
    [...coverageLines(report), ...explanation(facts, what)],
    maxCharacters,
    'Ask for a single objective, kind or line.',
  );
}

function explanation(facts: ExplainFacts, what: string): readonly string[] {
  const { report, kinds } = facts;
  const named = namedObjectives(report, what);
  const [objective] = named;
  if (objective && named.length === 1) return objectiveExplanation(objective, report);
  if (named.length > 1)
    return [
      `Several objectives are called so: ${quotedList(
        named.map(({ name }) => name),
        MAX_NAMES,
      )}. Ask by name.`,
    ];
  const kind = kinds.find(({ id, formerly }) => id === what || formerly?.includes(what));
  if (kind) return kindExplanation(kind, report);
  const [, path, line] = /^(.+?):(\d{1,9})(?::\d+)?$/.exec(what) ?? [];
  if (path !== undefined && line !== undefined) return lineExplanation(facts, path, Number(line));
  return [
    `There is no objective, kind of finding or place ${quoted(what)}.`,
    `Objectives: ${quotedList(
      objectivesOf(report).map(({ name }) => name),
      MAX_NAMES,
    )}.`,
    `Kinds that are reported here: ${quotedList([...new Set(report.code.findings.map((finding) => finding.kind))], MAX_NAMES) || 'none'}.`,
    'A place is a path from the root of the workspace and a line: src/clock.ts:7.',
  ];
}

function objectivesOf({ services }: WorkspaceReport): readonly ObjectiveReport[] {
  return services.flatMap(({ objectives }) => objectives);
}

function namedObjectives(report: WorkspaceReport, what: string): readonly ObjectiveReport[] {
  const all = objectivesOf(report);
  const byName = all.filter(({ name }) => name === what);
  if (byName.length > 0) return byName;
  const wanted = what.toLowerCase();
  return all.filter(
    (objective) => objective.displayName.toLowerCase() === wanted || shortName(objective).toLowerCase() === wanted,
  );
}

function objectiveExplanation(objective: ObjectiveReport, report: WorkspaceReport): readonly string[] {
  const { name, service, description, windowText, watched, trend, history, causes, runbook, assumed } = objective;
  const own = history?.windows.find(({ key }) => key === history.own);
  const alerts = report.alerts.filter((alert) => alert.objective === name);
  const incidents = report.incidents.filter((incident) => incident.objective === name);
  return [
    `Objective ${quoted(name)} of service ${quoted(service)}.`,
    ...objectiveLines(objective, report.generatedAt),
    ...(description === '' ? [] : [`Description: ${quoted(description, LONG)}`]),
    `Judged over: ${quoted(windowText)}`,
    ...(watched ? [`In its window: ${quoted(watched.text)}`] : []),
    ...(trend ? [`Trend of its ${trend.of}: ${quoted(trend.text)}`] : []),
    ...(own ? [`History, ${quoted(own.label)}: ${quoted(own.summary, LONG)}`] : ['History: none is kept.']),
    ...(assumed.length > 0 ? [`Assumed by its author: ${quotedList(assumed, 10)}`] : []),
    ...(runbook ? [`Runbook: ${quoted(runbook)}`] : []),
    causes.length === 0 ? 'Causes: none is known.' : `Causes (${causes.length}):`,
    ...causes
      .slice(0, MAX_CAUSES)
      .map(
        ({ label, detail, place }) =>
          `- ${quoted(label)}${place ? ` at ${placeText(place)}` : ''}: ${quoted(detail, LONG)}`,
      ),
    ...(causes.length > MAX_CAUSES ? [`- and ${causes.length - MAX_CAUSES} more`] : []),
    `Alerts on it: ${alerts.length}.`,
    ...alerts.map((alert) => alertLine(alert, report.generatedAt)),
    incidents.length === 0
      ? 'Incidents: none is remembered.'
      : `Incidents: ${incidents.length}, the newest first. Times are in UTC.`,
    ...incidents
      .slice(0, MAX_INCIDENTS)
      .map(
        ({ level, displayName, begin, end, valueText }) =>
          `- ${level} ${quoted(displayName)} from ${begin} ${end === null ? 'on, still firing' : `to ${end}`}: ${quoted(valueText)}`,
      ),
  ];
}

function kindExplanation(kind: PageEntry, report: WorkspaceReport): readonly string[] {
  const own = report.code.findings.filter((finding) => finding.kind === kind.id);
  const isBuiltIn = rulePageUri(kind.id) !== undefined;
  const { what, why, releases } = kind.documentation;
  return [
    codeLine(report),
    `Findings of this kind that are shown: ${own.length}${own.length === 0 ? ', which says something only of what was analysed' : ''}.`,
    ...own.slice(0, MAX_FINDINGS).map(findingLine),
    ...(own.length > MAX_FINDINGS ? [`- and ${own.length - MAX_FINDINGS} more`] : []),
    ...(isBuiltIn
      ? ['', ...rulePage(kind).split('\n')]
      : [
          `A kind of the workspace's own: ${quoted(kind.id)} ${quoted(kind.title)}, severity ${kind.severity.toUpperCase()}.`,
          `What: ${quoted(what, LONG)}`,
          `Why: ${quoted(why, LONG)}`,
          `Released by: ${quotedList(releases, 10)}`,
        ]),
  ];
}

/** The path as the report has it: relative to its root, after the root's name where there are several. */
function reportedPath(given: string, { roots }: WorkspaceReport): string {
  const path = given.replaceAll('\\', '/').replace(/^\.\//, '');
  for (const { name, uri } of roots) {
    const folder = decoded(uri.replace(/^file:\/\//, '')).replace(/\/$/, '');
    // A drive stands after a slash in an address.
    for (const base of [folder, folder.replace(/^\//, '')])
      if (base !== '' && path.toLowerCase().startsWith(`${base.toLowerCase()}/`)) {
        const within = path.slice(base.length + 1);
        return roots.length > 1 ? `${name}/${within}` : within;
      }
  }
  return path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function lineExplanation({ report, lookedAt }: ExplainFacts, given: string, line: number): readonly string[] {
  const { code } = report;
  const path = reportedPath(given, report);
  const isHere = ({ place, range, trail }: WorkspaceReport['code']['findings'][number]): boolean =>
    place.path === path &&
    ((place.line <= line - 1 && line - 1 <= range.endLine) ||
      trail.some((step) => step.file === undefined && step.range.startLine === line - 1));
  const looked = lookedAt(path);
  const found = code.findings.filter(isHere);
  const silenced = code.suppressedFindings.filter(isHere);
  const partial = code.partialFiles.filter(({ place }) => place.path === path);
  const elsewhere = code.findings.filter(({ place }) => place.path === path).length - found.length;
  return [
    codeLine(report),
    found.length === 0
      ? `Nothing is reported on line ${line} of ${quoted(path)}. ${
          looked === null
            ? 'The file is not among those of the last scan: nothing is known of it.'
            : looked.skip === null
              ? `The file was analysed; findings below confidence ${code.minConfidence} are hidden.`
              : `The file was left out (${looked.skip}): nothing is known of it.`
        }`
      : `Reported on line ${line} of ${quoted(path)}: ${found.length}.`,
    ...found
      .slice(0, MAX_FINDINGS)
      .flatMap((finding) => [
        findingLine(finding),
        ...finding.trail.map(
          ({ role, message, range, file }) =>
            `  ${role}: ${quoted(`${file ?? path}:${range.startLine + 1}`)} ${quoted(message, LONG)}`,
        ),
        ...finding.fixes.map(({ title }) => `  certain fix: ${quoted(title)}`),
      ]),
    ...silenced.map((finding) => `Silenced by a comment in the code: ${findingLine(finding).slice(2)}`),
    ...partial.map(({ place, reason }) => `Only partly analysed from ${placeText(place)} on: ${quoted(reason)}`),
    ...(elsewhere > 0 ? [`On other lines of this file: ${elsewhere} more.`] : []),
  ];
}
