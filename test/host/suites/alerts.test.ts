import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WorkspaceReport } from '../../../src/report/report';
import { activated, eventually, file } from './support';

const key = 'p1-high-leak/memory-high-leaks';

describe('alerts in the editor', () => {
  let report: () => WorkspaceReport | null;
  const alert = () => report()?.alerts.find((one) => one.key === key);
  before(async () => {
    const api = (await activated()).exports as { readonly report: () => WorkspaceReport | null };
    report = api.report;
    await eventually('the leak fires', () => alert()?.state === 'firing');
  });
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(file(name)));

  it('are acknowledged by a command, and after a restart of the server they still are', async () => {
    await vscode.commands.executeCommand('sloLens.acknowledgeAlert', key);
    assert.ok(alert()?.acknowledgedAt);
    await vscode.commands.executeCommand('sloLens.restartServer');
    await eventually('it is still acknowledged', () => alert()?.acknowledgedAt);
    // As the context menu of the panel names it, and that of the tree.
    await vscode.commands.executeCommand('sloLens.unacknowledgeAlert', { alertKey: key });
    assert.equal(alert()?.acknowledgedAt, null);
    await vscode.commands.executeCommand('sloLens.acknowledgeAlert', { argument: key });
    assert.ok(alert()?.acknowledgedAt);
  });

  it('are at once as another window says', async () => {
    const storage = vscode.Uri.file(join(process.env.SLO_LENS_DATA ?? '', 'data/User/workspaceStorage'));
    const folders = await vscode.workspace.fs.readDirectory(storage);
    const files = folders.map(([name]) =>
      vscode.Uri.joinPath(storage, name, 'slo-lens.slo-lens/slo/alert-handling.json'),
    );
    const exists = await Promise.all(
      files.map((uri) =>
        vscode.workspace.fs.stat(uri).then(
          () => true,
          () => false,
        ),
      ),
    );
    const said = files.find((_, index) => exists[index]);
    assert.ok(said, 'what was said is remembered');
    assert.ok(alert()?.acknowledgedAt);
    const acknowledged = await vscode.workspace.fs.readFile(said);
    await vscode.commands.executeCommand('sloLens.unacknowledgeAlert', key);
    const nothing = await vscode.workspace.fs.readFile(said);
    // The server looks by itself only every half minute.
    for (let times = 0; times < 2; times++) {
      await vscode.workspace.fs.writeFile(said, acknowledged);
      await eventually('the other window has acknowledged', () => (alert()?.acknowledgedAt ?? null) !== null, 8_000);
      await vscode.workspace.fs.writeFile(said, nothing);
      await eventually('it has taken it back', () => alert()?.acknowledgedAt === null, 8_000);
    }
  });

  it('open their cause', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('sloLens.openAlertCause', key);
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /src\/clock\.ts$/);
    assert.equal(editor?.selection.active.line, 6);
  });

  it('become the draft of a post-mortem: a document to be written in, with links to lines', async () => {
    const incident = await eventually('the incident is known', () =>
      report()?.incidents.find((one) => one.key === key && one.end === null),
    );
    // As the panel names it, and as the tree names its alert.
    for (const what of [{ key, begin: incident.begin }, { argument: key }]) {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand('sloLens.draftPostMortem', what);
      const document = vscode.window.activeTextEditor?.document;
      assert.deepEqual([document?.isUntitled, document?.languageId], [true, 'markdown']);
      assert.match(document?.getText() ?? '', /^# Post-mortem \(draft\): HIGH severity memory leak detected\n/);
      assert.match(document?.getText() ?? '', /\(\/src\/clock\.ts#L7\)/);
      const links = await eventually('the editor knows the link', async () => {
        const found = await vscode.commands.executeCommand<readonly vscode.DocumentLink[]>(
          'vscode.executeLinkProvider',
          document?.uri,
        );
        return found.length > 0 && found;
      });
      assert.ok(links.length > 0);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('sloLens.draftPostMortem', { key, begin: 'never' });
    assert.equal(vscode.window.activeTextEditor?.document.isUntitled ?? false, false);
  });

  it('are sent where the user says, and nowhere that the workspace says', async () => {
    assert.deepEqual(report()?.outputs, [], 'the settings of the workspace name a program');
    const config = vscode.workspace.getConfiguration('sloLens');
    const outputs = [{ type: 'file', path: file('sent.jsonl').fsPath, name: 'log' }];
    await config.update('alerts.outputs', outputs, vscode.ConfigurationTarget.Global);
    try {
      await eventually('the output is known', () => report()?.outputs.length === 1);
      assert.equal(report()?.outputs[0]?.name, 'log');
      await vscode.commands.executeCommand('sloLens.testAlertOutputs');
      const text = await eventually('the test has arrived', () => read('sent.jsonl').catch(() => undefined));
      assert.equal((JSON.parse(text.split('\n')[0] ?? '') as { kind: string }).kind, 'test');
    } finally {
      await config.update('alerts.outputs', undefined, vscode.ConfigurationTarget.Global);
    }
    await assert.rejects(read('pwned'));
  });

  it('and the history goes to a file and comes back', async () => {
    await vscode.commands.executeCommand('sloLens.exportHistory', file('history.jsonl'));
    assert.match(await read('history.jsonl'), /^\{"format":"slo-lens-history"/);
    await vscode.commands.executeCommand('sloLens.importHistory', file('history.jsonl'));
    await eventually('the import is in the activity', () =>
      report()?.activity.some(({ kind }) => kind === 'history-import'),
    );
  });
});
