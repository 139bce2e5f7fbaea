/** Owners without a name, as messages tell of them. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

const messages = (path: string, text: string): readonly string[] =>
  findingsOfFiles({ [path]: text }).flatMap(({ findings }) => findings.map(({ message }) => message));

const view = (head: string): string => `${head} {
  start() {
    window.addEventListener('resize', this.fit);
  }
  fit = () => undefined;
  destroy() {
    this.root.remove();
  }
}`;

describe('owners in messages', () => {
  it('are quoted by their names', () => {
    assert.match(messages('src/view.js', view('export default class View')).join(), /tears `View` down without it/);
  });
  it('are called what they are where they have none', () => {
    assert.match(messages('src/view.js', view('export default class')).join(), /tears its class down without it/);
  });
});
