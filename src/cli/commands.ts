/** What the commands do: each builds a monitor over Node's ports, asks it, and renders the report. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { Confidence, Severity } from '../analyzer/findings';
import { allKinds } from '../analyzer/resources/catalogue';
import { Monitor, type MonitorSettings } from '../monitor/monitor';
import { nodeGit } from '../monitor/node/nodeGit';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../monitor/node/nodePorts';
import type { Cancellation } from '../monitor/ports';
import type { FindingReport, WorkspaceReport } from '../report/report';
import { rulePage, rulePageUri } from '../report/rulePage';
import { type RuleDescription, toSarif } from '../report/sarifExport';
import { codeText, noStyle, type Style, sloText } from '../report/textExport';
import { isTimeZone } from '../sources/timestamps';
import { type CheckArguments, type SloArguments, UsageError } from './arguments';

export interface Shell {
  readonly cwd: string;
  readonly version: string;
  readonly style: Style;
  readonly write: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly cancellation: Cancellation;
}

/** Rules of the catalogue, as SARIF lists them. */
export const rules: readonly RuleDescription[] = allKinds.map((kind) => ({
  id: kind.id,
  title: kind.title,
  description: kind.documentation.what,
  helpUri: rulePageUri(kind.id),
  severity: kind.severity,
}));

const severityRank: Readonly<Record<Severity | 'never', number>> = { low: 1, medium: 2, high: 3, never: 9 };

function existing(path: string, cwd: string): { readonly absolute: string; readonly isFile: boolean } {
  const absolute = resolve(cwd, path);
  try {
    return { absolute, isFile: statSync(absolute).isFile() };
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file or folder' : (error as Error).message}`,
    );
  }
}

function monitorOf(root: string, shell: Shell, options: Partial<MonitorSettings>, now: number | null): Monitor {
  const clock = now === null ? nodeClock : { ...nodeClock, now: () => now };
  return new Monitor(
    {
      fs: nodeFileSystem,
      clock,
      logger: { info: () => undefined, warn: shell.warn, error: shell.warn },
      git: nodeGit,
      runner: nodeCommandRunner,
      toUri: (path) => URI.file(path).toString(),
    },
    {
      roots: [{ name: basename(root), uri: URI.file(root).toString(), path: root }],
      trusted: true,
      minConfidence: 'medium',
      exclude: [],
      severityOverrides: {},
      agents: {},
      refreshCommands: [],
      refreshTimeoutSeconds: 600,
      cacheFolder: null,
      definitionFiles: [],
      ...options,
    },
  );
}

function userCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'slo-lens');
}

function deliver(text: string, output: string | null, shell: Shell): void {
  if (output === null) {
    shell.write(text);
    return;
  }
  const file = resolve(shell.cwd, output);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${output} cannot be written: ${(error as Error).message}`);
  }
}

/** A fault in the configuration ends a command with exit 2: verdicts under another configuration than meant mislead. */
function refuseBrokenConfiguration(report: WorkspaceReport): void {
  const fault = report.problems.find(
    (problem) => problem.level === 'error' && (problem.kind.startsWith('config') || problem.kind.startsWith('slo/')),
  );
  if (fault)
    throw new UsageError(
      `${fault.place ? `${fault.place.path}:${fault.place.line + 1}:${fault.place.column + 1}: ` : ''}${fault.message}`,
    );
}

interface Baseline {
  readonly schemaVersion: 1;
  readonly fingerprints: Readonly<Record<string, number>>;
}

function readBaseline(file: string, shell: Shell): Baseline {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(resolve(shell.cwd, file), 'utf8'));
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be read: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
  const candidate = parsed as Partial<Baseline> | null;
  if (candidate?.schemaVersion !== 1 || typeof candidate.fingerprints !== 'object')
    throw new UsageError(`the baseline ${file} is no baseline of SLO Lens`);
  return candidate as Baseline;
}

/** Findings beyond the number that the baseline holds of each fingerprint and file. */
function beyondBaseline(findings: readonly FindingReport[], baseline: Baseline): readonly FindingReport[] {
  const left = new Map(Object.entries(baseline.fingerprints));
  return findings.filter((finding) => {
    const key = `${finding.place.path}#${finding.fingerprint}`;
    const known = left.get(key) ?? 0;
    if (known > 0) left.set(key, known - 1);
    return known === 0;
  });
}

/** `slo-lens check`. Returns the exit code. */
export async function check(args: CheckArguments, shell: Shell): Promise<number> {
  const targets = args.paths.map((path) => existing(path, shell.cwd));
  const [first] = targets;
  const root =
    targets.length === 1 && first
      ? first.isFile
        ? dirname(first.absolute)
        : first.absolute
      : commonFolder(targets.map((target) => (target.isFile ? dirname(target.absolute) : target.absolute)));
  const settings: Partial<MonitorSettings> = {
    ...(args.minConfidence === null ? {} : { minConfidence: args.minConfidence }),
    cacheFolder: args.cache ? userCache() : null,
  };
  const monitor = monitorOf(root, shell, settings, null);
  await monitor.scan(shell.cancellation);
  const full = monitor.report();
  refuseBrokenConfiguration(full);
  if (full.code.state === 'failed') throw new Error(full.code.error ?? 'the scan failed');
  const wanted = targets.map((target) => toPosix(relative(root, target.absolute)));
  const isWanted = (path: string): boolean =>
    wanted.some((prefix) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`));
  const rank: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };
  const least = rank[args.minConfidence ?? full.code.minConfidence];
  const inside = full.code.findings.filter(
    (finding) => isWanted(finding.place.path) && rank[finding.confidence] >= least,
  );
  if (args.baseline !== null && args.updateBaseline) {
    const fingerprints: Record<string, number> = {};
    for (const finding of inside)
      fingerprints[`${finding.place.path}#${finding.fingerprint}`] =
        (fingerprints[`${finding.place.path}#${finding.fingerprint}`] ?? 0) + 1;
    deliver(`${JSON.stringify({ schemaVersion: 1, fingerprints }, null, 2)}\n`, args.baseline, shell);
  }
  const findings = args.baseline === null ? inside : beyondBaseline(inside, readBaseline(args.baseline, shell));
  const counts = { high: 0, medium: 0, low: 0 };
  for (const finding of findings) counts[finding.severity]++;
  const code = {
    ...full.code,
    findings,
    counts,
    partialFiles: full.code.partialFiles.filter(({ place }) => isWanted(place.path)),
    suppressionProblems: full.code.suppressionProblems.filter(({ place }) => isWanted(place.path)),
  };
  switch (args.format) {
    case 'json':
      deliver(
        `${JSON.stringify({ schemaVersion: 1, generatedAt: full.generatedAt, root: URI.file(root).toString(), code }, null, 2)}\n`,
        args.output,
        shell,
      );
      break;
    case 'sarif':
      deliver(
        `${JSON.stringify(toSarif(code, { version: shell.version, rules, rootUri: URI.file(root).toString(), suppressed: [] }), null, 2)}\n`,
        args.output,
        shell,
      );
      break;
    case 'text':
      deliver(
        codeText(code, {
          style: args.output === null ? shell.style : noStyle,
          showLow: args.failOn === 'low',
          lineOf: lineReader(root),
        }),
        args.output,
        shell,
      );
  }
  return findings.some((finding) => severityRank[finding.severity] >= severityRank[args.failOn]) ? 1 : 0;
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}

function commonFolder(folders: readonly string[]): string {
  const split = folders.map((folder) => folder.split(sep));
  const shared: string[] = [];
  for (const [index, part] of (split[0] ?? []).entries()) {
    if (!split.every((parts) => parts[index] === part)) break;
    shared.push(part);
  }
  return shared.join(sep) || sep;
}

function lineReader(root: string): (path: string, line: number) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = files.get(path);
    if (!lines) {
      const file = join(root, ...path.split('/'));
      lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      files.set(path, lines);
    }
    return lines[line];
  };
}

/** `slo-lens slo` and `slo-lens refresh`. Returns the exit code. */
export async function slo(args: SloArguments, shell: Shell): Promise<number> {
  const target = existing(args.path, shell.cwd);
  const root = target.isFile ? dirname(target.absolute) : target.absolute;
  if (args.timeZone !== null && !isTimeZone(args.timeZone))
    throw new UsageError(`--time-zone takes the name of a time zone, not \`${args.timeZone}\``);
  const definitionFiles = args.definition === null ? [] : [existing(args.definition, shell.cwd).absolute];
  const monitor = monitorOf(
    root,
    shell,
    {
      cacheFolder: userCache(),
      definitionFiles,
      ...(args.timeZone === null ? {} : { agents: { timeZone: args.timeZone } }),
    },
    args.now,
  );
  let report: WorkspaceReport;
  if (args.command === 'refresh') report = await monitor.refresh(shell.cancellation, (message) => shell.warn(message));
  else {
    await monitor.scan(shell.cancellation);
    report = await monitor.read(shell.cancellation);
  }
  refuseBrokenConfiguration(report);
  const outcome = gateOutcome(report, args.strict);
  switch (args.format) {
    case 'json':
      deliver(
        `${JSON.stringify({ ...report, gate: { outcome, coverage: { measured: report.headline.measured, defined: report.headline.defined } } }, null, 2)}\n`,
        args.output,
        shell,
      );
      break;
    case 'sarif':
      deliver(
        `${JSON.stringify(toSarif(report.code, { version: shell.version, rules, rootUri: URI.file(root).toString(), suppressed: [] }), null, 2)}\n`,
        args.output,
        shell,
      );
      break;
    case 'text':
      deliver(
        sloText(report, args.output === null ? shell.style : noStyle) + (args.gate ? `\nGate: ${outcome}\n` : ''),
        args.output,
        shell,
      );
  }
  if (args.command === 'refresh' && report.refresh.state === 'failed') return 1;
  return args.gate && outcome !== 'met' ? 1 : 0;
}

/** SLO reference, section 11; first match wins. */
export function gateOutcome(report: WorkspaceReport, strict: boolean): 'violation' | 'no-data' | 'met' {
  const states = report.services.flatMap((service) => service.objectives.map((objective) => objective.state));
  if (states.includes('violating')) return 'violation';
  return report.headline.measured === 0 || (strict && report.headline.unknown > 0) ? 'no-data' : 'met';
}

/** `slo-lens explain`. Returns the exit code. */
export async function explain(what: string, shell: Shell): Promise<number> {
  const kind = allKinds.find((candidate) => candidate.id === what);
  if (kind) {
    shell.write(rulePage(kind));
    return 0;
  }
  const at = /^(.+):(\d+)$/.exec(what);
  if (!at) throw new UsageError(`There is no kind \`${what}\`; kinds are ${allKinds.map((one) => one.id).join(', ')}`);
  const target = existing(at[1] ?? '', shell.cwd);
  if (!target.isFile) throw new UsageError(`${at[1]} is no file`);
  const root = dirname(target.absolute);
  const monitor = monitorOf(root, shell, { minConfidence: 'low' }, null);
  await monitor.scan(shell.cancellation);
  const { code } = monitor.report();
  const line = Number(at[2]) - 1;
  const findings = code.findings.filter(
    (finding) =>
      finding.place.path === basename(target.absolute) &&
      (finding.place.line === line || finding.trail.some((step) => step.range.startLine === line)),
  );
  if (findings.length === 0) {
    shell.write(`Nothing is reported on line ${at[2]} of ${at[1]}.\n`);
    return 0;
  }
  const counts = { high: 0, medium: 0, low: 0 };
  for (const finding of findings) counts[finding.severity]++;
  shell.write(
    codeText(
      {
        ...code,
        findings,
        counts,
        partialFiles: [],
        suppressionProblems: [],
        otherLanguages: [],
        files: { ...code.files, skipped: {} },
      },
      { style: shell.style, showLow: true, lineOf: lineReader(root) },
    ),
  );
  for (const id of new Set(findings.map((finding) => finding.kind))) shell.write(`${id}: ${rulePageUri(id)}\n`);
  return 0;
}
