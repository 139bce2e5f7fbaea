/** A year of history for 50 objectives sampled each minute; `npm run bench:history` prints the figures. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryStore } from '../../../src/monitor/historyStore';
import { nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import { HOUR_DAYS, OBJECTIVES, writeYear } from '../../bench/historyYear';

const MB = 1_048_576;

describe('a year of history', function () {
  this.timeout(180_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-year-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('stays under 50 MB and loads in under a second of CPU, whole', async () => {
    const now = writeYear(folder);
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    assert.ok(bytes > 10 * MB && bytes < 50 * MB, `${bytes} bytes on disk`);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const start = process.cpuUsage();
      const { history, problems } = await new HistoryStore(nodeFileSystem, folder, 'reader').load(now);
      const { user, system } = process.cpuUsage(start);
      best = Math.min(best, (user + system) / 1000);
      assert.deepEqual(problems, []);
      assert.ok(history.bytes < 50 * MB, `${history.bytes} bytes in memory`);
      for (const objective of [0, 20, 36]) {
        const { good, bad } = history.past(`objective-${objective}`, 60_000).sums(0, now / 60_000);
        assert.equal(good + bad, 365 * 1440);
      }
      const events = history.past(`objective-${OBJECTIVES - 1}`, 60_000).sums(0, now / 60_000 - 31 * 1440 - 1);
      assert.ok(events.events > HOUR_DAYS * 24 * 1000);
    }
    assert.ok(best < 1000, `${best} ms of CPU`);
  });
});
