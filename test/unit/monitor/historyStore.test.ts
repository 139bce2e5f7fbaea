/** The history on disk: what a kill, a full disk, a second window and midnight leave of it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HistoryStore, MAX_HISTORY_BYTES } from '../../../src/monitor/historyStore';
import { EXPIRES_MS, Lease, RENEW_MS } from '../../../src/monitor/lease';
import { nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import type { FileSystem } from '../../../src/monitor/ports';
import { type Cell, NO_CELL } from '../../../src/slo/history/cell';
import { History } from '../../../src/slo/history/history';
import { dyingAt, FakeClock, MemoryFileSystem } from './memoryFileSystem';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-01T00:00:00Z');
const FIRST = START / MINUTE;
const good: Cell = { ...NO_CELL, state: 'good', value: 1 };
const bad: Cell = { ...NO_CELL, state: 'bad', value: 0 };

/** Settles slices (minutes after START) and writes them under a writer's name. */
async function write(fs: FileSystem, writer: string, minutes: readonly number[], cell = good): Promise<string | null> {
  const history = new History(START - 400 * DAY);
  for (const minute of minutes) history.settle('o', MINUTE, FIRST + minute, cell);
  return new HistoryStore(fs, '/h', writer).write(history, START);
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function sums(fs: FileSystem, now: number, from = 0, to = 3 * 1440) {
  const { history, problems } = await new HistoryStore(fs, '/h', 'reader').load(now);
  const { good: g, bad: b } = history.past('o', MINUTE).sums(FIRST + from, FIRST + to - 1);
  return { good: g, bad: b, problems };
}

async function names(fs: FileSystem): Promise<readonly string[]> {
  const listed = await fs.list('/h');
  return listed.ok ? listed.value.map(({ name }) => name).sort() : [];
}

describe('history on disk', () => {
  it('of two windows at once is the history of both, in files of their own', async () => {
    const fs = new MemoryFileSystem();
    await write(fs, 'a', range(0, 30));
    await write(fs, 'b', range(20, 50));
    await write(fs, 'c', [25], bad);
    assert.deepEqual(await sums(fs, START + HOUR), { good: 49, bad: 1, problems: [] });
    assert.deepEqual(await names(fs), ['2026-03-01.a.jsonl', '2026-03-01.b.jsonl', '2026-03-01.c.jsonl']);
  });

  it('packs a day when it is over and nobody writes of it any more', async () => {
    const fs = new MemoryFileSystem();
    await write(fs, 'a', range(0, 1500));
    await write(fs, 'b', range(100, 200), bad);
    const store = new HistoryStore(fs, '/h', 'c');
    await store.compact(START + DAY + MINUTE);
    assert.equal((await names(fs)).length, 3, 'others may still write');
    await store.compact(START + DAY + HOUR);
    assert.deepEqual(await names(fs), ['2026-03-01.packed.jsonl', '2026-03-02.a.jsonl']);
    assert.deepEqual(await sums(fs, START + 2 * DAY), { good: 1400, bad: 100, problems: [] });
    // What comes late is joined with the next.
    await write(fs, 'd', [700], bad);
    await store.compact(START + DAY + HOUR);
    assert.deepEqual(await names(fs), ['2026-03-01.packed.jsonl', '2026-03-02.a.jsonl']);
    assert.deepEqual(await sums(fs, START + 2 * DAY), { good: 1399, bad: 101, problems: [] });
  });

  it('turns minutes into hours after a month, and forgets hours after thirteen', async () => {
    const fs = new MemoryFileSystem();
    await write(fs, 'a', range(0, 3 * 1440));
    await write(fs, 'b', range(60, 90), bad);
    const now = START + 33 * DAY;
    await new HistoryStore(fs, '/h', 'c').compact(now);
    assert.deepEqual(await names(fs), ['2026-03-03.packed.jsonl', 'rollup-hour.json']);
    assert.deepEqual(await sums(fs, now), { good: 3 * 1440 - 30, bad: 30, problems: [] });
    assert.deepEqual(await sums(fs, now, 60, 120), { good: 30, bad: 30, problems: [] });
    await new HistoryStore(fs, '/h', 'd').compact(START + 398 * DAY);
    assert.deepEqual(await sums(fs, START + 398 * DAY, 0, 2 * 1440), { good: 0, bad: 0, problems: [] });
  });

  it('loses nothing when the process dies at any change of packing and rolling up', async () => {
    const prepared = async () => {
      const fs = new MemoryFileSystem();
      await write(fs, 'a', range(0, 3 * 1440));
      await write(fs, 'b', range(1430, 1450), bad);
      return fs;
    };
    const now = START + 33 * DAY;
    const counting = dyingAt(await prepared(), Number.POSITIVE_INFINITY);
    await new HistoryStore(counting.fs, '/h', 'c').compact(now);
    assert.ok(counting.changes() >= 8, `${counting.changes()} changes`);
    for (let death = 1; death <= counting.changes(); death++) {
      const fs = await prepared();
      await new HistoryStore(dyingAt(fs, death).fs, '/h', 'c').compact(now);
      await new HistoryStore(fs, '/h', 'd').compact(now);
      assert.deepEqual(await sums(fs, now), { good: 3 * 1440 - 20, bad: 20, problems: [] }, `death at change ${death}`);
    }
  });

  it('is packed by two processes at once as by one', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const fs = new MemoryFileSystem();
      await write(fs, 'a', range(0, 1440));
      await write(fs, 'b', range(10, 20), bad);
      const now = START + 2 * DAY;
      const slow = async () => {
        for (let i = 0; i < turn; i++) await Promise.resolve();
        await new HistoryStore(fs, '/h', 'y').compact(now);
      };
      await Promise.all([new HistoryStore(fs, '/h', 'x').compact(now), slow()]);
      assert.deepEqual(await sums(fs, now), { good: 1430, bad: 10, problems: [] });
    }
  });

  it('becomes hours by two processes at once as by one: neither writes over what the other has summed up', async () => {
    const now = START + 33 * DAY;
    for (let turn = 0; turn < 40; turn++) {
      const fs = new MemoryFileSystem();
      await write(fs, 'a', range(0, 2 * 1440));
      await write(fs, 'b', range(10, 20), bad);
      const slow = async () => {
        for (let i = 0; i < turn; i++) await Promise.resolve();
        await new HistoryStore(fs, '/h', 'y').compact(now);
      };
      await Promise.all([new HistoryStore(fs, '/h', 'x').compact(now), slow()]);
      assert.deepEqual(await sums(fs, now), { good: 2 * 1440 - 10, bad: 10, problems: [] }, `turn ${turn}`);
    }
  });

  it('does not come back to minutes for days that had to become hours for their size', async () => {
    const fs = new MemoryFileSystem();
    await write(fs, 'a', range(0, 4 * 1440));
    const now = START + 5 * DAY;
    const big: FileSystem = {
      ...fs,
      list: fs.list,
      stat: async (path) => {
        const stat = await fs.stat(path);
        return stat.ok ? { ok: true, value: { ...stat.value, size: MAX_HISTORY_BYTES / 3 } } : stat;
      },
    };
    const store = new HistoryStore(big, '/h', 'c');
    await store.compact(now);
    assert.deepEqual(await names(fs), [
      '2026-03-02.packed.jsonl',
      '2026-03-03.packed.jsonl',
      '2026-03-04.packed.jsonl',
      'rollup-hour.json',
    ]);
    assert.deepEqual(await sums(fs, now, 0, 4 * 1440), { good: 4 * 1440, bad: 0, problems: [] });
    // A late segment of such a day is joined, and the hours between stay.
    await write(fs, 'd', [30], bad);
    await store.compact(now + 40 * DAY);
    assert.equal((await sums(fs, now + 40 * DAY, 0, 4 * 1440)).good, 4 * 1440);
  });

  it('that the disk does not take is kept, told, and written when there is room again', async () => {
    const fs = new MemoryFileSystem();
    const history = new History(START);
    const store = new HistoryStore(fs, '/h', 'a');
    history.settle('o', MINUTE, FIRST, good);
    fs.faults.set('append', 'ENOSPC');
    assert.match((await store.write(history, START)) ?? '', /ENOSPC/);
    assert.deepEqual(await names(fs), []);
    history.settle('o', MINUTE, FIRST + 1, bad);
    // The failed write left half a line.
    fs.write('/h/2026-03-01.a.jsonl', '{"o":"o","t":17');
    fs.faults.clear();
    assert.equal(await store.write(history, START + MINUTE), null);
    const { good: g, bad: b, problems } = await sums(fs, START + HOUR);
    assert.deepEqual([g, b, problems], [1, 1, ['1 line of the history could not be read']]);
  });

  it('tells what is damaged, and lives with it', async () => {
    const fs = new MemoryFileSystem();
    await write(fs, 'a', range(0, 10));
    fs.write('/h/2026-03-01.b.jsonl', 'no line\n{"o":"o"}\n');
    fs.write('/h/2026-13-99.c.jsonl', 'no day');
    fs.write('/h/rollup-hour.json', '{"schemaVersion":1,"series":[]}');
    fs.write('/h/notes.txt', 'mine');
    const { good: g, problems } = await sums(fs, START + HOUR);
    assert.equal(g, 10);
    assert.deepEqual(problems, [
      'rollup-hour.json is damaged: the hours in it are left out',
      '2 lines of the history could not be read',
    ]);
    await new HistoryStore(fs, '/h', 'd').compact(START + 40 * DAY);
    assert.ok((await names(fs)).includes('rollup-hour.json.damaged'), 'what cannot be understood is put aside');
    assert.ok((await names(fs)).includes('notes.txt'));
    assert.equal((await sums(fs, START + 40 * DAY)).good, 10);
  });

  it('survives that its process is killed while it writes: at most the slice of the moment is lost', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'slo-lens-history-'));
    const script = join(folder, 'writer.ts');
    const source = resolve(__dirname, '../../../src');
    writeFileSync(
      script,
      `import { HistoryStore } from '${source}/monitor/historyStore';
import { nodeFileSystem } from '${source}/monitor/node/nodePorts';
import { NO_CELL } from '${source}/slo/history/cell';
import { History } from '${source}/slo/history/history';
const [, , folder = '', writer = '', from = '0'] = process.argv;
async function main() {
  const history = new History(${START});
  const store = new HistoryStore(nodeFileSystem, folder, writer);
  for (let index = ${FIRST} + Number(from); ; index++) {
    history.settle('o', ${MINUTE}, index, { ...NO_CELL, state: 'good', value: index % 7 });
    await store.write(history, index * ${MINUTE});
    process.stdout.write(index + '\\n');
  }
}
void main();
`,
    );
    try {
      let next = 0;
      for (let kill = 0; kill < 4; kill++) {
        const child: ChildProcess = spawn(
          process.execPath,
          ['--require', 'tsx/cjs', script, join(folder, 'h'), `w${kill}`, String(next)],
          { cwd: resolve(__dirname, '../../..'), stdio: ['ignore', 'pipe', 'inherit'] },
        );
        let told = '';
        const enough = 40 + kill * 23;
        await new Promise<void>((done) => {
          child.stdout?.setEncoding('utf8').on('data', (text: string) => {
            told += text;
            if (told.split('\n').length > enough) child.kill('SIGKILL');
          });
          child.once('close', () => done());
        });
        const last = Number(told.trimEnd().split('\n').at(-1)) - FIRST;
        const { history, problems } = await new HistoryStore(nodeFileSystem, join(folder, 'h'), 'r').load(
          START + 10 * DAY,
        );
        assert.deepEqual(problems, []);
        const known = history.past('o', MINUTE).sums(FIRST, FIRST + last).good;
        assert.equal(known, last + 1, 'every slice whose writing was over is there');
        next = last + 1;
      }
      assert.equal(readdirSync(join(folder, 'h')).length, 4);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the lease', () => {
  const pair = () => {
    const fs = new MemoryFileSystem();
    const clock = new FakeClock(START);
    return { fs, clock, a: new Lease(fs, clock, '/h/lease.json', 'a'), b: new Lease(fs, clock, '/h/lease.json', 'b') };
  };
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };

  it('is held by one, for as long as it renews', async () => {
    const { clock, a, b } = pair();
    assert.deepEqual([await a.hold(), await b.hold()], [true, false]);
    for (let i = 0; i < 10; i++) {
      clock.advance(RENEW_MS);
      await settle();
    }
    assert.equal(await b.hold(), false);
    assert.equal(clock.waiting, 1, 'one timer, of the holder');
  });

  it('goes over when its holder is gone, at once when it said so', async () => {
    const { fs, clock, a, b } = pair();
    await a.hold();
    clock.time += EXPIRES_MS;
    assert.equal(await b.hold(), true);
    await b.release();
    assert.equal(clock.waiting, 1);
    assert.equal((await fs.stat('/h/lease.json')).ok, false);
    assert.equal(await a.hold(), true);
    await a.release();
    assert.equal(clock.waiting, 0);
  });

  it('is not read and written again for each question', async () => {
    const { fs, clock, a } = pair();
    await a.hold();
    fs.reads.length = 0;
    for (let i = 0; i < 100; i++) assert.equal(await a.hold(), true);
    assert.deepEqual(fs.reads, []);
    clock.advance(RENEW_MS);
    await settle();
    assert.ok(fs.reads.length > 0, 'but it is renewed');
  });

  it('of a clock that was ahead, and one that is none, are nobody’s', async () => {
    const { fs, clock, a } = pair();
    fs.write('/h/lease.json', JSON.stringify({ owner: 'b', until: START + DAY }));
    assert.equal(await a.hold(), true);
    for (const text of ['', '[]', '{"owner":1,"until":2}', 'null']) {
      fs.write('/h/lease.json', text);
      clock.time += RENEW_MS;
      assert.equal(await a.hold(), true, text);
    }
  });

  it('is everybody’s where nothing can be written', async () => {
    const { fs, a } = pair();
    fs.faults.set('/h/lease.json', 'EROFS');
    assert.equal(await a.hold(), true);
  });
});
