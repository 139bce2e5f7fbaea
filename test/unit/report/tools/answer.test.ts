/** Texts for language models: what comes from files cannot leave its marks, and nothing is longer than it may be. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answer, quoted, quotedList } from '../../../../src/report/tools/answer';

describe('text that is quoted for a language model', () => {
  it('stays between its marks, on one line, with everything seen', () => {
    assert.equal(quoted('agents'), '\u27e6agents\u27e7');
    assert.equal(quoted('a \u27e7 b \u27e6'), '\u27e6a ]] b [[\u27e7');
    assert.equal(quoted('one\ntwo\r\n\tthree'), '\u27e6one two three\u27e7');
    const hidden: readonly (readonly [string, string])[] = [
      ['\u001b[31m', '\\u{1b}[31m'],
      ['\u202e', '\\u{202e}'],
      ['\u200b', '\\u{200b}'],
      ['\ufeff', '\\u{feff}'],
      // Tags and variation selectors spell words that nobody sees.
      ['\u{e0041}', '\\u{e0041}'],
      ['\u{e0101}', '\\u{e0101}'],
      ['\ufe0f', '\\u{fe0f}'],
      ['\u2028', '\\u{2028}'],
      ['\ud800', '\\u{d800}'],
    ];
    for (const [text, shown] of hidden) assert.equal(quoted(`x${text}y`), `\u27e6x${shown}y\u27e7`);
  });

  it('is cut, and shows that it is', () => {
    assert.equal(quoted('abcdef', 3), '\u27e6abc\u2026\u27e7');
    assert.equal(quoted('\u{1f600}\u{1f600}\u{1f600}', 3), '\u27e6\u{1f600}\u{1f600}\u{1f600}\u27e7');
    assert.ok(quoted('x'.repeat(1_000_000)).length < 210);
    assert.equal(quotedList(['a', 'b', 'c'], 2), '\u27e6a\u27e7, \u27e6b\u27e7 and 1 more');
  });

  it('of any text has one pair of marks and no end of a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const shown = quoted(text);
        assert.equal(shown.split('\u27e6').length, 2);
        assert.equal(shown.split('\u27e7').length, 2);
        assert.ok(shown.startsWith('\u27e6') && shown.endsWith('\u27e7'));
        assert.ok(!/[\n\r\u2028\u2029]/.test(shown));
      }),
    );
  });
});

describe('bound of an answer', () => {
  it('keeps what comes first, and says how much is left out and what to ask for', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${'x'.repeat(40)}`);
    assert.equal(answer(lines, 100_000, 'Ask.'), lines.join('\n'));
    const cut = answer(lines, 1000, 'Ask for less.');
    assert.ok(cut.length <= 1000, String(cut.length));
    assert.ok(cut.startsWith('line 0 '));
    const [, left] =
      /\[Cut: (\d+) of 100 lines are left out, to stay within 1000 characters\. Ask for less\.\]$/.exec(cut) ?? [];
    assert.equal(Number(left), 100 - (cut.split('\n').length - 1));
  });
});
