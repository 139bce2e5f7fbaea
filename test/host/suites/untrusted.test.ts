import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, eventually, file, ours } from './support';

describe('an untrusted workspace', () => {
  it('analyses the code and runs no command', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await activated();
    await eventually('findings', () => ours(file('src/clock.ts')).length === 2 && true);
    // The setting is restricted: its value does not reach an untrusted workspace, so there is nothing to confirm or run.
    await vscode.commands.executeCommand('sloLens.refreshSnapshots');
    const gate = await vscode.lm.invokeTool('slo_gate', { input: {}, toolInvocationToken: undefined });
    const text = gate.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
    assert.match(text, /Not compared with a base: the workspace is not trusted/);
    await eventually('findings after the refresh', () => ours(file('src/clock.ts')).length === 2 && true);
  });
});
