/** Where a position stands: block and flow, half written and broken, and never long. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_DEFINITION_TEXT } from '../../../../src/slo/defaultDefinition';
import { cursorAt, valueAround } from '../../../../src/slo/editing/cursor';
import { marked } from './marked';

/** `key spec/objectives/1`, with the token in brackets. */
function where(text: string): string {
  const { lines, position } = marked(text);
  const cursor = cursorAt(lines, position.line, position.column);
  return cursor ? `${cursor.role} ${cursor.path.join('/')} [${cursor.token.text}]` : 'nothing';
}

const cases: readonly (readonly [string, string, string])[] = [
  ['an empty document', '‸', 'key  []'],
  ['half a key', 'kind: SLO\nsp‸', 'key  [sp]'],
  ['the key of a line', 'spec:\n  ser‸vice: a', 'key spec [service]'],
  ['a value', 'spec:\n  service: a‸b', 'value spec/service [ab]'],
  ['a value that is missing', 'spec:\n  service: ‸', 'value spec/service []'],
  ['a value right behind the colon', 'spec:\n  service:‸', 'value spec/service []'],
  ['an empty line below a key', 'spec:\n  ‸\n', 'key spec []'],
  ['an empty line between keys', 'spec:\n  a: 1\n  ‸\n  b: 2', 'key spec []'],
  ['an empty line further out', 'spec:\n  a:\n    b: 1\n  ‸', 'key spec []'],
  ['an item', 'list:\n  - a: 1\n  - ‸', 'key list/1 []'],
  ['an item at the column of its key', 'list:\n- a: 1\n- b: ‸', 'value list/1/b []'],
  ['a key of an item', 'list:\n  - a: 1\n    ‸\n  - b: 2', 'key list/0 []'],
  ['an item of an item', 'a:\n  - - x: ‸', 'value a/0/0/x []'],
  ['a flow map', 'spec: { a: 1, ‸ }', 'key spec []'],
  ['half a key of a flow map', 'spec: { a: 1, b‸ }', 'key spec [b]'],
  ['a flow map without its end', 'spec: { a: 1, b: ‸\nnext: 1', 'value spec/b []'],
  ['a flow map over lines', 'spec: {\n  a: 1,\n  b: x‸\n}', 'value spec/b [x]'],
  ['a flow list', 'spec: { a: [x, y‸] }', 'value spec/a/1 [y]'],
  ['an item of a flow list in an item', 'a:\n  - b: [{ c: ‸ }]', 'value a/0/b/0/c []'],
  ['a quoted value', 'a: "b ‸c"', 'value a ["b c"]'],
  ['a quote that is open', 'a: "b ‸', 'value a ["b]'],
  ['a key with a slash', 'annotations:\n  slo-lens/when: "‸"', 'value annotations/slo-lens/when [""]'],
  ['a document behind another', 'a: 1\n---\nb: ‸', 'value b []'],
  ['a comment', 'a: 1 # b‸', 'nothing'],
  ['a comment of its own line', 'a:\n  # b‸', 'nothing'],
  ['the mark of a document', 'a: 1\n--‸-', 'nothing'],
  ['a text of several lines', 'a: |\n  words\n  more ‸', 'nothing'],
  ['a value that goes on', 'a: words\n  more ‸', 'nothing'],
  ['a line below broken ones', 'a: [1, 2\nb: "x\nspec:\n  c: ‸', 'value spec/c []'],
];

describe('the place of a position', () => {
  for (const [title, text, expected] of cases) it(`is known in ${title}`, () => assert.equal(where(text), expected));

  it('knows the keys of the maps around it, before and after', () => {
    const { lines, position } = marked(
      'kind: SLO\nspec:\n  a: 1\n  list:\n  - x: 1\n    ‸\n    y: 2\n  - z: 3\n  b: { c: 1 }\nlast: 1\n',
    );
    const cursor = cursorAt(lines, position.line, position.column);
    assert.ok(cursor);
    assert.deepEqual(
      cursor.levels.map(({ path, keys }) => [path.join('/'), [...keys.keys()].sort()]),
      [
        ['', ['kind', 'last', 'spec']],
        ['spec', ['a', 'b', 'list']],
        ['spec/list', []],
        ['spec/list/0', ['x', 'y']],
      ],
    );
    assert.equal(valueAround(cursor, 'kind', []), 'SLO');
    assert.equal(valueAround(cursor, 'constructor', []), null);
  });

  it('finds at every value of the built-in definition the path that the parser finds', () => {
    const lines = DEFAULT_DEFINITION_TEXT.split('\n');
    let seen = 0;
    for (const [line, text] of lines.entries()) {
      const match = /^( *)(?:- )?([\w/-]+): +([^\s{["#|>][^#{]*?) *(?:#.*)?$/.exec(text);
      if (!match) continue;
      const column = text.indexOf(': ') + 2 + text.slice(text.indexOf(': ') + 2).search(/\S/);
      const cursor = cursorAt(lines, line, column);
      assert.equal(cursor?.path.at(-1), match[2], `${line + 1}: ${text}`);
      assert.equal(cursor?.token.text, match[3], text);
      seen++;
    }
    assert.ok(seen > 300, String(seen));
  });

  it('never throws and never takes long, whatever the text is', () => {
    const piece = fc.constantFrom(
      'a: ',
      '- ',
      '  ',
      '\n',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ',',
      ': ',
      '#',
      ' #',
      'b',
      '---\n',
      '|',
      '\t',
      '\\',
      '&x ',
      '*x',
      '!t ',
      '\u0000',
      '💥',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(), (pieces, seed) => {
        const text = pieces.join('');
        const lines = text.split('\n');
        const line = seed % lines.length;
        const length = lines[line]?.length ?? 0;
        const cursor = cursorAt(lines, line, length === 0 ? 0 : seed % (length + 1));
        if (cursor)
          assert.ok(cursor.token.start <= cursor.column && cursor.column <= Math.max(cursor.token.end, cursor.column));
      }),
      { numRuns: 3000 },
    );
    const started = Date.now();
    for (const text of [
      `a: ${'['.repeat(200_000)}`,
      `a: ${'{a: '.repeat(50_000)}`,
      '- '.repeat(100_000),
      `a: "${'\\"'.repeat(100_000)}`,
      'a:\n'.repeat(50_000),
      `${' '.repeat(100_000)}a: `,
    ]) {
      const lines = text.split('\n');
      cursorAt(lines, lines.length - 1, lines.at(-1)?.length ?? 0);
    }
    assert.ok(Date.now() - started < 3000, `${Date.now() - started} ms`);
  });
});
