/** The definition files of a workspace as an editor sees them: open ones as they are typed, the others as they were read. Each text is parsed once. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DefinitionText } from '../monitor/definitionInForce';
import type { Monitor } from '../monitor/monitor';
import { type DefinitionFile, type LoadedDefinition, loadDefinition } from '../slo/definition/loadDefinition';
import type { DefinitionProblem } from '../slo/definition/model';
import { type ParsedFile, parseYamlDocuments } from '../slo/definition/yamlDocuments';
import { type NamedObject, namesIn } from '../slo/editing/definitionNames';

/** Longer documents are checked when they are saved, not while they are typed. */
export const MAX_TYPED_LENGTH = 1_000_000;

export interface DefinitionView {
  readonly files: readonly (DefinitionFile & { readonly parsed: ParsedFile })[];
  readonly names: readonly NamedObject[];
  /** Read and linted when it is asked for: a list of names needs none of it. */
  readonly loaded: LoadedDefinition;
}

interface Parsed {
  readonly text: string;
  readonly parsed: ParsedFile;
  readonly names: readonly NamedObject[];
}

export interface DefinitionDocumentPorts {
  readonly monitor: () => Monitor | null;
  readonly pathOf: (uri: string) => string | null;
  readonly open: () => readonly TextDocument[];
}

export class DefinitionDocuments {
  private readonly cache = new Map<string, Parsed>();
  private view: DefinitionView | null = null;

  constructor(private readonly ports: DefinitionDocumentPorts) {}

  /** What problems name the file of this URI by; null when it is no definition file of an open folder. */
  keyOf(uri: string): string | null {
    const monitor = this.ports.monitor();
    const absolute = this.ports.pathOf(uri);
    const located = absolute === null || !monitor ? null : monitor.workspace.locate(absolute);
    if (!monitor || !located || absolute === null) return null;
    if (!/^\.slo-lens\/(?:slo\.yaml|[^/]+\.slo\.yaml)$/.test(located.path)) return null;
    return monitor.workspace.definitionKey(located.path, absolute);
  }

  /** Can the text be read while it is typed? */
  isReadable(document: TextDocument): boolean {
    return document.getText().length <= MAX_TYPED_LENGTH;
  }

  /** All files at this moment. The same texts give the same view, which is made once. */
  current(): DefinitionView {
    const texts = this.texts();
    const known = this.view;
    if (
      known &&
      known.files.length === texts.length &&
      known.files.every((file, at) => file.file === texts[at]?.key && file.text === texts[at]?.text)
    )
      return known;
    const read = texts.map(({ key, text }) => ({ key, ...this.parse(key, text) }));
    for (const key of this.cache.keys()) if (!texts.some((one) => one.key === key)) this.cache.delete(key);
    const files = read.map(({ key, text, parsed }) => ({ file: key, text, parsed }));
    const names = read.flatMap((one) => one.names);
    let loaded: LoadedDefinition | undefined;
    this.view = {
      files,
      names,
      get loaded(): LoadedDefinition {
        loaded ??= loadDefinition(files);
        return loaded;
      },
    };
    return this.view;
  }

  problemsOf(key: string): readonly DefinitionProblem[] {
    return this.current().loaded.problems.filter(({ place }) => place.file === key);
  }

  private parse(key: string, text: string): Parsed {
    const known = this.cache.get(key);
    if (known?.text === text) return known;
    const parsed = parseYamlDocuments(key, text, known?.parsed ?? null);
    const made = { text, parsed, names: namesIn(key, parsed) };
    this.cache.set(key, made);
    return made;
  }

  private texts(): readonly Pick<DefinitionText, 'key' | 'text'>[] {
    const texts = new Map((this.ports.monitor()?.definitionTexts ?? []).map(({ key, text }) => [key, text]));
    for (const document of this.ports.open()) {
      const key = this.keyOf(document.uri);
      if (key !== null && this.isReadable(document)) texts.set(key, document.getText());
    }
    return [...texts].map(([key, text]) => ({ key, text }));
  }
}
