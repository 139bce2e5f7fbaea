/** What the rule pages show is what the analyzer says: the leaking example is reported, the safe one is not. */
import assert from 'node:assert/strict';
import { builtIn } from '../../../src/analyzer/resources/catalogue';
import { findingsOf } from './expectLeaks';

describe('examples of the rule pages', () => {
  for (const { id, documentation } of builtIn.kinds.filter(({ family }) => family !== 'cache'))
    it(id, () => {
      const path = /<\w+[ />]/.test(documentation.leaking + documentation.safe) ? 'src/sample.tsx' : 'src/sample.ts';
      const kinds = (code: string): readonly string[] => findingsOf(code, path).map(({ kind }) => kind);
      assert.deepEqual([...new Set(kinds(documentation.leaking))], [id], documentation.leaking);
      assert.deepEqual(kinds(documentation.safe), [], documentation.safe);
    });
});
