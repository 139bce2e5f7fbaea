import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

const weights = (code: string): readonly string[] => findingsOf(code).map(({ severity }) => severity);

describe('a handler that only a failed wait leaves', () => {
  const attempt = (around: readonly [string, string], more = '', body = ''): readonly string[] =>
    weights(`${around[0]}
  const stop = () => room.disconnect();
  page.on('close', stop);
  await room.connect();
  ${body}
  page.off('close', stop);
${around[1]}
${more}`);
  const given = [
    "import type { Page } from 'puppeteer';\nexport async function enter(room: Room, page: Page) {",
    '}',
  ] as const;

  it('weighs little on what the caller gives, mostly for this one attempt', () =>
    assert.deepEqual(attempt(given), ['low']));
  it('weighs more where the code itself leaves before the removal', () =>
    assert.deepEqual(attempt(given, '', "if (!room.isOpen) throw new Error('late');"), ['medium']));
  it('weighs more where one page is given to several attempts', () =>
    assert.deepEqual(
      attempt(
        given,
        `export async function enterAll(rooms: Room[], page: Page) {
  for (const room of rooms) await enter(room, page);
}`,
      ),
      ['medium'],
    ));
  it('weighs more where the instance keeps the receiver', () =>
    assert.deepEqual(
      weights(`import { EventEmitter } from 'node:events';
export class Queue {
  private readonly ending = new EventEmitter();
  async take(client: Client) {
    const stop = () => client.quit();
    this.ending.on('end', stop);
    const result = await client.pop();
    this.ending.off('end', stop);
    return result;
  }
}`),
      ['medium'],
    ));
});
