/** An idle server gives back what a scan needed, and keeps nobody waiting for it. */
import assert from 'node:assert/strict';
import { Tidying } from '../../../src/server/tidying';
import { FakeClock } from '../monitor/memoryFileSystem';

describe('tidying up', () => {
  function server(collects = true) {
    const clock = new FakeClock(0);
    const state = { megabytes: 160, isBusy: false, collections: 0 };
    const collect = (): void => {
      state.collections++;
      state.megabytes = Math.max(120, state.megabytes - 15);
    };
    const tidying = new Tidying({
      clock,
      residentMegabytes: () => state.megabytes,
      isBusy: () => state.isBusy,
      collect: collects ? collect : undefined,
    });
    return { clock, state, tidying };
  }

  it('comes when it has been quiet for a while, and ends', () => {
    const { clock, state, tidying } = server();
    tidying.soon();
    clock.advance(1_000);
    assert.equal(state.collections, 0);
    clock.advance(60_000);
    assert.deepEqual([state.collections, state.megabytes, clock.waiting], [3, 120, 0]);
  });
  it('waits while somebody types', () => {
    const { clock, state, tidying } = server();
    state.isBusy = true;
    tidying.soon();
    clock.advance(60_000);
    assert.equal(state.collections, 0);
    state.isBusy = false;
    clock.advance(60_000);
    assert.equal(state.collections, 3);
  });
  it('is left alone where a scan needed little', () => {
    const { clock, state, tidying } = server();
    tidying.soon();
    clock.advance(60_000);
    state.megabytes += 5;
    tidying.soon();
    clock.advance(60_000);
    assert.equal(state.collections, 3);
    state.megabytes += 15;
    tidying.soon();
    clock.advance(60_000);
    assert.equal(state.collections, 6);
  });
  it('ends with the server, and needs leave', () => {
    const { clock, state, tidying } = server();
    tidying.soon();
    tidying.dispose();
    const other = server(false);
    other.tidying.soon();
    assert.deepEqual([clock.waiting, other.clock.waiting], [0, 0]);
    clock.advance(60_000);
    assert.equal(state.collections, 0);
  });
});
