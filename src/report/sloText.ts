/** Objectives as text for people: headline, services with source, age and way of counting of each figure, causes, alerts, agents. */

import { STATE_WORDS } from '../slo/status';
import { ageText, ownReason, plain } from './plainText';
import type { ObjectiveReport, ProblemReport, WorkspaceReport } from './report';
import type { Style } from './style';

function stateText(state: string, style: Style): string {
  const word = (STATE_WORDS as Readonly<Record<string, string>>)[state] ?? state;
  const padded = word.padEnd(10);
  return state === 'meeting'
    ? style.green(padded)
    : state === 'violating' || state === 'error'
      ? style.red(padded)
      : state === 'at_risk'
        ? style.yellow(padded)
        : style.dim(padded);
}

/** Headline, services with objectives, alerts, and what each figure rests on. */
export function sloText(report: WorkspaceReport, style: Style): string {
  const out: string[] = [
    style.bold(`Objectives met: ${plain(report.headline.text)}`),
    style.dim(plain(report.definition.message)),
    '',
  ];
  const { services, unfed } = shownServices(report);
  for (const service of services) {
    out.push(
      `${style.bold(plain(service.displayName))}  ${stateText(service.state, style).trimEnd()}${service.declaredBudget ? style.dim(`  budget ${plain(service.declaredBudget)}`) : ''}`,
    );
    for (const objective of service.objectives) out.push(...objectiveLines(objective, report.generatedAt, style));
    out.push('');
  }
  if (unfed > 0)
    out.push(
      style.dim(
        `${unfed} ${unfed === 1 ? 'objective' : 'objectives'} of the built-in definition, which is that of an agent swarm, ${unfed === 1 ? 'has' : 'have'} no data here. Write .slo-lens/slo.yaml to choose your own (in the editor: SLO Lens: Create Definition).`,
      ),
      '',
    );
  const firing = report.alerts.filter((alert) => alert.state !== 'inactive');
  if (firing.length > 0) {
    out.push(style.bold('Alerts'));
    for (const alert of firing)
      out.push(
        `  ${alert.level} ${alert.state.padEnd(8)} ${plain(alert.displayName)} (${plain(alert.objective)}: ${plain(alert.valueText)}; ${plain(alert.condition)})${alert.inhibitedBy ? style.dim(` silenced by ${plain(alert.inhibitedBy)}`) : ''}`,
      );
    out.push('');
  }
  if (report.agents.found > 0) {
    out.push(
      style.bold(
        `Agents: ${report.agents.active} of ${report.agents.found} active${report.agents.expected === null || report.agents.expected === report.agents.found ? '' : `, ${report.agents.expected} expected`}`,
      ),
    );
    for (const agent of report.agents.agents)
      out.push(
        `  ${agent.active ? style.green('active  ') : style.dim('inactive')} ${plain(agent.folder).padEnd(12)} ${plain(agent.activeReason)}; says ${agent.declared}`,
      );
    out.push('');
  }
  out.push(...refreshLines(report, style));
  if (report.code.state === 'failed')
    out.push(`${style.red('Fault')}: the scan of the code failed: ${plain(report.code.error ?? 'no reason given')}`);
  for (const { language, files } of report.code.otherLanguages.slice(0, 5))
    out.push(
      style.dim(`${files.toLocaleString('en')} ${language} ${files === 1 ? 'file is' : 'files are'} not analysed.`),
    );
  const placed = ({ place, message }: ProblemReport): string =>
    `${place ? `${plain(place.path)}:${place.line + 1}:${place.column + 1} ` : ''}${plain(message)}`;
  for (const problem of report.problems) {
    if (problem.level === 'error') out.push(`${style.red('Fault')}: ${placed(problem)}`);
    // What the linter finds in the definition; the warnings of status files stand with their agents.
    else if (problem.level === 'warning' && problem.kind.startsWith('slo/'))
      out.push(`${style.yellow('Warning')}: ${placed(problem)}`);
  }
  return `${out.join('\n').trimEnd()}\n`;
}

/** Where nobody chose the definition and nothing feeds it but the code, what has no data is only counted. */
function shownServices({ definition, services }: WorkspaceReport): {
  readonly services: WorkspaceReport['services'];
  readonly unfed: number;
} {
  if (definition.isApt) return { services, unfed: 0 };
  let unfed = 0;
  const shown = services.flatMap((service) => {
    const objectives = service.objectives.filter(({ state }) => state !== 'no_data');
    unfed += service.objectives.length - objectives.length;
    return objectives.length === 0 ? [] : [{ ...service, objectives }];
  });
  return { services: shown, unfed };
}

const outputLines = 5;

/** How the refresh went; of a command that did not end well also the end of what it said. */
function refreshLines({ refresh }: WorkspaceReport, style: Style): readonly string[] {
  if (refresh.state === 'never') return [];
  const paint = refresh.state === 'ok' ? style.green : style.red;
  const lines = [`${paint(`Refresh ${refresh.state}`)}: ${plain(refresh.message)}`];
  for (const { command, outcome, exitCode, durationMs, output } of refresh.commands) {
    const how = exitCode === null || outcome === 'ok' ? outcome : `${outcome}, exit code ${exitCode}`;
    const time = outcome === 'skipped' ? '' : `, ${(durationMs / 1000).toFixed(1)} s`;
    lines.push(`  ${plain(command)} ${style.dim(`(${how}${time})`)}`);
    if (outcome === 'ok') continue;
    const said = output.split(/\r?\n/).filter((line) => line.trim() !== '');
    for (const line of said.slice(-outputLines)) lines.push(style.dim(`    ${plain(line)}`));
  }
  return [...lines, ''];
}

function objectiveLines(objective: ObjectiveReport, now: string, style: Style): readonly string[] {
  const lines = [
    `  ${stateText(objective.state, style)} ${plain(objective.displayName)}: ${style.bold(plain(objective.valueText))}  target ${plain(objective.targetText)}${objective.proxy?.used ? '  (stand-in)' : ''}`,
  ];
  const reason = ownReason(objective);
  if (reason !== '') lines.push(style.dim(`             ${plain(reason)}`));
  if (objective.evidence.observedAt !== null)
    lines.push(
      style.dim(
        `             ${plain(objective.evidence.source)}, ${ageText(objective.evidence.observedAt, now)}; ${plain(objective.evidence.method)}`,
      ),
    );
  if (objective.budget) {
    const burn = objective.budget.burn ? `; ${objective.budget.burn.text}` : '';
    lines.push(style.dim(`             budget: ${plain(objective.budget.text + burn)}`));
  }
  if (objective.trend) lines.push(style.dim(`             ${objective.trend.of}: ${plain(objective.trend.text)}`));
  // A single moment says no more than the state does.
  if (objective.watched && objective.watched.metMinutes + objective.watched.missedMinutes > 1)
    lines.push(style.dim(`             in its window: ${plain(objective.watched.text)}`));
  if (objective.wouldFeed) lines.push(style.dim(`             would be fed by ${plain(objective.wouldFeed)}`));
  const causes = objective.state === 'violating' || objective.state === 'at_risk' ? objective.causes.slice(0, 5) : [];
  for (const cause of causes)
    lines.push(`             ${style.dim('·')} ${plain(cause.label)} ${style.dim(plain(cause.detail))}`);
  if (causes.length > 0 && objective.causes.length > causes.length)
    lines.push(style.dim(`             … and ${objective.causes.length - causes.length} more`));
  return lines;
}
