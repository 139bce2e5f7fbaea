import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

const weights = (code: string): readonly string[] =>
  findingsOf(code)
    .filter(({ kind }) => kind.endsWith('-loop'))
    .map(({ severity }) => severity);

describe('a chain of timers of an object', () => {
  const clock = (more: string): readonly string[] =>
    weights(`export class Clock {
  constructor() { this.show(); }
  show() {
    document.title = new Date().toDateString();
    setTimeout(() => { this.show(); }, 60_000);
  }
  ${more}
}`);
  it('weighs less where it has no end, and no second one is seen here', () => assert.deepEqual(clock(''), ['medium']));
  it('weighs more where an end forgets it', () =>
    assert.deepEqual(clock('dispose() { document.title = ""; }'), ['high']));
  it('weighs more where many are made', () =>
    assert.deepEqual(
      weights(`class Clock {
  constructor() { this.show(); }
  show() {
    document.title = new Date().toDateString();
    setTimeout(() => { this.show(); }, 60_000);
  }
}
document.addEventListener('click', () => new Clock());`),
      ['high'],
    ));
});
