/** `slo-lens check`: the findings of files and folders, and whether they fail. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../analyzer/findings';
import type { Monitor } from '../monitor/monitor';
import { codeJunit } from '../report/junitExport';
import { codeMarkdown } from '../report/markdownExport';
import { jsonText } from '../report/plainText';
import type { CodeReport, ProblemReport, WorkspaceReport } from '../report/report';
import { ruleDescriptions, toSarif } from '../report/sarifExport';
import { noStyle } from '../report/style';
import { codeText } from '../report/textExport';
import type { CheckArguments } from './arguments';
import { baselineOf, beyondBaseline, readBaseline } from './baseline';
import {
  deliver,
  monitorOf,
  refuseBrokenConfiguration,
  type Shell,
  scan,
  scope,
  shownFrom,
  target,
  toUri,
  userCache,
} from './shell';

const severityRank: Readonly<Record<Severity | 'never', number>> = { low: 1, medium: 2, high: 3, never: 9 };

/** Runs the command. Returns the exit code; throws UsageError and Interrupted. */
export async function check(args: CheckArguments, shell: Shell): Promise<number> {
  const { root, within, isSubject } = scope(args.paths.map((path) => target(path, shell)));
  const known = args.baseline === null || args.updateBaseline ? null : readBaseline(args.baseline, shell);
  const monitor = monitorOf(root, shell, {
    ...(args.minConfidence === null ? {} : { overrides: { minConfidence: args.minConfidence } }),
    cacheFolder: args.cache ? userCache() : null,
    subject: { within, isSubject },
  });
  await scan(monitor, shell);
  const report = monitor.report();
  refuseBrokenConfiguration(report, shell, root, false);
  if (report.code.state === 'failed') throw new Error(report.code.error ?? 'the scan failed');

  const pathOf = shownFrom(root, shell);
  const { findings: all } = report.code;
  if (args.baseline !== null && args.updateBaseline) deliver(jsonText(baselineOf(all, pathOf)), args.baseline, shell);
  const baseline = args.baseline !== null && args.updateBaseline ? baselineOf(all, pathOf) : known;
  const findings = baseline ? beyondBaseline(all, baseline, pathOf) : all;
  const counts = { high: 0, medium: 0, low: 0 };
  for (const finding of findings) counts[finding.severity]++;
  const code: CodeReport = { ...report.code, findings, counts };
  const unreadable = report.problems.filter(
    ({ kind, place }) => kind.startsWith('unreadable') && place !== null && isRelevant(place.path, within, isSubject),
  );
  deliver(
    render(args, shell, {
      report,
      code,
      kinds: monitor.kinds,
      unreadable,
      root,
      inBaseline: baseline ? all.length - findings.length : null,
    }),
    args.output,
    shell,
  );
  return findings.some((finding) => fails(finding.severity, args)) ? 1 : 0;
}

function fails(severity: Severity, { failOn }: CheckArguments): boolean {
  return severityRank[severity] >= severityRank[failOn];
}

/** A folder on the way counts too: what it hides was asked about. */
function isRelevant(path: string, within: readonly string[], isSubject: (path: string) => boolean): boolean {
  return isSubject(path) || within.some((folder) => folder.startsWith(`${path}/`));
}

interface Outcome {
  readonly report: WorkspaceReport;
  readonly code: CodeReport;
  readonly kinds: Monitor['kinds'];
  readonly unreadable: readonly ProblemReport[];
  readonly root: string;
  readonly inBaseline: number | null;
}

function render(args: CheckArguments, shell: Shell, outcome: Outcome): string {
  const { report, code, kinds, unreadable, root, inBaseline } = outcome;
  switch (args.format) {
    case 'json':
      return jsonText({
        schemaVersion: 1,
        generatedAt: report.generatedAt,
        root: toUri(root),
        code,
        problems: unreadable,
        inBaseline,
      });
    case 'sarif':
      return jsonText(toSarif(code, { version: shell.version, rules: ruleDescriptions(kinds), rootUri: toUri(root) }));
    case 'junit':
      return codeJunit(code, (severity) => fails(severity, args));
    case 'markdown':
      return codeMarkdown(code);
    case 'text':
      return codeText(code, {
        style: args.output === null ? shell.style : noStyle,
        showLow: args.failOn === 'low',
        lineOf: lineReader(root),
        pathOf: shownFrom(root, shell),
        inBaseline,
        unreadable,
      });
  }
}

/** Lines of source files below a folder, for excerpts. */
export function lineReader(root: string): (path: string, line: number) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = files.get(path);
    if (!lines) {
      const file = join(root, ...path.split('/'));
      lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r\n|\r|\n/) : [];
      files.set(path, lines);
    }
    return lines[line];
  };
}
