/** `slo-lens slo` and `slo-lens refresh`: the objectives of a workspace, and the gate over them. */
import { dirname } from 'node:path';
import { sloJunit } from '../report/junitExport';
import { codeMarkdown, sloMarkdown } from '../report/markdownExport';
import { jsonText } from '../report/plainText';
import type { WorkspaceReport } from '../report/report';
import { objectivesToSarif } from '../report/sarifExport';
import { sloText } from '../report/sloText';
import { noStyle } from '../report/style';
import type { SloArguments } from './arguments';
import {
  deliver,
  Interrupted,
  monitorOf,
  refuseBrokenConfiguration,
  type Shell,
  scan,
  target,
  toUri,
  userCache,
} from './shell';

export type GateOutcome = 'violation' | 'no-data' | 'met';

/** Runs the command. Returns the exit code; throws UsageError and Interrupted. */
export async function slo(args: SloArguments, shell: Shell): Promise<number> {
  const { absolute, isFile } = target(args.path, shell);
  const root = isFile ? dirname(absolute) : absolute;
  const monitor = monitorOf(
    root,
    shell,
    {
      cacheFolder: userCache(),
      definitionFiles: args.definition === null ? [] : [target(args.definition, shell).absolute],
      ...(args.timeZone === null ? {} : { overrides: { agents: { timeZone: args.timeZone } } }),
    },
    args.now,
  );
  const report = await reportOf(args.command, monitor, shell);
  refuseBrokenConfiguration(report, shell, root, true);
  const outcome = gateOutcome(report, args.strict);
  deliver(render(args, shell, report, outcome, root), args.output, shell);
  if (args.command === 'refresh' && report.refresh.state !== 'ok') return 1;
  return args.gate && outcome !== 'met' ? 1 : 0;
}

async function reportOf(
  command: SloArguments['command'],
  monitor: ReturnType<typeof monitorOf>,
  shell: Shell,
): Promise<WorkspaceReport> {
  if (command === 'slo') {
    await scan(monitor, shell);
    return monitor.read(shell.cancellation);
  }
  // Commands do not run under a configuration that is not understood.
  await monitor.walk(shell.cancellation);
  refuseBrokenConfiguration(monitor.report(), shell, monitor.roots[0]?.path ?? shell.cwd, true);
  const report = await monitor.refresh(shell.cancellation, (message) => shell.progress(message));
  shell.progress(null);
  if (shell.cancellation.isCancelled()) throw new Interrupted(report.refresh.message);
  return report;
}

function render(args: SloArguments, shell: Shell, report: WorkspaceReport, outcome: GateOutcome, root: string): string {
  switch (args.format) {
    case 'json': {
      const { measured, defined } = report.headline;
      return jsonText({ ...report, gate: { outcome, strict: args.strict, coverage: { measured, defined } } });
    }
    case 'sarif':
      return jsonText(objectivesToSarif(report, { version: shell.version, rootUri: toUri(root) }));
    case 'junit':
      return sloJunit(report);
    case 'markdown':
      return `${sloMarkdown(report)}\n${codeMarkdown(report.code)}${args.gate ? `\nGate: ${outcome}\n` : ''}`;
    case 'text':
      return `${sloText(report, args.output === null ? shell.style : noStyle)}${args.gate ? `\nGate: ${gateText[outcome]}\n` : ''}`;
  }
}

const gateText: Readonly<Record<GateOutcome, string>> = {
  violation: 'not met, an objective is violated',
  'no-data': 'not met, without data nothing is',
  met: 'met',
};

/** SLO reference, section 11; first match wins. */
export function gateOutcome(report: WorkspaceReport, strict: boolean): GateOutcome {
  const states = report.services.flatMap((service) => service.objectives.map((objective) => objective.state));
  if (states.includes('violating')) return 'violation';
  return report.headline.measured === 0 || (strict && report.headline.unknown > 0) ? 'no-data' : 'met';
}
