import { samples } from '../expectLeaks';

samples(
  'handle/net-socket',
  [
    {
      name: 'never ended',
      code: `import net from 'node:net';
export function ping(host) {
  const socket = net.connect(80, host); // leak handle/net-socket
  socket.on('connect', () => console.log('up'));
}`,
    },
    {
      name: 'dropped after listeners',
      code: `import * as tls from 'node:tls';
export function probe(host, report) {
  tls.connect(443, host).on('secureConnect', () => report(true)).on('error', () => report(false)); // leak handle/net-socket
}`,
    },
    {
      name: 'destroyed only on error',
      code: `const net = require('net');
exports.isOpen = (port) =>
  new Promise((resolve) => {
    const socket = net.createConnection(port); // leak handle/net-socket
    socket.on('error', () => socket.destroy());
    socket.on('connect', () => resolve(true));
  });`,
    },
    {
      name: 'a socket object that connects',
      code: `import { Socket } from 'node:net';
export function isOpen(port, report) {
  const socket = new Socket(); // leak handle/net-socket
  socket.connect(port, () => report(true));
}`,
    },
  ],
  [
    {
      name: 'ended, destroyed, timed out',
      code: `import net from 'node:net';
export function a(host) { const socket = net.connect(80, host); socket.on('connect', () => socket.end()); }
export function b(host) { const socket = net.connect(80, host, () => { socket.destroy(); }); }
export function c(host) { const socket = net.connect(80, host); socket.setTimeout(1000, () => socket.destroy()); }`,
    },
    {
      name: 'handed over',
      code: `import net from 'node:net';
export function a(host) { return net.connect(80, host); }
export function b(host, agent) { const socket = net.connect(80, host); agent.use(socket); }
export class Client { open(host) { this.socket = net.connect(80, host); } close() { this.socket.end(); } }`,
    },
    {
      name: 'piped both ways',
      code: `import net from 'node:net';
export function forward(client, port) {
  const upstream = net.connect(port);
  client.pipe(upstream).pipe(client);
}`,
    },
    {
      name: 'a handler that ends its receiver',
      code: `import net from 'node:net';
export function send(host, text) {
  net.connect(80, host).on('connect', function () { this.end(text); });
}`,
    },
    {
      name: 'a socket that never connects',
      code: `import { Socket } from 'node:net';
export function isSocket(value) { const socket = new Socket(); return Object.keys(socket).includes(value); }`,
    },
  ],
);

samples(
  'handle/http-server',
  [
    {
      name: 'each call of an exported function',
      code: `import http from 'node:http';
export function preview(page) {
  const server = http.createServer((request, response) => response.end(page)); // leak handle/http-server
  server.listen(0);
}`,
    },
    {
      name: 'dropped at once',
      code: `import { createServer } from 'node:net';
export function echo(port) {
  createServer((socket) => socket.pipe(socket)).listen(port); // leak handle/http-server
}`,
    },
    {
      name: 'per event',
      code: `import http from 'node:http';
import { bus } from './bus';
bus.on('preview', (page) => {
  http.createServer((request, response) => response.end(page)).listen(0); // leak handle/http-server
});`,
    },
  ],
  [
    {
      name: 'returned or closed',
      code: `import http from 'node:http';
export function a(page) { const server = http.createServer((request, response) => response.end(page)); server.listen(0); return server; }
export function b(page) { const server = http.createServer((request, response) => response.end(page)); server.listen(0); return () => server.close(); }
export function c(page) { return http.createServer().listen(0); }`,
    },
    {
      name: 'closed by the port finder it serves',
      code: `import net from 'node:net';
export function freePort(done) {
  const server = net.createServer();
  server.listen(0, () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
}`,
    },
    {
      name: 'module level, main, start',
      code: `import http from 'node:http';
http.createServer().listen(80);
export function main() { const server = http.createServer(); server.listen(80); }
export function startServer() { const server = http.createServer(); server.listen(80); }`,
    },
    {
      name: 'a server that never listens',
      code: `import http from 'node:http';
export function inject(app, request) { const server = http.createServer(app); server.emit('request', request); }`,
    },
  ],
);

samples(
  'handle/child-process',
  [
    {
      name: 'a forked child nobody ends',
      code: `import { fork } from 'node:child_process';
export function render(job) {
  const child = fork('renderer.js'); // leak handle/child-process
  child.send(job);
}`,
    },
    {
      name: 'a class whose teardown forgets it',
      code: `import { spawn } from 'node:child_process';
export class Server {
  constructor() {
    this.child = spawn('server'); // leak handle/child-process
    this.timer = setInterval(() => this.check(), 1000);
  }
  check() {}
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'per request',
      code: `import cp from 'node:child_process';
import { app } from './app';
app.post('/jobs', (request, response) => {
  const worker = cp.fork('worker.js'); // leak handle/child-process
  worker.send(request.body);
  response.end();
});`,
    },
  ],
  [
    {
      name: 'commands that end by themselves',
      code: `import { exec, execFile, spawn } from 'node:child_process';
export function a() { exec('ls', () => {}); }
export function b() { execFile('ls', [], () => {}); }
export function c() { spawn('ls'); }
export function d() { const child = spawn('ls'); child.on('error', console.error); }
export function e() { const child = spawn('ls', { stdio: 'inherit' }); return new Promise((resolve) => child.on('close', resolve)); }`,
    },
    {
      name: 'killed, watched, timed out, handed over',
      code: `import { fork } from 'node:child_process';
export function a(job) { const child = fork('x.js'); child.send(job); child.once('message', () => child.kill()); }
export function b(job) { const child = fork('x.js'); child.send(job); child.on('exit', () => console.log('done')); }
export function c(job) { const child = fork('x.js', { timeout: 1000 }); child.send(job); }
export function d() { return fork('x.js'); }
export function e(pool) { const child = fork('x.js'); pool.add(child); }
export function f(job) { fork('x.js'); }`,
    },
    {
      name: 'ended through its input or its process id',
      code: `import { spawn } from 'node:child_process';
import treeKill from 'tree-kill';
export class A { start() { this.child = spawn('x'); } stop() { this.child.stdin.end(); } }
export class B { start() { this.child = spawn('x'); } stop() { treeKill(this.child.pid); } }`,
    },
  ],
);

samples(
  'handle/worker-thread',
  [
    {
      name: 'never terminated',
      code: `import { Worker } from 'node:worker_threads';
export function resize(image) {
  const worker = new Worker('./resize.js'); // leak handle/worker-thread
  worker.postMessage(image);
}`,
    },
    {
      name: 'per request',
      code: `import { Worker } from 'worker_threads';
import { app } from './app';
app.post('/hash', (request, response) => {
  const worker = new Worker('./hash.js'); // leak handle/worker-thread
  worker.postMessage(request.body);
  response.end();
});`,
    },
    {
      name: 'a class whose teardown forgets it',
      code: `const { Worker } = require('worker_threads');
class Pool {
  constructor() {
    this.worker = new Worker('./pool.js'); // leak handle/worker-thread
    this.timer = setInterval(() => this.worker.postMessage('tick'), 1000);
  }
  dispose() { clearInterval(this.timer); }
}
module.exports = Pool;`,
    },
  ],
  [
    {
      name: 'terminated, watched, returned',
      code: `import { Worker } from 'node:worker_threads';
export function a(job) { const worker = new Worker('./a.js'); worker.postMessage(job); worker.once('message', () => worker.terminate()); }
export function b(job) { const worker = new Worker('./a.js', { workerData: job }); return new Promise((resolve) => worker.on('exit', resolve)); }
export function c() { return new Worker('./a.js'); }`,
    },
  ],
);
