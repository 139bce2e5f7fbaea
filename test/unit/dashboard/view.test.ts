/** What a click or a choice in the panel does. */
import assert from 'node:assert/strict';
import { act, choose, isReport, readKept, readView, reveal } from '../../../src/dashboard/view';
import { FIRST_VIEW } from '../../../src/page/context';

describe('view of the panel', () => {
  it('folds objectives open and closed, and filters by state until the second click', () => {
    const open = act(FIRST_VIEW, { type: 'toggle', objective: 'a' });
    assert.deepEqual([open.view.open, open.send], [['a'], null]);
    assert.deepEqual(act(open.view, { type: 'toggle', objective: 'a' }).view.open, []);
    const filtered = act(FIRST_VIEW, { type: 'filter', state: 'violating' }).view;
    assert.equal(filtered.state, 'violating');
    assert.equal(act(filtered, { type: 'filter', state: 'violating' }).view.state, null);
    assert.equal(act(filtered, { type: 'filter', state: null }).view.state, null);
  });

  it('sends the rest to the editor and changes nothing', () => {
    const action = { type: 'open', uri: 'file:///a', line: 1, column: 2 } as const;
    assert.deepEqual(act(FIRST_VIEW, action), { view: FIRST_VIEW, send: action });
  });

  it('takes choices that there are, and no others', () => {
    assert.equal(choose(FIRST_VIEW, 'window', '30d').window, '30d');
    assert.equal(choose(FIRST_VIEW, 'window', '31d'), FIRST_VIEW);
    assert.equal(choose(FIRST_VIEW, 'sort', 'budget').sort, 'budget');
    assert.equal(choose(FIRST_VIEW, 'service', 'x').service, 'x');
    assert.equal(choose({ ...FIRST_VIEW, service: 'x' }, 'service', '').service, null);
    assert.equal(choose(FIRST_VIEW, '__proto__', 'x'), FIRST_VIEW);
  });

  it('shows an objective whatever was filtered', () => {
    const hidden = { ...FIRST_VIEW, state: 'meeting', service: 'other', open: ['a', 'b'] } as const;
    assert.deepEqual(reveal(hidden, 'a'), { ...FIRST_VIEW, open: ['b', 'a'] });
  });

  it('survives a state of an earlier version, or of nobody', () => {
    const old = { type: 'report', report: {}, now: '2026-01-01T00:00:00Z' };
    for (const value of [undefined, null, 7, 'x', [], old])
      assert.deepEqual(readKept(value), { message: null, view: FIRST_VIEW });
    assert.deepEqual(readView({ window: '2d', sort: 'up', open: [1, 'a'], state: 5, service: {} }), {
      ...FIRST_VIEW,
      open: ['a'],
    });
    assert.ok(isReport(readKept({ message: old, view: {} }).message));
  });
});
