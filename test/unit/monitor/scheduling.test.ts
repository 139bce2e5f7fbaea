/** When the server works and what it sends, by a clock that is told the time. */
import assert from 'node:assert/strict';
import { KnownAgents } from '../../../src/client/agentPages';
import type { AgentReport, WorkspaceReport } from '../../../src/report/report';
import { ReportSender } from '../../../src/server/reportSender';
import { UpdateScheduler, type UpdateScope, WorkQueue } from '../../../src/server/workQueue';
import { FakeClock } from './memoryFileSystem';

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
  const setup = (): { readonly clock: FakeClock; readonly sent: string[]; readonly sender: ReportSender } => {
    const clock = new FakeClock(10_000);
    const sent: string[] = [];
    const sender = new ReportSender(clock, 1000, {
      report: ({ report: { serviceHeadline } }) => sent.push(String(serviceHeadline)),
      agents: () => assert.fail('a report without agents has none to page'),
    });
    return { clock, sent, sender };
  };

  it('sends on change only, at most once a second, the newest', () => {
    const { clock, sent, sender } = setup();
    sender.offer(report('a', '1'));
    clock.advance(0);
    sender.offer(report('a', '2'));
    sender.offer(report('b'));
    clock.advance(500);
    sender.offer(report('c'));
    clock.advance(499);
    assert.deepEqual(sent, ['a']);
    clock.advance(1);
    assert.deepEqual(sent, ['a', 'c']);
    clock.advance(5000);
    assert.deepEqual(sent, ['a', 'c']);
  });

  it('sends nothing that is no longer true', () => {
    const { clock, sent, sender } = setup();
    sender.offer(report('a'));
    clock.advance(0);
    sender.offer(report('b'));
    sender.offer(report('a'));
    clock.advance(5000);
    assert.deepEqual([sent, clock.waiting], [['a'], 0]);
    sender.offer(report('b'));
    sender.dispose();
    clock.advance(5000);
    assert.deepEqual(sent, ['a']);
  });

  it('of many agents sends what shows first, in pages, and what was merely seen again in turn', () => {
    const clock = new FakeClock(10_000);
    const known = new KnownAgents();
    const sizes: number[] = [];
    let latest: WorkspaceReport | null = null;
    const sender = new ReportSender(clock, 1000, {
      report: (params) => {
        assert.equal(params.report.agents.agents.length, 0);
        latest = known.take(params);
      },
      agents: (params) => {
        sizes.push(params.changed.length);
        latest = known.takePage(params);
      },
    });
    const fleet = (count: number, seen: string, silent: readonly number[] = []): readonly AgentReport[] =>
      Array.from(
        { length: count },
        (_, i) =>
          ({
            id: `a${i}`,
            active: !silent.includes(i),
            lastSeen: seen,
            warnings: [],
            blockers: [],
          }) as unknown as AgentReport,
      );
    const offer = (agents: readonly AgentReport[]): void =>
      sender.offer({
        ...report('x'),
        agents: { observedAt: null, found: agents.length, active: 0, expected: null, agents },
      } as WorkspaceReport);
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
