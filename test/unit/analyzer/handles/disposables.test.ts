import { samples } from '../expectLeaks';

const session = `class Session {
  run(query) { return this.rows(query); }
  rows(query) {}
  [Symbol.dispose]() { this.end(); }
  end() {}
}
`;
samples(
  'handle/disposable-not-disposed',
  [
    {
      name: 'an instance that is forgotten',
      code: `${session}export function load(query) {
  const session = new Session(); // leak handle/disposable-not-disposed
  return session.run(query).length;
}`,
    },
    {
      name: 'a path that leaves early',
      code: `${session}export function load(query) {
  const session = new Session(); // leak handle/disposable-not-disposed
  if (query === '') return 0;
  const rows = session.run(query);
  session[Symbol.dispose]();
  return rows.length;
}`,
    },
    {
      name: 'a picker that is disposed on one way only',
      code: `import * as vscode from 'vscode';
export async function choose(items) {
  const picker = vscode.window.createQuickPick(); // leak handle/disposable-not-disposed
  picker.items = items;
  const choice = await picked(picker.onDidAccept);
  if (!choice) { picker.dispose(); return; }
  return open(choice);
}`,
    },
  ],
  [
    {
      name: 'using',
      code: `${session}export function load(query) { using session = new Session(); return session.run(query).length; }`,
    },
    {
      name: 'finally',
      code: `${session}export function load(query) { const session = new Session(); try { return session.run(query).length; } finally { session.end(); } }`,
    },
    {
      name: 'returned',
      code: `${session}export function open() { const session = new Session(); session.run('x'); return session; }`,
    },
    {
      name: 'a class without the method',
      code: `class Plain { run() {} }\nexport function load() { const plain = new Plain(); return plain.run(); }`,
    },
    {
      name: 'kept in a stack',
      code: `${session}export function load(query) { using stack = new DisposableStack(); const session = stack.use(new Session()); return session.run(query); }`,
    },
  ],
);

const connection = `class Connection {
  query(sql) {}
  async [Symbol.asyncDispose]() { await this.close(); }
  async close() {}
}
`;
samples(
  'handle/async-disposable-not-disposed',
  [
    {
      name: 'forgotten',
      code: `${connection}export async function load(sql) {
  const connection = new Connection(); // leak handle/async-disposable-not-disposed
  return (await connection.query(sql)).rows;
}`,
    },
    {
      name: 'left open by an early return',
      code: `${connection}export async function load(sql) {
  const connection = new Connection(); // leak handle/async-disposable-not-disposed
  if (!sql) return [];
  const rows = await connection.query(sql).catch(() => []);
  await connection.close();
  return rows;
}`,
    },
    {
      name: 'closed on the way out of a branch only',
      code: `${connection}export async function load(sql) {
  const connection = new Connection(); // leak handle/async-disposable-not-disposed
  const rows = await connection.query(sql).catch(() => null);
  if (!rows) { await connection.close(); return []; }
  return rows.length;
}`,
    },
  ],
  [
    {
      name: 'await using',
      code: `${connection}export async function load(sql) { await using connection = new Connection(); return await connection.query(sql); }`,
    },
    { name: 'returned', code: `${connection}export async function open() { return new Connection(); }` },
    {
      name: 'kept by its owner',
      code: `${connection}export class Pool { constructor() { this.connection = new Connection(); } end() { return this.connection.close(); } }`,
    },
  ],
);

samples(
  'a long timeout whose handle is dropped',
  [
    {
      name: 'a poll of a minute',
      code: `export class Watcher {
  poll() {
    setTimeout(() => this.look(), 60 * 1000); // leak listener/timeout-in-class
  }
  look() {}
  dispose() { this.items.clear(); }
}`,
    },
    {
      name: 'a bound method',
      code: `export class Cache {
  constructor() { setTimeout(this.sweep.bind(this), 5000); } // hint listener/timeout-in-class
  sweep() { this.map.clear(); }
  destroy() { this.map = null; this.socket.end(); }
}`,
    },
    {
      name: 'in a component',
      code: `export class Toast extends HTMLElement {
  show() { setTimeout(() => { this.hidden = true; }, 4000); } // hint listener/timeout-in-class
  disconnectedCallback() { this.observer.disconnect(); }
}`,
    },
  ],
  [
    {
      name: 'a short one',
      code: `export class Watcher { poll() { setTimeout(() => this.look(), 50); } look() {} dispose() { this.items.clear(); } }`,
    },
    {
      name: 'one armed by the teardown',
      code: `export class Watcher { dispose() { this.items.clear(); setTimeout(() => this.late(), 5000); } late() {} }`,
    },
    {
      name: 'one that asks whether its owner is gone',
      code: `export class Watcher { poll() { setTimeout(() => { if (this.disposed) return; this.look(); }, 5000); } look() {} dispose() { this.disposed = true; this.items.clear(); } }`,
    },
    {
      name: 'one that holds nothing of its owner',
      code: `export class Watcher { poll() { setTimeout(() => console.log('late'), 5000); } dispose() { this.items.clear(); } }`,
    },
  ],
);
