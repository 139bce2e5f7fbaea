/** Every evaluation vector. `SLO_VECTORS` names another file of the same form. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { difference } from './vectors/adapter';
import { ADAPTERS } from './vectors/all';

interface Vector {
  readonly id: string;
  readonly group: string;
  readonly case: string;
  readonly title: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly tolerance: number;
}

interface VectorFile {
  readonly count?: number;
  readonly shapes?: Readonly<Record<string, unknown>>;
  readonly vectors: readonly Vector[];
}

const own = join(__dirname, '../../fixtures/slo/vectors.json');
const file = process.env.SLO_VECTORS ? resolve(process.env.SLO_VECTORS) : own;
const { vectors, shapes, count } = JSON.parse(readFileSync(file, 'utf8')) as VectorFile;

describe(`evaluation vectors of ${file}`, () => {
  it('are there, as many as the file says', () => {
    assert.ok(Array.isArray(vectors) && vectors.length > 0, `${file} holds no vectors`);
    assert.equal(vectors.length, count ?? vectors.length);
  });

  it('are all of cases that are known here', () => {
    const cases = new Set([...vectors.map((vector) => `${vector.group}/${vector.case}`), ...Object.keys(shapes ?? {})]);
    assert.deepEqual(
      [...cases].filter((name) => !(name in ADAPTERS)),
      [],
    );
  });

  for (const vector of vectors) {
    const name = `${vector.group}/${vector.case}`;
    it(`${vector.id}: ${vector.title}`, () => {
      const run = ADAPTERS[name];
      assert.ok(run, `${vector.id}: the case ${name} is not known here`);
      const actual = run(name === 'openslo/main' ? { ...vector.given, expect: vector.expect } : vector.given);
      const found = difference(actual, vector.expect, vector.tolerance);
      assert.equal(found, null, `${vector.id}: ${found}`);
    });
  }
});
