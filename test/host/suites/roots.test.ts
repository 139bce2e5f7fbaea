import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, eventually, file, ours } from './support';

describe('a workspace with two folders', () => {
  it('reports the findings of both', async () => {
    await activated();
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    await eventually('a finding in the first folder', () => ours(file('src/clock.ts', 0)).length === 2 && true);
    await eventually('a finding in the second folder', () => ours(file('src/leak.ts', 1)).length === 1 && true);
  });
});
