/** Answer of `slo_status`: coverage first, then what fires, then the objectives, the worst first. */
import { stateOrder } from '../../page/words';
import type { ObjectiveReport, WorkspaceReport } from '../report';
import { answer, quoted, quotedList } from './answer';
import { alertLine, codeLine, coverageLines, objectiveLines } from './facts';
import type { StatusInput } from './input';

const MAX_ALERTS = 20;

function isService(wanted: string, { name, displayName }: WorkspaceReport['services'][number]): boolean {
  return name === wanted || displayName.toLowerCase() === wanted.toLowerCase();
}

/** Never says more than is measured: an objective without data is told as such, and with what would feed it. */
export function statusAnswer(report: WorkspaceReport, { service, state }: StatusInput, maxCharacters: number): string {
  const services = report.services.filter((one) => service === null || isService(service, one));
  const objectives = services
    .flatMap((one) => one.objectives)
    .filter((one) => state === null || one.state === state)
    .sort((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state));
  const firing = report.alerts.filter((alert) => alert.state === 'firing');
  return answer(
    [
      ...coverageLines(report),
      codeLine(report),
      ...(service !== null && services.length === 0
        ? [
            `There is no service ${quoted(service)}; services are ${quotedList(
              report.services.map(({ name }) => name),
              30,
            )}.`,
          ]
        : []),
      firing.length === 0
        ? 'Alerts: none fires. An objective without data fires none.'
        : `Alerts: ${firing.length} firing.`,
      ...firing.slice(0, MAX_ALERTS).map((alert) => alertLine(alert, report.generatedAt)),
      ...(firing.length > MAX_ALERTS ? [`- and ${firing.length - MAX_ALERTS} more`] : []),
      `Objectives${service === null && state === null ? '' : ' that were asked for'}: ${objectives.length}, the worst first.`,
      ...objectives.flatMap((one: ObjectiveReport) => objectiveLines(one, report.generatedAt)),
    ],
    maxCharacters,
    'Ask for one service or one state, or slo_explain with the name of an objective.',
  );
}
