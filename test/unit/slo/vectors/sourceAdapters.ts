import { type ComparisonOperator, compare } from '../../../../src/slo/comparison';
import { isFresh } from '../../../../src/slo/verdict';
import { readMetricsText, sumMetric } from '../../../../src/sources/exposition';
import { parseJsonValue } from '../../../../src/sources/jsonScan';
import { gaugeTime } from '../../../../src/sources/liveness';
import { otlpPoint } from '../../../../src/sources/otlpMetrics';
import { readJsonLines } from '../../../../src/sources/records';
import { parseTimestamp } from '../../../../src/sources/timestamps';
import { objective } from '../inputs';
import { type Adapters, adapter } from './adapter';
import { alertTruths, counted } from './stateAdapters';

interface Clock {
  readonly now: string;
  readonly fallback: 'none' | 'mtime';
  readonly assumeTimezone: string;
  readonly maxFutureSkewMinutes: number;
  readonly withinMinutes: number;
}

interface Selector {
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const MINUTE = 60_000;

function instant(text: string | null, timeZone: string): number | null {
  if (text === null) return null;
  const parsed = parseTimestamp(text, timeZone);
  return 'ms' in parsed ? parsed.ms : null;
}

interface Heartbeat {
  readonly state: 'fresh' | 'stale' | 'invalid';
  readonly ageMinutes: number | null;
}

function heartbeat(clock: Clock, own: string | null, mtime: string | null): Heartbeat {
  const { assumeTimezone: zone, withinMinutes, maxFutureSkewMinutes } = clock;
  const now = Date.parse(clock.now);
  const fallbackToFile = clock.fallback === 'mtime';
  const seen = gaugeTime(instant(own, zone), instant(mtime, zone), {
    fallbackToFile,
    now,
    maxFutureMs: maxFutureSkewMinutes * MINUTE,
  });
  if (seen === null) return { state: 'invalid', ageMinutes: null };
  const fresh = isFresh(objective({ staleAfterMs: withinMinutes * MINUTE }), now, seen);
  return { state: fresh ? 'fresh' : 'stale', ageMinutes: (now - seen) / MINUTE };
}

const iso = (time: number | null | undefined) =>
  time === null || time === undefined ? null : new Date(time).toISOString();
const formatOf = (format: string) => (format.startsWith('openmetrics') ? 'openmetrics' : 'prometheus');

export const sourceAdapters: Adapters = {
  'heartbeat/main': adapter((g: Clock & { heartbeat: string | null; mtime: string | null }) => ({
    ...heartbeat(g, g.heartbeat, g.mtime),
  })),
  'agents/heartbeats': adapter(
    (
      g: Clock & {
        heartbeats: Record<string, string>;
        op: ComparisonOperator;
        threshold: number;
        alerts: Record<string, string>;
      },
    ) => {
      const judged = Object.entries(g.heartbeats).map(([id, own]) => ({ id, state: heartbeat(g, own, null).state }));
      const having = (state: Heartbeat['state']) => judged.filter((one) => one.state === state).map(({ id }) => id);
      const result = counted(having('fresh').length, judged.length, g.op, g.threshold);
      return {
        total: judged.length,
        active: result.value,
        fresh: having('fresh'),
        stale: having('stale'),
        invalid: having('invalid'),
        status: result.state,
        alerts: alertTruths(result, g.alerts),
      };
    },
  ),
  'reader/prometheus-ratio': adapter((g: { format: string; text: string; good: Selector; total: Selector }) => {
    const { samples } = readMetricsText(g.text, 'vector.prom', formatOf(g.format));
    const good = sumMetric(samples, g.good.metric, g.good.labels ?? {});
    const total = sumMetric(samples, g.total.metric, g.total.labels ?? {});
    return { good, total, ratio: good === null || !total ? null : good / total };
  }),
  'reader/prometheus-histogram': adapter((g: { format: string; text: string; metric: string; limit: number }) => {
    const { samples } = readMetricsText(g.text, 'vector.prom', formatOf(g.format));
    const bucket = samples.find(
      (sample) =>
        sample.name === `${g.metric}_bucket` &&
        compare(Number(sample.labels.le), 'lte', g.limit) &&
        compare(Number(sample.labels.le), 'gte', g.limit),
    );
    const good = bucket?.value ?? null;
    const total = sumMetric(samples, `${g.metric}_count`, {});
    return { good, total, ratio: good === null || !total ? null : good / total };
  }),
  'reader/prometheus-sample': adapter((g: { format: string; text: string }) => {
    const [sample] = readMetricsText(g.text, 'vector.prom', formatOf(g.format)).samples;
    return { value: sample?.value ?? null, time: iso(sample?.time) };
  }),
  'reader/openmetrics': adapter((g: { format: string; text: string }) => {
    const { samples, complete, problems } = readMetricsText(g.text, 'vector.txt', 'openmetrics');
    return {
      value: samples[0]?.value ?? null,
      time: iso(samples[0]?.time),
      complete,
      error: problems[0]?.kind ?? null,
    };
  }),
  'reader/jsonl': adapter((g: { text: string }) => {
    const mapping = { time: ['/ts'], id: [], series: [], fields: {}, timeZone: 'UTC' };
    const { records, consumed } = readJsonLines(g.text, 'vector.jsonl', mapping);
    return { records: records.length, consumedBytes: Buffer.byteLength(g.text.slice(0, consumed), 'utf8') };
  }),
  'reader/otlp-point': adapter((g: { dataPoint: unknown }) => {
    const parsed = parseJsonValue(JSON.stringify(g.dataPoint));
    if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
      throw new Error('a data point is an object');
    const { value, time } = otlpPoint(parsed.value as Parameters<typeof otlpPoint>[0]);
    return { value, time: iso(time) };
  }),
};
