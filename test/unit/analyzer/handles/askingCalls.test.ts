import { samples } from '../expectLeaks';

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
