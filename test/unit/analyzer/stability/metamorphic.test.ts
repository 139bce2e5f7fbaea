/** A program written differently is the same program: no variant of any sample changes its verdict. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../../../src/analyzer/syntax/syntax';
import { declared, findingsOf } from '../expectLeaks';
import { variants } from './variants';

// Declared by all test files, also where only this one was asked for.
const folder = join(__dirname, '..');
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
  if (name.endsWith('.test.ts') && !name.startsWith('stability')) require(join(folder, name));

describe('variants of the samples', () => {
  const verdict = (code: string, path: string): readonly string[] =>
    findingsOf(code, path)
      .map(({ kind, severity, mechanism }) => `${kind} ${severity} ${mechanism}`)
      .sort();
  for (const { name, of } of variants)
    it(`keep their verdict: ${name}`, () => {
      const changed: string[] = [];
      let tried = 0;
      for (const { title, name: sample, code, path = 'src/sample.ts' } of declared) {
        if (parse(path, code).syntaxErrors.length > 0) continue;
        const other = of(path, code);
        if (other === undefined || parse(path, other).syntaxErrors.length > 0) continue;
        tried++;
        const expected = verdict(code, path);
        const actual = verdict(other, path);
        if (expected.join() !== actual.join())
          changed.push(`${title}: ${sample}: [${expected.join('; ')}] became [${actual.join('; ')}]\n${other}\n`);
      }
      assert.ok(tried > 0, 'no sample has such a variant');
      assert.equal(changed.length, 0, `${changed.length} of ${tried}:\n${changed.join('\n')}`);
      // A thousand samples, twice.
    }).timeout(60_000);
});
