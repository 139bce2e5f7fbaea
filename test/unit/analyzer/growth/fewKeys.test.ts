import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

const weights = (code: string, path?: string): readonly string[] =>
  findingsOf(code, path).map(({ kind, severity }) => `${severity} ${kind}`);

describe('keys of which there are few', () => {
  const cached = (look: string, more = ''): readonly string[] =>
    weights(`import { bus } from './bus';
const skies = { noon: { url: '/noon.hdr' }, dusk: { url: '/dusk.hdr' } };
const loaded = new Map<string, Sky>();
${more}
async function show(name: string, given: { url: string }) {
  const sky = ${look};
  if (!loaded.has(sky.url)) loaded.set(sky.url, new Sky(await load(sky.url)));
  draw(loaded.get(sky.url));
}
bus.on('sky:set', (event) => show(event.name, event));`);

  it('are those that the program writes down', () => assert.deepEqual(cached('skies[name]'), []));
  it('are not those that an event tells, or of a table that is filled', () => {
    assert.deepEqual(cached('given'), ['high cache/map-without-eviction']);
    assert.deepEqual(cached('skies[name]', `export function add(name, sky) { skies[name] = sky; }`), [
      'high cache/map-without-eviction',
    ]);
  });

  it('are not those of what is filled otherwise', () => {
    for (const fill of ['given.push({ url });', 'given[0].url = url;', 'fill(given, url);', 'delete given[0];'])
      assert.deepEqual(
        weights(`import { bus } from './bus';
const given = [{ url: '' }];
const loaded = new Map<string, Sky>();
export function take(url: string) {
  ${fill}
}
bus.on('sky:set', async () => {
  const sky = given[0];
  loaded.set(sky.url, new Sky(await load(sky.url)));
});`).length,
        1,
        fill,
      );
  });

  it('are those of a list of short texts, which is asked first', () => {
    const list = (type: string): readonly string[] =>
      weights(`import { ipcMain } from 'electron';
const open_sessions${type} = [];
ipcMain.on('open-app', (event, accountId) => {
  const partition = partitionKey(accountId);
  if (!open_sessions.includes(partition)) open_sessions.push(partition);
});`);
    assert.deepEqual(list(': string[]'), ['low cache/array-only-pushed']);
    assert.deepEqual(list(': View[]'), ['high cache/array-only-pushed']);
  });

  it('are those of a type that by its name is one of a few, where no event has a name', () => {
    const kept = (type: string): readonly string[] =>
      weights(`import { type ${type}, statusOf } from './status';
export class RoomView {
  private static readonly known = new Map<string, ${type}>();
  constructor(client: EventEmitter) { client.on(RoomEvent.Update, this.onUpdate); }
  private readonly onUpdate = async (room: Room): Promise<void> => {
    const found = RoomView.known.get(room.roomId);
    RoomView.known.set(room.roomId, found ?? await statusOf(room));
  };
}`);
    assert.deepEqual(kept('CryptoStatus'), ['low cache/map-without-eviction']);
    assert.deepEqual(kept('CryptoSession'), ['high cache/map-without-eviction']);
  });
});

describe('a cache that is made for what is asked again', () => {
  it('weighs little in a function that makes one for another', () => {
    assert.deepEqual(
      weights(`export function memorize(work: (given: unknown) => Promise<string>) {
  const cache = new Map();
  return async (given: unknown) => {
    const key = JSON.stringify(given);
    if (cache.has(key)) return cache.get(key);
    const result = await work(given);
    cache.set(key, result);
    return result;
  };
}
export const manual = memorize(readManual);`),
      ['low cache/memoize-hand-rolled'],
    );
  });

  it('weighs as before in a function that makes one of its own', () =>
    assert.deepEqual(
      weights(`function pages() {
  const cache = new Map();
  return async (given: unknown) => {
    const key = JSON.stringify(given);
    if (cache.has(key)) return cache.get(key);
    const result = await draw(given);
    cache.set(key, result);
    return result;
  };
}
export const page = pages();`),
      ['medium cache/memoize-hand-rolled'],
    ));

  it('weighs little where its entries get old, and it goes with an object', () => {
    const store = (options: string, around = 'class IssueRepository {'): readonly string[] =>
      weights(`import LRUCache from 'lru-cache';
${around}
  private readonly issues = new LRUCache<number, Issue>({ ${options} });
  remember(issue: Issue) { this.issues.set(issue.number, issue); }
}
export { IssueRepository };`);
    assert.deepEqual(store('maxAge: 1000, stale: true'), ['low cache/lru-without-max']);
    assert.deepEqual(store('stale: true'), ['medium cache/lru-without-max']);
  });

  it('weighs little where it is of templates that somebody has written, and more of schemas that are made', () => {
    assert.deepEqual(
      weights(`import mustache from 'mustache';
export function say(line: { text: string }, vars: object) { return mustache.render(line.text, { vars }); }`),
      ['low cache/library-registry'],
    );
    assert.deepEqual(
      weights(`import Ajv from 'ajv';
import express from 'express';
const ajv = new Ajv();
express().post('/forms/:form', (request, response) => {
  response.json(ajv.compile({ $id: request.params.form })(request.body));
});`),
      ['medium cache/library-registry'],
    );
  });
});

describe('what comes a few times', () => {
  const piled = (event: string): readonly string[] =>
    weights(`import * as vscode from 'vscode';
export function watch(context: vscode.ExtensionContext, git: Git) {
  git.${event}((repository) => {
    context.subscriptions.push(repository.state.onDidChange(() => update(repository)));
  });
}`);
  it('is a repository that is opened, and no change of one', () => {
    assert.deepEqual(piled('onDidOpenRepository'), ['low cache/disposers-pile-up']);
    assert.deepEqual(piled('onDidChangeRepository'), ['medium cache/disposers-pile-up']);
  });

  it('is what fails, in the state of a page', () => {
    const state = (name: string): readonly string[] =>
      weights(`import { create } from 'zustand';
export const useProgress = create((set) => {
  loader.onEvent = (item) => set((state) => ({ ${name}: [...state.${name}, item] }));
  return { ${name}: [] };
});`);
    assert.deepEqual(state('errors'), ['low cache/state-only-grows']);
    assert.deepEqual(state('events'), ['medium cache/state-only-grows']);
  });

  it('is what each test of a run adds', () => {
    const hook = (call: string): readonly string[] =>
      weights(`import { beforeEach, bus } from 'runner';
const usedMessageIds = new Set();
${call}((event) => {
  const messageId = event.messageId;
  if (usedMessageIds.has(messageId)) return;
  usedMessageIds.add(messageId);
});`);
    assert.deepEqual(hook('beforeEach'), ['low cache/set-field-only-grows']);
    assert.deepEqual(hook('bus.subscribe'), ['high cache/set-field-only-grows']);
  });
});

describe('a list that is written under an index', () => {
  const written = (statement: string): readonly string[] =>
    weights(`export class Mask {
  private readonly buffer: string[] = [];
  constructor(private readonly input: HTMLInputElement, private readonly size: number) {}
  onKeyPress(event: KeyboardEvent) {
    const at = this.seek(event);
    ${statement};
    for (const one of this.buffer) this.show(one);
  }
}
document.addEventListener('keydown', (event) => mask.onKeyPress(event));
const mask = new Mask(input, 9);`).filter((one) => one.includes('queue'));
  it('is no queue where the index is kept below something', () => {
    assert.deepEqual(written('if (at < this.size) this.buffer[at] = event.key'), []);
    assert.equal(written('this.buffer[at] = event.key').length, 1);
    assert.equal(written('this.buffer.push(event.key)').length, 1);
  });
});

describe('tables that are filled together', () => {
  const chat = (other: string, key: string): readonly string[] =>
    weights(`export class Transport {
  private readonly ${other} = new Map<string, AbortController>();
  private readonly sessions = new Map<string, Session>();
  send(${key}: string, message: string) {
    this.${other}.set(${key}, new AbortController());
    this.sessions.set(${key}, { message, at: Date.now() });
  }
  finish(${key}: string) { this.${other}.delete(${key}); }
  look(${key}: string) { return this.sessions.get(${key})?.message; }
}`).filter((one) => one.includes('sibling'));
  it('mean the life of a work, of which a chat has many', () => assert.deepEqual(chat('activeStreams', 'chatId'), []));
  it('mean one life where the key is of the work', () => {
    assert.equal(chat('activeStreams', 'streamId').length, 1);
    assert.equal(chat('replies', 'chatId').length, 1);
  });

  const pass = (visit: string): readonly string[] =>
    weights(`class TemplatePass {
  private readonly byStatement = new Map<Statement, Info>();
  private readonly byExpression = new Map<Statement, Info>();
  find(root: Statement) {
    ${visit}((node: Statement) => {
      this.byStatement.set(node, { node });
      this.byExpression.set(node, { node });
    });
  }
  skip(node: Statement) { this.byExpression.delete(node); }
  look(node: Statement) { return this.byStatement.get(node); }
}
export function transform(root: Statement) {
  const pass = new TemplatePass();
  pass.find(root);
  pass.skip(root);
  return pass.look(root);
}`);
  it('are gone with the pass over one file that has made them', () => {
    assert.deepEqual(pass('root.visitEachChild'), []);
    assert.equal(pass('root.onEachChild').length > 0, true);
  });
});

describe('an entry that is hidden', () => {
  const views = (name: string): readonly string[] =>
    weights(`const views = {};
export function create(tab) { views[tab.id] = new BrowserView(tab); }
export function ${name}(tab) {
  if (tab.id in views) tab.window.removeBrowserView(views[tab.id]);
}
export function close(tab) {
  if (tab.id in views) {
    const view = views[tab.id];
    tab.window.removeBrowserView(view);
    view.webContents.destroy();
    delete views[tab.id];
  }
}`).filter((one) => one.includes('completion'));
  it('is shown again', () => assert.deepEqual(views('hide'), []));
  it('is over where the function ends it', () => assert.equal(views('end').length, 1));
});
