/** Copies of what is kept of a file say what it said. */
import assert from 'node:assert/strict';
import { detached } from '../../../src/analyzer/detached';

describe('copies of plain data', () => {
  it('say the same, whatever the names are', () => {
    const data: unknown = JSON.parse('{"a":[1,{"b":null}],"__proto__":{"c":"d"},"constructor":"e","f":[]}');
    assert.equal(JSON.stringify(detached(data)), JSON.stringify(data));
  });

  it('leave out what is not there', () => {
    assert.deepEqual(Object.keys(detached({ a: undefined, b: 1 })), ['b']);
  });
});
