/** What is generated from the catalogue and the manifest: rule pages, and tables of the README between their marks. */
import { transformSync } from 'esbuild';
import { allKinds } from '../src/analyzer/resources/catalogue';
import { rulePage } from '../src/report/rulePage';

interface Setting {
  readonly markdownDescription: string;
  readonly default: unknown;
}

interface LanguageModelTool {
  readonly name: string;
  readonly toolReferenceName: string;
  readonly userDescription: string;
  readonly inputSchema: { readonly properties: Readonly<Record<string, { readonly description: string }>> };
}

export interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    readonly languageModelTools: readonly LanguageModelTool[];
  };
}

/** Rule pages: path in the repository → text. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map(allKinds.map((kind) => [`media/rules/${kind.id}.md`, rulePage(kind)]));
}

/** The README with its tables of kinds, settings and tools as they are now. Throws when a mark is missing. */
export function readmeWith(readme: string, manifest: Manifest): string {
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
  const tools = manifest.contributes.languageModelTools.map(
    ({ name, toolReferenceName, userDescription, inputSchema }) =>
      `| \`${name}\` (\`#${toolReferenceName}\`) | ${cell(userDescription)} | ${Object.entries(inputSchema.properties)
        .map(([key, { description }]) => `\`${key}\`: ${cell(description)}`)
        .join('<br>')} |`,
  );
  const withTools = between(readme, 'tools', ['| tool | answers | input |', '|---|---|---|', ...tools]);
  const withSettings = between(withTools, 'settings', ['| setting | default | what |', '|---|---|---|', ...settings]);
  return between(withSettings, 'kinds', ['| kind | at most | what leaks |', '|---|---|---|', ...kinds]);
}

/** The panel's stylesheet as a module, without what only its readers need: an exported page carries it along. */
export function stylesheetModule(css: string): string {
  const { code } = transformSync(css, { loader: 'css', minify: true, target: 'es2022' });
  return `/** Generated from \`media/dashboard.css\` by \`npm run docs\`. */\nexport const STYLESHEET = ${JSON.stringify(code)};\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function between(text: string, name: string, rows: readonly string[]): string {
  const marks = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marks.test(text)) throw new Error(`the README lacks the marks of ${name}`);
  return text.replace(marks, (_, start: string, end: string) => `${start}${rows.join('\n')}\n${end}`);
}
