/** Ways out by an exception that hardly anybody meets: told, but as hints. */
import assert from 'node:assert/strict';
import { findingsOf, hintsOf } from '../expectLeaks';

const severities = (code: string, path?: string): readonly string[] =>
  findingsOf(code, path).map(({ severity }) => severity);

/** A lock around a step that throws, or does not. */
const locked = (step: string, given = '', more = ''): string => `import { Mutex } from 'async-mutex';
import { plain, loadRow, parseRow, rowOrThrow, isWanted } from './rows';
const mutex = new Mutex();
export class Rows {
  private readonly table = 'rows';
  constructor(private readonly folder: string) {}
  async add(${given}) {
    const release = await mutex.acquire();
    const row = ${step};
    await this.write(row).catch(() => undefined);
    release();
  }
  ${more}
}`;

describe('handles in front of a call that is hardly seen to throw', () => {
  it('weigh little before a function of another file', () =>
    assert.deepEqual(severities(locked('plain(row)', 'row')), ['low']));
  it('weigh as before where its name says that it reads or checks', () => {
    for (const step of ['parseRow(row)', 'loadRow(row)', 'rowOrThrow(row)'])
      assert.deepEqual(severities(locked(step, 'row')), ['medium'], step);
  });
  it('weigh as before where throwing is how it says no', () => {
    for (const step of ['JSON.parse(row)', 'new URL(row)'])
      assert.deepEqual(severities(locked(step, 'row')), ['medium']);
  });
});

describe('handles in front of a check of the program on itself', () => {
  const named = `named(name) {
    if (!/^\\w+$/.test(name)) throw new Error('no name');
    return name.trim();
  }`;
  it('weigh as before where it comes from the caller, or may be given anew', () => {
    assert.deepEqual(severities(locked('this.named(row)', 'row', named)), ['medium']);
    assert.deepEqual(
      severities(locked('this.named(this.next)', 'row', `${named}\n  take(next) {\n    this.next = next;\n  }`)),
      ['medium'],
    );
  });
  it('weigh as before where it asks for what it has done or read, or for a place that others move', () => {
    for (const check of [
      'const { status } = run(name);\n    if (status !== 0) throw new Error(name);',
      'if (text[at] !== name) throw new Error(name);',
      'if (!process.env[name]) throw new Error(name);',
      'if (name) return known(name);\n    throw new Error(name);',
    ])
      assert.deepEqual(
        severities(locked("this.named('rows')", 'row', `named(name) {\n    ${check}\n  }`)),
        ['medium'],
        check,
      );
  });
  it('weigh as before where it asks its owner besides', () =>
    assert.deepEqual(
      severities(locked('this.named(this.table)', 'row', named.replace('throw', 'if (this.strict) throw'))),
      ['medium'],
    ));
  it('weigh as before where a constant names what is read', () =>
    assert.deepEqual(
      severities(locked("this.load('rows.json')", 'row', 'load(file) { return JSON.parse(fs.readFileSync(file)); }')),
      ['medium'],
    ));

  const guarded = (condition: string): string =>
    `title() {\n    if (${condition}) {\n      throw new Error('not ready');\n    }\n    return this.range.start;\n  }`;
  it('weigh little where a field should have been given before', () => {
    for (const condition of ['!this.range', 'this.range === undefined'])
      assert.deepEqual(severities(locked('this.title()', '', guarded(condition))), ['low'], condition);
  });
  it('weigh as before where the field may be taken away again', () =>
    assert.deepEqual(
      severities(
        locked('this.title()', '', `${guarded('!this.range')}\n  leave() {\n    this.range = undefined;\n  }`),
      ),
      ['medium'],
    ));
  it('weigh as before where the owner has come to an end', () =>
    assert.deepEqual(severities(locked('this.title()', '', guarded('this.closed'))), ['medium']));
});

describe('handles that a set-up opens for itself', () => {
  const driver = (name: string): string => `import { createConnection } from 'mysql2/promise';
export class Driver {
  async ${name}(options) {
    const connection = await createConnection(options);
    await connection.query(\`CREATE DATABASE \${options.database}\`);
    await connection.end();
  }
}`;
  it('weigh little: its owner is given up with more than that', () => {
    for (const name of ['connect', 'initialize', 'setup']) assert.deepEqual(severities(driver(name)), ['low'], name);
  });
  it('weigh as before in what is done again', () => assert.deepEqual(severities(driver('createDatabase')), ['medium']));
  it('weigh as before in a function without an owner', () =>
    assert.deepEqual(
      severities(
        driver('connect').replace('export class Driver {\n  async', 'export async function').replace(/\}$/, ''),
      ),
      ['medium'],
    ));
  it('weigh as before where others wait for them', () =>
    assert.deepEqual(severities(locked('new URL(row)', 'row').replace('async add', 'async connect')), ['medium']));
  it('weigh as before where the owner keeps them', () =>
    assert.ok(
      severities(driver('connect').replace('await connection.end();', 'this.connection = connection;')).includes(
        'medium',
      ),
    ));
});

describe('clients of a pool', () => {
  const asked = `import { Pool } from 'pg';
const pool = new Pool();
export class Users {
  async connect(name) {
    const client = await pool.connect();
    const found = await client.query('SELECT * FROM users WHERE name = $1', [name]);
    client.release();
    return found;
  }
}`;
  it('weigh as before in a set-up and a command: others wait for them', () => {
    for (const path of ['src/users.ts', 'src/cli/users.ts'])
      assert.deepEqual(severities(asked, path), ['medium'], path);
  });
});

describe('handles of a command', () => {
  const shot = `import puppeteer from 'puppeteer';
export async function shot(address) {
  const browser = await puppeteer.launch();
  const page = await browser.newPage();
  await page.goto(address);
  await browser.close();
}`;
  it('weigh little where an exception ends the process', () =>
    assert.deepEqual(severities(shot, 'src/cli/shot.ts'), ['low']));
  it('weigh as before in one that serves', () => {
    assert.deepEqual(severities(shot, 'src/cli/serve.ts'), ['medium']);
    assert.deepEqual(severities(`${shot}\nhttp.createServer(answer).listen(80);`, 'src/cli/shots.ts'), ['medium']);
  });
  it('weigh as before deeper in the folder, and elsewhere', () => {
    for (const path of ['packages/cli/src/shot.ts', 'src/client/shot.ts'])
      assert.deepEqual(severities(shot, path), ['medium'], path);
  });
});

describe('files in front of a question to the same file', () => {
  const sized = (asked: string): string => `import fs from 'node:fs';
export function send(path, other) {
  const file = fs.openSync(path, 'r');
  const { size } = fs.statSync(${asked});
  fs.closeSync(file);
  return size;
}`;
  it('weigh little: what is not there is not opened', () => assert.deepEqual(severities(sized('path')), ['low']));
  it('weigh as before in front of another', () => assert.deepEqual(severities(sized('other')), ['medium']));
});

describe('picks that wait for what does not reject', () => {
  const pick = (work: string): string => `import * as vscode from 'vscode';
export class Picker {
  async choose(folders) {
    const pick = vscode.window.createQuickPick();
    const items = await this.itemsOf(folders);
    pick.items = items;
    pick.dispose();
  }
  async itemsOf(folders) {
    const files = await vscode.workspace.findFiles('**/package.json');
    const all = await Promise.all(files.map(async (file) => ${work}));
    return all.flat();
  }
}`;
  it('are left alone', () =>
    assert.deepEqual(hintsOf(pick('{ try { return await read(file); } catch { return undefined; } }')), []));
  it('are told of where one of them may', () =>
    assert.deepEqual(severities(pick('{ return await read(file); }')), ['medium']));
});
