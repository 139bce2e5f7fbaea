import assert from 'node:assert/strict';
import { allKinds } from '../../../src/analyzer/resources/catalogue';

describe('the catalogue', () => {
  it('has one kind of each name', () => {
    const ids = allKinds.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });
});
