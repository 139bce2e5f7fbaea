import assert from 'node:assert/strict';
import { nameIn, type Occasion, wordsOf } from '../../../src/analyzer/ownership/lifetime/frequency/occasions';

describe('occasions', () => {
  const looped: Occasion = { kind: 'loop', within: { kind: 'loop', within: { kind: 'event', name: 'message' } } };

  it('are told in English', () => {
    assert.equal(wordsOf({ kind: 'tick' }), 'each tick of an interval');
    assert.equal(wordsOf({ kind: 'exportedCall', name: 'open' }), 'each call of exported `open`');
    assert.equal(wordsOf({ kind: 'exportedCall', name: '' }), 'each call of the exported function');
    assert.equal(wordsOf({ kind: 'loop' }), 'in a loop');
    assert.equal(wordsOf(looped), 'in a loop, each `message`');
  });

  it('have a name, which no loop hides', () => {
    assert.equal(nameIn(looped), 'message');
    assert.equal(nameIn({ kind: 'request' }), '');
    assert.equal(nameIn({ kind: 'loop' }), '');
  });
});
