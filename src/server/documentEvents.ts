/** What is done when documents are opened, typed in, saved and closed. */
import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeDocuments } from './codeDocuments';
import type { DefinitionDocuments } from './definitionDocuments';
import type { DefinitionFeatures } from './definitionFeatures';
import type { DiagnosticResults } from './diagnosticResults';
import type { FaultPublisher } from './faultPublisher';
import type { UpdateScope } from './workQueue';

export interface DocumentEventPorts {
  readonly code: CodeDocuments;
  readonly definitions: DefinitionDocuments;
  readonly features: DefinitionFeatures;
  readonly faults: FaultPublisher;
  readonly results: DiagnosticResults;
  readonly isTypedDefinition: (document: TextDocument) => boolean;
  /** Is code analysed when it is saved, and not before? */
  readonly isRunOnSave: () => boolean;
  /** Code was typed. */
  readonly typed: (document: TextDocument) => void;
  readonly diagnosticsChanged: () => void;
  readonly request: (scope: UpdateScope) => void;
}

/** Follows the open documents, which own the handlers. */
export function followDocuments(documents: TextDocuments<TextDocument>, ports: DocumentEventPorts): void {
  const { code, definitions, features, faults, results, isTypedDefinition, request } = ports;
  documents.onDidChangeContent(({ document }) => {
    if (!code.isCode(document) || ports.isRunOnSave()) return;
    code.setOverride(document, document.getText());
    ports.typed(document);
  });
  documents.onDidOpen(({ document }) => {
    if (isTypedDefinition(document)) features.open(document.uri);
    // What was said of the file on disk: from now on the document speaks for itself.
    if (isTypedDefinition(document)) faults.clear(document.uri);
  });
  documents.onDidSave(({ document }) => {
    if (definitions.keyOf(document.uri) !== null) request('files');
    if (code.isCode(document)) {
      if (ports.isRunOnSave()) {
        results.forget(document.uri);
        ports.diagnosticsChanged();
      }
      request('code');
    }
  });
  documents.onDidClose(({ document }) => {
    features.close(document.uri);
    code.setOverride(document, undefined);
    results.forget(document.uri);
    request(code.isCode(document) ? 'code' : 'files');
  });
}
