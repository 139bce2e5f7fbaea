import assert from 'node:assert/strict';
import { builtInDefinition } from '../../../src/slo/builtInDefinition';
import { DEFAULT_DEFINITION_FILE, DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';

describe('the built-in definition', () => {
  it('fits the schema, which its use does not check again', () => {
    const checked = loadDefinition([{ file: DEFAULT_DEFINITION_FILE, text: DEFAULT_DEFINITION_TEXT }]);
    assert.deepEqual(
      checked.problems.filter(({ level }) => level === 'error'),
      [],
    );
    assert.deepEqual(builtInDefinition(), checked.definition);
  });
});
