/** Every evaluation vector. `SLO_VECTORS` names another file of the same form. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Adapters, difference } from './vectors/adapter';
import { alertAdapters } from './vectors/alertAdapters';
import { budgetAdapters } from './vectors/budgetAdapters';
import { definitionAdapters } from './vectors/definitionAdapters';
import { sourceAdapters } from './vectors/sourceAdapters';
import { stateAdapters } from './vectors/stateAdapters';

interface Vector {
  readonly id: string;
  readonly group: string;
  readonly case: string;
  readonly title: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly tolerance: number;
}

const ADAPTERS: Adapters = {
  ...budgetAdapters,
  ...stateAdapters,
  ...alertAdapters,
  ...definitionAdapters,
  ...sourceAdapters,
};

/** Cases without an adapter, and what they wait for. A case in neither list fails. */
const PENDING: Readonly<Record<string, string>> = {
  'alert/group': 'grouping of fires at start-up',
  'alert/flap': 'flap damping',
  'gate/branch': 'gate against a base revision',
  'gate/exit': 'gate outcomes',
  'lint/alert-gap': 'definition linter',
  'lint/budget-mismatch': 'definition linter',
  'lint/zero-tolerance-in-budget': 'definition linter',
  'lint/unreachable-burn-rate': 'definition linter',
  'lint/target-range': 'definition linter',
  'lint/budget-under-one-slice': 'definition linter',
  'ratio-timeslices/outage': 'what-if over ratio slices',
};

const file = process.env.SLO_VECTORS ?? join(__dirname, '../../fixtures/slo/vectors.json');
const { vectors, shapes } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly vectors: readonly Vector[];
  readonly shapes?: Readonly<Record<string, unknown>>;
};

describe('evaluation vectors', () => {
  it('are all either adapted or listed as pending, and none is both', () => {
    const cases = new Set([...vectors.map((vector) => `${vector.group}/${vector.case}`), ...Object.keys(shapes ?? {})]);
    assert.deepEqual(
      [...cases].filter((name) => !(name in ADAPTERS) && !(name in PENDING)),
      [],
    );
    assert.deepEqual(
      Object.keys(PENDING).filter((name) => name in ADAPTERS),
      [],
    );
  });

  for (const vector of vectors) {
    const name = `${vector.group}/${vector.case}`;
    const title = `${vector.id}: ${vector.title}`;
    const adapter = ADAPTERS[name];
    if (!adapter) {
      it(`${title} (waits for: ${PENDING[name] ?? 'an adapter'})`);
      continue;
    }
    it(title, () => {
      const actual = adapter(name === 'openslo/main' ? { ...vector.given, expect: vector.expect } : vector.given);
      const found = difference(actual, vector.expect, vector.tolerance);
      assert.equal(found, null, `${vector.id}: ${found}`);
    });
  }
});
