/** What goes wrong around the server while it works: files, times, watchers, memory. The results are right afterwards. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeClock, nodeFileSystem } from '../../src/monitor/node/nodePorts';
import type { Clock, FileSystem } from '../../src/monitor/ports';
import { clean, leak, Session } from './session';

describe('language server, faults', function () {
  this.timeout(60_000);
  let session: Session | null = null;
  afterEach(async () => {
    await session?.end();
    session = null;
  });
  const scanned = (): Promise<void> | undefined =>
    session?.until('a complete scan', () => session?.reports.at(-1)?.code.state === 'complete', 45_000);
  const found = (): readonly string[] => session?.report.code.findings.map(({ place }) => place.path).sort() ?? [];

  it('files that vanish between the listing and the reading are left out, the others are not', async () => {
    const fs: FileSystem = {
      ...nodeFileSystem,
      stat: (path) => {
        if (path.endsWith('b.ts')) rmSync(path, { force: true });
        return nodeFileSystem.stat(path);
      },
      read: (path, most) => {
        if (path.endsWith('c.ts')) rmSync(path, { force: true });
        return nodeFileSystem.read(path, most);
      },
    };
    session = await Session.open([{ 'a.ts': leak, 'b.ts': leak, 'c.ts': leak, 'd.ts': leak }], { ports: { fs } });
    await scanned();
    assert.deepEqual(found(), ['a.ts', 'd.ts']);
    assert.equal(session.report.problems.filter(({ kind }) => kind.startsWith('unreadable')).length, 0);
  });

  it('a file too large, one of one line, one of deep nesting, and links in a circle stop nothing', async () => {
    const nested = `export const deep = ${'f(\n'.repeat(10_000)}${')\n'.repeat(10_000)};\n${leak}`;
    const chained = `export const chain = a${'\n.b()'.repeat(10_000)};\n${leak}`;
    const blocks = `${'{\n'.repeat(10_000)}${'}\n'.repeat(10_000)}\n${leak}`;
    session = await Session.open([{ 'a.ts': leak, 'nested.ts': nested, 'chained.ts': chained, 'blocks.ts': blocks }], {
      before: ([folder = '']) => {
        writeFileSync(join(folder, 'large.ts'), `${leak}${'// filler, filler, filler\n'.repeat(800_000)}`);
        writeFileSync(join(folder, 'line.ts'), `${leak.replaceAll('\n', ' ')}${'var a = [1, 2, 3]; '.repeat(20_000)}`);
        mkdirSync(join(folder, 'loop/in'), { recursive: true });
        symlinkSync('..', join(folder, 'loop/in/out'));
        symlinkSync('self', join(folder, 'self'));
      },
    });
    await scanned();
    const { report } = session;
    assert.ok(found().includes('a.ts'));
    assert.equal(report.code.files.skipped['too-large'], 1);
    // Each is either analysed or named; none is silently taken for fine.
    const said = JSON.stringify([found(), report.code.partialFiles, report.code.files.skipped, report.problems]);
    for (const name of ['nested.ts', 'chained.ts', 'blocks.ts'])
      assert.ok(said.includes(name), `${name} is not spoken of: ${said.slice(0, 600)}`);
    await session.openDocument('nested.ts', nested);
    assert.ok(Array.isArray((await session.pull('nested.ts')).items));
    await session.openDocument('a.ts', clean);
    assert.deepEqual((await session.pull('a.ts')).items, []);
  });

  it('what a watcher does not tell is found all the same', async () => {
    // A clock in which the minutes of the server are short.
    const clock: Clock = {
      now: () => nodeClock.now() * 200,
      setTimeout: (run, ms) => nodeClock.setTimeout(run, ms / 200),
      // Not those of the processor: on a busy machine a short scan would put the next one off for an hour.
      cpuMs: () => nodeClock.cpuMs?.() ?? 0,
    };
    session = await Session.open([{ 'a.ts': clean }], { ports: { clock } });
    await scanned();
    assert.deepEqual(found(), []);
    session.write('a.ts', leak);
    session.write('new/b.ts', leak);
    await session.until('both findings', () => found().length === 2);
  });

  it('a clock that stands still keeps nobody from working', async () => {
    const at = nodeClock.now();
    session = await Session.open([{ 'a.ts': leak }], { ports: { clock: { ...nodeClock, now: () => at } } });
    await scanned();
    assert.deepEqual(found(), ['a.ts']);
    await session.openDocument('a.ts', clean);
    await session.until('no finding', () => found().length === 0);
    session.write('b.ts', leak);
    await session.changed('b.ts');
    await session.until('the other finding', () => found().join() === 'b.ts');
  });

  it('a disk that is full costs the cache, not the results; the log says so once', async () => {
    const storage = mkdtempSync(join(tmpdir(), 'slo-lens-full-'));
    const fs: FileSystem = {
      ...nodeFileSystem,
      writeAtomic: async () => ({ ok: false, error: { code: 'ENOSPC', message: 'no space left on device' } }),
      append: async () => ({ ok: false, error: { code: 'ENOSPC', message: 'no space left on device' } }),
    };
    try {
      session = await Session.open([{ 'a.ts': leak }], { ports: { fs }, storagePath: storage });
      await scanned();
      assert.deepEqual(found(), ['a.ts']);
      for (const text of [clean, leak]) {
        session.write('a.ts', text);
        await session.changed('a.ts');
        await session.until('the next state', () => found().length === (text === leak ? 1 : 0));
      }
      assert.equal(session.health.at(-1)?.state, 'ready');
      assert.equal(session.log.filter((line) => line.includes('cache was not written')).length, 1);
    } finally {
      rmSync(storage, { recursive: true, force: true });
    }
  });

  it('settings that change during a scan end it; the next one is by the new settings', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}.ts`, leak]));
    let reads = 0;
    const fs: FileSystem = {
      ...nodeFileSystem,
      read: async (path, most) => {
        if (path.endsWith('.ts')) {
          reads++;
          await new Promise((done) => setTimeout(done, 20));
        }
        return nodeFileSystem.read(path, most);
      },
    };
    session = await Session.open([files], { ports: { fs } });
    await session.until('a scan that runs', () => reads > 10);
    await session.settings({ severityOverrides: { '*': 'off' } });
    await scanned();
    assert.deepEqual(found(), []);
    assert.ok(reads < 60 + 50, `${reads} reads: the first scan went on`);
    assert.ok(session.reports.every(({ code }) => code.findings.length === 0));
  });

  it('above its ceiling of memory the server writes down what it knows and asks to be started anew, once', async () => {
    const storage = mkdtempSync(join(tmpdir(), 'slo-lens-ceiling-'));
    try {
      session = await Session.open([{ 'a.ts': leak }], {
        storagePath: storage,
        memory: { ceilingMegabytes: 1, afterSeconds: 0 },
      });
      await session.until('the request', () => (session?.recycles.length ?? 0) > 0);
      assert.ok((session.recycles[0] ?? 0) > 1);
      assert.ok(existsSync(join(storage, 'cache')) && readdirSync(join(storage, 'cache')).length === 1);
      await session.changed('a.ts');
      await new Promise((done) => setTimeout(done, 500));
      assert.equal(session.recycles.length, 1);
      assert.deepEqual(found(), ['a.ts'], 'it works on until then');
    } finally {
      rmSync(storage, { recursive: true, force: true });
    }
  });
});
