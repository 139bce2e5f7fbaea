import { samples } from '../expectLeaks';

samples(
  'beginnings that come to their handlers once, and handlers that are taken off in other ways',
  [
    {
      name: 'a second handler for each request',
      code: `import http from 'node:http';
http.createServer((request, response) => {
  process.once('message', () => {
    process.on('message', () => console.log(request.url)); // leak listener/emitter-on
  });
  response.end();
});`,
    },
    {
      name: 'a handler that gives its receiver up for one of its messages',
      code: `import WebSocket from 'ws';
export class Link {
  ask(url, done) {
    if (!this.conn) this.conn = new WebSocket(url); // leak handle/websocket
    this.conn.on('message', (text) => { // leak listener/emitter-on
      done(text);
      if (text === 'bye') this.conn = null;
    });
  }
}`,
      path: 'src/link.js',
    },
    {
      name: 'a lock that nothing gives back',
      code: `import lockfile from 'proper-lockfile';
export async function save(path: string, write: (path: string) => Promise<void>) {
  await lockfile.lock(path); // leak handle/lock-release-skipped
  await write(path);
}`,
    },
    {
      name: 'a child whose end is only noted',
      code: `import { type ChildProcess, fork } from 'node:child_process';
export class Job {
  child?: ChildProcess;
  run() {
    this.child = fork('job.js'); // leak handle/child-process
    this.child.on('exit', (code) => console.log('gone', code));
  }
}`,
    },
  ],
  [
    {
      name: 'a page that waits until it is there',
      code: `import { bus } from './bus';
export function init() {
  if (!document.body) {
    setTimeout(init, 50);
    return;
  }
  bus.on('update', (one) => draw(one));
}
export function boot() {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', boot);
    return;
  }
  bus.on('update', (one) => draw(one));
}
export function waitForMap() {
  if (window.map) window.map.on('click', (e) => pick(e));
  else setTimeout(() => waitForMap(), 100);
}`,
      path: 'src/init.js',
    },
    {
      name: 'a connection that is tried again until it is there',
      code: `import { redis } from './redis';
export async function connect() {
  try {
    await redis.connect();
  } catch {
    setTimeout(connect, 1000);
    return;
  }
  redis.on('message', (one) => handle(one));
}`,
      path: 'src/connect.js',
    },
    {
      name: 'topics that are noted, and a way out before for those',
      code: `import { bus } from './bus';
const seen = new Set();
bus.on('message', (message) => {
  if (seen.has(message.topic)) return;
  seen.add(message.topic);
  bus.on('ping', () => answer(message.topic));
});`,
      path: 'src/topics.js',
    },
    {
      name: 'signals that stop what was started',
      code: `import http from 'node:http';
let server;
export function start() {
  server = http.createServer();
  process.on('SIGINT', () => stop());
  process.on('SIGTERM', stop);
}
export function stop() {
  server.close();
}`,
      path: 'src/server.js',
    },
    {
      name: 'an answer that is kept and asked for again',
      code: `export class Settings {
  private config$: any;
  constructor(private readonly http: HttpClient) {}
  load() {
    if (!this.config$) this.config$ = this.http.get('/config').pipe(shareReplay(1));
    this.config$.subscribe((config) => this.take(config));
  }
  take(config: object) { console.debug(config); }
}`,
    },
    {
      name: 'a helper that takes them off',
      code: `import { bus } from './bus';
export function follow(item) {
  bus.on('change', (one) => {
    if (one !== item) return;
    paint(item);
  });
}
export function unfollow() {
  drop(bus);
}
function drop(emitter) {
  emitter.removeAllListeners('change');
}`,
      path: 'src/follow.js',
    },
    {
      name: 'an early way out that ends the receiver',
      code: `export class Query {
  constructor(connect) { this.conn = connect(); }
  read(id, done) {
    const note = (text) => console.log(text);
    this.conn.on('notice', note);
    this.conn.query(id, (error, rows) => {
      if (error) {
        this.conn.close();
        return done(error);
      }
      this.conn.off('notice', note);
      done(null, rows);
    });
  }
}`,
      path: 'src/query.js',
    },
    {
      name: 'objects that are data',
      code: `import { lamp } from './lamp';
export const on = () => lamp.on('kitchen', { fade: 200 });
export const off = () => lamp.off('kitchen', { fade: 200 });`,
      path: 'src/lamp.js',
    },
    {
      name: 'a command that is added to a client',
      code: `import { client } from './client';
export function addCommand(command) {
  client.on('interactionCreate', async (one) => {
    if (one.commandName !== command.name) return;
    await command.execute(one);
  });
}`,
      path: 'src/commands.js',
    },
    {
      name: 'a notifier that is taken out of the object',
      code: `import { Component } from '@angular/core';
import { interval, Subject, takeUntil } from 'rxjs';
@Component({ selector: 'a-clock', templateUrl: './clock.html' })
export class Clock {
  destroy$ = new Subject<void>();
  ngOnInit() {
    interval(10).pipe(takeUntil(this.destroy$)).subscribe(() => this.tick());
  }
  tick() { console.debug('tick'); }
  ngOnDestroy() {
    const { destroy$ } = this;
    destroy$.next();
  }
}`,
    },
    {
      name: 'a connection that tells whose end it was',
      code: `export class Feed {
  private socket: WebSocket | undefined;
  connect() {
    this.socket = new WebSocket('wss://feed');
    this.socket.addEventListener('close', (event) => {
      if (event.wasClean) return;
      setTimeout(() => this.connect(), 500);
    });
  }
  close() {
    this.socket?.close();
  }
}`,
    },
  ],
);
