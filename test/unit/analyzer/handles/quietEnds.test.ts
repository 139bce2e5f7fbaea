import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const fs = "import fs from 'node:fs';\n";
const hashing = `${fs}import crypto from 'node:crypto';\n`;
const passing = `${fs}import { PassThrough } from 'node:stream';\n`;

samples(
  'targets that only keep what they are given',
  [
    {
      name: 'one that somebody else is given, who may end it first',
      code: `${passing}export function open(path, failed) {
  const through = new PassThrough();
  through.on('error', failed);
  fs.createReadStream(path).pipe(through); // leak handle/pipe-upstream-open
  return through;
}`,
    },
    {
      name: 'one that is led on to what may stop taking',
      code: `${passing}export function send(path, response, failed) {
  const through = new PassThrough();
  through.on('error', failed);
  fs.createReadStream(path).pipe(through); // leak handle/pipe-upstream-open
  through.pipe(response);
}`,
    },
    {
      name: 'one behind a step that fails by itself',
      code: `${hashing}import zlib from 'node:zlib';
export function digest(path, done) {
  const hash = crypto.createHash('sha256');
  fs.createReadStream(path).pipe(zlib.createGunzip()).on('error', done).pipe(hash).on('finish', () => done(null, hash.digest('hex'))); // leak handle/pipe-upstream-open
}`,
    },
    {
      name: 'one that a handler destroys',
      code: `${passing}export function read(path, signal, failed) {
  const through = new PassThrough();
  through.on('error', failed);
  signal.onabort = () => through.destroy();
  fs.createReadStream(path).pipe(through); // leak handle/pipe-upstream-open
}`,
    },
  ],
  [
    {
      name: 'a hash',
      code: `${hashing}export function digest(path) {
  return new Promise((resolve, reject) => {
    const hash = crypto.createHash('sha256');
    const file = fs.createReadStream(path);
    hash.on('finish', () => resolve(hash.digest('hex')));
    hash.on('error', reject);
    file.on('error', reject);
    file.pipe(hash);
  });
}`,
    },
    {
      name: 'one that is made where it is needed',
      code: `${hashing}export function digest(path, done) {
  fs.createReadStream(path).pipe(crypto.createHash('md5').setEncoding('hex')).on('error', done).on('data', (text) => done(null, text));
}`,
    },
    {
      name: 'one that is read here',
      code: `${passing}export function read(path, failed, take) {
  const through = new PassThrough();
  through.on('error', failed);
  through.on('data', take);
  fs.createReadStream(path).pipe(through);
}`,
    },
  ],
);

samples(
  'sources whose failure nobody hears',
  [
    {
      name: 'one whose errors are handled',
      code: `${fs}export function unpack(archive, entry, path, done) {
  archive.openReadStream(entry, (error, content) => {
    if (error) return done(error);
    const out = fs.createWriteStream(path); // leak handle/pipe-upstream-open
    content.on('error', done);
    content.pipe(out);
    out.on('finish', done);
  });
}`,
    },
    {
      name: 'one that is given to somebody who may handle them',
      code: `${fs}export function unpack(archive, entry, path, done) {
  archive.openReadStream(entry, (error, content) => {
    if (error) return done(error);
    const out = fs.createWriteStream(path); // leak handle/pipe-upstream-open
    archive.watch(content);
    content.pipe(out);
    out.on('finish', done);
  });
}`,
    },
    {
      name: 'one that something cuts off',
      code: `${fs}export function unpack(archive, entry, path, done) {
  archive.openReadStream(entry, (error, content) => {
    if (error) return done(error);
    const out = fs.createWriteStream(path); // leak handle/pipe-upstream-open
    archive.onTooLarge = () => content.destroy();
    content.pipe(out);
    out.on('finish', done);
  });
}`,
    },
    {
      name: 'one that comes over the network, and stops without an error',
      code: `${fs}export function load(agent, url, path, done) {
  agent.get(url, (error, response) => {
    if (error) return done(error);
    const out = fs.createWriteStream(path); // leak handle/pipe-upstream-open
    response.pipe(out);
    out.on('finish', done);
  });
}`,
    },
    {
      name: 'one that an event gives, which may stop with what it is a part of',
      code: `${fs}export function receive(form, path) {
  form.on('file', (name, content) => {
    const out = fs.createWriteStream(path + name); // leak handle/pipe-upstream-open
    content.pipe(out);
  });
}`,
    },
    {
      name: 'a file behind a step that fails by itself',
      code: `${fs}import zlib from 'node:zlib';
export function unzip(from, to, done) {
  fs.createReadStream(from).pipe(zlib.createGunzip()).on('error', done).pipe(fs.createWriteStream(to)).on('finish', done); // leak handle/pipe-upstream-open handle/pipe-upstream-open
}`,
    },
    {
      name: 'a file to which nobody listens: only itself stays open, not its copy',
      code: `${fs}export function copy(from, to, done) {
  fs.createReadStream(from).pipe(fs.createWriteStream(to)).on('error', done).on('finish', done); // leak handle/pipe-upstream-open
}`,
    },
    {
      name: 'a file whose errors are handled on the way',
      code: `${fs}export function copy(from, to, done) {
  fs.createReadStream(from).on('error', done).pipe(fs.createWriteStream(to)).on('finish', done); // leak handle/pipe-upstream-open
}`,
    },
  ],
  [
    {
      name: 'an entry of an archive',
      code: `${fs}export function unpack(archive, entry, path, done) {
  archive.openReadStream(entry, (error, content) => {
    if (error) return done(error);
    const out = fs.createWriteStream(path);
    content.pipe(out);
    content.on('end', () => archive.close());
    out.on('finish', done);
  });
}`,
    },
  ],
);

describe('sources that a client gives its callback', () => {
  /** Severities where the named end stays open. */
  const weights = (code: string): readonly string[] =>
    findingsOf(fs + code).map(({ kind, severity }) => `${severity} ${kind}`);
  const low = ['low handle/pipe-upstream-open'];

  it('may be answers of the network by any name, and weigh little', () => {
    assert.deepEqual(
      weights(`export function keepImage(engine, name, path) {
  engine.image(name).save((error, tar) => {
    if (error) throw error;
    tar.pipe(fs.createWriteStream(path));
  });
}`),
      low,
    );
    assert.deepEqual(
      weights(`export function fetchObject(bucket, key, path, done) {
  bucket.read(key, (error, content) => {
    if (error) return done(error);
    const out = fs.createWriteStream(path);
    content.pipe(out);
    out.on('finish', done);
  });
}`),
      low,
    );
  });

  it('are none of theirs where their errors are heard: then it is left open for sure', () => {
    assert.deepEqual(
      weights(`export function fetchObject(bucket, key, path, done) {
  bucket.read(key, (error, content) => {
    if (error) return done(error);
    const out = fs.createWriteStream(path);
    content.on('error', done);
    content.pipe(out);
    out.on('finish', done);
  });
}`),
      ['medium handle/pipe-upstream-open'],
    );
  });

  it('are entries of an archive that only the disk may fail', () => {
    assert.deepEqual(
      weights(`export function unpack(archive, entry, path, done) {
  archive.openReadStream(entry, (error, content) => {
    if (error) return done(error);
    content.pipe(fs.createWriteStream(path)).on('close', done);
  });
}`),
      [],
    );
  });
});

describe('files that a function is told to send', () => {
  const sent = (call: string, by = ''): readonly string[] =>
    findingsOf(`${fs}import path from 'node:path';
const notFound = path.resolve('./pages/404.html');
const server = http.createServer((request, response) => {
  ${call};
});
${by}function send(response, file) {
  if (!file) file = notFound;
  fs.createReadStream(file).pipe(response);
}`).map(({ kind, severity }) => `${severity} ${kind}`);

  it('weigh little where the program names each of them', () => {
    for (const call of ['send(response, notFound)', "send(response, 'pages/about.html')", 'send(response)'])
      assert.deepEqual(sent(call), ['low handle/pipe-upstream-open'], call);
  });
  it('weigh more where who asks names one', () =>
    assert.deepEqual(sent('send(response, request.url)'), ['medium handle/pipe-upstream-open']));
  it('weigh more where another file may name one', () =>
    assert.deepEqual(sent('send(response, notFound)', 'export '), ['medium handle/pipe-upstream-open']));
});
