/** Listeners on receivers whose type nobody tells: what the class itself does elsewhere shows that they should end. */
import { samples } from '../expectLeaks';

samples(
  'bindings that a teardown forgets',
  [
    {
      name: 'on a part of what the constructor is given',
      code: `export class Voice {
  constructor(manager, channel) {
    this.manager = manager;
    this.socket = open(channel);
    this.manager.client.on('voiceUpdate', (state) => this.update(state)); // leak listener/emitter-on
  }
  update(state) {}
  disconnect() { this.socket.destroy(); }
}`,
    },
    {
      name: 'on a bus that is imported from elsewhere',
      code: `import bus from '@acme/bus';
export class Panel {
  constructor(element) {
    this.timer = setInterval(() => this.draw(), 1000);
    bus.on('theme', this.draw); // leak listener/emitter-on
  }
  draw = () => {};
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'an event named by a constant',
      code: `import { Events } from './events';
export class Overlay {
  constructor(player) {
    this.player = player;
    player.on(Events.TIME_UPDATE, () => this.tick()); // leak listener/emitter-on
    this.observer = new ResizeObserver(() => this.tick());
    this.observer.observe(document.body);
  }
  tick() {}
  destroy() { this.observer.disconnect(); }
}`,
    },
    {
      name: 'by a constructor function, whose prototype is filled',
      code: `var Label = function Label(element) {
  this._element = element;
  this._system = element.system;
  element.on('resize', this.onResize, this);
  this._system.texts.on('language', this.onLanguage, this); // leak listener/emitter-on
};
Object.assign(Label.prototype, {
  destroy: function () {
    this._element.off('resize', this.onResize, this);
  },
  onResize: function () {},
  onLanguage: function () {},
});
module.exports = Label;`,
      path: 'src/label.js',
    },
    {
      name: 'by a function whose prototype is made of a base and its members',
      code: `function Marker(map) {
  this.map = map;
  this.timer = setInterval(() => this.draw(), 1000);
  map.events.on('moved', () => this.draw()); // leak listener/emitter-on
}
Marker.prototype = _.extend({}, Base, {
  draw: function () {},
  destroy: function () {
    clearInterval(this.timer);
  },
});
module.exports = Marker;`,
      path: 'src/marker.js',
    },
    {
      name: 'in an effect, on a socket that the module shares',
      code: `import { useEffect, useState } from 'react';
import { socket } from '@acme/socket';
export function Chat() {
  const [lines, setLines] = useState('');
  useEffect(() => {
    socket.on('line', (line) => setLines(line)); // leak listener/emitter-on
  }, []);
  return <p>{lines}</p>;
}`,
      path: 'src/chat.tsx',
    },
  ],
  [
    {
      name: 'a prototype whose teardown removes it, if only sometimes',
      code: `var Label = function Label(element) {
  this._element = element;
  this._system = element.system;
  element.on('resize', this.onResize, this);
  this._system.texts.on('language', this.onLanguage, this);
};
Object.assign(Label.prototype, {
  destroy: function () {
    this._element.off('resize', this.onResize, this);
    if (this._system) this._system.texts.off('language', this.onLanguage, this);
  },
  onResize: function () {},
  onLanguage: function () {},
});
module.exports = Label;`,
    },
    {
      name: 'a prototype of what listens to a part that it made',
      code: `function Marker(map) {
  this.map = map;
  this.layer = map.createLayer();
  this.timer = setInterval(() => this.draw(), 1000);
  this.layer.on('moved', () => this.draw());
}
Object.assign(Marker.prototype, {
  draw: function () {},
  destroy: function () {
    clearInterval(this.timer);
  },
});
module.exports = Marker;`,
    },
    {
      name: 'removed by a method of another name',
      code: `export class Plugin {
  constructor(surfer) { this.surfer = surfer; surfer.on('zoom', this.zoom); this.dom = document.createElement('p'); }
  zoom = () => {};
  destroy() { this.surfer.stopListening('zoom', this.zoom); this.dom.remove(); }
}`,
    },
    {
      name: 'a receiver that the class ends',
      code: `export class Connection {
  constructor(socket) { this.socket = socket; socket.on('data', (data) => this.read(data)); this.timer = setTimeout(() => {}, 5); }
  read(data) {}
  close() { clearTimeout(this.timer); this.socket.end(); }
}`,
    },
    {
      name: 'the handler of a protocol, which ends with its connection',
      code: `export class Adapter {
  constructor(dap) {
    this.dap = dap;
    this.dap.on('initialize', (p) => this.a(p));
    this.dap.on('threads', (p) => this.a(p));
    this.dap.on('source', (p) => this.a(p));
    this.dap.on('pause', (p) => this.a(p));
    this.t = setInterval(() => {}, 9);
  }
  a(p) {}
  dispose() { clearInterval(this.t); }
}`,
    },
    {
      name: 'a stop of one thing that it is given',
      code: `export class Profiles { constructor(source) { source.on('line', () => this.mark()); this.all = new Map(); } mark() {} stop(session) { this.all.delete(session); session.end(); } }`,
    },
    {
      name: 'a class without a teardown',
      code: `export class Log { constructor(source) { source.on('line', (line) => this.write(line)); } write(line) {} }`,
    },
    {
      name: 'a teardown that ends nothing',
      code: `export class Flag { constructor(source) { source.on('line', () => this.mark()); } mark() {} dispose() { this.gone = true; } }`,
    },
    {
      name: 'a handler that holds nothing of the instance',
      code: `export class Stats { constructor(source) { source.on('line', (line) => console.log(line)); this.t = setInterval(() => {}, 9); } dispose() { clearInterval(this.t); } }`,
    },
    {
      name: 'a selection of elements, whose handler comes third',
      code: `export class Table { constructor(root) { root.on('click', '.row', () => this.pick()); this.t = setInterval(() => {}, 9); } pick() {} dispose() { clearInterval(this.t); } }`,
    },
    {
      name: 'its own host element',
      code: `import { Directive, ElementRef } from '@angular/core';
@Directive({ selector: '[x]' })
export class X {
  constructor(private el: ElementRef) { this.el.nativeElement.addEventListener('click', () => this.go()); this.t = setInterval(() => {}, 9); }
  t; go() {}
  ngOnDestroy() { clearInterval(this.t); }
}`,
    },
    {
      name: 'a clean-up that an effect returns',
      code: `import { useEffect } from 'react';
import { socket } from '@acme/socket';
export function Chat({ onLine }) {
  useEffect(() => { socket.on('line', onLine); return () => socket.off('line', onLine); }, [onLine]);
  return <p />;
}`,
      path: 'src/chat.tsx',
    },
  ],
);

samples(
  'removals that cannot match, on any receiver',
  [
    {
      name: 'another event on one way out',
      code: `export function add(client, id) {
  return new Promise((resolve, reject) => {
    const listener = (member) => { if (member.id === id) { client.removeListener(Events.UPDATE, listener); resolve(member); } };
    client.on(Events.UPDATE, listener); // leak listener/emitter-on
    request(id).catch((error) => { client.removeListener(Events.REMOVE, listener); reject(error); });
  }).catch(() => { client.removeListener(Events.REMOVE, () => {}); });
}`.replace('client.removeListener(Events.UPDATE, listener); resolve', 'resolve'),
    },
    {
      name: 'a function that was never added, in a chain',
      code: `export function write(socket, body) {
  const onDrain = () => body.resume();
  const onClose = () => {};
  const onFinished = () => { socket.removeListener('drain', onDrain).removeListener('close', onClose); };
  socket
    .on('drain', onDrain)
    .on('close', onFinished); // leak listener/emitter-on
}`,
    },
    {
      name: 'the page instead of the element',
      code: `export class Row {
  bind() { this.el.nativeElement.addEventListener('dragover', this.over); } // leak listener/dom-event-listener
  over = () => {};
  unbind() { document.removeEventListener('dragover', this.over); }
}`,
    },
    {
      name: 'a one-time handler, removed for another event',
      code: `export function requestOf(req, res) {
  const controller = new AbortController();
  const onGone = () => {
    res.off('close', onGone);
    req.socket?.off?.('end', onGone);
    controller.abort();
  };
  res.once('close', onGone);
  req.socket?.once?.('close', onGone); // leak listener/emitter-once-never-fires
  return new Request(req.url, { signal: controller.signal });
}`,
    },
    {
      name: 'a one-time handler, and another function of its name',
      path: 'src/popup.js',
      code: `export function Popup(bus) { this.bus = bus; }
Popup.prototype.bindAll = function () {
  var bus = this.bus, self = this;
  function close() { self.close(); }
  bus.once('pad.close', close); // leak listener/emitter-once-never-fires
};
Popup.prototype.unbindAll = function () {
  var bus = this.bus, self = this;
  function close() { self.close(); }
  bus.off('pad.close', close);
};`,
    },
    {
      name: 'a handler where the event belongs',
      code: `export function duplicate(client, done) {
  const failed = (error) => done(error);
  const ready = () => { done(null, client); client.removeAllListeners(failed); };
  client.once('ready', ready);
  client.on('error', failed); // leak listener/emitter-on
}`,
    },
  ],
  [
    {
      name: 'one handler for several events',
      code: `export function once(socket, done) {
  const end = () => { socket.removeListener('close', end); socket.removeListener('error', end); done(); };
  socket.on('close', end);
  socket.on('error', end);
}`,
    },
    {
      name: 'a one-time handler that another event takes off, with one of that event',
      code: `export function first(socket, done) {
  const end = () => { socket.off('end', end); if (socket.open) socket.off('close', end); done(); };
  socket.once('close', end);
  socket.once('end', end);
}`,
    },
    {
      name: 'events by a variable',
      code: `export class Keys { bind(el, names) { for (const name of names) el.addEventListener(name, this.key); } key = () => {}; unbind(el) { el.removeEventListener('keydown', this.key); } }`,
    },
    {
      name: 'a function that is given on',
      code: `export function watch(socket, attach) { const onClose = () => {}; attach(onClose); const onEnd = () => socket.removeListener('close', onClose); socket.on('close', onEnd); }`,
    },
    {
      name: 'a variable that may be the page',
      code: `export class Drag { bind(target) { target.addEventListener('mousemove', this.move); } move = () => {}; unbind() { document.removeEventListener('mousemove', this.move); } }`,
    },
    {
      name: 'all handlers of an event in a constant',
      code: `const EVENT = 'line'; export function stop(source, handler) { source.on(EVENT, handler); return () => source.removeAllListeners(EVENT); }`,
    },
  ],
);

samples(
  'intervals that only a handler clears',
  [
    {
      name: 'a poll that ends with its answer, and not with its owner',
      code: `export class Upgrade {
  probe(transport) {
    this.check = setInterval(() => { if (transport.open) clearInterval(this.check); }, 100); // leak listener/interval
  }
  close() { this.closed = true; }
}`,
    },
    {
      name: 'in a constructor function',
      code: `function Watcher() { this.timer = null; }
Watcher.prototype.start = function (probe) {
  var self = this;
  self.timer = setInterval(function () { if (probe()) clearInterval(self.timer); }, 50); // leak listener/interval
};
Watcher.prototype.destroy = function () { this.gone = true; };
module.exports = Watcher;`,
      path: 'lib/watcher.js',
    },
    {
      name: 'cleared when the last client leaves',
      code: `export class Beat {
  join(client) {
    this.beat = setInterval(() => client.ping(), 1000); // leak listener/interval
    client.once('gone', () => clearInterval(this.beat));
  }
  destroy() { this.ended = true; }
}`,
    },
  ],
  [
    {
      name: 'cleared by the teardown too',
      code: `export class Upgrade {
  probe(transport) { this.check = setInterval(() => { if (transport.open) clearInterval(this.check); }, 100); }
  close() { clearInterval(this.check); }
}`,
    },
    {
      name: 'cleared by the end that the teardown brings',
      code: `export class Client {
  connect(socket) {
    this.watchdog = setInterval(() => socket.ping(), 1000);
    socket.on('close', () => clearInterval(this.watchdog));
    this.socket = socket;
  }
  disconnect() { this.socket.destroy(); }
}`,
    },
    {
      name: 'cleared by a method that anyone may call',
      code: `export class Poll { start() { this.t = setInterval(() => this.go(), 9); } go() {} pause() { clearInterval(this.t); } destroy() { this.gone = true; } }`,
    },
    {
      name: 'handed to a helper by the teardown',
      code: `export class Poll { start() { this.t = setInterval(() => { if (done()) clearInterval(this.t); }, 9); } destroy() { stopAll([this.t]); } }`,
    },
  ],
);

samples(
  'a timeout that another occasion clears, and the teardown does not',
  [
    {
      name: 'a deadline that closes what is closed already',
      code: `export class Client {
  setup() {
    this.deadline = setTimeout(() => { // leak listener/timeout-in-class
      if (this.names.size === 0) this.close();
      else this.log();
    }, this.server.timeout);
  }
  log() {}
  connect() { clearTimeout(this.deadline); }
  close() { this.destroy(); }
  destroy() { this.conn.removeListener('data', this.read); }
}`,
    },
    {
      name: 'a retry whose callback asks about the work',
      code: `export class Sync {
  retry(delay: number) {
    this.timer = setTimeout(() => { if (this.items.length > 0) this.send(); }, delay); // leak listener/timeout-in-class
  }
  send() {}
  dispose() { this.store.close(); }
}`,
    },
    {
      name: 'a debounce',
      code: `export class Filter {
  input(text) {
    clearTimeout(this.filterTimeout);
    this.filterTimeout = setTimeout(() => { if (text) this.apply(text); }, 300); // leak listener/timeout-in-class
  }
  apply(text) {}
  ngOnDestroy() { this.rows.dispose(); }
}`,
    },
  ],
  [
    {
      name: 'a callback that asks whether its owner is gone',
      code: `export class Sync { retry() { this.timer = setTimeout(() => { if (this.disposed) return; this.send(); }, 3000); } send() {} dispose() { this.disposed = true; this.store.close(); } }`,
    },
    {
      name: 'a callback that asks for what the teardown takes away',
      code: `export class Sync { retry() { this.timer = setTimeout(() => { if (!this.store) return; this.send(); }, 3000); } send() {} dispose() { this.store.close(); this.store = null; } }`,
    },
    {
      name: 'a teardown that leaves it to other classes',
      code: `export abstract class Loader {
  private retry: number;
  again() { this.retry = setTimeout(() => this.load(), this.delay); }
  destroy() { this.context.close(); this.abort(); }
  protected abstract load(): void;
  protected abstract abort(): void;
}`,
    },
    {
      name: 'a teardown that is put off',
      code: `export class Idle { touch() { this.timer = setTimeout(() => this.dispose(), 3000); } dispose() { this.store.close(); } }`,
    },
  ],
);

samples(
  'signals and tokens of a caller',
  [
    {
      name: 'a cancellation token in a promise that settles otherwise',
      code: `export function cancellable(promise, token) {
  return new Promise((resolve, reject) => {
    token.onCancellationRequested(() => reject(new Error('cancelled'))); // leak listener/abort-on-caller-signal
    promise.then(resolve, reject);
  });
}`,
    },
    {
      name: 'a remover that is dropped',
      code: `import { addAbortListener } from 'node:events';
export async function fetchAll(urls, signal) {
  addAbortListener(signal, () => stop(urls)); // leak listener/abort-on-caller-signal
  return Promise.all(urls.map(get));
}`,
    },
    {
      name: 'a remover of a helper that is dropped',
      code: `const { addAbortListener } = require('./util');
exports.request = async function (options) {
  addAbortListener(options.signal, () => options.abort()); // leak listener/abort-on-caller-signal
  return options.send();
};`,
      path: 'lib/request.js',
    },
  ],
  [
    {
      name: 'a token whose disposable is kept',
      code: `export function cancellable(promise, token) {
  return new Promise((resolve, reject) => {
    const listener = token.onCancellationRequested(() => reject(new Error('cancelled')));
    promise.then(resolve, reject).finally(() => listener.dispose());
  });
}`,
    },
    {
      name: 'a token of one request',
      code: `export async function provide(document, token) { token.onCancellationRequested(() => stop()); return await compute(document); }`,
    },
    {
      name: 'a handler that is removed by its name',
      code: `const { addAbortListener } = require('./util');
exports.addSignal = function (self, signal) { self.signal = signal; self.listener = () => self.abort(); addAbortListener(self.signal, self.listener); };
exports.removeSignal = function (self) { self.signal.removeEventListener('abort', self.listener); };`,
      path: 'lib/request.js',
    },
    {
      name: 'a remover that is used',
      code: `import { addAbortListener } from 'node:events';
export async function run(signal) { using listener = addAbortListener(signal, () => stop()); await work(); }`,
    },
    {
      name: 'a remover that is called in the end',
      code: `const { addAbortListener } = require('./util');
exports.request = async function (options) { const remove = addAbortListener(options.signal, () => options.abort()); try { return await options.send(); } finally { remove(); } };`,
      path: 'lib/request.js',
    },
  ],
);

const rx = "import { Subject } from 'rxjs';\nimport { takeUntil } from 'rxjs/operators';\n";
samples(
  'streams of what a component is given',
  [
    {
      name: 'a notifier that never fires, on any source',
      code: `${rx}export class Trigger {
  private destroy$ = new Subject<void>();
  ngAfterViewInit() { this.menu.closed.pipe(takeUntil(this.destroy$)).subscribe(() => this.close()); } // leak listener/rx-subscription-ignored
  close() {}
  ngOnDestroy() { this.overlay.detach(); }
}`,
    },
    {
      name: 'an event of an injected parent',
      code: `import { Component } from '@angular/core';
import { Direction } from './direction';
@Component({ selector: 'x-drawer', template: '' })
export class Drawer {
  constructor(private readonly direction: Direction) {
    this.direction.change.subscribe(() => this.layout()); // leak listener/rx-subscription-ignored
  }
  layout() {}
}`,
    },
    {
      name: 'a stream taken from a service, beside one that ends',
      code: `${rx}export class Row {
  private destroy$ = new Subject<void>();
  constructor(private readonly table: TableService) {}
  ngOnInit() {
    const { width$, auto$ } = this.table;
    auto$.pipe(takeUntil(this.destroy$)).subscribe((auto) => this.set(auto));
    width$.subscribe((width) => this.set(width)); // leak listener/rx-subscription-ignored
  }
  set(value) {}
  ngOnDestroy() { this.destroy$.next(); this.destroy$.complete(); }
}`,
    },
  ],
  [
    {
      name: 'parameters of the route, which end with it',
      code: `import { Component } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
@Component({ selector: 'x-page', template: '' })
export class Page { constructor(private readonly route: ActivatedRoute) { this.route.params.subscribe((p) => this.load(p)); } load(p) {} }`,
    },
    {
      name: 'one answer of a service',
      code: `import { Component } from '@angular/core';
import { Api } from './api';
@Component({ selector: 'x-page', template: '' })
export class Page { constructor(private readonly api: Api) { this.api.load().subscribe((rows) => this.show(rows)); } show(rows) {} }`,
    },
    {
      name: 'its own control',
      code: `import { Directive } from '@angular/core';
import { NgControl } from '@angular/forms';
@Directive({ selector: '[x]' })
export class X { constructor(private readonly control: NgControl) { this.control.valueChanges.subscribe((v) => this.set(v)); } set(v) {} }`,
    },
    {
      name: 'a notifier that fires',
      code: `${rx}export class Trigger {
  private destroy$ = new Subject<void>();
  ngAfterViewInit() { this.menu.closed.pipe(takeUntil(this.destroy$)).subscribe(() => this.close()); }
  close() {}
  ngOnDestroy() { this.destroy$.next(); }
}`,
    },
  ],
);

samples(
  'events of a module and of a static emitter',
  [
    {
      name: 'an event that a module exports',
      code: `import { onDidClosePR } from './events';
export class Overview {
  constructor(panel) { onDidClosePR((pr) => panel.update(pr)); } // leak listener/vscode-event-dropped
  dispose() { this.panel.dispose(); }
}`,
    },
    {
      name: 'the event of a static emitter',
      code: `import { EventEmitter } from './events';
export class Skipper {
  static readonly shared = new EventEmitter();
  constructor() { Skipper.shared.event((skip) => this.apply(skip)); } // leak listener/vscode-event-dropped
  apply(skip) {}
  dispose() { this.map.clear(); }
}`,
    },
    {
      name: 'a field that the teardown forgets, of an inherited service',
      code: `class Base { constructor(protected readonly keys: KeyService) {} }
export class Item extends Base {
  protected listener: Disposable | undefined;
  update(when: string) {
    this.listener = this.keys.onDidChange(() => this.draw(when)); // leak listener/disposable-not-registered
  }
  draw(when: string) {}
  dispose() { this.items.dispose(); }
}`,
    },
  ],
  [
    {
      name: 'a field that the base class disposes',
      code: `import * as vscode from 'vscode';
class Base { protected listener: vscode.Disposable | undefined; dispose() { this.listener?.dispose(); } }
export class Item extends Base { watch() { this.listener = vscode.workspace.onDidRenameFiles(() => this.draw()); } draw() {} }`,
    },
    {
      name: 'given to the list of its owner',
      code: `import { onDidClosePR } from './events';
export class Overview { constructor(panel) { onDidClosePR((pr) => panel.update(pr), null, this.disposables); } disposables = []; }`,
    },
    {
      name: 'an event that is told, not heard',
      code: `export class Usage { constructor(private readonly log: Analytics) { this.log.event('opened'); } dispose() { this.log.flush(); } }`,
    },
    {
      name: 'its own emitter',
      code: `import { EventEmitter } from './events';
export class Own { private readonly changed = new EventEmitter(); constructor() { this.changed.event(() => this.draw()); } draw() {} dispose() { this.map.clear(); } }`,
    },
  ],
);

samples(
  'the end of a receiver that is the end of its owner',
  [
    {
      name: 'another event of it',
      path: 'src/channel.js',
      code: `export class Channel {
  constructor(port) {
    this.port = port;
    this.port.on('close', this.onClose.bind(this));
    this.port.on('message', () => this.read()); // leak listener/emitter-on
  }
  read() {}
  onClose() {
    this.requests.removeAllListeners();
  }
}`,
    },
  ],
  [
    {
      name: 'a teardown as its handler',
      path: 'src/channel.js',
      code: `export class Channel {
  constructor(port) {
    this.port = port;
    this.port.on('close', this.onClose.bind(this));
  }
  onClose() {
    this.requests.removeAllListeners();
  }
}`,
    },
    {
      name: 'a handler that calls the teardown',
      path: 'src/channel.js',
      code: `export class Channel {
  constructor(port) {
    this.port = port;
    this.port.on('end', () => this.destroy());
  }
  destroy() {
    this.requests.removeAllListeners();
  }
}`,
    },
  ],
);

const skin = (method: string, body: string, end: string): string => `import { Skin } from './skin';
export class Box {
  connectedCallback() {
    ${body}
  }
  ${method}
  paint() {}
  disconnectedCallback() {
    ${end}
  }
}`;

samples(
  'a registration by a method of the owner that is given the handler',
  [
    {
      name: 'an arrow',
      path: 'src/box.js',
      code: skin(
        "_follow(handler = () => {}) {\n    Skin.on('change', handler); // leak listener/emitter-on\n  }",
        'this._follow(() => this.paint());',
        'this.frame.remove();',
      ),
    },
    {
      name: 'a private method',
      path: 'src/box.ts',
      code: skin(
        "private follow(handler: () => void) {\n    Skin.on('change', handler); // leak listener/emitter-on\n  }",
        'this.follow(() => this.paint());',
        'this.frame.remove();',
      ),
    },
    {
      name: 'two events',
      path: 'src/box.js',
      code: skin(
        "_follow(event, handler) {\n    this.log(event);\n    Skin.on('change', handler); // leak listener/emitter-on\n  }",
        "this._follow('a', () => this.paint()); this._follow('b', () => this.paint());",
        'this.frame.destroy();',
      ),
    },
  ],
  [
    {
      name: 'one that gives back how to end it',
      path: 'src/box.js',
      code: skin(
        "_follow(handler) {\n    Skin.on('change', handler);\n    return () => Skin.off('change', handler);\n  }",
        'this.undo = this._follow(() => this.paint());',
        'this.undo();',
      ),
    },
    {
      name: 'one that anybody may call',
      path: 'src/box.js',
      code: skin(
        "follow(handler) {\n    Skin.on('change', handler);\n  }",
        'this.follow(() => this.paint());',
        'this.frame.remove();',
      ),
    },
    {
      name: 'handlers that are kept and removed',
      path: 'src/box.js',
      code: skin(
        "_follow(handler) {\n    Skin.on('change', handler);\n    this.handlers.push(handler);\n  }",
        'this._follow(() => this.paint());',
        "this.handlers.forEach((handler) => Skin.off('change', handler));",
      ),
    },
  ],
);

const view = (subscribe: string, end: string): string => `import { store } from 'some-store';
import { Bag } from 'some-bag';
export class View {
  private readonly bag = new Bag();
  private off = () => {};
  constructor(private readonly element: HTMLElement) {
    ${subscribe}
  }
  draw() {}
  destroy() {
    ${end}
  }
}`;

samples(
  'what a registration on something unknown gives back',
  [
    {
      name: 'is dropped',
      code: view("store.on('updated', () => this.draw()); // leak listener/emitter-on", 'this.element.remove();'),
    },
    {
      name: 'is dropped in a chain',
      code: view(
        "store.on('updated', () => this.draw()).on('gone', () => this.draw()); // leak listener/emitter-on",
        'this.element.remove();',
      ).replace("store.on('updated'", "store // leak listener/emitter-on\n      .on('updated'"),
    },
  ],
  [
    {
      name: 'is put into a bag that the teardown empties',
      code: view("this.bag.add(store.on('updated', () => this.draw()));", 'this.bag.dispose();'),
    },
    {
      name: 'is kept in a field that the teardown calls',
      code: view("this.off = store.on('updated', () => this.draw());", 'this.off();'),
    },
    {
      name: 'is one of a list that the clean-up goes through',
      path: 'src/App.tsx',
      code: `import { useEffect } from 'react';
import { store } from 'some-store';
export function App({ show }) {
  useEffect(() => {
    const offs = [store.on('updated', (it) => show(it)), store.on('gone', (it) => show(it))];
    return () => offs.forEach((off) => off());
  }, []);
  return <p />;
}`,
    },
  ],
);

samples(
  'a removal by a function that is not seen',
  [
    {
      name: 'is for another handler',
      code: view(
        "window.addEventListener('message', this.draw); // leak listener/dom-event-listener",
        "removeListenerSafely(window, 'message', this.off);",
      ),
    },
  ],
  [
    {
      name: 'is given the handler',
      code: view(
        "window.addEventListener('message', this.draw);",
        "removeEventListenerSafely(window, 'message', this.draw, true);",
      ),
    },
  ],
);
