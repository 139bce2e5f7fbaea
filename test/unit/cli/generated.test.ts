/** Documents that are generated say what the catalogue and the manifest say; `npm run docs` writes them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { kindsPage, type Manifest, readmeWith, rulePages } from '../../../scripts/generated';

const root = resolve(__dirname, '../../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

describe('generated documents', () => {
  it('has one page for each kind, as the catalogue says, and no page besides', () => {
    const pages = rulePages();
    const onDisk = readdirSync(resolve(root, 'media/rules'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `media/rules/${name.replaceAll('\\', '/')}`);
    assert.deepEqual(onDisk.sort(), [...pages.keys()].sort());
    for (const [file, text] of pages) assert.equal(read(file), text, `${file} is old: run npm run docs`);
  });

  it('lists all kinds by family', () => {
    assert.equal(kindsPage(), read('docs/kinds.md'), 'docs/kinds.md is old: run npm run docs');
    for (const file of rulePages().keys()) assert.ok(kindsPage().includes(`(../${file})`), file);
  });

  it('has the tables of settings and tools in the README', () => {
    const manifest: Manifest = JSON.parse(read('package.json'));
    assert.equal(readmeWith(read('README.md'), manifest), read('README.md'), 'the README is old: run npm run docs');
  });

  it('notices a changed default and a missing mark', () => {
    const manifest: Manifest = JSON.parse(read('package.json'));
    const [first] = manifest.contributes.configuration;
    const changed: Manifest = {
      contributes: {
        configuration: [
          { properties: { ...first?.properties, 'sloLens.new': { default: 7, markdownDescription: 'a|b' } } },
        ],
        languageModelTools: [
          {
            name: 'slo_new',
            toolReferenceName: 'sloNew',
            userDescription: 'a|b',
            inputSchema: { properties: { what: { description: 'c|d' } } },
          },
        ],
      },
    };
    assert.match(readmeWith(read('README.md'), changed), /\| `sloLens\.new` \| `7` \| a\\\|b \|/);
    assert.match(readmeWith(read('README.md'), changed), /\| `slo_new` \(`#sloNew`\) \| a\\\|b \| `what`: c\\\|d \|/);
    assert.throws(() => readmeWith('no marks', manifest), /lacks the marks/);
  });
});
