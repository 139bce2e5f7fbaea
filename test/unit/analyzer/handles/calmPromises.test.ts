import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const measured = (cleanUp: string): string => `import { mkdtemp, rm } from 'node:fs/promises';
import { launch, leave } from './app';
export async function measure() {
  const folder = await mkdtemp('/tmp/run-');
  let app = null;
  try {
    app = await launch(folder);
    await app.run();
  } finally {
    if (app) ${cleanUp}
    await rm(folder, { recursive: true });
  }
}`;

samples(
  'handle/temp-dir',
  [
    {
      name: 'a finally that may fail before the release',
      code: measured('await leave(app);').replace("'/tmp/run-');", "'/tmp/run-'); // leak handle/temp-dir"),
    },
  ],
  [
    {
      name: 'a finally whose failures are caught',
      code: measured('await leave(app).catch(console.error);'),
    },
  ],
);

const sent = (executor: string): string => `import WebSocket from 'ws';
export async function tell(url, texts, room) {
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.once('open', resolve));
  const send = (text) => new Promise(${executor});
  await Promise.all(texts.map(send));
  socket.close();
}`;

samples(
  'handle/websocket',
  [
    {
      name: 'one of several works may fail',
      code: sent('(resolve, reject) => room.post(text, (error) => (error ? reject(error) : resolve()))').replace(
        'new WebSocket(url);',
        'new WebSocket(url); // leak handle/websocket',
      ),
    },
    {
      name: 'one that resolves with another promise may fail as that does',
      code: sent('(resolve) => resolve(fetch(text))').replace(
        'new WebSocket(url);',
        'new WebSocket(url); // leak handle/websocket',
      ),
    },
  ],
  [{ name: 'none of several works can fail', code: sent('(resolve) => room.post(text, resolve)') }],
);

describe('a part of the program that is loaded when it is wanted', () => {
  const found = (load: string) =>
    findingsOf(`import { createWriteStream } from 'node:fs';
import { ${load} } from './parts';
export async function pack(path: string, files: string[]) {
  const out = createWriteStream(path);
  const parts = await ${load}();
  parts.write(out, files);
  out.end();
}`).map(({ kind }) => kind);
  it('comes', () => assert.deepEqual(found('importArchiver'), []));
  it('is no work that may fail', () => assert.deepEqual(found('readSettings'), ['handle/write-stream']));
});
