/** Casts of Flow: what stands after the first one is read too, at its own place. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyzer/analyzer';
import { parse } from '../../../src/analyzer/syntax/syntax';
import { findingsOf } from './expectLeaks';

const store = (cast: string, handler: string, pragma = '@flow'): string => `/** ${pragma} */
import https from 'https';
export function load(url: string, done: any) {
  const first = ${cast};
  const request = https.get(url, { timeout: 5000 }, (response) => done(null, response));
  request.on('error', done);
  ${handler}
}
`;
const coverageOf = (text: string): string =>
  analyzeFile({ path: 'a.js', text }, { severityOverrides: {} }).findings.coverage.state;

describe('casts of Flow', () => {
  it('are read over, with all that follows', () => {
    for (const cast of [
      '(url: any)',
      '(JSON.parse(url): { [key: string]: Array<(string) => void> })',
      '((url: any): string)',
      '[(url: any), (url: string)]',
      '(load(\n    url\n  ): any\n  )',
    ]) {
      const text = store(cast, '');
      assert.equal(coverageOf(text), 'full', cast);
      assert.equal(parse('a.js', text).sourceFile.text.length, text.length);
      assert.deepEqual(
        findingsOf(text, 'a.js').map(({ kind, range }) => `${kind} ${text.slice(range.start, range.start + 9)}`),
        ['handle/request-timeout-ignored https.get'],
        cast,
      );
      assert.deepEqual(findingsOf(store(cast, "request.on('timeout', () => request.destroy());"), 'a.js'), [], cast);
    }
  });
  it('are only casts, and only in Flow', () => {
    assert.equal(coverageOf(store('(url: any)', '', 'no pragma')), 'partial');
    assert.equal(coverageOf(store('(url: any', '')), 'partial');
    assert.equal(coverageOf(store('{ a: 1 : 2 }', '')), 'partial');
  });
});
