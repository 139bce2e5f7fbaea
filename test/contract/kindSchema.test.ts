/** The form of a kind is written twice, as a type and as the schema that the editor completes by: they must agree. */
import assert from 'node:assert/strict';
import Ajv from 'ajv';
import schema from '../../media/schemas/config.schema.json';
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
  it('accepts every kind and type of the built-in catalogue', () => {
    for (const { family, ...kind } of builtIn.kinds)
      if (kind.acquire.length > 0) assert.equal(says('kind', kind), '', `${family} ${kind.id}`);
    for (const type of builtIn.types) assert.equal(says('type', type), '', type.id);
  });
});
