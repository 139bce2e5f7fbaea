import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, codeOf, eventually, ours } from './support';

describe('an empty folder', () => {
  it('starts, refreshes and says nothing', async () => {
    await activated();
    await vscode.commands.executeCommand('sloLens.refreshSnapshots');
    assert.equal(
      vscode.languages
        .getDiagnostics()
        .flatMap(([, all]) => all)
        .filter((one) => one.source === 'slo-lens').length,
      0,
    );
  });

  it('analyses an untitled document', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'typescript',
      content: 'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n',
    });
    await vscode.window.showTextDocument(document);
    const [found] = await eventually('a finding', () => {
      const all = ours(document.uri);
      return all.length > 0 && all;
    });
    assert.equal(found && codeOf(found), 'listener/interval');
  });
});
