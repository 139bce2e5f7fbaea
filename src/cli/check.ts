/** `slo-lens check`: the findings of files and folders, and whether they fail. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../analyzer/findings/findings';
import type { ResourceKind } from '../analyzer/resources/model';
import { CodeMonitor } from '../monitor/codeMonitor';
import type { CodePart } from '../monitor/codePart';
import { fileSystemAtOnce } from '../monitor/node/nodeFilesAtOnce';
import { nodeClock } from '../monitor/node/nodePorts';
import { type Baseline, baselineOf, beyondBaseline } from '../report/baseline';
import { codeJunit } from '../report/junitExport';
import { codeMarkdown } from '../report/markdownExport';
import { count, jsonText, plain } from '../report/plainText';
import type { CodeReport, ProblemReport } from '../report/report';
import { ruleDescriptions, toSarif } from '../report/sarifExport';
import { noStyle } from '../report/style';
import { codeText } from '../report/textExport';
import { withPaths } from '../report/withPaths';
import type { CheckArguments } from './arguments';
import { readBaseline } from './baseline';
import { applyFixes, type FixOutcome } from './fix';
import {
  deliver,
  loggerOf,
  refuseBrokenConfiguration,
  type Shell,
  scan,
  scope,
  settingsOf,
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
  const settings = settingsOf(root, {
    ...(args.minConfidence === null ? {} : { overrides: { minConfidence: args.minConfidence } }),
    cacheFolder: args.cache ? userCache() : null,
    subject: { within, isSubject },
  });
  const monitor = new CodeMonitor({ fs: fileSystemAtOnce, clock: nodeClock, logger: loggerOf(shell), toUri }, settings);
  const scanned = async (): Promise<CodePart> => {
    await scan(monitor, shell);
    const report = monitor.codePart();
    refuseBrokenConfiguration(report, shell, root, false);
    if (report.code.state === 'failed') throw new Error(report.code.error ?? 'the scan failed');
    return report;
  };
  let report = await scanned();
  const pathOf = shownFrom(root, shell);
  let fixed: FixOutcome | null = null;
  if (args.fix) {
    fixed = fix(report, known, pathOf, root, monitor);
    if (fixed.fixed.length > 0) report = await scanned();
  }
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
  // Formats for machines have no place for it.
  if (fixed && args.format !== 'text') shell.warn(fixText(fixed, pathOf).join('\n'));
  deliver(
    render(args, shell, {
      report,
      code,
      kinds: () => monitor.workspace.kinds,
      unreadable,
      root,
      inBaseline: baseline ? all.length - findings.length : null,
      fixed,
    }),
    args.output,
    shell,
  );
  return findings.some((finding) => fails(finding.severity, args)) ? 1 : 0;
}

/** Fixes what the baseline does not hold, of the files that were asked about. */
function fix(
  { code }: CodePart,
  known: Baseline | null,
  pathOf: (path: string) => string,
  root: string,
  monitor: CodeMonitor,
): FixOutcome {
  const [only] = monitor.workspace.roots;
  const sources = only && monitor.workspace.scanOf(only);
  if (!sources) return { of: 0, fixed: [], untouched: [] };
  return applyFixes({
    root,
    shown: code.findings,
    wanted: known ? beyondBaseline(code.findings, known, pathOf) : code.findings,
    minConfidence: code.minConfidence,
    analyze: (path, text) => sources.analyzeOne(path, text),
  });
}

/** "Fixed 2 of 3 findings", and each. */
function fixText({ of, fixed, untouched }: FixOutcome, pathOf: (path: string) => string): readonly string[] {
  return [
    `Fixed ${fixed.length} of ${count(of, 'finding')}${fixed.length > 0 ? ':' : '.'}`,
    ...fixed.map(({ path, line, title }) => `  ${plain(pathOf(path))}:${line + 1}  ${plain(title)}`),
    ...untouched.map(({ path, reason }) => `Not written: ${plain(pathOf(path))}: ${plain(reason)}`),
  ];
}

function fails(severity: Severity, { failOn }: CheckArguments): boolean {
  return severityRank[severity] >= severityRank[failOn];
}

/** A folder on the way counts too: what it hides was asked about. */
function isRelevant(path: string, within: readonly string[], isSubject: (path: string) => boolean): boolean {
  return isSubject(path) || within.some((folder) => folder.startsWith(`${path}/`));
}

interface Outcome {
  readonly report: CodePart;
  readonly code: CodeReport;
  readonly kinds: () => readonly ResourceKind[];
  readonly unreadable: readonly ProblemReport[];
  readonly root: string;
  readonly inBaseline: number | null;
  readonly fixed: FixOutcome | null;
}

function render(args: CheckArguments, shell: Shell, outcome: Outcome): string {
  const { report, code, kinds, unreadable, root, inBaseline, fixed } = outcome;
  // Whoever reads these stands where the command was run, mostly the root of a repository, and not where its settings are.
  const fromHere = (): CodeReport => withPaths(code, shownFrom(root, shell));
  switch (args.format) {
    case 'json':
      return jsonText({
        schemaVersion: 1,
        generatedAt: report.generatedAt,
        root: toUri(root),
        code,
        problems: unreadable,
        inBaseline,
        fixed: fixed?.fixed ?? null,
      });
    case 'sarif':
      return jsonText(
        toSarif(fromHere(), {
          version: shell.version,
          rules: ruleDescriptions(kinds()),
          rootUri: toUri(realpathSync(shell.cwd)),
        }),
      );
    case 'junit':
      return codeJunit(fromHere(), (severity) => fails(severity, args));
    case 'markdown':
      return codeMarkdown(fromHere());
    case 'text': {
      const pathOf = shownFrom(root, shell);
      const findings = codeText(code, {
        style: args.output === null ? shell.style : noStyle,
        showLow: args.failOn === 'low',
        lineOf: lineReader(root),
        pathOf,
        inBaseline,
        unreadable,
      });
      return fixed ? `${fixText(fixed, pathOf).join('\n')}\n\n${findings}` : findings;
    }
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
