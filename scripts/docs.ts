/** Writes what is generated: rule pages, and the tables of settings and kinds in the README, between their marks. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { allKinds } from '../src/analyzer/resources/catalogue';
import { rulePage } from '../src/report/rulePage';

for (const kind of allKinds) {
  const file = `media/rules/${kind.id}.md`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, rulePage(kind));
}

interface Setting {
  readonly markdownDescription: string;
  readonly default: unknown;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
};
const cell = (text: string): string => text.replaceAll('|', '\\|');
const settings = manifest.contributes.configuration
  .flatMap((group) => Object.entries(group.properties))
  .map(
    ([key, setting]) =>
      `| \`${key}\` | \`${JSON.stringify(setting.default)}\` | ${cell(setting.markdownDescription)} |`,
  );
const kinds = allKinds.map(
  (kind) =>
    `| [\`${kind.id}\`](media/rules/${kind.id}.md) | ${kind.severity.toUpperCase()} | ${cell(kind.documentation.what)} |`,
);

function between(text: string, name: string, rows: readonly string[]): string {
  return text.replace(
    new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_, start: string, end: string) => `${start}${rows.join('\n')}\n${end}`,
  );
}
let readme = readFileSync('README.md', 'utf8');
readme = between(readme, 'settings', ['| setting | default | what |', '|---|---|---|', ...settings]);
readme = between(readme, 'kinds', ['| kind | severity | what leaks |', '|---|---|---|', ...kinds]);
writeFileSync('README.md', readme);
console.log(`${allKinds.length} kinds, ${settings.length} settings`);
