/** Parts that the answers of the tools share: coverage, the state of the code, and an objective with what its figures rest on. */
import { isFirstScan, stateWords } from '../../page/words';
import { ageText, count } from '../plainText';
import type { AlertReport, FindingReport, ObjectiveReport, Place, WorkspaceReport } from '../report';
import { QUOTING, quoted } from './answer';

const LONG = 400;

/** A line of a file as people name it; lines start at 1. */
export function placeText({ path, line }: Place): string {
  return quoted(`${path}:${line + 1}`);
}

/** How to read what follows, of when it is, and how much of it is measured at all. */
export function coverageLines(report: WorkspaceReport): readonly string[] {
  const { headline, definition, generatedAt } = report;
  const { noData, stale, error, unknown } = headline;
  return [
    QUOTING,
    `State of ${generatedAt}.`,
    `Coverage: ${headline.text}. ${
      unknown === 0
        ? 'Every objective is measured.'
        : `Not measured: ${noData} without data, ${stale} stale, ${error} in error; what is not measured is not met.`
    }`,
    `Definition (${definition.source}, ${
      definition.state === 'ok'
        ? 'in force'
        : definition.state === 'last-good'
          ? 'broken; the last good one is in force'
          : 'broken; nothing is judged until it is mended'
    }): ${quoted(definition.message, LONG)}`,
  ];
}

/** What is known of the code, and what is not. */
export function codeLine(report: WorkspaceReport): string {
  const { code, generatedAt } = report;
  if (isFirstScan(report))
    return 'Code: the first scan is still running; what it has found so far is not all there is. Ask again in a moment.';
  if (code.state === 'not-scanned') return 'Code: not scanned yet; nothing is known of leaks.';
  if (code.state === 'failed')
    return `Code: the scan failed, so that nothing is known of leaks: ${quoted(code.error ?? 'no reason given')}`;
  if (code.files.analysed === 0)
    return 'Code: no TypeScript or JavaScript was analysed, so that nothing is known of leaks.';
  const { high, medium, low } = code.counts;
  const others = code.otherLanguages.reduce((sum, { files }) => sum + files, 0);
  return `Code: ${high} HIGH, ${medium} MEDIUM and ${low} LOW findings in ${count(code.files.analysed, 'file')}; scan ${ageText(code.scannedAt, generatedAt)}; counted: unsuppressed findings of confidence ${code.minConfidence} or more in TypeScript and JavaScript${code.files.partial > 0 ? `; ${count(code.files.partial, 'file')} only partly analysed` : ''}${others > 0 ? `; ${count(others, 'file')} in other languages not analysed` : ''}.`;
}

/** State, figure, target, and the source, age and way of counting of the figure. */
export function objectiveLines(objective: ObjectiveReport, now: string): readonly string[] {
  const { name, displayName, state, valueText, targetText, proxy, evidence, stateReason, budget, wouldFeed } =
    objective;
  const known =
    state === 'no_data' ? 'no data' : `value ${quoted(valueText)}${state === 'stale' ? ' (the last known)' : ''}`;
  const stand = proxy
    ? `; stand-in ${quoted(proxy.label)}: ${quoted(proxy.valueText)}, which can violate but never meet`
    : '';
  const age = evidence.observedAt === null ? 'no sample' : ageText(evidence.observedAt, now);
  return [
    `- ${stateWords[state]}: ${quoted(name)} ${quoted(displayName)}: ${known}, target ${quoted(targetText)}${stand}`,
    `  source ${quoted(evidence.source)}, ${age}; counted: ${quoted(evidence.method)}`,
    ...(state === 'meeting' ? [] : [`  why: ${quoted(stateReason, LONG)}`]),
    ...(budget ? [`  error budget: ${quoted(budget.text)}${budget.burn ? `; ${quoted(budget.burn.text)}` : ''}`] : []),
    ...(wouldFeed ? [`  would be fed by ${quoted(wouldFeed, LONG)}`] : []),
  ];
}

export function alertLine(alert: AlertReport, now: string): string {
  const { level, displayName, objective, state, since, valueText, condition, acknowledgedAt, snooze, inhibitedBy } =
    alert;
  const handled = [
    acknowledgedAt ? 'acknowledged' : '',
    snooze ? 'snoozed' : '',
    inhibitedBy ? `silenced by ${quoted(inhibitedBy)}` : '',
  ].filter((part) => part !== '');
  return `- ${level} ${state}${since ? ` since ${since} (${ageText(since, now)})` : ''}: ${quoted(displayName)} on ${quoted(objective)}: ${quoted(valueText)}; fires when ${quoted(condition)}${handled.length > 0 ? `; ${handled.join(', ')}` : ''}`;
}

export function findingLine({ severity, confidence, kind, place, message, advice }: FindingReport): string {
  return `- ${severity.toUpperCase()} ${placeText(place)} ${quoted(kind)}, confidence ${confidence}: ${quoted(advice ? `${message} ${advice}` : message, LONG)}`;
}
