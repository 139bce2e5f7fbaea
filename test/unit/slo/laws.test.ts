/** Laws of the engine that hold for every input, by generated input. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AlertMemories, evaluateAlerts } from '../../../src/slo/alerts/evaluateAlerts';
import { eventBudget, ratioSliceBudget, sliceBudget } from '../../../src/slo/budget';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';
import type { ObjectiveDefinition } from '../../../src/slo/definition/model';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { History } from '../../../src/slo/history/history';
import { Recorder } from '../../../src/slo/history/recorder';
import { buildIndicator } from '../../../src/slo/indicator';
import type { IndicatorInput, SourceRecord } from '../../../src/slo/indicatorInput';
import { isUnknown, type ObjectiveState } from '../../../src/slo/status';
import { NOW, objective, policy, query } from './inputs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Better is higher; what is unknown is no rank. */
const RANK: Readonly<Partial<Record<ObjectiveState, number>>> = { violating: 0, at_risk: 1, meeting: 2 };
const target = fc.constantFrom(0, 0.5, 0.9, 0.95, 0.99, 0.999);

/** Looks each minute; null is a silent source, undefined a minute in which nobody ran. */
type Looks = readonly (number | null | undefined)[];
const looks: fc.Arbitrary<Looks> = fc.array(fc.constantFrom(1, 1, 1, 0, null, undefined), {
  minLength: 1,
  maxLength: 40,
});

/**
 * Evaluations of a window objective over looks from an instant on.
 * @param silence what a silent source leaves: nothing, or its last sample, which grows old
 */
function watch(definition: ObjectiveDefinition, values: Looks, from: number, silence: 'nothing' | 'old' = 'nothing') {
  let last: { readonly time: number; readonly value: number } | null = null;
  const history = new History(from - 5 * DAY);
  let recorder = new Recorder(history);
  let watchedFrom = from;
  let ran = true;
  return values.flatMap((value, minute) => {
    const now = from + minute * MINUTE + 7000;
    if (value === undefined) {
      ran = false;
      return [];
    }
    if (!ran) {
      recorder = new Recorder(history);
      watchedFrom = now;
      ran = true;
    }
    if (value !== null) last = { time: now, value };
    const input: IndicatorInput =
      last === null || (value === null && silence === 'nothing')
        ? { kind: 'none', reason: 'silent' }
        : { kind: 'samples', samples: [last] };
    const past = recorder.observe(definition, input, { now, watchedFrom });
    return [evaluateObjective(definition, input, { now, watchedFrom, past })];
  });
}

const STALE_MINUTES = 3;
const window = objective({ mode: 'window', staleAfterMs: STALE_MINUTES * MINUTE, target: 0.95 });
const START = Math.floor(NOW / DAY) * DAY;

describe('laws', () => {
  it('a budget falls with every bad event or slice, and never rises with one', () => {
    fc.assert(
      fc.property(target, fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 2000 }), (t, good, bad, extra) => {
        const events = (n: number) => eventBudget(t, good, n).remaining;
        const before = events(bad);
        if (before !== null) assert.ok((events(bad + 1) ?? 1) <= before + 1e-9);
        const slices = (n: number) => sliceBudget(t, bad + good + extra, good, n).remaining ?? 0;
        assert.ok(slices(bad + 1) < slices(bad));
      }),
    );
    fc.assert(
      fc.property(
        target,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (t, ratios, more) => {
          const remaining = (list: readonly number[]) => ratioSliceBudget(t, 1000, list).remaining ?? 0;
          assert.ok(remaining([...ratios, more]) <= remaining(ratios) + 1e-9);
        },
      ),
    );
  });

  it('one more bad minute never improves a window, whatever was watched and whatever was not', () => {
    fc.assert(
      fc.property(looks, fc.nat(), (values, pick) => {
        const goods = values.flatMap((value, i) => (value === 1 ? [i] : []));
        const at = goods[pick % Math.max(1, goods.length)];
        if (at === undefined) return;
        const before = watch(window, values, START).at(-1)?.state;
        const after = watch(window, values.with(at, 0), START).at(-1)?.state;
        if (before === undefined || after === undefined || isUnknown(before)) return;
        assert.ok((RANK[after] ?? -1) <= (RANK[before] ?? -1), `${before} became ${after}`);
      }),
    );
  });

  it('silence never improves a state: after it nothing is better known or greener than before', () => {
    fc.assert(
      fc.property(looks, fc.integer({ min: 1, max: 12 }), fc.constantFrom('nothing', 'old'), (values, silent, left) => {
        // A sample read again counts until it is stale: only from then on is its source silent.
        const spoke = values.findLastIndex((value) => value === 0 || value === 1);
        const fresh = left === 'old' && spoke >= 0 ? Math.max(0, spoke + STALE_MINUTES - (values.length - 1)) : 0;
        const silence = Array<null>(fresh + silent).fill(null);
        const states = watch(window, [...values, ...silence], START, left).map(({ state }) => state);
        const before = states.at(-1 - silent);
        for (const state of states.slice(-silent)) {
          if (isUnknown(state)) continue;
          assert.ok(before !== undefined && !isUnknown(before), `${before} became ${state}`);
          assert.ok((RANK[state] ?? 9) <= (RANK[before] ?? -1), `${before} became ${state}`);
        }
      }),
      { examples: [[[null, null, null, 1, 1], 1, 'old']] },
    );
  });

  it('a source that says nothing at all is never green, and neither is one that only fails', () => {
    fc.assert(
      fc.property(looks, (values) => {
        for (const { state } of watch(
          window,
          values.map((value) => (value === undefined ? undefined : null)),
          START,
        ))
          assert.equal(state, 'no_data');
      }),
    );
  });

  it('the same minutes at another time give the same verdicts', () => {
    fc.assert(
      fc.property(
        looks,
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: 0, max: 1439 }),
        (values, days, minutes) => {
          const shape = (from: number) =>
            watch(window, values, from).map(({ state, value, figures, budget, observedAt }) => ({
              state,
              value,
              figures,
              budget,
              age: observedAt === null ? null : observedAt - from,
            }));
          assert.deepEqual(shape(START + days * DAY + minutes * MINUTE), shape(START));
        },
      ),
    );
  });

  it('so do calendar windows that move along, and events', () => {
    const weekly = (start: string) =>
      objective({
        mode: 'window',
        target: 0.9,
        window: { kind: 'calendar', duration: { count: 1, unit: 'w', ms: 7 * DAY }, startTime: start, timeZone: 'UTC' },
      });
    const monday = Date.parse('2026-03-02T00:00:00Z');
    fc.assert(
      fc.property(looks, fc.integer({ min: 1, max: 20 }), (values, weeks) => {
        const states = (from: number, start: string) =>
          watch(weekly(start), values, from).map(({ state, figures }) => [state, figures]);
        const later = monday + weeks * 7 * DAY;
        assert.deepEqual(states(later, '2026-03-02 00:00:00'), states(monday, '2026-03-02 00:00:00'));
      }),
    );
    const occurrences = objective({
      method: 'Occurrences',
      mode: 'window',
      threshold: null,
      target: 0.9,
      staleAfterMs: 60 * MINUTE,
    });
    const events = fc.array(fc.record({ minute: fc.nat(90), good: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(events, fc.integer({ min: -10_000_000, max: 10_000_000 }), (list, shift) => {
        const state = (by: number) => {
          const now = NOW + by;
          const input: IndicatorInput = {
            kind: 'events',
            events: list
              .map(({ minute, good }) => ({ time: now - minute * MINUTE, good, value: null }))
              .sort((a, b) => a.time - b.time),
          };
          const { state: known, figures } = evaluateObjective(occurrences, input, { now });
          return [known, figures];
        };
        assert.deepEqual(state(shift), state(0));
      }),
    );
  });

  it('the order of records in a log, and records that come twice, change nothing', () => {
    const records = fc.array(
      fc.record({ id: fc.nat(40), minute: fc.integer({ min: -5, max: 50 }), ms: fc.integer({ min: 0, max: 1000 }) }),
      { maxLength: 40 },
    );
    const definition = objective({
      method: 'Occurrences',
      mode: 'window',
      threshold: null,
      target: 0.9,
      indicator: {
        kind: 'ratio',
        counter: true,
        part: 'good',
        numerator: query({
          query: 'count',
          field: null,
          where: [{ field: 'ms', test: { kind: 'compare', operator: 'lt', limit: 500 } }],
        }),
        total: query({
          query: 'count',
          field: null,
          where: [{ field: 'ms', test: { kind: 'exists', expected: true } }],
        }),
      },
    });
    const state = (list: readonly SourceRecord[]) => {
      const input = buildIndicator(definition, () => ({ kind: 'log', records: list }), { now: NOW });
      const { state: known, figures } = evaluateObjective(definition, input, { now: NOW });
      return [known, figures];
    };
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (list, random) => {
        // One id has one content here: which of two contents counts is the order's matter.
        const unique = [...new Map(list.map((one) => [one.id, one])).values()];
        const rows = unique.map(
          ({ id, minute, ms }): SourceRecord => ({ time: NOW - minute * MINUTE, id: String(id), fields: { ms } }),
        );
        const shuffled = [...rows, ...rows.slice(0, 5)]
          .map((row) => ({ row, key: random.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        assert.deepEqual(state(shuffled), state(rows));
      }),
    );
  });

  it('an alert says at most four things in half an hour, and ends only what it began', () => {
    const rule = policy({ when: 'value < 1' });
    const definition = objective({ alertPolicies: ['policy'] });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, null), { maxLength: 120 }), (values) => {
        let memories: AlertMemories = {};
        const said: { readonly minute: number; readonly kind: string }[] = [];
        for (const [minute, value] of values.entries()) {
          const now = NOW + minute * MINUTE;
          const input: IndicatorInput =
            value === null ? { kind: 'none', reason: '' } : { kind: 'samples', samples: [{ time: now, value }] };
          const tick = evaluateAlerts({ policies: [rule] }, [evaluateObjective(definition, input, { now })], memories, {
            now,
          });
          memories = JSON.parse(JSON.stringify(tick.memories));
          for (const { kind } of tick.announcements) said.push({ minute, kind });
          if (value === null)
            assert.deepEqual(
              tick.announcements.filter(({ kind }) => kind === 'resolve'),
              [],
            );
        }
        for (const { minute } of said)
          assert.ok(said.filter((one) => one.minute >= minute && one.minute < minute + 30).length <= 4);
        let open = false;
        for (const { kind } of said) {
          if (kind === 'resolve') assert.ok(open);
          open = kind === 'fire';
        }
      }),
    );
  });

  it('a definition with any line left out, doubled or cut is read or refused with places, and never throws', () => {
    const lines = DEFAULT_DEFINITION_TEXT.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.constantFrom('out', 'twice', 'cut'), (at, how) => {
        const line = lines[at] ?? '';
        const changed =
          how === 'out' ? [] : how === 'twice' ? [line, line] : [line.slice(0, Math.floor(line.length / 2))];
        const text = lines.toSpliced(at, 1, ...changed).join('\n');
        const { definition, problems } = loadDefinition([{ file: 'f', text }]);
        if (!definition) assert.ok(problems.some(({ level }) => level === 'error'));
        for (const { place } of problems) assert.ok(place.line >= 0 && place.line <= lines.length && place.column >= 0);
      }),
      { numRuns: 60 },
    );
  });
});
