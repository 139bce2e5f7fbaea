import assert from 'node:assert/strict';
import { findingsOf } from './expectLeaks';

describe('what two acquisitions come to', () => {
  const checked = (second: string): readonly string[] =>
    findingsOf(`import { Pool } from 'pg';
const pool = new Pool();
export async function check(again: boolean, report: (error: Error) => void) {
  let client;
  if (!again) client = await pool.connect();
  else client = await pool.connect();
  client.on('error', (error) => report(error));
  ${second}
  client.release();
}`)
      .filter(({ kind }) => kind === 'listener/emitter-on-pooled-client')
      .map(({ range, message }) => `${range.startLine + 1} ${message.split(' stays')[0] ?? ''}`);

  it('is told once where it is the same', () => assert.deepEqual(checked(''), ['7 The listener for `error`']));
  it('is told of each place', () =>
    assert.deepEqual(checked("client.on('notice', (notice) => report(notice));"), [
      '7 The listener for `error`',
      '8 The listener for `notice`',
    ]));
});
