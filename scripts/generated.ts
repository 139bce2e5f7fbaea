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

const families = {
  listener: 'Listeners, timers and subscriptions',
  handle: 'Handles, connections, streams and objects with an end',
  cache: 'Collections, queues and caches that grow',
} as const;

/** `docs/kinds.md`: all kinds by family, in the order of their names. */
export function kindsPage(): string {
  const parts = Object.entries(families).map(([family, title]) => {
    const kinds = allKinds.filter((kind) => kind.family === family).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const rows = kinds.map(
      ({ id, severity, documentation }) =>
        `| [\`${id}\`](../media/rules/${id}.md) | ${severity.toUpperCase()} | ${cell(documentation.what)} |`,
    );
    return `## ${title}\n\n| kind | at most | what leaks |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Kinds of leaks\n\nAll ${allKinds.length} of them; each links to its page with an example, the safe way and what counts as a release. "At most" is what one can weigh: less where its repetition is not proven or little is lost. [catalogue.md](catalogue.md) has the tests of each kind, and what is not judged and why.\n\n${parts.join('\n')}`;
}

/** The README with its tables of settings and tools as they are now. Throws when a mark is missing. */
export function readmeWith(readme: string, manifest: Manifest): string {
  const settings = manifest.contributes.configuration
    .flatMap((group) => Object.entries(group.properties))
    .map(
      ([key, setting]) =>
        `| \`${key}\` | \`${JSON.stringify(setting.default)}\` | ${cell(setting.markdownDescription)} |`,
    );
  const tools = manifest.contributes.languageModelTools.map(
    ({ name, toolReferenceName, userDescription, inputSchema }) =>
      `| \`${name}\` (\`#${toolReferenceName}\`) | ${cell(userDescription)} | ${Object.entries(inputSchema.properties)
        .map(([key, { description }]) => `\`${key}\`: ${cell(description)}`)
        .join('<br>')} |`,
  );
  const withTools = between(readme, 'tools', ['| tool | answers | input |', '|---|---|---|', ...tools]);
  return between(withTools, 'settings', ['| setting | default | what |', '|---|---|---|', ...settings]);
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
