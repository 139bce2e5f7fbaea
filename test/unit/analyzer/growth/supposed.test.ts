/** Others are asked only where their answer may bring a finding. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../../src/analyzer/analyzer';

/** What is asked of other files about who calls again and again. */
function asked(text: string): readonly string[] {
  const { lookups } = analyzeFile({ path: 'src/seen.js', text }, { severityOverrides: {} }, () => undefined);
  return lookups.map(({ name }) => name).filter((name) => name.startsWith('served'));
}

describe('growth that other files may bring', () => {
  it('is asked about where nothing bounds the table', () => {
    const text = 'const seen = new Map();\nexport function note(id) {\n  seen.set(id, Date.now());\n}\n';
    assert.deepEqual(asked(text), ['served note@0']);
  });
  it('is not asked about where the table has a limit, whoever fills it', () => {
    const text = `const seen = new Map();
export function note(id) {
  seen.set(id, Date.now());
  if (seen.size > 100) seen.delete(seen.keys().next().value);
}
`;
    assert.deepEqual(asked(text), []);
  });
  it('is not asked about where nobody else can call', () => {
    const text = 'const seen = new Map();\nfunction note(id) {\n  seen.set(id, Date.now());\n}\nnote(1);\n';
    assert.deepEqual(asked(text), []);
  });
});
