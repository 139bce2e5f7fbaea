import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, codeOf, eventually, file, open, ours } from './support';

/** The text of a tool's answer, asked for as an agent would. */
async function invoke(name: string, input: object, token?: vscode.CancellationToken): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  return result.content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : assert.fail('no text')))
    .join('');
}

describe('a swarm repository', () => {
  before(async () => {
    await activated();
  });

  it('registers every command of the manifest', async () => {
    const extension = await activated();
    const manifest = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const known = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(known.has(command), command);
  });

  it('reports leaks of an open file with severity, code, link and trail', async () => {
    const editor = await open('src/clock.ts');
    const found = await eventually('two diagnostics', () => {
      const all = ours(editor.document.uri);
      return all.length === 2 && all;
    });
    assert.deepEqual(found.map(codeOf).sort(), ['listener/dom-event-listener', 'listener/interval']);
    const interval = found.find((diagnostic) => codeOf(diagnostic) === 'listener/interval');
    assert.equal(interval?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(interval?.range.start.line, 6);
    assert.ok((interval?.relatedInformation?.length ?? 0) >= 3);
    assert.ok(typeof interval?.code === 'object' && interval.code.target.toString().endsWith('listener/interval.md'));
  });

  it('reports files that are not open', async () => {
    await eventually('a finding in src/search.ts or src/config.ts', () => ours(file('src/clock.ts')).length > 0);
    assert.equal(ours(file('src/poller.ts')).length, 0);
  });

  it('clears a finding when it is fixed, and brings it back when the fix is undone', async () => {
    const editor = await open('src/clock.ts');
    const text = editor.document.getText();
    const replace = async (next: string): Promise<void> => {
      const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
      assert.ok(await editor.edit((edit) => edit.replace(all, next)));
    };
    const fixed = text
      .replace('setInterval(() => this.draw(), 1000);', 'this.timer = setInterval(() => this.draw(), 1000);')
      .replace("window.addEventListener('resize', () => this.draw());", '')
      .replace(
        '  private readonly face',
        '  private readonly timer: ReturnType<typeof setInterval>;\n  private readonly face',
      )
      .replace('this.face.remove();', 'clearInterval(this.timer);\n    this.face.remove();');
    await replace(fixed);
    await eventually('no diagnostic', () => ours(editor.document.uri).length === 0 && true);
    await replace(text);
    await eventually('the diagnostics again', () => ours(editor.document.uri).length === 2 && true);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('offers to explain and to ignore, and the ignore comment silences the finding', async () => {
    const editor = await open('src/clock.ts');
    const [diagnostic] = await eventually('diagnostics', () => {
      const all = ours(editor.document.uri).filter((one) => codeOf(one) === 'listener/interval');
      return all.length > 0 && all;
    });
    assert.ok(diagnostic);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      diagnostic.range,
    );
    assert.ok(actions.some((action) => action.title === 'Explain listener/interval'));
    const ignore = actions.find((action) => action.title === 'Ignore listener/interval on this line');
    assert.ok(ignore?.edit);
    await vscode.workspace.applyEdit(ignore.edit);
    await eventually(
      'the interval is silenced',
      () => ours(editor.document.uri).every((one) => codeOf(one) !== 'listener/interval') && true,
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('applies the fix of a finding from the panel, also to a file that is not open, and says when there is none', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const uri = file('src/clock.ts').toString();
    const title = 'Add `clearInterval(this.interval)` to `destroy`';
    await vscode.commands.executeCommand('sloLens.applyFix', { uri, path: '', line: 6, column: 4, title });
    const document = await vscode.workspace.openTextDocument(file('src/clock.ts'));
    assert.match(document.getText(), /clearInterval\(this\.interval\)/);
    await eventually('one finding less', () => ours(document.uri).length === 1 && true);
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await eventually('both findings again', () => ours(document.uri).length === 2 && true);
    const before = document.getText();
    const other = { uri, path: '', line: 6, column: 4, title: 'Add something else' };
    await vscode.commands.executeCommand('sloLens.applyFix', other);
    await vscode.commands.executeCommand('sloLens.applyFix', 'nonsense');
    assert.equal(document.getText(), before);
  });

  it('shows a broken status file with its line, and clears it when it is mended', async () => {
    const uri = file('agent_workspaces/Agent-5/status.json');
    const before = await vscode.workspace.fs.readFile(uri);
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode('{\n  "status": "ACTIVE",\n  "points": 1,000\n}'),
    );
    const [fault] = await eventually('the fault', () => {
      const faults = ours(uri).filter((one) => codeOf(one) === 'unreadable');
      return faults.length > 0 && faults;
    });
    assert.deepEqual([fault?.range.start.line, fault?.severity], [2, vscode.DiagnosticSeverity.Error]);
    await vscode.workspace.fs.writeFile(uri, before);
    await eventually('no fault', () => ours(uri).every((one) => codeOf(one) !== 'unreadable') && true);
  });

  it('clears the diagnostics of a deleted file', async () => {
    const uri = file('src/extra.ts');
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode('export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n'),
    );
    await eventually('a finding in the new file', () => ours(uri).length === 1 && true);
    await vscode.workspace.fs.delete(uri);
    await eventually('no finding of the deleted file', () => ours(uri).length === 0 && true);
  });

  it('offers its tools to language models, which answer with coverage, source and age', async () => {
    const names = ['slo_status', 'slo_explain', 'slo_gate'];
    const listed = await eventually('the tools', () => {
      const ours = vscode.lm.tools.filter(({ name }) => names.includes(name));
      return ours.length === names.length && ours;
    });
    assert.ok(listed.every(({ description }) => description.includes('Read-only')));
    const status = await eventually('the scan is over', async () => {
      const text = await invoke('slo_status', {});
      return !text.includes('first scan is still running') && text;
    });
    assert.match(status, /Coverage: \d+(?:\.\d)?% of measured \(\d+\/\d+\) · \d+ of 13 no data\./);
    assert.match(status, /source \u27e6[^\u27e7]+\u27e7, (?:just now|\d+ (?:min|h|d) old); counted: /);
    const line = await invoke('slo_explain', { what: 'src/clock.ts:7' });
    assert.match(line, /Reported on line 7 of \u27e6src\/clock\.ts\u27e7: 1\.\n- HIGH/);
    assert.match(await invoke('slo_explain', { what: 'listener/interval' }), /## What counts as a release/);
    assert.match(await invoke('slo_gate', {}), /Gate: not met, an objective is violated/);
    await assert.rejects(invoke('slo_explain', {}), /what/);
    await assert.rejects(invoke('slo_status', { state: 'green' }), /state/);
    const source = new vscode.CancellationTokenSource();
    const asked = invoke('slo_gate', {}, source.token);
    source.cancel();
    await assert.rejects(asked);
    source.dispose();
  });

  it('survives two restarts of the server with its diagnostics and as many registrations as before', async () => {
    const { serverRegistrations } = (await activated()).exports as { readonly serverRegistrations: () => number };
    const before = serverRegistrations();
    assert.ok(before > 5, String(before));
    await vscode.commands.executeCommand('sloLens.restartServer');
    await vscode.commands.executeCommand('sloLens.restartServer');
    const editor = await open('src/clock.ts');
    await eventually('diagnostics after the restarts', () => ours(editor.document.uri).length === 2 && true);
    assert.equal(serverRegistrations(), before);
  });
});
