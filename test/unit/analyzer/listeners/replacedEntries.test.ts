import { samples } from '../expectLeaks';

samples(
  'entries replaced under a key that the function knows may come again',
  [
    {
      name: 'a table is asked for it, and its handler ends the entry',
      code: `import fs from 'node:fs';
import { Pane } from './pane';
export class Tails {
  private readonly panes = new Map<string, Pane>();
  private readonly watchers = new Map<string, fs.FSWatcher>();
  open(path: string) {
    if (!this.panes.has(path)) this.panes.set(path, this.pane(path));
    this.watchers.set(path, fs.watch(path, () => this.panes.get(path)?.reload())); // leak handle/fs-watch
  }
  private pane(path: string) {
    const pane = new Pane();
    pane.on('close', () => {
      this.panes.delete(path);
      this.watchers.get(path)?.close();
      this.watchers.delete(path);
    });
    return pane;
  }
}`,
    },
    {
      name: 'a key that is taken from what is given',
      code: `const feeds = new Map<string, object>();
const sockets = new Map<string, WebSocket>();
export function follow(user: { profile: { id: string } }) {
  const id = user.profile.id;
  const feed = feeds.get(id) ?? makeFeed(id);
  sockets.set(id, new WebSocket('wss://feed/' + id)); // leak handle/websocket
  return feed;
}
function makeFeed(id: string) {
  const feed = {};
  feeds.set(id, feed);
  return feed;
}
export function unfollow(id: string) {
  sockets.get(id)?.close();
  sockets.delete(id);
  feeds.delete(id);
}`,
    },
  ],
  [
    {
      name: 'the entry before is ended',
      code: `const feeds = new Map<string, object>();
const sockets = new Map<string, WebSocket>();
export function follow(user: { profile: { id: string } }) {
  const id = user.profile.id;
  const feed = feeds.get(id) ?? makeFeed(id);
  sockets.get(id)?.close();
  sockets.set(id, new WebSocket('wss://feed/' + id));
  return feed;
}
function makeFeed(id: string) {
  const feed = {};
  feeds.set(id, feed);
  return feed;
}
export function unfollow(id: string) {
  sockets.get(id)?.close();
  sockets.delete(id);
  feeds.delete(id);
}`,
    },
    {
      name: 'who is there already goes no further',
      code: `const feeds = new Map<string, object>();
const sockets = new Map<string, WebSocket>();
export function follow(user: { profile: { id: string } }) {
  const id = user.profile.id;
  if (feeds.get(id)) return;
  feeds.set(id, {});
  sockets.set(id, new WebSocket('wss://feed/' + id));
}
export function unfollow(id: string) {
  sockets.get(id)?.close();
  sockets.delete(id);
  feeds.delete(id);
}`,
    },
    {
      name: 'begun and ended by two events of one thing',
      code: `import { Watcher } from './watcher';
export class Packages {
  private readonly watchers = new Map<string, Watcher>();
  constructor(host: any) {
    host.onDidActivate((pack: any) => this.watch(pack));
    host.onDidDeactivate((pack: any) => {
      const watcher = this.watchers.get(pack.name);
      if (watcher) watcher.destroy();
      this.watchers.delete(pack.name);
    });
  }
  watch(pack: any) {
    this.watchers.set(pack.name, new Watcher(pack));
  }
}`,
    },
  ],
);
