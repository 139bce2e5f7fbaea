/** Laws of the search for a crossing, over any history. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findCrossing } from '../../../src/slo/crossing';

describe('search for a crossing', () => {
  const search = (states: readonly (boolean | null)[]) =>
    findCrossing(states.length, async (place) => states[place] ?? null);

  it('ends at a state that violates next to one that does not, or at the first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.boolean(), fc.constant(null)), { maxLength: 200 }),
        async (older: readonly (boolean | null)[]) => {
          const states = [true, ...older];
          const { at, hasBefore, judged } = await search(states);
          assert.equal(states[at], true);
          if (hasBefore) assert.notEqual(states[at + 1], true);
          else assert.equal(at, states.length - 1);
          assert.equal(new Set(judged).size, judged.length, 'none is judged twice');
          assert.ok(judged.length <= 2 * Math.ceil(Math.log2(states.length + 1)) + 1, `${judged.length} judged`);
          assert.ok(!judged.includes(0), 'the newest is known');
        },
      ),
    );
  });
  it('finds the only crossing there is', async () => {
    for (const bad of [1, 2, 3, 64, 65, 999, 1000]) {
      const states = Array.from({ length: 1000 }, (_, place) => place < bad);
      const { at, hasBefore } = await search(states);
      assert.deepEqual([at, hasBefore], [bad - 1, bad < 1000]);
    }
  });
});
