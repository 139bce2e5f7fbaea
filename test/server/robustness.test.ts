/** The server survives what goes wrong around it, and says so. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { nodeFileSystem } from '../../src/monitor/node/nodePorts';
import type { CommandRunner, FileSystem } from '../../src/monitor/ports';
import type { RefreshResult } from '../../src/protocol/messages';
import { DEFAULT_DEFINITION_TEXT } from '../../src/slo/defaultDefinition';
import { clean, leak, Session } from './session';

describe('language server, robustness', function () {
  this.timeout(30_000);
  let session: Session | null = null;
  const rejections: unknown[] = [];
  const keep = (reason: unknown): void => void rejections.push(reason);
  beforeEach(() => {
    rejections.length = 0;
    process.on('unhandledRejection', keep);
  });
  afterEach(async () => {
    await session?.end();
    session = null;
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', keep);
  });

  it('serves a client that has no capabilities at all', async () => {
    session = await Session.open([{ 'a.ts': leak }], { capabilities: {} });
    await session.firstReport();
    await session.openDocument('a.ts', leak);
    assert.equal((await session.pull('a.ts')).items?.length, 1);
    await session.settings({ minConfidence: 'low' });
    await session.changed('a.ts');
    await new Promise((done) => setTimeout(done, 600));
    assert.equal((await session.pull('a.ts')).items?.length, 1);
    assert.deepEqual(rejections, []);
  });

  it('remembers in the storage of the editor, writes the last slice when it ends, and gives the lease back', async () => {
    const storage = mkdtempSync(join(tmpdir(), 'slo-lens-storage-'));
    try {
      session = await Session.open([{ 'a.ts': leak }], { storagePath: storage });
      await session.until('a complete scan', () => session?.reports.at(-1)?.code.state === 'complete');
      await session.until('the lease', () => existsSync(join(storage, 'slo/lease.json')));
      await session.until('alerts', () => existsSync(join(storage, 'slo/alerts.json')));
      const folders = session.folders.map((folder) => readdirSync(folder));
      await session.end();
      session = null;
      const [segment] = readdirSync(join(storage, 'slo')).filter((name) => name.endsWith('.test.jsonl'));
      assert.match(
        readFileSync(join(storage, 'slo', segment ?? ''), 'utf8'),
        /^\{"o":"memory-medium-leaks","t":\d+,"n":\d,"s":"g","x":1\}$/m,
      );
      assert.equal(existsSync(join(storage, 'slo/lease.json')), false);
      assert.deepEqual(folders, [['a.ts']], 'nothing is written into the workspace');
      assert.deepEqual(rejections, []);
    } finally {
      rmSync(storage, { recursive: true, force: true });
    }
  });

  it('shows in the definition what the linter finds, under the words in question, and clears it when mended', async () => {
    session = await Session.open([{ 'a.ts': clean, '.slo-lens/slo.yaml': DEFAULT_DEFINITION_TEXT }]);
    const uri = session.uri('.slo-lens/slo.yaml');
    await session.until('the gap', () =>
      (session?.published.get(uri) ?? []).some(({ code }) => code === 'slo/alert-gap'),
    );
    const gap = session.published.get(uri)?.find(({ code }) => code === 'slo/alert-gap');
    const line = DEFAULT_DEFINITION_TEXT.split('\n')[gap?.range.start.line ?? 0] ?? '';
    assert.equal(line.slice(gap?.range.start.character, gap?.range.end.character), '"value > 5"');
    assert.equal(gap?.severity, DiagnosticSeverity.Warning);
    session.write('.slo-lens/slo.yaml', DEFAULT_DEFINITION_TEXT.replace('"value > 5"', '"value >= 5"'));
    await session.changed('.slo-lens/slo.yaml');
    await session.until('no gap', () =>
      (session?.published.get(uri) ?? []).every(({ code }) => code !== 'slo/alert-gap'),
    );
  });

  it('a job that throws is told in the health, and the next one runs', async () => {
    let broken = true;
    const fs: FileSystem = {
      ...nodeFileSystem,
      list: (dir) => (broken ? Promise.reject(new Error('the disk is on fire')) : nodeFileSystem.list(dir)),
    };
    session = await Session.open([{ 'a.ts': leak }], { ports: { fs } });
    const { health } = session;
    await session.until('an error in the health', () =>
      health.some(({ state, message }) => state === 'error' && message.includes('the disk is on fire')),
    );
    broken = false;
    await session.changed('a.ts');
    await session.until('a complete scan', () => session?.reports.at(-1)?.code.state === 'complete');
    assert.equal(session.report.code.findings.length, 1);
    assert.deepEqual(rejections, []);
  });

  it('views are not left with a report that is no longer true', async () => {
    session = await Session.open([{ 'a.ts': leak }]);
    await session.firstReport();
    await session.openDocument('a.ts', leak);
    await session.edit('a.ts', clean);
    await session.until('no finding', () => session?.report.code.findings.length === 0);
    // Within the second in which no further report is sent: there and back.
    await session.edit('a.ts', leak);
    await new Promise((done) => setTimeout(done, 350));
    await session.edit('a.ts', clean);
    await new Promise((done) => setTimeout(done, 1800));
    assert.equal(session.report.code.findings.length, 0);
  });

  it('after an edit the client is sent what changed, and everything once it has lost a message', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}.ts`, leak]));
    const opened = await Session.open([files]);
    session = opened;
    const linesOf = (path: string): readonly number[] =>
      opened.report.code.findings.flatMap(({ place }) => (place.path === path ? [place.line] : []));
    await opened.until('a complete scan', () => opened.reports.at(-1)?.code.findings.length === 40);
    await opened.openDocument('f7.ts', leak);
    await opened.edit('f7.ts', `\n\n${leak}`);
    await opened.until('the edit', () => linesOf('f7.ts')[0] === 3);
    assert.deepEqual(linesOf('f8.ts'), [1], 'the others stand');
    const [whole] = opened.messages;
    const edit = opened.messages.findLast((message) => 'patch' in message);
    assert.ok(whole && 'report' in whole && edit);
    const [long, short] = [whole, edit].map((message) => JSON.stringify(message).length);
    assert.ok((short ?? 0) * 10 < (long ?? 0), `${short} bytes of ${long}`);
    opened.losesMessages = true;
    const seen = opened.messages.length;
    await opened.edit('f7.ts', `\n\n\n${leak}`);
    await opened.until('a message that is lost', () => opened.messages.length > seen);
    opened.losesMessages = false;
    await opened.edit('f7.ts', clean);
    await opened.until('the last edit', () => opened.report.code.findings.length === 39);
    assert.ok(
      opened.messages.slice(seen).some((message) => 'report' in message),
      'it was asked for',
    );
    assert.deepEqual(rejections, []);
  });

  it('agents are read and documents answered while a refresh command runs, which the views show', async () => {
    let finish: (() => void) | undefined;
    const runner: CommandRunner = {
      run: (_command, { cancellation }) =>
        new Promise((resolve) => {
          finish = () => {
            clearInterval(poll);
            resolve({
              exitCode: 0,
              output: '',
              durationMs: 1,
              outcome: cancellation.isCancelled() ? 'cancelled' : 'ok',
            });
          };
          const poll = setInterval(() => cancellation.isCancelled() && finish?.(), 10);
        }),
    };
    session = await Session.open([{ 'a.ts': leak, 'agent_workspaces/Agent-1/status.json': '{"status":"ACTIVE"}' }], {
      settings: { refreshCommands: ['anything'] },
      ports: { runner },
    });
    await session.firstReport();
    const refreshed = session.client.sendRequest<RefreshResult>('sloLens/refresh', { workDoneToken: 'r' });
    await session.until('a running refresh', () => session?.report.refresh.state === 'running');
    session.write('agent_workspaces/Agent-2/status.json', '{"status":"ACTIVE"}');
    await session.changed('agent_workspaces/Agent-2/status.json');
    await session.until('the second agent', () => session?.report.agents.found === 2);
    assert.equal(session.report.refresh.state, 'running');
    assert.equal((await session.pullWorkspace()).length, 1);
    finish?.();
    assert.equal((await refreshed).refresh.state, 'ok');
    assert.deepEqual([session.progress.at(0)?.kind, session.progress.at(-1)?.kind], ['begin', 'end']);
  });

  it('a refresh that is cancelled says so, runs no further command and keeps the figures', async () => {
    session = await Session.open([{ 'a.ts': leak }], {
      settings: { refreshCommands: ['sleep 30', 'echo never'] },
    });
    await session.firstReport();
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const refreshed = session.client.sendRequest<RefreshResult>('sloLens/refresh', {}, source.token);
    await session.until('a running refresh', () => session?.report.refresh.state === 'running');
    source.cancel();
    const { refresh, report } = await refreshed;
    assert.deepEqual(
      [refresh.state, refresh.commands.map((command) => command.outcome)],
      ['cancelled', ['cancelled', 'skipped']],
    );
    assert.deepEqual([report.code.state, report.code.files.analysed, report.code.findings.length], ['complete', 1, 1]);
  });

  it('a storm of events ends in one state, not in a queue of scans', async () => {
    let lists = 0;
    const fs: FileSystem = {
      ...nodeFileSystem,
      list: async (dir) => {
        lists++;
        await new Promise((done) => setTimeout(done, 60));
        return nodeFileSystem.list(dir);
      },
    };
    session = await Session.open([{ 'a.ts': leak }], { ports: { fs } });
    await session.firstReport();
    const before = lists;
    for (let index = 0; index < 60; index++) {
      await session.changed('a.ts');
      await new Promise((done) => setTimeout(done, 25));
    }
    session.write('a.ts', clean);
    await session.changed('a.ts');
    await session.until('the last state', () => session?.report.code.findings.length === 0);
    const during = lists - before;
    // Each update lists two folders at 60 ms: never more than one runs, and one waits.
    assert.ok(during > 4 && during < 40, `${during} listings`);
  });

  it('what is typed stays what counts when trust is granted or a folder added', async () => {
    session = await Session.open([{ 'a.ts': leak }], { trusted: false });
    await session.firstReport();
    await session.openDocument('a.ts', clean);
    await session.until('no finding', () => session?.report.code.findings.length === 0);
    await session.settings({}, true);
    await session.until('trust', () => session?.report.trusted === true);
    assert.equal(session.report.code.findings.length, 0);
  });
});
