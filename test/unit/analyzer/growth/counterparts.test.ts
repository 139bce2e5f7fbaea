import { samples } from '../expectLeaks';

samples(
  'entries that their own end leaves behind',
  [
    {
      name: 'the clean-up that is returned does something else',
      code: `export class Feed {
  private listeners = new Set<(item: string) => void>();
  private count = 0;
  subscribe(listener: (item: string) => void): () => void {
    this.listeners.add(listener); // leak cache/set-field-only-grows
    this.count++;
    return () => {
      this.count--;
    };
  }
  emit(item: string) {
    for (const listener of this.listeners) listener(item);
  }
}`,
    },
    {
      name: 'a disposable is returned, listeners are kept per event',
      code: `export class Bus {
  private readonly table = new Map<string, Array<(data: unknown) => void>>();
  on(event: string, handler: (data: unknown) => void): { dispose(): void } {
    const handlers = this.table.get(event) ?? [];
    this.table.set(event, handlers);
    handlers.push(handler); // leak cache/map-without-eviction
    return { dispose: () => console.debug('off', event) };
  }
  fire(event: string, data: unknown) {
    this.table.get(event)?.forEach((handler) => handler(data));
  }
}`,
    },
    {
      name: 'an effect of a component',
      code: `import { useEffect, useRef } from 'react';
const overlays = [];
export function Overlay({ children }) {
  const ref = useRef(null);
  useEffect(() => {
    overlays.push(ref); // leak cache/array-only-pushed
    document.body.classList.add('modal');
    return () => document.body.classList.remove('modal');
  }, []);
  return children;
}`,
    },
    {
      name: 'the close of what was put in',
      code: `export class Gateway {
  constructor() { this.clients = new Set(); }
  handleUpgrade(client) {
    this.clients.add(client); // leak cache/set-field-only-grows
    client.on('close', () => console.debug('gone', client.name));
  }
  broadcast(text) { for (const client of this.clients) client.send(text); }
  close() {
    for (const client of this.clients) client.terminate();
    this.clients.clear();
  }
}`,
    },
    {
      name: 'a close that a helper handles, an observable of the end',
      code: `export class Router {
  private readonly producers = new Map<string, Producer>();
  private readonly windows: PopupRef[] = [];
  produce(producer: Producer) {
    this.producers.set(producer.id, producer); // leak cache/map-without-eviction
    this.handle(producer);
  }
  private handle(producer: Producer) {
    producer.on('@close', () => console.debug(producer.id));
  }
  popup(ref: PopupRef) {
    this.windows.push(ref); // leak cache/array-only-pushed
    ref.onClose.subscribe(() => console.debug('closed'));
    return this.windows.at(-1);
  }
  stats() { return [...this.producers.values()].map((one) => one.kind); }
}`,
    },
    {
      name: 'a handler that is assigned, a promise of a list of those that run',
      code: `export class Pool {
  constructor() { this.ports = new Set(); this.tasks = new Set(); }
  join(port) {
    this.ports.add(port); // leak cache/set-field-only-grows
    port.onclose = () => console.debug('closed');
  }
  run(work) {
    const task = work();
    this.tasks.add(task); // leak cache/set-field-only-grows
    task.finally(() => console.debug('done'));
  }
  send(text) { for (const port of this.ports) port.postMessage(text); }
  idle() { return Promise.all(this.tasks); }
}`,
    },
    {
      name: 'remove beside add',
      code: `export class Registry {
  private readonly zones: Zone[] = [];
  private index = 0;
  addZone(zone: Zone) {
    this.zones.push(zone); // leak cache/array-only-pushed
  }
  removeZone(zone: Zone) {
    const at = this.zones.indexOf(zone);
    if (at >= 0) this.index = Math.min(this.index, at);
  }
}`,
    },
    {
      name: 'functions of a module, emptied only all together',
      code: `const providers = new Map<string, object>();
export function registerProvider(id: string, provider: object) {
  providers.set(id, provider); // leak cache/map-without-eviction
}
export function unregisterProvider(id: string) {
  console.debug('unregister', id);
}
export function clearProviders() {
  providers.clear();
}`,
    },
    {
      name: 'a handler of the close of any',
      code: `import { window } from 'vscode';
export class Launcher {
  private readonly terminals = new Map();
  constructor(context) {
    context.subscriptions.push(window.onDidCloseTerminal((terminal) => this.report(terminal)));
  }
  launch(terminal) {
    this.terminals.set(terminal.processId, terminal); // leak cache/map-without-eviction
    return this.terminals.get(terminal.processId);
  }
  report(terminal) { console.debug(terminal.name); }
}`,
    },
    {
      name: 'an object adds itself to a list of the module',
      code: `const widgets = [];
export class Widget {
  constructor(element) {
    this.element = element;
    widgets.push(this); // leak cache/array-only-pushed
  }
  destroy() { this.element.remove(); }
  static redraw() { widgets.forEach((widget) => widget.element.classList.toggle('x')); }
}`,
    },
    {
      name: 'what is pending, and stays so',
      code: `export class Saver {
  private readonly pendingPaths = new Set<string>();
  async save(path: string, write: (path: string) => Promise<void>) {
    if (this.pendingPaths.has(path)) return;
    this.pendingPaths.add(path); // leak cache/set-field-only-grows
    await write(path);
  }
}`,
    },
    {
      name: 'programs that others may start again',
      code: `import { spawn } from 'node:child_process';
const children = [];
function start(name) {
  const child = spawn(name, []);
  children.push(child); // leak cache/array-only-pushed
  child.on('exit', () => console.log(name));
}
export function startAgain(name) { start(name); }
start('server');
export const stop = () => { for (const child of children) child.kill(); };`,
    },
  ],
  [
    {
      name: 'a method that notes others, and ends none',
      code: `function Rules() {
  this._kept = [];
  this._gone = [];
}
Rules.prototype = {
  addKept: function (rule) { this._kept.unshift({ rule: rule, isKept: true }); },
  removeKept: function (rule) { this._gone.unshift({ rule: rule, isKept: false }); },
  find: function (test) { return this._kept.concat(this._gone).find(test); },
};
module.exports = Rules;`,
    },
    {
      name: 'a counter of users',
      code: `import { useEffect } from 'react';
const users: Record<string, number> = {};
export function useScript(path: string) {
  useEffect(() => {
    if (users[path] === undefined) users[path] = 1;
    else users[path] += 1;
    return () => {
      users[path] -= 1;
    };
  }, [path]);
}`,
    },
    {
      name: 'a bucket that is made where there is none, and is left by its members',
      code: `export class Hooks {
  private hooks: Record<string, Set<() => void>> = {};
  on(name: string, callback: () => void): () => void {
    const own = (this.hooks[name] = this.hooks[name] || new Set());
    own.add(callback);
    return () => {
      own.delete(callback);
    };
  }
  emit(name: string) {
    for (const callback of this.hooks[name] ?? []) callback();
  }
}`,
    },
    {
      name: 'what is left is put in its place',
      code: `export class Form {
  private entries: { name: string }[] = [];
  append(name: string) {
    this.entries.push({ name });
  }
  delete(name: string) {
    const next: { name: string }[] = [];
    for (const entry of this.entries) if (entry.name !== name) next.push(entry);
    this.entries = next;
  }
  all() {
    return this.entries;
  }
}`,
    },
    {
      name: 'buckets of a kind of their own, from which items leave',
      code: `import { LinkedList } from 'lists';
export class Menus {
  private readonly items = new Map<string, LinkedList>();
  append(id: string, item: unknown): { dispose(): void } {
    let list = this.items.get(id);
    if (!list) {
      list = new LinkedList();
      this.items.set(id, list);
    }
    const remove = list.push(item);
    return { dispose: () => remove() };
  }
  of(id: string) {
    return this.items.get(id);
  }
}`,
    },
    {
      name: 'each is taken out',
      code: `export class Feed {
  private listeners = new Set<() => void>();
  private byEvent: Record<string, Array<() => void>> = {};
  subscribe(listener: () => void) {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }
  on(event: string, listener: () => void) {
    (this.byEvent[event] ??= []).push(listener);
    return () => this.off(event, listener);
  }
  off(event: string, listener: () => void) {
    this.byEvent[event] = (this.byEvent[event] ?? []).filter((one) => one !== listener);
  }
}`,
    },
    {
      name: 'members leave the buckets in a loop',
      code: `export class Services {
  private readonly services = new Map<object, Map<string, object>>();
  addService(provider: object, path: string, service: object) {
    let of = this.services.get(provider);
    if (!of) {
      of = new Map();
      this.services.set(provider, of);
    }
    of.set(path, service);
  }
  removeService(path: string) {
    for (const of of this.services.values()) if (of.delete(path)) break;
  }
}`,
    },
    {
      name: 'closed, to be opened again',
      code: `export class Sections {
  private readonly sections: Section[] = [];
  addSection(section: Section) {
    const free = this.sections.findIndex((one) => one.closed);
    if (free >= 0) this.sections[free] = section;
    else this.sections.push(section);
  }
  closeSection(section: Section) {
    section.close();
  }
}`,
    },
    {
      name: 'filled anew each time',
      code: `export class Sessions {
  private stored = new Map<string, object>();
  initForPlayback(ids: string[]) {
    this.stored = new Map();
    for (const id of ids) this.stored.set(id, {});
  }
  async removeSession(id: string, load: (id: string) => Promise<{ remove(): void }>) {
    (await load(id)).remove();
  }
}`,
    },
    {
      name: 'another thing than the one that is removed',
      code: `export class Editor {
  private readonly styles = new Map<string, object>();
  private readonly markers = new Set<object>();
  addStyle(name: string, style: object) {
    this.styles.set(name, style);
  }
  addMarker(marker: object) {
    this.markers.add(marker);
  }
  removeMarker(marker: object) {
    this.markers.delete(marker);
  }
}`,
    },
    {
      name: 'a list of disposables that a constructor fills, a cache of promises',
      code: `export class Transport {
  private readonly disposables: { dispose(): void }[] = [];
  constructor(root: Root) {
    this.disposables.push(root.closed(() => this.close()));
  }
  close() { for (const one of this.disposables) one.dispose(); }
}
export class Icons {
  private readonly icons = new Map<string, Promise<string>>();
  get(name: string, load: (name: string) => Promise<string>) {
    let icon = this.icons.get(name);
    if (!icon) {
      icon = load(name);
      this.icons.set(name, icon);
      icon.finally(() => console.debug('loaded', name));
    }
    return icon;
  }
}`,
    },
    {
      name: 'buckets of a class, a list without the one',
      code: `export class Markers {
  private readonly byOwner = new Map<string, ResourceMap>();
  private form: { name: string }[] = [];
  addMarker(owner: string, marker: object) {
    let of = this.byOwner.get(owner);
    if (!of) {
      of = new ResourceMap();
      this.byOwner.set(owner, of);
    }
    of.put(marker);
  }
  removeMarker(owner: string, marker: object) {
    this.byOwner.get(owner)?.without(marker);
  }
  append(name: string) {
    this.form.push({ name });
  }
  delete(name: string) {
    const rest = [];
    for (const one of this.form) if (one.name !== name) rest.push(one);
    this.form = rest;
  }
}`,
    },
    {
      name: 'counted',
      code: `export class Attributions {
  private readonly counts: Record<string, number> = {};
  addAttribution(text: string) {
    if (!this.counts[text]) this.counts[text] = 0;
    this.counts[text]++;
  }
  removeAttribution(text: string) {
    if (this.counts[text]) this.counts[text]--;
  }
}`,
    },
    {
      name: 'a getter is returned, and no end',
      code: `export class Plugins {
  private readonly plugins: Plugin[] = [];
  names() {
    return this.plugins.map((plugin) => plugin.name);
  }
  create(plugin: Plugin) {
    this.plugins.push(plugin);
    return { name: plugin.name, run: () => plugin.run(), close: () => plugin.close() };
  }
}`,
    },
    {
      name: 'taken out when it is done',
      code: `export class Api {
  private readonly pending = new Map<string, Promise<unknown>>();
  get(url: string, load: (url: string) => Promise<unknown>) {
    const known = this.pending.get(url);
    if (known) return known;
    const promise = load(url);
    this.pending.set(url, promise);
    const cleanup = () => {
      if (this.pending.get(url) === promise) this.pending.delete(url);
    };
    promise.then(cleanup, cleanup);
    return promise;
  }
}`,
    },
    {
      name: 'programs that the module starts by name',
      code: `import { spawn } from 'node:child_process';
const children = [];
function start(name) {
  const child = spawn(name, []);
  children.push(child);
  child.on('exit', () => console.log(name));
}
start('server');
start('client');
export const stop = () => { for (const child of children) child.kill(); };`,
    },
  ],
);

samples(
  'entries that the method of a constructor function leaves, and those of what a constructor empties first',
  [
    {
      name: 'methods on a prototype',
      path: 'src/changes.js',
      code: `function Changes(emitter) {
  this.emitter = emitter;
  this.handlers = {};
}
Changes.prototype.addHandler = function (name, id, database) {
  if (this.handlers[id]) return;
  function handle() { database.refresh(id); }
  this.handlers[id] = handle; // leak cache/record-only-grows
  this.emitter.on(name, handle);
};
Changes.prototype.removeHandler = function (name, id) {
  if (!(id in this.handlers)) return;
  this.emitter.off(name, this.handlers[id]);
};
module.exports = new Changes(require('./emitter'));`,
    },
    {
      name: 'the disposable that is returned, of a registry that its constructor clears',
      path: 'src/registry.js',
      code: `const { Disposable } = require('event-kit');
module.exports = class Registry {
  constructor() { this.clear(); }
  clear() {
    this.maintained = new Set();
  }
  maintain(editor) {
    if (this.maintained.has(editor)) return undefined;
    this.maintained.add(editor); // leak cache/set-field-only-grows
    const subscription = editor.onDidChangePath(() => this.select(editor));
    return new Disposable(() => subscription.dispose());
  }
  update() { for (const editor of this.maintained) this.select(editor); }
  select(editor) { editor.update(); }
};`,
    },
  ],
  [
    {
      name: 'the method on the prototype takes it out',
      path: 'src/changes.js',
      code: `function Changes(emitter) {
  this.emitter = emitter;
  this.handlers = {};
}
Changes.prototype.addHandler = function (name, id, database) {
  function handle() { database.refresh(id); }
  this.handlers[id] = handle;
  this.emitter.on(name, handle);
};
Changes.prototype.removeHandler = function (name, id) {
  if (!(id in this.handlers)) return;
  this.emitter.off(name, this.handlers[id]);
  delete this.handlers[id];
};
module.exports = new Changes(require('./emitter'));`,
    },
    {
      name: 'a method of another constructor function has the name',
      path: 'src/changes.js',
      code: `function Changes(emitter) {
  this.emitter = emitter;
  this.handlers = {};
}
Changes.prototype.addHandler = function (name, id, database) {
  this.handlers[id] = database;
};
Changes.prototype.all = function () { return Object.keys(this.handlers); };
function Others(list) { this.list = list; }
Others.prototype.removeHandler = function (name, id) { this.list.off(name, id); };
module.exports = { Changes, Others };`,
    },
    {
      name: 'the disposable takes it out',
      path: 'src/registry.js',
      code: `const { Disposable } = require('event-kit');
module.exports = class Registry {
  constructor() { this.clear(); }
  clear() {
    this.maintained = new Set();
  }
  maintain(editor) {
    if (this.maintained.has(editor)) return undefined;
    this.maintained.add(editor);
    const subscription = editor.onDidChangePath(() => this.select(editor));
    return new Disposable(() => {
      this.maintained.delete(editor);
      subscription.dispose();
    });
  }
  select(editor) { editor.update(); }
};`,
    },
  ],
);
