import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const form = (undo: string, mark = '') => `import { api } from '@app/shell';
export class LoginForm extends HTMLElement {
  constructor() {
    super();
    this.handler = () => this.draw();
  }
  draw() {}
  connectedCallback() {
    api.settings.listen.on('change', this.handler);${mark}
  }
  disconnectedCallback() {
    ${undo}
  }
}`;
const mark = ' // leak listener/emitter-on';

samples(
  'removals by a method of another name',
  [
    { name: 'one with another handler', code: form("api.settings.listen.not('change', this.draw);", mark) },
    { name: 'one of another event', code: form("api.settings.listen.not('close', this.handler);", mark) },
    { name: 'a call that tells the listeners', code: form("api.settings.listen.emit('change', this.handler);", mark) },
    { name: 'one on another object', code: form("api.listen.not('change', this.handler);", mark) },
  ],
  [
    {
      name: 'the same event and handler on the same object',
      code: form("api.settings.listen.not('change', this.handler);"),
    },
  ],
);

const screen = (undo: string, leak = '', receiver = 'bus'): string => `import React from 'react';
import bus from './bus';
export function Login() {
  React.useEffect(() => {
    const onServer = (name) => console.log(name);
    const onOther = (name) => console.warn(name);
    ${receiver}.addEventListener('server', onServer);${leak}
    return () => {
      ${undo}
    };
  }, []);
  return null;
}`;
const left = ' // leak listener/dom-event-listener';

samples(
  'removals by a method of another name in a clean-up',
  [
    {
      name: 'one with another handler',
      path: 'src/Login.jsx',
      code: screen("bus.removeListener('server', onOther);", left),
    },
    {
      name: 'one of another event',
      path: 'src/Login.jsx',
      code: screen("bus.removeListener('user', onServer);", left),
    },
    {
      name: 'one that the page does not know',
      path: 'src/Login.jsx',
      code: screen("window.removeListener('server', onServer);", left, 'window'),
    },
  ],
  [{ name: 'one of the same', path: 'src/Login.jsx', code: screen("bus.removeListener('server', onServer);") }],
);

const devices = (listed: string, mark = '') => `export class Devices {
  init(config) {
    this.list((found) => {
      this.found = found;
      navigator.mediaDevices.addEventListener('devicechange', () => this.list(() => {}));${mark}
    });
  }
  list(done) {
    ${listed}
  }
}
export const devices = new Devices();
devices.init({});`;

samples(
  'functions that are given to a function of the file',
  [
    {
      name: 'one that is run for each of a list',
      code: devices('for (const one of this.sources) done(one);', ' // leak listener/dom-event-listener'),
    },
  ],
  [
    {
      name: 'one that is run once for each call',
      code: devices('navigator.mediaDevices.enumerateDevices().then((all) => {\n      done(all);\n    });'),
    },
  ],
);

const log = (property: string, mark = '') => `const request = indexedDB.open('logs');
request.${property} = () => {
  setInterval(() => flush(request.result), 1000);${mark}
};
function flush(database) {}`;

samples(
  'handlers of an outcome',
  [{ name: 'a message, which may come again', code: log('onmessage', ' // leak listener/interval') }],
  [{ name: 'a success, which comes once', code: log('onsuccess') }],
);

const cursor = (next: string, mark = '') => `export function scan(store) {
  const request = store.openCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    window.addEventListener('resize', () => draw(cursor.value));${mark}
    ${next}
  };
}
function draw(value) {}
window.addEventListener('message', (event) => scan(event.data));`;

describe('how often an outcome is told', () => {
  const weights = (code: string) =>
    findingsOf(code, 'src/scan.js').map(({ message }) => /each `onsuccess`/.test(message));

  it('is once, unless the next one is asked for', () => {
    assert.deepEqual(weights(cursor('cursor.continue();')), [true]);
    assert.deepEqual(weights(cursor('')), [false]);
  });
});
