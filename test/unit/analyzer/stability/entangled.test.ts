/** Values that go in circles: the work is bounded by the text, not by the number of ways through it. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../../src/analyzer/analyzer';

const limitMs = 5_000;
const names = Array.from({ length: 60 }, (_, index) => `v${index}`);

function timed(text: string): void {
  const started = process.cpuUsage();
  const { findings } = analyzeFile({ path: 'src/entangled.ts', text }, { severityOverrides: {} });
  // Of the processor: beside other work the clock goes on.
  const ms = process.cpuUsage(started).user / 1000;
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
  it('of methods and functions that give what the others give', () => {
    const among = (call: (name: string) => string): string =>
      names.map((name, index) => `if (kind === ${index}) return ${call(name)};`).join('\n');
    timed(
      `export class Grammar {\n${names.map((name) => `  ${name}(kind) {\n${among((other) => `this.${other}(kind)`)}\n  }`).join('\n')}\n}\n`,
    );
    timed(names.map((name) => `export function ${name}(kind) {\n${among((other) => `${other}(kind)`)}\n}`).join('\n'));
    timed(
      names
        .map(
          (name) =>
            `export const ${name} = (kind) => {\n${names.map((other) => `const r${other} = ${other}(kind);\nif (kind) return r${other};`).join('\n')}\n};`,
        )
        .join('\n'),
    );
  });
  it('of functions that open something and are given each other', () => {
    const fewer = names.slice(0, 40);
    timed(
      `import fs from 'node:fs';\n${names
        .map(
          (name) =>
            `export function ${name}(done) {\nconst w = fs.watch('x');\nw.on('change', done);\n${fewer.map((other) => `${other}(() => ${name}(done));`).join('\n')}\nreturn () => { w.close(); ${fewer.map((other) => `${other}(done);`).join(' ')} };\n}`,
        )
        .join('\n')}\n`,
    );
  });
});
