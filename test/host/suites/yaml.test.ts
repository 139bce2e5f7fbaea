import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, eventually, open } from './support';

/** Beside redhat.vscode-yaml (a stand-in with its id), to which the schema of definitions is contributed. */
describe('a definition beside another extension that knows its schema', () => {
  let editor: vscode.TextEditor;
  before(async () => {
    assert.ok(vscode.extensions.getExtension('redhat.vscode-yaml'), 'the stand-in is there');
    await activated();
    await vscode.commands.executeCommand('sloLens.createDefinition');
    editor = await open('.slo-lens/slo.yaml');
  });
  const labelsAfter = async (text: string, back = 0): Promise<readonly string[]> => {
    const at = editor.document.getText().indexOf(text);
    assert.ok(at >= 0, text);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      editor.document.uri,
      editor.document.positionAt(at + text.length - back),
    );
    // Words of the document are the editor's own.
    return list.items
      .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
      .map(({ label }) => (typeof label === 'string' ? label : label.label));
  };

  it('leaves keys and values of the schema to it, and keeps what only we know', async () => {
    const services = ['agent-system', 'infrastructure', 'memory-safety', 'messaging'];
    const offered = await eventually('names of the workspace', async () => {
      const labels = await labelsAfter('  service: agent-system', 'agent-system'.length);
      return labels.includes('messaging') && labels;
    });
    assert.deepEqual(offered.filter((label) => services.includes(label)).sort(), services);
    assert.ok(!(await labelsAfter('    slo-lens/')).includes('slo-lens/seed'), 'a key of the schema');
    assert.ok(!(await labelsAfter('budgetingMethod: ')).includes('RatioTimeslices'), 'a value of the schema');
    const zones = await labelsAfter('assumeTimezone: local', 'local'.length);
    assert.ok(zones.includes('Europe/Berlin'), 'time zones are in no schema');
  });

  it('offers them again once the other is told not to complete', async () => {
    const config = vscode.workspace.getConfiguration('yaml');
    await config.update('completion', false, vscode.ConfigurationTarget.Global).then(undefined, () => undefined);
    const isKept = vscode.workspace.getConfiguration('yaml').get('completion') === false;
    // A setting that no extension declares cannot be written: then the stand-in declares too little.
    assert.ok(isKept, 'the setting is kept');
    await eventually('our keys', async () => (await labelsAfter('    slo-lens/')).includes('slo-lens/seed') && true);
    await config.update('completion', undefined, vscode.ConfigurationTarget.Global);
    await eventually('no more', async () => !(await labelsAfter('    slo-lens/')).includes('slo-lens/seed') && true);
  });

  it('still validates, explains and previews: the schema cannot', async () => {
    const { document } = editor;
    const at = document.getText().indexOf('budgetingMethod: Timeslices');
    const start = document.positionAt(at);
    assert.ok(
      await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 15)), 'budgetMethod')),
    );
    await eventually(
      'the fault',
      () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .some(({ source, message }) => source === 'slo-lens' && message.startsWith('unknown field budgetMethod')) &&
        true,
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
