/** When the server works and what it sends, by a clock that is told the time. */
import assert from 'node:assert/strict';
import type { WorkspaceReport } from '../../../src/report/report';
import { ReportSender } from '../../../src/server/reportSender';
import { UpdateScheduler, WorkQueue } from '../../../src/server/workQueue';
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
    const runs: boolean[] = [];
    let release: () => void = () => undefined;
    const scheduler = new UpdateScheduler(
      clock,
      new WorkQueue(() => undefined),
      75,
      (code) =>
        new Promise<void>((resolve) => {
          runs.push(code);
          release = resolve;
        }),
    );
    for (let index = 0; index < 10; index++) {
      scheduler.request(index === 3);
      clock.advance(10);
    }
    await settled();
    assert.deepEqual(runs, [true], 'a storm does not put the update off');
    for (let index = 0; index < 10; index++) {
      scheduler.request(false);
      clock.advance(100);
    }
    await settled();
    assert.deepEqual(runs, [true], 'one runs');
    release();
    await settled();
    assert.deepEqual(runs, [true, false], 'and one waited');
    release();
    await settled();
    assert.equal(runs.length, 2);
  });
});

describe('report sender', () => {
  const report = (text: string, generatedAt = ''): WorkspaceReport =>
    ({ generatedAt, serviceHeadline: text }) as unknown as WorkspaceReport;
  const setup = (): { readonly clock: FakeClock; readonly sent: string[]; readonly sender: ReportSender } => {
    const clock = new FakeClock(10_000);
    const sent: string[] = [];
    const sender = new ReportSender(clock, 1000, ({ serviceHeadline }) => sent.push(serviceHeadline));
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
});
