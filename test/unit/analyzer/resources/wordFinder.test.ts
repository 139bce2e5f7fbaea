/** The finder of words says what `includes` says of each. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { WordFinder } from '../../../../src/analyzer/resources/wordFinder';

describe('word finder', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'ü', '😀'), minLength: 1, maxLength: 5 });

  it('finds exactly the words that the text includes, also those within and beside each other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(few, { maxLength: 12 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '.', 'ü', '😀', 'x'), maxLength: 60 }),
        (words, text) => {
          const found = [...new WordFinder(words).find(text)].sort();
          assert.deepEqual(found, words.filter((word) => text.includes(word)).sort());
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('finds nothing of no words', () => {
    assert.equal(new WordFinder([]).find('anything').size, 0);
  });
});
