/** The layers: each folder imports only what stands above it, and only one file each knows vscode's and the parser's API. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { filesIn, src } from '../support/sourceFiles';

const allowed: Readonly<Record<string, readonly string[]>> = {
  analyzer: ['analyzer'],
  sources: ['sources'],
  slo: ['slo', 'sources'],
  report: ['report', 'page', 'analyzer', 'slo', 'sources'],
  monitor: ['monitor', 'report', 'analyzer', 'slo', 'sources'],
  cli: ['cli', 'monitor', 'page', 'report', 'analyzer', 'slo', 'sources'],
  protocol: ['protocol', 'report', 'analyzer'],
  page: ['page', 'protocol', 'report', 'analyzer'],
  server: ['server', 'protocol', 'monitor', 'page', 'report', 'analyzer', 'slo', 'sources'],
  client: ['client', 'protocol', 'page', 'report', 'analyzer'],
  dashboard: ['dashboard', 'protocol', 'page', 'report', 'analyzer'],
};
/** The lower rooms of the analyzer: none knows the judges, nor any that asks of other files. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  syntax: ['findings'],
  words: ['syntax'],
  files: ['syntax', 'findings'],
  markup: ['syntax', 'words'],
  program: ['syntax', 'words', 'once'],
  resources: ['findings', 'once'],
};
/** These take the other layers as types only, but for the page: no analyzer in the extension host. */
const typesOnly = new Set(['client', 'dashboard', 'protocol', 'page']);

describe('import rules', () => {
  for (const [layer, mayUse] of Object.entries(allowed))
    it(`${layer} imports only ${mayUse.join(', ')}`, () => {
      const own = filesIn(join(src, layer));
      assert.ok(own.length > 0, layer);
      for (const file of own)
        for (const match of readFileSync(file, 'utf8').matchAll(/^(import|export)( type)?[^'"]*?from '(\.[^']+)'/gm)) {
          const target = relative(src, resolve(file, '..', match[3] ?? '')).split(/[\\/]/)[0] ?? '';
          if (target === '..') continue;
          assert.ok(mayUse.includes(target), `${relative(src, file)} imports ${match[3]}`);
          if (typesOnly.has(layer) && target !== layer && target !== 'page')
            assert.equal(match[2], ' type', `${relative(src, file)} must take ${match[3]} as types only`);
        }
    });

  for (const [room, mayUse] of Object.entries(rooms))
    it(`${room} of the analyzer imports only ${mayUse.join(', ')}`, () => {
      const own = filesIn(join(src, 'analyzer', room));
      assert.ok(own.length > 0, room);
      for (const file of own)
        for (const [, spec = ''] of readFileSync(file, 'utf8').matchAll(
          /^(?:import|export)[^'"]*?from '(\.[^']+)'/gm,
        )) {
          const [target = ''] = relative(join(src, 'analyzer'), resolve(file, '..', spec)).split(/[\\/]/);
          assert.ok(target === room || mayUse.includes(target), `${relative(src, file)} imports ${spec}`);
        }
    });

  it('only the client knows vscode, only compiler.ts knows the parser', () => {
    for (const file of filesIn(src)) {
      const text = readFileSync(file, 'utf8');
      const name = relative(src, file).replaceAll('\\', '/');
      if (/from 'vscode'/.test(text)) assert.ok(name.startsWith('client/') || name === 'extension.ts', name);
      if (/from '(?:@ts-morph\/common|ts-morph|typescript)'/.test(text))
        assert.equal(name, 'analyzer/syntax/compiler.ts');
    }
  });

  it('one file shows notifications, and the pure layers do no IO', () => {
    for (const file of filesIn(join(src, 'client')))
      if (!file.endsWith('notify.ts'))
        assert.doesNotMatch(readFileSync(file, 'utf8'), /show(?:Error|Warning|Information)Message/, file);
    for (const layer of ['analyzer', 'sources', 'slo', 'report', 'protocol', 'page'])
      for (const file of filesIn(join(src, layer)))
        assert.doesNotMatch(
          readFileSync(file, 'utf8'),
          /^(?:import|export|\}) .*from 'node:(?:fs|child_process|net|http)/m,
          file,
        );
  });
});
