/** Several sessions of one workspace, after and beside each other: what they remember of slices and of alerts. */
import assert from 'node:assert/strict';
import { Monitor } from '../../../src/monitor/monitor';
import type { Cancellation, FileSystem, MessageSender } from '../../../src/monitor/ports';
import type { ObjectiveReport, WorkspaceReport } from '../../../src/report/report';
import { dyingAt, FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never: Cancellation = { isCancelled: () => false };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-05-01T12:00:00Z');

const DEFINITION = `apiVersion: openslo/v1
kind: DataSource
metadata: { name: health }
spec: { type: HealthFiles, connectionDetails: { files: ["health/*.json"], time: /ts, fields: { up: /up } } }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: bot }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: up
  annotations: { slo-lens/mode: window, slo-lens/stale-after: 3m, slo-lens/unit: up }
spec:
  service: bot
  indicator:
    metadata: { name: up-sli }
    spec:
      thresholdMetric:
        metricSource: { metricSourceRef: health, spec: { query: last, field: up } }
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: Timeslices
  objectives: [{ op: gte, value: 1, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }]
  alertPolicies: [{ alertPolicyRef: down }]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: down, displayName: Bot down }
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  conditions:
    - kind: AlertCondition
      metadata: { name: down-condition, annotations: { slo-lens/when: "value < 1" } }
      spec:
        severity: P1
        condition: { kind: burnrate, op: gte, threshold: 1, lookbackWindow: 1h }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: x } }]
`;

describe('sessions', () => {
  let fs: MemoryFileSystem;
  let clock: FakeClock;
  let writers = 0;
  beforeEach(() => {
    fs = new MemoryFileSystem();
    clock = new FakeClock(START);
    fs.write('/w/.slo-lens/slo.yaml', DEFINITION);
  });
  const session = (
    more: {
      readonly speaks?: boolean;
      readonly sender?: MessageSender;
      readonly alertOutputs?: unknown;
      readonly over?: FileSystem;
    } = {},
  ): Monitor =>
    new Monitor(
      {
        ...(more.sender ? { sender: more.sender } : {}),
        fs: more.over ?? fs,
        clock,
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        git: { forFiles: async () => null },
        runner: { run: () => Promise.reject(new Error('no command is expected')) },
        toUri: (path) => `file://${path}`,
      },
      {
        roots: [{ name: 'w', uri: 'file:///w', path: '/w' }],
        trusted: more.sender !== undefined,
        alertOutputs: more.alertOutputs,
        minConfidence: 'medium',
        exclude: [],
        severityOverrides: {},
        agents: { timeZone: 'UTC' },
        refreshCommands: [],
        refreshTimeoutSeconds: 5,
        cacheFolder: null,
        history: { folder: '/storage/slo', writer: `w${++writers}`, adds: true, speaks: more.speaks ?? true },
        definitionFiles: [],
      },
    );
  /** Looks once, with the bot up (1), down (0) or silent (null) at that moment. */
  const look = async (one: Monitor, up: number | null, at = clock.time): Promise<WorkspaceReport> => {
    clock.time = at;
    fs.now = at;
    if (up !== null) fs.write('/w/health/bot.json', JSON.stringify({ up, ts: new Date(at).toISOString() }), at);
    await one.walk(never);
    return one.read(never);
  };
  const objective = (report: WorkspaceReport): ObjectiveReport => {
    const found = report.services[0]?.objectives[0];
    assert.ok(found);
    return found;
  };
  /** Looks each minute of a stretch, with one value. */
  const stretch = async (one: Monitor, minutes: number, up: number | null): Promise<WorkspaceReport> => {
    let report = await look(one, up, clock.time + MINUTE);
    for (let i = 1; i < minutes; i++) report = await look(one, up, clock.time + MINUTE);
    return report;
  };
  const announced = (report: WorkspaceReport) => report.announcements.map(({ kind }) => kind).reverse();

  it('a window counts the slices of earlier sessions, and the gap between them as neither', async () => {
    const first = session();
    await stretch(first, 30, 0);
    await stretch(first, 30, 1);
    await first.close();
    clock.time += 5 * HOUR;
    const report = objective(await look(session(), 1, clock.time + MINUTE));
    // 10 % of a day are 144 minutes; 30 are used, whatever was not watched.
    assert.deepEqual(
      [report.state, report.budget?.used, Math.round(report.budget?.allowed ?? 0)],
      ['meeting', 30, 144],
    );
    assert.equal(Math.round((report.budget?.remaining ?? 0) * 1000), Math.round((1 - 30 / 144) * 1000));
  });

  it('a session that was killed has lost the slice of the moment and no other', async () => {
    await stretch(session(), 30, 0);
    clock.time += HOUR;
    assert.equal(objective(await look(session(), 1)).budget?.used, 29);
  });

  it('sleep of the machine is a gap, not an hour without data', async () => {
    const one = session();
    await stretch(one, 10, 1);
    clock.time += 8 * HOUR;
    const awake = objective(await stretch(one, 2, 1));
    assert.equal(awake.state, 'meeting', awake.stateReason);
    assert.equal(awake.budget?.used, 0);
  });

  it('over midnight packs the day that is over and goes on counting', async () => {
    clock.time = Date.parse('2026-05-01T23:49:00Z');
    const one = session();
    await stretch(one, 20, 0);
    await stretch(one, 20, 1);
    const names = async () => {
      const listed = await fs.list('/storage/slo');
      return listed.ok ? listed.value.map(({ name }) => name).filter((name) => name.endsWith('.jsonl')) : [];
    };
    assert.deepEqual((await names()).sort(), ['2026-05-01.packed.jsonl', `2026-05-02.w${writers}.jsonl`]);
    assert.equal(objective(one.report()).budget?.used, 20);
    await one.close();
    clock.time += MINUTE;
    assert.equal(objective(await look(session(), 1)).budget?.used, 20);
  });

  it('a slow rhythm that was announced is no gap: what nobody looked at has no data', async () => {
    const one = session();
    await look(one, 1);
    for (let i = 0; i < 6; i++) {
      one.expectLook(clock.time + 20 * MINUTE);
      await look(one, 1, clock.time + 20 * MINUTE);
    }
    assert.equal(objective(one.report()).state, 'no_data');
  });

  it('a clock that was set back changes nothing that was known', async () => {
    const one = session();
    await stretch(one, 20, 0);
    clock.time -= 15 * MINUTE;
    await stretch(one, 20, 1);
    // Minutes 1 to 20 were down before the clock went back; after it, 21 to 25 were up.
    assert.equal(objective(one.report()).budget?.used, 20);
  });

  it('an alert that fires is told once, however often the window is reloaded', async () => {
    let told = 0;
    for (let reload = 0; reload < 10; reload++) {
      const one = session();
      const report = await stretch(one, 2, 0);
      assert.equal(report.alerts[0]?.state, 'firing');
      told += report.announcements.length;
      assert.equal(report.alerts[0]?.since, new Date(START + MINUTE).toISOString(), 'its age goes on');
      // Every other time without notice.
      if (reload % 2 === 0) await one.close();
      else clock.time += MINUTE;
    }
    assert.equal(told, 1);
  });

  it('what cleared while no window was open is logged, not told', async () => {
    const first = session();
    await stretch(first, 3, 0);
    await first.close();
    clock.time += HOUR;
    const report = await stretch(session(), 2, 1);
    assert.deepEqual(announced(report), []);
    assert.deepEqual(
      report.activity.map(({ kind }) => kind),
      ['alert-resolved-while-closed'],
    );
  });

  it('is remembered on the disk before it is told', async () => {
    const one = session();
    fs.faults.set('/storage/slo/alerts.json', 'ENOSPC');
    const full = await stretch(one, 2, 0);
    assert.ok(full.problems.some(({ kind, message }) => kind === 'history' && message.includes('ENOSPC')));
    fs.faults.clear();
    const report = await stretch(one, 1, 0);
    assert.deepEqual(
      report.problems.filter(({ kind }) => kind === 'history'),
      [],
    );
    const kept = await fs.read('/storage/slo/alerts.json', 10_000);
    assert.ok(kept.ok);
    assert.equal(JSON.parse(Buffer.from(kept.value).toString()).memories['down/up'].state, 'firing');
  });

  it('of two windows one speaks; the other takes over without telling again', async () => {
    const first = session();
    const second = session();
    await look(first, 1);
    await look(second, 1);
    for (let minute = 0; minute < 3; minute++) {
      // The timer of the lease runs beside.
      for (let renewal = 0; renewal < 6; renewal++) {
        clock.advance(10_000);
        await new Promise(setImmediate);
      }
      await look(first, 0);
      await look(second, 0);
    }
    assert.deepEqual([announced(first.report()), announced(second.report())], [['fire'], []]);
    assert.equal(second.report().alerts[0]?.state, 'firing', 'silent, but it shows the truth');
    await first.close();
    const taken = await stretch(second, 3, 0);
    assert.deepEqual(announced(taken), []);
    assert.deepEqual(announced(await stretch(second, 1, 1)), ['resolve']);
  });

  it('a full disk is told, and what was seen is written when there is room', async () => {
    const one = session();
    fs.faults.set('append', 'ENOSPC');
    const full = await stretch(one, 10, 0);
    assert.ok(
      full.problems.some(({ message }) => message.startsWith('the history cannot be written and is kept in memory: ')),
    );
    assert.equal(objective(full).budget?.used, 10, 'verdicts go on');
    fs.faults.clear();
    await stretch(one, 1, 0);
    await one.close();
    clock.time += MINUTE;
    assert.equal(objective(await look(session(), 1)).budget?.used, 11);
  });

  it('nothing is written into the workspace', async () => {
    const before = new Set(['/w/.slo-lens/slo.yaml', '/w/health/bot.json']);
    const one = session();
    await stretch(one, 5, 0);
    await one.close();
    const written = async (folder: string): Promise<readonly string[]> => {
      const listed = await fs.list(folder);
      if (!listed.ok) return [];
      const below = await Promise.all(
        listed.value.map(({ name, kind }) =>
          kind === 'directory' ? written(`${folder}/${name}`) : Promise.resolve([`${folder}/${name}`]),
        ),
      );
      return below.flat();
    };
    assert.deepEqual(
      (await written('/w')).filter((path) => !before.has(path)),
      [],
    );
    assert.ok((await written('/storage')).length >= 2);
  });

  it('incidents are remembered with begin and end, over sessions, and shown by who does not keep them', async () => {
    const first = session();
    await stretch(first, 3, 1);
    await stretch(first, 3, 0);
    const begun = first.report().incidents;
    assert.deepEqual(
      begun.map(({ displayName, begin, end, level }) => [displayName, begin, end, level]),
      [['Bot down', new Date(START + 4 * MINUTE).toISOString(), null, 'P1']],
    );
    const reader = session({ speaks: false });
    assert.deepEqual((await look(reader, 1)).incidents, begun, 'it has no memory of alerts, and ends none');
    await stretch(first, 2, 1);
    const ended = first.report().incidents;
    assert.deepEqual([ended[0]?.end, ended[0]?.endedUnwatched], [new Date(START + 7 * MINUTE).toISOString(), false]);
    await stretch(first, 2, 0);
    await first.close();
    clock.time += HOUR;
    const second = session();
    const closed = (await look(second, 1)).incidents;
    assert.deepEqual(
      closed.map(({ end, endedUnwatched }) => [end, endedUnwatched]),
      [
        [new Date(clock.time).toISOString(), true],
        [ended[0]?.end ?? null, false],
      ],
    );
    assert.deepEqual((await look(session({ speaks: false }), 1)).incidents, closed);
  });

  it('incidents that the disk does not take are tried again, and damaged ones are told', async () => {
    fs.faults.set('/storage/slo/incidents.json', 'ENOSPC');
    const one = session();
    await stretch(one, 3, 0);
    assert.equal(one.report().incidents.length, 1);
    fs.faults.clear();
    await look(one, 0, clock.time + MINUTE);
    const text = await fs.read('/storage/slo/incidents.json', 10_000);
    assert.ok(text.ok && new TextDecoder().decode(text.value).includes('Bot down'));
    await one.close();
    fs.write('/storage/slo/incidents.json', '{"schemaVersion":');
    const report = await look(session(), 1, clock.time + MINUTE);
    assert.ok(report.problems.some(({ message }) => message.startsWith('incidents.json is damaged')));
  });

  it('a source that falls silent has a history and no trend', async () => {
    const one = session();
    await stretch(one, 70, 1);
    const known = objective(await look(one, 1, clock.time + MINUTE));
    assert.equal(known.trend?.text, 'unchanged in 1 hour');
    const silent = objective(await stretch(one, 10, null));
    assert.equal(silent.state, 'stale');
    assert.equal(silent.trend, null);
    const hour = silent.history?.windows.find(({ key }) => key === '1h');
    assert.match(hour?.states ?? '', /^g+n+$/);
    assert.match(hour?.summary ?? '', /without data/);
  });

  it('what is said of an alert is on the disk before it is shown, and counts after a reload', async () => {
    const first = session();
    await stretch(first, 2, 0);
    const key = first.report().alerts[0]?.key ?? assert.fail();
    await first.handleAlerts([key], { kind: 'acknowledge' });
    const said = await first.handleAlerts([key], { kind: 'snooze', until: clock.time + 10 * MINUTE });
    const kept = await fs.read('/storage/slo/alert-handling.json', 10_000);
    assert.ok(kept.ok);
    assert.deepEqual(Object.keys(JSON.parse(Buffer.from(kept.value).toString()).handlings), [key]);
    assert.equal(said.alerts[0]?.snooze?.until, new Date(clock.time + 10 * MINUTE).toISOString());
    assert.deepEqual(
      said.activity.map(({ kind }) => kind),
      ['alert-snooze', 'alert-acknowledge', 'alert-fire'],
    );
    // Killed, not closed.
    clock.time += MINUTE;
    const second = session();
    const again = await look(second, 0);
    assert.ok(again.alerts[0]?.snooze && again.alerts[0].acknowledgedAt);
    const over = await stretch(second, 11, 0);
    assert.deepEqual([over.alerts[0]?.snooze, over.alerts[0]?.acknowledgedAt === null], [null, false]);
    const resolved = await stretch(second, 1, 1);
    assert.equal(resolved.alerts[0]?.acknowledgedAt, null);
    const ended = await fs.read('/storage/slo/alert-handling.json', 10_000);
    assert.ok(ended.ok && !Buffer.from(ended.value).toString().includes(key), 'what is over is not kept');
  });

  it('what one window snoozes is snoozed in the other, and what speaks is silent', async () => {
    const first = session();
    const second = session();
    await look(first, 1);
    await look(second, 1);
    // The second does not speak, and says it all the same.
    await second.handleAlerts(['down/up'], { kind: 'snooze', until: 'forever' });
    await stretch(first, 2, 0);
    const other = await look(second, 0);
    assert.deepEqual([announced(first.report()), announced(other)], [[], []]);
    assert.ok(first.report().alerts[0]?.snooze);
    assert.equal(other.alerts[0]?.since, first.report().alerts[0]?.since, 'both know the same incident');
    await first.handleAlerts(['down/up'], { kind: 'unsnooze' });
    assert.deepEqual(announced(await stretch(first, 1, 0)), ['fire'], 'what fires and was not told is told then');
    assert.equal((await look(second, 0)).alerts[0]?.snooze, null);
  });

  it('where it cannot be remembered it counts for the session, and is told', async () => {
    const one = session();
    await look(one, 1);
    fs.faults.set('/storage/slo/alert-handling.json', 'EACCES');
    const said = await one.handleAlerts(['down/up'], { kind: 'snooze', until: 'forever' });
    assert.ok(said.problems.some(({ message }) => /counts for this session only: EACCES/.test(message)));
    assert.deepEqual(announced(await stretch(one, 2, 0)), []);
  });

  it('a damaged file of what was said is told, and snoozes nothing', async () => {
    fs.write('/storage/slo/alert-handling.json', '{"schemaVersion":1,"handlings":');
    const report = await stretch(session(), 2, 0);
    assert.ok(report.problems.some(({ message }) => message.startsWith('alert-handling.json is damaged')));
    assert.deepEqual(announced(report), ['fire']);
  });

  describe('with an output', () => {
    const alertOutputs = [{ type: 'webhook', url: 'http://127.0.0.1:9/hook' }];
    let isDown = false;
    let got: string[] = [];
    const sender: MessageSender = {
      toProgram: () => assert.fail('none is configured'),
      toUrl: async (_, { body }) => {
        if (isDown) return { ok: false, isFinal: false, reason: 'nothing listens there' };
        const { kind, at } = JSON.parse(body) as { kind: string; at: string };
        got.push(`${kind} ${(Date.parse(at) - START) / MINUTE}`);
        return { ok: true };
      },
    };
    const settle = () => new Promise(setImmediate);
    beforeEach(() => {
      isDown = false;
      got = [];
    });

    it('each incident is sent once, its end too, by the window that speaks', async () => {
      const first = session({ sender, alertOutputs });
      const second = session({ sender, alertOutputs });
      for (const up of [0, 0, 1]) {
        await look(first, up, clock.time + MINUTE);
        await look(second, up);
        await settle();
      }
      assert.deepEqual(got, ['fire 1', 'resolve 3']);
      assert.deepEqual(first.report().outputs[0]?.failure, null);
    });

    it('what was not taken is told, survives a kill, and is sent by the session after it, once', async () => {
      isDown = true;
      const first = session({ sender, alertOutputs });
      await stretch(first, 2, 0);
      await settle();
      const told = first.report().problems.find(({ kind }) => kind === 'alert-output');
      assert.match(
        told?.message ?? '',
        /^Alerts do not reach webhook http:\/\/127\.0\.0\.1:9\/hook: nothing listens there\. 1 waits and is tried again$/,
      );
      // Killed; the lease runs out.
      clock.time += MINUTE;
      isDown = false;
      const second = session({ sender, alertOutputs });
      await look(second, 0);
      await settle();
      assert.deepEqual(got, ['fire 1']);
      await settle();
      await second.close();
      clock.time += MINUTE;
      await look(session({ sender, alertOutputs }), 0);
      await settle();
      assert.deepEqual(got, ['fire 1']);
    });

    it('a kill at any write: the incident is shown at most once, and reaches the output at least once, as one message', async () => {
      let changes = Number.POSITIVE_INFINITY;
      for (let death = 1; death <= changes; death++) {
        fs = new MemoryFileSystem();
        fs.write('/w/.slo-lens/slo.yaml', DEFINITION);
        clock = new FakeClock(START);
        const sent: string[] = [];
        const dying = dyingAt(fs, death === 1 ? Number.POSITIVE_INFINITY : death - 1);
        const isAlive = () => death === 1 || dying.isAlive();
        const noting = (alive: () => boolean): MessageSender => ({
          ...sender,
          toUrl: async (_, { body }) => {
            if (alive()) sent.push((JSON.parse(body) as { id: string }).id);
            return { ok: true };
          },
        });
        const first = session({ sender: noting(isAlive), alertOutputs, over: dying.fs });
        let shown = 0;
        for (const up of [1, 0, 0, 0]) {
          const { announcements } = await look(first, up, clock.time + MINUTE);
          await settle();
          if (isAlive()) shown = announcements.length;
        }
        if (death === 1) changes = dying.changes() + 1;
        clock.time += MINUTE;
        const second = session({ sender: noting(() => true), alertOutputs });
        const report = await stretch(second, 3, 0);
        await settle();
        shown += report.announcements.length;
        assert.ok(shown <= 1, `shown ${shown} times, death at change ${death - 1}`);
        assert.equal(new Set(sent).size, 1, `${sent.join(' ')}, death at change ${death - 1}`);
        assert.equal(report.alerts[0]?.state, 'firing');
      }
      assert.ok(changes > 8, `${changes} changes`);
    });

    it('a snoozed alert is not sent', async () => {
      const one = session({ sender, alertOutputs });
      await look(one, 1);
      await one.handleAlerts(['down/up'], { kind: 'snooze', until: 'forever' });
      await stretch(one, 2, 0);
      await settle();
      assert.deepEqual(got, []);
    });

    it('a test is sent at once, to all', async () => {
      const one = session({ sender, alertOutputs });
      await look(one, 1);
      one.testOutputs();
      await settle();
      assert.deepEqual(
        got.map((line) => line.split(' ')[0]),
        ['test'],
      );
    });

    it('an untrusted workspace sends nothing and says so, and so does a setting that is wrong', async () => {
      const untrusted = session({ alertOutputs });
      const report = await stretch(untrusted, 2, 0);
      assert.ok(report.problems.some(({ message }) => message.includes('the workspace is not trusted')));
      const wrong = await look(session({ sender, alertOutputs: [{ type: 'webhook', url: 'ftp://x' }] }), 0);
      assert.ok(wrong.problems.some(({ kind }) => kind === 'config-alert-outputs'));
    });
  });
});
