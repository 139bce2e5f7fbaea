/** The first commit that crossed the limit of an objective, as text, as Markdown, and as the value behind both. */
import type { Clockface } from '../page/words';
import { markdownText } from './markdownExport';
import { count, plain } from './plainText';
import type { FindingReport } from './report';

export interface CommitReport {
  /** Full id. */
  readonly id: string;
  readonly subject: string;
  readonly author: string;
  readonly at: string;
  readonly isMerge: boolean;
}

export type CrossingOutcome =
  /** It is not violated now, or nothing is known of it. */
  | { readonly kind: 'not-violated'; readonly valueText: string }
  /** The last commit does not violate it: what changed since does. */
  | {
      readonly kind: 'uncommitted';
      readonly commit: CommitReport;
      readonly before: string;
      readonly after: string;
      readonly came: readonly FindingReport[];
    }
  /** Every commit that is there violates it. */
  | {
      readonly kind: 'always';
      readonly commit: CommitReport;
      readonly valueText: string;
      /** The repository was cloned without its whole history. */
      readonly isShallow: boolean;
    }
  | {
      readonly kind: 'found';
      readonly commit: CommitReport;
      readonly before: string;
      readonly after: string;
      /** Findings of the commit that its parent does not have. */
      readonly came: readonly FindingReport[];
    }
  /** Git, or a scan, does not give what is needed; or it was stopped. */
  | { readonly kind: 'failed'; readonly message: string };

export interface CrossingReport {
  readonly objective: { readonly name: string; readonly displayName: string; readonly targetText: string };
  readonly outcome: CrossingOutcome;
  /** Commits that were scanned, and how many changed something below the folder. */
  readonly scanned: number;
  readonly commits: number;
}

const maxListed = 50;

/** For a terminal. */
export function crossingText(report: CrossingReport, clock: Clockface): string {
  return `${linesOf(report, clock, plain, (line) => `  ${line}`).join('\n')}\n`;
}

/** For an editor, or a comment. */
export function crossingMarkdown(report: CrossingReport, clock: Clockface): string {
  return `${linesOf(report, clock, markdownText, (line) => `- ${line}`)
    .join('\n\n')
    .replaceAll(/\n\n(?=- )/g, '\n')}\n`;
}

/** @param mark makes text of files and of commits safe for where it is shown */
function linesOf(
  { objective, outcome, scanned, commits }: CrossingReport,
  clock: Clockface,
  mark: (text: string) => string,
  item: (line: string) => string,
): readonly string[] {
  const name = `${mark(objective.displayName)} (target: ${mark(objective.targetText)})`;
  const said = (commit: CommitReport): readonly string[] => [
    item(`${commit.id.slice(0, 10)} ${mark(commit.subject)}`),
    item(`${mark(commit.author)}, ${clock.full(Date.parse(commit.at))}`),
    ...(commit.isMerge ? [item('a merge: it may have come with any commit of the branch that was merged')] : []),
  ];
  const came = (findings: readonly FindingReport[]): readonly string[] =>
    findings.length === 0
      ? []
      : [
          `${count(findings.length, 'finding')} came with it:`,
          ...findings
            .slice(0, maxListed)
            .map(({ place, severity, message }) =>
              item(
                `${mark(place.path)}:${place.line + 1} ${severity.toUpperCase()} ${mark(message.replaceAll('`', ''))}`,
              ),
            ),
          ...(findings.length > maxListed ? [item(`… and ${findings.length - maxListed} more`)] : []),
        ];
  const how = `Scanned ${scanned} of the ${count(commits, 'commit')} that changed something here, along the first parents of HEAD, by the definition and the analyzer of now.`;
  switch (outcome.kind) {
    case 'failed':
      return [`${name}: ${mark(outcome.message)}`];
    case 'not-violated':
      return [`${name} is not violated: ${mark(outcome.valueText)}. So nothing crossed it.`];
    case 'uncommitted':
      return [
        `${name} was crossed by what is not committed yet: ${mark(outcome.before)} at the last commit, ${mark(outcome.after)} now.`,
        ...said(outcome.commit),
        ...came(outcome.came),
      ];
    case 'always':
      return [
        `${name} is violated since the oldest commit that ${outcome.isShallow ? 'this shallow clone has' : 'there is'}: ${mark(outcome.valueText)} there.`,
        ...said(outcome.commit),
        how,
        ...(outcome.isShallow ? ['Fetch the whole history (git fetch --unshallow) to look further.'] : []),
      ];
    case 'found':
      return [
        `${name} was crossed by this commit: ${mark(outcome.before)} before, ${mark(outcome.after)} with it.`,
        ...said(outcome.commit),
        ...came(outcome.came),
        how,
        'It may have been crossed earlier too, and met again between.',
      ];
  }
}
