/** What a client asks of documents: their diagnostics, those of the workspace, and actions at a place. */
import type { CodeAction, Connection, Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeDocuments } from './codeDocuments';
import type { DefinitionFeatures } from './definitionFeatures';
import type { DiagnosticResults } from './diagnosticResults';

export interface DocumentRequestPorts {
  readonly document: (uri: string) => TextDocument | undefined;
  readonly isTypedDefinition: (document: TextDocument) => boolean;
  readonly diagnosticsOf: (document: TextDocument) => readonly Diagnostic[];
  /** Answering a large file may have taken as long as the pause in typing. */
  readonly answered: () => void;
  readonly code: CodeDocuments;
  readonly features: DefinitionFeatures;
  readonly results: DiagnosticResults;
  /** Rises with everything that may change a diagnostic. */
  readonly generation: () => number;
  /** Settles when the work in hand is done. */
  readonly settled: () => Promise<unknown>;
  /** A failing handler gives its fallback and a line in the log. */
  readonly safe: <T>(what: string, fallback: T, handler: () => T) => T;
}

/** Answers the requests. */
export function offerDocumentRequests(connection: Connection, ports: DocumentRequestPorts): void {
  const { code, features, results, isTypedDefinition, safe } = ports;
  connection.languages.diagnostics.on(
    (params): DocumentDiagnosticReport =>
      safe('textDocument/diagnostic', { kind: 'full', items: [] } as DocumentDiagnosticReport, () => {
        const document = ports.document(params.textDocument.uri);
        const diagnostics = document ? ports.diagnosticsOf(document) : [];
        ports.answered();
        return results.reportFor(params.textDocument.uri, params.previousResultId, diagnostics);
      }),
  );
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    await ports.settled();
    return {
      items: token.isCancellationRequested ? [] : [...code.workspace(previousResultIds, ports.generation())],
    };
  });
  connection.onCodeAction((params): CodeAction[] =>
    safe('textDocument/codeAction', [], () => {
      const document = ports.document(params.textDocument.uri);
      if (!document) return [];
      return isTypedDefinition(document) ? features.actions(document, params) : code.actions(document, params);
    }),
  );
}
