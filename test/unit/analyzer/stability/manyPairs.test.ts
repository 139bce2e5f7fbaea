/** Many functions that undo each other in one file: what is asked of each pair does not grow with the number of the others. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../../src/analyzer/analyzer';

/** Linear work grows fourfold from the few to the many, quadratic work sixteenfold. */
const limit = 10;
const [few, many] = [250, 1_000];

function pairs(count: number): string {
  const each = Array.from(
    { length: count },
    (_, index) => `  let server${index} = null;
  api.start${index}Room = () => {
    server${index} = createServer();
    const send = (line) => server${index}.emit('line', line);
    host.on('line${index}', send);
    server${index}.listen(${index});
  };
  api.stop${index}Room = () => {
    server${index}.close();
    server${index} = null;
  };`,
  );
  return `import { createServer } from 'node:net';\nexport default (host) => {\n  const api = {};\n${each.join('\n')}\n  return api;\n};\n`;
}

/** Processor time of the quickest of some runs: the machine may have other work. */
function cost(count: number): number {
  const path = 'src/pairs.js';
  const text = pairs(count);
  const times = Array.from({ length: 2 }, () => {
    const started = process.cpuUsage();
    const { findings } = analyzeFile({ path, text }, { severityOverrides: {} });
    const { user, system } = process.cpuUsage(started);
    assert.equal(findings.findings.length, count);
    return user + system;
  });
  return Math.min(...times);
}

describe('many pairs of functions that undo each other', () => {
  it('cost as much as they are many', () => {
    cost(few);
    const ratio = cost(many) / cost(few);
    assert.ok(ratio < limit, `${ratio.toFixed(1)} times`);
  }).timeout(60_000);
});
