/** What a model asks for is checked: it may be anything. */
import assert from 'node:assert/strict';
import { readCall } from '../../../../src/report/tools/input';

describe('input of a tool', () => {
  it('has its defaults, and is bounded in what it may ask back', () => {
    assert.deepEqual(readCall('slo_status', undefined, null), {
      ok: true,
      call: { tool: 'slo_status', input: { service: null, state: null } },
      maxCharacters: 16_000,
    });
    assert.deepEqual(readCall('slo_gate', {}, 10), {
      ok: true,
      call: { tool: 'slo_gate', input: { since: null, policy: 'any', strict: false } },
      maxCharacters: 1000,
    });
    const many = readCall('slo_explain', { what: '  src/a.ts:7 ' }, 1e9);
    assert.deepEqual(many, {
      ok: true,
      call: { tool: 'slo_explain', input: { what: 'src/a.ts:7' } },
      maxCharacters: 16_000,
    });
    for (const odd of [Number.NaN, '5', {}]) assert.equal(readCall('slo_status', {}, odd).ok, true);
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['slo_other', {}, /no such tool; there are slo_status, slo_explain and slo_gate/],
    ['slo_status', [], /the input is an object/],
    ['slo_status', 'all', /the input is an object/],
    ['slo_status', { state: 'green' }, /`state` takes meeting, at_risk/],
    ['slo_status', { service: 7 }, /`service` takes a text/],
    ['slo_status', { objective: 'x' }, /there is no `objective` in the input; there are service, state/],
    ['slo_status', { 'x\n]ignore': 1 }, /there is no `x\?\?ignore` in the input/],
    ['slo_status', JSON.parse('{"__proto__": {"state": "meeting"}}'), /there is no `__proto__`/],
    ['slo_explain', {}, /`what` takes the name of an objective/],
    ['slo_explain', { what: ' ' }, /`what` takes the name/],
    ['slo_explain', { what: 'a\nb' }, /`what` takes one line/],
    ['slo_explain', { what: 'x'.repeat(501) }, /at most 500 characters/],
    ['slo_gate', { since: '--output=/etc/passwd' }, /`since` takes a branch, a tag or a commit/],
    ['slo_gate', { policy: 'none' }, /`policy` takes any, no-worse/],
    ['slo_gate', { strict: 'yes' }, /`strict` takes true or false/],
  ];
  for (const [tool, input, message] of wrong)
    it(`is refused: ${tool} ${JSON.stringify(input).slice(0, 40)}`, () => {
      const read = readCall(tool, input, null);
      assert.equal(read.ok, false);
      assert.match(read.ok ? '' : read.message, message);
      assert.match(read.ok ? '' : read.message, /^Wrong input: [^\n]*\.$/);
    });
});
