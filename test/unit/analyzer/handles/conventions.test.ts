import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'handle/release-skipped',
  [
    {
      name: 'work that rejects before the close',
      code: `import { openArchive } from './archive';\nexport async function names(path: string) {\n  const archive = await openArchive(path); // leak handle/release-skipped\n  const entries = await archive.read();\n  await archive.close();\n  return entries;\n}`,
    },
    {
      name: 'an early return',
      code: `import { Session } from 'some-session';\nexport function value(key: string, cached: Map<string, string>) {\n  const session = new Session(key); // leak handle/release-skipped\n  if (cached.has(key)) return cached.get(key);\n  const result = session.value();\n  session.dispose();\n  return result;\n}`,
    },
    {
      name: 'a method of the same class that gives a connection of a driver nobody knows',
      code: `export class Dialect {\n  constructor(private readonly driver: Driver) {}\n  async query(text: string) {\n    const connection = await this.driver.openConnection(); // leak handle/release-skipped\n    const rows = await connection.execute(text);\n    connection.close();\n    return rows;\n  }\n}`,
    },
    {
      name: 'closed at the end of a try whose catch answers',
      path: 'src/check.js',
      code: `const snmp = require('./snmp');\nmodule.exports = async function check(monitor) {\n  try {\n    const session = snmp.createSession(monitor.host); // leak handle/release-skipped\n    monitor.value = await session.read(monitor.oid);\n    session.close();\n  } catch (error) {\n    monitor.status = String(error);\n  }\n};`,
    },
    {
      name: 'closed by a local function that one way out does not call',
      code: `import { connect } from 'some-broker';\nexport async function send(messages: string[]) {\n  const link = await connect(); // leak handle/release-skipped\n  const stop = async () => {\n    await link.disconnect();\n  };\n  for (const message of messages) {\n    if (message === '') return 0;\n    link.write(message);\n  }\n  await stop();\n  return messages.length;\n}`,
    },
    {
      name: 'a method of its own that is given a function, in a work that nobody waits for',
      code: `export abstract class Sink {
  abstract _createDecoder(take: (sample: number) => void): Promise<{ decode(part: string): void; close(): void }>;
  abstract next(): Promise<string | null>;
  start(fail: (error: unknown) => void, queue: number[]) {
    (async () => {
      const decoder = await this._createDecoder((sample) => queue.push(sample)); // leak handle/release-skipped
      for (let part = await this.next(); part !== null; part = await this.next()) decoder.decode(part);
      decoder.close();
    })().catch(fail);
  }
}`,
    },
    {
      name: 'a private method that opens',
      code: `export class Store {
  constructor(private readonly driver: { session(): Promise<{ run(text: string): void; close(): void }> }, private readonly plan: () => Promise<string>) {}
  async #openSession() {
    return this.driver.session();
  }
  async run() {
    const session = await this.#openSession(); // leak handle/release-skipped
    session.run(await this.plan());
    session.close();
  }
}`,
    },
  ],
  [
    {
      name: 'a method of its own, ended whatever happens',
      code: `export abstract class Sink {
  abstract _createDecoder(take: (sample: number) => void): Promise<{ decode(part: string): void; close(): void }>;
  abstract next(): Promise<string | null>;
  async run(queue: number[]) {
    const decoder = await this._createDecoder((sample) => queue.push(sample));
    try {
      for (let part = await this.next(); part !== null; part = await this.next()) decoder.decode(part);
    } finally {
      decoder.close();
    }
  }
}`,
    },
    {
      name: 'a method of its own whose work cannot fail',
      code: `export abstract class Sink {
  abstract _createDecoder(take: (sample: number) => void): Promise<{ decode(part: string): void; close(): void }>;
  async run(queue: number[], parts: string[]) {
    const decoder = await this._createDecoder((sample) => queue.push(sample));
    for (const part of parts) decoder.decode(part);
    decoder.close();
  }
}`,
    },
    {
      name: 'finally',
      code: `import { openArchive } from './archive';\nexport async function names(path: string) { const archive = await openArchive(path); try { return await archive.read(); } finally { await archive.close(); } }`,
    },
    {
      name: 'nobody here closes it',
      code: `import { openArchive } from './archive';\nexport async function names(path: string) { const archive = await openArchive(path); return (await archive.read()).length; }`,
    },
    {
      name: 'what opens it fails: it was never open',
      code: `import { Driver } from './driver';\nexport async function run(page: unknown) { const driver = new Driver(page); await driver.connect(); driver.disconnect(); }`,
    },
    {
      name: 'given to the caller',
      code: `import { openArchive } from './archive';\nexport async function open(path: string) { const archive = await openArchive(path); if (!(await archive.check())) { await archive.close(); throw new Error(path); } return archive; }`,
    },
    {
      name: 'another one of the same variable is closed',
      code: `import { find, openWidget } from './widgets';\nexport async function toggle(id: string, log: (text: string) => Promise<void>) { let widget = await find(id); if (widget) { widget.dispose(); } else { widget = await openWidget(id); await log(id); } }`,
    },
    {
      name: 'a helper that closes it only when it has to',
      code: `import { openPage } from './pages';\nexport async function show(url: string, stopped: boolean) { const page = await openPage(url); await page.goto(url); await unlessStopped(page, stopped); }\nasync function unlessStopped(page: { close(): Promise<void> }, stopped: boolean) { if (stopped) await page.close(); }`,
    },
    {
      name: 'a test',
      path: 'test/archive.test.ts',
      code: `import { openArchive } from '../src/archive';\nexport async function names(path: string) { const archive = await openArchive(path); const entries = await archive.read(); await archive.close(); return entries; }`,
    },
  ],
);

samples(
  'handle/http-response',
  [
    {
      name: 'a status that is no success',
      code: `import https from 'node:https';\nexport function load(url: string, done: (error: Error | null, text?: string) => void) {\n  https.get(url, (response) => { // leak handle/http-response\n    if (response.statusCode !== 200) return done(new Error(String(response.statusCode)));\n    let text = '';\n    response.on('data', (chunk) => (text += chunk));\n    response.on('end', () => done(null, text));\n  });\n}`,
    },
    {
      name: 'only the status is looked at',
      code: `import { get } from 'https';\nexport function status(url: string) {\n  return new Promise((resolve, reject) => {\n    get(url, (response) => { // leak handle/http-response\n      resolve(response.statusCode);\n    }).on('error', reject);\n  });\n}`,
    },
    {
      name: 'a redirect, with the client chosen by the protocol',
      path: 'src/get.js',
      code: `const http = require('http');\nconst https = require('https');\nmodule.exports = function get(url, done) {\n  const client = url.startsWith('https:') ? https : http;\n  client.get(url, function (res) { // leak handle/http-response\n    if (res.headers.location) {\n      get(res.headers.location, done);\n      return;\n    }\n    res.pipe(done);\n  });\n};`,
    },
  ],
  [
    {
      name: 'resumed',
      code: `import https from 'node:https';\nexport function load(url: string, done: (error: Error | null) => void) { https.get(url, (response) => { if (response.statusCode !== 200) { response.resume(); return done(new Error('status')); } response.on('data', () => undefined); response.on('end', () => done(null)); }); }`,
    },
    {
      name: 'the request is destroyed',
      code: `import https from 'node:https';\nexport function load(url: string, out: NodeJS.WritableStream, done: (error: Error | null) => void) { const request = https.request(url, (response) => { if (response.statusCode !== 200) { request.destroy(); return done(new Error('status')); } response.pipe(out); }); request.end(); }`,
    },
    {
      name: 'the request is destroyed before',
      code: `import https from 'node:https';\nexport function load(url: string, out: NodeJS.WritableStream) { const request = https.request(url, (response) => { if (request.destroyed) return; response.pipe(out); }); request.end(); }`,
    },
    {
      name: 'handed to somebody',
      code: `import https from 'node:https';\nexport function load(url: string, done: (response: unknown) => void) { https.get(url, (response) => { done(response); }); }`,
    },
    {
      name: 'iterated',
      code: `import { get } from 'https';\nexport function load(url: string, take: (chunk: unknown) => void) { get(url, async (response) => { for await (const chunk of response) take(chunk); }); }`,
    },
    {
      name: 'an answer that has no body',
      code: `import https from 'node:https';\nexport function head(host: string) { const options = { host, method: 'HEAD' }; return new Promise((resolve) => { https.get(options, (response) => resolve(response.headers)); }); }`,
    },
  ],
);

samples(
  'handle/pg-client',
  [
    {
      name: 'a pool of the function that a failed query leaves open',
      code: `import * as pg from 'pg';\nexport async function run(text: string) {\n  const pool = new pg.Pool(); // leak handle/pg-client\n  const rows = await pool.query(text);\n  await pool.end();\n  return rows;\n}`,
    },
    {
      name: 'a clean-up that only the ways without an error call',
      code: `import * as pg from 'pg';\nexport async function run(texts: string[]) {\n  const pool = new pg.Pool(); // leak handle/pg-client\n  const stop = async () => {\n    await pool.end();\n  };\n  for (const text of texts) await pool.query(text);\n  await stop();\n}`,
    },
  ],
  [
    {
      name: 'one pool for all',
      code: `import { Pool } from 'pg';\nconst pool = new Pool();\nexport const run = (text: string) => pool.query(text);`,
    },
    {
      name: 'ended in finally',
      code: `import * as pg from 'pg';\nexport async function run(text: string) { const pool = new pg.Pool(); try { return await pool.query(text); } finally { await pool.end(); } }`,
    },
  ],
);

describe('files of the workspace that wrap a module', () => {
  it('are taken for it by their name, where the catalogue says so', () => {
    const code = (from: string): string =>
      `const fs = require('${from}');\nexports.touch = (path, time) => {\n  const fd = fs.openSync(path, 'r+');\n  fs.futimesSync(fd, time, time);\n  fs.closeSync(fd);\n};`;
    for (const from of ['../fs', './lib/fs.js'])
      assert.deepEqual(
        findingsOf(code(from), 'src/touch.js').map(({ kind }) => kind),
        ['handle/fs-descriptor'],
        from,
      );
    assert.deepEqual(findingsOf(code('../files'), 'src/touch.js'), []);
  });
});

samples(
  'handle/release-skipped of what a callback is given',
  [
    {
      name: 'a function that leaves when the work has failed',
      path: 'src/names.js',
      code: `const store = require('some-store');\nexports.names = function (path, done) {\n  store.open(path, function (err, archive) { // leak handle/release-skipped\n    if (err) return done(err);\n    archive.read(function (error, entries) {\n      if (error) return done(error);\n      archive.close();\n      done(null, entries);\n    });\n  });\n};`,
    },
    {
      name: 'an early way out before the work',
      path: 'src/send.js',
      code: `exports.send = function (host, message, next) {\n  host.getChannel((err, channel) => { // leak handle/release-skipped\n    if (err) return next(err);\n    if (!message) return next();\n    channel.publish(message);\n    channel.close();\n    next();\n  });\n};`,
    },
    {
      name: 'two steps, of which the first forgets it',
      path: 'src/send.js',
      code: `exports.send = function (host, message, next) {\n  host.connect(message.to, (error, link) => { // leak handle/release-skipped\n    if (error) return next(error);\n    link.prepare(message, (prepareError) => {\n      if (prepareError) {\n        next(prepareError);\n        return;\n      }\n      link.send(message, (sendError) => {\n        link.disconnect();\n        next(sendError);\n      });\n    });\n  });\n};`,
    },
    {
      name: 'a method that keeps the caller waiting on one way',
      code: `export class Ledger {\n  constructor(private readonly driver: Driver) {}\n  total(done: (error: Error | null, sum?: number) => void) {\n    this.driver.acquire((err: Error | null, session: Session) => { // leak handle/release-skipped\n      if (err) return done(err);\n      session.sum((failed: Error | null, sum: number) => {\n        done(null, sum);\n      });\n      if (session.isEmpty()) session.release();\n      else if (session.isLate()) return;\n      else session.release();\n    });\n  }\n}`,
    },
  ],
  [
    {
      name: 'closed first, whatever came',
      path: 'src/names.js',
      code: `exports.names = function (store, path, done) {\n  store.open(path, function (err, archive) {\n    if (err) return done(err);\n    archive.read(function (error, entries) {\n      archive.close();\n      if (error) return done(error);\n      done(null, entries);\n    });\n  });\n};`,
    },
    {
      name: 'a local function that closes it',
      path: 'src/send.js',
      code: `exports.send = function (host, message, next) {\n  host.getChannel((err, channel) => {\n    if (err) return next(err);\n    const end = (error) => { channel.close(); next(error); };\n    channel.assert(message, (error) => {\n      if (error) return end(error);\n      channel.publish(message, end);\n    });\n  });\n};`,
    },
    {
      name: 'given to the caller, who is told of an error otherwise',
      path: 'src/open.js',
      code: `exports.open = function (store, path, done) {\n  store.open(path, (err, archive) => {\n    if (err) return done(err);\n    archive.check((error) => {\n      if (error) { archive.close(); return done(error); }\n      done(null, archive);\n    });\n  });\n};`,
    },
    {
      name: 'nobody here closes it',
      path: 'src/names.js',
      code: `exports.names = function (store, path, done) {\n  store.open(path, (err, archive) => {\n    if (err) return done(err);\n    archive.read(done);\n  });\n};`,
    },
    {
      name: 'a handler that may run more than once',
      path: 'src/feed.js',
      code: `exports.feed = function (host, show, done) {\n  host.connect((err, link) => {\n    if (err) return done(err);\n    link.on('row', (error, row) => {\n      if (error) return show(error);\n      show(null, row);\n    });\n    link.start((error) => { link.disconnect(); done(error); });\n  });\n};`,
    },
  ],
);

const building = (end: string): string => `export class Builder {
  async run(sql: string) {
    const runner = this.obtainRunner();
    ${end}
  }
}`;

samples(
  'a resource that may be another’s, or is given away on one way',
  [
    {
      name: 'is released on a condition of its own',
      code: building(
        'const rows = await this.execute(runner, sql);\n    if (rows.length > 0) await runner.release();',
      ).replace('this.obtainRunner();', 'this.obtainRunner(); // leak handle/release-skipped'),
    },
    {
      name: 'is worked with by whoever is given it',
      code: building('await this.execute(runner, sql);\n    await runner.release();').replace(
        'this.obtainRunner();',
        'this.obtainRunner(); // leak handle/release-skipped',
      ),
    },
  ],
  [
    {
      name: 'is released unless it is the one that was given',
      code: building(
        'try {\n      return await this.execute(runner, sql);\n    } finally {\n      if (runner !== this.runner) await runner.release();\n    }',
      ),
    },
    {
      name: 'is compared the other way round',
      code: building(
        'try {\n      return await this.execute(runner, sql);\n    } finally {\n      if (this.given === runner) this.busy = false;\n      else await runner.release();\n    }',
      ),
    },
    {
      name: 'is registered with its owner',
      code: `export class Entry extends Disposable {
  async open(uri: string) {
    const reference = await this.models.createModelReference(uri);
    if (this.isGone) {
      reference.dispose();
      return;
    }
    this._register(reference);
  }
}`,
    },
    {
      name: 'is added to a view',
      code: `export class Entry {
  async open(id: string) {
    const view = await this.models.createView(id);
    if (this.isGone) {
      view?.dispose();
      return;
    }
    if (this.current !== view && view) this.host.addWidget(view);
  }
}`,
    },
  ],
);

samples(
  'what each round of a loop is given',
  [
    {
      name: 'an early return',
      code: `import { samples } from './samples';
export class Conversion {
  private stopped = false;
  constructor(private readonly encode: (at: number) => Promise<void>) {}
  async run() {
    for await (const sample of samples()) { // leak handle/release-skipped
      if (this.stopped) {
        return;
      }
      await this.encode(sample.time);
      sample.close();
    }
  }
  stop() {
    this.stopped = true;
  }
}`,
    },
    {
      name: 'a round that is skipped',
      path: 'src/scan.js',
      code: `const { open } = require('./files');
module.exports = async function scan(list, wanted) {
  let skipped = 0;
  for await (const file of open(list)) { // leak handle/release-skipped
    skipped += file.size;
    if (!wanted()) continue;
    await file.check();
    await file.close();
  }
  return skipped;
};`,
    },
  ],
  [
    {
      name: 'ended before the early return',
      code: `import { samples } from './samples';
export async function run(isStopped: () => boolean) {
  for await (const sample of samples()) {
    if (isStopped()) {
      sample.close();
      return;
    }
    await sample.encode();
    sample.close();
  }
}`,
    },
    {
      name: 'a way out that asks for the item itself',
      code: `import { samples } from './samples';
export async function run() {
  for await (const sample of samples()) {
    if (!sample.isOpen) continue;
    await sample.encode();
    sample.close();
  }
}`,
    },
    {
      name: 'given to somebody before',
      code: `import { samples } from './samples';
export async function run(queue: { take(sample: unknown): void }, isStopped: () => boolean) {
  for await (const sample of samples()) {
    queue.take(sample);
    if (isStopped()) return;
    await sample.encode();
    sample.close();
  }
}`,
    },
    {
      name: 'a finally',
      code: `import { samples } from './samples';
export async function run(isStopped: () => boolean) {
  for await (const sample of samples()) {
    try {
      if (isStopped()) return;
      await sample.encode();
    } finally {
      sample.close();
    }
  }
}`,
    },
    {
      name: 'things that are there already',
      code: `export async function stop(workers: { finish(): Promise<void>; close(): void }[], isKept: () => boolean) {
  for (const worker of workers) {
    if (isKept()) continue;
    await worker.finish();
    worker.close();
  }
}`,
    },
  ],
);
