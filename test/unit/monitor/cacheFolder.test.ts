/** The folder of caches: bounded, and clean of what killed processes left. */
import assert from 'node:assert/strict';
import { cacheFileOf, pruneCacheFolder } from '../../../src/monitor/cacheFolder';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const day = 24 * 60 * 60_000;

describe('cache folder', () => {
  it('names each root by a file of its own, however long the path', () => {
    const fs = new MemoryFileSystem();
    const long = 'x'.repeat(300);
    const names = ['/w', '/w/', '/W', `/a/${long}`, `/b/${long}`].map((root) => cacheFileOf(fs, '/c', root));
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.every((name) => name.length < 120));
  });

  it('removes what is old, left by a killed process, or too much, and nothing else', async () => {
    const fs = new MemoryFileSystem();
    const clock = new FakeClock(100 * day);
    const now = clock.now();
    const big = new Uint8Array(300 * 1024 * 1024);
    fs.write('/c/own.cache', 'x', now - 90 * day);
    fs.write('/c/old.cache', 'x', now - 61 * day);
    fs.write('/c/recent.cache', big, now - day);
    fs.write('/c/larger.cache', big, now - 2 * day);
    fs.write('/c/own.cache.77.abc.tmp', 'x', now - 2 * 60 * 60_000);
    fs.write('/c/own.cache.78.abc.tmp', 'x', now - 60_000);
    fs.write('/c/notes.txt', 'x', 0);
    await pruneCacheFolder(fs, clock, '/c', '/c/own.cache');
    const left = await fs.list('/c');
    assert.deepEqual(left.ok && left.value.map(({ name }) => name).sort(), [
      'notes.txt',
      'own.cache',
      'own.cache.78.abc.tmp',
      'recent.cache',
    ]);
    await pruneCacheFolder(fs, clock, '/nowhere', '/nowhere/own.cache');
  });
});
