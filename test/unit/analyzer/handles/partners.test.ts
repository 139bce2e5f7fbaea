import { samples } from '../expectLeaks';

samples(
  'a server that another one only listens on',
  [
    {
      name: 'a local one, in a class whose stop ends the other',
      code: `
import http from 'node:http';
import { WebSocketServer } from 'ws';
export class Reloader {
  start(port: number) {
    const server = http.createServer(); // leak handle/http-server
    this.sockets = new WebSocketServer({ server });
    server.listen(port);
  }
  stop() {
    this.sockets.close();
  }
}`,
    },
    {
      name: 'one of two kinds, in the executor of a promise',
      path: 'src/live.js',
      code: `
const http = require('http');
const https = require('https');
const WebSocket = require('ws');
exports.live = function live(options) {
  return new Promise((resolve) => {
    let server;
    if (options.key) server = https.createServer(options); // leak handle/http-server
    else server = http.createServer(); // leak handle/http-server
    const sockets = new WebSocket.Server({ server: server, path: '/live' });
    server.listen(options.port, () => resolve(sockets));
  });
};`,
    },
    {
      name: 'a field that the teardown leaves',
      code: `
import { createServer } from 'node:http';
import { Server } from 'ws';
export class Hub {
  start(port: number) {
    this.http = createServer(); // leak handle/http-server
    this.sockets = new Server({ server: this.http });
    this.http.listen(port);
  }
  dispose() {
    this.sockets.close();
  }
}`,
    },
  ],
  [
    {
      name: 'one that the stop closes, too',
      code: `
import http from 'node:http';
import { WebSocketServer } from 'ws';
export class Reloader {
  start(port: number) {
    this.server = http.createServer();
    this.sockets = new WebSocketServer({ server: this.server });
    this.server.listen(port);
  }
  stop() {
    this.sockets.close();
    this.server.close();
  }
}`,
    },
    {
      name: 'one that is returned',
      code: `
import http from 'node:http';
import { WebSocketServer } from 'ws';
export function live(port: number) {
  const server = http.createServer();
  const sockets = new WebSocketServer({ server });
  return { sockets, server: server.listen(port) };
}`,
    },
    {
      name: 'one that ends with what it is given to',
      code: `
import http from 'node:http';
import { Server } from 'socket.io';
export function live(port: number) {
  const server = http.createServer();
  const io = new Server({ server });
  server.listen(port);
  return io;
}`,
    },
    {
      name: 'one that closes when the other does',
      code: `
import http from 'node:http';
import { WebSocketServer } from 'ws';
export function live(port: number) {
  const server = http.createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('close', () => server.close());
  server.listen(port);
  return sockets;
}`,
    },
  ],
);

samples(
  'a source of a pipe that is opened only where a path is given',
  [
    {
      name: 'a variable that an outer function declares',
      path: 'src/put.js',
      code: `
const fs = require('fs');
exports.put = function put(session, given, remote) {
  let source;
  return new Promise((resolve, reject) => {
    const target = session.createWriteStream(remote);
    target.once('error', (error) => reject(error));
    target.once('close', () => resolve(remote));
    source = typeof given === 'string' ? fs.createReadStream(given) : given; // leak handle/pipe-upstream-open
    source.pipe(target);
  });
};`,
    },
    {
      name: 'a branch for each',
      code: `
import fs from 'node:fs';
export function send(given: string | NodeJS.ReadableStream, upload: NodeJS.WritableStream, done: (error?: Error) => void) {
  let source: NodeJS.ReadableStream;
  if (typeof given === 'string') {
    source = fs.createReadStream(given); // leak handle/pipe-upstream-open
  } else {
    source = given;
  }
  source.on('error', done);
  source.pipe(upload).on('error', done).on('finish', () => done());
}`,
    },
    {
      name: 'nothing at first',
      code: `
import { createReadStream } from 'node:fs';
export class Mailer {
  attach(part: { path: string }, out: NodeJS.WritableStream, failed: (error: Error) => void) {
    let file = null;
    out.on('error', failed);
    file = createReadStream(part.path); // leak handle/pipe-upstream-open
    file.pipe(out);
  }
}`,
    },
  ],
  [
    {
      name: 'destroyed when the target fails',
      path: 'src/put.js',
      code: `
const fs = require('fs');
exports.put = function put(session, given, remote) {
  let source;
  return new Promise((resolve, reject) => {
    const target = session.createWriteStream(remote);
    target.once('error', (error) => {
      if (typeof given === 'string') source.destroy();
      reject(error);
    });
    source = typeof given === 'string' ? fs.createReadStream(given) : given;
    source.pipe(target);
  });
};`,
    },
    {
      name: 'given to somebody else',
      code: `
import fs from 'node:fs';
import { watchOver } from './streams';
export function send(given: string, upload: NodeJS.WritableStream) {
  let source: NodeJS.ReadableStream;
  source = fs.createReadStream(given);
  watchOver(source, upload);
  source.pipe(upload).on('error', console.error);
}`,
    },
    {
      name: 'a variable that gets what another call makes of it',
      code: `
import fs from 'node:fs';
import { limited } from './streams';
export function send(given: string, upload: NodeJS.WritableStream) {
  let source: NodeJS.ReadableStream = fs.createReadStream(given);
  source = limited(source);
  source.pipe(upload).on('error', console.error);
}`,
    },
  ],
);
