import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

samples(
  'listener/end-dropped',
  [
    {
      name: 'an effect that follows a store by a helper',
      path: 'src/Title.tsx',
      code: `import { useEffect } from 'react';
import { store } from './store';
function follow(source, select, run) {
  const unsubscribe = source.subscribe(() => run(select(source.getState())));
  run(select(source.getState()));
  return unsubscribe;
}
export function Title() {
  useEffect(() => {
    follow(store, (state) => state.title, (title) => { document.title = title; }); // leak listener/end-dropped
  }, []);
  return <p />;
}`,
    },
    {
      name: 'an element that listens by a helper',
      path: 'src/badge.js',
      code: `import { session } from './session';
const onUser = (run) => {
  const changed = (user) => user && run(user);
  session.on('user', changed);
  return () => {
    session.off('user', changed);
  };
};
export class Badge extends HTMLElement {
  connectedCallback() {
    onUser((user) => this.show(user)); // leak listener/end-dropped
  }
  show() {}
}`,
    },
    {
      name: 'an instance that ends without it',
      code: `import { hub } from './hub';
function watchTopic(source: Hub, topic: string, run: (text: string) => void) {
  const handler = (name: string, text: string) => {
    if (name === topic) run(text);
  };
  source.addListener('message', handler);
  return () => source.removeListener('message', handler);
}
export class Feed {
  private texts: string[] = [];
  private timer = setInterval(() => this.texts.shift(), 1000);
  constructor() {
    watchTopic(hub, 'news', (text) => this.add(text)); // leak listener/end-dropped
  }
  add(_text: string) {}
  dispose() {
    clearInterval(this.timer);
  }
}`,
    },
  ],
  [
    {
      name: 'what the effect gives back',
      path: 'src/Title.tsx',
      code: `import { useEffect } from 'react';
import { store } from './store';
function follow(source, run) {
  return source.subscribe(() => run(source.getState()));
}
export function Title() {
  useEffect(() => follow(store, (state) => { document.title = state.title; }), []);
  return <p />;
}`,
    },
    {
      name: 'a source of its own',
      path: 'src/badge.js',
      code: `import { createSession } from './session';
const onUser = (session, run) => {
  const changed = (user) => user && run(user);
  session.on('user', changed);
  return () => session.off('user', changed);
};
export class Badge extends HTMLElement {
  session = createSession();
  connectedCallback() {
    onUser(this.session, (user) => this.show(user));
  }
  show() {}
}`,
    },
    {
      name: 'once, when the module is loaded',
      path: 'src/boot.js',
      code: `import { session } from './session';
function onUser(run) {
  const changed = (user) => user && run(user);
  session.on('user', changed);
  return () => session.off('user', changed);
}
onUser((user) => console.log(user.name));`,
    },
    {
      name: 'a function that gives something else',
      path: 'src/Title.tsx',
      code: `import { useEffect } from 'react';
import { store } from './store';
function read(source, run) {
  run(source.getState());
  return () => source.getState();
}
export function Title() {
  useEffect(() => {
    read(store, (state) => { document.title = state.title; });
  }, []);
  return <p />;
}`,
    },
  ],
);

describe('listener/end-dropped across files', () => {
  const helper = `export function watchState(store, run) {
  const changed = () => run(store.getState());
  const stop = store.subscribe(changed);
  changed();
  return stop;
}`;
  const user = (call: string): string => `import { store } from './store';
import { watchState } from './watch';
export class Panel extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', () => this.hide());
    ${call};
  }
  hide() {}
  disconnectedCallback() {
    this.stop?.();
  }
}`;
  const of = (call: string): readonly string[] =>
    findingsOfFiles({ 'src/watch.js': helper, 'src/panel.js': user(call) }).flatMap(({ path, findings }) =>
      findings.filter(({ confidence }) => confidence !== 'low').map(({ kind }) => `${path} ${kind}`),
    );
  it('reports a helper of another file whose result is dropped', () =>
    assert.deepEqual(of('watchState(store, () => this.hide())'), ['src/panel.js listener/end-dropped']));
  it('is silent where it is kept', () => assert.deepEqual(of('this.stop = watchState(store, () => this.hide())'), []));
  it('is silent where another function takes back the same handler', () => {
    const paired = (end: string): string =>
      user('watchState(store, this.draw)')
        .replace("import { watchState } from './watch';", "import { watchState, unWatchState, show } from './watch';")
        .replace('this.stop?.();', end);
    assert.deepEqual(of('watchState(store, this.draw)'), ['src/panel.js listener/end-dropped']);
    const ofPaired = (end: string): readonly string[] =>
      findingsOfFiles({ 'src/watch.js': helper, 'src/panel.js': paired(end) }).flatMap(({ findings }) =>
        findings.filter(({ confidence }) => confidence !== 'low').map(({ kind }) => kind),
      );
    assert.deepEqual(ofPaired('unWatchState(store, this.draw);'), []);
    assert.deepEqual(ofPaired('unWatchState(store, this.other);'), ['listener/end-dropped']);
    assert.deepEqual(ofPaired('show(store, this.draw);'), ['listener/end-dropped']);
  });
});
