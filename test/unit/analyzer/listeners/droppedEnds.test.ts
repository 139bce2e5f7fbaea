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

const keys = (handler: string): string => `export function bindKeys(target) {
  const pressed = ${handler};
  window.addEventListener('keydown', pressed);
  return () => window.removeEventListener('keydown', pressed);
}
`;
const zooming = "(event) => {\n    if (event.key === '+') target.zoomIn();\n  }";
const binding = (call: string, cleanUp = ''): string => `import { useEffect } from 'react';
import { Chart } from 'chart-library';
import { bindKeys } from './keys';
export function View({ host }) {
  useEffect(() => {
    const chart = new Chart(host);
    ${call}
    return () => {
      chart.remove();${cleanUp}
    };
  }, []);
  return <p />;
}
`;
const foundIn = (call: string, cleanUp = '', handler = zooming): readonly string[] =>
  findingsOfFiles({ 'src/keys.js': keys(handler), 'src/View.jsx': binding(call, cleanUp) }).flatMap(
    ({ path, findings }) => findings.map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

describe('helpers whose own handler holds what they are given', () => {
  it('reports one that is given what the effect has made', () => {
    assert.deepEqual(foundIn('bindKeys(chart);'), ['src/View.jsx:7 listener/end-dropped']);
  });
  it('reports an element that gives itself', () => {
    const element =
      "import { bindKeys } from './keys';\nexport class Plan extends HTMLElement {\n  connectedCallback() {\n    bindKeys(this);\n  }\n  zoomIn() {}\n}\n";
    assert.deepEqual(
      findingsOfFiles({ 'src/keys.js': keys(zooming), 'src/plan.js': element }).flatMap(({ findings }) =>
        findings.map(({ kind }) => kind),
      ),
      ['listener/end-dropped'],
    );
  });
  it('is silent where the clean-up calls what it gives', () => {
    assert.deepEqual(foundIn('const unbind = bindKeys(chart);', '\n      unbind();'), []);
  });
  it('is silent where the handler holds nothing of who calls', () => {
    assert.deepEqual(foundIn('bindKeys(chart);', '', '() => console.log(location.href)'), []);
    assert.deepEqual(foundIn("bindKeys('chart');"), []);
  });
});

const feed = `import { EventEmitter } from 'node:events';
export class Feed {
  private readonly events = new EventEmitter();
  onPrice(run: (price: number) => void): () => void {
    this.events.on('price', run);
    return () => this.events.off('price', run);
  }
  watch(code: string, run: (price: number) => void) {
    const told = (price: number) => run(price * code.length);
    this.events.on('price', told);
    return { dispose: () => this.events.off('price', told) };
  }
}
export const feed = new Feed();
`;
const price = (effect: string): string => `import { useEffect, useState } from 'react';
import { feed } from './feed';
export function Price({ code }: { code: string }) {
  const [price, setPrice] = useState(0);
  useEffect(() => {
    ${effect}
  }, [code]);
  return <b>{price}</b>;
}
`;
const ticker = (field: string, begun: string, end = ''): string => `import { Feed } from './feed';
export class Ticker {
  private readonly timer = setInterval(() => this.draw(0), 1000);
  ${field}
  constructor(${field === '' ? 'private readonly feed: Feed' : ''}) {
    ${begun}
  }
  draw(price: number) {
    console.log(price);
  }
  dispose() {
    clearInterval(this.timer);${end}
  }
}
`;
const within = (path: string, code: string): readonly string[] =>
  findingsOfFiles({ 'src/feed.ts': feed, [path]: code }).flatMap(({ path: at, findings }) =>
    findings.map(({ kind, range }) => `${at}:${range.startLine + 1} ${kind}`),
  );

describe('methods that subscribe for their caller', () => {
  it('reports an effect that drops what the method of an exported object gives', () => {
    assert.deepEqual(within('src/Price.tsx', price('feed.onPrice((price) => setPrice(price));')), [
      'src/Price.tsx:6 listener/end-dropped',
    ]);
    assert.deepEqual(within('src/Price.tsx', price('feed.watch(code, (price) => setPrice(price));')), [
      'src/Price.tsx:6 listener/end-dropped',
    ]);
  });
  it('reports an instance that drops what the method of an injected object gives', () => {
    assert.deepEqual(within('src/ticker.ts', ticker('', 'this.feed.onPrice((price) => this.draw(price));')), [
      'src/ticker.ts:6 listener/end-dropped',
    ]);
  });
  it('is silent where what it gives is kept and called, or given to the effect', () => {
    assert.deepEqual(within('src/Price.tsx', price('return feed.onPrice((price) => setPrice(price));')), []);
    assert.deepEqual(
      within(
        'src/Price.tsx',
        price('const end = feed.watch(code, (price) => setPrice(price));\n    return () => end.dispose();'),
      ),
      [],
    );
  });
  it('is silent on an object of its own', () => {
    assert.deepEqual(
      within(
        'src/ticker.ts',
        ticker('private readonly feed = new Feed();', 'this.feed.onPrice((price) => this.draw(price));'),
      ),
      [],
    );
  });
});

describe('what ends the subscription of a helper, kept and left', () => {
  const plan = (end: string, more = ''): string => `import { bindKeys } from './keys';
export class Plan {
  private readonly timer = setInterval(() => this.zoomIn(), 1000);
  private readonly unbind = bindKeys(this);
  zoomIn() {}${more}
  dispose() {
    clearInterval(this.timer);${end}
  }
}
`;
  const verdict = (code: string, path = 'src/plan.ts'): readonly string[] =>
    findingsOfFiles({ 'src/keys.js': keys(zooming), [path]: code }).flatMap(({ findings }) =>
      findings.map(({ kind, range }) => `${range.startLine + 1} ${kind}`),
    );
  it('reports a field that the teardown leaves', () => {
    assert.deepEqual(verdict(plan('')), ['4 listener/kept-never-used']);
  });
  it('reports a variable that the clean-up of an effect leaves', () => {
    assert.deepEqual(verdict(binding('const unbind = bindKeys(chart);'), 'src/View.jsx'), [
      '7 listener/kept-never-used',
    ]);
  });
  it('is silent where the teardown calls it, itself, on one condition or by a method', () => {
    assert.deepEqual(verdict(plan('\n    this.unbind();')), []);
    assert.deepEqual(verdict(plan('\n    if (this.timer) this.unbind();')), []);
    assert.deepEqual(verdict(plan('\n    this.mute();', '\n  mute() {\n    this.unbind();\n  }')), []);
  });
  it('is silent where somebody else may end it', () => {
    assert.deepEqual(verdict(plan('', '\n  register(ends) {\n    ends.push(this.unbind);\n  }')), []);
  });
});
