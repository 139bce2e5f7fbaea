/** A queue that is filled once in its life needs nobody to empty it. */
import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

const queues = (code: string): readonly string[] =>
  findingsOf(code)
    .filter(({ kind }) => kind === 'cache/queue-not-drained')
    .map(({ severity }) => severity);

describe('a queue that is gone through and never emptied', () => {
  const command = (decorator: string): string => `${decorator}
export class SwitchMode extends Base {
  private readonly partsToRemove: object[] = [];
  execute(parts: readonly object[]) {
    parts.forEach((part) => this.partsToRemove.push(part));
    for (const part of this.partsToRemove) this.remove(part);
  }
}`;
  it('weighs most where there is one for all', () => assert.deepEqual(queues(command('@Service()')), ['high']));
  it('weighs little where a container makes one for each who asks', () =>
    assert.deepEqual(queues(command('@injectable()')), ['low']));

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
  it('weighs most where events go on to fill it', () =>
    assert.deepEqual(
      queues(refresh('', 'const delayedTasks = [];').replace('eachRule(', "window.addEventListener('message', ")),
      ['high'],
    ));
});
