/** Every kind of source through a definition of a workspace: from the file to the verdict, with what goes wrong on the way. */
import assert from 'node:assert/strict';
import { Monitor } from '../../../src/monitor/monitor';
import type { Cancellation, GitFacts, ProcessReader } from '../../../src/monitor/ports';
import type { ObjectiveReport, WorkspaceReport } from '../../../src/report/report';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never: Cancellation = { isCancelled: () => false };
const MINUTE = 60_000;
const START = Date.parse('2026-05-01T12:00:00Z');

function definition(
  source: string,
  indicator: string,
  objective: string,
  annotations = 'slo-lens/mode: current',
): string {
  return `apiVersion: openslo/v1
kind: DataSource
metadata: { name: src }
spec: ${source}
---
apiVersion: openslo/v1
kind: Service
metadata: { name: svc }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: slo, annotations: { ${annotations} } }
spec:
  service: svc
  indicator:
    metadata: { name: sli }
    spec: ${indicator}
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: ${objective.includes('op:') ? 'Timeslices' : 'Occurrences'}
  objectives: [${objective}]
`;
}
const threshold = (spec: string): string =>
  `{ thresholdMetric: { metricSource: { metricSourceRef: src, spec: ${spec} } } }`;
const ratio = (good: string, total: string): string =>
  `{ ratioMetric: { counter: true, good: { metricSource: { metricSourceRef: src, spec: ${good} } }, total: { metricSource: { metricSourceRef: src, spec: ${total} } } } }`;
const below = (limit: number): string =>
  `{ op: lt, value: ${limit}, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }`;

describe('kinds of sources', () => {
  let fs: MemoryFileSystem;
  let clock: FakeClock;
  beforeEach(() => {
    fs = new MemoryFileSystem();
    clock = new FakeClock(START);
    clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
    fs.now = START;
  });
  const monitor = (
    more: { processes?: ProcessReader; trusted?: boolean; git?: GitFacts } = {},
    timeZone = 'UTC',
  ): Monitor =>
    new Monitor(
      {
        fs,
        clock,
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        git: more.git ?? { forFiles: async () => null },
        runner: { run: () => Promise.reject(new Error('no command is expected')) },
        toUri: (path) => `file://${path}`,
        ...(more.processes ? { processes: more.processes } : {}),
      },
      {
        roots: [{ name: 'w', uri: 'file:///w', path: '/w' }],
        trusted: more.trusted ?? true,
        minConfidence: 'medium',
        exclude: [],
        severityOverrides: {},
        agents: { timeZone },
        refreshCommands: [],
        refreshTimeoutSeconds: 5,
        cacheFolder: null,
        history: null,
        definitionFiles: [],
      },
    );
  const look = async (one: Monitor): Promise<WorkspaceReport> => {
    await one.walk(never);
    return one.read(never);
  };
  const only = (report: WorkspaceReport): ObjectiveReport => {
    assert.equal(report.definition.state, 'ok', JSON.stringify(report.problems));
    const [objective] = report.services[0]?.objectives ?? [];
    assert.ok(objective);
    return objective;
  };
  const later = (ms: number): void => {
    clock.time += ms;
    fs.now = clock.time;
  };

  it('Prometheus text: a ratio of counters by label, over a restart and two files', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: SampleLog, connectionDetails: { files: ["metrics/*.prom"] } }',
        ratio(
          '{ query: last, where: { metric: http_requests_total, code: 200 }, field: value }',
          '{ query: last, where: { metric: http_requests_total }, field: value }',
        ),
        '{ target: 0.9 }',
        'slo-lens/mode: window',
      ),
    );
    const scrape = (file: string, ok: number, failed: number): void =>
      fs.write(
        `/w/metrics/${file}.prom`,
        `# TYPE http_requests_total counter\nhttp_requests_total{code="200"} ${ok}\nhttp_requests_total{code="500"} ${failed}\nother_total 99\n`,
      );
    const one = monitor();
    scrape('a', 100, 100);
    scrape('b', 5, 0);
    assert.equal(only(await look(one)).state, 'no_data', 'the first sample is a baseline');
    later(MINUTE);
    scrape('a', 150, 101);
    scrape('b', 9, 0);
    later(MINUTE);
    // The process was started anew: 20 requests since.
    scrape('a', 20, 0);
    await look(one);
    later(MINUTE);
    scrape('a', 30, 9);
    const report = only(await look(one));
    // a: +20 (restart), then +10 and +9 failed; b: +4. What stood in a between two looks was not seen.
    assert.deepEqual([report.state, report.budget?.kind, report.budget?.used], ['violating', 'events', 9]);
    assert.equal(Math.round((report.value ?? 0) * 1000), Math.round((34 / 43) * 1000));
  });
  it('Prometheus gauges of several series are summed, and one that fell silent does not count for ever', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: SampleLog, connectionDetails: { files: ["m/*.prom"] } }',
        threshold('{ query: last, where: { metric: queue_length }, field: value }'),
        below(10),
      ),
    );
    const one = monitor();
    fs.write('/w/m/a.prom', 'queue_length{q="x"} 4\nqueue_length{q="y"} 3\n');
    fs.write('/w/m/b.prom', 'queue_length{q="x"} 5\n');
    assert.deepEqual([only(await look(one)).value, only(one.report()).state], [12, 'violating']);
    later(10 * MINUTE);
    fs.write('/w/m/a.prom', 'queue_length{q="x"} 4\nqueue_length{q="y"} 3\n');
    assert.deepEqual([only(await look(one)).value, only(one.report()).state], [7, 'meeting']);
    later(10 * MINUTE);
    assert.equal(only(await look(one)).state, 'stale');
  });
  it('OTLP JSON lines: delta and cumulative counters, a late and a repeated export, one from the future', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: SampleLog, connectionDetails: { files: ["otlp.jsonl"] } }',
        ratio(
          '{ query: last, where: { metric: done, ok: true }, field: value }',
          '{ query: last, where: { metric: done }, field: value }',
        ),
        '{ target: 0.5 }',
        'slo-lens/mode: window',
      ),
    );
    const line = (minute: number, ok: boolean, value: number, temporality: number): string =>
      `${JSON.stringify({
        resourceMetrics: [
          {
            scopeMetrics: [
              {
                metrics: [
                  {
                    name: 'done',
                    sum: {
                      aggregationTemporality: temporality,
                      isMonotonic: true,
                      dataPoints: [
                        {
                          attributes: [{ key: 'ok', value: { boolValue: ok } }],
                          timeUnixNano: String(BigInt(START + minute * MINUTE) * 1_000_000n),
                          asInt: String(value),
                        },
                      ],
                    },
                  },
                ],
              },
            ],
          },
        ],
      })}\n`;
    const deltas =
      line(-5, true, 6, 1) +
      line(-3, false, 2, 1) +
      line(-4, true, 1, 1) +
      line(-3, false, 2, 1) +
      line(60, true, 500, 1);
    fs.write('/w/otlp.jsonl', deltas);
    const one = monitor();
    assert.deepEqual([only(await look(one)).value, only(one.report()).budget?.used], [7 / 9, 2]);
    fs.write(
      '/w/otlp.jsonl',
      line(-5, true, 100, 2) + line(-5, false, 10, 2) + line(-3, true, 130, 2) + line(-3, false, 20, 2),
    );
    assert.deepEqual([only(await look(one)).value, only(one.report()).budget?.used], [30 / 40, 10]);
  });
  it('Node diagnostic reports: growth of the resident memory, and open handles by type as the cause', async () => {
    const handles = Array.from({ length: 120 }, (_, i) => ({ type: i < 90 ? 'tcp' : 'fs_event', is_active: true }));
    const report = (at: number, rss: number): string =>
      JSON.stringify({
        header: { dumpEventTimeStamp: String(at), processId: 7 },
        libuv: handles,
        resourceUsage: { rss },
      });
    for (let i = 0; i <= 6; i++)
      fs.write(`/w/runtime/report.${i}.json`, report(START - (30 - i * 5) * MINUTE, 1e8 + i * 2e7));
    const built = await look(monitor());
    const find = (name: string) =>
      built.services.flatMap(({ objectives }) => objectives).find((one) => one.name === name);
    // 20 MB in five minutes are 240 in an hour.
    assert.equal(Math.round(find('memory-growth-rate')?.value ?? 0), 240);
    assert.equal(find('memory-growth-rate')?.state, 'violating');
    assert.deepEqual([find('memory-file-handles')?.value, find('memory-file-handles')?.state], [120, 'violating']);
    const causes = find('memory-file-handles')?.causes ?? [];
    assert.match(causes[0]?.label ?? '', /process 7/);
    assert.match(causes[0]?.detail ?? '', /90 tcp, 30 fs_event/);
  });
  it('V8 heap snapshots: growth by constructor, and it is named as a cause', async () => {
    const snapshot = (sessions: number): string => {
      const nodes = Array.from({ length: sessions }, () => '0,0,1,40,0').join(',');
      return `{"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count"],"node_types":[["object","string"]]},"node_count":${sessions},"edge_count":0},"nodes":[${nodes}],"edges":[],"strings":["Session"]}`;
    };
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: SampleLog, connectionDetails: { files: ["heap/*.heapsnapshot"] } }',
        threshold('{ query: last, where: { class: Session }, field: class_growth_objects }'),
        below(50),
      ),
    );
    fs.write('/w/heap/Heap.20260501.115000.7.0.001.heapsnapshot', snapshot(100), START - 10 * MINUTE);
    fs.write('/w/heap/Heap.20260501.115900.7.0.002.heapsnapshot', snapshot(175), START - MINUTE);
    const one = monitor();
    const objective = only(await look(one));
    assert.deepEqual([objective.value, objective.state], [75, 'violating']);
    assert.ok(
      objective.causes.some(({ detail }) => /75 .*3 kB|75/.test(detail)),
      JSON.stringify(objective.causes),
    );
    fs.reads.length = 0;
    await look(one);
    assert.ok(!fs.reads.some((path) => path.endsWith('.heapsnapshot')), 'a snapshot that did not change is read once');
  });
  it('a process by its number, and by a pid file, where the workspace is trusted', async () => {
    let kilobytes = 100_000;
    const processes: ProcessReader = {
      read: async (pid) => ({
        ok: true,
        value: {
          status: `Name:\tapi\nVmRSS:\t${kilobytes} kB\n`,
          stat: `${pid} (api) S ${Array.from({ length: 18 }, () => 0).join(' ')} 555 0`,
          openFiles: 12,
        },
      }),
    };
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: SampleLog, connectionDetails: { pidFiles: ["run/*.pid"] } }',
        threshold(
          '{ query: slopePerHour, field: rss_bytes, scale: 1.0e-6, over: 1h, minSamples: 5, minSpan: 10m, across: max }',
        ),
        below(100),
      ),
    );
    fs.write('/w/run/api.pid', '4711\n');
    const one = monitor({ processes });
    for (let i = 0; i < 12; i++) {
      later(MINUTE);
      kilobytes += 4000;
      await look(one);
    }
    // 4,096,000 B a minute.
    assert.equal(Math.round(only(one.report()).value ?? 0), 246);
    const mistrusted = monitor({ processes, trusted: false });
    assert.equal(only(await look(mistrusted)).state, 'error');
    assert.match(only(mistrusted.report()).stateReason, /trusted/);
    fs.write('/w/run/api.pid', '../self');
    later(MINUTE);
    assert.ok((await look(monitor({ processes }))).problems.some(({ kind }) => kind === 'no-pid'));
  });
  it('claude-flow: workers of the daemon as a ratio of counters', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: SampleLog, connectionDetails: { files: [".claude-flow/metrics/performance.json"] } }',
        ratio('{ query: last, field: successful_tasks }', '{ query: last, field: total_tasks }'),
        '{ target: 0.9 }',
        'slo-lens/mode: window',
      ),
    );
    const one = monitor();
    const write = (total: number, ok: number): void =>
      fs.write(
        '/w/.claude-flow/metrics/performance.json',
        JSON.stringify({ totalTasks: total, successfulTasks: ok, lastActivity: clock.time }),
      );
    write(10, 10);
    await look(one);
    later(MINUTE);
    write(20, 15);
    assert.deepEqual([only(await look(one)).value, only(one.report()).state], [0.5, 'violating']);
  });
  it('a value by pointer in YAML: the file time counts where it means a write, and of two times the older', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: PointerFiles, connectionDetails: { files: ["state.yaml"], fields: { depth: /queue/depth } } }',
        threshold('{ query: last, field: depth }'),
        below(5),
      ),
    );
    fs.write('/w/state.yaml', 'queue:\n  depth: 3\n', START - MINUTE);
    const one = monitor();
    assert.equal(only(await look(one)).state, 'meeting');
    assert.match(only(one.report()).evidence.method, /file time/);
    // A checkout wrote it: git knows the content as that of an old commit.
    const git: GitFacts = {
      forFiles: async () => new Map([['state.yaml', { state: 'clean', lastCommitMs: START - 1000 * MINUTE }]]),
    };
    assert.equal(only(await look(monitor({ git }))).state, 'no_data');
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: PointerFiles, connectionDetails: { files: ["state.yaml"], time: /at, fields: { depth: /queue/depth } } }',
        threshold('{ query: last, field: depth }'),
        below(5),
      ),
    );
    fs.write('/w/state.yaml', 'at: 2026-05-01T12:00:00Z\nqueue:\n  depth: 3\n', START - 30 * MINUTE);
    assert.equal(only(await look(monitor())).state, 'stale', 'the file is older than the time it claims');
  });
  it('a broken file keeps the last good value while that counts, then it is an error', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: HealthFiles, connectionDetails: { files: ["h.json"], time: /ts, fields: { load: /load } } }',
        threshold('{ query: last, field: load }'),
        below(5),
      ),
    );
    fs.write('/w/h.json', JSON.stringify({ ts: new Date(START).toISOString(), load: 1 }));
    const one = monitor();
    assert.equal(only(await look(one)).state, 'meeting');
    later(MINUTE);
    fs.write('/w/h.json', '{"ts": "2026-05-01T12:0');
    const report = await look(one);
    assert.equal(only(report).state, 'meeting');
    assert.ok(report.problems.some(({ kind, place }) => kind === 'truncated' && place?.path === 'h.json'));
    later(10 * MINUTE);
    assert.equal(only(await look(one)).state, 'error');
  });
  it('a message log that is rotated under its glob counts each event once', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: EventLog, connectionDetails: { files: ["logs/*.jsonl"], time: /ts, fields: { ok: /ok } } }',
        ratio('{ query: count, where: { ok: true } }', '{ query: count }'),
        '{ target: 0.5 }',
        'slo-lens/mode: window',
      ),
    );
    const event = (ok: boolean): string => `${JSON.stringify({ ts: new Date(clock.time - 1000).toISOString(), ok })}\n`;
    const one = monitor();
    fs.write('/w/logs/app.jsonl', event(true) + event(false));
    await look(one);
    later(MINUTE);
    fs.rename('/w/logs/app.jsonl', '/w/logs/app-1.jsonl');
    fs.write('/w/logs/app.jsonl', event(true));
    fs.reads.length = 0;
    const objective = only(await look(one));
    assert.deepEqual([objective.value, objective.budget?.used], [2 / 3, 1]);
  });

  it('findings of some paths only; where nothing there is analysed, nothing is known', async () => {
    const leaks = (paths: string): void =>
      fs.write(
        '/w/.slo-lens/slo.yaml',
        definition(
          `{ type: LeakFindings, connectionDetails: { provider: builtin, paths: ["${paths}"], requireScanWithin: 2h } }`,
          threshold('{ query: count }'),
          below(1),
        ),
      );
    const leak = 'export class Clock {\n  start() { setInterval(() => {}, 1); }\n  destroy() { console.log(1); }\n}\n';
    fs.write('/w/src/a.ts', leak);
    fs.write('/w/tools/b.ts', leak);
    const judged = async (paths: string): Promise<ObjectiveReport> => {
      leaks(paths);
      const one = monitor();
      await one.scan(never);
      return only(await one.read(never));
    };
    const some = await judged('src/**');
    assert.deepEqual([some.value, some.causes.map(({ label }) => label)], [1, ['src/a.ts:2']]);
    assert.deepEqual([(await judged('**')).value, (await judged('lib/**')).state], [2, 'no_data']);
    // The scan bounds how old a figure may be.
    leaks('**');
    const one = monitor();
    await one.scan(never);
    later(119 * MINUTE);
    assert.equal(only(await one.read(never)).state, 'violating');
    later(2 * MINUTE);
    assert.equal(only(await one.read(never)).state, 'stale');
  });

  it('times without an offset are of the zone that the source names', async () => {
    const inZone = async (zone: string): Promise<string | null> => {
      fs.write(
        '/w/.slo-lens/slo.yaml',
        definition(
          `{ type: PointerFiles, connectionDetails: { files: [v.json], time: /at, fields: { n: /n }, assumeTimezone: ${zone} } }`,
          threshold('{ query: last, field: n }'),
          below(5),
        ),
      );
      fs.write('/w/v.json', '{"at":"2026-05-01 14:00:00","n":1}');
      return only(await look(monitor({}, 'local'))).evidence.observedAt;
    };
    assert.equal(await inZone('Europe/Berlin'), '2026-05-01T12:00:00.000Z');
    assert.equal(await inZone('Asia/Tokyo'), '2026-05-01T05:00:00.000Z');
  });

  it('snapshots by a glob: those that it matches are expected, and a plain path also where it is missing', async () => {
    fs.write(
      '/w/.slo-lens/slo.yaml',
      definition(
        '{ type: SnapshotFiles, connectionDetails: { files: ["snap/*.json", plain.json], currentWhen: { maxAge: 1h }, missing: notCurrent } }',
        '{ ratioMetric: { counter: false, good: { metricSource: { metricSourceRef: src, spec: { query: count, where: { current: true } } } }, total: { metricSource: { metricSourceRef: src, spec: { query: count } } } } }',
        '{ target: 0.9, timeSliceWindow: 1m }',
      ).replace('budgetingMethod: Occurrences', 'budgetingMethod: RatioTimeslices'),
    );
    const full = `{"files": "${'x'.repeat(80)}"}`;
    fs.write('/w/snap/a.json', full, START - 10 * MINUTE);
    fs.write('/w/snap/b.json', full, START - 90 * MINUTE);
    const report = await look(monitor());
    assert.equal(only(report).value, 1 / 3);
    assert.deepEqual(
      only(report).causes.map(({ label }) => label),
      ['snap/b.json', 'plain.json'],
    );
  });

  describe('agents of other layouts', () => {
    const active = threshold('{ query: count, where: { active: true } }');
    const agentsDefinition = (details: string, more = ''): string =>
      definition(
        `{ type: AgentStatusFiles, connectionDetails: ${details} }`,
        active,
        '{ op: gte, value: 2, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }',
      ) + more;
    const beat = (id: string, ago: number, status = 'working'): void =>
      fs.write(`/w/.heartbeats/${id}.json`, JSON.stringify({ status, last_beat: (clock.time - ago) / 1000 }));

    it('count by their pointers, fall silent on time, and say why they do not count', async () => {
      fs.write(
        '/w/.slo-lens/slo.yaml',
        agentsDefinition(
          '{ files: [".heartbeats/*.json"], id: fileName, state: /status, heartbeat: { time: /last_beat, maxFutureSkew: 1m }, states: { resting: [idle] }, activeWhen: { heartbeatWithin: 5m, restingWithin: 10m, stateNotMatching: "(?i)^(gone|left)\\\\b" }, expectedAgents: 4 }',
        ),
      );
      beat('a', 4 * MINUTE);
      beat('b', 9 * MINUTE, 'idle');
      beat('c', 0, 'Gone for lunch');
      beat('d', -90_000);
      const one = monitor();
      let report = await look(one);
      assert.deepEqual([only(report).value, only(report).state, report.agents.expected], [2, 'meeting', 4]);
      const why = (): unknown =>
        report.agents.agents.map(({ folder, active, activeReason }) => [folder, active, activeReason]);
      assert.deepEqual(why(), [
        ['a', true, 'last_beat 4 min ago, limit 5 min'],
        ['b', true, 'last_beat 9 min ago, limit 10 min'],
        ['c', false, 'last_beat 0 min ago, limit 5 min; its state matches (?i)^(gone|left)\\b'],
        ['d', false, 'no trusted sign of life'],
      ]);
      assert.deepEqual(
        report.agents.agents[3]?.warnings.map(({ kind }) => kind),
        ['clock-in-future'],
      );
      assert.equal(one.nextChange(), START + MINUTE + 1);
      later(MINUTE + 1);
      report = await one.read(never, 'due');
      assert.deepEqual([only(report).value, only(report).state], [0, 'violating']);
      assert.deepEqual(
        only(report).causes.map(({ label }) => label),
        ['a', 'b', 'c', 'd'],
      );
      assert.deepEqual(only(report).evidence.places[0]?.path, '.heartbeats/a.json');
      beat('a', 0);
      beat('d', 0);
      assert.equal(only(await look(one)).value, 2);
    });

    it('in one file: who leaves it is an agent no more, and a broken file keeps its last word, marked old', async () => {
      fs.write('/w/.slo-lens/slo.yaml', agentsDefinition('{ files: fleet.json, agents: /agents, heartbeat: /seen }'));
      const fleet = (...ids: readonly string[]): void =>
        fs.write(
          '/w/fleet.json',
          JSON.stringify({ agents: Object.fromEntries(ids.map((id) => [id, { seen: clock.time }])) }),
        );
      fleet('a', 'b', 'c');
      const one = monitor();
      const shown = async (): Promise<unknown> =>
        (await look(one)).agents.agents.map(({ id, active, reading }) => `${id} ${active} ${reading}`);
      assert.deepEqual(await shown(), ['a true warnings', 'b true warnings', 'c true warnings']);
      later(MINUTE);
      fleet('a', 'c');
      assert.deepEqual(await shown(), ['a true warnings', 'c true warnings']);
      later(MINUTE);
      fs.write('/w/fleet.json', '{ "agents": { "a": ');
      assert.deepEqual(await shown(), ['a true old', 'c true old']);
      later(20 * MINUTE);
      assert.deepEqual(await shown(), ['a false old', 'c false old']);
      later(MINUTE);
      fs.delete('/w/fleet.json');
      const report = await look(one);
      assert.deepEqual([only(report).state, report.agents.found], ['no_data', 0]);
      assert.match(only(report).stateReason, /no file of an agent/);
      // Another definition knows nothing of the one before.
      fs.write('/w/fleet.json', '{ "agents": { "a": {} } }');
      await look(one);
      fs.write('/w/.slo-lens/slo.yaml', agentsDefinition('{ files: fleet.json, agents: /agents, heartbeat: /other }'));
      assert.deepEqual(await shown(), ['a false warnings']);
    });

    it('the time of a file is a sign of life where the definition says so, of a file of many never', async () => {
      const lived = async (details: string, content: string): Promise<number | null> => {
        fs.write('/w/.slo-lens/slo.yaml', agentsDefinition(details));
        fs.write('/w/crew/x.json', content, START - MINUTE);
        return only(await look(monitor())).value;
      };
      assert.equal(await lived('{ files: ["crew/*.json"] }', '{}'), 0);
      assert.equal(await lived('{ files: ["crew/*.json"], heartbeat: { fallback: mtime } }', '{}'), 1);
      assert.equal(
        await lived('{ files: ["crew/*.json"], agents: "", heartbeat: { fallback: mtime } }', '{"a":{},"b":{}}'),
        0,
      );
      // Nothing in a file can be later than the file.
      const ahead = JSON.stringify({ last_seen: START });
      fs.now = START;
      assert.equal(
        await lived('{ files: ["crew/*.json"], heartbeat: { time: /last_seen, maxFutureSkew: 1m } }', ahead),
        1,
      );
      fs.write('/w/crew/x.json', ahead, START - 10 * MINUTE);
      assert.equal(only(await look(monitor())).value, 0);
    });

    it('beside a swarm: each objective has its own agents as causes, and ids stay apart', async () => {
      const second = `---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: beats }
spec: { type: AgentStatusFiles, connectionDetails: { files: [".heartbeats/*.json"] } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: other, annotations: { slo-lens/mode: current } }
spec:
  service: svc
  indicator: { metadata: { name: o }, spec: ${active.replace('src', 'beats')} }
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: Timeslices
  objectives: [{ op: gte, value: 2, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }]
`;
      fs.write('/w/.slo-lens/slo.yaml', agentsDefinition('{ layout: swarm }', second));
      const swarm = (agent: number, ago: number): void =>
        fs.write(
          `/w/agent_workspaces/Agent-${agent}/status.json`,
          JSON.stringify({ status: 'ACTIVE', last_updated: new Date(clock.time - ago).toISOString() }),
        );
      swarm(1, 0);
      swarm(2, 60 * MINUTE);
      beat('agent-1', 90 * MINUTE);
      beat('z', 0);
      const report = await look(monitor());
      const [first, other] = report.services[0]?.objectives ?? [];
      assert.deepEqual(
        [first, other].map((one) => [one?.value, one?.causes.map(({ label }) => label)]),
        [
          [1, ['Agent-2']],
          [1, ['agent-1']],
        ],
      );
      assert.deepEqual(
        report.agents.agents.map(({ id }) => id),
        ['agent-1', 'agent-2', 'agent-1 w/.heartbeats/agent-1.json', 'z'],
      );
    });

    it('a link that leads out of the folder is not read', async () => {
      fs.write('/w/.slo-lens/slo.yaml', agentsDefinition('{ files: [".heartbeats/*.json"] }'));
      beat('a', 0);
      fs.write('/secret/b.json', JSON.stringify({ status: 'secret', last_beat: START / 1000 }));
      const one = monitor();
      await one.walk(never);
      fs.delete('/w/.heartbeats/a.json');
      fs.link('/w/.heartbeats/a.json', '/secret/b.json');
      const report = await one.read(never);
      assert.ok(!JSON.stringify(report).includes('"secret"'));
      assert.match(report.agents.agents[0]?.activeReason ?? '', /leads out of the folder/);
    });
  });
});
