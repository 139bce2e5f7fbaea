/** When the server looks at what, without any event. */
import assert from 'node:assert/strict';
import { LookPlan, type Watched } from '../../../src/server/lookPlan';
import { SweepRhythm } from '../../../src/server/sweepRhythm';
import { FakeClock } from '../monitor/memoryFileSystem';

describe('rhythm of sweeps', () => {
  const steady = { kind: 'steady', everyMs: 1000 } as const;
  it('ticks take less than a quarter of the time, and a sweep begins a period after the one before it', () => {
    const rhythm = new SweepRhythm();
    assert.equal(rhythm.nextAt(steady), Number.NEGATIVE_INFINITY);
    rhythm.looked({ beganAt: 0, endedAt: 120, spentMs: 100, goesOn: true });
    assert.equal(rhythm.nextAt(steady), 470);
    rhythm.looked({ beganAt: 470, endedAt: 520, spentMs: 40, goesOn: false });
    assert.equal(rhythm.nextAt(steady), 1000);
    rhythm.looked({ beganAt: 1000, endedAt: 1500, spentMs: 400, goesOn: true });
    assert.equal(rhythm.nextAt(steady), 2900);
    rhythm.looked({ beganAt: 2900, endedAt: 3000, spentMs: 100, goesOn: false });
    assert.equal(rhythm.nextAt(steady), 3350);
    rhythm.looked({ beganAt: 3350, endedAt: 3360, spentMs: 10, goesOn: false });
    assert.equal(rhythm.nextAt({ kind: 'seldom', everyMs: 30_000 }), 33_360);
  });
});

describe('plan of looks', () => {
  const start = 1_000_000;
  const few: Watched = { hasManyAgents: false, isMidSweep: false, lag: 0, nextChange: () => null };
  const many: Watched = { ...few, hasManyAgents: true };
  let clock: FakeClock;
  let plan: LookPlan;
  beforeEach(() => {
    clock = new FakeClock(start);
    plan = new LookPlan(clock);
    plan.scanned(100);
    plan.looked({ scope: 'code', beganAt: start, spentMs: 400 }, few);
  });

  it('few agents: all files every half minute, a walk that costs much more seldom, the code every two minutes', () => {
    assert.deepEqual([plan.next(few), plan.scope(few)], [{ inMs: 30_000, scope: null }, 'files']);
    plan.looked({ scope: 'files', beganAt: start, spentMs: 4_000 }, few);
    assert.equal(plan.next(few).inMs, 80_000);
    clock.time += 120_001;
    assert.equal(plan.scope(few), 'code');
  });

  it('many agents: a sweep a second, a walk a minute, but none amid a sweep', () => {
    assert.deepEqual([plan.next(many), plan.scope(many)], [{ inMs: 1000, scope: null }, 'sweep']);
    plan.looked({ scope: 'sweep', beganAt: start, spentMs: 100 }, { ...many, isMidSweep: true });
    assert.equal(plan.next({ ...many, isMidSweep: true }).inMs, 350);
    clock.time += 60_000;
    assert.equal(plan.scope({ ...many, isMidSweep: true }), 'sweep');
    assert.equal(plan.scope(many), 'files');
  });

  it('what falls due before is looked at alone where there are many, with all where there are few', () => {
    const due = { nextChange: () => start + 200 };
    assert.deepEqual(plan.next({ ...many, ...due }), { inMs: 200, scope: 'due' });
    assert.deepEqual(plan.next({ ...few, ...due }), { inMs: 200, scope: null });
    assert.equal(plan.next({ ...few, nextChange: () => start - 200 }).inMs, 50, 'never at once: it would never end');
  });

  it('a log that is behind is read on, and a storm of events waits for twice what a sweep took', () => {
    const behind = { ...few, lag: 1 };
    assert.deepEqual([plan.next(behind).inMs, plan.scope(behind), plan.gatherMs], [50, 'sweep', 75]);
    plan.looked({ scope: 'sweep', beganAt: start, spentMs: 300 }, few);
    assert.deepEqual([plan.next(behind).inMs, plan.gatherMs], [300, 600]);
    plan.looked({ scope: 'sweep', beganAt: start, spentMs: 3_000 }, few);
    assert.equal(plan.gatherMs, 2_000);
  });
});
