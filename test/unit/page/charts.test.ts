/** Scales and lines of charts. */
import assert from 'node:assert/strict';
import { budgetBar } from '../../../src/page/budgetBar';
import { niceScale, timeTicks } from '../../../src/page/charts/scale';
import { runs, seriesChart, shareScale, sparkline, stepPaths } from '../../../src/page/charts/seriesChart';
import { timeline } from '../../../src/page/charts/timeline';
import { type El, textOf } from '../../../src/page/element';
import { clockface } from '../../../src/page/words';
import type { IncidentReport } from '../../../src/report/historyReport';

const utc = clockface('UTC');
const HOUR = 3_600_000;
const T = Date.parse('2026-05-15T12:00:00Z');

function all(element: El, tag: string): readonly El[] {
  return [
    element,
    ...element.children.filter((one): one is El => typeof one !== 'string').flatMap((one) => all(one, tag)),
  ].filter((one, index) => (index > 0 || one === element) && one.tag === tag);
}

describe('scales', () => {
  it('have readable marks that hold every value', () => {
    for (const values of [
      [0, 13, 8],
      [0, 2],
      [0.4, 1],
      [-7.5, 1],
      [99.2, 101.7],
      [5, 5],
      [0, 0],
      [1e9, 3e9],
    ]) {
      const { low, high, ticks } = niceScale(values);
      assert.ok(
        low <= Math.min(...values) && high >= Math.max(...values) && high > low,
        JSON.stringify({ values, low, high }),
      );
      assert.ok(ticks.length >= 2 && ticks.length <= 6, JSON.stringify({ values, ticks }));
    }
    assert.deepEqual(niceScale([0, 2]).ticks, [0, 1, 2], 'what is counted has no halves');
  });

  it('of shares end at 100 % and go below 0 where a budget is overspent', () => {
    assert.equal(shareScale([0.9995, 1], null).high, 1);
    assert.ok(shareScale([0.9995, 1], null).low > 0.99);
    assert.equal(shareScale([0.2, 1], 0).low, 0);
    assert.ok(shareScale([-7.5, 1], 0).low <= -7.5);
  });

  it('of time have marks at whole hours and days of the zone', () => {
    const hour = timeTicks(T - HOUR + 60_000, T, utc);
    assert.deepEqual(
      hour.map(({ text }) => text),
      ['11:15', '11:30', '11:45', '12:00'],
    );
    const week = timeTicks(T - 7 * 24 * HOUR, T, clockface('America/New_York'));
    assert.ok(
      week.every(({ at }) => new Date(at).getUTCHours() === 4),
      'midnight in New York',
    );
    for (const span of [HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR, 366 * 24 * HOUR]) {
      const ticks = timeTicks(T - span, T, clockface('Asia/Kolkata'));
      assert.ok(ticks.length >= 2 && ticks.length <= 8, `${span} ${ticks.length}`);
    }
  });

  it('keep days that are 23 and 25 hours long', () => {
    const spring = Date.parse('2026-03-29T12:00:00Z');
    const ticks = timeTicks(spring - 4 * 24 * HOUR, spring + 24 * HOUR, clockface('Europe/Berlin'));
    assert.deepEqual(
      ticks.map(({ text }) => text),
      ['26 Mar', '27 Mar', '28 Mar', '29 Mar', '30 Mar'],
    );
  });
});

describe('lines', () => {
  const x = (index: number) => index * 10;
  const y = (value: number) => 100 - value;

  it('are level within a step and broken by gaps', () => {
    const paths = stepPaths([null, 1, 1, 5, null, null, 2], x, y);
    assert.deepEqual(
      paths.map(({ line, first, last }) => [line, first, last]),
      [
        ['M10 99H30V95H40', 1, 3],
        ['M60 98H70', 6, 6],
      ],
    );
    assert.deepEqual(stepPaths([null, null], x, y), []);
  });

  it('stay within the picture, whatever the values', () => {
    const chart = seriesChart(
      {
        from: T - HOUR,
        stepMs: 60_000,
        values: Array.from({ length: 60 }, (_, at) => (at < 20 ? null : at * 1000)),
        states: `${'.'.repeat(10)}${'n'.repeat(10)}${'b'.repeat(20)}${'m'.repeat(10)}${'g'.repeat(10)}`,
        limit: { value: 8, text: '8' },
        scale: { low: 0, high: 10, ticks: [0, 5, 10] },
        format: String,
        floor: null,
        label: 'words',
        kind: 'measured',
      },
      utc,
    );
    assert.equal(chart.attributes['aria-label'], 'words');
    const numbers = all(chart, 'path').flatMap(({ attributes }) =>
      [...(attributes.d ?? '').matchAll(/V(-?[\d.]+)/g)].map((match) => Number(match[1])),
    );
    assert.ok(
      numbers.every((one) => one >= 0 && one <= 168),
      JSON.stringify(numbers.slice(0, 5)),
    );
    // Each state has its own height: not told apart by colour alone.
    const heights = new Map(
      all(chart, 'rect')
        .filter(({ attributes }) => attributes.class?.startsWith('step '))
        .map(({ attributes }) => [attributes.class, attributes.height]),
    );
    assert.deepEqual(
      [...heights],
      [
        ['step silent', '1.6'],
        ['step bad', '8'],
        ['step mixed', '8'],
        ['step good', '4'],
      ],
    );
    assert.ok(!JSON.stringify(chart).includes('NaN'));
    assert.ok(!JSON.stringify(sparkline([null, 1, 2], '.gb', niceScale([0, 2]))).includes('NaN'));
  });

  it('runs join equal letters', () => {
    assert.deepEqual(runs('ggb'), [
      { state: 'g', first: 0, end: 2 },
      { state: 'b', first: 2, end: 3 },
    ]);
    assert.deepEqual(runs(''), []);
  });
});

describe('budget bar', () => {
  it('goes to the right with what is left and to the left with what is overspent, and is clamped', () => {
    const rect = (remaining: number) => all(budgetBar(remaining), 'rect')[1]?.attributes;
    assert.deepEqual([rect(1)?.class, rect(1)?.x, rect(1)?.width], ['left', '24', '59']);
    assert.equal(rect(0.1)?.class, 'low');
    assert.equal(rect(0)?.width, '0');
    assert.deepEqual([rect(-0.5)?.class, rect(-0.5)?.x], ['overspent', '12.5']);
    assert.deepEqual(rect(-7.5), rect(-1));
  });
});

describe('timeline', () => {
  const incident = (changes: Partial<IncidentReport>): IncidentReport => ({
    key: 'a',
    policy: 'a',
    displayName: 'Alert a',
    objective: 'o',
    level: 'P2',
    begin: new Date(T - 2 * HOUR).toISOString(),
    end: new Date(T - HOUR).toISOString(),
    endedUnwatched: false,
    valueText: '5',
    ...changes,
  });
  const range = { from: T - 24 * HOUR, to: T, nameOf: ({ displayName }: IncidentReport) => displayName, isLive: false };

  it('has a row per alert, P1 first, and cuts what began before', () => {
    const picture = timeline(
      [
        incident({}),
        incident({ begin: new Date(T - 90 * 24 * HOUR).toISOString() }),
        incident({ key: 'b', displayName: 'x'.repeat(90), level: 'P1', end: null }),
      ],
      range,
      utc,
    );
    assert.ok(picture);
    const bars = all(picture, 'rect');
    assert.deepEqual(
      bars.map(({ attributes }) => attributes.class),
      ['incident P1 firing', 'incident P2', 'incident P2'],
    );
    assert.ok(
      bars.every(
        ({ attributes }) => Number(attributes.x) >= 330 && Number(attributes.x) + Number(attributes.width) <= 1081,
      ),
    );
    assert.ok(all(picture, 'text').every((text) => textOf(text).length <= 46));
    assert.match(picture.attributes['aria-label'] ?? '', /3 incidents of 2 alerts/);
  });

  it('drafts the post-mortem of the bar that is clicked, where anything can be clicked', () => {
    const one = incident({ begin: new Date(T - 2 * HOUR).toISOString() });
    const bar = (isLive: boolean) => all(timeline([one], { ...range, isLive }, utc) ?? assert.fail(), 'rect')[0];
    assert.deepEqual(JSON.parse(bar(true)?.attributes['data-action'] ?? ''), {
      type: 'postMortem',
      key: one.key,
      begin: one.begin,
    });
    assert.match(textOf(bar(true) ?? assert.fail()), /click to draft its post-mortem/);
    assert.equal(bar(false)?.attributes['data-action'], undefined);
    assert.equal(textOf(bar(false) ?? assert.fail()), '');
  });

  it('is none without an incident in its time', () => {
    assert.equal(timeline([], range, utc), null);
    assert.equal(
      timeline([incident({ begin: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' })], range, utc),
      null,
    );
  });
});
