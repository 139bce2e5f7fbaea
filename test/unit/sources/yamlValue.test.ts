/** YAML of strangers: bombs, depth, prototype keys and types that are not JSON's. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readRecords } from '../../../src/sources/records';
import { parseYamlValue } from '../../../src/sources/yamlValue';

const mapping = { time: ['/at'], id: [], series: [], records: ['/services'], fields: { up: ['/up'] }, timeZone: 'UTC' };

describe('YAML as data', () => {
  it('a map of records: its keys are the series and the field `key`', () => {
    const { records, problems } = readRecords(
      'services:\n  bot: { up: 1, at: 2026-05-01T12:00:00Z }\n  web: { up: 0, at: 2026-05-01T12:00:01Z }\n  odd: 5\n',
      'state.yaml',
      mapping,
    );
    assert.deepEqual(
      records.map(({ series, fields }) => [series, fields.key, fields.up]),
      [
        ['bot', 'bot', 1],
        ['web', 'web', 0],
      ],
    );
    assert.equal(records[0]?.time, Date.parse('2026-05-01T12:00:00Z'));
    assert.deepEqual(
      problems.map(({ key }) => key),
      ['/services/odd'],
    );
  });
  it('a bomb of aliases is refused in no time', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(',')}]`,
      );
    const started = Date.now();
    const reading = parseYamlValue(lines.join('\n'));
    assert.equal(reading.ok, false);
    assert.ok(Date.now() - started < 2000);
    assert.ok(!reading.ok && /alias/i.test(reading.message), reading.ok ? '' : reading.message);
  });
  it('nesting without end is refused, in brackets and in indentation', () => {
    for (const text of ['['.repeat(100_000), `${'- '.repeat(50_000)}x`, '{a: '.repeat(50_000), '? '.repeat(50_000)]) {
      const started = Date.now();
      assert.equal(parseYamlValue(text).ok, false);
      assert.ok(Date.now() - started < 5000, `${text.slice(0, 4)} took ${Date.now() - started} ms`);
    }
  });
  it('prototype keys are keys, and tags make nothing', () => {
    const reading = parseYamlValue('__proto__: { polluted: yes }\nconstructor: 1\n');
    assert.ok(reading.ok);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.ok(Object.hasOwn(reading.value as object, '__proto__'));
    const tagged = parseYamlValue(
      'a: !!js/function "function(){ throw 1 }"\nb: !!binary aGk=\nc: .nan\nd: .inf\ne: 1e999\n',
    );
    if (tagged.ok) {
      const { c, d, e } = tagged.value as Record<string, unknown>;
      assert.deepEqual([c, d, e], [null, null, null]);
    }
  });
  it('a fault has its line and column', () => {
    const reading = parseYamlValue('a: 1\nb: [1, 2\nc: 3\n');
    assert.ok(!reading.ok);
    assert.ok(reading.position.line >= 2);
    const twice = parseYamlValue('a: 1\na: 2\n');
    assert.ok(!twice.ok && twice.position.line === 2);
  });
  it('no text makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseYamlValue(text)));
  });
});
