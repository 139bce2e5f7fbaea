/** A file read in parts is the file read as one, whatever was read before. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { type ParsedFile, parseYamlDocuments } from '../../../src/slo/definition/yamlDocuments';

/** All that is said of a file, with places. */
function said({ documents, problems }: ParsedFile): unknown {
  return {
    problems,
    documents: documents.map(({ index, value, locate, locateKey }) => [
      index,
      value,
      locate([]),
      locate(['spec', 'objectives', 0, 'target']),
      locateKey([], 'spec'),
    ]),
  };
}

describe('a file in parts', () => {
  it('has the documents that the parser finds in the whole, comments and marks included', () => {
    const texts = [
      DEFAULT_DEFINITION_TEXT,
      'a: 1',
      '',
      '# only words\n',
      '# words\n---\na: 1\n',
      '---\na: 1\n---\nb: 2\n',
      'a: 1\n--- # words\nb: |\n  ---\n  text\n---\n',
      'a: 1\n...\n---\nb: 2\n',
      '%YAML 1.2\n---\na: 1\n',
      'a: "x\n  y"\n---\nb: [1,\n  2]\n',
    ];
    for (const text of texts) {
      const whole = parseAllDocuments(text);
      const values = (Array.isArray(whole) ? whole : []).map((one) => one.toJS());
      const found = parseYamlDocuments('a', text).trees.map((tree) => tree?.document.toJS());
      assert.deepEqual(found, values, text.slice(0, 40));
    }
  });

  it('is the same whether parts of it were known or not, after any edit', () => {
    const text = DEFAULT_DEFINITION_TEXT.slice(0, 9000);
    let known = parseYamlDocuments('a', text);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(30),
        fc.constantFrom('', 'x', '\n---\n', '"', '{', ': ', '\n', '# ', '...\n', '- '),
        (from, length, piece) => {
          const edited = text.slice(0, from) + piece + text.slice(from + length);
          const after = parseYamlDocuments('a', edited, known);
          assert.deepEqual(said(after), said(parseYamlDocuments('a', edited)));
          known = after;
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says the line and column of the whole file', () => {
    const { problems, documents } = parseYamlDocuments('a', 'a: 1\n---\nb: 1\nb: 2\n---\nspec:\n  x: 1\n');
    assert.deepEqual(
      problems.map(({ place, document }) => [document, place.line, place.column]),
      [[1, 3, 0]],
    );
    assert.deepEqual(documents.at(-1)?.locateKey(['spec'], 'x').line, 6);
  });

  it('reads the other documents where one is nested too deep', () => {
    const { problems, documents } = parseYamlDocuments('a', `a: 1\n---\nb: ${'['.repeat(5000)}\n---\nc: 1\n`);
    assert.match(problems[0]?.message ?? '', /nested deeper than 150 levels/);
    assert.deepEqual([problems.length, problems[0]?.document, problems[0]?.place.line], [1, 1, 2]);
    assert.deepEqual(
      documents.map(({ index }) => index),
      [0, 2],
    );
  });
});
