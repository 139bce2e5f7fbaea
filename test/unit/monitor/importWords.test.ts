import { deepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { importedModules, linksIn } from '../../../src/monitor/code/importWords';

describe('monitor/importWords', () => {
  it('takes the words of the statement itself, not those of code before it', () => {
    deepEqual(importedModules("export const limit = 1\nimport { read } from './read'"), [
      { module: './read', names: ['read'] },
    ]);
  });

  it('takes the statement whole where a name in its braces is such a word', () => {
    deepEqual(importedModules("export { read as import } from './read'"), [{ module: './read', names: ['read'] }]);
    deepEqual(importedModules("export { import as read } from './read'"), [{ module: './read', names: ['import'] }]);
  });

  it('tells types from values', () => {
    deepEqual(importedModules("import Main, { A as B, type C } from 'm'\nimport type { D } from 'n'"), [
      { module: 'm', names: ['default', 'A'] },
      { module: 'm', names: ['C'], isType: true },
      { module: 'n', names: ['D'], isType: true },
    ]);
  });

  it('takes a module whole that is required or imported under one name', () => {
    const { modules } = linksIn("const a = require('a')\nimport * as b from 'b'\nexport * from \"c\"");
    deepEqual([...modules], ['a', 'b', 'c']);
  });

  it('tells what a text passes on, under which name', () => {
    const text = "import { z } from 'z'\nexport * from './all'\nexport { A, type B as C, default as D } from './some'";
    deepEqual(linksIn(`${text}\nexport * as own from './own'`).reexports, [
      { name: '*', from: '*', module: './all' },
      { name: 'A', from: 'A', module: './some' },
      { name: 'C', from: 'B', module: './some' },
      { name: 'D', from: 'default', module: './some' },
    ]);
  });

  it('takes the same time for each letter, whatever the text', () => {
    for (const text of ['import ', 'import {', 'import {}', 'export { ', 'from "', "from 'a' "]) {
      const before = process.cpuUsage().user;
      const long = `${text.repeat(Math.ceil(500_000 / text.length))} from 'x'`;
      importedModules(long);
      linksIn(long);
      const took = (process.cpuUsage().user - before) / 1000;
      ok(took < 4000, `${text}: ${took} ms`);
    }
  });
});
