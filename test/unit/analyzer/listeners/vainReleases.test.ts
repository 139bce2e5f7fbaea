import { samples } from '../expectLeaks';

samples(
  'listener/release-unreachable',
  [
    {
      name: 'a loop over the properties of a Map',
      code: `export class Rooms {
  private readonly rooms = new Map<string, Room>();
  join(name: string, room: Room) { this.rooms.set(name, room); }
  leave(name: string) { this.rooms.delete(name); }
  destroy() {
    for (const room of Object.values(this.rooms)) { // leak handle/release-unreachable
      room.close();
    }
  }
}`,
    },
    {
      name: 'for … in over a Set',
      path: 'src/pool.js',
      code: `export function createPool(Worker) {
  const workers = new Set();
  return {
    add() { workers.add(new Worker()); },
    retire(worker) { worker.terminate(); workers.delete(worker); },
    shutdown() {
      for (const worker in workers) worker?.terminate?.(); // leak handle/release-unreachable
    },
  };
}`,
    },
    {
      name: 'keys given to clearInterval',
      code: `export class Beats {
  private readonly timers: Record<string, NodeJS.Timeout> = {};
  start(id: string) { clearInterval(this.timers[id]); this.timers[id] = setInterval(() => this.beat(id), 1000); }
  remove(id: string) { clearInterval(this.timers[id]); delete this.timers[id]; }
  beat(id: string) {}
  dispose() {
    for (const id in this.timers) clearInterval(id); // leak listener/release-unreachable
  }
}`,
    },
    {
      name: 'entries of a Map given to clearInterval',
      code: `export class Beats {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  start(id: string) { this.remove(id); this.timers.set(id, setInterval(() => this.beat(id), 1000)); }
  remove(id: string) { clearInterval(this.timers.get(id)); this.timers.delete(id); }
  beat(id: string) {}
  dispose() {
    for (const timer of this.timers) clearInterval(timer); // leak listener/release-unreachable
    this.timers.clear();
  }
}`,
    },
    {
      name: 'emptied before it is closed',
      code: `import { openFeed } from './feed';
export class Prices {
  private feed?: { close(): void };
  open() {
    this.feed ??= openFeed(); // leak handle/release-unreachable
  }
  dispose() {
    this.feed = undefined;
    this.feed?.close();
  }
}`,
    },
    {
      name: 'a table that is cleared before it is gone through',
      code: `export class Views {
  private readonly views = new Map<string, View>();
  show(id: string, view: View) { this.views.get(id)?.dispose(); this.views.set(id, view); }
  dispose() {
    this.views.clear();
    this.views.forEach((view) => view.dispose()); // leak listener/release-unreachable
  }
}`,
    },
    {
      name: 'an entry that is deleted before it is looked up',
      code: `export class Peers {
  private peers: Record<string, Peer> = {};
  connect(id: string) { this.peers[id] ??= new Peer(id); }
  drop(id: string) {
    delete this.peers[id];
    const peer = this.peers[id];
    if (peer) peer.destroy(); // leak handle/release-unreachable
  }
}`,
    },
    {
      name: 'a new scene that is destroyed in the place of the old one',
      code: `import { Scene } from './scene';
export class Canvas {
  private scene: Scene;
  constructor() {
    this.scene = new Scene(); // leak handle/release-unreachable
  }
  componentWillUnmount() {
    this.scene = new Scene();
    this.resize(0);
    this.scene.destroy();
  }
  resize(width: number) {}
}`,
    },
    {
      name: 'a guard the wrong way round',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  start() { this.timer ??= setInterval(() => this.poll(), 1000); }
  poll() {}
  stop() {
    if (!this.timer) clearInterval(this.timer); // leak listener/release-unreachable
  }
}`,
    },
    {
      name: 'an early way out that leaves with the interval',
      path: 'src/poller.js',
      code: `export function createPoller(poll) {
  let timer;
  return {
    start() { if (timer === undefined) timer = setInterval(poll, 1000); },
    stop() {
      if (timer) return;
      clearInterval(timer); // leak listener/release-unreachable
    },
  };
}`,
    },
    {
      name: 'a handler whose field the constructor empties after it was registered',
      path: 'src/net.js',
      code: `class Net {
  constructor() {
    if (navigator.connection) {
      this.onChange = () => this.measure();
      navigator.connection.addEventListener('change', this.onChange); // leak listener/release-unreachable
    }
    this.speed = 0;
    this.onChange = null;
  }
  measure() {}
  release() {
    navigator.connection.removeEventListener('change', this.onChange);
  }
}
module.exports = Net;`,
    },
    {
      name: 'a handler that a mount hook forgets',
      code: `export class Panel extends HTMLElement {
  connectedCallback() {
    this.handler = () => this.close();
    document.addEventListener('keydown', this.handler); // leak listener/release-unreachable
    this.isOpen = true;
    this.handler = undefined;
  }
  close() {}
  disconnectedCallback() {
    document.removeEventListener('keydown', this.handler);
  }
}`,
    },
    {
      name: 'a handler that is bound after it was registered, where there is something to register it on',
      code: `export class Menu {
  constructor(private readonly options) {
    if (options.resize) {
      window.addEventListener('resize', this.onResize); // leak listener/release-unreachable
    }
    this.onResize = this.onResize.bind(this);
  }
  onResize() {}
  destroy() {
    window.removeEventListener('resize', this.onResize);
  }
}`,
    },
    {
      name: 'a handler that is bound after it was registered',
      code: `export class Canvas {
  constructor() {
    window.addEventListener('resize', this.draw); // leak listener/release-unreachable
    this.draw = this.draw.bind(this);
  }
  draw() {}
  destroy() { window.removeEventListener('resize', this.draw); }
}`,
    },
    {
      name: 'a handler in a ref that is replaced after it was registered',
      path: 'src/scroll.jsx',
      code: `import { useEffect, useRef } from 'react';
export function Scroll({ bus }) {
  const handler = useRef(() => {});
  useEffect(() => {
    bus.addEventListener('scroll', handler.current); // leak listener/release-unreachable
    handler.current = () => {};
    return () => bus.removeEventListener('scroll', handler.current);
  }, []);
  return null;
}`,
    },
    {
      name: 'a member that functions do not have',
      code: `export function watchScheme(query: MediaQueryList, onScope: (end: () => void) => void, apply: () => void) {
  const update = () => apply();
  query.addEventListener('change', update); // leak listener/release-unreachable
  onScope(() => {
    if ('removeEventListener' in update) query.removeEventListener('change', update);
  });
}`,
    },
  ],
  [
    {
      name: 'a handler that is emptied after it was removed, or on another way',
      code: `export class Net {
  constructor(isOn) {
    if (isOn) {
      this.onChange = () => this.measure();
      window.addEventListener('online', this.onChange);
    } else {
      this.onChange = null;
    }
  }
  measure() {}
  stop() {
    if (!this.onChange) return;
    window.removeEventListener('online', this.onChange);
    this.onChange = null;
  }
}`,
    },
    {
      name: 'a handler that is emptied where it was not registered',
      code: `export class Net {
  start(isOn) {
    if (isOn) {
      this.onChange = () => this.measure();
      window.addEventListener('online', this.onChange);
      return;
    }
    this.onChange = null;
  }
  measure() {}
  stop() {
    window.removeEventListener('online', this.onChange);
  }
}`,
    },
    {
      name: 'handlers of a list, the last of which is forgotten after it went',
      code: `export class Net {
  start(names) {
    for (const name of names) {
      this.onChange = () => this.measure(name);
      window.addEventListener('online', this.onChange, { once: true });
    }
    this.onChange = null;
  }
  measure() {}
  stop() {
    window.removeEventListener('online', this.onChange);
  }
}`,
    },
    {
      name: 'values of records and Maps',
      code: `export class Rooms {
  private readonly rooms = new Map<string, Room>();
  private readonly halls: Record<string, Room> = {};
  join(name: string, room: Room) { this.rooms.set(name, room); this.halls[name] = room; }
  leave(name: string) { this.rooms.delete(name); delete this.halls[name]; }
  destroy() {
    for (const room of Object.values(this.halls)) room.close();
    for (const room of this.rooms.values()) room.close();
    for (const [, room] of this.rooms) room.close();
    for (const [, room] of Object.entries(this.halls)) room.close();
    this.rooms.forEach((room) => room.close());
    for (const name in this.halls) this.halls[name]?.close();
  }
}`,
    },
    {
      name: 'timers as keys',
      code: `export class Beats {
  private readonly names = new Map<NodeJS.Timeout, string>();
  start(name: string) {
    const timer = setInterval(() => this.beat(name), 1000);
    this.names.set(timer, name);
    return () => { clearInterval(timer); this.names.delete(timer); };
  }
  beat(name: string) {}
  dispose() {
    for (const timer of this.names.keys()) clearInterval(timer);
    for (const [timer] of this.names) clearInterval(timer);
    this.names.clear();
  }
}`,
    },
    {
      name: 'the old value kept under another name',
      code: `import { openFeed } from './feed';
export class Prices {
  private feed?: { close(): void };
  private views: { dispose(): void }[] = [];
  open() { this.feed ??= openFeed(); }
  add(view: { dispose(): void }) { this.views.push(view); }
  dispose() {
    const { feed, views } = this;
    this.feed = undefined;
    feed?.close();
    this.views = [];
    for (const view of views) view.dispose();
  }
}`,
    },
    {
      name: 'filled again by a call in between',
      code: `import { openFeed } from './feed';
export class Prices {
  private feed?: { close(): void };
  open() { this.feed = openFeed(); }
  probe() {
    if (this.feed) return;
    this.feed = undefined;
    this.open();
    this.feed?.close();
  }
}`,
    },
    {
      name: 'the old one ended first, then a new one that is ended too',
      code: `import { Scene } from './scene';
export class Canvas {
  private scene = new Scene();
  destroy() {
    this.scene.destroy();
    this.scene = new Scene();
    this.scene.destroy();
  }
}`,
    },
    {
      name: 'guards the right way round, and one that fills first',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  start() {
    if (!this.timer) {
      this.timer = setInterval(() => this.poll(), 1000);
      if (this.isLate()) clearInterval(this.timer);
    }
  }
  isLate() { return false; }
  poll() {}
  stop() {
    if (!this.timer) return;
    clearInterval(this.timer);
  }
}`,
    },
    {
      name: 'a leftover beside the release that counts',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  start() {
    if (!this.timer) clearInterval(this.timer);
    this.timer ??= setInterval(() => this.poll(), 1000);
  }
  poll() {}
  stop() { clearInterval(this.timer); this.timer = undefined; }
}`,
    },
    {
      name: 'a handler that is bound before it is registered',
      code: `export class Canvas {
  constructor() {
    this.draw = this.draw.bind(this);
    window.addEventListener('resize', this.draw);
  }
  draw() {}
  destroy() { window.removeEventListener('resize', this.draw); }
}`,
    },
    {
      name: 'the object asked for the member',
      code: `export function watchScheme(query: MediaQueryList, onScope: (end: () => void) => void, apply: () => void) {
  const update = () => apply();
  query.addEventListener('change', update);
  onScope(() => {
    if ('removeEventListener' in query) query.removeEventListener('change', update);
  });
}`,
    },
  ],
);

const timer = (guard: string): string => `export class Player {
  private frame: number | true | null = null;
  play() {
    this.frame = requestAnimationFrame(() => this.play());
  }
  stop() {
    if (${guard}) cancelAnimationFrame(this.frame); // leak listener/release-unreachable
    this.frame = null;
  }
}`;

samples(
  'a guard of a place that may hold a mark',
  [{ name: 'that holds only where there is none', code: timer('!this.frame') }],
  [
    { name: 'that leaves out the mark', code: timer('this.frame && this.frame !== true').replace(/ \/\/ leak.*/, '') },
    {
      name: 'of a place that is filled by taking a value apart',
      code: `export class Pool {
  private readonly free = new Map<Handle, string>();
  private readonly used = new Map<string, Handle>();
  open(path: string, make: boolean) {
    let handle = this.used.get(path);
    if (!handle && make) {
      [handle] = this.free.keys();
      this.end(handle, path);
    }
    return handle;
  }
  private end(handle: Handle, path: string) {
    handle.close();
    this.used.set(path, handle);
  }
}`,
    },
    { name: 'that leaves out the mark alone', code: timer('this.frame !== true').replace(/ \/\/ leak.*/, '') },
  ],
);
