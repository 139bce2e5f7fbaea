/** The client takes the protocol as types only, and so repeats its names: they are the server's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as protocol from '../../src/protocol/messages';

describe('protocol', () => {
  it('every notification is sent or heard by the client under its name', () => {
    const client = readFileSync('src/client/server.ts', 'utf8');
    const names = Object.entries(protocol).filter(([key]) => key.endsWith('Notification'));
    assert.ok(names.length >= 4);
    for (const [key, name] of names) assert.ok(client.includes(`'${name}'`), key);
    const known = new Set<unknown>(Object.values(protocol));
    for (const [, name] of client.matchAll(/'(sloLens\/\w+)'/g)) assert.ok(known.has(name), `${name} is no message`);
  });
});
