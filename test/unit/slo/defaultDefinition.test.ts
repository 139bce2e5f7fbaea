import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';

describe('the built-in definition', () => {
  it('is the seed definition, byte for byte', () => {
    const seed = readFileSync(join(__dirname, '../../fixtures/slo/seed.slo.yaml'));
    assert.ok(Buffer.from(DEFAULT_DEFINITION_TEXT, 'utf8').equals(seed));
  });

  it('loads without any error: 7 sources, 4 services, 13 objectives, 14 policies', () => {
    const { definition, problems } = loadDefinition([{ file: 'seed', text: DEFAULT_DEFINITION_TEXT }]);
    assert.deepEqual(
      problems.filter(({ level }) => level === 'error'),
      [],
    );
    assert.ok(definition);
    assert.deepEqual(
      [definition.sources.length, definition.services.length, definition.objectives.length, definition.policies.length],
      [7, 4, 13, 14],
    );
  });
});
