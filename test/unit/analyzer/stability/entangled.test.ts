/** Values that go in circles: the work is bounded by the text, not by the number of ways through it. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../../src/analyzer/analyzer';

const limitMs = 5_000;
const names = Array.from({ length: 60 }, (_, index) => `v${index}`);

function timed(text: string): void {
  const started = performance.now();
  const { findings } = analyzeFile({ path: 'src/entangled.ts', text }, { severityOverrides: {} });
  const ms = performance.now() - started;
  assert.equal(findings.coverage.state, 'full');
  assert.ok(ms < limitMs, `${Math.round(ms)} ms`);
}

describe('entangled values', () => {
  it('of variables that are given each other', () => {
    const writes = names.flatMap((one) => names.map((other) => `${one} = ${other};`));
    timed(
      `let ${names.join(', ')};\n${writes.join('\n')}\n${names.map((one) => `use(${one}.on('x', f));`).join('\n')}\n`,
    );
  });
  it('of fields that are given each other', () => {
    const writes = names.flatMap((one) => names.map((other) => `    this.${one} = this.${other};`));
    timed(
      `export class Knot {\n  tie() {\n${writes.join('\n')}\n    this.v0.on('x', this.tie);\n  }\n  dispose() {}\n}\n`,
    );
  });
  it('of a variable that is given what its own methods give', () => {
    for (const method of ['find', 'channel'])
      timed(
        `let list = start();\n${names.map((name) => `list = list.${method}(${name}).${method}('x');`).join('\n')}\nlist.on('x', f);\n`,
      );
  });
});
