import { samples } from '../expectLeaks';

const fs = "import fs from 'node:fs';\n";
const promises = "import { open } from 'node:fs/promises';\n";

samples(
  'handle/fs-descriptor',
  [
    {
      name: 'never closed',
      code: `${fs}export function size(path) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  return fs.fstatSync(fd).size;
}`,
    },
    {
      name: 'a dropped result',
      code: `${fs}export function touch(path) {
  fs.openSync(path, 'w'); // leak handle/fs-descriptor
}`,
    },
    {
      name: 'a call that throws between open and close',
      code: `${fs}export function config(path) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  const config = JSON.parse(fs.readFileSync(fd, 'utf8'));
  fs.closeSync(fd);
  return config;
}`,
    },
    {
      name: 'an early return',
      code: `${fs}export function head(path, buffer) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  try {
    if (fs.fstatSync(fd).size === 0) return undefined;
    fs.readSync(fd, buffer);
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
  fs.closeSync(fd);
  return buffer;
}`,
    },
    {
      name: 'continue in a loop',
      code: `${fs}export function sizes(paths) {
  const found = [];
  for (const path of paths) {
    let fd;
    try {
      fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
      if (path.endsWith('.tmp')) continue;
      found.push(fs.fstatSync(fd).size);
      fs.closeSync(fd);
    } catch (error) {
      if (fd !== undefined) fs.closeSync(fd);
    }
  }
  return found;
}`,
    },
    {
      name: 'a labelled break',
      code: `${fs}export function find(paths, words) {
  outer: for (const path of paths) {
    const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
    for (const word of words) if (word === path) break outer;
    fs.closeSync(fd);
  }
}`,
    },
    {
      name: 'a switch that leaves',
      code: `${fs}export function read(path, mode) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  switch (mode) {
    case 'none':
      return '';
    default:
      fs.closeSync(fd);
  }
}`,
    },
    {
      name: 'a swallowed exception',
      code: `const fs = require('fs');
function shebang(path) {
  const buffer = Buffer.alloc(150);
  try {
    const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
    fs.readSync(fd, buffer, 0, 150, 0);
    fs.closeSync(fd);
  } catch {}
  return buffer.toString();
}
module.exports = shebang;`,
    },
    {
      name: 'a variable that is assigned again',
      code: `${fs}export function two(a, b) {
  let fd = fs.openSync(a, 'r'); // leak handle/fs-descriptor
  fd = fs.openSync(b, 'r');
  fs.closeSync(fd);
}`,
    },
    {
      name: 'an error path of a callback',
      code: `${fs}export function size(path, callback) {
  fs.open(path, 'r', (error, fd) => { // leak handle/fs-descriptor
    if (error) return callback(error);
    fs.fstat(fd, (statError, stat) => {
      if (statError) return callback(statError);
      fs.close(fd, () => callback(null, stat.size));
    });
  });
}`,
    },
    {
      name: 'a callback that never closes',
      code: `${fs}export function size(path, callback) {
  fs.open(path, 'r', (error, fd) => { // leak handle/fs-descriptor
    if (error) return callback(error);
    fs.fstat(fd, (statError, stat) => callback(statError, stat));
  });
}`,
    },
    {
      name: 'a helper of this file that only reads',
      code: `${fs}function sizeOf(fd) {
  return fs.fstatSync(fd).size;
}
export function size(path) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  return sizeOf(fd);
}`,
    },
    {
      name: 'descriptors given to a child, which has its own copies',
      code: `${fs}import { spawn } from 'node:child_process';
export function run(command, log) {
  const out = fs.openSync(log, 'a'); // leak handle/fs-descriptor
  return spawn(command, { stdio: ['ignore', out, out] });
}`,
    },
    {
      name: 'closing the wrong descriptor',
      code: `${fs}export function write(path, failed, callback, other) {
  fs.open(path, 'w', (error, fd) => { // leak handle/fs-descriptor
    if (error) return callback(error);
    if (failed) {
      fs.close(other, callback);
      return;
    }
    fs.createWriteStream(path, { fd }).end('x');
  });
}`,
    },
    {
      name: 'the loser of a half-guarded close',
      code: `import * as fs from 'graceful-fs';
export function read(path, parse) {
  let fd;
  try {
    fd = fs.openSync(path); // leak handle/fs-descriptor
    const text = fs.readFileSync(fd, 'utf8');
    fs.closeSync(fd);
    return text;
  } catch (error) {
    return undefined;
  }
}`,
    },
    {
      name: 'a local function that throws',
      code: `${fs}function check(text) {
  if (!text) throw new Error('empty');
}
export function read(path) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  check(path);
  fs.closeSync(fd);
}`,
    },
    {
      name: 'a generator that its consumer may stop',
      code: `${fs}export function* lines(path, buffer) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  let more = true;
  while (more) {
    yield buffer;
    more = false;
  }
  fs.closeSync(fd);
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `${fs}export function config(path) {
  const fd = fs.openSync(path, 'r');
  try {
    return JSON.parse(fs.readFileSync(fd, 'utf8'));
  } finally {
    fs.closeSync(fd);
  }
}`,
    },
    {
      name: 'a guarded finally',
      code: `${fs}export function read(path, buffer) {
  let fd;
  try {
    fd = fs.openSync(path, 'r');
    fs.readSync(fd, buffer);
  } catch (error) {
    return undefined;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
  return buffer;
}`,
    },
    {
      name: 'guards by type, null and sign',
      code: `${fs}export function a(path, buffer) {
  let fd = -1;
  try { fd = fs.openSync(path); fs.readSync(fd, buffer); } finally { if (fd >= 0) fs.closeSync(fd); }
}
export function b(path, buffer) {
  let fd = null;
  try { fd = fs.openSync(path); fs.readSync(fd, buffer); } finally { if (fd != null) fs.closeSync(fd); }
}
export function c(path, buffer) {
  let fd;
  try { fd = fs.openSync(path); fs.readSync(fd, buffer); } finally { if (typeof fd === 'number') fs.closeSync(fd); }
}
export function d(path, buffer) {
  let fd;
  try { fd = fs.openSync(path); fs.readSync(fd, buffer); } finally { fd && fs.closeSync(fd); }
}`,
    },
    {
      name: 'a flag that says whether it is closed',
      code: `${fs}export function read(path) {
  const fd = fs.openSync(path, 'r');
  let closed = false;
  try {
    const text = fs.readFileSync(fd, 'utf8');
    fs.closeSync(fd);
    closed = true;
    return JSON.parse(text);
  } finally {
    if (!closed) fs.closeSync(fd);
  }
}`,
    },
    {
      name: 'the same condition around open and close',
      code: `${fs}export function log(path, useFile) {
  let fd = 1;
  if (useFile) fd = fs.openSync(path, 'a');
  console.log('ready');
  if (useFile) fs.closeSync(fd);
}`,
    },
    {
      name: 'close in catch and after',
      code: `${fs}export function read(path, buffer) {
  const fd = fs.openSync(path, 'r');
  try {
    fs.readSync(fd, buffer);
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
  fs.closeSync(fd);
  return buffer;
}`,
    },
    {
      name: 'returned, yielded, thrown to the caller in a bag',
      code: `${fs}export function a(path) { return fs.openSync(path); }
export function b(path) { const fd = fs.openSync(path); return { fd, path }; }
export function* c(path) { yield fs.openSync(path); }
export const d = (path) => fs.openSync(path);`,
    },
    {
      name: 'stored in a field, a map, a module variable',
      code: `${fs}const open = new Map();
let last;
export class Log {
  start(path) { const fd = fs.openSync(path, 'a'); this.fd = fd; }
  stop() { fs.closeSync(this.fd); }
}
export function a(path) { if (!open.has(path)) open.set(path, fs.openSync(path)); }
export function c(path) { last = fs.openSync(path); return () => fs.closeSync(last); }
export function z(path) { fs.closeSync(open.get(path)); open.delete(path); }`,
    },
    {
      name: 'a stream over it',
      code: `${fs}import { pipeline } from 'node:stream';
export function send(path, response) {
  const fd = fs.openSync(path, 'r');
  pipeline(fs.createReadStream(path, { fd }), response, () => {});
}`,
    },
    {
      name: 'a returned clean-up and an escaping closure',
      code: `${fs}export function logger(path) {
  const fd = fs.openSync(path, 'a');
  return { write: (line) => fs.writeSync(fd, line), close: () => fs.closeSync(fd) };
}
export function writer(path) {
  const fd = fs.openSync(path, 'a');
  return (line) => fs.writeSync(fd, line);
}`,
    },
    {
      name: 'a helper of this file that closes',
      code: `${fs}function finish(fd, done) {
  fs.close(fd, done);
}
export function touch(path, done) {
  const fd = fs.openSync(path, 'w');
  finish(fd, done);
}`,
    },
    {
      name: 'a local clean-up function',
      code: `${fs}export function read(path, callback) {
  fs.open(path, 'r', (error, fd) => {
    if (error) return callback(error);
    const done = (failure, value) => fs.close(fd, () => callback(failure, value));
    fs.fstat(fd, (statError, stat) => {
      if (statError) return done(statError);
      done(null, stat.size);
    });
  });
}`,
    },
    {
      name: 'handed to an unknown function',
      code: `${fs}import { take } from './owner';
export function start(path) {
  const fd = fs.openSync(path, 'r');
  take(fd);
}`,
    },
    {
      name: 'resolved',
      code: `${fs}export function openFile(path) {
  return new Promise((resolve, reject) => {
    fs.open(path, 'r', (error, fd) => {
      if (error) reject(error);
      else resolve(fd);
    });
  });
}`,
    },
    {
      name: 'a callback without a handle on error',
      code: `${fs}export function touch(path, callback) {
  fs.open(path, 'a', (error, fd) => {
    if (error) {
      callback(error);
    } else {
      fs.close(fd, callback);
    }
  });
}`,
    },
    {
      name: 'once per process',
      code: `${fs}const fd = fs.openSync('log.txt', 'a');
fs.writeSync(fd, 'started');`,
    },
    {
      name: 'the end of the process',
      code: `${fs}export function check(path, buffer) {
  const fd = fs.openSync(path, 'r');
  const read = buffer.length;
  if (read === 0) process.exit(1);
  fs.closeSync(fd);
}`,
    },
    {
      name: 'logging between open and close',
      code: `${fs}import path from 'node:path';
export function touch(file, names) {
  const fd = fs.openSync(file, 'w');
  console.log('opened', String(fd), path.join(file, '..'), Math.max(1, 2), JSON.stringify(names.map((name) => name.trim())));
  fs.closeSync(fd);
}`,
    },
    {
      name: 'a local name that is no fs',
      code: `const fs = { openSync: (path) => path };
export function a(path) { const fd = fs.openSync(path); console.log(fd); }`,
    },
    {
      name: 'a name that shadows the import',
      code: `${fs}export function a(fs, path) { const fd = fs.openSync(path); console.log(fd); }`,
    },
    {
      name: 'one of two sources',
      code: `${fs}export function write(target, text) {
  const fd = typeof target === 'number' ? target : fs.openSync(target, 'w');
  try {
    fs.writeSync(fd, text);
  } finally {
    if (typeof target !== 'number') fs.closeSync(fd);
  }
}`,
    },
    {
      name: 'code in a string',
      code: `export const text = "const fd = fs.openSync(path)";`,
    },
  ],
);

samples(
  'handle/fs-filehandle',
  [
    {
      name: 'never closed',
      code: `${promises}export async function size(path) {
  const file = await open(path); // leak handle/fs-filehandle
  return (await file.stat()).size;
}`,
    },
    {
      name: 'an await that rejects',
      code: `${promises}export async function header(path) {
  const file = await open(path); // leak handle/fs-filehandle
  const { buffer } = await file.read({ length: 16 });
  await file.close();
  return buffer;
}`,
    },
    {
      name: 'an early return',
      code: `import { promises as fs } from 'fs';
export async function header(path, wanted) {
  const file = await fs.open(path, 'r'); // leak handle/fs-filehandle
  if (!wanted) return undefined;
  await file.close();
  return path;
}`,
    },
    {
      name: 'a then callback that never closes',
      code: `import fs from 'fs';
export function size(path) {
  return fs.promises.open(path).then((file) => file.stat()); // leak handle/fs-filehandle
}`,
    },
    {
      name: 'an async generator without finally',
      code: `${promises}export async function* chunks(path) {
  const file = await open(path); // leak handle/fs-filehandle
  for (;;) {
    const { bytesRead, buffer } = await file.read();
    if (bytesRead === 0) break;
    yield buffer;
  }
  await file.close();
}`,
    },
    {
      name: 'an open that rejects before the try',
      code: `${promises}export async function copy(a, b) {
  const from = await open(a); // leak handle/fs-filehandle
  const to = await open(b, 'w');
  try {
    await to.write(await from.readFile());
  } finally {
    await from.close();
    await to.close();
  }
}`,
    },
    {
      name: 'each round of a loop',
      code: `${promises}export async function all(paths) {
  for (const path of paths) {
    const file = await open(path); // leak handle/fs-filehandle
    console.log(file.fd);
  }
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `${promises}export async function header(path) {
  const file = await open(path);
  try {
    return (await file.read({ length: 16 })).buffer;
  } finally {
    await file.close();
  }
}`,
    },
    {
      name: 'an optional call in finally',
      code: `${promises}export async function header(path) {
  let file;
  try {
    file = await open(path);
    return await file.readFile();
  } finally {
    await file?.close();
  }
}`,
    },
    {
      name: 'await using',
      code: `${promises}export async function header(path) {
  await using file = await open(path);
  return await file.readFile();
}`,
    },
    {
      name: 'a stream that closes it',
      code: `${promises}export async function send(path, response) {
  const file = await open(path);
  file.createReadStream().pipe(response);
}`,
    },
    {
      name: 'promise finally',
      code: `${promises}export function header(path) {
  return open(path).then((file) => file.readFile().finally(() => file.close()));
}`,
    },
    {
      name: 'returned, also as a promise',
      code: `${promises}export async function a(path) { const file = await open(path); return file; }
export function b(path) { return open(path); }
export function c(path) { const opening = open(path); return opening; }
export function d(path) { return open(path).then((file) => ({ file })); }`,
    },
    {
      name: 'kept by an owner',
      code: `${promises}export class Journal {
  async start(path) { this.file = await open(path, 'a'); }
  async stop() { await this.file.close(); }
}`,
    },
    {
      name: 'an async generator with finally',
      code: `${promises}export async function* chunks(path) {
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read();
      if (bytesRead === 0) break;
      yield buffer;
    }
  } finally {
    await file.close();
  }
}`,
    },
    {
      name: 'an exit stack of clean-ups',
      code: `${promises}export async function work(path) {
  const cleanups = [];
  const file = await open(path);
  cleanups.push(() => file.close());
  try {
    await file.readFile();
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}`,
    },
    {
      name: 'an open of something else',
      code: `import open from 'open';
export async function show(url) { const child = await open(url); console.log(child.pid); }`,
    },
  ],
);

samples(
  'handle/fs-watch',
  [
    {
      name: 'dropped in an exported function',
      code: `${fs}export function onChange(path, update) {
  fs.watch(path, update); // leak handle/fs-watch
}`,
    },
    {
      name: 'kept in a local nobody closes',
      code: `${fs}export function onChange(path, update) {
  const watcher = fs.watch(path); // leak handle/fs-watch
  watcher.on('change', update);
}`,
    },
    {
      name: 'a class that forgets it',
      code: `${fs}export class Reloader {
  constructor(path) {
    this.watcher = fs.watch(path, () => this.reload()); // leak handle/fs-watch
    this.timer = setInterval(() => this.reload(), 1000);
  }
  reload() {}
  dispose() { clearInterval(this.timer); }
}`,
    },
  ],
  [
    {
      name: 'returned closer',
      code: `${fs}export function onChange(path, update) {
  const watcher = fs.watch(path, update);
  return () => watcher.close();
}`,
    },
    {
      name: 'a signal',
      code: `${fs}export function onChange(path, update, signal) {
  fs.watch(path, { signal }, update);
}`,
    },
    {
      name: 'module level and main',
      code: `${fs}fs.watch('.', () => {});
export function main() { fs.watch('.', () => {}); }`,
    },
    {
      name: 'closed at its first event',
      code: `${fs}export function once(path, update) {
  const watcher = fs.watch(path, () => {
    watcher.close();
    update();
  });
}`,
    },
  ],
);

samples(
  'handle/chokidar-watcher',
  [
    {
      name: 'dropped with listeners',
      code: `import chokidar from 'chokidar';
export function onChange(path, update) {
  chokidar.watch(path).on('change', update).on('add', update); // leak handle/chokidar-watcher
}`,
    },
    {
      name: 'a local nobody closes',
      code: `const chokidar = require('chokidar');
exports.onChange = function (path, update) {
  const watcher = chokidar.watch(path, { ignoreInitial: true }); // leak handle/chokidar-watcher
  watcher.on('all', update);
};`,
    },
    {
      name: 'per request',
      code: `import { watch } from 'chokidar';
import { app } from './app';
app.get('/events', (request, response) => {
  const watcher = watch(request.query.path); // leak handle/chokidar-watcher
  watcher.on('change', (path) => response.write(path));
});`,
    },
  ],
  [
    {
      name: 'closed when the request ends',
      code: `import { watch } from 'chokidar';
import { app } from './app';
app.get('/events', (request, response) => {
  const watcher = watch(request.query.path);
  watcher.on('change', (path) => response.write(path));
  request.on('close', () => watcher.close());
});`,
    },
    {
      name: 'returned',
      code: `import chokidar from 'chokidar';
export function onChange(path, update) {
  return chokidar.watch(path).on('change', update);
}`,
    },
    {
      name: 'given to a disposer',
      code: `import chokidar from 'chokidar';
export function onChange(path, update, toDispose) {
  const watcher = chokidar.watch(path);
  watcher.on('change', update);
  toDispose.push({ dispose: () => watcher.close() });
}`,
    },
  ],
);
