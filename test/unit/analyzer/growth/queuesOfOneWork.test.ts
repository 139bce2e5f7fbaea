/** A queue that is filled once in its life needs nobody to empty it. */
import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

const queues = (code: string): readonly string[] =>
  findingsOf(code)
    .filter(({ kind }) => kind === 'cache/queue-not-drained')
    .map(({ severity }) => severity);

describe('a queue that is gone through and never emptied', () => {
  const command = (method: string, decorator = ''): string => `${decorator}
export class SwitchMode extends Base {
  private readonly partsToRemove: object[] = [];
  ${method}(parts: readonly object[]) {
    parts.forEach((part) => this.partsToRemove.push(part));
    this.show();
  }
  show() {
    for (const part of this.partsToRemove) this.remove(part);
  }
}`;
  it('weighs as ever where each call adds to it', () => {
    assert.deepEqual(queues(command('enqueue')), ['high']);
    assert.deepEqual(
      queues(`const partsToRemove: object[] = [];
export function execute(part: object) {
  partsToRemove.push(part);
}
setInterval(() => partsToRemove.forEach(draw), 9);`),
      ['high'],
    );
  });
  it('weighs little in a command that is made for one piece of work', () => {
    assert.deepEqual(queues(command('execute')), ['low']);
    assert.deepEqual(queues(command('execute', '@injectable()')), ['low']);
  });

  const refresh = (declared: string, inside = ''): string => `${declared}
function refresh() {
  ${inside}
  eachRule((rule) => {
    delayedTasks.push(() => rule.show());
  });
  setTimeout(() => {
    for (const task of delayedTasks) task();
  }, 0);
}
refresh();`;
  it('weighs little where one call has it', () =>
    assert.deepEqual(queues(refresh('', 'const delayedTasks = [];')), ['low']));
});
