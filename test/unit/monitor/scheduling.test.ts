/** When the server works and what it sends, by a clock that is told the time. */
import assert from 'node:assert/strict';
import { KnownReport } from '../../../src/client/knownReport';
import type { AgentReport, WorkspaceReport } from '../../../src/report/report';
import type { PagedFleet } from '../../../src/server/agentPages';
import { ReportSender } from '../../../src/server/reportSender';
import { UpdateScheduler, type UpdateScope, WorkQueue } from '../../../src/server/workQueue';
import type { AgentReading } from '../../../src/sources/agents';
import { FakeClock } from './memoryFileSystem';

const nobody: PagedFleet = {
  readings: [],
  minutesOf: () => -1,
  reportOnceAt: () => assert.fail('there is no agent'),
};

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('work queue', () => {
  it('runs one job after another; one that fails is told and stops nothing', async () => {
    const told: string[] = [];
    const queue = new WorkQueue((error) => told.push((error as Error).message));
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = queue.run(async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      order.push('first');
    });
    queue.background(() => Promise.reject(new Error('second')));
    const third = queue.run(async () => {
      order.push('third');
      return 3;
    });
    await settled();
    assert.deepEqual(order, []);
    release();
    await first;
    assert.equal(await third, 3);
    assert.deepEqual([order, told], [['first', 'third'], ['second']]);
    await assert.rejects(
      queue.run(() => Promise.reject(new Error('asked'))),
      /asked/,
    );
  });

  it('updates: the first request starts the wait, later ones join, one runs and one waits', async () => {
    const clock = new FakeClock(0);
    const runs: UpdateScope[] = [];
    let release: () => void = () => undefined;
    const scheduler = new UpdateScheduler(
      clock,
      new WorkQueue(() => undefined),
      () => 75,
      (scope) =>
        new Promise<void>((resolve) => {
          runs.push(scope);
          release = resolve;
        }),
    );
    for (let index = 0; index < 10; index++) {
      scheduler.request(index === 3 ? 'code' : index === 5 ? 'files' : 'sweep');
      clock.advance(10);
    }
    await settled();
    assert.deepEqual(runs, ['code'], 'a storm does not put the update off');
    for (let index = 0; index < 10; index++) {
      scheduler.request('sweep');
      clock.advance(100);
    }
    await settled();
    assert.deepEqual(runs, ['code'], 'one runs');
    release();
    await settled();
    assert.deepEqual(runs, ['code', 'sweep'], 'and one waited');
    release();
    await settled();
    assert.equal(runs.length, 2);
  });
});

describe('report sender', () => {
  const report = (text: string, generatedAt = ''): WorkspaceReport =>
    ({ generatedAt, serviceHeadline: text, agents: { observedAt: null, agents: [] } }) as unknown as WorkspaceReport;
  const setup = (): {
    readonly clock: FakeClock;
    readonly sent: string[];
    readonly sender: ReportSender;
    readonly offer: (text: string, generatedAt?: string) => void;
  } => {
    const clock = new FakeClock(10_000);
    const sent: string[] = [];
    const sender = new ReportSender(clock, 1000, {
      report: (params) => sent.push('report' in params ? params.report.serviceHeadline : 'a patch'),
      agents: () => assert.fail('a report without agents has none to page'),
    });
    return { clock, sent, sender, offer: (text, generatedAt) => sender.offer(report(text, generatedAt), nobody) };
  };

  it('sends on change only, at most once a second, the newest', () => {
    const { clock, sent, offer } = setup();
    offer('a', '1');
    clock.advance(0);
    offer('a', '2');
    offer('b');
    clock.advance(500);
    offer('c');
    clock.advance(499);
    assert.deepEqual(sent, ['a']);
    clock.advance(1);
    assert.deepEqual(sent, ['a', 'c']);
    clock.advance(5000);
    assert.deepEqual(sent, ['a', 'c']);
  });

  it('sends nothing that is no longer true', () => {
    const { clock, sent, sender, offer } = setup();
    offer('a');
    clock.advance(0);
    offer('b');
    offer('a');
    clock.advance(5000);
    assert.deepEqual([sent, clock.waiting], [['a'], 0]);
    offer('b');
    sender.dispose();
    clock.advance(5000);
    assert.deepEqual(sent, ['a']);
  });

  it('sends a client that can what changed, and everything to one that has lost a message', () => {
    const clock = new FakeClock(10_000);
    const known = new KnownReport();
    const kinds: string[] = [];
    let isLost = false;
    let latest: WorkspaceReport | null = null;
    const sender = new ReportSender(clock, 1000, {
      report: (params) => {
        kinds.push('report' in params ? 'whole' : 'patch');
        if (!isLost) latest = known.take(JSON.parse(JSON.stringify(params)));
      },
      agents: () => assert.fail('a report without agents has none to page'),
    });
    sender.usePatches();
    const says = (text: string, at: string): void => {
      sender.offer(report(text, at), nobody);
      clock.advance(1000);
    };
    says('a', '1');
    says('b', '2');
    assert.deepEqual([kinds, latest], [['whole', 'patch'], report('b', '2')]);
    isLost = true;
    says('c', '3');
    isLost = false;
    says('d', '4');
    assert.equal(latest, null, 'a change of what is not known is not taken');
    says('e', '5');
    assert.equal(latest, null);
    sender.sendWhole();
    assert.deepEqual([kinds.at(-1), latest], ['whole', report('e', '5')]);
    says('f', '6');
    assert.deepEqual([kinds.at(-1), latest], ['patch', report('f', '6')]);
  });

  it('of many agents sends what shows first, in pages, and what was merely seen again in turn', () => {
    const clock = new FakeClock(10_000);
    const known = new KnownReport();
    const sizes: number[] = [];
    let latest: WorkspaceReport | null = null;
    const sender = new ReportSender(clock, 1000, {
      report: (params) => {
        assert.ok('report' in params);
        assert.equal(params.report.agents.agents.length, 0);
        latest = known.take(params);
      },
      agents: (params) => {
        sizes.push(params.changed.length);
        latest = known.takePage(params);
      },
    });
    const fleet = (count: number, seen: string, silent: readonly number[] = []): PagedFleet => {
      const readings = Array.from(
        { length: count },
        (_, i) =>
          ({
            id: `a${i}`,
            content: null,
            liveness: { active: !silent.includes(i) },
            warnings: [],
          }) as unknown as AgentReading,
      );
      return {
        readings,
        minutesOf: () => 0,
        reportOnceAt: (index) => {
          const { id, liveness } = readings[index] as AgentReading;
          return { id, active: liveness.active, lastSeen: seen } as AgentReport;
        },
      };
    };
    const offer = (agents: PagedFleet): void => {
      const part = {
        observedAt: null,
        found: agents.readings.length,
        active: 0,
        expected: null,
        get agents() {
          return assert.fail('of a large fleet the list is not asked for');
        },
      };
      sender.offer({ ...report('x'), agents: part }, agents);
    };
    const shown = (): readonly AgentReport[] => (latest as WorkspaceReport | null)?.agents.agents ?? [];
    offer(fleet(950, 't0'));
    clock.advance(1000);
    assert.deepEqual(sizes, [200, 200, 200, 200, 150]);
    assert.equal(shown().length, 950);
    sizes.length = 0;
    offer(fleet(950, 't1', [940]));
    clock.advance(100);
    assert.equal(sizes[0], 200, 'one that fell silent, and others in turn');
    assert.equal(shown().find(({ id }) => id === 'a940')?.active, false);
    for (let second = 2; second < 10; second++) {
      offer(fleet(950, 't1', [940]));
      clock.advance(1000);
    }
    assert.ok(
      shown().every(({ lastSeen }) => lastSeen === 't1'),
      'everyone has its turn',
    );
    assert.ok(sizes.every((size) => size <= 200));
    offer(fleet(900, 't1', [940]));
    clock.advance(1000);
    assert.equal(shown().length, 900, 'who is gone is gone');
    sender.dispose();
    assert.equal(clock.waiting, 0);
  });
});
