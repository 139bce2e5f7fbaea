/** `slo-lens slo` and `slo-lens refresh`: the objectives of a workspace, and the gate over them. */
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { clockface } from '../page/words';
import { type GateReport, gateElements, gateExitCode, gateLines, gateMarkdown } from '../report/gate';
import { htmlDocument } from '../report/htmlExport';
import { sloJunit } from '../report/junitExport';
import { codeMarkdown, sloMarkdown } from '../report/markdownExport';
import { jsonText } from '../report/plainText';
import { postMortem } from '../report/postMortem';
import type { WorkspaceReport } from '../report/report';
import { objectivesToSarif } from '../report/sarifExport';
import { sloText } from '../report/sloText';
import { noStyle } from '../report/style';
import { objectivesWithPaths } from '../report/withPaths';
import { type SloArguments, UsageError } from './arguments';
import { judge } from './gate';
import { incidentsNamed } from './incidents';
import { monitorOf } from './monitors';
import {
  configurationFault,
  deliver,
  Interrupted,
  refuseBrokenConfiguration,
  type Shell,
  scan,
  shownFrom,
  target,
  toUri,
  userCache,
} from './shell';

/** Runs the command. Returns the exit code; throws UsageError and Interrupted. */
export async function slo(args: SloArguments, shell: Shell): Promise<number> {
  const { absolute, isFile } = target(args.path, shell);
  const root = isFile ? dirname(absolute) : absolute;
  const monitor = monitorOf(
    root,
    shell,
    {
      cacheFolder: userCache(),
      history:
        args.history === null
          ? null
          : {
              folder: resolve(shell.cwd, args.history),
              writer: randomBytes(6).toString('hex'),
              adds: args.now === null,
              speaks: false,
            },
      definitionFiles: args.definition === null ? [] : [target(args.definition, shell).absolute],
      ...(args.timeZone === null ? {} : { overrides: { agents: { timeZone: args.timeZone } } }),
    },
    args.now,
  );
  const report = await reportOf(args.command, monitor, shell);
  await monitor.close();
  for (const { message } of report.problems.filter(({ kind }) => kind === 'history')) shell.warn(message);
  if (args.postMortem !== null) return draft(args, args.postMortem, report, shell);
  // A pipeline reads the gate's answer also when the definition is broken.
  refuseBrokenConfiguration(report, shell, root, !args.gate);
  const gate = await judge(args, report, monitor, shell);
  const fault = configurationFault(report, shell, root, true);
  if (fault !== null) shell.warn(fault);
  deliver(render(args, shell, report, gate, root), args.output, shell);
  if (args.command === 'refresh' && report.refresh.state !== 'ok') return 1;
  return args.gate ? gateExitCode(gate) : 0;
}

/** Writes the draft of a post-mortem. It can be written under a broken definition too, which it then names. */
function draft(args: SloArguments, which: string, report: WorkspaceReport, shell: Shell): number {
  const { timeZone } = args;
  const names = incidentsNamed(which, report, timeZone ?? 'local');
  // A run is no session: it remembers no alert, and what fires in it may have been firing for long.
  const made = postMortem({ ...report, activity: [] }, names, clockface(timeZone ?? undefined));
  // Every incident that is named is one of the report.
  if (!made) throw new UsageError(`there is no incident ${which}`);
  deliver(made.markdown, args.output, shell);
  return 0;
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
  refuseBrokenConfiguration(monitor.report(), shell, monitor.workspace.roots[0]?.path ?? shell.cwd, true);
  const report = await monitor.refresh(shell.cancellation, (message) => shell.progress(message));
  shell.progress(null);
  if (shell.cancellation.isCancelled()) throw new Interrupted(report.refresh.message);
  return report;
}

function render(args: SloArguments, shell: Shell, report: WorkspaceReport, gate: GateReport, root: string): string {
  switch (args.format) {
    case 'json':
      return jsonText({ ...report, gate });
    case 'sarif':
      // As `check` names them: a log is read at the root of a repository.
      return jsonText(
        objectivesToSarif(objectivesWithPaths(report, shownFrom(root, shell)), {
          version: shell.version,
          rootUri: toUri(realpathSync(shell.cwd)),
        }),
      );
    case 'junit':
      return sloJunit(report, tolerated(gate));
    case 'markdown':
      return `${args.gate ? `${gateMarkdown(gate)}\n` : ''}${sloMarkdown(report)}\n${codeMarkdown(report.code)}`;
    case 'html':
      return htmlDocument(report, clockface(args.timeZone ?? undefined), args.gate ? gateElements(gate) : []);
    case 'text': {
      const style = args.output === null ? shell.style : noStyle;
      // Who wants each of them measured wants to see which are not.
      const shown = args.strict ? { ...report, definition: { ...report.definition, isApt: true } } : report;
      return `${sloText(shown, style)}${args.gate ? `\n${gateLines(gate, style)}` : ''}`;
    }
  }
}

/** Violations that do not fail the gate: those of the base that are no worse, and those that the base says nothing about. */
function tolerated({ policy, comparison }: GateReport): (objective: string) => boolean {
  if (policy === 'any' || !comparison) return () => false;
  const failing = new Set([...comparison.newViolations, ...comparison.worse]);
  return (objective) => !failing.has(objective);
}
