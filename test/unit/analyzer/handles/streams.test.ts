import { samples } from '../expectLeaks';

const fs = "import fs from 'node:fs';\n";

samples(
  'handle/read-stream',
  [
    {
      name: 'an early return before it is piped',
      code: `${fs}export function send(path, request, response) {
  const stream = fs.createReadStream(path); // leak handle/read-stream
  if (request.method === 'HEAD') return response.end();
  stream.pipe(response);
}`,
    },
    {
      name: 'never consumed',
      code: `${fs}export function check(path) {
  const stream = fs.createReadStream(path); // leak handle/read-stream
  stream.on('error', (error) => console.error(error));
}`,
    },
    {
      name: 'an await that rejects before it is piped',
      code: `${fs}export async function upload(path, client) {
  const stream = fs.createReadStream(path); // leak handle/read-stream
  const target = await client.open();
  stream.pipe(target);
}`,
    },
    {
      name: 'dropped',
      code: `${fs}export function warm(path) {
  fs.createReadStream(path); // leak handle/read-stream
}`,
    },
  ],
  [
    {
      name: 'piped at once, and destroyed with its target',
      code: `${fs}export function send(path, response) {
  const stream = fs.createReadStream(path);
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}`,
    },
    {
      name: 'pipeline and for await',
      code: `${fs}import { pipeline } from 'node:stream/promises';
export async function copy(a, b) { await pipeline(fs.createReadStream(a), fs.createWriteStream(b)); }
export async function count(path) {
  let size = 0;
  for await (const chunk of fs.createReadStream(path)) size += chunk.length;
  const again = fs.createReadStream(path);
  for await (const chunk of again) size += chunk.length;
  return size;
}`,
    },
    {
      name: 'a data listener, also after a handler of errors',
      code: `${fs}export function hash(path, digest, done) {
  const stream = fs.createReadStream(path).on('error', done);
  stream.on('data', (chunk) => digest.update(chunk));
  stream.on('end', () => done(null, digest.digest('hex')));
}`,
    },
    {
      name: 'destroyed on the early way out',
      code: `${fs}export function send(path, request, response) {
  const stream = fs.createReadStream(path);
  if (request.method === 'HEAD') {
    stream.destroy();
    return response.end();
  }
  stream.pipe(response);
}`,
    },
    {
      name: 'an upload library that takes it',
      code: `${fs}export function put(s3, path) {
  const body = { Body: fs.createReadStream(path) };
  return s3.putObject(body);
}`,
    },
    {
      name: 'input of a line reader',
      code: `${fs}import readline from 'node:readline';
export async function lines(path) {
  const reader = readline.createInterface({ input: fs.createReadStream(path) });
  const found = [];
  for await (const line of reader) found.push(line);
  return found;
}`,
    },
    {
      name: 'a target that is made after it',
      code: `${fs}export function send(path, target) { const stream = fs.createReadStream(path); const out = target.make(); stream.pipe(out); }`,
    },
  ],
);

samples(
  'handle/write-stream',
  [
    {
      name: 'never ended',
      code: `${fs}export function save(path, lines) {
  const out = fs.createWriteStream(path); // leak handle/write-stream
  for (const line of lines) out.write(line);
}`,
    },
    {
      name: 'ended only on error',
      code: `${fs}export function save(path, text) {
  const out = fs.createWriteStream(path); // leak handle/write-stream
  out.on('error', () => out.destroy());
  out.write(text);
}`,
    },
    {
      name: 'a rejected fetch between open and end',
      code: `${fs}export async function download(url, path) {
  const out = fs.createWriteStream(path); // leak handle/write-stream
  const response = await fetch(url);
  out.end(await response.text());
}`,
    },
    {
      name: 'an early return',
      code: `${fs}export function save(path, rows) {
  const out = fs.createWriteStream(path); // leak handle/write-stream
  if (rows.length === 0) return;
  for (const row of rows) out.write(row);
  out.end();
}`,
    },
    {
      name: 'a class whose teardown forgets it',
      code: `${fs}export class Log {
  constructor(path) {
    this.out = fs.createWriteStream(path); // leak handle/write-stream
    this.timer = setInterval(() => this.out.write('.'), 1000);
  }
  dispose() { clearInterval(this.timer); }
}`,
    },
  ],
  [
    {
      name: 'ended',
      code: `${fs}export function save(path, lines) {
  const out = fs.createWriteStream(path);
  for (const line of lines) out.write(line);
  out.end();
}`,
    },
    {
      name: 'target of a pipe and of a pipeline',
      code: `${fs}import { pipeline } from 'node:stream';
export function a(path) { make(path).pipe(fs.createWriteStream(path)); }
export function b(source, path, done) { const out = fs.createWriteStream(path); source.on('close', () => out.end()); source.pipe(out); out.on('finish', done); }
export function c(source, path, done) { const out = fs.createWriteStream(path); pipeline(source, out, done); }`,
    },
    {
      name: 'ended by an event',
      code: `${fs}export function record(source, path) {
  const out = fs.createWriteStream(path);
  source.on('data', (chunk) => out.write(chunk));
  source.on('end', () => out.end());
}`,
    },
    {
      name: 'a promise around it',
      code: `${fs}export function save(path, text) {
  return new Promise((resolve, reject) => {
    const out = fs.createWriteStream(path);
    out.on('error', reject);
    out.on('finish', resolve);
    out.write(text);
    out.end();
  });
}`,
    },
    {
      name: 'a logger that lives on',
      code: `${fs}export function createLogger(path) {
  const out = fs.createWriteStream(path, { flags: 'a' });
  return { log: (line) => out.write(line) };
}`,
    },
    {
      name: 'given to a constructor',
      code: `${fs}export function createConsole(path) {
  const out = fs.createWriteStream(path);
  return new console.Console(out);
}`,
    },
    {
      name: 'at module level',
      code: `${fs}const access = fs.createWriteStream('access.log', { flags: 'a' });
access.write('started');`,
    },
  ],
);

samples(
  'handle/readline-interface',
  [
    {
      name: 'a question that leaves it open',
      code: `import readline from 'node:readline';
export function ask(question) {
  const lines = readline.createInterface({ input: process.stdin, output: process.stdout }); // leak handle/readline-interface
  return new Promise((resolve) => lines.question(question, resolve));
}`,
    },
    {
      name: 'positional arguments',
      code: `const { createInterface } = require('readline');
exports.confirm = function (text, callback) {
  const lines = createInterface(process.stdin, process.stdout); // leak handle/readline-interface
  lines.question(text, (answer) => callback(answer === 'y'));
};`,
    },
    {
      name: 'lines that are read for ever, per call',
      code: `import { createInterface } from 'node:readline';
export function collect(lines) {
  createInterface({ input: process.stdin }).on('line', (line) => lines.push(line)); // leak handle/readline-interface
}`,
    },
  ],
  [
    {
      name: 'closed with the answer',
      code: `import readline from 'node:readline';
export function ask(question) {
  const lines = readline.createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) =>
    lines.question(question, (answer) => {
      lines.close();
      resolve(answer);
    }),
  );
}`,
    },
    {
      name: 'an input that ends',
      code: `import fs from 'node:fs';
import readline from 'node:readline';
export function each(path, visit) {
  const lines = readline.createInterface({ input: fs.createReadStream(path) });
  lines.on('line', visit);
}`,
    },
    {
      name: 'iterated',
      code: `import readline from 'node:readline';
export async function all() {
  const found = [];
  for await (const line of readline.createInterface({ input: process.stdin })) found.push(line);
  return found;
}`,
    },
    {
      name: 'the main loop of a tool',
      code: `import readline from 'node:readline';
const lines = readline.createInterface({ input: process.stdin });
lines.on('line', (line) => console.log(line));`,
    },
  ],
);

samples(
  'handle/pipe-upstream-open',
  [
    {
      name: 'a download whose client goes away',
      code: `${fs}export function send(path, response) {
  fs.createReadStream(path).pipe(response); // leak handle/pipe-upstream-open
}`,
    },
    {
      name: 'a compressed download, with a handler of its own errors only',
      code: `${fs}import zlib from 'node:zlib';
export function send(request, response) {
  const file = fs.createReadStream(request.path); // leak handle/pipe-upstream-open
  file.on('error', () => response.destroy());
  file.pipe(zlib.createGzip()).pipe(response);
}`,
    },
    {
      name: 'an upload that is cut off',
      code: `${fs}export function receive(request, path) {
  return new Promise((resolve, reject) => {
    const out = fs.createWriteStream(path); // leak handle/pipe-upstream-open
    out.on('finish', resolve);
    out.on('error', reject);
    request.pipe(out);
  });
}`,
    },
    {
      name: 'an archive whose failure only rejects',
      code: `${fs}export function pack(files, path) {
  return new Promise((resolve, reject) => {
    const archive = archiver('zip');
    const out = fs.createWriteStream(path); // leak handle/pipe-upstream-open
    archive.on('error', (error) => reject(error));
    out.on('close', resolve);
    archive.pipe(out);
    for (const file of files) archive.file(file);
    archive.finalize();
  });
}`,
    },
  ],
  [
    {
      name: 'pipeline',
      code: `${fs}import { pipeline } from 'node:stream';
export function send(path, response, done) { pipeline(fs.createReadStream(path), response, done); }`,
    },
    {
      name: 'ended by a handler of the other end',
      code: `${fs}export function receive(request, path) {
  const out = fs.createWriteStream(path);
  request.on('aborted', () => out.destroy());
  request.pipe(out);
}`,
    },
    {
      name: 'the standard output',
      code: `${fs}export function show(path) { fs.createReadStream(path).pipe(process.stdout); }`,
    },
    {
      name: 'a stream that others are given too',
      code: `${fs}import { finished } from 'node:stream';
export function send(path, response) {
  const stream = fs.createReadStream(path);
  finished(response, () => stream.destroy());
  stream.pipe(response);
}`,
    },
    { name: 'a pipe between streams of the caller', code: `export function join(a, b) { a.pipe(b); }` },
  ],
);

const http = "import http from 'node:http';\n";
samples(
  'handle/settled-without-close',
  [
    {
      name: 'a handler that only logs',
      code: `${http}export function serve(log) {
  const server = http.createServer();
  server.on('clientError', (error, socket) => { // leak handle/settled-without-close
    log(error.message);
  });
  return server;
}`,
    },
    {
      name: 'a server of unknown type',
      code: `export function watch(server, log) { server.on('clientError', (error, socket) => log(error)); // leak handle/settled-without-close
}`,
    },
    {
      name: 'a TLS server, on some errors',
      code: `import tls from 'node:tls';
const server = tls.createServer();
server.on('tlsClientError', (error, socket) => { // leak handle/settled-without-close
  if (error.code !== 'ECONNRESET') console.warn(error, socket.remoteAddress);
});
server.listen(443);`,
    },
  ],
  [
    {
      name: 'ended with an answer',
      code: `${http}export function serve() {
  const server = http.createServer();
  server.on('clientError', (error, socket) => { socket.end('HTTP/1.1 400 Bad Request\\r\\n\\r\\n'); });
  return server;
}`,
    },
    {
      name: 'handed on',
      code: `export function watch(server, refuse) { server.on('clientError', (error, socket) => refuse(error, socket)); }`,
    },
    {
      name: 'destroyed',
      code: `export function watch(server) { server.on('clientError', (error, socket) => { socket.destroy(error); }); }`,
    },
  ],
);
