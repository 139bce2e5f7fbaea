/** The schema that the editor completes kinds by is made from the types of the catalogue: it must be the one of today, and accept the catalogue. */
import assert from 'node:assert/strict';
import Ajv from 'ajv';
import schema from '../../media/schemas/config.schema.json';
import { kindDefinitions } from '../../scripts/kindSchema';
import { builtIn } from '../../src/analyzer/resources/catalogue';

describe('schema of kinds', () => {
  const ajv = new Ajv({ allErrors: true });
  ajv.addFormat('time-zone', true);
  ajv.addSchema(schema, 'config');
  const says = (definition: string, value: unknown): string => {
    const validate = ajv.getSchema(`config#/definitions/${definition}`);
    assert.ok(validate);
    return validate(value) ? '' : ajv.errorsText(validate.errors);
  };
  it('is made from the types (npm run docs)', () => {
    assert.deepEqual(schema.definitions, JSON.parse(JSON.stringify(kindDefinitions())));
  }).timeout(60_000);
  it('accepts every kind and type of the built-in catalogue', () => {
    for (const { family, patterns: _, ...kind } of builtIn.kinds)
      if (kind.acquire.length > 0) assert.equal(says('ResourceKind', kind), '', `${family} ${kind.id}`);
    for (const type of builtIn.types) assert.equal(says('TypeEntry', type), '', type.id);
  });
});
