/** A patch, joined with the value that it was made from, gives the other one; the server makes it, the client joins it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patched } from '../../../src/client/patched';
import type { Patch } from '../../../src/protocol/patch';
import { patchOf } from '../../../src/server/patchOf';

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Some of the value made anew: an item or field changed, added or left out. */
function edited(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) {
    const at = Math.floor(random() * (value.length + 1));
    const what = random();
    if (what < 0.3) return value.filter((_, index) => index !== at);
    if (what < 0.5) return [...value.slice(0, at), { added: random() }, ...value.slice(at)];
    return value.map((item, index) => (index === at ? edited(item, random) : item));
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    const at = Math.floor(random() * (fields.length + 1));
    const changed = fields.flatMap(([name, field], index): [string, unknown][] =>
      index !== at ? [[name, field]] : random() < 0.3 ? [] : [[name, edited(field, random)]],
    );
    return Object.fromEntries(at === fields.length ? [...changed, ['new', random()]] : changed);
  }
  return { was: value, random: random() };
}

describe('patches', () => {
  it('give the new value of any two, and nothing where both say the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const patch = patchOf(before, after);
        if (!patch) assert.deepEqual(overTheWire(after), overTheWire(before));
        else {
          const result = patched(before, overTheWire(patch));
          assert.ok(result.ok);
          // Of the order of fields nothing is said, as JSON has it.
          assert.deepEqual(overTheWire(result.value), overTheWire(after));
        }
        assert.equal(patchOf(after, overTheWire(after)), null);
      }),
      { numRuns: 500 },
    );
  });

  it('of a value that was edited again and again', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 8 }),
        (start, numbers) => {
          let next = 0;
          const random = (): number => numbers[next++ % numbers.length] ?? 0;
          let server: unknown = start;
          let client: unknown = overTheWire(start);
          for (let step = 0; step < 6; step++) {
            const after = edited(server, random);
            const patch = patchOf(server, after);
            server = after;
            if (!patch) continue;
            const result = patched(client, overTheWire(patch));
            assert.ok(result.ok);
            client = result.value;
          }
          assert.deepEqual(overTheWire(client), overTheWire(server));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('hold only what changed, and leave the rest the same object', () => {
    const row = (id: number, text: string) => ({ id, text, long: 'x'.repeat(1000) });
    const before = { rows: Array.from({ length: 500 }, (_, id) => row(id, 'a')), other: { a: 1 } };
    const after = { ...before, rows: before.rows.map((one, index) => (index === 250 ? row(250, 'b') : one)) };
    const patch = patchOf(before, after);
    assert.ok(patch && JSON.stringify(patch).length < 200, JSON.stringify(patch));
    const result = patched(before, patch);
    assert.ok(result.ok);
    const joined = result.value as typeof before;
    assert.equal(joined.other, before.other);
    assert.deepEqual([joined.rows[249] === before.rows[249], joined.rows[250]], [true, row(250, 'b')]);
    const shorter = { ...before, rows: before.rows.filter(({ id }) => id !== 7) };
    assert.deepEqual(patchOf(before.rows, shorter.rows), { kind: 'splice', from: 7, remove: 1, insert: [] });
  });

  it('a name that assignment takes for something else is a field like any other', () => {
    const before = JSON.parse('{"byStatus":{"a":1}}') as object;
    const after = JSON.parse('{"byStatus":{"a":1,"__proto__":{"polluted":true},"constructor":2}}') as object;
    const patch = patchOf(before, after);
    assert.ok(patch);
    const result = patched(before, overTheWire(patch));
    assert.ok(result.ok);
    assert.equal(JSON.stringify(result.value), JSON.stringify(after));
    assert.equal(Object.hasOwn({}, 'polluted') || 'polluted' in {}, false);
  });

  it('of another value are refused', () => {
    const cases: readonly (readonly [unknown, Patch])[] = [
      [1, { kind: 'fields', changed: {}, gone: [] }],
      [[], { kind: 'fields', changed: {}, gone: [] }],
      [{}, { kind: 'items', changed: [] }],
      [[1], { kind: 'items', changed: [[1, { kind: 'set', value: 2 }]] }],
      [[1], { kind: 'splice', from: 1, remove: 1, insert: [] }],
      [{ a: 1 }, { kind: 'fields', changed: { a: { kind: 'items', changed: [] } }, gone: [] }],
    ];
    for (const [value, patch] of cases) assert.deepEqual(patched(value, patch), { ok: false }, JSON.stringify(patch));
  });
});
