/** What a guard lets come once for each key of a table, or once until it is over. */
import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

/** Of connections: how much a table grows is another question. */
const severities = (code: string): readonly string[] =>
  findingsOf(code).flatMap(({ kind, severity }) => (kind === 'handle/websocket' ? [severity] : []));

describe('a connection for each key of a table', () => {
  const linked = (guard: string, more = '', key = 'camera.address', table = 'const links = {};'): readonly string[] =>
    severities(`import { bus } from './bus';
${table}
bus.on('camera', (camera) => {
  ${guard}
  const link = new WebSocket(${key});
  link.onmessage = (event) => show(event.data);
  ${more}
});
export const forget = (address) => {
  ${more.startsWith('link') ? '' : more}
};`);
  const guard = 'if (links[camera.address]) return;\n  links[camera.address] = true;';
  it('weighs little', () => assert.deepEqual(linked(guard), ['low']));
  it('weighs little where its own close lets the next one in', () =>
    assert.deepEqual(linked(guard, 'link.onclose = () => { links[camera.address] = false; };'), ['low']));
  it('weighs as ever without the guard', () => assert.deepEqual(linked('links[camera.address] = true;'), ['high']));
  it('weighs as ever where nothing fills the table', () =>
    assert.deepEqual(linked('if (links[camera.address]) return;'), ['high']));
  it('weighs as ever where another occasion lets the next one in', () => {
    assert.deepEqual(linked(guard, 'delete links[address];'), ['high']);
    assert.deepEqual(linked(guard, 'links[address] = null;'), ['high']);
  });
  it('weighs as ever where another is given the table', () =>
    assert.deepEqual(linked(guard, 'clear(links);'), ['high']));
  it('weighs as ever where there are as many keys as ids', () =>
    assert.deepEqual(linked(guard.replaceAll('address', 'id'), '', 'camera.id'), ['high']));
  it('weighs as ever where it is as many as requests', () =>
    assert.deepEqual(linked(guard.replaceAll('camera.address', 'camera.request.url'), '', 'camera.request.url'), [
      'high',
    ]));
  it('weighs as ever where another file may empty the table', () =>
    assert.deepEqual(linked(guard, '', 'camera.address', 'export const links = {};'), ['high']));
  it('weighs as ever where the table is reached by another name, or made anew', () => {
    const held = guard.replaceAll('links', 'state.links');
    const empty = "bus.on('gone', ({ address }) => { const { links } = state; delete links[address]; });";
    const state = 'const state = { links: {} };';
    assert.deepEqual(linked(held, '', 'camera.address', `${state}\n${empty}`), ['high']);
    assert.deepEqual(linked(held, '', 'camera.address', `${state}\nbus.on('reset', () => { state.links = {}; });`), [
      'high',
    ]);
    assert.deepEqual(linked(held, '', 'camera.address', state), ['low']);
  });
  it('weighs as ever where each call has a table of its own', () =>
    assert.deepEqual(linked(`const links = {};\n  ${guard}`), ['high']));
});

describe('a table that fills only what is missing', () => {
  const grown = (body: string): readonly string[] =>
    findingsOf(`import { window, workspace } from 'vscode';
class Icons {
  types = {};
  constructor(context) {
    context.subscriptions.push(workspace.onDidChangeTextDocument(({ names }) => this.draw(names)));
  }
  draw(names) {
    for (const icon of names) {
      ${body}
    }
  }
  dispose() {
    for (const one of Object.values(this.types)) one.dispose();
  }
}
export { Icons };`).map(({ kind }) => kind);
  const make = 'this.types[icon] = window.createTextEditorDecorationType({ icon });';
  it('adds none to those that are there', () => assert.deepEqual(grown(`if (!this.types[icon]) ${make}`), []));
  it('may replace one without the question', () => assert.notDeepEqual(grown(make), []));
});

describe('a cache that is filled from a list', () => {
  const cached = (fill: string): readonly string[] =>
    findingsOf(`let track;
export function silence() {
  if (!track) {
    const context = new AudioContext();
    const sink = context.createMediaStreamDestination();
    ${fill}
  }
  return track.clone();
}`).map(({ kind }) => kind);
  it('is filled once', () => assert.deepEqual(cached('[track] = sink.stream.getAudioTracks();'), []));
  it('is not where another is', () =>
    assert.deepEqual(cached('[sink.track] = sink.stream.getAudioTracks();'), ['handle/audio-context']));
});

describe('an event that comes once', () => {
  const waiting = (event: string, asked: string): readonly string[] =>
    findingsOf(`import { app } from 'electron';
app.on('open-url', (event, url) => {
  if (app.${asked}) show(url);
  else app.on('${event}', () => show(url));
});`).map(({ kind }) => kind);
  it('is waited for until it has come', () => assert.deepEqual(waiting('ready', 'isReady()'), []));
  it('may come again where it is another', () => {
    assert.deepEqual(waiting('activate', 'isReady()'), ['listener/emitter-on']);
    assert.deepEqual(waiting('ready', 'isHidden()'), ['listener/emitter-on']);
  });
  it('is waited for by each request before it', () =>
    assert.deepEqual(
      findingsOf(`import express from 'express';
import { EventEmitter } from 'node:events';
const link = new EventEmitter();
const app = express();
app.post('/send', (req, res) => {
  if (link.ready) link.send(req.body);
  else link.on('ready', () => link.send(req.body));
  res.end();
});`).map(({ kind, severity }) => `${severity} ${kind}`),
      ['high listener/emitter-on'],
    ));
});

describe('a method that is given what to do at the end', () => {
  const owner = (end: string): readonly string[] =>
    severities(`export class Client {
  constructor(url) {
    this.link = new WebSocket(url);
  }
  ${end}
}`);
  it('ends nothing', () => assert.deepEqual(owner('onClose(fn) {\n    this.link.onclose = fn;\n  }'), ['low']));
  it('ends the whole where it is given nothing', () =>
    assert.deepEqual(owner('onClose() {\n    this.isOver = true;\n  }'), ['medium']));
});
