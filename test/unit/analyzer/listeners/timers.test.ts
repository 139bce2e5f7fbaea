import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'listener/interval',
  [
    {
      name: 'a dropped id in an exported function',
      code: `export function poll(update: () => void) {\n  setInterval(update, 1000); // leak listener/interval\n}`,
    },
    {
      name: 'an id in a field that no method clears',
      code: `export class Cache {
  private readonly timer: NodeJS.Timeout;
  constructor() {
    this.timer = setInterval(() => this.sweep(), 1000); // leak listener/interval
  }
  sweep() {}
}`,
    },
    {
      name: 'a teardown that forgets one of two',
      code: `export class Socket {
  connect() {
    this.ping = setInterval(() => {}, 1000);
    this.pong = setInterval(() => {}, 1000); // leak listener/interval
  }
  disconnect() {
    clearInterval(this.ping);
  }
}`,
      path: 'src/socket.js',
    },
    {
      name: 'an interval per connection',
      code: `import net from 'node:net';
net.createServer().on('connection', (socket) => {
  setInterval(() => socket.write('x'), 1000); // leak listener/interval
});`,
    },
    {
      name: 'an effect',
      path: 'src/Clock.tsx',
      code: `import { useEffect } from 'react';\nexport function Clock({ tick }) {\n  useEffect(() => {\n    setInterval(tick, 1000); // leak listener/interval\n  }, []);\n  return <p />;\n}`,
    },
    {
      name: 'a prototype method',
      path: 'src/old.js',
      code: `function Poller() {}\nPoller.prototype.start = function () {\n  this.timer = setInterval(function () {}, 10); // leak listener/interval\n};\nPoller.prototype.close = function () {\n  console.log('closed');\n};\nmodule.exports = Poller;`,
    },
  ],
  [
    {
      name: 'one for all instances, guarded by a doubled negation',
      path: 'src/badge.jsx',
      code: `import { useEffect } from 'react';\nlet timer = null;\nexport function Badge({ rows }) {\n  useEffect(() => {\n    if (rows.length === 0 || !!timer) return;\n    timer = setInterval(() => refresh(), 1000);\n  }, [rows]);\n  return <i />;\n}`,
    },
    { name: 'module level', code: `setInterval(() => {}, 1000);` },
    {
      name: 'a returned clean-up',
      code: `export function poll() { const t = setInterval(() => {}, 1); return () => clearInterval(t); }`,
    },
    { name: 'a returned id', code: `export function poll() { return setInterval(() => {}, 1); }` },
    {
      name: 'a callback that ends its own interval',
      code: `export function countdown(n: number) { const t = setInterval(() => { if (--n === 0) clearInterval(t); }, 1); }`,
    },
    {
      name: 'cleared through a const alias',
      code: `export class A { private t?: NodeJS.Timeout; start() { this.t = setInterval(() => {}, 1); } stop() { const t = this.t; if (t) clearInterval(t); } }`,
    },
    {
      name: 'cleared through destructuring',
      path: 'src/a.js',
      code: `export class A { start() { this.t = setInterval(() => {}, 1); } stop() { const { t } = this; clearInterval(t); } }`,
    },
    {
      name: 'ids in a list that is drained',
      code: `export class A { private ts: NodeJS.Timeout[] = []; start() { this.ts.push(setInterval(() => {}, 1)); } stop() { this.ts.forEach(clearInterval); } }`,
    },
    {
      name: 'self = this',
      path: 'src/old.js',
      code: `function P() {}\nP.prototype.start = function () { var self = this; self.timer = setInterval(function () {}, 10); };\nP.prototype.close = function () { clearInterval(this.timer); };\nmodule.exports = P;`,
    },
    {
      name: 'guarded by a module flag',
      code: `let started = false;\nexport function poll() { if (started) return; started = true; setInterval(() => {}, 1); }`,
    },
    {
      name: 'a ref cleared in a clean-up',
      path: 'src/Clock.tsx',
      code: `import { useEffect, useRef } from 'react';\nexport function Clock() { const ref = useRef(null); useEffect(() => { ref.current = setInterval(() => {}, 1); return () => clearInterval(ref.current); }, []); return <p />; }`,
    },
    {
      name: 'an API object that returns it',
      code: `export function timer() { const id = setInterval(() => {}, 1); return { id }; }`,
    },
    {
      name: 'a local function named setInterval',
      code: `function setInterval(f: () => void, n: number) { void f; void n; }\nexport function go() { setInterval(() => {}, 1); }`,
    },
    {
      name: 'a parameter’s property that another function clears',
      code: `export function open(s: { t?: NodeJS.Timeout }) { s.t = setInterval(() => {}, 1); }\nexport function close(s: { t?: NodeJS.Timeout }) { clearInterval(s.t); }`,
    },
  ],
);

describe('listener/interval severity', () => {
  it('is lower for unref and in tests', () => {
    const code = (tail: string): string =>
      `export class Cache { constructor() { this.t = setInterval(() => {}, 1)${tail}; } destroy() { console.log(1); } }`;
    assert.equal(findingsOf(code(''), 'src/cache.js')[0]?.severity, 'high');
    assert.equal(findingsOf(code('.unref()'), 'src/cache.js')[0]?.severity, 'medium');
    assert.equal(findingsOf(code(''), 'test/cache.test.js')[0]?.severity, 'low');
  });
});
