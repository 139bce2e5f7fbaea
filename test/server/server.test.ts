/** The real server over an in-memory connection, on real files. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { nodeGit } from '../../src/monitor/node/nodeGit';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../../src/monitor/node/nodePorts';
import { nodeRevisions } from '../../src/monitor/node/nodeRevisions';
import type { InitializationOptions, RefreshResult } from '../../src/protocol/messages';
import type { WorkspaceReport } from '../../src/report/report';
import { startServer } from '../../src/server/server';

const settings: InitializationOptions['settings'] = {
  run: 'onType',
  minConfidence: 'medium',
  exclude: [],
  severityOverrides: {},
  agents: { activeMinutes: 15, restingMinutes: 60, futureToleranceSeconds: 120, timeZone: 'UTC' },
  refreshCommands: [],
  refreshTimeoutSeconds: 20,
  alertOutputs: [],
};
const leak = 'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n';

describe('language server', function () {
  this.timeout(30_000);
  let folder = '';
  let client: MessageConnection;
  const reports: WorkspaceReport[] = [];
  const published = new Map<string, readonly Diagnostic[]>();
  const uri = (path: string): string => URI.file(join(folder, ...path.split('/'))).toString();
  const pull = async (
    path: string,
    previousResultId?: string,
  ): Promise<{ kind: string; resultId?: string; items?: readonly Diagnostic[] }> =>
    client.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: uri(path) },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    for (const end = Date.now() + 15_000; !holds(); ) {
      if (Date.now() > end) throw new Error(`not seen: ${what}`);
      await new Promise((done) => setTimeout(done, 30));
    }
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-server-'));
    cpSync(resolve(__dirname, '../../sample'), folder, { recursive: true });
    const up = new PassThrough();
    const down = new PassThrough();
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
      ports: { fs: nodeFileSystem, clock: nodeClock, git: nodeGit, runner: nodeCommandRunner },
      revisions: nodeRevisions,
      writer: 'test',
      version: 'test',
    });
    client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.onNotification('sloLens/report', ({ report }: { report: WorkspaceReport }) => {
      reports.push(report);
    });
    client.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: readonly Diagnostic[] }) => {
        published.set(params.uri, params.diagnostics);
      },
    );
    client.onRequest('workspace/diagnostic/refresh', () => null);
    client.onRequest('client/registerCapability', () => null);
    client.listen();
    const options: InitializationOptions = { storagePath: null, trusted: true, settings };
    await client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: { workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } } },
      workspaceFolders: [{ uri: URI.file(folder).toString(), name: 'sample' }],
      initializationOptions: options,
    });
    await client.sendNotification('initialized', {});
    await until('the first report with the code', () => reports.at(-1)?.code.state === 'complete');
  });
  after(async () => {
    await client.sendRequest('shutdown');
    client.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('reports the workspace: headline, agents, findings, what is not analysed', () => {
    const report = reports.at(-1);
    assert.equal(report?.headline.text, '20% of measured (1/5) · 8 of 13 no data');
    assert.deepEqual([report?.agents.found, report?.agents.active], [8, 0]);
    assert.deepEqual(report?.code.otherLanguages, [{ language: 'Python', files: 1 }]);
  });

  it('answers a pull for an open document, says unchanged, and follows edits', async () => {
    const textDocument = { uri: uri('src/new.ts'), languageId: 'typescript', version: 1, text: leak };
    await client.sendNotification('textDocument/didOpen', { textDocument });
    const first = await pull('src/new.ts');
    assert.deepEqual(
      first.items?.map((item) => [item.code, item.severity, item.range.start.line]),
      [['listener/interval', 2, 1]],
    );
    assert.ok((first.items?.[0]?.relatedInformation?.length ?? 0) >= 2);
    assert.equal((await pull('src/new.ts', first.resultId)).kind, 'unchanged');
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri('src/new.ts'), version: 2 },
      contentChanges: [
        { range: { start: { line: 1, character: 2 }, end: { line: 1, character: 2 } }, text: 'return ' },
      ],
    });
    assert.deepEqual((await pull('src/new.ts', first.resultId)).items, []);
    await client.sendNotification('textDocument/didClose', { textDocument: { uri: uri('src/new.ts') } });
  });

  it('answers for the scripts of components, whatever the editor takes them for', async () => {
    const component = '<template>\n  <p></p>\n</template>\n<script setup>\nsetInterval(() => {}, 1000);\n</script>\n';
    for (const [path, languageId] of [
      ['src/Clock.vue', 'vue'],
      ['src/Other.vue', 'plaintext'],
      ['src/Clock.svelte', 'svelte'],
    ] as const) {
      const text = path.endsWith('.svelte') ? component.replace(' setup', '') : component;
      await client.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId, version: 1, text },
      });
      assert.deepEqual(
        (await pull(path)).items?.map((item) => [item.code, item.range.start.line]),
        [['listener/interval', 4]],
        path,
      );
      await client.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
    }
  });

  it('lets the views follow an edit without reading the disk', async () => {
    const counts = (): number => reports.at(-1)?.code.counts.high ?? -1;
    assert.equal(counts(), 2);
    const textDocument = { uri: uri('src/clock.ts'), languageId: 'typescript', version: 1, text: 'export {};\n' };
    await client.sendNotification('textDocument/didOpen', { textDocument });
    await until('no HIGH finding', () => counts() === 0);
    await until(
      'the objective meets',
      () => reports.at(-1)?.headline.text.startsWith('40% of measured (2/5)') ?? false,
    );
    await client.sendNotification('textDocument/didClose', { textDocument: { uri: uri('src/clock.ts') } });
    await until('the findings of the file on disk', () => counts() === 2);
  });

  it('gives the findings of files that are not open, and clears those of deleted ones', async () => {
    type Item = { uri: string; kind: string; resultId: string; items?: readonly Diagnostic[] };
    const all = (await client.sendRequest('workspace/diagnostic', { previousResultIds: [] })) as {
      items: readonly Item[];
    };
    const clock = all.items.find((item) => item.uri === uri('src/clock.ts'));
    assert.equal(clock?.items?.length, 2);
    writeFileSync(join(folder, 'src/extra.ts'), leak);
    await client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('src/extra.ts'), type: 1 }],
    });
    await until(
      'a finding in extra.ts',
      () => reports.at(-1)?.code.findings.some((finding) => finding.place.path === 'src/extra.ts') ?? false,
    );
    rmSync(join(folder, 'src/extra.ts'));
    await client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('src/extra.ts'), type: 3 }],
    });
    await until(
      'no finding in extra.ts',
      () => !reports.at(-1)?.code.findings.some((finding) => finding.place.path === 'src/extra.ts'),
    );
    const later = (await client.sendRequest('workspace/diagnostic', {
      previousResultIds: [{ uri: uri('src/extra.ts'), value: 'x' }],
    })) as { items: readonly Item[] };
    assert.deepEqual(later.items.find((item) => item.uri === uri('src/extra.ts'))?.items, []);
  });

  it('publishes a broken status file at its place, keeps the agent with its last good value, and clears it when mended', async () => {
    const path = join(folder, 'agent_workspaces/Agent-5/status.json');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, '{\n  "points": 1,000\n}');
    await client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('agent_workspaces/Agent-5/status.json'), type: 2 }],
    });
    const faults = (): readonly Diagnostic[] =>
      (published.get(uri('agent_workspaces/Agent-5/status.json')) ?? []).filter((one) => one.code === 'unreadable');
    await until('the fault', () => faults().length === 1);
    assert.deepEqual(faults()[0]?.range.start, { line: 1, character: 14 });
    await until(
      'the old reading',
      () => reports.at(-1)?.agents.agents.find((agent) => agent.folder === 'Agent-5')?.reading === 'old',
    );
    assert.equal(reports.at(-1)?.agents.active, 0);
    writeFileSync(path, before);
    await client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('agent_workspaces/Agent-5/status.json'), type: 2 }],
    });
    await until('no fault', () => faults().length === 0);
  });

  it('refresh: a failing command is failed, the figures stay', async () => {
    await client.sendNotification('sloLens/settings', {
      trusted: true,
      settings: { ...settings, refreshCommands: ['echo no such tool >&2; exit 2'] },
    });
    const { refresh, report } = (await client.sendRequest('sloLens/refresh', {})) as RefreshResult;
    assert.deepEqual(
      [refresh.state, refresh.commands[0]?.exitCode, refresh.commands[0]?.output],
      ['failed', 2, 'no such tool\n'],
    );
    assert.equal(report.headline.measured, 5);
  });

  it('runs no command without trust', async () => {
    await client.sendNotification('sloLens/settings', {
      trusted: false,
      settings: { ...settings, refreshCommands: [`touch ${join(folder, 'ran')}`] },
    });
    const { refresh } = (await client.sendRequest('sloLens/refresh', {})) as RefreshResult;
    assert.equal(refresh.commands[0]?.outcome, 'skipped');
    assert.throws(() => readFileSync(join(folder, 'ran')));
  });

  it('explains a kind, exports, and gives the definition', async () => {
    assert.match(
      ((await client.sendRequest('sloLens/explain', { kind: 'listener/interval' })) as { markdown: string }).markdown,
      /^# Interval/,
    );
    assert.equal(await client.sendRequest('sloLens/explain', { kind: 'x/y' }), null);
    assert.equal(
      JSON.parse(((await client.sendRequest('sloLens/export', { format: 'sarif' })) as { text: string }).text).version,
      '2.1.0',
    );
    const exported = async (format: string): Promise<string> =>
      ((await client.sendRequest('sloLens/export', { format })) as { text: string }).text;
    assert.match(await exported('html'), /^<!DOCTYPE html>[\s\S]*<h1>SLO Diagnostics<\/h1>[\s\S]*Agent System/);
    assert.match(await exported('markdown'), /^## Objectives[\s\S]*## Leaks/);
    assert.equal(JSON.parse(await exported('json')).schemaVersion, 1);
    assert.match(((await client.sendRequest('sloLens/definitionText')) as { text: string }).text, /kind: SLO/);
  });
});
