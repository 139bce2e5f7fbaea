import { samples } from '../expectLeaks';

samples(
  'entries that one of several ways to end leaves',
  [
    {
      name: 'a timer that has fired',
      code: `const saves = new Map<string, NodeJS.Timeout>();
export function saveSoon(documentId: string, save: (id: string) => void) {
  clearTimeout(saves.get(documentId));
  saves.set(documentId, setTimeout(() => save(documentId), 500)); // leak cache/entry-left-after-completion
}
export function forget(documentId: string) {
  clearTimeout(saves.get(documentId));
  saves.delete(documentId);
}`,
    },
    {
      name: 'a timer of a record, fired by a method',
      code: `export class Reminders {
  constructor(send) {
    this.send = send;
    this.byUser = {};
  }
  plan(userId, at) {
    const timer = setTimeout(() => this.remind(userId), at - Date.now());
    this.byUser[userId] = timer; // leak cache/entry-left-after-completion
  }
  remind(userId) {
    this.send(userId);
  }
  cancel(userId) {
    clearTimeout(this.byUser[userId]);
    delete this.byUser[userId];
  }
}`,
    },
    {
      name: 'an end that the handler passes over by what the event says',
      code: `const sessions = new Map<string, { user: string }>();
export function attach(server: Server) {
  server.on('session', (session: Session) => {
    sessions.set(session.id, { user: session.user }); // leak cache/entry-left-after-completion
  });
  server.on('closed', (session: Session, reason: string) => {
    if (reason === 'normal') return;
    sessions.delete(session.id);
  });
}
export const userOf = (id: string) => sessions.get(id)?.user;`,
    },
    {
      name: 'a removal in a branch on the arguments of the event',
      code: `const transfers = new Map();
export function begin(socket, transferId) {
  transfers.set(transferId, { socket, bytes: 0 }); // leak cache/entry-left-after-completion
  socket.on('close', (hadError) => {
    if (hadError) {
      transfers.delete(transferId);
    }
  });
}
export const bytesOf = (transferId) => transfers.get(transferId)?.bytes;`,
    },
    {
      name: 'a function that ends the item as the removing one does',
      code: `interface Recording { id: string; encoder: Encoder; timer: NodeJS.Timeout }
const recordings = new Map<string, Recording>();
export function record(sessionId: string, encoder: Encoder, tick: () => void) {
  recordings.set(sessionId, { id: sessionId, encoder, timer: setInterval(tick, 1000) }); // leak cache/entry-left-after-completion
}
export async function finish(recording: Recording) {
  recordings.delete(recording.id);
  clearInterval(recording.timer);
  await recording.encoder.close();
}
export async function abandon(recording: Recording) {
  clearInterval(recording.timer);
  await recording.encoder.close();
}
export const find = (sessionId: string) => recordings.get(sessionId);`,
    },
    {
      name: 'a look-up that ends and leaves',
      code: `export class Downloads {
  private readonly running = new Map<string, { controller: AbortController; bytes: number }>();
  start(downloadId: string) {
    this.running.set(downloadId, { controller: new AbortController(), bytes: 0 }); // leak cache/entry-left-after-completion
  }
  stopOne(downloadId: string) {
    const download = this.running.get(downloadId);
    download?.controller.abort();
    this.running.delete(downloadId);
  }
  timeOut(downloadId: string) {
    const download = this.running.get(downloadId);
    download?.controller.abort();
  }
}`,
    },
    {
      name: 'one that waits in a list until it times out',
      code: `const waiting: { accept(text: string): boolean; resolve(text: string | undefined): void }[] = [];
export function nextLine(accept: (text: string) => boolean) {
  return new Promise<string | undefined>((resolve) => {
    setTimeout(() => resolve(undefined), 3000);
    waiting.push({ accept, resolve }); // leak cache/entry-left-after-completion
  });
}
export function onLine(text: string) {
  const at = waiting.findIndex((one) => one.accept(text));
  if (at !== -1) waiting.splice(at, 1)[0]?.resolve(text);
}`,
    },
    {
      name: 'one that waits in a list when it is aborted',
      code: `export class Slots {
  private free = 2;
  private queue: (() => void)[] = [];
  async take(signal: AbortSignal) {
    if (this.free-- > 0) return;
    await new Promise<void>((resolve, reject) => {
      this.queue.push(resolve); // leak cache/entry-left-after-completion
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }); // leak listener/abort-on-caller-signal
    });
  }
  give() {
    this.free++;
    this.queue.shift()?.();
  }
}`,
    },
    {
      name: 'a way out that breaks off what is ended only so',
      code: `export class Runs {
  private readonly runs = new Map<string, { task: AbortController; log: string[] }>();
  start(runId: string) {
    this.runs.set(runId, { task: new AbortController(), log: [] }); // leak cache/entry-left-after-completion
  }
  end(runId: string) {
    const run = this.runs.get(runId);
    run?.task.abort();
    this.runs.delete(runId);
  }
  expire(runId: string) {
    const run = this.runs.get(runId);
    run?.task.abort();
  }
}`,
    },
  ],
  [
    {
      name: 'a timer that takes itself out',
      code: `const saves = new Map<string, NodeJS.Timeout>();
export function saveSoon(documentId: string, save: (id: string) => void) {
  clearTimeout(saves.get(documentId));
  saves.set(documentId, setTimeout(() => {
    saves.delete(documentId);
    save(documentId);
  }, 500));
}
export function forget(documentId: string) {
  clearTimeout(saves.get(documentId));
  saves.delete(documentId);
}`,
    },
    {
      name: 'a timer per fixed name',
      code: `const timers = new Map<'save' | 'send', NodeJS.Timeout>();
export function soon(what: 'save' | 'send', run: () => void) {
  timers.set(what, setTimeout(run, 100));
}
export function stop(what: 'save' | 'send') {
  clearTimeout(timers.get(what));
  timers.delete(what);
}`,
    },
    {
      name: 'a handler that takes out first',
      code: `const sessions = new Map<string, { user: string }>();
export function attach(server: Server) {
  server.on('session', (session: Session) => {
    sessions.set(session.id, { user: session.user });
  });
  server.on('closed', (session: Session, reason: string) => {
    sessions.delete(session.id);
    if (reason === 'normal') return;
    console.warn(session.id, reason);
  });
}
export const userOf = (id: string) => sessions.get(id)?.user;`,
    },
    {
      name: 'a handler that leaves when all of it stops, or there is none',
      code: `const workers = new Map();
let stopping = false;
export function attach(pool) {
  pool.on('started', (worker) => workers.set(worker.id, Date.now()));
  pool.on('exit', (worker, code) => {
    if (stopping) return;
    if (!workers.has(worker.id)) return;
    workers.delete(worker.id);
    if (code !== 0) pool.restart(worker);
  });
}
export function stop() { stopping = true; }`,
    },
    {
      name: 'an end that leads to the event that takes out',
      code: `const peers = new Map<string, { timer: NodeJS.Timeout; socket: Socket }>();
export function add(peerId: string, socket: Socket, ping: () => void) {
  peers.set(peerId, { socket, timer: setInterval(ping, 1000) });
  socket.on('close', () => {
    const peer = peers.get(peerId);
    clearInterval(peer?.timer);
    peers.delete(peerId);
  });
}
export function kick(peerId: string) {
  const peer = peers.get(peerId);
  clearInterval(peer?.timer);
  peer?.socket.end();
}`,
    },
    {
      name: 'an end after which each caller takes out',
      code: `const jobs = new Map<string, { id: string; child: Child }>();
export function run(jobId: string, child: Child) {
  jobs.set(jobId, { id: jobId, child });
}
function end(job: { id: string; child: Child }) {
  job.child.kill();
}
export function cancel(jobId: string) {
  const job = jobs.get(jobId);
  if (job) end(job);
  jobs.delete(jobId);
}
export function replace(jobId: string, child: Child) {
  const job = jobs.get(jobId);
  job?.child.kill();
  jobs.set(jobId, { id: jobId, child });
}`,
    },
    {
      name: 'a list from which the timeout takes its own out',
      code: `let waiting: { resolve(text: string | undefined): void }[] = [];
export function nextLine() {
  return new Promise<string | undefined>((resolve) => {
    const one = { resolve };
    setTimeout(() => {
      waiting = waiting.filter((other) => other !== one);
      resolve(undefined);
    }, 3000);
    waiting.push(one);
  });
}
export function onLine(text: string) {
  waiting.shift()?.resolve(text);
}`,
    },
    {
      name: 'a list of which all are served at once',
      code: `const waiting: (() => void)[] = [];
export function ready() {
  return new Promise<void>((resolve) => {
    setTimeout(() => resolve(), 3000);
    waiting.push(resolve);
  });
}
export function onReady() {
  for (const resolve of waiting.splice(0)) resolve();
}`,
    },
    {
      name: 'a removal after a chain that cannot fail',
      code: `const last = new Map<string, Promise<void>>();
export function inTurn(file: string, work: () => Promise<void>) {
  const run = (last.get(file) ?? Promise.resolve()).then(work, work);
  const quiet = run.then(() => {}, () => {});
  last.set(file, quiet);
  quiet.then(() => {
    if (last.get(file) === quiet) last.delete(file);
  });
  return run;
}`,
    },
    {
      name: 'work of the item that is broken off, where its end is more than that',
      code: `export class Sessions {
  private readonly sessions = new Map<string, { agent: Agent; runtime: Runtime }>();
  open(sessionId: string, agent: Agent, runtime: Runtime) {
    this.sessions.set(sessionId, { agent, runtime });
  }
  async close(sessionId: string) {
    const session = this.sessions.get(sessionId);
    session?.agent.abort();
    await session?.runtime.shutdown();
    this.sessions.delete(sessionId);
  }
  interruptTurn(sessionId: string) {
    const session = this.sessions.get(sessionId);
    session?.agent.abort();
  }
}`,
    },
  ],
);
