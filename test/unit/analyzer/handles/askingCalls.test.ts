import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

const head = `import Database from 'better-sqlite3';
import { isLarge, parseOptions, shouldLog } from './options';
`;

samples(
  'handles in front of a call that only asks',
  [
    {
      name: 'a call that does something',
      code: `${head}export function open(path: string, given: string) {
  const db = new Database(path); // leak handle/sqlite-database
  const options = parseOptions(given);
  if (options.log) db.pragma('journal_mode = WAL');
  return db;
}`,
    },
    {
      name: 'a question whose answer is waited for',
      code: `${head}export async function open(path: string) {
  const db = new Database(path); // leak handle/sqlite-database
  if (await isLarge(path)) db.pragma('journal_mode = WAL');
  return db;
}`,
    },
    {
      name: 'a question of this file that refuses',
      code: `${head}function isKnown(path: string) {
  if (!path.endsWith('.db')) throw new Error(path);
  return path.startsWith('/');
}
export function open(path: string) {
  const db = new Database(path); // leak handle/sqlite-database
  if (isKnown(path)) db.pragma('journal_mode = WAL');
  return db;
}`,
    },
    {
      name: 'an early way out by what it answers',
      code: `${head}export function open(path: string) {
  const db = new Database(path); // leak handle/sqlite-database
  if (!shouldLog(path)) return undefined;
  db.pragma('journal_mode = WAL');
  return db;
}`,
    },
  ],
  [
    {
      name: 'a question to another file',
      code: `${head}export function open(path: string, log?: boolean) {
  const db = new Database(path);
  if (shouldLog(path, log)) db.pragma('journal_mode = WAL');
  return db;
}`,
    },
  ],
);

describe('handles in front of a question to another file', () => {
  const asking = (rules: string): readonly string[] =>
    findingsOfFiles({
      'src/store.ts': `import Database from 'better-sqlite3';
import { isOpen } from './rules';
export function open(path: string) {
  const db = new Database(path);
  if (isOpen(path)) db.pragma('journal_mode = WAL');
  return db;
}`,
      'src/rules.ts': rules,
    }).flatMap(({ findings }) => findings.map(({ severity, confidence }) => `${severity} ${confidence}`));

  it('that is seen to refuse', () => {
    assert.deepEqual(
      asking(`export function isOpen(path: string) {
  if (!path.startsWith('/')) throw new TypeError(path);
  return path.endsWith('.db');
}`),
      ['medium medium'],
    );
  });
  it('that reads a file, which may not be there', () => {
    assert.deepEqual(
      asking(`import fs from 'node:fs';
export const isOpen = (path: string) => JSON.parse(fs.readFileSync(path + '.json', 'utf8')).open;`),
      ['medium medium'],
    );
  });
  it('that refuses through a helper, and under another name in its file', () => {
    assert.deepEqual(
      asking(`function demand(path: string) { if (path === '') throw new Error('empty'); }
function looksOpen(path: string) { demand(path); return path.endsWith('.db'); }
export { looksOpen as isOpen };`),
      ['medium medium'],
    );
  });
  it('that only looks, or catches what is thrown in it', () => {
    for (const rules of [
      "export function isOpen(path: string) { return path.endsWith('.db'); }",
      "import fs from 'node:fs';\nexport function isOpen(path: string) { try { return fs.readFileSync(path).length > 0; } catch { return false; } }",
    ])
      assert.deepEqual(
        asking(rules).filter((one) => !one.endsWith('low')),
        [],
      );
  });
});
