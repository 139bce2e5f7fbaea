/** The positioned JSON reader against JSON.parse, and on texts that are made to hurt it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isObject, type JsonValue, parseJsonValue, scanJsonObjects } from '../../../src/sources/jsonScan';
import { FaultList, maxPerKind, positionAt, positionsOf } from '../../../src/sources/problems';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Null-prototype objects as plain ones, `__proto__` kept as a key. */
function plain(value: JsonValue): unknown {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(plain);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) : value;
}

/** JSON with a few characters taken out, doubled or replaced: nearly right, as broken files are. */
const damaged = fc
  .tuple(
    fc.json(),
    fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', '.', 'e', '\n')),
    ),
  )
  .map(([text, edits]) =>
    edits.slice(0, 4).reduce((now, [at, put]) => {
      const index = now.length === 0 ? 0 : at % now.length;
      return now.slice(0, index) + put + now.slice(index + 1);
    }, text),
  );

describe('JSON: the same strictness as JSON.parse', () => {
  it('accepts and refuses exactly what JSON.parse does, with the same value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged, fc.string({ unit: 'binary' })), (text) => {
        const read = parseJsonValue(text);
        assert.equal(read.ok, parses(text.replace(/^\ufeff/, '')), text);
        if (read.ok) assert.deepEqual(plain(read.value), JSON.parse(text.replace(/^\ufeff/, '')));
      }),
      { numRuns: 3000 },
    );
  });
  it('a fault lies inside the text', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const scan = scanJsonObjects(text);
        if (scan.ok) return;
        const { offset, line, column } = scan.problem.position;
        assert.ok(offset >= 0 && offset <= text.length);
        assert.deepEqual(positionAt(text, offset), { line, column, offset });
      }),
      { numRuns: 1000 },
    );
  });
  it('of duplicate keys the last wins, and each repetition is named', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer()), { minLength: 1 }), (pairs) => {
        const text = `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',\n')}}`;
        const scan = scanJsonObjects(text);
        assert.ok(scan.ok);
        const value = scan.documents[0]?.value;
        assert.ok(isObject(value));
        for (const [key, last] of new Map(pairs)) assert.equal(value[key], last);
        assert.equal(scan.duplicates.length, pairs.length - new Set(pairs.map(([key]) => key)).size);
      }),
    );
  });
});

describe('JSON: places', () => {
  it('positions asked in any order are those of the lines before them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '😀')), fc.array(fc.nat(40)), (parts, offsets) => {
        const text = parts.join('');
        const place = positionsOf(text);
        for (const raw of offsets) {
          const offset = Math.min(raw, text.length);
          const before = text.slice(0, offset).split('\n');
          assert.deepEqual(place(offset), {
            line: before.length,
            column: (before.at(-1)?.length ?? 0) + 1,
            offset,
          });
        }
      }),
    );
  });
  it('names the first conflict marker, also in a file that need not be an object', () => {
    const text = '[1,\n<<<<<<< HEAD\n2\n=======\n3\n>>>>>>> other\n]';
    const read = parseJsonValue(text);
    assert.ok(!read.ok);
    assert.deepEqual([read.kind, read.position.line, read.position.column], ['merge-conflict', 2, 1]);
  });
  it('duplicates of a broken later document are not reported: it is text behind the first', () => {
    const scan = scanJsonObjects('{"a":1}\n{"b":1,"b":2,');
    assert.ok(scan.ok);
    assert.deepEqual([scan.documents.length, scan.duplicates.length, scan.trailing?.line], [1, 0, 2]);
  });
});

describe('JSON: hostile texts', () => {
  const within = (ms: number, run: () => void): void => {
    const start = performance.now();
    run();
    const took = performance.now() - start;
    assert.ok(took < ms, `${Math.round(took)} ms`);
  };
  it('nesting ends in a fault, not in a stack overflow', () => {
    for (const open of ['[', '{"a":']) {
      const read = parseJsonValue(open.repeat(1_000_000));
      assert.ok(!read.ok);
      assert.equal(read.kind, 'too-deep');
    }
  });
  it('`__proto__` is a key like any other', () => {
    const scan = scanJsonObjects('{"__proto__":{"polluted":1},"constructor":2}');
    assert.ok(scan.ok);
    assert.deepEqual(Object.keys(scan.documents[0]?.value ?? {}), ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });
  it('a hundred thousand keys on as many lines take no quadratic time', () => {
    const text = `{\n${Array.from({ length: 100_000 }, (_, index) => `"k${index}": 1`).join(',\n')}\n}`;
    within(5000, () => {
      const scan = scanJsonObjects(text);
      assert.ok(scan.ok);
      assert.equal(scan.documents[0]?.keys.get('k99999')?.line, 100_001);
    });
  });
  it('four hundred thousand duplicate keys and fifty thousand documents are read', () => {
    within(8000, () => {
      const keys = scanJsonObjects(`{"x":{${'"k":1,\n'.repeat(400_000)}"k":2}}`);
      assert.ok(keys.ok);
      assert.deepEqual([keys.duplicates.length, keys.duplicates.at(-1)?.line], [400_000, 400_001]);
      const documents = scanJsonObjects('{}\n'.repeat(50_000));
      assert.ok(documents.ok);
      assert.equal(documents.documents.at(-1)?.start.line, 50_000);
    });
  });
  it('50 MB in one string, whole and cut off', () => {
    const long = 'x'.repeat(50_000_000);
    within(8000, () => {
      assert.ok(scanJsonObjects(`{"a":"${long}"}`).ok);
      const cut = scanJsonObjects(`{"a":"${long}`);
      assert.ok(!cut.ok);
      assert.deepEqual([cut.problem.kind, cut.problem.position.offset], ['truncated', 50_000_006]);
    });
  });
});

describe('fault lists', () => {
  it('keep the first of each kind and say how many follow', () => {
    const list = new FaultList<{ kind: string; message: string }>();
    for (let index = 0; index < maxPerKind + 7; index++) list.add({ kind: 'a', message: `a${index}` });
    list.add({ kind: 'b', message: 'b' });
    const all = list.all();
    assert.equal(all.length, maxPerKind + 1);
    assert.equal(all[maxPerKind - 1]?.message, `a${maxPerKind - 1} (and 7 more of this kind in the file)`);
    assert.equal(all.at(-1)?.message, 'b');
  });
});
