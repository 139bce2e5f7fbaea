import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WorkspaceReport } from '../../../src/report/report';
import { activated, codeOf, eventually, file, open, ours } from './support';

const path = '.slo-lens/slo.yaml';

/** Position behind the first occurrence of a text. */
function behind(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, text);
  return document.positionAt(at + text.length);
}

async function replaced(editor: vscode.TextEditor, before: string, after: string): Promise<void> {
  const { document } = editor;
  const end = behind(document, before);
  const start = document.positionAt(document.offsetAt(end) - before.length);
  assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(start, end), after)));
}

async function labelsAt(document: vscode.TextDocument, position: vscode.Position): Promise<readonly string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
    .join('\n');
}

describe('a definition in the editor', () => {
  let editor: vscode.TextEditor;
  before(async () => {
    await activated();
    await vscode.commands.executeCommand('sloLens.createDefinition');
    editor = await open(path);
    await eventually('the verdict above an objective', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        editor.document.uri,
        50,
      );
      return lenses.some(({ command }) => command?.title.startsWith('violating: ')) && true;
    });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.files.revert'));

  it('was written by Create Definition, and has no error', () => {
    const errors = ours(editor.document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
    );
  });

  it('completes names, values and keys, and nothing twice', async () => {
    await replaced(editor, 'service: agent-system', 'service: ');
    const services = await labelsAt(editor.document, behind(editor.document, 'service: \n').translate(-1, 11));
    assert.deepEqual(
      services
        .filter((label) => ['messaging', 'agent-system', 'memory-safety', 'infrastructure'].includes(label))
        .sort(),
      ['agent-system', 'infrastructure', 'memory-safety', 'messaging'],
    );
    assert.equal(new Set(services).size, services.length);
    const keys = await labelsAt(editor.document, behind(editor.document, '    slo-lens/'));
    assert.ok(keys.includes('slo-lens/seed'), keys.join());
  });

  it('explains a key, and says of an objective what it says now', async () => {
    assert.match(await hoverAt(editor.document, behind(editor.document, 'budgetingMet')), /Occurrences counts events/);
    const name = await hoverAt(editor.document, behind(editor.document, 'name: agent-avail'));
    assert.match(name, /\*\*violating\*\*/);
  });

  it('previews an edited threshold, and judges nothing by it', async () => {
    const before = behind(editor.document, 'name: agent-availability');
    const at = editor.document.getText().indexOf('value: 8', editor.document.offsetAt(before));
    const start = editor.document.positionAt(at);
    assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 8)), 'value: 0')));
    const words = await eventually('the preview', async () => {
      const found = await hoverAt(editor.document, start.translate(0, 7));
      return found.includes('Preview') && found;
    });
    assert.match(words, /in force: \\>= 8|in force: &gt;= 8|in force: .*8/);
    assert.match(words, /Now: meeting/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      editor.document.uri,
      50,
    );
    assert.ok(lenses.some(({ command }) => command?.title.startsWith('Preview with >= 0')));
  });

  it('mends a misspelt key by a quick fix', async () => {
    await replaced(editor, 'budgetingMethod: Timeslices', 'budgetMethod: Timeslices');
    const [fault] = await eventually('the fault', () => {
      const found = ours(editor.document.uri).filter(({ message }) => message.startsWith('unknown field budgetMethod'));
      return found.length > 0 && found;
    });
    assert.ok(fault);
    assert.equal(codeOf(fault), 'slo/openslo');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      fault.range,
    );
    const fix = actions.find(({ title }) => title === 'Rename budgetMethod to budgetingMethod');
    assert.ok(fix?.edit && fix.isPreferred);
    await vscode.workspace.applyEdit(fix.edit);
    await eventually(
      'no error',
      () => ours(editor.document.uri).every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error) && true,
    );
  });

  it('outlines the objects, and leads from a name to its definition', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      editor.document.uri,
    );
    assert.ok(symbols.some(({ name, detail }) => name === 'agent-availability' && detail.startsWith('SLO')));
    const [place] = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      editor.document.uri,
      behind(editor.document, 'service: agent-sys'),
    );
    assert.ok(place);
    const range = 'targetRange' in place ? (place as unknown as vscode.LocationLink).targetRange : place.range;
    assert.match(editor.document.lineAt(range.start.line).text, /name: agent-system/);
  });

  it('watches the files that a definition names, wherever they are', async () => {
    const { report } = (await activated()).exports as { readonly report: () => WorkspaceReport | null };
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));
    const beat = (at: number): Thenable<void> => write('.heartbeats/a.json', JSON.stringify({ last_beat: at }));
    const shown = (): string | undefined => report()?.agents.agents.find(({ folder }) => folder === 'a')?.activeReason;
    await beat(Date.now() - 86_400_000);
    await write(
      '.slo-lens/fleet.slo.yaml',
      'apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: beats }\nspec: { type: AgentStatusFiles, connectionDetails: { files: [".heartbeats/*.json"] } }\n',
    );
    await eventually('the agent', () => shown()?.startsWith('last_beat 24 h ago'));
    // The server looks by itself only every half minute.
    for (let times = 0; times < 2; times++) {
      await beat(Date.now());
      await eventually('its sign of life', () => shown()?.startsWith('last_beat 0 min ago'), 8_000);
      await beat(Date.now() - 3_600_000);
      await eventually('its silence', () => shown()?.startsWith('last_beat 60 min ago'), 8_000);
    }
  });

  it('asks nothing of us about code', async () => {
    const code = await open('src/clock.ts');
    const found = await hoverAt(code.document, new vscode.Position(0, 0));
    assert.doesNotMatch(found, /OpenSLO/);
    editor = await open(path);
    assert.ok(file(path).path.endsWith('slo.yaml'));
  });
});
