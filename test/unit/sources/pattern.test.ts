/** Patterns: as the language's own regular expressions have them, and in bounded time whatever the text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compilePattern } from '../../../src/sources/pattern';

function test(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  assert.ok(compiled.ok, `${pattern}: ${compiled.ok ? '' : compiled.message}`);
  return compiled.test(text);
}

describe('patterns', () => {
  const atoms = fc.constantFrom(
    'a',
    'b',
    'B',
    '_',
    ' ',
    '.',
    '\\w',
    '\\D',
    '\\s',
    '[ab]',
    '[^a]',
    '[a-c_]',
    '\\b',
    '^',
    '$',
    '\\.',
  );
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { depthSize: 'small' },
      atoms,
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'))
        .map(([a, t]) => `(${a})${t}`),
    ),
  }));

  it('match what the language’s own would', () => {
    fc.assert(
      fc.property(pattern, fc.boolean(), fc.stringMatching(/^[abB_. 1\n]{0,8}$/), (body, ignoresCase, text) => {
        if (body.length > 150) return;
        assert.equal(
          test(`${ignoresCase ? '(?i)' : ''}${body}`, text),
          new RegExp(body, ignoresCase ? 'i' : '').test(text),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('of the seed: off by any word of a list, whatever its case', () => {
    const off = '(?i)^(offline|stopped|dead|error)\\b';
    assert.deepEqual(
      ['OFFLINE', 'Stopped - for the night', 'errors', 'active, was offline', ''].map((text) => test(off, text)),
      [true, true, false, false, false],
    );
  });

  it('that would stop a matcher which backtracks take no time', () => {
    const started = performance.now();
    for (const hostile of ['(a+)+$', '^(a|a)*$', '(a|aa)+$', '(.*a){20}', '([a-z]+)*1', '(?i)(x+x+)+y'])
      assert.equal(test(hostile, `${'a'.repeat(1_999)}!`), hostile === '(.*a){20}', hostile);
    assert.ok(performance.now() - started < 3_000);
    // Of a long text only the beginning is looked at, and the cut is no end.
    assert.deepEqual([test('^a+$', 'a'.repeat(5_000)), test('^a+', 'a'.repeat(5_000))], [false, true]);
  });

  it('that cannot be matched so are refused, with the place', () => {
    const faults: readonly (readonly [string, RegExp, number])[] = [
      ['', /empty/, 0],
      ['(?i)', /empty/, 0],
      ['a(b', /not closed/, 1],
      ['a)b', /closes nothing/, 1],
      ['[ab', /not closed/, 0],
      ['*a', /nothing to repeat/, 0],
      ['a**', /nothing to repeat/, 2],
      ['(a)\\1', /\\1 is not known/, 3],
      ['a(?=b)', /only `\(\?:` is known/, 1],
      ['(?<!a)b', /only `\(\?:` is known/, 0],
      ['[z-a]', /out of order/, 2],
      ['a{3,1}', /out of order/, 1],
      ['a{2000}', /more than 1000/, 1],
      ['((a{1000}){1000}){1000}', /too much/, 0],
      ['((((){1000}){1000}){1000})', /too much/, 0],
      ['a\\', /nothing follows/, 1],
      ['x'.repeat(201), /longer than 200/, 200],
      ['('.repeat(100), /too deep/, 51],
    ];
    for (const [text, message, at] of faults) {
      const compiled = compilePattern(text);
      assert.ok(!compiled.ok, text);
      assert.match(compiled.message, message);
      assert.equal(compiled.at, at, text);
    }
  });
});
