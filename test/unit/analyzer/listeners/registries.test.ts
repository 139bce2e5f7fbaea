import { samples } from '../expectLeaks';

samples(
  'entries that are replaced while they are open',
  [
    {
      name: 'a subscription for each element that is registered',
      code: `export class Scrolling {
  private readonly watched = new Map<Scrollable, Subscription>();
  register(scrollable: Scrollable) {
    const subscription = scrollable.scrolled().subscribe(() => this.moved(scrollable)); // leak listener/disposable-overwritten
    this.watched.set(scrollable, subscription);
  }
  deregister(scrollable: Scrollable) {
    const subscription = this.watched.get(scrollable);
    if (subscription) {
      subscription.unsubscribe();
      this.watched.delete(scrollable);
    }
  }
  private moved(scrollable: Scrollable) {}
}`,
    },
    {
      name: 'an interval for each name in a record',
      path: 'src/polling.js',
      code: `const timers = {};
export function startPolling(name, poll) {
  timers[name] = setInterval(poll, 1000); // leak listener/interval
}
export function stopPolling(name) {
  clearInterval(timers[name]);
  delete timers[name];
}`,
    },
    {
      name: 'a socket for each address',
      code: `export class Sockets {
  #sockets = new Map<string, WebSocket>();
  open(url: string) {
    const socket = new WebSocket(url); // leak handle/websocket
    this.#sockets.set(url, socket);
    return socket.url;
  }
  close(url: string) {
    this.#sockets.get(url)?.close();
    this.#sockets.delete(url);
  }
}`,
    },
    {
      name: 'a function that ends the subscription to a topic',
      code: `import type { Bus } from './bus';
export class Topics {
  private readonly ends = new Map<string, () => void>();
  constructor(private readonly bus: Bus) {}
  follow(topic: string, handler: (message: string) => void) {
    this.ends.set(topic, this.bus.subscribe(topic, handler)); // leak listener/disposable-overwritten
  }
  leave(topic: string) {
    const end = this.ends.get(topic);
    end?.();
    this.ends.delete(topic);
  }
}`,
    },
    {
      name: 'what is made because none was found, and never kept',
      code: `import { openTunnel } from './tunnels';
export class Tunnels {
  private readonly tunnels = new Map<string, Tunnel>();
  async request(session: string) {
    let tunnel = this.tunnels.get(session);
    if (!tunnel) {
      tunnel = await openTunnel(session); // leak listener/release-unreachable
    }
    return tunnel.address;
  }
  remove(session: string) {
    const tunnel = this.tunnels.get(session);
    if (tunnel) {
      tunnel.dispose();
      this.tunnels.delete(session);
    }
  }
}`,
    },
  ],
  [
    {
      name: 'kept when there is one',
      code: `export class Scrolling {
  private readonly watched = new Map<Scrollable, Subscription>();
  register(scrollable: Scrollable) {
    if (this.watched.has(scrollable)) return;
    this.watched.set(scrollable, scrollable.scrolled().subscribe(() => {}));
  }
  deregister(scrollable: Scrollable) {
    this.watched.get(scrollable)?.unsubscribe();
    this.watched.delete(scrollable);
  }
}`,
    },
    {
      name: 'ended first, by a method that is called',
      path: 'src/polling.js',
      code: `const timers = {};
export function startPolling(name, poll) {
  stopPolling(name);
  timers[name] = setInterval(poll, 1000);
}
export function stopPolling(name) {
  clearInterval(timers[name]);
  delete timers[name];
}`,
    },
    {
      name: 'looked up by who calls it',
      code: `export class Feeds {
  private readonly feeds = new Map<string, Feed>();
  get(topic: string) { return this.feeds.get(topic) ?? this.add(topic); }
  add(topic: string) {
    const feed = new Feed(topic);
    this.feeds.set(topic, feed);
    return feed;
  }
  drop(topic: string) { this.feeds.get(topic)?.close(); this.feeds.delete(topic); }
}`,
    },
    {
      name: 'ids that are given once',
      code: `export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private next = 0;
  opened(sessionId: string) { this.sessions.set(sessionId, new Session(sessionId)); }
  make() { const id = String(this.next++); this.sessions.set(id, new Session(id)); return id; }
  closed(sessionId: string) { this.sessions.get(sessionId)?.dispose(); this.sessions.delete(sessionId); }
}`,
    },
    {
      name: 'a table that others fill',
      code: `import { openTunnel, share } from './tunnels';
export class Tunnels {
  private readonly tunnels = new Map<string, Tunnel>();
  constructor() { share(this.tunnels); }
  async request(session: string) {
    let tunnel = this.tunnels.get(session);
    if (!tunnel) tunnel = await openTunnel(session);
    return tunnel.address;
  }
  remove(session: string) { this.tunnels.get(session)?.dispose(); this.tunnels.delete(session); }
}`,
    },
  ],
);

const registry = `export class Registry {
  constructor(private readonly controller: Controller) {}
  dispose() { this.controller.dispose(); }
}`;

samples(
  'the same thing registered twice beside one that is not',
  [
    {
      name: 'a copied line',
      code: `${registry}
export class Comments {
  private controller: Controller;
  private registry: Registry;
  private readonly toDispose: { dispose(): void }[] = [];
  ensure(host: Host) {
    this.controller = host.controller();
    this.registry = new Registry(this.controller); // leak listener/release-unreachable
    this.toDispose.push(this.controller);
    this.toDispose.push(this.controller);
  }
  dispose() { for (const one of this.toDispose) one.dispose(); }
}`,
    },
  ],
  [
    {
      name: 'each registered',
      code: `${registry}
export class Comments {
  private controller: Controller;
  private registry: Registry;
  private readonly toDispose: { dispose(): void }[] = [];
  ensure(host: Host) {
    this.controller = host.controller();
    this.registry = new Registry(this.controller);
    this.toDispose.push(this.registry);
    this.toDispose.push(this.controller);
  }
  dispose() { for (const one of this.toDispose) one.dispose(); }
}`,
    },
    {
      name: 'a copied line, and the other one disposed by name',
      code: `${registry}
export class Comments {
  private controller: Controller;
  private registry: Registry;
  private readonly toDispose: { dispose(): void }[] = [];
  ensure(host: Host) {
    this.controller = host.controller();
    this.registry = new Registry(this.controller);
    this.toDispose.push(this.controller);
    this.toDispose.push(this.controller);
  }
  dispose() { this.registry?.dispose(); for (const one of this.toDispose) one.dispose(); }
}`,
    },
    {
      name: 'a copied line beside something that has no end',
      code: `export class Names { list = []; }
export class Comments {
  private controller: Controller;
  private names: Names;
  private readonly toDispose: { dispose(): void }[] = [];
  ensure(host: Host) {
    this.controller = host.controller();
    this.names = new Names();
    this.toDispose.push(this.controller);
    this.toDispose.push(this.controller);
  }
  dispose() { for (const one of this.toDispose) one.dispose(); }
}`,
    },
  ],
);
