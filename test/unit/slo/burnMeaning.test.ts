/** What burn rate conditions mean, against the table of the SLO reference, section 2.4. */
import assert from 'node:assert/strict';
import { burnMeaning } from '../../../src/slo/alerts/burnMeaning';
import { defaultDefinition, NOW, objective, policy } from './inputs';

const HOUR = 3_600_000;
const window = objective({ mode: 'window', target: 0.999 });
const burn = (threshold: number, hours: number, more = {}) =>
  policy({
    when: null,
    burn: { operator: 'gte', threshold, lookbackMs: hours * HOUR, shortMs: null },
    budgetConsumed: null,
    ...more,
  });

describe('the meaning of a burn rate', () => {
  it('is budget, failures and time, of the block and of an expression alike', () => {
    assert.equal(
      burnMeaning(burn(14.4, 1), window, NOW),
      'spends 2% of the budget of 30 d in 60 min, with 1.4% failing; a total outage fires it after 1 min',
    );
    assert.equal(
      burnMeaning(policy({ when: 'burn(6h) >= 6' }), window, NOW),
      'spends 5% of the budget of 30 d in 6 h, with 0.6% failing; a total outage fires it after 3 min',
    );
  });

  it('waits as the policy waits, and events need no slice to be over', () => {
    const events = objective({ mode: 'window', target: 0.999, method: 'Occurrences', threshold: null });
    assert.match(burnMeaning(burn(14.4, 1, { alertAfterMs: 300_000 }), window, NOW) ?? '', /after 6 min$/);
    assert.match(burnMeaning(burn(14.4, 1), events, NOW) ?? '', /after 51 s$/);
  });

  it('says what threshold a declared share would be, where it is another', () => {
    assert.match(
      burnMeaning(burn(14.4, 1, { budgetConsumed: 0.05 }), window, NOW) ?? '',
      /^spends 2% of the budget of 30 d in 60 min \(declared are 5%, which would be a burn rate of 36\), /,
    );
    assert.doesNotMatch(burnMeaning(burn(14.4, 1, { budgetConsumed: 0.02 }), window, NOW) ?? '', /declared/);
  });

  it('is none of other conditions, of what cannot be reached, and where nothing may fail', () => {
    for (const [rule, of] of [
      [policy({ when: 'value < 6' }), window],
      [policy({ when: 'burn(1h) < 1' }), window],
      [policy({ when: 'burn(1h) >= 14.4 * burn(1d)' }), window],
      [burn(14.4, 1), objective({ mode: 'window', target: 0.9 })],
      [burn(0, 1), window],
      [burn(14.4, 1), objective({ mode: 'window', target: 0.9999, zeroTolerance: true })],
    ] as const)
      assert.equal(burnMeaning(rule, of, NOW), null);
  });

  it('is known of the built-in policies, which declare what they spend', () => {
    const { policies, objectives } = defaultDefinition();
    const [fast] = policies.filter(({ name }) => name === 'p1-fast-burn');
    const messaging = objectives.find(({ name }) => name === 'messaging-availability');
    assert.ok(fast && messaging);
    assert.equal(fast.budgetConsumed, 0.02);
    assert.match(burnMeaning(fast, messaging, NOW) ?? '', /^spends 2% of the budget of 30 d in 60 min, with 1\.4%/);
  });
});
