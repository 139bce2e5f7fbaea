/** `npm run docs`: writes what is generated and takes away pages of kinds that are no more. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withV2alpha } from '../src/slo/definition/v2alphaSchema';
import { kindsPage, type Manifest, readmeWith, rulePages, stylesheetModule } from './generated';
import { kindDefinitions, severityNames } from './kindSchema';

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
writeFileSync('docs/kinds.md', kindsPage());
writeFileSync('README.md', readmeWith(readFileSync('README.md', 'utf8'), manifest));
const schemaFile = 'media/schemas/config.schema.json';
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
schema.properties.severity.properties = severityNames();
writeFileSync(schemaFile, `${JSON.stringify({ ...schema, definitions: kindDefinitions() }, null, 2)}\n`);
writeFileSync('src/page/stylesheet.ts', stylesheetModule(readFileSync('media/dashboard.css', 'utf8')));
const sloSchemaFile = 'media/schemas/slo.schema.json';
writeFileSync(
  sloSchemaFile,
  `${JSON.stringify(withV2alpha(JSON.parse(readFileSync('src/slo/definition/openslo.schema.json', 'utf8'))), null, 2)}\n`,
);
console.log(
  `${pages.size} rule pages, the tables of the README, the schemas of kinds and definitions and the stylesheet of pages written`,
);
