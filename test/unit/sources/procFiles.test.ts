/** What Linux says of a process: the real texts of this one, and names that try to look like fields. */
import assert from 'node:assert/strict';
import { nodeProcesses } from '../../../src/monitor/node/nodeProcesses';
import { readPidFile, readProcessFacts } from '../../../src/sources/procFiles';

describe('processes', () => {
  it('this one, as the system has it', async function () {
    if (process.platform !== 'linux') this.skip();
    const read = await nodeProcesses.read(process.pid);
    assert.ok(read.ok);
    const facts = readProcessFacts(process.pid, read.value.status, read.value.stat, read.value.openFiles);
    assert.ok(facts);
    // In the right unit: what is collected between the two looks may be much.
    const ratio = (facts.rssBytes ?? 0) / process.memoryUsage().rss;
    assert.ok(ratio > 1 / 4 && ratio < 4, `${ratio}`);
    assert.ok((facts.openFiles ?? 0) > 3);
    assert.equal((await nodeProcesses.read(4_194_303)).ok, false);
  });
  it('a name may hold spaces, brackets and line ends', () => {
    const stat = `7 (a) b (x) S 1 ${Array.from({ length: 17 }, (_, i) => i).join(' ')} 4711 0 0`;
    assert.equal(readProcessFacts(7, 'Name:\ta) b (x\nVmRSS:\t  12 kB\n', stat, 3)?.startedAt, '4711');
    assert.equal(readProcessFacts(7, 'Name:\tz\nState:\tZ\n', stat, null)?.rssBytes, null);
    assert.equal(readProcessFacts(7, 'VmRSS: 12 kB', stat, 3), null);
    assert.equal(readProcessFacts(7, 'Name:\tz\n', '7 (z) S', 3), null);
  });
  it('a pid file is one number', () => {
    assert.equal(readPidFile(' 4711\n'), 4711);
    for (const text of ['', '0', '-1', '1 2', '../self', '0x10', '1e3', '99999999', '4711\n/etc/passwd'])
      assert.equal(readPidFile(text), null, text);
  });
});
