import { samples } from '../expectLeaks';

samples(
  'Timers of races',
  [
    {
      name: 'a promise that is put into the list of the race',
      code: `export class Pool {
  async take(wait: number) {
    const first: Promise<unknown>[] = [this.free()];
    if (wait > 0) {
      first.push(new Promise((_, reject) => {
        setTimeout(reject.bind(null, new Error('late')), wait); // leak listener/timeout-race
      }));
    }
    await Promise.race(first);
  }
  private async free() {}
}`,
    },
    {
      name: 'one that only its own callback clears',
      code: `export function within(ms: number, work: Promise<unknown>) {
  const late = new Promise((_, reject) => {
    const timer = setTimeout(() => { // leak listener/timeout-race
      clearTimeout(timer);
      reject(new Error('late'));
    }, ms);
  });
  return Promise.race([work, late]);
}`,
    },
  ],
  [
    {
      name: 'a list whose timer is cleared in finally',
      code: `export class Pool {
  async take(wait: number) {
    let stop = () => {};
    const first: Promise<unknown>[] = [this.free()];
    first.push(new Promise((_, reject) => {
      const timer = setTimeout(reject.bind(null, new Error('late')), wait);
      stop = () => clearTimeout(timer);
    }));
    try { await Promise.race(first); } finally { stop(); }
  }
  private async free() {}
}`,
    },
    {
      name: 'a list of which all are waited for',
      code: `export async function all(wait: number, work: Promise<unknown>) {
  const list: Promise<unknown>[] = [work];
  list.push(new Promise((resolve) => { setTimeout(resolve, wait); }));
  await Promise.all(list);
}`,
    },
  ],
);

samples(
  'Timers that give a work up',
  [
    {
      name: 'a request that answers in time',
      code: `import { request } from 'node:http';
export function ask(options: { wait: number }) {
  return new Promise((resolve, reject) => {
    const sent = request(options as any);
    sent.once('socket', () => {
      setTimeout(() => { // leak listener/timeout-race
        sent.destroy();
        reject(new Error('late'));
      }, options.wait);
    });
    sent.on('error', (error) => { reject(error); });
    sent.on('response', (answer) => { resolve(answer); });
    sent.end();
  });
}`,
    },
    {
      name: 'a function that may be called as a constructor, and gives a promise',
      path: 'src/ask.js',
      code: `module.exports = Ask;
function Ask(url, options) {
  if (!(this instanceof Ask)) return new Ask(url, options);
  return new Ask.Promise(function (resolve, reject) {
    const sent = send(options);
    setTimeout(function () { reject(new Error('late')); }, options.wait); // leak listener/timeout-race
    sent.on('response', function (answer) { resolve(answer); });
  });
}
Ask.prototype.isOver = function (code) { return code > 300; };
Ask.Promise = global.Promise;`,
    },
    {
      name: 'cleared by the handler of success, and not by that of failure',
      code: `export function opened(door: any) {
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('late')), 4000); // leak listener/timeout-race
    door.onopen = null;
    door.addEventListener('open', () => { clearTimeout(timer); resolve(); }, { once: true });
    door.addEventListener('error', () => { reject(new Error('shut')); }, { once: true });
  });
}`,
    },
    {
      name: 'a request whose signal nobody needs any more',
      code: `export async function load(url: string, ms: number) {
  const giveUp = new AbortController();
  if (ms) setTimeout(() => giveUp.abort(), ms); // leak listener/timeout-race
  return fetch(url, { signal: giveUp.signal });
}`,
    },
    {
      name: 'in place of an event',
      code: `export function stop(child: any, bus: any) {
  const gone = () => { bus.emit('gone'); };
  child.on('exit', gone);
  child.kill('SIGINT');
  setTimeout(gone, 20 * 1000); // leak listener/timeout-race
}`,
    },
  ],
  [
    {
      name: 'cleared by both handlers',
      code: `export function opened(door: any) {
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('late')), 4000);
    door.addEventListener('open', () => { clearTimeout(timer); resolve(); }, { once: true });
    door.addEventListener('error', () => { clearTimeout(timer); reject(new Error('shut')); }, { once: true });
  });
}`,
    },
    {
      name: 'cleared by what all ways call',
      code: `export function opened(door: any) {
  return new Promise<void>((resolve, reject) => {
    const end = (error?: Error) => { clearTimeout(timer); if (error) reject(error); else resolve(); };
    const timer = setTimeout(() => end(new Error('late')), 4000);
    door.addEventListener('open', () => end(), { once: true });
    door.addEventListener('error', () => end(new Error('shut')), { once: true });
  });
}`,
    },
    {
      name: 'the next attempt after a failure',
      code: `export function again(work: () => Promise<unknown>, left: number, ms: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    work().then(resolve).catch((error) => {
      setTimeout(() => { if (left === 0) reject(error); else again(work, left - 1, ms).then(resolve, reject); }, ms);
    });
  });
}`,
    },
    {
      name: 'a wait that nothing else ends',
      code: `export function sleep(ms: number) { return new Promise((resolve) => { setTimeout(resolve, ms); }); }`,
    },
    {
      name: 'one that asks again and again',
      code: `export function ready(port: { isOpen(): boolean }, ms: number) {
  return new Promise<void>((resolve) => {
    const look = () => { if (port.isOpen()) resolve(); else setTimeout(look, ms); };
    look();
  });
}`,
    },
    {
      name: 'one that does not keep the process',
      code: `export async function load(url: string, ms: number) {
  const giveUp = new AbortController();
  setTimeout(() => giveUp.abort(), ms).unref();
  return fetch(url, { signal: giveUp.signal });
}`,
    },
    {
      name: 'a request that clears it in finally',
      code: `export async function load(url: string, ms: number) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), ms);
  try { return await fetch(url, { signal: giveUp.signal }); } finally { clearTimeout(timer); }
}`,
    },
    {
      name: 'a function that the event runs and that clears it',
      code: `export function stop(child: any, bus: any) {
  let timer: any;
  const gone = () => { clearTimeout(timer); bus.emit('gone'); };
  child.on('exit', gone);
  timer = setTimeout(gone, 20 * 1000);
}`,
    },
    {
      name: 'what an event shows each time, and a timer once more',
      code: `export function show(view: any, draw: () => void) {
  const paint = () => { draw(); };
  view.on('resize', paint);
  setTimeout(paint, 20 * 1000);
  return () => view.off('resize', paint);
}`,
    },
  ],
);
