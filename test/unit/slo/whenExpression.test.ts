import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateWhen, MAX_WHEN_LENGTH, parseWhen, type WhenTerm } from '../../../src/slo/alerts/whenExpression';

function holds(text: string, values: Readonly<Partial<Record<WhenTerm['kind'], number>>>): boolean | null {
  const parsed = parseWhen(text);
  assert.ok(parsed.ok, text);
  return evaluateWhen(parsed.expression, (term) => values[term.kind] ?? null);
}

describe('alert conditions', () => {
  it('compare a term with a number, within the tolerance', () => {
    assert.equal(holds('value < 6', { value: 5 }), true);
    assert.equal(holds('value<6', { value: 6 }), false);
    assert.equal(holds('value >= 14.4', { value: 144 / 10000 / (1 - 0.999) }), true);
    assert.equal(holds('delta(1m) != 0', { delta: -1 }), true);
    assert.equal(holds('delta(1m) == -1', { delta: -1 }), true);
    assert.equal(holds('remaining <= 0.25', { remaining: -7.5 }), true);
    assert.equal(holds('p95(1h) > 1.5 * median(p95, 7d)', { p95: 310, medianP95: 200 }), true);
    assert.equal(holds('p95(1h) > 1.5 * median(p95, 7d)', { p95: 300, medianP95: 200 }), false);
  });

  it('are unknown when any term is', () => {
    assert.equal(holds('value < 6', {}), null);
    assert.equal(holds('p95(1h) > 1.5 * median(p95, 7d)', { p95: 310 }), null);
    assert.equal(holds('p95(1h) > 1.5 * median(p95, 7d)', { medianP95: 310 }), null);
    assert.equal(holds('value < 6', { value: Number.NaN }), null);
  });

  const rejected = [
    '',
    'value',
    'value <',
    '< 6',
    'value < six',
    'value = 6',
    'value < 6 and value > 2',
    'value < 6; x',
    'sli < 1',
    'sli() < 1',
    'sli(1y) < 1',
    'sli(0h) < 1',
  ];
  rejected.push(
    'sli(1h < 1',
    'median(p50, 7d) > 1',
    'value < 6 *',
    'value < 1e3',
    'value < 0x10',
    'value < .5',
    'VALUE < 6',
    'process.exit(1)',
    'value.x < 1',
    '__proto__ < 1',
    'constructor(1h) < 1',
  );
  for (const text of rejected) {
    it(`do not take ${JSON.stringify(text)}`, () => {
      const parsed = parseWhen(text);
      assert.equal(parsed.ok, false);
      assert.ok(!parsed.ok && parsed.message !== '' && parsed.at >= 0);
    });
  }

  it('are at most 200 characters long', () => {
    const longest = `value < 6${' '.repeat(MAX_WHEN_LENGTH - 9)}`;
    assert.equal(parseWhen(longest).ok, true);
    assert.equal(parseWhen(`${longest} `).ok, false);
  });

  it('never throw, whatever the text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 220 }), (text) => typeof parseWhen(text).ok === 'boolean'));
    const words = fc.array(
      fc.constantFrom('value', 'sli', '(', ')', '1h', '<', '>=', '6', '*', 'median', 'p95', ',', '-3.5'),
      { maxLength: 12 },
    );
    fc.assert(fc.property(words, (parts) => typeof parseWhen(parts.join(' ')).ok === 'boolean'));
  });
});
