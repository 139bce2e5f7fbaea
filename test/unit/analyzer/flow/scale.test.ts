import assert from 'node:assert/strict';
import { analyzeFile } from '../../../../src/analyzer/analyzer';

function analyze(text: string): ReturnType<typeof analyzeFile>['findings'] {
  return analyzeFile({ path: 'src/sample.js', text }, { severityOverrides: {} }).findings;
}

const open = "const fs = require('fs');\n";

describe('local handles in hostile code', () => {
  it('judges functions that hand one callback on to each other', () => {
    const names = Array.from({ length: 16 }, (_, index) => `f${index}`);
    const functions = names.map(
      (name) => `function ${name}(done) { ${names.map((other) => `if (done.x) ${other}(done);`).join(' ')} }`,
    );
    const { coverage, findings } = analyze(
      `${open}${functions.join('\n')}\nf0((path) => { const fd = fs.openSync(path); fs.fstatSync(fd); });`,
    );
    assert.equal(coverage.state, 'full');
    assert.ok(findings.length <= 1);
  }).timeout(3000);

  it('gives up on a function of too many paths, without a word', () => {
    const tests = Array.from({ length: 40 }, (_, index) => `if (a${index}) b(); if (a${index}) c();`).join('\n');
    const { coverage, findings } = analyze(
      `${open}exports.f = function (path) { const fd = fs.openSync(path);\n${tests}\nif (a0) fs.closeSync(fd); };`,
    );
    assert.equal(coverage.state, 'full');
    assert.deepEqual(
      findings.filter(({ confidence }) => confidence !== 'low'),
      [],
    );
  }).timeout(3000);

  it('judges a function of ten thousand statements', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `console.log(${index});`).join('\n');
    const { coverage, findings } = analyze(
      `${open}exports.f = function (path) { const fd = fs.openSync(path);\n${lines}\nreturn fs.fstatSync(fd); };`,
    );
    assert.equal(coverage.state, 'full');
    assert.equal(findings.length, 1);
  }).timeout(5000);

  it('asks thousands of guards of one table in little time', () => {
    const lines = Array.from(
      { length: 1500 },
      (_, index) =>
        `on('e${index}', ({ a${index} }) => { if (t[a${index}]) return; t[a${index}] = 1; new WebSocket(a${index}).onopen = go; });`,
    );
    assert.equal(analyze(`const t = {};\n${lines.join('\n')}`).coverage.state, 'full');
  }).timeout(5000);

  it('judges what still parses of a broken file', () => {
    const { coverage, findings } = analyze(
      `${open}exports.f = function (path) { const fd = fs.openSync(path); fs.fstatSync(fd); };\nfunction g( {`,
    );
    assert.equal(coverage.state, 'partial');
    assert.equal(findings.length, 1);
  });

  it('survives handles in every odd position', () => {
    for (const code of [
      'fs.openSync(',
      'const { [fs.openSync(p)]: x = fs.openSync(q) } = y;',
      'function f(fd = fs.openSync(p)) { return fd; }',
      'class A { [fs.openSync(p)] = fs.openSync(q); static { fs.openSync(r); } }',
      'label: { const fd = fs.openSync(p); break label; }',
      'fs.open(p, "r", ({ message }, { fd }) => fd);',
      'fs.open(p, "r", (...all) => all);',
      'fs.open(p, "r", undefined);',
      'const x = fs.openSync(p) + `x`; delete fs.openSync(p).x; fs.openSync(p)++;',
      'for (const fd = fs.openSync(p);;) { continue nowhere; }',
      'async function* g() { yield* fs.openSync(p); await using h = fs.openSync(q); }',
    ])
      assert.doesNotMatch(JSON.stringify(analyze(`${open}exports.f = () => { ${code} }`).coverage), /failed/, code);
  });
});
