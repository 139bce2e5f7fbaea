import { samples } from '../expectLeaks';

const pool = (race: string) => `import { EventEmitter } from 'node:events';
export class Pool extends EventEmitter {
  async take(queue: any) { return queue.add(() => this._take()); }
  private async _take() {
    ${race}
  }
  private async free() {}
}`;

samples(
  'Waits that lose a race',
  [
    {
      name: 'promises of events of a static emitter',
      code: `import { EventEmitter, once } from 'node:events';
export class Service {
  private static readonly log = new EventEmitter();
  static async refresh() {
    await Promise.race([
      once(this.log, 'updated'), // leak listener/race-loser-left
      once(this.log, 'failed').then(() => { throw new Error('failed'); }), // leak listener/race-loser-left
    ]);
  }
}`,
    },
    {
      name: 'a promise that is put into the list of the race',
      code: pool(`const all: Promise<unknown>[] = [this.free()];
    all.push(new Promise((_, reject) => {
      this.once('failed', reject); // leak listener/emitter-once-never-fires
    }));
    await Promise.race(all);`),
    },
  ],
  [
    {
      name: 'events that are given a signal',
      code: `import { EventEmitter, once } from 'node:events';
const log = new EventEmitter();
export async function refresh() {
  const over = new AbortController();
  try {
    await Promise.race([once(log, 'updated', { signal: over.signal }), once(log, 'failed', { signal: over.signal })]);
  } finally { over.abort(); }
}`,
    },
    {
      name: 'an emitter that is made for the wait',
      code: `import { once } from 'node:events';
import { spawn } from 'node:child_process';
export async function run() {
  const child = spawn('ls');
  await Promise.race([once(child, 'exit'), once(child, 'error')]);
}`,
    },
    {
      name: 'events that are all waited for',
      code: `import { EventEmitter, once } from 'node:events';
const log = new EventEmitter();
export async function both() { await Promise.all([once(log, 'updated'), once(log, 'shown')]); }`,
    },
    {
      name: 'a listener that is taken off in finally',
      code: pool(`let off = () => {};
    const all: Promise<unknown>[] = [this.free()];
    all.push(new Promise((_, reject) => {
      this.once('failed', reject);
      off = () => this.removeListener('failed', reject);
    }));
    try { await Promise.race(all); } finally { off(); }`),
    },
  ],
);

samples(
  'Works that share what the function around them was given',
  [
    {
      name: 'a method of what it gives',
      code: `import type { ClientHttp2Session } from 'node:http2';
export function link(session: ClientHttp2Session) {
  const ping = (done: () => void) => { session.ping(() => done()); };
  return {
    verify() {
      return new Promise<boolean>((resolve) => {
        ping(() => { resolve(true); });
        session.once('error', () => resolve(false)); // leak listener/emitter-once-never-fires
      });
    },
  };
}`,
    },
    {
      name: 'a function that is called for each line',
      path: 'src/export.js',
      code: `export class Exporter {
  async write(res, lines) {
    const put = (text) => new Promise((resolve, reject) => {
      if (res.write(text)) resolve();
      else {
        res.once('drain', resolve);
        res.once('error', reject); // leak listener/race-loser-left
      }
    });
    for (const line of lines) await put(line);
  }
}`,
    },
    {
      name: 'a wait for an event of an unknown emitter',
      code: `import { ChainEvent } from './chain';
export function api({ chain }: any) {
  async function waited(id: string, ms: number) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), ms);
      chain.emitter.on(ChainEvent.checked, (one: any) => { // leak listener/emitter-on
        if (one.id === id) { clearTimeout(timer); resolve(one); }
      });
    });
  }
  return { async duties(id: string) { return waited(id, 6000); } };
}`,
    },
  ],
  [
    {
      name: 'taken off when the work is done',
      code: `import type { ClientHttp2Session } from 'node:http2';
export function link(session: ClientHttp2Session) {
  const ping = (done: () => void) => { session.ping(() => done()); };
  return {
    verify() {
      return new Promise<boolean>((resolve) => {
        const failed = () => resolve(false);
        ping(() => { session.off('error', failed); resolve(true); });
        session.once('error', failed);
      });
    },
  };
}`,
    },
    {
      name: 'opened once',
      code: `import type { Socket } from 'node:net';
export function link(socket: Socket, begin: (done: () => void) => void) {
  return {
    open() {
      return new Promise<boolean>((resolve) => {
        begin(() => { resolve(true); });
        socket.once('error', () => resolve(false));
      });
    },
  };
}`,
    },
    {
      name: 'one wait of a function that was given the emitter for it',
      path: 'src/export.js',
      code: `export function written(res, text) {
  return new Promise((resolve, reject) => {
    if (res.write(text)) resolve();
    else { res.once('drain', resolve); res.once('error', reject); }
  });
}`,
    },
  ],
);

const handler = (
  socket: string,
  rest: string,
) => `export async function answer(request: any, response: any, render: any) {
  const given = new AbortController();
  ${socket}
  const gone = () => given.abort();
  ${rest}
}`;

samples(
  'The connection of a request by another name',
  [
    {
      name: 'a constant',
      code: handler(
        'const socket = request.socket;',
        `socket.on('close', gone); // leak listener/emitter-on-shared-connection
  response.end(await render(given.signal));`,
      ),
    },
    {
      name: 'taken apart',
      code: handler(
        'const { socket } = request;',
        `socket.on('close', gone); // leak listener/emitter-on-shared-connection
  response.end(await render(given.signal));`,
      ),
    },
  ],
  [
    {
      name: 'taken off in finally',
      code: handler(
        'const socket = request.socket;',
        `socket.on('close', gone);
  try { response.end(await render(given.signal)); } finally { socket.off('close', gone); }`,
      ),
    },
    {
      name: 'another socket',
      code: handler('const socket = render.open();', "socket.on('close', gone); response.end(given.signal);"),
    },
  ],
);
