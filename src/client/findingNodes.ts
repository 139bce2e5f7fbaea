/** Findings in the tree: by severity or by file, those of one cause below one node. No editor API. */
import { causesIn, toldOnce } from '../page/omissions';
import { agoText, isFirstScan } from '../page/words';
import type { FindingReport, WorkspaceReport } from '../report/report';
import { node, type TreeNode } from './treeNode';
import { escapeMarkdown, otherLanguageLines, severityWords } from './words';

/** Findings by severity or by file, with their trail; then what was not analysed. */
export function findingNodes(report: WorkspaceReport, grouping: 'severity' | 'file', now: number): readonly TreeNode[] {
  const { code } = report;
  const nodes: TreeNode[] = [];
  if (code.state === 'failed')
    nodes.push(
      node({
        id: 'failed',
        label: 'The scan failed',
        description: code.error ?? '',
        icon: 'error',
        color: 'list.errorForeground',
      }),
    );
  if (isFirstScan(report))
    nodes.push(
      node({
        id: 'scanning',
        label: 'The first scan is running',
        description: `${code.files.analysed.toLocaleString('en')} files so far`,
        icon: 'loading~spin',
      }),
    );
  if (grouping === 'severity')
    for (const severity of ['high', 'medium', 'low'] as const) {
      const own = code.findings.filter((finding) => finding.severity === severity);
      if (own.length === 0) continue;
      const look = severityLook[severity];
      nodes.push(
        node({
          id: `severity/${severity}`,
          label: severityWords[severity],
          description: numberText(own),
          tooltip: `${own.length} findings, ${isFirstScan(report) ? 'so far' : `scanned ${agoText(code.scannedAt, now)}`}`,
          ...look,
          expanded: severity === 'high',
          context: 'group',
          children: toldNodes(own, false),
        }),
      );
    }
  else {
    const byFile = new Map<string, FindingReport[]>();
    for (const finding of code.findings)
      byFile.set(finding.place.path, [...(byFile.get(finding.place.path) ?? []), finding]);
    for (const [path, own] of byFile) {
      const slash = path.lastIndexOf('/');
      nodes.push(
        node({
          id: `file/${path}`,
          label: path.slice(slash + 1),
          description: `${path.slice(0, Math.max(0, slash))}  ${own.length}`.trim(),
          tooltip: escapeMarkdown(path),
          icon: 'file-code',
          context: 'group',
          children: toldNodes(own, true),
        }),
      );
    }
  }
  for (const { place, reason } of code.partialFiles)
    nodes.push(
      node({
        id: `partial/${place.path}`,
        label: place.path.slice(place.path.lastIndexOf('/') + 1),
        description: `partly analysed: ${reason}`,
        tooltip: escapeMarkdown(`${place.path}:${place.line + 1}: ${reason}`),
        icon: 'warning',
        place,
      }),
    );
  if (code.state !== 'not-scanned' && !isFirstScan(report))
    for (const line of otherLanguageLines(report))
      nodes.push(node({ id: `language/${line}`, label: line, icon: 'info' }));
  return nodes;
}

const severityLook = {
  high: { icon: 'error', color: 'list.errorForeground' },
  medium: { icon: 'warning', color: 'list.warningForeground' },
  low: { icon: 'info', color: undefined },
} as const;

/** "5", or "5, 3 causes" where some share one. */
function numberText(findings: readonly FindingReport[]): string {
  const causes = causesIn(findings);
  return `${findings.length}${causes === findings.length ? '' : `, ${causes} ${causes === 1 ? 'cause' : 'causes'}`}`;
}

/** Findings, those of one omission below a node of their own. */
function toldNodes(findings: readonly FindingReport[], inFile: boolean): readonly TreeNode[] {
  return toldOnce(findings).map(({ findings: own, text }) => {
    const [first] = own;
    if (text === null) return findingNode(first, inFile);
    const { place } = first;
    const { icon, color } = severityLook[first.severity];
    const lines = own.map((one) => one.place.line + 1).join(', ');
    const file = place.path.slice(place.path.lastIndexOf('/') + 1);
    return node({
      id: `omission/${place.path}/${first.severity}/${first.fingerprint}`,
      label: inFile ? `${own.length} findings` : `${file}, ${own.length} findings`,
      description: text,
      tooltip: `**${first.kind}**, ${severityWords[first.severity]}\n\n${escapeMarkdown(text)}\n\n${escapeMarkdown(`${place.path}, lines ${lines}`)}`,
      icon,
      color,
      spoken: `${severityWords[first.severity]}, ${file}, ${text.replaceAll('`', '')}`,
      place,
      context: 'group',
      children: own.map((finding) => findingNode(finding, inFile)),
    });
  });
}

function findingNode(finding: FindingReport, inFile: boolean): TreeNode {
  const { place } = finding;
  const file = `${place.path.slice(place.path.lastIndexOf('/') + 1)}:${place.line + 1}`;
  const { icon, color } = severityLook[finding.severity];
  return node({
    id: `finding/${place.path}/${finding.fingerprint}`,
    label: inFile ? `${place.line + 1}:${place.column + 1}` : file,
    description: finding.message,
    tooltip: `**${finding.kind}**, ${severityWords[finding.severity]}, confidence ${finding.confidence}\n\n${escapeMarkdown(finding.message)}\n\n${escapeMarkdown(finding.advice)}\n\n${escapeMarkdown(`${place.path}:${place.line + 1}`)}`,
    icon,
    color,
    spoken: `${severityWords[finding.severity]}, ${file}, ${finding.message}`,
    place,
    context: 'finding',
    argument: finding.kind,
    children: finding.trail.map((step, index) =>
      node({
        id: `trail/${place.path}/${finding.fingerprint}/${index}`,
        label: step.message,
        description: `line ${step.range.startLine + 1}`,
        icon: 'debug-stackframe-dot',
        place: {
          ...place,
          line: step.range.startLine,
          column: step.range.startColumn,
          endLine: step.range.endLine,
          endColumn: step.range.endColumn,
        },
        context: 'trail',
      }),
    ),
  });
}
