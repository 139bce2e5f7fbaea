import { samples } from '../expectLeaks';

samples(
  'handle/peer-connection',
  [
    {
      name: 'a record of a closure',
      path: 'src/calls.js',
      code: `export function createCalls(send) {
  const calls = {};
  function call(who) {
    const line = new RTCPeerConnection(); // leak handle/peer-connection
    line.onicecandidate = (event) => send(who, event.candidate);
    calls[who] = line;
  }
  function forget(who) {
    delete calls[who];
    send(who, 'bye');
  }
  function closeAll() {
    for (const line of Object.values(calls)) line.close();
  }
  return { call, forget, closeAll };
}`,
    },
  ],
  [
    {
      name: 'closed where it is taken out',
      path: 'src/calls.js',
      code: `export function createCalls(send) {
  const calls = {};
  function call(who) {
    const line = new RTCPeerConnection();
    calls[who] = line;
  }
  function forget(who) {
    calls[who]?.close();
    delete calls[who];
  }
  function closeAll() {
    for (const line of Object.values(calls)) line.close();
  }
  return { call, forget, closeAll };
}`,
    },
    {
      name: 'taken out when it has failed',
      path: 'src/calls.js',
      code: `export function createCalls(send) {
  const calls = {};
  function call(who) {
    const line = new RTCPeerConnection();
    line.onconnectionstatechange = () => {
      if (line.connectionState === 'failed') forget(who);
    };
    calls[who] = line;
  }
  function forget(who) {
    delete calls[who];
  }
  function closeAll() {
    for (const line of Object.values(calls)) line.close();
  }
  return { call, closeAll };
}`,
    },
  ],
);

samples(
  'handle/websocket',
  [
    {
      name: 'a map of a class',
      code: `export class Rooms {
  private readonly sockets = new Map<string, WebSocket>();
  enter(room: string) {
    if (this.sockets.has(room)) return;
    const socket = new WebSocket('/rooms/' + room); // leak handle/websocket
    this.sockets.set(room, socket);
  }
  kick(room: string) {
    if (!this.sockets.has(room)) return;
    this.sockets.delete(room);
    console.log('kicked from', room);
  }
  dispose() {
    for (const socket of this.sockets.values()) socket.close();
    this.sockets.clear();
  }
}`,
    },
  ],
  [
    {
      name: 'ended by who calls it',
      code: `export class Rooms {
  private readonly sockets = new Map<string, WebSocket>();
  enter(room: string) {
    if (this.sockets.has(room)) return;
    this.sockets.set(room, new WebSocket('/rooms/' + room));
  }
  kick(room: string) {
    const socket = this.sockets.get(room);
    socket?.close();
    this.drop(room);
  }
  private drop(room: string) {
    this.sockets.delete(room);
  }
  dispose() {
    for (const socket of this.sockets.values()) socket.close();
  }
}`,
    },
    {
      name: 'given to who asks for it to be dropped',
      code: `export class Rooms {
  private readonly sockets = new Map<string, WebSocket>();
  enter(room: string) {
    if (this.sockets.has(room)) return;
    this.sockets.set(room, new WebSocket('/rooms/' + room));
  }
  release(room: string) {
    const socket = this.sockets.get(room);
    this.sockets.delete(room);
    return socket;
  }
  dispose() {
    for (const socket of this.sockets.values()) socket.close();
  }
}`,
    },
  ],
);

samples(
  'handle/fs-watch',
  [
    {
      name: 'a map of the module',
      code: `import fs from 'node:fs';
const watchers = new Map<string, fs.FSWatcher>();
export function follow(file: string, changed: () => void) {
  if (watchers.has(file)) return;
  watchers.set(file, fs.watch(file, changed)); // leak handle/fs-watch
}
export function ignore(file: string) {
  watchers.delete(file);
}
export function stopAll() {
  for (const watcher of watchers.values()) watcher.close();
  watchers.clear();
}`,
    },
  ],
  [
    {
      name: 'taken out by its own close',
      code: `import fs from 'node:fs';
const watchers = new Map<string, fs.FSWatcher>();
export function follow(file: string, changed: () => void) {
  if (watchers.has(file)) return;
  const watcher = fs.watch(file, changed);
  watcher.on('close', () => watchers.delete(file));
  watchers.set(file, watcher);
}
export function stopAll() {
  for (const watcher of watchers.values()) watcher.close();
}`,
    },
  ],
);

samples(
  'handle/image-bitmap',
  [
    {
      name: 'the oldest makes way',
      code: `export class Tiles {
  private readonly tiles = new Map<string, ImageBitmap>();
  async add(name: string, blob: Blob) {
    const tile = await createImageBitmap(blob); // leak handle/image-bitmap
    if (this.tiles.size > 99) {
      const oldest = this.tiles.keys().next().value;
      this.tiles.delete(oldest);
    }
    this.tiles.set(name, tile);
  }
  clear() {
    for (const tile of this.tiles.values()) tile.close();
    this.tiles.clear();
  }
}`,
    },
  ],
  [
    {
      name: 'the oldest is closed',
      code: `export class Tiles {
  private readonly tiles = new Map<string, ImageBitmap>();
  async add(name: string, blob: Blob) {
    const tile = await createImageBitmap(blob);
    if (this.tiles.size > 99) {
      const [oldest, last] = this.tiles.entries().next().value;
      last.close();
      this.tiles.delete(oldest);
    }
    this.tiles.set(name, tile);
  }
  clear() {
    for (const tile of this.tiles.values()) tile.close();
    this.tiles.clear();
  }
}`,
    },
  ],
);

samples(
  'handle/child-process',
  [
    {
      name: 'the end of the window takes its helper out',
      code: `import { spawn } from 'node:child_process';
const open = new Map();
export function show(file: string, makeWindow) {
  const window = makeWindow(file);
  const helper = spawn('helper', [file]); // leak handle/child-process
  window.on('closed', () => open.delete(file));
  open.set(file, { window, helper });
}
export function quit() {
  for (const { window, helper } of open.values()) {
    helper.kill();
    window.close();
  }
}`,
    },
  ],
  [
    {
      name: 'the helper ends with its window',
      code: `import { spawn } from 'node:child_process';
const open = new Map();
export function show(file: string, makeWindow) {
  const window = makeWindow(file);
  const helper = spawn('helper', [file]);
  window.on('closed', () => {
    helper.kill();
    open.delete(file);
  });
  open.set(file, { window, helper });
}
export function quit() {
  for (const { window, helper } of open.values()) {
    helper.kill();
    window.close();
  }
}`,
    },
  ],
);

samples(
  'handle/web-worker',
  [
    {
      name: 'a pool that shrinks',
      code: `export class Crew {
  private readonly workers: Worker[] = [];
  grow() {
    this.workers.push(new Worker('/crew.js')); // leak handle/web-worker
  }
  shrink(size: number) {
    while (this.workers.length > size) this.workers.pop();
  }
  dispose() {
    for (const worker of this.workers) worker.terminate();
  }
}`,
    },
  ],
  [
    {
      name: 'ended as they leave',
      code: `export class Crew {
  private readonly workers: Worker[] = [];
  grow() {
    this.workers.push(new Worker('/crew.js'));
  }
  shrink(size: number) {
    while (this.workers.length > size) this.workers.pop()?.terminate();
  }
  dispose() {
    for (const worker of this.workers) worker.terminate();
  }
}`,
    },
  ],
);

const jobs = (finish: string): string => `export class Jobs {
  private readonly jobs = new Map<string, { worker: Worker; channel: BroadcastChannel }>();
  start(id: string) {
    const worker = new Worker('/job.js');WORKER
    const channel = new BroadcastChannel(id);
    worker.onmessage = () => this.settle(id);
    this.jobs.set(id, { worker, channel });
  }
  abort(id: string) {
    const job = this.jobs.get(id);
    job?.worker.terminate();
    job?.channel.close();
    this.jobs.delete(id);
  }
  private settle(id: string) {
    const job = this.jobs.get(id);
    if (!job) return;
${finish}
    this.jobs.delete(id);
  }
}`;

samples(
  'handle/web-worker',
  [
    {
      name: 'one part of an entry is ended and the other not',
      code: jobs('    job.channel.close();').replace('WORKER', ' // leak handle/web-worker'),
    },
  ],
  [
    {
      name: 'both parts',
      code: jobs('    job.channel.close();\n    job.worker.terminate();').replace('WORKER', ''),
    },
    {
      name: 'the entry is given on',
      code: jobs('    job.channel.close();\n    globalThis.reuse(job);').replace('WORKER', ''),
    },
  ],
);

const lines = (forget: string): string => `class Line {
  private readonly socket: WebSocket;
  constructor(who: string) {
    this.socket = new WebSocket('/lines/' + who);
  }
  close() {
    this.socket.close();
  }
}
export class Lines {
  private readonly lines = new Map<string, Line>();
  call(who: string) {
    if (this.lines.has(who)) return;
    const line = new Line(who);MADE
    this.lines.set(who, line);
  }
  ${forget}
  hangUp() {
    for (const line of this.lines.values()) line.close();
    this.lines.clear();
  }
}`;

samples(
  'handle/disposable-not-disposed',
  [
    {
      name: 'an instance of a class of the program',
      code: lines('mute(who: string) {\n    this.lines.delete(who);\n  }').replace(
        'MADE',
        ' // leak handle/disposable-not-disposed',
      ),
    },
  ],
  [
    {
      name: 'ended as it is taken out',
      code: lines('mute(who: string) {\n    this.lines.get(who)?.close();\n    this.lines.delete(who);\n  }').replace(
        'MADE',
        '',
      ),
    },
  ],
);
