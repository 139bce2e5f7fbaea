import assert from 'node:assert/strict';
import { allKinds } from '../../../../src/analyzer/resources/catalogue';
import { findingsOf } from '../expectLeaks';

describe('documentation of growing caches', () => {
  for (const kind of allKinds.filter((one) => one.family === 'cache')) {
    it(`${kind.id}: its samples are judged as it says`, () => {
      const { leaking, safe } = kind.documentation;
      assert.deepEqual(
        findingsOf(leaking).map((finding) => finding.kind),
        [kind.id],
        leaking,
      );
      assert.deepEqual(
        findingsOf(safe).map((finding) => `${finding.kind}: ${finding.message}`),
        [],
        safe,
      );
    });
  }
});
