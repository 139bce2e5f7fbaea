import { samples } from '../expectLeaks';

samples(
  'collections that nobody reads',
  [
    {
      name: 'messages kept for debugging',
      code: `export class Connection {
  private readonly sent: string[] = [];
  send(message: string) { this.sent.push(message); this.transport.send(message); } // leak cache/array-only-pushed
  transport = open();
}`,
    },
    {
      name: 'a list of a module',
      code: `const seen: string[] = [];
export function visit(path: string) { seen.push(path); return open(path); } // leak cache/array-only-pushed`,
    },
    {
      name: 'a private record by session',
      code: `export class Layers {
  readonly #drawn: Record<string, object> = {};
  update(sessionId: string, layer: object) { this.#drawn[sessionId] = layer; layer.draw(); } // leak cache/record-only-grows
}`,
    },
    {
      name: 'a private list that is made when it is first needed',
      code: `export class Connection {
  private sent: string[] | null = null;
  send(message: string) { if (!this.sent) this.sent = []; this.sent.push(message); this.transport.write(message); } // leak cache/array-only-pushed
  transport = open();
}`,
    },
    {
      name: 'a set of which only the size is asked',
      code: `export class PeerManager {
  private readonly seen = new Set<string>();
  constructor(private readonly network) { this.network.on('peer:connect', this.onConnect); }
  private readonly onConnect = (connection): void => {
    const peer = connection.remotePeer;
    this.seen.add(peer.toB58String()); // leak cache/set-field-only-grows
  };
  stop() { this.network.off('peer:connect', this.onConnect); }
  report(metrics) { metrics.unique.set(this.seen.size); }
}`,
    },
    {
      name: 'a table of all instances, looked at for a free key only',
      path: 'src/users.js',
      code: `var connections = {};
var count = 0;
var Connection = (function () {
  function Connection(socket) {
    this.socket = socket;
    count++;
    while (connections['p' + count]) count++;
    this.id = 'p' + count;
    connections[this.id] = this; // leak cache/record-only-grows
  }
  Connection.prototype.send = function (text) { this.socket.write(text); };
  return Connection;
})();
exports.connect = function (socket) { return new Connection(socket); };`,
    },
  ],
  [
    {
      name: 'a public list, which others may read',
      code: `export class Connection { readonly sent: string[] = []; send(message: string) { this.sent.push(message); } }`,
    },
    {
      name: 'a table that other files are meant to change',
      code: `export class Client {
  public outgoing: Record<number, object> = {};
  public topicOf: Record<number, string> = {};
  subscribe(messageId: number, topic: string) { this.topicOf[messageId] = topic; this.outgoing[messageId] = {}; }
  received(messageId: number) { delete this.outgoing[messageId]; }
}`,
    },
    {
      name: 'a private list that is handed out',
      code: `export class Connection { private readonly sent: string[] = []; send(message: string) { this.sent.push(message); } get all() { return this.sent; } }`,
    },
    {
      name: 'a set of which somebody asks whether it has a key',
      code: `export class PeerManager {
  private readonly seen = new Set<string>();
  constructor(private readonly network) { this.network.on('peer:connect', this.onConnect); }
  private readonly onConnect = (connection): void => { const peer = connection.remotePeer; if (!this.seen.has(peer.name)) greet(peer); this.seen.add(peer.name); };
  stop() { this.network.off('peer:connect', this.onConnect); }
  report(metrics) { metrics.unique.set(this.seen.size); }
}`,
    },
    {
      name: 'a table of instances that somebody looks up',
      path: 'src/users.js',
      code: `var connections = {};
var count = 0;
function Connection(socket) { while (connections['p' + count]) count++; this.id = 'p' + count; connections[this.id] = this; }
exports.connect = function (socket) { return new Connection(socket); };
exports.find = function (name) { return connections[name]; };`,
    },
    {
      name: 'a table of instances that are taken out where their end is sure',
      path: 'src/users.js',
      code: `var connections = {};
var count = 0;
function Connection(socket) { while (connections['p' + count]) count++; this.id = 'p' + count; connections[this.id] = this; }
Connection.prototype.close = function (isLast) { if (isLast) delete connections[this.id]; };
exports.connect = function (socket) { return new Connection(socket); };`,
    },
    {
      name: 'a list of one call',
      code: `export function visit(paths: string[]) { const seen: string[] = []; for (const path of paths) seen.push(path); }`,
    },
  ],
);

samples(
  'entries under a fresh key, and promises with their resolver',
  [
    {
      name: 'a deferred per request',
      code: `export class Secrets {
  private requests = new Map<string, Request>();
  request(name: string) {
    const id = this.api.makeTxnId();
    const deferred = defer<string>();
    this.requests.set(id, { name, deferred }); // leak cache/pending-requests
    return deferred.promise;
  }
  answer(content: Answer) { this.requests.get(content.id)?.deferred.resolve(content.secret); }
}`,
    },
    {
      name: 'withResolvers',
      code: `const waiting = new Map<number, PromiseWithResolvers<string>>();
export function ask(id: number, text: string) {
  const answer = Promise.withResolvers<string>();
  waiting.set(id, answer); // leak cache/pending-requests
  post({ id, text });
  return answer.promise;
}
export const answered = (id: number, text: string) => waiting.get(id)?.resolve(text);`,
    },
    {
      name: 'a callback under the next number',
      code: `export class Channel {
  private next = 0;
  private readonly calls = new Map<number, (value: string) => void>();
  call(text: string, done: (value: string) => void) {
    const id = this.next++;
    this.calls.set(id, done); // leak cache/map-without-eviction
    this.post({ id, text });
  }
  received(id: number, value: string) { this.calls.get(id)?.(value); }
}`,
    },
  ],
  [
    {
      name: 'deleted with the answer',
      code: `export class Channel {
  private next = 0;
  private readonly calls = new Map<number, (value: string) => void>();
  call(text: string, done: (value: string) => void) { const id = this.next++; this.calls.set(id, done); this.post({ id, text }); }
  received(id: number, value: string) { this.calls.get(id)?.(value); this.calls.delete(id); }
}`,
    },
    {
      name: 'a deferred that is taken out on each outcome',
      code: `const waiting = new Map<number, Deferred<string>>();
export function ask(id: number) { const answer = new Deferred<string>(); waiting.set(id, answer); return answer.promise.finally(() => waiting.delete(id)); }`,
    },
    {
      name: 'a deferred per known name',
      code: `const ready = new Map<'a' | 'b', Deferred<void>>();
export function whenReady(part: 'a' | 'b') { let one = ready.get(part); if (!one) { one = new Deferred<void>(); ready.set(part, one); } return one.promise; }`,
    },
  ],
);
