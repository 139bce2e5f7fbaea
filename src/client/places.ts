/** Places of the report in editors, and the fixes that the language server offers there. */
import {
  type CodeAction,
  commands,
  type Disposable,
  languages,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Place } from '../report/report';
import { showFailure, showHint } from './notify';

/** So long a document that was just opened may take until its findings are there. */
const FINDINGS_WITHIN_MS = 20_000;

/** Shows a place in an editor. @returns whether it could be shown */
export async function openPlace(place: unknown): Promise<boolean> {
  if (typeof place !== 'object' || place === null || !('uri' in place) || typeof place.uri !== 'string') return false;
  const { uri, line, column } = place as Place;
  try {
    const editor = await window.showTextDocument(Uri.parse(uri), { preview: true });
    const at = new Range(line, column, line, column);
    editor.selection = new Selection(at.start, at.start);
    editor.revealRange(at, TextEditorRevealType.InCenterIfOutsideViewport);
    return true;
  } catch (error) {
    void showFailure(`The file cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/**
 * Applies the fix of a title to the finding at a place, or opens the menu of quick fixes there when no title is given. The
 * edit is that of the code action for the text as it is now, shown in the editor, where it can be read and undone.
 */
export async function applyFix(what: unknown): Promise<void> {
  if (typeof what !== 'object' || what === null || !('title' in what) || !(await openPlace(what))) return;
  // What opened has a place.
  const { uri: text, line, column } = what as unknown as Place;
  const uri = Uri.parse(text);
  const at = new Range(line, column, line, column);
  if (!(await findingAt(uri, at))) {
    showHint('The finding is not there any more.');
    return;
  }
  if (typeof what.title !== 'string') {
    await commands.executeCommand('editor.action.quickFix');
    return;
  }
  const actions = await commands.executeCommand<readonly CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    at,
    'quickfix',
  );
  const action = actions.find(({ title, edit }) => title === what.title && edit !== undefined);
  if (!action?.edit || !(await workspace.applyEdit(action.edit))) showHint('The fix does not apply any more.');
}

/** Waits until a finding of ours is at a place, for as long as an analysis may take. */
async function findingAt(uri: Uri, at: Range): Promise<boolean> {
  const isThere = (): boolean =>
    languages.getDiagnostics(uri).some(({ source, range }) => source === 'slo-lens' && range.start.isEqual(at.start));
  if (isThere()) return true;
  let subscription: Disposable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const found = await new Promise<boolean>((resolve) => {
    subscription = languages.onDidChangeDiagnostics(() => {
      if (isThere()) resolve(true);
    });
    timer = setTimeout(() => resolve(false), FINDINGS_WITHIN_MS);
  });
  subscription?.dispose();
  clearTimeout(timer);
  return found;
}
