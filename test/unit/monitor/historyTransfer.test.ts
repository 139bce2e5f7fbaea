/** Export and import of a history: nothing is lost on the way, and joining twice, or in another order, changes nothing. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HistoryStore } from '../../../src/monitor/historyStore';
import type { FileSystem } from '../../../src/monitor/ports';
import { type Cell, NO_CELL } from '../../../src/slo/history/cell';
import { History } from '../../../src/slo/history/history';
import { historyText, readHistoryText } from '../../../src/slo/history/transfer';
import { MemoryFileSystem } from './memoryFileSystem';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-20T12:34:00Z');
const LAST = Math.floor(NOW / MINUTE) - 1;

interface Slice {
  /** Minutes before now. */
  readonly ago: number;
  readonly objective: string;
  readonly cell: Cell;
}

const state = fc.constantFrom('good', 'bad', 'nodata' as const);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.record({ state, value: fc.constantFrom(0, 1.5, Number.NaN) }).map((known) => ({ ...NO_CELL, ...known })),
  fc
    .record({ state, ratio: fc.constantFrom(0, 0.25, 1) })
    .map(({ state: known, ratio }) => ({ ...NO_CELL, state: known, value: ratio, ratio })),
  fc
    .record({ good: fc.nat(5), bad: fc.nat(5) })
    .filter(({ good, bad }) => good + bad > 0)
    .map(({ good, bad }) => ({ ...NO_CELL, good, eligible: good + bad })),
);
/** Of today, of the days before, and of before the last 31 days, where only hours are kept. */
const ago = fc.oneof(
  fc.integer({ min: 1, max: 200 }),
  fc.integer({ min: 1440, max: 4000 }),
  fc.integer({ min: 50_000, max: 52_000 }),
);
const slices = fc.array(fc.record({ ago, objective: fc.constantFrom('a', 'b'), cell }), { maxLength: 25 });

/** A folder with the history of some slices. */
async function folder(seen: readonly Slice[], fs = new MemoryFileSystem()): Promise<MemoryFileSystem> {
  const history = new History(0);
  for (const one of seen) history.settle(one.objective, MINUTE, LAST - one.ago, one.cell);
  assert.equal(await new HistoryStore(fs, '/h', 'w').write(history, NOW), null);
  await new HistoryStore(fs, '/h', 'w').compact(NOW);
  return fs;
}

async function load(fs: FileSystem): Promise<History> {
  const { history, problems } = await new HistoryStore(fs, '/h', 'r').load(NOW);
  assert.deepEqual(problems, []);
  return history;
}

async function exported(fs: FileSystem): Promise<string> {
  return historyText(await load(fs), NOW);
}

async function add(fs: FileSystem, text: string): Promise<string | null> {
  const read = readHistoryText(text, NOW);
  assert.ok(read.ok, JSON.stringify(read));
  assert.equal(read.damagedLines, 0);
  return new HistoryStore(fs, '/h', 'w').add(read.history, NOW);
}

/** A text without the moment it was made at. */
const body = (text: string) => text.slice(text.indexOf('\n'));

describe('an exported history', () => {
  it('is the same after it was imported elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(slices, async (seen) => {
        const text = await exported(await folder(seen));
        const other = new MemoryFileSystem();
        assert.equal(await add(other, text), null);
        assert.equal(body(await exported(other)), body(text));
      }),
      { numRuns: 40 },
    );
  });

  it('joins with what is there: twice is once, and the order of several does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(slices, slices, slices, async (a, b, c) => {
        const [textA, textB, textC] = [
          await exported(await folder(a)),
          await exported(await folder(b)),
          await exported(await folder(c)),
        ];
        const joined = async (first: readonly Slice[], ...texts: readonly string[]) => {
          const fs = await folder(first);
          for (const text of texts) assert.equal(await add(fs, text), null);
          return body(await exported(fs));
        };
        const wanted = await joined(a, textB, textC);
        assert.equal(await joined(c, textB, textA), wanted, 'commutative');
        assert.equal(await joined(a, textB, textC, textB, textA), wanted, 'idempotent');
        const grouped = await folder(b);
        await add(grouped, textC);
        assert.equal(await joined(a, await exported(grouped)), wanted, 'associative');
      }),
      { numRuns: 25 },
    );
  });

  it('counts what both saw once, the worse account of it', async () => {
    const one = (ago_: number, known: Cell['state']): Slice => ({
      ago: ago_,
      objective: 'a',
      cell: { ...NO_CELL, state: known, value: 1 },
    });
    const fs = await folder([one(1, 'good'), one(2, 'good'), one(3, 'nodata')]);
    await add(fs, await exported(await folder([one(2, 'bad'), one(3, 'good'), one(4, 'good')])));
    const { good, bad, nodata } = (await load(fs)).past('a', MINUTE).sums(LAST - 10, LAST);
    assert.deepEqual([good, bad, nodata], [3, 1, 0]);
  });

  it('that was cut, is of something else, of a newer program or of a clock ahead is refused with its reason', async () => {
    const text = await exported(
      await folder([{ ago: 5, objective: 'a', cell: { ...NO_CELL, state: 'good', value: 1 } }]),
    );
    const refusal = (given: string, now = NOW) => {
      const read = readHistoryText(given, now);
      return read.ok ? 'taken' : read.message;
    };
    assert.equal(refusal(text), 'taken');
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
    for (const end of ends.slice(0, -1)) assert.notEqual(refusal(text.slice(0, end + 1)), 'taken');
    assert.match(refusal(text.slice(0, -20)), /^the file is cut/);
    assert.match(refusal(''), /^this is no exported history/);
    assert.match(refusal('{"o":"a"}\n'), /^this is no exported history/);
    assert.match(refusal(text.replace('"version":1', '"version":2')), /^its version is 2/);
    assert.match(refusal(text, NOW - 400 * DAY), /clock that is ahead/);
    assert.match(refusal(text.replace('"series"', '"serious"')), /^the hours/);
  });

  it('with damaged lines gives the others, and says how many are left out', async () => {
    const seen = [1, 1500].map((minutes) => ({
      ago: minutes,
      objective: 'a',
      cell: { ...NO_CELL, state: 'good', value: 1 } as const,
    }));
    const lines = (await exported(await folder(seen))).split('\n');
    const broken = lines.with(2, '{"o":');
    const read = readHistoryText(broken.join('\n'), NOW);
    assert.ok(read.ok);
    assert.equal(read.damagedLines, 1);
    assert.equal(read.history.past('a', MINUTE).sums(LAST - 2000, LAST).good, 1);
  });

  it('takes hostile names, numbers and prototypes for nothing, and no memory for a century', () => {
    const head = '{"format":"slo-lens-history","version":1}\n{"schemaVersion":1,"through":0,"series":[]}\n';
    const lines = [
      '{"o":"__proto__","t":60,"s":"g1"}',
      '{"o":"a","t":253402300740,"s":"g1440"}',
      '{"o":"a","t":1e308,"s":"g1"}',
      '{"o":"a","t":-60,"s":"g1"}',
      `{"o":"${'x'.repeat(200)}","t":60,"s":"g1"}`,
    ];
    const read = readHistoryText(`${head}${lines.join('\n')}\n{"end":true,"lines":${lines.length}}\n`, NOW);
    assert.ok(read.ok);
    assert.equal(read.damagedLines, 3);
    assert.ok(read.history.bytes < 100_000, `${read.history.bytes}`);
  });
});

describe('an import', () => {
  const seen: readonly Slice[] = [1, 2, 1500, 50_000, 50_070].map((minutes) => ({
    ago: minutes,
    objective: 'a',
    cell: { ...NO_CELL, state: 'bad', value: 0 },
  }));
  const own: readonly Slice[] = [1, 1501, 3000, 50_000].map((minutes) => ({
    ago: minutes,
    objective: 'a',
    cell: { ...NO_CELL, state: 'good', value: 1 },
  }));

  it('that is killed at any change, or finds the disk full, loses nothing and is complete when done again', async () => {
    const text = await exported(await folder(seen));
    const whole = await folder(own);
    let changes = 0;
    await add(
      counting(whole, () => ++changes > 0),
      text,
    );
    const wanted = body(await exported(whole));
    assert.ok(changes >= 5, `${changes} changes`);
    for (let death = 0; death < changes; death++) {
      const fs = await folder(own);
      let left = death;
      await add(
        counting(fs, () => left-- > 0),
        text,
      );
      const { good } = (await load(fs)).past('a', MINUTE).sums(LAST - 60_000, LAST);
      assert.ok(good >= 2, `death at ${death}: what was there is there`);
      assert.equal(await add(fs, text), null);
      assert.equal(body(await exported(fs)), wanted, `death at ${death}`);
    }
  });

  it('says why when the disk takes nothing', async () => {
    const text = await exported(await folder(seen));
    const fs = await folder(own);
    assert.equal(
      await add(
        counting(fs, () => false),
        text,
      ),
      'ENOSPC: no space left',
    );
  });

  it('of a history that became hours earlier makes hours of the same days here', async () => {
    const early = await folder(seen);
    const rolled = await load(early);
    rolled.rollUp(Math.floor((NOW - DAY) / DAY) * DAY);
    const fs = await folder(own);
    assert.equal(await add(fs, historyText(rolled, NOW)), null);
    const joined = await load(fs);
    assert.equal(joined.minutesFrom, rolled.minutesFrom);
    const { good, bad } = joined.past('a', MINUTE).sums(LAST - 4000, LAST);
    // Of the slice of a minute ago the bad account counts; two days ago each saw another hour or minute.
    assert.deepEqual([good, bad], [2, 3]);
  });
});

/** A file system that takes a change only while `may` says so, and then says that it is full. */
function counting(fs: MemoryFileSystem, may: () => boolean): FileSystem {
  const full = { ok: false, error: { code: 'ENOSPC', message: 'ENOSPC: no space left' } } as const;
  return {
    join: fs.join,
    list: fs.list,
    stat: fs.stat,
    realpath: fs.realpath,
    read: fs.read,
    readRange: fs.readRange,
    writeAtomic: async (path, data) => (may() ? fs.writeAtomic(path, data) : full),
    append: async (path, data) => (may() ? fs.append(path, data) : full),
    remove: async (path) => (may() ? fs.remove(path) : full),
  };
}
