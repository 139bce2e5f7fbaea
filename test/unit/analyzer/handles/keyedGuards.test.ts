/** What a guard lets come once for each key of a table, or once until it is over. */
import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

/** Of connections: how much a table grows is another question. */
const severities = (code: string): readonly string[] =>
  findingsOf(code).flatMap(({ kind, severity }) => (kind === 'handle/websocket' ? [severity] : []));

describe('a connection for each key of a table', () => {
  const linked = (guard: string, more = '', key = 'camera.address'): readonly string[] =>
    severities(`import { bus } from './bus';
const links = {};
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
});

describe('a socket that each message opens', () => {
  const opened = (closed: string): readonly string[] =>
    severities(`function connect(url) {
  const link = new WebSocket(url);
  link.addEventListener('message', (event) => show(event.data));
  ${closed}
}
window.addEventListener('message', (event) => connect(event.data.url));`);
  it('weighs little where its end opens the next one', () =>
    assert.deepEqual(opened("link.addEventListener('close', () => setTimeout(() => connect(url), 1000));"), ['low']));
  it('weighs as ever where nothing does', () => assert.deepEqual(opened(''), ['high']));
  it('weighs as ever where something else does', () =>
    assert.deepEqual(opened("link.addEventListener('pong', () => setTimeout(() => connect(url), 1000));"), ['high']));
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
