/** The history as data: joining, lines and packed days, recording, and the verdicts that rest on it. Laws by generated input. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { type Cell, mergeCells, NO_CELL, sameCell } from '../../../src/slo/history/cell';
import { Columns } from '../../../src/slo/history/columns';
import { History } from '../../../src/slo/history/history';
import { parsePacked } from '../../../src/slo/history/packed';
import { formatRun, parseRun } from '../../../src/slo/history/record';
import { Recorder } from '../../../src/slo/history/recorder';
import { HourTable } from '../../../src/slo/history/timeline';
import type { IndicatorInput } from '../../../src/slo/indicatorInput';
import { objective } from './inputs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-01T00:00:00Z');
const FIRST = START / MINUTE;

const cells: fc.Arbitrary<Cell> = fc
  .record({
    state: fc.constantFrom(null, 'good', 'bad', 'nodata'),
    value: fc.constantFrom(Number.NaN, 0, 1, 7.5, -2),
    ratio: fc.constantFrom(Number.NaN, 0, 0.5, 1),
    good: fc.nat(3),
    more: fc.nat(3),
  })
  .map(({ state, value, ratio, good, more }) =>
    state === null
      ? { ...NO_CELL, good, eligible: good + more }
      : { state, value, ratio: state === 'nodata' ? Number.NaN : ratio, good: 0, eligible: 0 },
  );

const same = (a: Cell, b: Cell) => assert.ok(sameCell(a, b), `${JSON.stringify(a)} is not ${JSON.stringify(b)}`);

describe('accounts of a slice', () => {
  it('join in any order and grouping, and twice is once', () => {
    fc.assert(
      fc.property(cells, cells, cells, (a, b, c) => {
        same(mergeCells(mergeCells(a, b), c), mergeCells(a, mergeCells(b, c)));
        same(mergeCells(a, b), mergeCells(b, a));
        same(mergeCells(a, a), a);
      }),
    );
  });

  it('known beats no data, bad beats good, the lower ratio the higher, more events fewer', () => {
    const cell = (more: Partial<Cell>): Cell => ({ ...NO_CELL, ...more });
    assert.equal(mergeCells(cell({ state: 'nodata' }), cell({ state: 'good', value: 3 })).value, 3);
    assert.equal(mergeCells(cell({ state: 'good' }), cell({ state: 'bad', value: 1 })).state, 'bad');
    assert.equal(mergeCells(cell({ state: 'bad', ratio: 0.5 }), cell({ state: 'bad', ratio: 0.7 })).ratio, 0.5);
    same(mergeCells(cell({ good: 4, eligible: 5 }), cell({ good: 6, eligible: 9 })), cell({ good: 6, eligible: 9 }));
  });
});

describe('accounts of an hour', () => {
  const sums = fc
    .record({
      good: fc.nat(2),
      bad: fc.nat(2),
      nodata: fc.nat(2),
      loss: fc.constantFrom(0, 0.5, 1),
      goodEvents: fc.nat(2),
      more: fc.nat(2),
    })
    .map(({ more, ...rest }) => ({ ...rest, events: rest.goodEvents + more }));
  it('join in any order, and twice is once', () => {
    fc.assert(
      fc.property(fc.array(sums, { minLength: 1, maxLength: 4 }), fc.nat(), (all, turn) => {
        const joined = (list: typeof all) => {
          const table = new HourTable();
          for (const one of list) table.merge(7, one);
          return table.at(7);
        };
        const at = turn % all.length;
        assert.deepEqual(joined([...all.slice(at), ...all.slice(0, at)].reverse()), joined(all));
        assert.deepEqual(joined([...all, ...all]), joined(all));
      }),
    );
  });
});

describe('columns', () => {
  it('hold what was written, wherever it was, and forget what is dropped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.nat(200)), { minLength: 1 }),
        fc.integer({ min: -600, max: 600 }),
        (writes, drop) => {
          const columns = new Columns({ n: 'u8', f: 'f64' } as const);
          const model = new Map<number, number>();
          for (const [index, value] of writes) {
            columns.set('n', index, value);
            columns.set('f', index, value);
            model.set(index, value);
          }
          columns.dropBefore(drop);
          for (let index = -510; index <= 510; index++) {
            const expected = index < drop ? undefined : model.get(index);
            assert.equal(columns.get('n', index), expected ?? 0);
            assert.ok(Object.is(columns.get('f', index), expected ?? Number.NaN));
          }
        },
      ),
    );
  });
});

describe('lines of the history', () => {
  it('read as they were written', () => {
    const run = {
      objective: 'o',
      sliceMs: 300_000,
      first: START / 300_000,
      count: 3,
      cell: { ...NO_CELL, state: 'good', value: 0.5, ratio: 0.5 } as const,
    };
    const line = formatRun(run);
    assert.equal(line, `{"o":"o","t":${START / 1000},"n":3,"w":300,"s":"g","x":0.5,"r":0.5}\n`);
    assert.deepEqual(parseRun(line.trim()), run);
    assert.deepEqual(parseRun('{"o":"o","t":60,"n":1,"g":2,"e":3}')?.cell, { ...NO_CELL, good: 2, eligible: 3 });
  });

  const odd = [
    '',
    '{',
    'null',
    '[]',
    '{"o":"o","t":61,"n":1,"s":"g"}',
    '{"o":"o","t":-60,"n":1,"s":"g"}',
    '{"o":"o","t":1e99,"n":1,"s":"g"}',
    '{"o":"o","t":60,"n":1e9,"s":"g"}',
    '{"o":"o","t":60,"n":0,"s":"g"}',
    '{"o":"o","t":60,"n":1,"s":"x"}',
    '{"o":"o","t":60,"n":1}',
    '{"o":"","t":60,"n":1,"s":"g"}',
    '{"o":"o","t":60,"n":1,"s":"g","x":"1"}',
    '{"o":"o","t":60,"n":1,"s":"g","r":2}',
    '{"o":"o","t":60,"n":1,"g":3,"e":2}',
    '{"o":"o","t":60,"n":1,"w":1,"s":"g"}',
  ];
  for (const line of odd) it(`are none: ${line}`, () => assert.equal(parseRun(line), null));

  it('of a packed day that promise more than a day are none', () => {
    assert.equal(parsePacked('{"o":"o","t":60,"s":"g1441"}'), null);
    assert.equal(parsePacked('{"o":"o","t":60,"s":"g9999g9999"}'), null);
    assert.equal(parsePacked('{"o":"o","t":60,"s":"g2","x":[1,3]}'), null);
    assert.equal(parsePacked('{"o":"o","t":60,"s":"g2","x":[1,1,null,1]}')?.block.ranks.length, 2);
  });

  it('of names that objects know are names like any other', () => {
    const history = new History(START);
    assert.equal(history.read(`{"o":"__proto__","t":${START / 1000},"n":1,"s":"b"}\n`, START + DAY), 0);
    assert.equal(history.at('__proto__', MINUTE, FIRST).state, 'bad');
    assert.equal(history.at('constructor', MINUTE, FIRST).state, null);
  });

  it('count only with their end, and outside of what is kept not at all', () => {
    const history = new History(START);
    const line = (t: number, state: string) => `{"o":"o","t":${t / 1000},"n":1,"s":"${state}"}`;
    const text = `${line(START, 'g')}\n\nhalf{"o"\n${line(START - MINUTE, 'b')}\n${line(START + 2 * DAY, 'b')}\n${line(START + MINUTE, 'b')}`;
    assert.equal(history.read(text, START + DAY), 1);
    const past = history.past('o', MINUTE);
    assert.deepEqual(past.sums(0, FIRST + 10_000), { good: 1, bad: 0, nodata: 0, loss: 0, goodEvents: 0, events: 0 });
  });
});

/** Slices by index from `FIRST`, settled in the order given. */
function settled(slices: readonly (readonly [number, Cell])[], history = new History(START)): History {
  for (const [index, cell] of slices) history.settle('o', MINUTE, FIRST + index, cell);
  return history;
}

const slices = fc.array(fc.tuple(fc.nat(3000), cells), { maxLength: 60 });
const account = (history: History, to = 3001) =>
  Array.from({ length: to }, (_, i) => history.at('o', MINUTE, FIRST + i));

describe('segments', () => {
  it('join to the same history in any order, packed or not', () => {
    fc.assert(
      fc.property(slices, slices, (one, two) => {
        const now = START + 4 * DAY;
        const linesOf = (parts: typeof one) =>
          settled(parts)
            .takeLines()
            .map(({ lines }) => lines);
        const [a, b] = [linesOf(one), linesOf(two)];
        const forward = new History(START);
        for (const text of [...a, ...b]) assert.equal(forward.read(text, now), 0);
        const backward = new History(START);
        for (const text of [...b, ...a, ...b]) assert.equal(backward.read(text, now), 0);
        const packed = new History(START);
        for (const day of ['2026-03-01', '2026-03-02', '2026-03-03'])
          assert.equal(packed.read(forward.packDay(day), now), 0);
        const whole = settled([...one, ...two]);
        const expected = account(whole);
        for (const history of [forward, backward, packed])
          for (const [i, cell] of account(history).entries()) same(cell, expected[i] ?? NO_CELL);
      }),
      { numRuns: 60 },
    );
  });

  it('cut at any byte lose at most the line that was cut', () => {
    const history = settled(
      Array.from({ length: 40 }, (_, i) => [i, { ...NO_CELL, state: i % 3 === 0 ? 'bad' : 'good' }]),
    );
    const text = history
      .takeLines()
      .map(({ lines }) => lines)
      .join('');
    const lines = text.split('\n').slice(0, -1);
    for (let cut = 0; cut <= text.length; cut++) {
      const read = new History(START);
      assert.equal(read.read(text.slice(0, cut), START + DAY), 0);
      const whole = text.slice(0, cut).split('\n').length - 1;
      const slicesRead = account(read, 40).filter(({ state }) => state !== null).length;
      const expected = lines.slice(0, whole).reduce((sum, line) => sum + (parseRun(line)?.count ?? 0), 0);
      assert.equal(slicesRead, expected);
    }
  });

  it('split at midnight by the day of their slices', () => {
    const around = settled([1438, 1439, 1440, 1441].map((i) => [i, { ...NO_CELL, state: 'good', value: 1 }] as const));
    assert.deepEqual(
      around.takeLines().map(({ day, lines }) => [day, lines.trim()]),
      [
        ['2026-03-01', `{"o":"o","t":${(START + 1438 * MINUTE) / 1000},"n":2,"s":"g","x":1}`],
        ['2026-03-02', `{"o":"o","t":${(START + DAY) / 1000},"n":2,"s":"g","x":1}`],
      ],
    );
    assert.deepEqual(around.takeLines(), []);
  });

  it('rolled up by the hour keep their sums, exact to the hour at the far edge', () => {
    fc.assert(
      fc.property(slices, fc.nat(50), fc.nat(50), (all, from, length) => {
        const minutes = settled(all);
        const hours = settled(all);
        hours.rollUp(START + DAY);
        const again = new History(START);
        assert.ok(again.readHours(hours.hoursText()));
        again.read(hours.packDay('2026-03-02') + hours.packDay('2026-03-03'), START + 4 * DAY);
        const [first, last] = [FIRST + from * 60, FIRST + (from + length) * 60 - 1];
        const expected = minutes.past('o', MINUTE).sums(first, last);
        for (const history of [hours, again]) {
          const sums = history.past('o', MINUTE).sums(first, last);
          assert.ok(Math.abs(sums.loss - expected.loss) < 1e-4);
          assert.deepEqual({ ...sums, loss: 0 }, { ...expected, loss: 0 });
        }
      }),
      { numRuns: 60 },
    );
  });
});

const RUNNING = objective({ mode: 'window', staleAfterMs: 3 * MINUTE, target: 0.99 });

/** One look a minute from `START` on; null is a minute without answer from the source, undefined one in which nobody ran. */
function watched(
  values: readonly (number | null | undefined)[],
  changes: Partial<typeof RUNNING> = {},
  history = new History(START - DAY),
) {
  const definition = { ...RUNNING, ...changes };
  let recorder = new Recorder(history);
  let watchedFrom = START;
  let ran = true;
  return values.map((value, minute) => {
    const now = START + minute * MINUTE + 1000;
    if (value === undefined) {
      ran = false;
      return null;
    }
    if (!ran) {
      recorder = new Recorder(history);
      watchedFrom = now;
      ran = true;
    }
    const input: IndicatorInput =
      value === null ? { kind: 'none', reason: 'silent' } : { kind: 'samples', samples: [{ time: now, value }] };
    const past = recorder.observe(definition, input, { now, watchedFrom });
    return { past, evaluation: evaluateObjective(definition, input, { now, watchedFrom, past }) };
  });
}

describe('recording', () => {
  it('remembers what a gauge said, slice by slice, though it says only the newest', () => {
    const last = watched([1, 1, 0, 1, 1]).at(-1)?.evaluation;
    assert.deepEqual([last?.figures?.good, last?.figures?.bad, last?.figures?.nodata], [4, 1, 0]);
    // Without the history the one sample of now would be all that is known.
    const now = START + 4 * MINUTE + 1000;
    const alone = evaluateObjective(
      RUNNING,
      { kind: 'samples', samples: [{ time: now, value: 1 }] },
      { now, watchedFrom: START },
    );
    assert.deepEqual([alone.figures?.good, alone.figures?.nodata, alone.state], [1, 4, 'no_data']);
  });

  it('carries a value while it counts, then says no data; a gap is neither', () => {
    const states = watched([1, null, null, null, null, undefined, undefined, 1]).at(-1)?.past;
    assert.deepEqual(
      Array.from({ length: 8 }, (_, i) => states?.stateAt(FIRST + i)),
      // The fifth was not over when its session ended without notice.
      ['good', 'good', 'good', 'nodata', null, null, null, 'good'],
    );
  });

  it('does not call a source silent that never spoke', () => {
    const looks = watched([null, null, null, 1]);
    assert.deepEqual(looks.at(-1)?.past.sums(FIRST, FIRST + 3), {
      good: 1,
      bad: 0,
      nodata: 0,
      loss: 0,
      goodEvents: 0,
      events: 0,
    });
    assert.equal(looks[1]?.evaluation.state, 'no_data');
  });

  it('judges a slice that is over once: the clock that is set back and late samples change nothing that is known', () => {
    const history = new History(START - DAY);
    const recorder = new Recorder(history);
    const look = (minute: number, ...samples: readonly (readonly [number, number])[]) =>
      recorder.observe(
        RUNNING,
        { kind: 'samples', samples: samples.map(([at, value]) => ({ time: START + at * MINUTE, value })) },
        { now: START + minute * MINUTE + 30_000, watchedFrom: START },
      );
    look(0, [0, 1]);
    look(1, [1, 1]);
    look(2, [0, 0], [2, 1]);
    assert.equal(history.at('objective', MINUTE, FIRST).state, 'good');
    look(0, [0, 0]);
    look(3, [3, 1]);
    assert.equal(history.at('objective', MINUTE, FIRST).state, 'good');
  });

  it('takes late samples for slices of which nothing was known', () => {
    const history = new History(START - DAY);
    const recorder = new Recorder(history);
    const look = (minute: number, ...samples: readonly (readonly [number, number])[]) =>
      recorder.observe(
        { ...RUNNING, staleAfterMs: MINUTE },
        { kind: 'samples', samples: samples.map(([at, value]) => ({ time: START + at * MINUTE, value })) },
        { now: START + minute * MINUTE + 30_000, watchedFrom: START },
      );
    look(0, [0, 1]);
    for (let minute = 1; minute <= 5; minute++) look(minute, [0, 1]);
    assert.equal(history.at('objective', MINUTE, FIRST + 3).state, 'nodata');
    look(6, [0, 1], [3, 0], [6, 1]);
    assert.equal(history.at('objective', MINUTE, FIRST + 3).state, 'bad');
  });

  it('takes over the events of while nobody watched, and keeps those that the log has lost', () => {
    const definition = objective({
      method: 'Occurrences',
      mode: 'window',
      threshold: null,
      target: 0.9,
      staleAfterMs: HOUR,
    });
    const events = [
      [0, true],
      [0, false],
      [30, true],
      [59, true],
    ] as const;
    const input = (from: number): IndicatorInput => ({
      kind: 'events',
      events: events
        .filter(([minute]) => minute >= from)
        .map(([minute, good]) => ({ time: START + minute * MINUTE, good, value: null })),
    });
    const history = new History(START - DAY);
    const now = START + 61 * MINUTE;
    new Recorder(history).observe(definition, input(0), { now, watchedFrom: now });
    const rotated = new Recorder(history).observe(definition, input(59), { now, watchedFrom: now });
    const verdict = evaluateObjective(definition, input(59), { now, past: rotated });
    assert.deepEqual([verdict.figures?.good, verdict.figures?.bad], [3, 1]);
    const whole = evaluateObjective(definition, input(0), { now, past: rotated });
    assert.deepEqual([whole.figures?.good, whole.figures?.bad], [3, 1], 'never the sum');
    const emptied = evaluateObjective(definition, { kind: 'events', events: [] }, { now, past: rotated });
    assert.deepEqual([emptied.state, emptied.figures?.good], ['violating', 3]);
  });

  it('gives windows and burn rates the slices of earlier sessions', () => {
    const outage = Array.from({ length: 30 }, () => 0);
    const fine = Array.from({ length: 30 }, () => 1);
    const looks = watched([...outage, ...fine, undefined, undefined, 1]);
    const last = looks.at(-1)?.evaluation;
    // Of the earlier session the slice that was open at its end is missing.
    assert.deepEqual([last?.figures?.bad, last?.figures?.good, last?.figures?.coverage], [30, 30, 1]);
    assert.equal(last?.budget?.used, 30);
  });

  it('writes the open slice when the session ends, but not one of which nothing is known', () => {
    const history = new History(START - DAY);
    const recorder = new Recorder(history);
    const now = START + 1000;
    recorder.observe(RUNNING, { kind: 'samples', samples: [{ time: now, value: 0 }] }, { now, watchedFrom: START });
    recorder.observe({ ...RUNNING, name: 'silent' }, { kind: 'none', reason: '' }, { now, watchedFrom: START });
    assert.deepEqual(history.takeLines(), []);
    recorder.close();
    assert.deepEqual(
      history.takeLines().map(({ lines }) => lines),
      [`{"o":"objective","t":${START / 1000},"n":1,"s":"b","x":0}\n`],
    );
  });
});
