/** What is generated from the catalogue and the manifest: rule pages, and tables of the README between their marks. */
import { allKinds } from '../src/analyzer/resources/catalogue';
import { rulePage } from '../src/report/rulePage';

interface Setting {
  readonly markdownDescription: string;
  readonly default: unknown;
}

export interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

/** Rule pages: path in the repository → text. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map(allKinds.map((kind) => [`media/rules/${kind.id}.md`, rulePage(kind)]));
}

/** The README with its tables of kinds and settings as they are now. Throws when a mark is missing. */
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
  const withSettings = between(readme, 'settings', ['| setting | default | what |', '|---|---|---|', ...settings]);
  return between(withSettings, 'kinds', ['| kind | severity | what leaks |', '|---|---|---|', ...kinds]);
}

/** The panel's stylesheet as a module: an exported page carries it along. */
export function stylesheetModule(css: string): string {
  return `/** Generated from \`media/dashboard.css\` by \`npm run docs\`. */\nexport const STYLESHEET = ${JSON.stringify(css)};\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function between(text: string, name: string, rows: readonly string[]): string {
  const marks = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marks.test(text)) throw new Error(`the README lacks the marks of ${name}`);
  return text.replace(marks, (_, start: string, end: string) => `${start}${rows.join('\n')}\n${end}`);
}
