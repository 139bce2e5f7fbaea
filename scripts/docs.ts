/** `npm run docs`: writes what is generated and takes away pages of kinds that are no more. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Manifest, readmeWith, rulePages } from './generated';

const pages = rulePages();
for (const [file, text] of pages) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
for (const name of readdirSync('media/rules', { recursive: true, encoding: 'utf8' })) {
  const file = join('media/rules', name);
  if (name.endsWith('.md') && !pages.has(file.replaceAll('\\', '/'))) rmSync(file);
}
const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync('README.md', readmeWith(readFileSync('README.md', 'utf8'), manifest));
console.log(`${pages.size} rule pages and the tables of the README written`);
