/** The examples of the documentation load as they stand, and nothing is wrong with them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';
import openslo from '../../../src/slo/definition/openslo.schema.json';
import { SOURCE_TYPES } from '../../../src/slo/definition/readQuery';

const text = readFileSync(join(__dirname, '../../../docs/sources.md'), 'utf8');

describe('the documentation of data sources', () => {
  it('has examples that load without a word of the linter', () => {
    const examples = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml]) => yaml ?? '');
    assert.ok(examples.length >= 3);
    const { problems, draft } = loadDefinition([{ file: 'docs/sources.md', text: examples.join('---\n') }]);
    // There is no SLO in them.
    assert.deepEqual(
      problems.filter(({ code }) => code !== 'slo/no-objective'),
      [],
    );
    assert.deepEqual(
      draft.sources.map(({ name }) => name),
      ['crew', 'fleet'],
    );
  });

  it('names every type of source, and every detail of agents', () => {
    for (const type of SOURCE_TYPES) assert.ok(text.includes(`| \`${type}\` |`), type);
    const { properties } = openslo.definitions.AgentStatusFilesDetails;
    for (const key of Object.keys(properties).filter((one) => !['name', 'phase', 'mission'].includes(one)))
      assert.match(text, new RegExp(`\\b${key}\\b`), key);
  });
});
