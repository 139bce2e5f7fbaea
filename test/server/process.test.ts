/** The server as a process of its own: over stdio, and gone when its client is. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { RefreshResult } from '../../src/protocol/messages';
import { defaultSettings } from './session';

describe('language server process', function () {
  this.timeout(30_000);

  it('ends when the process that started it is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const server = spawn(
      process.execPath,
      ['--require', 'tsx/cjs', resolve(__dirname, '../../src/server/main.ts'), '--stdio'],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const ended = new Promise<number | null>((done) => server.once('exit', done));
    const client = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    client.listen();
    try {
      await client.sendRequest('initialize', { processId: parent.pid, rootUri: null, capabilities: {} });
      await client.sendNotification('initialized', {});
      assert.equal(server.exitCode, null);
      parent.kill('SIGKILL');
      const late = setTimeout(() => server.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(late);
      assert.notEqual(server.signalCode, 'SIGKILL', 'it was still there 15 s after its client');
    } finally {
      client.dispose();
      parent.kill('SIGKILL');
      server.kill('SIGKILL');
    }
  });

  it('keeps its folder for compiled code to itself: the programs that it starts do not use it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slo-lens-process-'));
    const server = spawn(
      process.execPath,
      ['--require', 'tsx/cjs', resolve(__dirname, '../../src/server/main.ts'), '--stdio'],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: {
          ...process.env,
          NODE_COMPILE_CACHE: join(folder, 'compiled'),
          SLO_LENS_OWN_ENVIRONMENT: 'NODE_COMPILE_CACHE',
        },
      },
    );
    const client = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    client.listen();
    try {
      await client.sendRequest('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: {},
        workspaceFolders: [{ uri: URI.file(folder).toString(), name: 'w' }],
        initializationOptions: {
          storagePath: null,
          trusted: true,
          settings: { ...defaultSettings, refreshCommands: ['node -p "Object.keys(process.env).join()"'] },
        },
      });
      await client.sendNotification('initialized', {});
      const { refresh } = await client.sendRequest<RefreshResult>('sloLens/refresh', {});
      assert.equal(refresh.state, 'ok', refresh.message);
      const names = refresh.commands[0]?.output ?? '';
      assert.match(names, /PATH/i);
      assert.doesNotMatch(names, /COMPILE_CACHE|OWN_ENVIRONMENT/);
    } finally {
      client.dispose();
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
