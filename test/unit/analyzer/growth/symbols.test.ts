import { samples } from '../expectLeaks';

samples(
  'members under a fixed key in brackets',
  [
    {
      name: 'one pool per origin, under an imported symbol',
      code: `const { kPools, kClose } = require('./symbols');
class ProxyAgent {
  constructor() { this[kPools] = new Map(); }
  dispatch(options) {
    const originKey = String(options.origin);
    let pool = this[kPools].get(originKey);
    if (!pool) {
      pool = makePool(originKey);
      this[kPools].set(originKey, pool); // leak cache/client-per-key
    }
    return pool.dispatch(options);
  }
  async [kClose]() {
    for (const pool of this[kPools].values()) await pool.close();
    this[kPools].clear();
  }
}
module.exports = ProxyAgent;`,
      path: 'src/sample.js',
    },
    {
      name: 'a Map under a symbol of the module',
      code: `const kSeen = Symbol('seen');
export class MessageService {
  constructor() { this[kSeen] = new Map(); }
  handle(message: { requestId: string }) {
    this[kSeen].set(message.requestId, message); // leak cache/map-without-eviction
  }
}`,
    },
    {
      name: 'a prototype with a symbol of a namespace',
      code: `const symbols = require('./symbols');
function Tracker(bus) {
  this[symbols.requests] = [];
  bus.on('request', (request) => this[symbols.onRequest](request));
}
Tracker.prototype[symbols.onRequest] = function (request) {
  this[symbols.requests].push(request.id); // leak cache/array-only-pushed
};
module.exports = new Tracker(require('./bus'));`,
      path: 'src/sample.js',
    },
    {
      name: 'a timer under a symbol',
      code: `const kTimer = Symbol('timer');
export class Poller {
  constructor() { this[kTimer] = setInterval(() => this.poll(), 1000); } // leak listener/interval
  poll() {}
  close() { this.closed = true; }
}`,
    },
    {
      name: 'a name that a constant spells',
      code: `const FIELD = 'answers';
const answers = new Map<string, string>();
export class AnswerService {
  answers = new Map<string, string>();
  handle(answer: { requestId: string; text: string }) {
    this[FIELD].set(answer.requestId, answer.text); // leak cache/map-without-eviction
  }
}`,
    },
  ],
  [
    {
      name: 'a pool that leaves with its last connection',
      code: `const { kPools, kClose } = require('./symbols');
class ProxyAgent {
  constructor() { this[kPools] = new Map(); }
  dispatch(options) {
    const originKey = String(options.origin);
    let pool = this[kPools].get(originKey);
    if (!pool) {
      pool = makePool(originKey);
      pool.on('disconnect', () => { this[kPools].delete(originKey); pool.close(); });
      this[kPools].set(originKey, pool);
    }
    return pool.dispatch(options);
  }
  async [kClose]() {
    for (const pool of this[kPools].values()) await pool.close();
    this[kPools].clear();
  }
}
module.exports = ProxyAgent;`,
      path: 'src/sample.js',
    },
    {
      name: 'a symbol field that another value of the file empties',
      code: `const kSeen = Symbol('seen');
export class MessageService {
  constructor() { this[kSeen] = new Map(); }
  handle(message: { requestId: string }) { this[kSeen].set(message.requestId, message); }
}
export function settle(service: MessageService, requestId: string) { service[kSeen].delete(requestId); }`,
    },
    {
      name: 'a timer under a symbol that the teardown clears',
      code: `const { kTimer } = require('./symbols');
class Poller {
  constructor() { this[kTimer] = setInterval(() => this.poll(), 1000); }
  poll() {}
  close() { clearInterval(this[kTimer]); }
}
module.exports = Poller;`,
      path: 'src/sample.js',
    },
    {
      name: 'entries under imported keys',
      code: `import { FIRST, SECOND } from './names';
const texts: Record<string, string> = {};
export function take(message: { first: string; second: string }) {
  texts[FIRST] = message.first;
  texts[SECOND] = message.second;
}
export const read = (name: string) => texts[name];`,
    },
    {
      name: 'a handler under a symbol that its teardown of that name removes',
      code: `const kDestroy = Symbol('destroy');
const kResize = Symbol('resize');
export class Panel {
  constructor() {
    this[kResize] = () => this.draw();
    window.addEventListener('resize', this[kResize]);
  }
  draw() {}
  [kDestroy]() { window.removeEventListener('resize', this[kResize]); }
}`,
    },
    {
      name: 'keys made of flags',
      code: `const cache = new Map<string, object>();
export function styleOf(query: { bold?: boolean; italic?: boolean }) {
  const key = \`\${!query.bold}\${!query.italic}\`;
  let style = cache.get(key);
  if (!style) cache.set(key, (style = {}));
  return style;
}`,
    },
  ],
);
