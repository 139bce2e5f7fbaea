/** Doubts that end where the code shows that there are many: each is the twin of a case that weighs little or is silent. */
import assert from 'node:assert/strict';
import { classifyFile } from '../../../src/analyzer/files/classify';
import { findingsOf } from './expectLeaks';

const weighsMore = (code: string, path?: string): void => {
  const severities = findingsOf(code, path).map(({ severity }) => severity);
  assert.ok(
    severities.some((severity) => severity !== 'low'),
    severities.join() || 'silent',
  );
};

describe('what is told all the same', () => {
  it('is what is set up for each of many, though a guard says that it is done', () =>
    weighsMore(`document.addEventListener('click', (event) => {
  const element = event.target;
  if (element.dataset.bound) return; // already initialized
  setInterval(() => element.classList.toggle('tick'), 1000);
});`));
  it('is a function that a loop makes anew', () =>
    weighsMore(`for (const box of document.querySelectorAll('.box')) {
  const onMove = () => box.classList.add('moved');
  box.addEventListener('mouseenter', () => window.addEventListener('mousemove', onMove));
}`));
  it('is what a way out before the removal of its handler leaves to come again', () =>
    weighsMore(`function onMessage(event) {
  if (event.data.kind === 'chunk') {
    setInterval(() => show(event.data), 1000);
    if (!event.data.last) return;
    window.removeEventListener('message', onMessage);
  }
}
window.addEventListener('message', onMessage);`));
  it('is what a mode of the program itself lets run', () =>
    weighsMore(`document.addEventListener('click', () => {
  if (game.viewMode === 'production') return;
  setInterval(() => game.tick(), 10);
});`));
  it('is a clock that leaves the page for something else than its count', () =>
    weighsMore(`import { useEffect, useState } from 'react';
export function Session({ id }) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    setInterval(() => {
      setCount((known) => known + 1);
      fetch('/sessions/' + id).then((answer) => {
        if (answer.status === 401) window.location.href = '/login';
      });
    }, 5000);
  }, [id]);
  return <p>{count}</p>;
}`));
  it('is the event of an element that the program gives a function of its own', () =>
    weighsMore(`const canvas = document.getElementById('board');
canvas.draw = function () {};
canvas.onmousemove = function () {
  setInterval(() => canvas.draw(), 30);
};`));
  it('is what `destroy` of a program’s own base of components leaves', () =>
    weighsMore(`import { UIComponent } from './ui';
export class Clock extends UIComponent {
  constructor() {
    super();
    window.addEventListener('resize', this.fit);
  }
  render() { return '<p></p>'; }
  fit = () => {};
  destroy() { this.element.remove(); }
}`));
  it('is what strangers name, though it remembers failures or ends the former one', () => {
    weighsMore(`import express from 'express';
const app = express();
const failedLogins = new Map();
app.post('/login', (request, response) => {
  failedLogins.set(request.ip, (failedLogins.get(request.ip) ?? 0) + 1);
  response.sendStatus(401);
});`);
    weighsMore(`import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 1 });
const sessions = new Map();
server.on('connection', (socket) => {
  const id = crypto.randomUUID();
  sessions.get(id)?.close();
  sessions.set(id, socket);
});`);
  });
  it('is what a function called `importUsers` leaves open that is seen to fail', () =>
    weighsMore(`import { Pool } from 'pg';
const pool = new Pool();
export async function run() {
  const client = await pool.connect();
  await importUsers();
  client.release();
}
async function importUsers() {
  const answer = await fetch('/users');
  if (!answer.ok) throw new Error('no users');
}`));
  it('is what stands in a component of steps, or in a runner of tests', () => {
    const timed = "document.addEventListener('click', () => setInterval(() => show(), 1000));";
    weighsMore(timed, 'src/checkout-steps.tsx');
    weighsMore(timed, 'src/test-runner.js');
  });
  it('is in scripts of a site that have a version and are nobody else’s', () => {
    assert.equal(classifyFile('public/js/main.js', '/* My Shop front end - version 1.4.0 */\nshow();\n'), null);
    assert.equal(classifyFile('assets/theme-1.2/app.js', 'show();\n'), null);
    assert.equal(
      classifyFile('public/js/grid.js', '/*! Grid - v1.4.0 - https://example.org/grid */\nshow();\n'),
      'vendored',
    );
  });
});
