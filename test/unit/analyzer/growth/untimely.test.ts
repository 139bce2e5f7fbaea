import { samples } from '../expectLeaks';

samples(
  'entries that are put in at the wrong time, or whose failure is forgotten',
  [
    {
      name: 'one that is put in before a check that leaves',
      code: `const viewers = new Set();
export function watch(socket, room) {
  viewers.add(socket); // leak cache/entry-left-after-completion
  if (!room.open) {
    socket.send('closed');
    return;
  }
  socket.on('close', () => viewers.delete(socket));
}
export const count = () => viewers.size;`,
    },
    {
      name: 'a throw before the handler of the end is added',
      code: `export class Uploads {
  constructor() {
    this.byId = new Map();
  }
  accept(uploadId, stream) {
    this.byId.set(uploadId, stream); // leak cache/entry-left-after-completion
    if (stream.length > 1000) throw new RangeError('too long');
    stream.once('end', () => this.byId.delete(uploadId));
  }
  find(uploadId) {
    return this.byId.get(uploadId);
  }
}`,
    },
    {
      name: 'one that is put in after a wait, when its end may have been',
      code: `const players = new Map();
export async function join(socket, playerId, load) {
  socket.on('close', () => players.delete(playerId));
  const profile = await load(playerId);
  players.set(playerId, profile); // leak cache/entry-left-after-completion
}
export const find = (playerId) => players.get(playerId);`,
    },
    {
      name: 'a failure that takes nothing out',
      code: `const started = new Map();
export function measure(page, report) {
  page.on('request', (request) => {
    started.set(request, Date.now()); // leak cache/entry-left-after-completion
  });
  page.on('requestfinished', (request) => {
    report(Date.now() - started.get(request));
    started.delete(request);
  });
  page.on('requestfailed', (request) => report(-1, request.url()));
}`,
    },
    {
      name: 'a timer that is a part of its entry, which nothing takes out',
      code: `const drafts = {};
export function changed(userId, text, save) {
  if (drafts[userId]) clearTimeout(drafts[userId].timer);
  drafts[userId] = { text, timer: setTimeout(() => save(userId, text), 800) }; // leak cache/entry-left-after-completion
}`,
    },
    {
      name: 'an answer of failure that leaves before the entry is taken out',
      code: `export class Client {
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private ids = 0;
  ask(send: (id: number) => void) {
    return new Promise((resolve, reject) => {
      const id = ++this.ids;
      this.pending.set(id, { resolve, reject }); // leak cache/entry-left-after-completion
      send(id);
    });
  }
  onReply(id: number, error: string | undefined, value: unknown) {
    const entry = this.pending.get(id);
    if (!entry) return;
    if (error) {
      entry.reject(new Error(error));
      return;
    }
    this.pending.delete(id);
    entry.resolve(value);
  }
}`,
    },
    {
      name: 'a wait that somebody else may end',
      code: `const players = new Map();
export async function join(child, playerId) {
  child.on('exit', () => {
    bus.removeAllListeners('message');
    players.delete(playerId);
  });
  await ask(child, 'ready');
  players.set(playerId, child); // leak cache/entry-left-after-completion
}
export const find = (playerId) => players.get(playerId);`,
    },
    {
      name: 'a wait whose answer the end may still let through',
      code: `const players = new Map();
export async function join(child, playerId) {
  child.on('exit', () => {
    if (players.size > 0) child.removeAllListeners('message');
    players.delete(playerId);
  });
  await ask(child, 'ready');
  players.set(playerId, child); // leak cache/entry-left-after-completion
}
export const find = (playerId) => players.get(playerId);`,
    },
  ],
  [
    {
      name: 'a check before the entry',
      code: `const viewers = new Set();
export function watch(socket, room) {
  if (!room.open) return;
  viewers.add(socket);
  socket.on('close', () => viewers.delete(socket));
}
export const count = () => viewers.size;`,
    },
    {
      name: 'a check that takes it out',
      code: `const viewers = new Set();
export function watch(socket, room) {
  viewers.add(socket);
  if (!room.open) {
    viewers.delete(socket);
    return;
  }
  socket.on('close', () => viewers.delete(socket));
}
export const count = () => viewers.size;`,
    },
    {
      name: 'a question after the wait',
      code: `const players = new Map();
export async function join(socket, playerId, load) {
  socket.on('close', () => players.delete(playerId));
  const profile = await load(playerId);
  if (socket.destroyed) return;
  players.set(playerId, profile);
}
export const find = (playerId) => players.get(playerId);`,
    },
    {
      name: 'a failure that takes it out',
      code: `const started = new Map();
export function measure(page, report) {
  page.on('request', (request) => {
    started.set(request, Date.now());
  });
  page.on('requestfinished', (request) => started.delete(request));
  page.on('requestfailed', (request) => {
    started.delete(request);
    report(request.url());
  });
}`,
    },
    {
      name: 'a timer that takes its entry out',
      code: `const drafts = {};
export function changed(userId, text, save) {
  if (drafts[userId]) clearTimeout(drafts[userId].timer);
  drafts[userId] = { text, timer: setTimeout(() => { delete drafts[userId]; save(userId, text); }, 800) };
}`,
    },
    {
      name: 'an answer of failure after the entry is taken out',
      code: `export class Client {
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private ids = 0;
  ask(send: (id: number) => void) {
    return new Promise((resolve, reject) => {
      const id = ++this.ids;
      this.pending.set(id, { resolve, reject });
      send(id);
    });
  }
  onReply(id: number, error: string | undefined, value: unknown) {
    const entry = this.pending.get(id);
    if (!entry) return;
    this.pending.delete(id);
    if (error) return entry.reject(new Error(error));
    entry.resolve(value);
  }
}`,
    },
    {
      name: 'a wait that nobody ends any more when the end has come',
      code: `const players = new Map();
export async function join(child, playerId) {
  child.on('exit', () => {
    child.removeAllListeners('message');
    players.delete(playerId);
  });
  await ask(child, 'ready');
  players.set(playerId, child);
}
export const find = (playerId) => players.get(playerId);`,
    },
  ],
);
