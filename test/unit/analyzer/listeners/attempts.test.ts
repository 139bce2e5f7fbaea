import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

const weights = (code: string): readonly string[] => findingsOf(code).map(({ severity }) => severity);

describe('a handler that only a failed wait leaves', () => {
  const attempt = (around: readonly [string, string], more = '', body = ''): readonly string[] =>
    weights(`${around[0]}
  const stop = () => room.disconnect();
  signal.addEventListener('abort', stop);
  await room.connect();
  ${body}
  signal.removeEventListener('abort', stop);
${around[1]}
${more}`);
  const given = ['export async function enter(room: Room, signal: AbortSignal) {', '}'] as const;

  it('weighs little on what the caller gives, mostly for this one attempt', () =>
    assert.deepEqual(attempt(given), ['low']));
  it('weighs more where the code itself leaves before the removal', () =>
    assert.deepEqual(attempt(given, '', "if (!room.isOpen) throw new Error('late');"), ['medium']));
  it('weighs more where one signal is given to several attempts', () =>
    assert.deepEqual(
      attempt(
        given,
        `export async function enterAll(rooms: Room[], signal: AbortSignal) {
  for (const room of rooms) await enter(room, signal);
}`,
      ),
      ['medium'],
    ));
  it('weighs more where the instance keeps the signal', () =>
    assert.deepEqual(
      weights(`export class Queue {
  private readonly ending = new AbortController();
  async take(client: Client) {
    const stop = () => client.quit();
    this.ending.signal.addEventListener('abort', stop);
    const result = await client.pop();
    this.ending.signal.removeEventListener('abort', stop);
    return result;
  }
}`),
      ['medium'],
    ));
});
