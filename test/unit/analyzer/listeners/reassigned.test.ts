import { samples } from '../expectLeaks';

samples(
  'places that are given something new over what is open',
  [
    {
      name: 'a subscription for each change that is watched, of which the scope ends the last',
      code: `import { onUnmounted, watch } from 'vue';
import { onSnapshot, doc, getFirestore } from 'firebase/firestore';
export function useCard(id, show) {
  let stop = null;
  const follow = (key) => {
    stop = onSnapshot(doc(getFirestore(), 'cards', key), show); // leak listener/disposable-overwritten
  };
  watch(id, (key) => { if (key) follow(key); });
  onUnmounted(() => stop?.());
}`,
    },
    {
      name: 'an interval for each connection that is made again',
      code: `export class Feed {
  start() { this.open(); }
  open() {
    this.socket = new WebSocket(this.url);
    this.socket.onopen = () => this.beat();
    this.socket.onclose = () => setTimeout(() => this.open(), 1000);
  }
  beat() {
    this.pulse = setInterval(() => this.socket.send('ping'), 1000); // leak listener/interval
  }
  stop() { clearInterval(this.pulse); this.socket.close(); }
}`,
    },
    {
      name: 'an observer for each page that is shown, ended on a page without rows only',
      code: `let rows = null;
const follow = (list, paint) => {
  rows = new MutationObserver(paint); // leak listener/mutation-observer
  rows.observe(list, { childList: true });
};
export function init(paint) {
  document.addEventListener('turbo:load', () => {
    const list = document.querySelector('table');
    if (!list) {
      rows?.disconnect();
      return;
    }
    follow(list, paint);
  });
}`,
    },
    {
      name: 'a socket for each change of the configuration',
      code: `import type { EventEmitter } from 'node:events';
export class Link {
  private socket?: WebSocket;
  constructor(private readonly config: EventEmitter) {
    this.config.on('change', (url: string) => this.reload(url));
  }
  reload(url: string) {
    this.socket = new WebSocket(url); // leak handle/websocket
    this.socket.onmessage = () => this.received();
  }
  received() {}
  dispose() { this.socket?.close(); this.config.removeAllListeners(); }
}`,
    },
    {
      name: 'an interval in a ref for each click',
      path: 'src/player.jsx',
      code: `import { useEffect, useRef } from 'react';
export function Player({ tick }) {
  const timer = useRef(null);
  const play = () => {
    timer.current = setInterval(tick, 100); // leak listener/interval
  };
  useEffect(() => () => clearInterval(timer.current), []);
  return <button onClick={play}>Play</button>;
}`,
    },
    {
      name: 'a socket in a ref for each address, closed by another effect',
      path: 'src/live.tsx',
      code: `import { useEffect, useRef } from 'react';
export function Live({ url }: { url: string }) {
  const socket = useRef<WebSocket | null>(null);
  useEffect(() => {
    socket.current = new WebSocket(url); // leak handle/websocket
  }, [url]);
  useEffect(() => () => socket.current?.close(), []);
  return <p>{url}</p>;
}`,
    },
    {
      name: 'an interval in a Vue ref for each change',
      code: `import { onUnmounted, ref, watch } from 'vue';
export function useClock(source: unknown, tick: () => void) {
  const timer = ref();
  watch(source, () => {
    timer.value = setInterval(tick, 1000); // leak listener/interval
  });
  onUnmounted(() => clearInterval(timer.value));
}`,
    },
    {
      name: 'a watcher in a module variable for each new path',
      path: 'src/config.js',
      code: `import fs from 'node:fs';
let watcher;
export function follow(bus) {
  bus.on('path', (path) => {
    watcher = fs.watch(path); // leak handle/fs-watch
  });
}
export function close() {
  watcher?.close();
}`,
    },
    {
      name: 'a worker for each source that is set',
      code: `export class Decoder {
  private worker?: Worker;
  setSource(url: string) {
    this.worker = new Worker(url); // leak handle/web-worker
    this.worker.onmessage = () => this.decoded();
  }
  decoded() {}
  dispose() { this.worker?.terminate(); }
}`,
    },
    {
      name: 'overlapping calls that both assign after the wait',
      code: `import chokidar from 'chokidar';
export class Tasks {
  private watcher?: { close(): void };
  constructor(private readonly preferences: Preferences) {
    this.watch();
    preferences.onPreferenceChanged(() => this.watch());
  }
  async watch() {
    this.watcher?.close();
    this.watcher = undefined;
    const folder = await this.preferences.folder();
    if (!folder) return;
    this.watcher = chokidar.watch(folder); // leak handle/chokidar-watcher
  }
  dispose() { this.watcher?.close(); }
}`,
    },
    {
      name: 'one function ends it first of all, and an answer is awaited before the next one',
      code: `let ticker: ReturnType<typeof setInterval> | null = null;
function stopTicker() {
  if (ticker !== null) {
    clearInterval(ticker);
    ticker = null;
  }
}
async function follow(video: HTMLVideoElement) {
  stopTicker();
  let delay = 0;
  if (video.muted) {
    delay = await nextChange(video);
  }
  ticker = setInterval(() => paint(video, delay), 50); // leak listener/interval
}
export function init(video: HTMLVideoElement) {
  video.addEventListener('seeked', () => follow(video));
  video.addEventListener('play', () => follow(video));
  window.addEventListener('pagehide', () => stopTicker());
}`,
    },
  ],
  [
    {
      name: 'closed first, or kept',
      code: `import type { EventEmitter } from 'node:events';
export class Link {
  private socket?: WebSocket;
  private spare?: WebSocket;
  constructor(private readonly config: EventEmitter) {
    this.config.on('change', (url: string) => this.reload(url));
    this.config.on('spare', (url: string) => this.prepare(url));
  }
  reload(url: string) {
    this.shut();
    this.socket = new WebSocket(url);
  }
  prepare(url: string) {
    if (this.spare) return;
    this.spare = new WebSocket(url);
  }
  private shut() { this.socket?.close(); }
  dispose() { this.shut(); this.spare?.close(); this.config.removeAllListeners(); }
}`,
    },
    {
      name: 'a reconnect after the end of the old one',
      path: 'src/link.js',
      code: `let socket;
export function connect(url) {
  socket = new WebSocket(url);
  socket.onclose = () => setTimeout(() => connect(url), 1000);
}
export function close() {
  socket?.close();
}`,
    },
    {
      name: 'a ref that is cleared in the same handler or by the effect itself',
      path: 'src/player.jsx',
      code: `import { useEffect, useRef } from 'react';
export function Player({ tick, url }) {
  const timer = useRef(null);
  const socket = useRef(null);
  const play = () => {
    clearInterval(timer.current);
    timer.current = setInterval(tick, 100);
  };
  useEffect(() => {
    socket.current = new WebSocket(url);
    return () => socket.current.close();
  }, [url]);
  useEffect(() => () => clearInterval(timer.current), []);
  return <button onClick={play}>Play</button>;
}`,
    },
    {
      name: 'started and stopped in pairs',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  start() { this.timer = setInterval(() => this.poll(), 1000); }
  poll() {}
  stop() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'looked at again after the wait, or one call at a time',
      code: `import chokidar from 'chokidar';
export class Tasks {
  private watcher?: { close(): void };
  private latest = 0;
  constructor(private readonly preferences: Preferences) {
    this.watch();
    this.watchLatest();
    this.watchIfLatest();
    preferences.onPreferenceChanged(() => this.watch());
    preferences.onPreferenceChanged(() => this.watchLatest());
    preferences.onPreferenceChanged(() => this.watchIfLatest());
  }
  async watch() {
    this.watcher?.close();
    const folder = await this.preferences.folder();
    this.watcher?.close();
    this.watcher = chokidar.watch(folder);
  }
  async watchLatest() {
    const mine = ++this.latest;
    this.watcher?.close();
    const folder = await this.preferences.folder();
    if (mine !== this.latest) return;
    this.watcher = chokidar.watch(folder);
  }
  async watchIfLatest() {
    const mine = ++this.latest;
    this.watcher?.close();
    const folder = await this.preferences.folder();
    if (mine === this.latest) {
      this.watcher = chokidar.watch(folder);
    }
  }
  dispose() { this.watcher?.close(); }
}`,
    },
    {
      name: 'an interval of a connection, which its close ends',
      code: `export class Feed {
  start() { this.open(); }
  open() {
    this.socket = new WebSocket(this.url);
    this.socket.onopen = () => this.beat();
    this.socket.onclose = () => this.onClose();
  }
  beat() { this.pulse = setInterval(() => this.socket.send('ping'), 1000); }
  onClose() { clearInterval(this.pulse); if (!this.over) setTimeout(() => this.open(), 1000); }
  stop() { this.over = true; clearInterval(this.pulse); this.socket.close(); }
}`,
    },
    {
      name: 'an interval of a connection that is not made again',
      code: `export class Feed {
  start() {
    this.socket = new WebSocket(this.url);
    this.socket.onopen = () => { this.pulse = setInterval(() => this.socket.send('ping'), 1000); };
  }
  stop() { clearInterval(this.pulse); this.socket.close(); }
}`,
    },
    {
      name: 'a toggle that ends it on the other click',
      code: `let timer = null;
let on = false;
export function init(button, paint) {
  button.addEventListener('click', () => {
    on = !on;
    if (!on) {
      clearInterval(timer);
      return;
    }
    timer = setInterval(paint, 100);
  });
}`,
    },
    {
      name: 'an observer that is ended on both ways',
      code: `let rows = null;
export function init(paint) {
  document.addEventListener('turbo:load', () => {
    const list = document.querySelector('table');
    if (!list) {
      rows?.disconnect();
      return;
    }
    rows?.disconnect();
    rows = new MutationObserver(paint);
    rows.observe(list, { childList: true });
  });
}`,
    },
    {
      name: 'one function ends it first of all, and who waited asks whether it is still wanted',
      code: `let ticker: ReturnType<typeof setInterval> | null = null;
let wanted = 0;
function stopTicker() {
  if (ticker !== null) {
    clearInterval(ticker);
    ticker = null;
  }
}
async function follow(video: HTMLVideoElement) {
  stopTicker();
  const own = ++wanted;
  if (video.muted) {
    await nextChange(video);
    if (own !== wanted) return;
  }
  ticker = setInterval(() => paint(video), 50);
}
export function init(video: HTMLVideoElement) {
  video.addEventListener('seeked', () => follow(video));
  video.addEventListener('play', () => follow(video));
}`,
    },
    {
      name: 'one function ends it once more after the wait',
      code: `let ticker: ReturnType<typeof setInterval> | null = null;
function stopTicker() {
  if (ticker !== null) clearInterval(ticker);
}
async function follow(video: HTMLVideoElement) {
  stopTicker();
  await nextChange(video);
  stopTicker();
  ticker = setInterval(() => paint(video), 50);
}
export function init(video: HTMLVideoElement) {
  video.addEventListener('seeked', () => follow(video));
  video.addEventListener('play', () => follow(video));
}`,
    },
  ],
);
