/** Accuracy does not fall unnoticed: pairs of a leak and its fix, and traps (`npm run accuracy:pairs`). */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');
/** Below what was measured when they were written; a rise is no reason to change them, a fall is one to look. */
const floors = { development: { found: 264, silent: 580 }, 'held-out': { found: 73, silent: 202 } } as const;

describe('pairs of a leak and its fix', function () {
  this.timeout(120_000);
  it('are told apart as often as before', () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [resolve(root, 'test/accuracy/pairs.mjs')], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    for (const [part, { found, silent }] of Object.entries(floors)) {
      const [, hits, quiet] = new RegExp(`^\\|${part}\\|all\\|(\\d+) of [^|]*\\|(\\d+) of`, 'm').exec(stdout) ?? [];
      assert.ok(Number(hits) >= found, `${part}: ${hits} reported, at least ${found} expected\n${stdout}`);
      assert.ok(Number(quiet) >= silent, `${part}: silent in ${quiet}, at least ${silent} expected\n${stdout}`);
    }
  });
});
