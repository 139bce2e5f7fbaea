/** `slo-lens explain`: the page of a kind, or why the findings of a line are reported. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ResourceKind } from '../analyzer/resources/model';
import { plain } from '../report/plainText';
import type { CodeReport } from '../report/report';
import { rulePage, rulePageUri } from '../report/rulePage';
import { codeText } from '../report/textExport';
import { nearest } from '../sources/nearest';
import { UsageError } from './arguments';
import { lineReader } from './check';
import { monitorOf } from './monitors';
import { refuseBrokenConfiguration, type Shell, scan, scope, shownFrom, target, userCache } from './shell';

/**
 * Runs the command. Returns the exit code; throws UsageError and Interrupted.
 * @param what a kind or a line of a file; null lists the kinds
 */
export async function explain(what: string | null, shell: Shell): Promise<number> {
  if (what === null) {
    const kinds = (await kindsHere(shell)).toSorted((a, b) => a.id.localeCompare(b.id, 'en'));
    for (const { id, severity, title } of kinds)
      shell.write(`${id}  at most ${severity.toUpperCase()}  ${plain(title)}\n`);
    return 0;
  }
  const at = /^(.+?):(\d+)(?::\d+)?$/.exec(what);
  if (!at) {
    const kinds = await kindsHere(shell);
    const kind = kinds.find((candidate) => candidate.id === what || candidate.formerly?.includes(what));
    if (!kind) throw new UsageError(noSuchKind(what, kinds, shell));
    shell.write(rulePage(kind));
    return 0;
  }
  const file = target(at[1] ?? '', shell);
  if (!file.isFile) throw new UsageError(`${at[1]} is no file`);
  const { root, within, isSubject } = scope([file]);
  // What is hidden for its low confidence is explained too: whoever asks may wonder about silence.
  const monitor = monitorOf(root, shell, {
    overrides: { minConfidence: 'low' },
    cacheFolder: userCache(),
    subject: { within, isSubject },
  });
  await scan(monitor, shell);
  const report = monitor.report();
  refuseBrokenConfiguration(report, shell, root, false);
  const { code } = report;
  const line = Number(at[2]) - 1;
  const isAt = ({ place, range, trail }: CodeReport['findings'][number]): boolean =>
    (place.line <= line && line <= range.endLine) ||
    trail.some((step) => step.file === undefined && step.range.startLine === line);
  const findings = code.findings.filter(isAt);
  const silenced = code.suppressedFindings.filter(isAt);
  for (const finding of silenced)
    shell.write(`Silenced by an ignore comment: ${finding.kind}: ${plain(finding.message)}\n`);
  if (findings.length === 0) {
    if (silenced.length === 0) shell.write(`Nothing is reported on line ${at[2]} of ${plain(at[1] ?? '')}.\n`);
    for (const { place, reason } of code.partialFiles)
      shell.write(`The file is only partly analysed: ${place.line + 1}:${place.column + 1} ${plain(reason)}\n`);
    for (const reason of Object.keys(code.files.skipped)) shell.write(`The file is left out: ${reason}.\n`);
    return 0;
  }
  const counts = { high: 0, medium: 0, low: 0 };
  for (const finding of findings) counts[finding.severity]++;
  shell.write(
    codeText(
      { ...code, findings, counts, suppressionProblems: [], files: { ...code.files, skippedFolders: {} } },
      { style: shell.style, showLow: true, lineOf: lineReader(root), pathOf: shownFrom(root, shell) },
    ),
  );
  for (const id of new Set(findings.map((finding) => finding.kind)))
    shell.write(`${id}: ${rulePageUri(id) ?? 'a kind of this workspace'}\n`);
  return 0;
}

/** What is meant, as far as it can be told. */
function noSuchKind(what: string, kinds: readonly ResourceKind[], shell: Shell): string {
  const found = statSync(resolve(shell.cwd, what), { throwIfNoEntry: false });
  if (found?.isDirectory()) return `\`${what}\` is a folder: \`slo-lens check ${what}\` tells its findings`;
  if (found) return `\`${what}\` is a file: name a line of it, as in ${what}:1`;
  const ids = kinds.map(({ id }) => id);
  const meant = nearest(what, ids) ?? ids.find((id) => id.endsWith(`/${what}`));
  return `there is no kind \`${what}\`; ${meant === undefined ? '' : `did you mean ${meant}? `}\`slo-lens explain --list\` shows all`;
}

/** The kinds of the workspace that the user is in. */
async function kindsHere(shell: Shell): Promise<readonly ResourceKind[]> {
  const { root } = scope([target('.', shell)]);
  const monitor = monitorOf(root, shell, { subject: { within: ['.slo-lens'], isSubject: () => false } });
  await monitor.walk(shell.cancellation);
  return monitor.workspace.kinds;
}
