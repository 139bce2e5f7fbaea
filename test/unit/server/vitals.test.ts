/** What the server tells of its process. */
import assert from 'node:assert/strict';
import { watchProcess } from '../../../src/server/vitals';

const waits = /While the workspace was scanned others waited \d+ ms/;

describe('vitals of the server', () => {
  it('tell how long others waited only of the time in which that was watched', async () => {
    const vitals = watchProcess();
    const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
    await pause(60);
    assert.doesNotMatch(vitals.lines().join('\n'), waits);
    const outer = vitals.watchWaits();
    const inner = vitals.watchWaits();
    inner.end();
    await pause(100);
    outer.end();
    assert.match(vitals.lines().join('\n'), waits);
    const told = vitals.lines().find((line) => waits.test(line));
    const until = Date.now() + 300;
    while (Date.now() < until);
    await pause(30);
    assert.equal(
      vitals.lines().find((line) => waits.test(line)),
      told,
    );
    vitals.dispose();
  });
});
