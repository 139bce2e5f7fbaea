import assert from 'node:assert/strict';
import { ageText, plain } from '../../../src/report/plainText';
import { toUriReference } from '../../../src/report/sarifExport';

describe('exports', () => {
  it('shows control characters and escapes instead of obeying them', () => {
    assert.equal(plain('a\u001b[31mred\u202e\nb'), 'a\\u001b[31mred\\u202e b');
  });
  it('writes paths as URI references, whatever the separator', () => {
    assert.equal(toUriReference('src\\a b\\ü#1.ts'), 'src/a%20b/%C3%BC%231.ts');
    assert.equal(toUriReference('C:\\x\\y.ts'), 'file:///c:/x/y.ts');
  });
  it('rounds ages down and never shows a negative one', () => {
    const now = '2025-01-02T00:00:00Z';
    assert.deepEqual(
      [
        '2025-01-01T23:59:30Z',
        '2025-01-01T22:30:00Z',
        '2025-01-01T20:00:00Z',
        '2024-12-01T00:00:00Z',
        '2025-01-03T00:00:00Z',
      ].map((at) => ageText(at, now)),
      ['just now', '90 min old', '4 h old', '32 d old', 'just now'],
    );
    assert.equal(ageText(null, now), 'no date');
  });
});
