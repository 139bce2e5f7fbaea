/** Workers, sockets and channels that are mostly wanted as long as the page. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles } from '../expectLeaks';

const severities = (code: string): readonly string[] =>
  findingsOf(code).map(({ kind, severity }) => `${kind} ${severity}`);
const opened = (made: string, rest: string, more = ''): readonly string[] =>
  severities(`export function open(url, text, show) {
  const made = ${made};
  ${rest}
}
${more}`);

describe('a connection that each call of an exported function opens', () => {
  it('weighs little: it may be the one of the page', () => {
    assert.deepEqual(opened('new Worker(url)', 'made.onmessage = show; show((one) => made.postMessage(one));'), [
      'handle/web-worker low',
    ]);
    assert.deepEqual(opened('new WebSocket(url)', "made.addEventListener('message', show);"), ['handle/websocket low']);
  });
  it('weighs more where it does the work of the call', () => {
    assert.deepEqual(opened('new BroadcastChannel(url)', 'made.onmessage = show; made.postMessage(text);'), [
      'handle/broadcast-channel medium',
    ]);
  });
  it('weighs more where an event runs it, or a mount', () => {
    const clicked = (hook: string): readonly string[] =>
      severities(`import { useEffect } from 'react';
export function Feed({ show }) {
  ${hook}(() => {
    const made = new BroadcastChannel('rows');
    made.onmessage = show;
  }, [show]);
  return <p />;
}`);
    assert.deepEqual(clicked('useEffect'), ['handle/broadcast-channel high']);
  });
  it('weighs as before where it is a capture or a context', () => {
    assert.deepEqual(opened('new RTCPeerConnection(url)', 'made.ontrack = show;'), ['handle/peer-connection medium']);
  });
});

describe('a guard that says that it is all done already', () => {
  const guarded = (guard: string): readonly string[] =>
    severities(`import { settings } from './settings';
let channel;
const begin = (message) => {
  ${guard}
  channel = new BroadcastChannel('rows');
  channel.onmessage = (event) => console.log(event.data);
};
window.addEventListener('message', (event) => begin(event.data));`);
  const left = ['handle/broadcast-channel high'];
  it('lets it run once', () => {
    assert.deepEqual(guarded("if (settings.get('origin')) return; // already initialized"), []);
  });
  it('does not where nothing says so', () => {
    assert.deepEqual(guarded("if (settings.get('origin')) return;"), left);
    assert.deepEqual(guarded("if (settings.get('quiet')) return;\n  // what is already open"), left);
  });
  it('does not of what the call is given', () => {
    assert.deepEqual(guarded('if (settings.get(message)) return; // already known'), left);
    assert.deepEqual(guarded('const known = settings.get(message);\n  if (known) return; // already known'), left);
  });
});

it('a class that only draws itself is no component', () => {
  const drawn = severities(`function Pen() {
  this.worker = new Worker('/pen.js');
}
Pen.prototype.render = function (text) {
  this.worker.postMessage(text);
};
export { Pen };`);
  assert.deepEqual(drawn, ['handle/web-worker low']);
});

describe('a worker whose script', () => {
  const kinds = (script: string, path = "new URL('./parse.js', import.meta.url)"): readonly string[] =>
    findingsOfFiles({
      'src/tab.js': `document.addEventListener('click', (event) => {
  const worker = new Worker(${path});
  worker.onmessage = (answer) => console.log(answer.data);
  worker.postMessage(event.type);
});`,
      'src/parse.js': script,
    }).flatMap(({ findings }) => findings.map(({ kind }) => kind));
  const parse = (end: string): string => `onmessage = function (event) {
  postMessage(event.data.length);
  ${end}
};`;
  it('ends itself when it has answered is ended', () => {
    assert.deepEqual(kinds(parse('close();')), []);
    assert.deepEqual(kinds(parse('self.close();'), "'./parse.js'"), []);
  });
  it('does not, or only if it is told to, is left', () => {
    const left = ['handle/web-worker'];
    assert.deepEqual(kinds(parse('')), left);
    assert.deepEqual(kinds(parse("if (event.data === 'end') close();")), left);
    assert.deepEqual(kinds(parse('file.close();')), left);
    assert.deepEqual(kinds(parse('close();'), "'./other.js'"), left);
  });
});

describe('what an object keeps that has no end', () => {
  const kept = (end = '', use = '', init = 'init'): readonly string[] =>
    severities(`import puppeteer from 'puppeteer';
export class Web {
  static async build(url) {
    const web = new Web();
    await web.${init}(url);
    return web;
  }
  async ${init}(url) {
    this.browser = await puppeteer.launch({ url });
  }
  ${end}
}
${use}`);
  it('weighs little where no call is seen to come again: whoever has the object may end it', () => {
    assert.deepEqual(kept(), ['handle/browser-launch low']);
  });
  it('weighs more where nobody else comes to it', () => {
    assert.deepEqual(kept('private browser: puppeteer.Browser;'), ['handle/browser-launch medium']);
  });
  it('weighs more where the name says that it is made anew', () => {
    assert.deepEqual(kept('', '', 'refresh'), ['handle/browser-launch medium']);
  });
  it('weighs more where the object has an end that forgets it, or an event makes another', () => {
    assert.deepEqual(kept('dispose() { this.pages.clear(); }'), ['handle/browser-launch medium']);
    assert.deepEqual(kept('', "window.addEventListener('click', () => new Web().init('/'));"), [
      'handle/browser-launch high',
    ]);
  });
});
