/** What a hover over a definition says: the words of the schema, the verdict in force, and what an edited number would change. */
import { markdownText } from '../report/markdownExport';
import { plain } from '../report/plainText';
import type { ObjectiveReport, WorkspaceReport } from '../report/report';
import type { ObjectiveDefinition } from '../slo/definition/model';
import type { Path } from '../slo/definition/yamlDocuments';
import type { Explanation } from '../slo/editing/explanation';
import type { Preview } from '../slo/preview/preview';
import { numbersText, previewLine, previewLines, sameNumbers } from '../slo/preview/previewText';
import { STATE_WORDS } from '../slo/status';

/** An objective of the edited text, beside the one in force. */
export interface EditedObjective {
  readonly edited: ObjectiveDefinition;
  readonly inForce: ObjectiveDefinition | null;
  /** As it was in force when the document was opened: editors may save what is typed by themselves. */
  readonly opened: ObjectiveDefinition | null;
  readonly report: ObjectiveReport | null;
  readonly preview: () => Preview | null;
}

const NUMBERS: readonly unknown[] = ['op', 'value', 'target', 'targetPercent', 'timeSliceTarget'];

/** Does the place belong to the objective as a whole: its name, its kind, its numbers? */
export function isAboutObjective(path: Path): boolean {
  const key = path.at(-1);
  return (
    (path.length === 1 && key === 'kind') ||
    (path.length === 2 && path[0] === 'metadata' && key === 'name') ||
    path[1] === 'objectives' ||
    isNumber(path)
  );
}

/** Is it a number that a verdict hangs on? */
export function isNumber(path: Path): boolean {
  const key = path.at(-1);
  return (
    (path.length === 4 && path[1] === 'objectives' && NUMBERS.includes(key)) ||
    (path.includes('where') && path.includes('metricSource')) ||
    (path.length === 4 && path[1] === 'objectives' && key === 'compositeWeight') ||
    key === 'slo-lens/count-budget' ||
    key === 'slo-lens/zero-tolerance'
  );
}

/** Has the edit changed what the verdict hangs on? */
export function isEdited({ edited, inForce }: EditedObjective): boolean {
  return inForce === null || !sameNumbers(edited, inForce);
}

/** Is it in force, but not what was in force before the document was edited? */
function isNew({ edited, inForce, opened }: EditedObjective): boolean {
  return inForce !== null && opened !== null && sameNumbers(edited, inForce) && !sameNumbers(edited, opened);
}

/** Words about the present verdict; what is in force may not be what is typed. */
function verdictLines(
  { report, inForce }: EditedObjective,
  definitionState: WorkspaceReport['definition']['state'],
): readonly string[] {
  if (!report) return ['Not evaluated yet: save the file.'];
  const lines = [
    `**${STATE_WORDS[report.state]}**: ${markdownText(report.stateReason)}`,
    `Value ${markdownText(report.valueText)}, target ${markdownText(report.targetText)}${inForce ? ` \\(${markdownText(numbersText(inForce))}\\)` : ''}`,
  ];
  if (report.budget) lines.push(`Budget: ${markdownText(report.budget.text)}`);
  const { source, observedAt, method } = report.evidence;
  lines.push(
    `Source: ${markdownText(source)}${observedAt === null ? '' : `, ${markdownText(observedAt)}`}${method === '' ? '' : `; ${markdownText(method)}`}`,
  );
  if (report.wouldFeed !== null) lines.push(`Would be fed by: ${markdownText(report.wouldFeed)}`);
  if (definitionState === 'last-good') lines.push('The file has errors: this is by the last good definition.');
  return lines;
}

function previewMarkdown(objective: EditedObjective, now: number): readonly string[] {
  const preview = objective.preview();
  const { edited, inForce } = objective;
  const heading = isEdited(objective)
    ? `**Preview** with ${markdownText(numbersText(edited))}${inForce ? `, in force: ${markdownText(numbersText(inForce))}` : ', not in force yet'}`
    : isNew(objective) && objective.opened
      ? `**Replayed** with ${markdownText(numbersText(edited))}, in force; before: ${markdownText(numbersText(objective.opened))}`
      : '**Replayed** with the numbers in force';
  if (!preview) return [heading, 'Nothing was read yet.'];
  return [heading, ...previewLines(preview, now).map(markdownText)];
}

/** The whole hover as Markdown. */
export function hoverMarkdown(
  explanation: Explanation,
  objective: EditedObjective | null,
  definitionState: WorkspaceReport['definition']['state'],
  now: number,
): string {
  const blocks: string[] = [];
  if (objective && isAboutObjective(explanation.path)) {
    const showsNumbers = isNumber(explanation.path);
    const list = (lines: readonly string[]): string => lines.join('  \n');
    if (showsNumbers) blocks.push(list(previewMarkdown(objective, now)));
    blocks.push(
      list([`**${markdownText(objective.edited.displayName)}** now`, ...verdictLines(objective, definitionState)]),
    );
  }
  if (explanation.paragraphs.length > 0)
    blocks.push(`**${markdownText(explanation.title)}**`, ...explanation.paragraphs.map(markdownText));
  return blocks.join('\n\n');
}

/** Words of files as words: editors draw `$(name)` in a line above the code as an icon. */
function titleText(text: string): string {
  return plain(text).replaceAll('$(', '$\u200b(');
}

/** The lines above an objective, as text that stands for itself. */
export function lensTitles(
  objective: EditedObjective,
  definitionState: WorkspaceReport['definition']['state'],
): readonly string[] {
  return titles(objective, definitionState).map(titleText);
}

/** The line above an objective: its verdict in force, and the preview where its numbers were edited. Plain text. */
function titles(
  objective: EditedObjective,
  definitionState: WorkspaceReport['definition']['state'],
): readonly string[] {
  const { report } = objective;
  const marked = definitionState === 'last-good' ? ' (last good definition)' : '';
  const lines = [
    report
      ? `${STATE_WORDS[report.state]}: ${report.valueText}, target ${report.targetText}${report.budget ? ` · ${report.budget.text}` : ''}${marked}`
      : 'not evaluated yet',
  ];
  if (!isEdited(objective) && !isNew(objective)) return lines;
  const preview = objective.preview();
  const words = preview ? previewLine(preview) : 'nothing to replay';
  const numbers = numbersText(objective.edited);
  const before = objective.opened ? ` (before: ${numbersText(objective.opened)})` : '';
  return [
    ...lines,
    isEdited(objective) ? `Preview with ${numbers}: ${words}` : `Replayed with ${numbers}${before}: ${words}`,
  ];
}
