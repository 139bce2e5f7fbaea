/** The rhythm in which a server is started again that keeps ending. */
import assert from 'node:assert/strict';
import { Restarts } from '../../../src/client/restarts';

describe('restarts of the server', () => {
  it('are at once at first, then after longer and longer pauses, and never given up', () => {
    const restarts = new Restarts();
    const waits: number[] = [];
    let now = 0;
    for (let end = 0; end < 10; end++) {
      const wait = restarts.ended(now);
      waits.push(wait);
      now += wait + 500;
    }
    assert.deepEqual(waits.slice(0, 8), [0, 0, 0, 5_000, 10_000, 20_000, 40_000, 60_000]);
    assert.ok(waits.every((wait) => wait <= 60_000));
  });

  it('are at once again after a quiet time', () => {
    const restarts = new Restarts();
    for (let end = 0; end < 6; end++) restarts.ended(end);
    assert.equal(restarts.ended(4 * 60_000), 0);
  });
});
