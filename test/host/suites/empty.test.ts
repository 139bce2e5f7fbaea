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

  it('analyses the script of a component, whatever the editor takes the file for', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'Clock.vue');
    const text = '<template>\n  <p></p>\n</template>\n<script setup>\nsetInterval(() => {}, 1000);\n</script>\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      const [found] = await eventually('a finding', () => {
        const all = ours(uri);
        return all.length > 0 && all;
      });
      assert.equal(found && codeOf(found), 'listener/interval');
      assert.equal(found?.range.start.line, 4);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});
