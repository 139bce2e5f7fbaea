import assert from 'node:assert/strict';
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

  it('open their cause', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('sloLens.openAlertCause', key);
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /src\/clock\.ts$/);
    assert.equal(editor?.selection.active.line, 6);
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
