/** Edge cases in the form of the vectors; what is expected was worked out by hand from the SLO reference. */
import assert from 'node:assert/strict';
import { difference } from './vectors/adapter';
import { ADAPTERS } from './vectors/all';

type Case = readonly [title: string, given: unknown, expected: unknown];

const slices = (target: number, windowSlices: number, good: number, bad: number, nodata: number, latest: string) => ({
  target,
  windowSlices,
  good,
  bad,
  nodata,
  latest,
  minCoverage: 0.5,
  mode: 'window',
});
const counts = (target: number, good: number, bad: number, minEvents = 0, fresh = true) => ({
  target,
  good,
  bad,
  minEvents,
  mode: 'window',
  fresh,
});
const calendar = (startTime: string, timeZone: string, duration: string, now: string) => ({
  startTime,
  timeZone,
  duration,
  now,
  target: 0.99,
});
const rule = (more: object = {}) => ({ when: 'value < 6', forMin: 0, keepFiringForMin: 0, ...more });
const beat = (heartbeat: string | null, more: object = {}) => ({
  now: '2025-10-14T12:00:00Z',
  heartbeat,
  mtime: null,
  fallback: 'none',
  assumeTimezone: 'UTC',
  maxFutureSkewMinutes: 2,
  withinMinutes: 15,
  ...more,
});
const growth = (samples: readonly (readonly [number, number])[]) => ({
  samples_min_MB: samples,
  op: 'lt',
  threshold: 100,
  minSamples: 5,
  minSpanMinutes: 10,
  restartDropShare: 0.5,
  mode: 'current',
  fresh: true,
});
const flap = { transitions: 4, withinMin: 30, stableMin: 30 };

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'burn-threshold/main': [
    [
      '1 % of 90 days in an hour',
      { budgetConsumedPercent: 1, windowHours: 2160, longWindowHours: 1 },
      { burnRate: 21.6 },
    ],
    [
      '10 % of 28 days in three days',
      { budgetConsumedPercent: 10, windowHours: 672, longWindowHours: 72 },
      { burnRate: 14 / 15 },
    ],
  ],
  'burn-exhaustion/main': [
    ['never, when nothing burns', { windowHours: 720, remaining: 1, burnRate: 0 }, { exhaustionHours: null }],
    ['now, when nothing is left', { windowHours: 720, remaining: 0, burnRate: 3 }, { exhaustionHours: 0 }],
    ['half of it twice as fast', { windowHours: 720, remaining: 0.5, burnRate: 2 }, { exhaustionHours: 180 }],
  ],
  'burn-max/main': [
    ['of a target of nothing', { target: 0, thresholds: [0.5, 1, 1.1] }, { maxBurnRate: 1, reachable: [0.5, 1] }],
    ['equal to the threshold within rounding', { target: 0.9, thresholds: [10] }, { reachable: [10] }],
  ],
  'burn-float/main': [
    ['19 of 20 burn exactly 1', { target: 0.95, bad: 1, total: 20, threshold: 1 }, { burnRate: 1, fires: true }],
    ['nothing burns nothing', { target: 0.95, bad: 0, total: 20, threshold: 0.1 }, { burnRate: 0, fires: false }],
  ],
  'burn-detect/main': [
    [
      'half an outage takes twice as long',
      { target: 0.999, threshold: 14.4, longWindowMinutes: 60, sliceMinutes: 1, errorRatio: 0.5 },
      { minutes: 1.728, badSlicesNeeded: 2 },
    ],
    [
      'whole slices are not rounded up by a rounding error',
      { target: 0.99, threshold: 5, longWindowMinutes: 60, sliceMinutes: 1, errorRatio: 1 },
      { minutes: 3, badSlicesNeeded: 3 },
    ],
  ],
  'burn-multiwindow/main': [
    [
      'unknown while one is unknown',
      { target: 0.99, threshold: 14.4, long: { bad: 60, total: 60 }, short: { bad: 0, total: 0 } },
      { burnShort: null, fires: null },
    ],
    [
      'false when the known one denies it',
      { target: 0.99, threshold: 14.4, long: { bad: 1, total: 60 }, short: { bad: 0, total: 0 } },
      { fires: false },
    ],
  ],
  'timeslices/window': [
    ['nothing left is at risk, not violated', slices(0.9, 40, 36, 4, 0, 'good'), { remaining: 0, status: 'at_risk' }],
    ['one more is violated', slices(0.9, 40, 35, 5, 0, 'good'), { remaining: -0.25, status: 'violating' }],
    ['a quarter left is enough', slices(0.9, 40, 37, 3, 0, 'good'), { remaining: 0.25, status: 'meeting' }],
    ['but not while it fails', slices(0.9, 40, 37, 3, 0, 'bad'), { remaining: 0.25, status: 'at_risk' }],
    ['half of the slices are enough', slices(0.9, 40, 10, 0, 10, 'good'), { coverage: 0.5, status: 'meeting' }],
    ['less than half are not', slices(0.9, 40, 9, 0, 10, 'good'), { coverage: 9 / 19, status: 'no_data' }],
    [
      'a young tracker divides by the whole window',
      slices(0.99, 43200, 9, 1, 0, 'good'),
      {
        allowedSlices: 432,
        usedSlices: 1,
        remaining: 1 - 1 / 432,
        sliObserved: 0.9,
        sli: 1 - 1 / 43200,
        status: 'meeting',
      },
    ],
  ],
  'timeslices/carry': [
    [
      'up to the limit, which is included',
      { samples: [[0, 1]], op: 'gte', threshold: 1, sliceMinutes: 1, staleAfterMinutes: 3, elapsedMinutes: 6 },
      { good: 3, bad: 0, nodata: 3, coverage: 0.5 },
    ],
    [
      'samples out of order count for their own slices',
      {
        samples: [
          [0, 1],
          [2, 0],
          [2.5, 1],
        ],
        op: 'gte',
        threshold: 1,
        sliceMinutes: 1,
        staleAfterMinutes: 1,
        elapsedMinutes: 4,
      },
      { good: 1, bad: 1, nodata: 2 },
    ],
    [
      'nothing is carried back',
      { samples: [[3, 1]], op: 'gte', threshold: 1, sliceMinutes: 1, staleAfterMinutes: 9, elapsedMinutes: 5 },
      { good: 2, bad: 0, nodata: 3 },
    ],
  ],
  'timeslices/slice': [
    [
      '19 of 20 meet 95 %',
      { samples: [0, ...Array(19).fill(1)], op: 'gte', threshold: 1, timeSliceTarget: 0.95 },
      { share: 0.95, sliceGood: true },
    ],
    [
      'the limit itself is not below it',
      { samples: [500], op: 'lt', threshold: 500, timeSliceTarget: 1 },
      { share: 0, sliceGood: false },
    ],
  ],
  'ratio-timeslices/window': [
    [
      'a slice of nothing is no slice',
      {
        target: 0.9,
        windowSlices: 10,
        ratios: [
          [0, 0],
          [9, 10],
          [10, 10],
        ],
        mode: 'window',
        fresh: true,
      },
      { usedSlices: 0.1, allowedSlices: 1, remaining: 0.9, sliObserved: 0.95, status: 'meeting' },
    ],
    [
      'the newest slice below the target is at risk',
      {
        target: 0.9,
        windowSlices: 100,
        ratios: [
          [10, 10],
          [10, 10],
          [1, 2],
        ],
        mode: 'window',
        fresh: true,
      },
      { usedSlices: 0.5, remaining: 0.95, status: 'at_risk' },
    ],
    [
      'an old value is stale',
      { target: 0.9, windowSlices: 100, ratios: [[10, 10]], mode: 'current', fresh: false },
      { status: 'stale', current: 1 },
    ],
  ],
  'ratio-timeslices/outage': [
    ['all of it down', { windowSlices: 288, sliceMinutes: 5, baseline: 1, attack: 0, target: 0.95 }, { minutes: 72 }],
    [
      'half of it down lasts twice as long',
      { windowSlices: 288, sliceMinutes: 5, baseline: 1, attack: 0.5, target: 0.95 },
      { minutes: 144 },
    ],
    [
      'a baseline at the target allows none',
      { windowSlices: 288, sliceMinutes: 5, baseline: 0.95, attack: 0, target: 0.95 },
      { minutes: 0 },
    ],
    [
      'never, above the target',
      { windowSlices: 288, sliceMinutes: 5, baseline: 0.99, attack: 0.96, target: 0.95 },
      { minutes: null },
    ],
  ],
  'occurrences/counts': [
    ['19 of 20 leave nothing of 5 %', counts(0.95, 19, 1), { allowedEvents: 1, remaining: 0, status: 'at_risk' }],
    ['nothing happened', counts(0.95, 0, 0), { sli: null, allowedEvents: null, remaining: null, status: 'no_data' }],
    ['as many as are needed', counts(0.95, 20, 0, 20), { status: 'meeting' }],
    ['one too few', counts(0.95, 19, 0, 20), { status: 'no_data' }],
    ['all of it long ago', counts(0.95, 20, 0, 0, false), { status: 'stale' }],
    ['all bad', counts(0.5, 0, 2), { sli: 0, remaining: -1, status: 'violating' }],
  ],
  'occurrences/values': [
    [
      'an event without the field is not eligible, one at the limit is included by lte',
      {
        target: 0.5,
        latencies_ms: [500, 501, null],
        op: 'lte',
        limit_ms: 500,
        minEvents: 0,
        mode: 'window',
        fresh: true,
      },
      { good: 1, total: 2, sli: 0.5, remaining: 0, status: 'at_risk' },
    ],
  ],
  'occurrences/tasks': [
    [
      'what runs counts nowhere',
      { target: 0.9, completed: 9, failed: 0, running: 100, minEvents: 10, mode: 'window', fresh: true },
      { total: 9, status: 'no_data' },
    ],
  ],
  'occurrences/dedupe': [
    [
      'the last word of an id counts',
      {
        events: [
          ['a', 'failed'],
          ['b', 'delivered'],
          ['a', 'delivered'],
        ],
        goodOutcome: 'delivered',
      },
      { good: 2, total: 2 },
    ],
    [
      'for the worse too',
      {
        events: [
          ['a', 'delivered'],
          ['a', 'failed'],
        ],
        goodOutcome: 'delivered',
      },
      { good: 0, total: 1, sli: 0 },
    ],
  ],
  'counter/main': [
    ['two restarts', { samples: [10, 3, 7, 2] }, { increase: 3 + 4 + 2 }],
    ['one sample is a baseline', { samples: [5] }, { increase: null }],
    ['no sample', { samples: [] }, { increase: null }],
    ['standing still', { samples: [4, 4] }, { increase: 0 }],
  ],
  'reader/prometheus-sample': [
    ['without a time', { format: 'prometheus-text-0.0.4', text: 'up 1\n' }, { value: 1, time: null }],
    [
      'with a brace in a label',
      { format: 'prometheus-text-0.0.4', text: 'up{name="a}b\\"c"} 0.5 1760443200000\n' },
      { value: 0.5, time: '2025-10-14T12:00:00Z' },
    ],
    ['with an exponent', { format: 'prometheus-text-0.0.4', text: 'bytes 1.5e+06\n' }, { value: 1_500_000 }],
  ],
  'reader/openmetrics': [
    [
      'without its end is no value',
      { format: 'openmetrics-1.0', text: 'up 1 1760443200\n' },
      { value: null, complete: false, error: 'truncated' },
    ],
    [
      'fractions of seconds',
      { format: 'openmetrics-1.0', text: 'up 1 1760443200.5\n# EOF\n' },
      { time: '2025-10-14T12:00:00.500Z' },
    ],
  ],
  'reader/jsonl': [
    [
      'bytes, not characters',
      { format: 'jsonl', text: '{"ts":"2025-10-14T12:00:00Z","o":"ü"}\n{' },
      { records: 1, consumedBytes: 39 },
    ],
    [
      'no line is finished',
      { format: 'jsonl', text: '{"ts":"2025-10-14T12:00:00Z"}' },
      { records: 0, consumedBytes: 0 },
    ],
    [
      'empty lines',
      { format: 'jsonl', text: '\n\n{"ts":"2025-10-14T12:00:00Z"}\n' },
      { records: 1, consumedBytes: 32 },
    ],
  ],
  'reader/otlp-point': [
    [
      'a double',
      { dataPoint: { timeUnixNano: '1760443200500000000', asDouble: 0.25 } },
      { value: 0.25, time: '2025-10-14T12:00:00.500Z' },
    ],
  ],
  'heartbeat/main': [
    ['as old as the limit is fresh', beat('2025-10-14T11:45:00Z'), { state: 'fresh', ageMinutes: 15 }],
    ['a second older is stale', beat('2025-10-14T11:44:59Z'), { state: 'stale' }],
    ['as far ahead as a clock may be', beat('2025-10-14T12:02:00Z'), { state: 'fresh' }],
    ['further ahead is never fresh', beat('2025-10-14T12:02:01Z'), { state: 'invalid' }],
    ['an offset is obeyed', beat('2025-10-14T07:00:00-05:00'), { state: 'fresh', ageMinutes: 0 }],
    [
      'of a local time that comes twice the first counts',
      beat('2025-11-02 01:30:00', { now: '2025-11-02T06:40:00Z', assumeTimezone: 'America/New_York' }),
      { state: 'stale', ageMinutes: 70 },
    ],
    [
      'a local time that is skipped moves forward',
      beat('2025-03-09 02:30:00', { now: '2025-03-09T07:40:00Z', assumeTimezone: 'America/New_York' }),
      { state: 'fresh', ageMinutes: 10 },
    ],
    ['a word is no time', beat('yesterday'), { state: 'invalid' }],
  ],
  'growth/main': [
    [
      'a restart leaves out what was before it',
      growth([
        [0, 900],
        [5, 100],
        [20, 110],
        [35, 120],
        [50, 130],
        [60, 140],
      ]),
      { status: 'meeting' },
    ],
    [
      'four samples say nothing',
      growth([
        [0, 1],
        [10, 2],
        [20, 3],
        [30, 4],
      ]),
      { slopeMBperHour: null, status: 'no_data' },
    ],
    [
      'nine minutes say nothing',
      growth([
        [0, 1],
        [2, 2],
        [4, 3],
        [6, 4],
        [9, 5],
      ]),
      { slopeMBperHour: null, status: 'no_data' },
    ],
    [
      'a straight line',
      growth([
        [0, 0],
        [15, 25],
        [30, 50],
        [45, 75],
        [60, 100],
      ]),
      { slopeMBperHour: 100, status: 'violating' },
    ],
  ],
  'rollup/percent': [
    ['rounds down', { value: 0.99999 }, { display: '99.9%' }],
    ['but not for a rounding error', { value: 0.1 + 0.2 }, { display: '30%' }],
    ['all', { value: 1 }, { display: '100%' }],
    ['nothing', { value: 0 }, { display: '0%' }],
  ],
  'rollup/objectives': [
    [
      'nothing is measured',
      { objectives: ['no_data', 'stale', 'error'] },
      { label: 'no data', complianceMeasured: null, coverage: 0, complianceOfDefined: 0 },
    ],
    ['at risk is met', { objectives: ['at_risk', 'violating', 'meeting'] }, { label: '66.6% (2/3)', meeting: 2 }],
    ['nothing is defined', { objectives: [] }, { label: 'no data', coverage: null }],
  ],
  'rollup/services': [
    [
      'unknown is incomplete, unless it is ignored',
      { services: { a: ['meeting', 'stale'] }, rollup: 'all' },
      { serviceStates: { a: 'incomplete' }, unknown: 1 },
    ],
    [
      'ignored',
      { services: { a: ['at_risk', 'stale'], b: ['stale'] }, rollup: 'ignore-unknown' },
      { serviceStates: { a: 'at_risk', b: 'no_data' } },
    ],
    [
      'violated whatever else',
      { services: { a: ['violating', 'error'] }, rollup: 'all' },
      { serviceStates: { a: 'violating' } },
    ],
  ],
  'rollup/composite-timeslices': [
    ['a slice is bad once', { slices: 10, badSlices: { a: [1, 2], b: [2, 3] } }, { bad: 3, sli: 0.7 }],
  ],
  'rollup/composite-ratio': [
    [
      'weights are not normalised',
      {
        components: [
          { sli: 0.9, weight: 1 },
          { sli: 0.8, weight: 2 },
        ],
      },
      { sli: 1 - 0.1 - 0.4 },
    ],
  ],
  'alert/states': [
    [
      'between the two conditions nothing changes',
      {
        rule: rule({ clearWhen: 'value >= 8' }),
        series: [
          [0, 7],
          [1, 5],
          [2, 7],
          [3, 7],
          [4, 8],
          [5, 7],
        ],
      },
      {
        states: ['inactive', 'firing', 'firing', 'firing', 'resolved', 'inactive'],
        notifications: [
          [1, 'fire'],
          [4, 'resolve'],
        ],
      },
    ],
    [
      'unknown keeps pending and firing',
      {
        rule: rule({ forMin: 2 }),
        series: [
          [0, 5],
          [1, null],
          [2, 5],
          [3, null],
          [4, 9],
        ],
      },
      { states: ['pending', 'pending', 'firing', 'firing', 'resolved'] },
    ],
    [
      'firing is kept from the last time that it did not clear',
      {
        rule: rule({ keepFiringForMin: 3 }),
        series: [
          [0, 5],
          [1, 9],
          [2, 5],
          [4, 9],
          [5, 9],
          [6, 9],
        ],
      },
      {
        states: ['firing', 'firing', 'firing', 'firing', 'resolved', 'inactive'],
        notifications: [
          [0, 'fire'],
          [5, 'resolve'],
        ],
      },
    ],
    [
      'one false starts the wait anew',
      {
        rule: rule({ forMin: 2 }),
        series: [
          [0, 5],
          [1, 9],
          [2, 5],
          [3, 5],
          [4, 5],
        ],
      },
      { states: ['pending', 'inactive', 'pending', 'pending', 'firing'] },
    ],
  ],
  'alert/no-data': [
    [
      'a source that never spoke cannot fall silent',
      {
        rule: rule({ alertWhenNoData: true, staleAfterMin: 3 }),
        series: [
          [0, null],
          [10, null],
          [11, 9],
          [15, null],
        ],
      },
      { noDataStates: ['inactive', 'inactive', 'inactive', 'firing'], notifications: [[15, 'fire-no-data']] },
    ],
  ],
  'alert/restart': [
    [
      'what is unknown at the start goes on',
      {
        rule: rule(),
        persisted: { state: 'firing', since: 0, lastTrue: 0, notifiedAt: 0 },
        series: [
          [480, null],
          [481, 5],
        ],
      },
      { states: ['firing', 'firing'], notifications: [], activeSince: 0, firingForMinutes: 481, log: [] },
    ],
  ],
  'alert/snooze': [
    [
      'begins with its first minute',
      {
        rule: rule(),
        snooze: [1, 3],
        series: [
          [0, 5],
          [1, 9],
          [2, 5],
          [3, 5],
        ],
      },
      {
        notifications: [
          [0, 'fire'],
          [3, 'fire'],
        ],
      },
    ],
  ],
  'alert/inhibit': [
    [
      'what was never told because of it is told when it ends',
      {
        rules: [
          { ...rule(), name: 'p1', severity: 'P1', inhibits: ['p2'] },
          { ...rule({ when: 'value < 8' }), name: 'p2', severity: 'P2' },
        ],
        series: [
          [0, 5],
          [1, 7],
          [2, 9],
        ],
      },
      {
        notifications: [
          [0, 'fire', 'p1'],
          [1, 'resolve', 'p1'],
          [1, 'fire', 'p2'],
          [2, 'resolve', 'p2'],
        ],
        shownSeverity: ['P1', 'P2', null],
      },
    ],
  ],
  'alert/flap': [
    [
      'four within the time, the limit included',
      {
        rule: { ...rule({ when: 'value < 8' }), flap },
        series: [
          [0, 7],
          [10, 8],
          [20, 7],
          [30, 8],
        ],
      },
      {
        notifications: [
          [0, 'fire'],
          [10, 'resolve'],
          [20, 'fire'],
          [30, 'flapping'],
        ],
        muted: true,
      },
    ],
    [
      'beyond it they are four alerts',
      {
        rule: { ...rule({ when: 'value < 8' }), flap },
        series: [
          [0, 7],
          [10, 8],
          [20, 7],
          [31, 8],
        ],
      },
      {
        notifications: [
          [0, 'fire'],
          [10, 'resolve'],
          [20, 'fire'],
          [31, 'resolve'],
        ],
        muted: false,
      },
    ],
    [
      'stable for as long as it takes',
      {
        rule: { ...rule({ when: 'value < 8' }), flap },
        series: [
          [0, 7],
          [1, 8],
          [2, 7],
          [3, 8],
          [4, 7],
          [33, 7],
          [34, 7],
          [35, 7],
        ],
      },
      {
        notifications: [
          [0, 'fire'],
          [1, 'resolve'],
          [2, 'fire'],
          [3, 'flapping'],
          [34, 'fire'],
        ],
        muted: false,
      },
    ],
    [
      'a transition in the silence makes it longer',
      {
        rule: { ...rule({ when: 'value < 8' }), flap },
        series: [
          [0, 7],
          [1, 8],
          [2, 7],
          [3, 8],
          [20, 7],
          [21, 8],
          [40, 8],
        ],
      },
      {
        notifications: [
          [0, 'fire'],
          [1, 'resolve'],
          [2, 'fire'],
          [3, 'flapping'],
        ],
        muted: true,
      },
    ],
  ],
  'alert/group': [
    [
      'what comes later is told by itself',
      { fireAtMin: [0, 0.5, 0.6], groupWaitMin: 0.5 },
      { notificationCount: 2, alertsInNotification: 2 },
    ],
  ],
  'calendar/main': [
    [
      'a day of 23 hours in New York',
      calendar('2025-03-01 00:00:00', 'America/New_York', '1d', '2025-03-09T16:00:00Z'),
      {
        windowStart: '2025-03-09T05:00:00Z',
        windowEnd: '2025-03-10T04:00:00Z',
        windowMinutes: 1380,
        allowedMinutes: 13.8,
      },
    ],
    [
      'a day that moves by half an hour on Lord Howe',
      calendar('2025-04-01 00:00:00', 'Australia/Lord_Howe', '1d', '2025-04-05T18:00:00Z'),
      { windowMinutes: 1470 },
    ],
    [
      'a start that is skipped moves forward, and the days after keep their own',
      calendar('2025-03-08 02:30:00', 'America/New_York', '1d', '2025-03-09T08:00:00Z'),
      { windowStart: '2025-03-09T07:30:00Z', windowEnd: '2025-03-10T06:30:00Z', windowMinutes: 1380 },
    ],
    [
      'of a start that comes twice the first counts',
      calendar('2025-11-01 01:30:00', 'America/New_York', '1d', '2025-11-02T06:45:00Z'),
      { windowStart: '2025-11-02T05:30:00Z', windowEnd: '2025-11-03T06:30:00Z', windowMinutes: 1500 },
    ],
    [
      'months from the 31st clamp without drifting',
      calendar('2025-01-31 00:00:00', 'UTC', '1M', '2025-03-30T12:00:00Z'),
      { windowStart: '2025-02-28T00:00:00Z', windowEnd: '2025-03-31T00:00:00Z', windowMinutes: 31 * 1440 },
    ],
    [
      'a leap year from a leap day',
      calendar('2024-02-29 00:00:00', 'UTC', '1Y', '2025-03-01T00:00:00Z'),
      { windowStart: '2025-02-28T00:00:00Z', windowEnd: '2026-02-28T00:00:00Z' },
    ],
    [
      'a new window begins with its first instant',
      calendar('2025-10-06 00:00:00', 'Europe/Berlin', '1w', '2025-10-26T23:00:00Z'),
      { windowStart: '2025-10-26T23:00:00Z', windowEnd: '2025-11-02T23:00:00Z' },
    ],
    [
      'and the old one ends right before',
      calendar('2025-10-06 00:00:00', 'Europe/Berlin', '1w', '2025-10-26T22:59:59Z'),
      { windowStart: '2025-10-19T22:00:00Z', windowEnd: '2025-10-26T23:00:00Z', windowMinutes: 7 * 1440 + 60 },
    ],
    [
      'quarters',
      calendar('2025-01-01 00:00:00', 'UTC', '1Q', '2025-08-15T00:00:00Z'),
      { windowStart: '2025-07-01T00:00:00Z', windowEnd: '2025-10-01T00:00:00Z', windowMinutes: 92 * 1440 },
    ],
  ],
  'seed/main': [
    [
      'a source that fails is an error, whatever it said',
      {
        value: 9,
        op: 'gte',
        threshold: 8,
        mode: 'current',
        sourceState: 'error',
        fresh: true,
        zeroTolerance: false,
        countBudget: null,
      },
      { status: 'error', value: null },
    ],
    [
      'a count far beyond what is allowed',
      {
        value: 34,
        op: 'lt',
        threshold: 5,
        mode: 'current',
        sourceState: 'ok',
        fresh: true,
        zeroTolerance: false,
        countBudget: 4,
      },
      { status: 'violating', countAllowed: 4, countUsed: 34, remaining: -7.5, exhausted: true },
    ],
    [
      'zero tolerance that is kept',
      {
        value: 0,
        op: 'lte',
        threshold: 0,
        mode: 'current',
        sourceState: 'ok',
        fresh: true,
        zeroTolerance: true,
        countBudget: null,
      },
      { status: 'meeting', remaining: 1, exhausted: false },
    ],
    [
      'zero tolerance that is not',
      {
        value: 2,
        op: 'lte',
        threshold: 0,
        mode: 'current',
        sourceState: 'ok',
        fresh: true,
        zeroTolerance: true,
        countBudget: null,
      },
      { status: 'violating', remaining: null, exhausted: true },
    ],
  ],
  'gate/exit': [
    [
      'nothing measured is not met',
      { cases: [['no_data'], ['stale', 'error'], ['meeting', 'stale'], ['at_risk']], strict: false },
      { outcomes: ['no-data', 'no-data', 'met', 'met'], exitCodes: [1, 1, 0, 0] },
    ],
  ],
  'gate/branch': [
    [
      'inherited and no worse',
      { objectives: { h: { severity: 'HIGH', allowed: 0 } }, base: { HIGH: 2 }, head: { HIGH: 2 }, policy: 'no-worse' },
      { inherited: ['h'], newViolations: [], budget: {}, exitCode: 0 },
    ],
    [
      'inherited and grown',
      {
        objectives: { m: { severity: 'MEDIUM', allowed: 4 } },
        base: { MEDIUM: 5 },
        head: { MEDIUM: 6 },
        policy: 'no-worse',
      },
      { inherited: ['m'], budget: { m: { before: -0.25, after: -0.5 } }, exitCode: 1 },
    ],
    [
      'mended',
      {
        objectives: { m: { severity: 'MEDIUM', allowed: 4 } },
        base: { MEDIUM: 5 },
        head: { MEDIUM: 4 },
        policy: 'any',
      },
      { fixed: ['m'], exitCode: 0 },
    ],
  ],
  'lint/alert-gap': [
    [
      'two values between',
      { objective: { op: 'gte', value: 8 }, alert: 'value < 6', integer: true },
      { ok: false, gap: [6, 7], suggest: 'value < 8' },
    ],
    ['none', { objective: { op: 'lte', value: 0 }, alert: 'value > 0', integer: true }, { ok: true, gap: [] }],
  ],
  'lint/budget-mismatch': [
    ['10 % of 90 %', { declared: '10%', target: 0.9 }, { ok: true }],
    ['1 % of 95 %', { declared: '1%', target: 0.95 }, { ok: false }],
  ],
  'lint/zero-tolerance-in-budget': [
    ['with a budget', { declared: '1%', zeroTolerance: true }, { ok: false, severity: 'info' }],
    ['without zero tolerance', { declared: '1%', zeroTolerance: false }, { ok: true }],
  ],
  'lint/unreachable-burn-rate': [['exactly reachable', { target: 0.9, threshold: 10 }, { ok: true, max: 10 }]],
  'lint/target-range': [
    ['all of it', { target: 1 }, { ok: false }],
    ['nothing', { target: 0 }, { ok: true }],
    ['less than nothing', { target: -0.1 }, { ok: false }],
  ],
  'lint/budget-under-one-slice': [['exactly one', { target: 0.99, windowSlices: 100 }, { allowedSlices: 1, ok: true }]],
};

describe('edge cases', () => {
  for (const [name, cases] of Object.entries(CASES))
    for (const [title, given, expected] of cases)
      it(`${name}: ${title}`, () => {
        const run = ADAPTERS[name];
        assert.ok(run, name);
        assert.equal(difference(run(given), expected, 1e-9), null);
      });
});
