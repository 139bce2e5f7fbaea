/** The server as a process of its own: over stdio, and gone when its client is. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

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
});
