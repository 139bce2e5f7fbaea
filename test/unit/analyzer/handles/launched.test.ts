import assert from 'node:assert/strict';
import { fileRoleOf } from '../../../../src/analyzer/files/fileRole';
import { findingsOf, samples } from '../expectLeaks';

/** Severities and kinds of the findings on a text. */
const weights = (code: string, path?: string): readonly string[] =>
  findingsOf(code, path).map(({ kind, severity }) => `${severity} ${kind}`);

const spawning = "import fs from 'node:fs';\nimport { spawn } from 'node:child_process';\n";
const launch = (options: string): string => `${spawning}export function launch(command, log) {
  const out = fs.openSync(log, 'a');
  const child = spawn(command, [], { ${options}stdio: ['ignore', out, 'ignore'] });
  child.unref();
}`;

describe('files for the output of a process that goes on alone', () => {
  it('weigh little: who launches one mostly does so once', () => {
    assert.deepEqual(weights(launch('detached: true, ')), ['low handle/fs-descriptor']);
    assert.deepEqual(weights(launch('cwd: "/", detached: true, ')), ['low handle/fs-descriptor']);
  });
  it('weigh as before where the process is one of this program’s', () => {
    assert.deepEqual(weights(launch('')), ['high handle/fs-descriptor']);
    assert.deepEqual(weights(launch('detached: false, ')), ['high handle/fs-descriptor']);
  });
  it('weigh more where an object launches by a method of its own', () => {
    const method = (more = ''): string => `${spawning}class Jobs {
  start(name) {
    const out = fs.openSync('/var/log/' + name, 'a');
    spawn(name, [], { detached: true, stdio: ['ignore', out, out] }).unref();
  }
}
${more}`;
    assert.deepEqual(weights(method('export { Jobs };')), ['medium handle/fs-descriptor']);
    assert.deepEqual(weights(method().replace('class', 'export class')), ['medium handle/fs-descriptor']);
    assert.deepEqual(weights(method('export const jobs = new Jobs();')), []);
    const one = method().replace('class Jobs {', 'export const jobs = {').replace('}\n}\n', '},\n};\n');
    assert.deepEqual(weights(one), ['low handle/fs-descriptor']);
  });
  it('weigh as before where each event launches another one', () => {
    assert.deepEqual(
      weights(`${spawning}export function serve(server, log) {
  server.on('request', (request) => {
    const out = fs.openSync(log, 'a');
    spawn(request.url, [], { detached: true, stdio: ['ignore', out, out] }).unref();
  });
}`),
      ['high handle/fs-descriptor'],
    );
  });
});

describe('watchers that keep no process alive', () => {
  const watching = (options: string, around = 'export function follow(path, update) { WATCH }'): string =>
    `import fs from 'node:fs';\n${around.replace('WATCH', `fs.watch(path, ${options}update);`)}`;
  it('weigh little: they are meant to run beside the program', () => {
    assert.deepEqual(weights(watching('{ persistent: false }, ')), ['low handle/fs-watch']);
  });
  it('weigh as before where they do keep it alive', () => {
    assert.deepEqual(weights(watching('')), ['medium handle/fs-watch']);
    assert.deepEqual(weights(watching('{ persistent: true, recursive: true }, ')), ['medium handle/fs-watch']);
  });
  it('weigh as before where each event begins another one', () => {
    const each = "export function follow(socket, update) { socket.on('message', (path) => { WATCH }); }";
    assert.deepEqual(weights(watching('{ persistent: false }, ', each)), ['high handle/fs-watch']);
  });
});

describe('what has just been opened', () => {
  const imported = "import { closeSync, mkdtempSync, openSync, rmSync, writeSync, writeFileSync } from 'node:fs';\n";
  it('weighs little where its first step of the same module fails, however that is imported', () => {
    assert.deepEqual(
      weights(`${imported}export function save(path, text) {
  const fd = openSync(path, 'w');
  writeSync(fd, text);
  closeSync(fd);
}`),
      ['low handle/fs-descriptor'],
    );
  });
  it('weighs more where another file is read by the same module', () => {
    for (const body of [
      'writeSync(fd, readFileSync(other));',
      'const text = readFileSync(other); writeSync(fd, text);',
    ])
      assert.deepEqual(
        weights(`import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
export function append(path, other) {
  const fd = openSync(path, 'a');
  ${body}
  closeSync(fd);
}`),
        ['medium handle/fs-descriptor'],
        body,
      );
    assert.deepEqual(
      weights(`import fs from 'node:fs';
export function append(path, other) {
  const fd = fs.openSync(path, 'a');
  const text = fs.readFileSync(other);
  fs.writeSync(fd, text);
  fs.closeSync(fd);
}`),
      ['medium handle/fs-descriptor'],
    );
  });
  it('does not hide the way out behind its first step', () => {
    const [finding] = findingsOf(`import { closeSync, openSync, readSync } from 'node:fs';
export function title(path, bytes) {
  const fd = openSync(path, 'r');
  readSync(fd, bytes, 0, 64, 0);
  const head = JSON.parse(bytes.toString());
  closeSync(fd);
  return head.title;
}`);
    assert.equal(finding?.severity, 'medium');
    assert.match(finding?.message ?? '', /JSON\.parse/);
  });
  it('weighs more where others are written', () => {
    const done = (last: string): string => `import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
export function save(path, text, other) {
  const fd = openSync(path, 'w');
  writeSync(fd, text);
  ${last}
  closeSync(fd);
}`;
    assert.deepEqual(weights(done('fsyncSync(fd);')), ['low handle/fs-descriptor']);
    assert.deepEqual(weights(done('fsyncSync(other);')), ['medium handle/fs-descriptor']);
  });
  it('weighs more where what others have given fails', () => {
    assert.deepEqual(
      weights(`${imported}export function save(path, text) {
  const fd = openSync(path, 'w');
  writeSync(fd, JSON.parse(text).title);
  closeSync(fd);
}`),
      ['medium handle/fs-descriptor'],
    );
  });
});

it('files of end-to-end tests are tests, also in underscores', () => {
  assert.equal(fileRoleOf('apps/web/__e2e__/utils/index.ts', ''), 'test');
  assert.equal(fileRoleOf('apps/web/e2e_utils/index.ts', ''), 'production');
});

samples(
  'message channels on a way out',
  [
    {
      name: 'a worker, which runs whether somebody makes use of it or not',
      code: `export function listen(frame, take) {
  const worker = new Worker('/listen.js'); // leak handle/web-worker
  const target = frame.contentWindow;
  if (!target) throw new Error('no window');
  worker.onmessage = take;
  return () => worker.terminate();
}`,
    },
    {
      name: 'a channel by name, which hears without being given to anybody',
      code: `export function listen(frame, take) {
  const channel = new BroadcastChannel('news'); // leak handle/broadcast-channel
  if (!frame.contentWindow) throw new Error('no window');
  channel.onmessage = take;
  return () => channel.close();
}`,
    },
  ],
  [
    {
      name: 'one that nobody has made use of',
      code: `export function listen(frame, take) {
  const channel = new MessageChannel();
  const target = frame.contentWindow;
  if (!target) throw new Error('no window');
  channel.port1.onmessage = take;
  target.postMessage('hello', '*', [channel.port2]);
  return () => channel.port1.close();
}`,
    },
    {
      name: 'one that nobody has made use of when the function returns',
      code: `export function listen(frame, take) {
  const channel = new MessageChannel();
  if (!frame.contentWindow) return undefined;
  channel.port1.onmessage = take;
  return () => channel.port1.close();
}`,
    },
  ],
);

const io = "import { useEffect } from 'react';\nimport { connect } from 'socket.io-client';\n";
samples(
  'two connections of one effect',
  [
    {
      name: 'one of which the clean-up forgets',
      path: 'src/sample.tsx',
      code: `${io}export function Settings({ url, load }) {
  useEffect(() => {
    const settings = connect(url + '/settings');
    const plugins = connect(url + '/plugins'); // leak handle/network-client
    plugins.on('connect', load);
    return () => settings.disconnect();
  }, [url]);
  return null;
}`,
    },
  ],
  [
    {
      name: 'the second of which tells by an event that it failed',
      path: 'src/sample.tsx',
      code: `${io}export function Settings({ url }) {
  useEffect(() => {
    const settings = connect(url + '/settings');
    const plugins = connect(url + '/plugins');
    return () => {
      settings.disconnect();
      plugins.disconnect();
    };
  }, [url]);
  return null;
}`,
    },
  ],
);
