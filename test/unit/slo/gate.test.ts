/** The gate: outcomes, comparison with a base, and that nothing unknown counts as mended. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gateExitCode, gateReport, gateText } from '../../../src/report/gate';
import { compareWithBase, type GateSide, gateFails, gateOutcome } from '../../../src/slo/gate';
import { gateSide, UNKNOWN_SIDE } from '../../../src/slo/gateSides';
import type { ObjectiveState } from '../../../src/slo/status';
import { findingsSide, objective, query } from './inputs';

const change = (base: GateSide, head: GateSide) => compareWithBase([{ name: 'o', base, head }]);

describe('the gate', () => {
  it('is not met without data, and one unknown objective is too much only when strict', () => {
    assert.equal(gateOutcome([], false), 'no-data');
    assert.equal(gateOutcome(['no_data', 'stale'], false), 'no-data');
    assert.equal(gateOutcome(['meeting', 'error'], false), 'met');
    assert.equal(gateOutcome(['meeting', 'error'], true), 'no-data');
    assert.equal(gateOutcome(['at_risk'], true), 'met');
    assert.equal(gateOutcome(['violating', 'definition-error'], false), 'definition-error');
  });

  it('is never met by what turns unknown', () => {
    const states = fc.array(
      fc.constantFrom<ObjectiveState>('meeting', 'at_risk', 'violating', 'no_data', 'stale', 'error'),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(
        states,
        fc.nat(),
        fc.boolean(),
        fc.constantFrom<ObjectiveState>('no_data', 'stale', 'error'),
        (all, at, strict, unknown) => {
          const changed = all.with(at % all.length, unknown);
          const was = all[at % all.length];
          if (was !== 'violating' && gateOutcome(all, strict) !== 'met')
            assert.notEqual(gateOutcome(changed, strict), 'met');
        },
      ),
    );
  });

  it('calls a violation new when the base did not violate or said nothing', () => {
    assert.deepEqual(change(findingsSide(0, 0), findingsSide(1, 0)).newViolations, ['o']);
    assert.deepEqual(change(UNKNOWN_SIDE, findingsSide(1, 0)).newViolations, ['o']);
    assert.deepEqual(change(findingsSide(2, 0), findingsSide(2, 0)).inherited, ['o']);
  });

  it('calls nothing mended that is merely unknown now', () => {
    assert.deepEqual(change(findingsSide(3, 0), UNKNOWN_SIDE).fixed, []);
    assert.deepEqual(change(findingsSide(3, 0), findingsSide(0, 0)).fixed, ['o']);
  });

  it('fails under no-worse only for what is new or grew', () => {
    assert.equal(gateFails(change(findingsSide(9, 4), findingsSide(9, 4)), 'no-worse'), false);
    assert.equal(gateFails(change(findingsSide(9, 4), findingsSide(9, 4)), 'any'), true);
    assert.equal(gateFails(change(findingsSide(9, 4), findingsSide(10, 4)), 'no-worse'), true);
    assert.equal(gateFails(change(findingsSide(9, 4), findingsSide(5, 4)), 'no-worse'), false);
    assert.equal(gateFails(change(findingsSide(4, 4), findingsSide(5, 4)), 'no-worse'), true);
  });

  it('knows which way is worse', () => {
    const known = (state: ObjectiveState, value: number | null, remaining: number | null = null) => ({
      state,
      value,
      remaining,
    });
    const atLeast = objective({ threshold: { operator: 'gte', limit: 8 } });
    assert.equal(
      gateFails(change(gateSide(atLeast, known('violating', 5)), gateSide(atLeast, known('violating', 4))), 'no-worse'),
      true,
    );
    const share = objective({ threshold: null, target: 0.95 });
    assert.equal(
      gateFails(change(gateSide(share, known('violating', 0.5)), gateSide(share, known('violating', 0.6))), 'no-worse'),
      false,
    );
    const budget = objective({ mode: 'window' });
    assert.equal(
      gateFails(
        change(gateSide(budget, known('violating', 1, -0.5)), gateSide(budget, known('violating', 1, -0.6))),
        'no-worse',
      ),
      true,
    );
    const counted = objective({
      threshold: { operator: 'lt', limit: 5 },
      indicator: { kind: 'threshold', query: query({ query: 'count', field: null }) },
    });
    assert.deepEqual(gateSide(counted, known('violating', 34)), { violates: true, count: 34, allowed: 4 });
    assert.deepEqual(gateSide(counted, known('stale', 3)).violates, null);
  });

  it('says what is left of a budget of items before and after', () => {
    assert.deepEqual(change(findingsSide(4, 4), findingsSide(1, 4)).budget, { o: { before: 0, after: 0.75 } });
    assert.deepEqual(change(findingsSide(2, 0), findingsSide(1, 0)).budget, {}, 'of nothing there is no share');
  });

  it('does not pass without data because nothing got worse', () => {
    const nothing = gateReport({
      outcome: 'no-data',
      strict: false,
      measured: 0,
      defined: 3,
      policy: 'no-worse',
      comparison: { ...change(UNKNOWN_SIDE, UNKNOWN_SIDE), with: 'base', compared: ['o'] },
    });
    assert.deepEqual(
      [nothing.passes, gateExitCode(nothing), gateText(nothing)],
      [false, 1, 'not met, without data nothing is'],
    );
    const strict = gateReport({
      outcome: 'violation',
      strict: true,
      measured: 1,
      defined: 2,
      policy: 'no-worse',
      comparison: { ...change(findingsSide(9, 4), findingsSide(9, 4)), with: 'base', compared: ['o'] },
    });
    assert.deepEqual([strict.passes, gateText(strict)], [false, 'not met, 1 of 2 are not measured']);
  });
});
