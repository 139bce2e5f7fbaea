/** Places of the report in editors, and the fixes that the language server offers there. */
import {
  commands,
  type Diagnostic,
  type Disposable,
  languages,
  type Position,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Place } from '../report/report';
import { showFailure, showHint } from './notify';
import type { Server } from './server';

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

/** A code action as our server gives it: the edits of one document. */
interface GivenAction {
  readonly title: string;
  readonly edit?: { readonly changes?: Readonly<Record<string, readonly GivenEdit[]>> };
}

interface GivenEdit {
  readonly range: { readonly start: GivenPosition; readonly end: GivenPosition };
  readonly newText: string;
}

interface GivenPosition {
  readonly line: number;
  readonly character: number;
}

/**
 * Applies the fix of a title to the finding at a place, or opens the menu of quick fixes there when no title is given. The
 * edit is that of our server for the text as it is now, shown in the editor, where it can be read and undone. Our server is
 * asked alone: the editor's own request waits for every extension, also for one that is still starting.
 */
export async function applyFix(what: unknown, server: Server): Promise<void> {
  if (typeof what !== 'object' || what === null || !('title' in what) || !(await openPlace(what))) return;
  // What opened has a place.
  const { uri: text, line, column } = what as unknown as Place;
  const uri = Uri.parse(text);
  const finding = await findingAt(uri, new Range(line, column, line, column));
  if (!finding) {
    showHint('The finding is not there any more.');
    return;
  }
  if (typeof what.title !== 'string') {
    await commands.executeCommand('editor.action.quickFix');
    return;
  }
  const { code, message, range, source } = finding;
  const at = { start: positionOf(range.start), end: positionOf(range.end) };
  const actions = await server.request<readonly GivenAction[] | null>('textDocument/codeAction', {
    textDocument: { uri: uri.toString() },
    range: at,
    context: {
      only: ['quickfix'],
      diagnostics: [{ range: at, message, source, code: typeof code === 'object' ? code.value : code }],
    },
  });
  const action = actions?.find(({ title, edit }) => title === what.title && edit?.changes !== undefined);
  if (!action || !(await workspace.applyEdit(editOf(action)))) showHint('The fix does not apply any more.');
}

function positionOf({ line, character }: Position): GivenPosition {
  return { line, character };
}

function editOf({ edit }: GivenAction): WorkspaceEdit {
  const made = new WorkspaceEdit();
  for (const [uri, edits] of Object.entries(edit?.changes ?? {}))
    for (const { range, newText } of edits) {
      const { start, end } = range;
      made.replace(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character), newText);
    }
  return made;
}

/** The finding of ours at a place, waited for as long as an analysis may take. */
async function findingAt(uri: Uri, at: Range): Promise<Diagnostic | undefined> {
  const find = (): Diagnostic | undefined =>
    languages.getDiagnostics(uri).find(({ source, range }) => source === 'slo-lens' && range.start.isEqual(at.start));
  const known = find();
  if (known) return known;
  let subscription: Disposable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const found = await new Promise<Diagnostic | undefined>((resolve) => {
    subscription = languages.onDidChangeDiagnostics(() => {
      const there = find();
      if (there) resolve(there);
    });
    timer = setTimeout(() => resolve(undefined), FINDINGS_WITHIN_MS);
  });
  subscription?.dispose();
  clearTimeout(timer);
  return found;
}
