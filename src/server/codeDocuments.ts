/** What the analyzer says of code: of open documents as they are typed, of all other files as the last scan has them. */
import { basename } from 'node:path';
import type {
  CodeAction,
  CodeActionParams,
  Diagnostic,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Confidence, FileFindings } from '../analyzer/findings/findings';
import type { Monitor } from '../monitor/monitor';
import type { FileSystem } from '../monitor/ports';
import type { Root } from '../monitor/rootFiles';
import type { Settings } from '../protocol/messages';
import { codeActions } from './codeActions';
import type { DiagnosticResults } from './diagnosticResults';
import { diagnosticSource, diagnosticsOf, shownFrom } from './diagnostics';
import { pathOf } from './uris';

const languages = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact']);
/** Whatever their language is taken for. */
const component = /\.(?:vue|svelte)$/i;

export interface CodeContext {
  readonly monitor: () => Monitor | null;
  readonly settings: () => Settings | null;
  readonly join: FileSystem['join'];
  /** The open document of a URI. */
  readonly document: (uri: string) => TextDocument | undefined;
  readonly results: DiagnosticResults;
}

/** How a document is analysed where it lies. */
interface DocumentAnalysis {
  readonly analyze: (text: string, fixing?: 'now' | 'later') => FileFindings;
  readonly minConfidence: Confidence;
  readonly uriOf: (path: string) => string;
}

export class CodeDocuments {
  private saidNothingNew = '';

  constructor(private readonly context: CodeContext) {}

  isCode({ languageId, uri }: TextDocument): boolean {
    return languages.has(languageId) || component.test(uri);
  }

  /** Text of an open document, which counts instead of the file; undefined when it is closed. */
  setOverride(document: TextDocument, text: string | undefined): void {
    const monitor = this.context.monitor();
    const absolute = pathOf(document.uri);
    const located = absolute === null ? null : monitor?.workspace.locate(absolute);
    if (located) monitor?.workspace.scanOf(located.root)?.setOverride(located.path, text);
  }

  /** Diagnostics of one open document, analysed now; the fixes of its findings are left for later. */
  diagnostics(document: TextDocument): readonly Diagnostic[] {
    const analysis = this.analysisOf(document);
    if (!analysis) return [];
    const { analyze, minConfidence, uriOf } = analysis;
    return diagnosticsOf(analyze(document.getText(), 'later'), document.uri, minConfidence, uriOf);
  }

  /**
   * Diagnostics of the files that are not open.
   * @param previousIds the answers that the client has
   * @param generation a number that rises with everything that may change a diagnostic
   */
  workspace(
    previousIds: readonly { readonly uri: string; readonly value: string }[],
    generation: number,
  ): readonly WorkspaceDocumentDiagnosticReport[] {
    const { settings, document, results } = this.context;
    const monitor = this.context.monitor();
    if (!monitor) return [];
    // Clients ask every two seconds. The same question, to which there was nothing new to say, needs no second look.
    const asked = `${generation} ${JSON.stringify(previousIds)}`;
    if (asked === this.saidNothingNew) return [];
    const previous = new Map(previousIds.map(({ uri, value }) => [uri, value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const seen = new Set<string>();
    for (const root of monitor.workspace.roots) {
      const uriOf = (path: string): string => this.uriIn(root, path);
      for (const file of monitor.workspace.scanOf(root)?.findings ?? []) {
        const uri = uriOf(file.path);
        // Open documents have their own, fresher answer.
        if (document(uri) || monitor.workspace.isExcluded(root, file.path)) continue;
        const diagnostics =
          settings()?.run === 'off' ? [] : diagnosticsOf(file, uri, monitor.workspace.minConfidence(root), uriOf);
        if (diagnostics.length === 0 && !previous.has(uri)) continue;
        seen.add(uri);
        items.push({ uri, version: null, ...results.reportFor(uri, previous.get(uri), diagnostics) });
      }
    }
    // What is gone is cleared.
    for (const uri of previous.keys())
      if (!seen.has(uri) && !document(uri))
        items.push({ uri, version: null, ...results.reportFor(uri, previous.get(uri), []) });
    this.saidNothingNew = items.every(({ kind }) => kind === 'unchanged') ? asked : '';
    return items;
  }

  actions(document: TextDocument, params: CodeActionParams): CodeAction[] {
    const isOurs = params.context.diagnostics.some(({ source }) => source === diagnosticSource);
    // A cursor that moves asks each time.
    const analysis = isOurs || params.context.only ? this.analysisOf(document) : null;
    if (!analysis) return [];
    const isShown = shownFrom(analysis.minConfidence);
    const text = document.getText();
    let last = text;
    const actions = codeActions(params, {
      document,
      findings: analysis.analyze(text).findings.filter(isShown),
      isKind: (code) => this.context.monitor()?.workspace.kinds.some((kind) => kind.id === code) === true,
      isShown,
      analyze: (next) => {
        last = next;
        return analysis.analyze(next);
      },
    });
    // What was tried is not what is there.
    if (last !== text) analysis.analyze(text);
    return actions;
  }

  /** null when nothing is to be said about the document. */
  private analysisOf(document: TextDocument): DocumentAnalysis | null {
    const monitor = this.context.monitor();
    const settings = this.context.settings();
    if (!monitor || settings?.run === 'off' || !this.isCode(document)) return null;
    const absolute = pathOf(document.uri);
    const located = absolute === null ? null : monitor.workspace.locate(absolute);
    if (located && monitor.workspace.isExcluded(located.root, located.path)) return null;
    const scan = located
      ? monitor.workspace.scanOf(located.root)
      : monitor.workspace.scanOf(monitor.workspace.roots[0] ?? { name: '', uri: '', path: '' });
    const path = located?.path ?? untitledPath(document);
    if (!scan) return null;
    return {
      analyze: (text, fixing = 'now') => {
        const file = scan.analyzeOne(path, text, fixing);
        if (!located) scan.forget(path);
        return file;
      },
      minConfidence: located ? monitor.workspace.minConfidence(located.root) : (settings?.minConfidence ?? 'medium'),
      uriOf: (other) => (located ? this.uriIn(located.root, other) : document.uri),
    };
  }

  private uriIn(root: Root, path: string): string {
    return URI.file(this.context.join(root.path, ...path.split('/'))).toString();
  }
}

function untitledPath(document: TextDocument): string {
  const endings: Readonly<Record<string, string>> = {
    typescript: 'ts',
    typescriptreact: 'tsx',
    javascriptreact: 'jsx',
  };
  return `untitled-${basename(URI.parse(document.uri).path)}.${endings[document.languageId] ?? 'js'}`;
}
