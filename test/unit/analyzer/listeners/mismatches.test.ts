import { samples } from '../expectLeaks';

const emitter = `import { EventEmitter } from 'node:events';\n`;

samples(
  'listener/remove-different-function',
  [
    {
      name: 'a function bound again',
      code: `export class Panel {
  constructor(private readonly el: HTMLElement) {
    this.el.addEventListener('click', this.onClick.bind(this)); // leak listener/dom-event-listener
  }
  onClick() {}
  destroy() {
    this.el.removeEventListener('click', this.onClick.bind(this));
  }
}`,
    },
    {
      name: 'a new arrow, on what the caller hands over',
      code: `${emitter}export function follow(source: EventEmitter, update: (n: number) => void) {
  source.on('data', (n) => update(n)); // leak listener/emitter-on
  return () => source.removeListener('data', (n) => update(n));
}`,
    },
    {
      name: 'bound when it is added, not when it is removed',
      path: 'src/view.js',
      code: `export class View {
  attach(model) {
    this.model = model;
    model.on('change', this.render.bind(this)); // leak listener/emitter-on
  }
  render() {}
  detach() {
    this.model.off('change', this.render);
  }
}`,
    },
    {
      name: 'an effect whose clean-up makes its own function',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ onKey }) {
  useEffect(() => {
    document.addEventListener('keydown', (event) => onKey(event.key)); // leak listener/dom-event-listener
    return () => document.removeEventListener('keydown', (event) => onKey(event.key));
  }, [onKey]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'a bound function kept in a field',
      code: `export class Panel {
  private readonly bound = this.onClick.bind(this);
  constructor(private readonly el: HTMLElement) { this.el.addEventListener('click', this.bound); }
  onClick() {}
  destroy() { this.el.removeEventListener('click', this.bound); }
}`,
    },
    {
      name: 'the field replaced by the bound function',
      path: 'src/view.js',
      code: `export class View {
  constructor(model) { this.model = model; this.render = this.render.bind(this); this.model.on('change', this.render); }
  render() {}
  destroy() { this.model.off('change', this.render); }
}`,
    },
    {
      name: 'the local name of the parameter',
      code: `${emitter}export class View {
  constructor(private readonly bus: EventEmitter) { bus.on('change', this.draw); }
  draw = () => {};
  destroy() { this.bus.off('change', this.draw); }
}`,
    },
    {
      name: 'a receiver that a method gives',
      path: 'src/poster.js',
      code: `import { EventEmitter } from 'events';
export class Poster {
  constructor(player = new EventEmitter()) { this.player_ = player; player.on('posterchange', this.update); }
  player() { return this.player_; }
  update = () => {};
  dispose() { this.player().off('posterchange', this.update); }
}`,
    },
    {
      name: 'a stored parameter under another name',
      path: 'src/view.js',
      code: `import { EventEmitter } from 'events';
export class View {
  constructor(bus = new EventEmitter()) { this.source = bus; bus.on('change', this.draw); }
  draw = () => {};
  destroy() { this.source.off('change', this.draw); }
}`,
    },
  ],
);

samples(
  'listener/remove-capture-mismatch',
  [
    {
      name: 'true and nothing',
      code: `export class Menu {
  private readonly close = () => {};
  open() { document.addEventListener('click', this.close, true); } // leak listener/dom-event-listener
  hide() { document.removeEventListener('click', this.close); }
}`,
    },
    {
      name: 'an option and nothing',
      code: `export function trap() {
  const onFocus = () => {};
  document.addEventListener('focusin', onFocus, { capture: true, passive: true }); // leak listener/dom-event-listener
  return () => document.removeEventListener('focusin', onFocus, { passive: true });
}`,
    },
    {
      name: 'nothing and true, in an effect',
      path: 'src/Scroll.tsx',
      code: `import { useEffect } from 'react';
export function Scroll({ onScroll }) {
  useEffect(() => {
    const listener = () => onScroll();
    window.addEventListener('scroll', listener); // leak listener/dom-event-listener
    return () => window.removeEventListener('scroll', listener, true);
  }, [onScroll]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'boolean and option of the same value',
      code: `export class Menu { private readonly close = () => {}; open() { document.addEventListener('click', this.close, true); } hide() { document.removeEventListener('click', this.close, { capture: true }); } }`,
    },
    {
      name: 'passive and once do not matter',
      code: `export class Menu { private readonly close = () => {}; open() { document.addEventListener('wheel', this.close, { passive: true }); } hide() { document.removeEventListener('wheel', this.close); } }`,
    },
    {
      name: 'a constant and false',
      code: `const useCapture = false;\nexport class Menu { private readonly close = () => {}; open() { document.addEventListener('click', this.close, useCapture); } hide() { document.removeEventListener('click', this.close, false); } }`,
    },
    {
      name: 'a flag that is not known',
      code: `export class Menu { private readonly close = () => {}; open(flag: boolean) { document.addEventListener('click', this.close, flag); } hide(flag: boolean) { document.removeEventListener('click', this.close, flag); } }`,
    },
  ],
);

samples(
  'listener/remove-event-mismatch',
  [
    {
      name: 'another event of the mouse',
      code: `export class Drag {
  private readonly onMove = () => {};
  start() { document.addEventListener('mousemove', this.onMove); } // leak listener/dom-event-listener
  stop() { document.removeEventListener('mouseup', this.onMove); }
}`,
    },
    {
      name: 'a name spelt otherwise, in an effect',
      path: 'src/Online.tsx',
      code: `import { useEffect } from 'react';
export function Online({ set }) {
  useEffect(() => {
    const update = () => set(navigator.onLine);
    window.addEventListener('online', update); // leak listener/dom-event-listener
    return () => window.removeEventListener('onLine', update);
  }, [set]);
  return <p />;
}`,
    },
    {
      name: 'constants of two events',
      code: `${emitter}const EVENTS = { ADDED: 'added', REMOVED: 'removed' };
export class View {
  constructor(private readonly bus: EventEmitter) {
    this.bus.on(EVENTS.ADDED, this.draw); // leak listener/emitter-on
  }
  draw = () => {};
  destroy() { this.bus.off(EVENTS.REMOVED, this.draw); }
}`,
    },
  ],
  [
    {
      name: 'whatever the event is',
      path: 'src/fees.js',
      code: `export class Fees {
  constructor(socket) {
    this.socket = socket;
    this.onMessage = () => this.update();
    socket.on('message', this.onMessage);
  }
  destroy() { this.socket.off(null, this.onMessage); }
}`,
    },
    {
      name: 'a constant and its text',
      code: `const RESIZE = 'resize';\nexport class Panel { private readonly fit = () => {}; mount() { window.addEventListener(RESIZE, this.fit); } destroy() { window.removeEventListener('resize', this.fit); } }`,
    },
    {
      name: 'one handler for two events',
      code: `export class Panel {
  private readonly end = () => {};
  mount() { window.addEventListener('mouseup', this.end); window.addEventListener('blur', this.end); }
  destroy() { window.removeEventListener('mouseup', this.end); window.removeEventListener('blur', this.end); }
}`,
    },
    {
      name: 'names that come from a table',
      code: `const events = ['mousemove', 'keydown'];
export class Idle {
  private readonly wake = () => {};
  mount() { for (const event of events) document.addEventListener(event, this.wake); }
  destroy() { for (const event of events) document.removeEventListener(event, this.wake); }
}`,
    },
  ],
);

samples(
  'listener/remove-target-mismatch',
  [
    {
      name: 'the document and the window',
      code: `export class Idle {
  private readonly wake = () => {};
  mount() { document.addEventListener('keydown', this.wake); } // leak listener/dom-event-listener
  destroy() { window.removeEventListener('keydown', this.wake); }
}`,
    },
    {
      name: 'the window and an element',
      code: `export class Panel {
  private readonly fit = () => {};
  constructor(private readonly el: HTMLElement) {}
  mount() { window.addEventListener('pointerup', this.fit); } // leak listener/dom-event-listener
  destroy() { this.el.removeEventListener('pointerup', this.fit); }
}`,
    },
    {
      name: 'process and one of its streams',
      code: `export class Prompt {
  private readonly onData = () => {};
  start() { process.stdin.on('data', this.onData); } // leak listener/emitter-on
  stop() { process.stdout.off('data', this.onData); }
}`,
    },
  ],
  [
    {
      name: 'an alias of the target',
      code: `export class Panel { private readonly fit = () => {}; mount() { window.addEventListener('resize', this.fit); } destroy() { const target = window; target.removeEventListener('resize', this.fit); } }`,
    },
    {
      name: 'globalThis',
      code: `export class Panel { private readonly fit = () => {}; mount() { globalThis.addEventListener('resize', this.fit); } destroy() { window.removeEventListener('resize', this.fit); } }`,
    },
    {
      name: 'a document given by an element, which is the same',
      code: `export class Panel { private readonly fit = () => {}; mount() { (this.doc ?? document).addEventListener('click', this.fit); } destroy() { document.removeEventListener('click', this.fit); } doc?: Document; }`,
    },
  ],
);

samples(
  'listener/media-query-list',
  [
    {
      name: 'the old way, once per instance with a teardown',
      code: `export class Layout {
  private readonly query = window.matchMedia('(min-width: 60em)');
  private readonly fit = () => {};
  mount() {
    this.query.addListener(this.fit); // leak listener/media-query-list
  }
  destroy() {
    console.log('gone');
  }
}`,
    },
    {
      name: 'a removal from a second object',
      path: 'src/Theme.tsx',
      code: `import { useEffect } from 'react';
export function Theme({ set }) {
  useEffect(() => {
    const apply = (event) => set(event.matches);
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply); // leak listener/media-query-list
    return () => window.matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', apply);
  }, [set]);
  return <p />;
}`,
    },
    {
      name: 'an effect without a clean-up',
      path: 'src/Motion.tsx',
      code: `import { useEffect } from 'react';
export function Motion({ set }) {
  useEffect(() => {
    const query = matchMedia('(prefers-reduced-motion)');
    query.addEventListener('change', (event) => set(event.matches)); // leak listener/media-query-list
  }, [set]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'removal from the same object',
      path: 'src/Motion.tsx',
      code: `import { useEffect } from 'react';
export function Motion({ set }) {
  useEffect(() => {
    const query = matchMedia('(prefers-reduced-motion)');
    const apply = (event) => set(event.matches);
    query.addEventListener('change', apply);
    return () => query.removeEventListener('change', apply);
  }, [set]);
  return <p />;
}`,
    },
    {
      name: 'both ways to add and to remove',
      code: `export class Layout {
  private readonly query = window.matchMedia('(min-width: 60em)');
  private readonly fit = () => {};
  mount() {
    if (this.query.addEventListener) this.query.addEventListener('change', this.fit);
    else this.query.addListener(this.fit);
  }
  destroy() {
    if (this.query.removeEventListener) this.query.removeEventListener('change', this.fit);
    else this.query.removeListener(this.fit);
  }
}`,
    },
    {
      name: 'once per page',
      code: `matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => location.reload());`,
    },
  ],
);

samples(
  'listener/emitter-on-shared-connection',
  [
    {
      name: 'the socket of each request',
      code: `import http, { type IncomingMessage } from 'node:http';
http.createServer((request: IncomingMessage, response) => {
  request.socket.on('close', () => response.destroy()); // leak listener/emitter-on-shared-connection
  response.end('ok');
});`,
    },
    {
      name: 'a middleware',
      path: 'src/middleware.js',
      code: `module.exports = function track(req, res, next) {
  req.connection.on('error', () => res.destroy()); // leak listener/emitter-on-shared-connection
  next();
};`,
    },
    {
      name: 'the socket of a request of a connection that serves many',
      path: 'src/routes.js',
      code: `module.exports = function (server, stop) {
  server.on('request', (call) => {
    call.request.socket.on('close', () => stop(call)); // leak listener/emitter-on-shared-connection
  });
};`,
    },
    {
      name: 'the socket that a request is sent by',
      path: 'src/client.js',
      code: `const https = require('https');
exports.get = function (url, stop) {
  const request = https.get(url);
  request.on('socket', (socket) => {
    socket.on('data', () => stop(request)); // leak listener/emitter-on-shared-connection
  });
  return request;
};`,
    },
  ],
  [
    {
      name: 'removed when the answer is done',
      path: 'src/middleware.js',
      code: `module.exports = function track(req, res, next) {
  const failed = () => res.destroy();
  req.socket.on('error', failed);
  res.on('finish', () => req.socket.removeListener('error', failed));
  next();
};`,
    },
    {
      name: 'an upgraded connection',
      code: `import http from 'node:http';
http.createServer().on('upgrade', (req, socket) => {
  req.socket.on('error', () => socket.destroy());
});`,
    },
    {
      name: 'what a connection was asked for with',
      path: 'src/sockets.js',
      code: `module.exports = function (hub) {
  hub.on('connection', (spark) => {
    spark.request.socket.on('drain', () => spark.resume());
  });
};`,
    },
    {
      name: 'the request itself',
      path: 'src/middleware.js',
      code: `module.exports = function track(req, res, next) { req.on('close', () => res.destroy()); next(); };`,
    },
  ],
);
