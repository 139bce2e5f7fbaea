import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

const client = `import https from 'node:https';
import axios from 'axios';
export function clientOf(pfx: Buffer) {
  return axios.create({ baseURL: '/x', httpsAgent: new https.Agent({ pfx, keepAlive: true }) });
}
`;
const use = (end: string): string => `import { clientOf } from './client';
export async function submit(pfx: Buffer, text: string) {
  const client = clientOf(pfx);
  try {
    return (await client.post('/submit', text)).data;
  } finally {
    ${end}
  }
}
`;
const found = (files: Readonly<Record<string, string>>): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings.map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

describe('an agent within a client that a function gives', () => {
  it('is asked of who is given the client', () =>
    assert.deepEqual(found({ 'src/client.ts': client, 'src/submit.ts': use('console.log(text);') }), [
      'src/submit.ts:3 handle/http-agent',
    ]));
  it('is asked of a function of the same file', () =>
    assert.deepEqual(
      found({
        'src/client.ts': `${client}export async function load(pfx: Buffer) {\n  const one = clientOf(pfx);\n  return (await one.get('/')).data;\n}\n`,
      }),
      ['src/client.ts:7 handle/http-agent'],
    ));
  it('is ended by way of the client', () =>
    assert.deepEqual(
      found({ 'src/client.ts': client, 'src/submit.ts': use('client.defaults.httpsAgent.destroy();') }),
      [],
    ));
  it('is one for all where the client is', () =>
    assert.deepEqual(
      found({
        'src/client.ts': client,
        'src/submit.ts': "import { clientOf } from './client';\nexport const client = clientOf(Buffer.from('x'));\n",
      }),
      [],
    ));
});
