/** The requests of an editor about definition files, and how they are announced: for those files alone where the client can tell. */
import {
  CodeLensRequest,
  CompletionRequest,
  type Connection,
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { definitionGlob } from '../protocol/messages';
import type { DefinitionFeatures } from './definitionFeatures';

/** After these a list is shown without being asked for. */
const triggerCharacters = [' ', ':', '"', "'", '(', ',', '{'];

/** For clients that cannot be told about single files: asked about others, there is nothing to say. */
export const definitionCapabilities: ServerCapabilities = {
  completionProvider: { triggerCharacters },
  hoverProvider: true,
  documentSymbolProvider: true,
  definitionProvider: true,
  codeLensProvider: {},
};

/** Asks to be asked about definition files, and no others. */
export async function registerDefinitionFeatures(connection: Connection): Promise<void> {
  const documentSelector = [{ scheme: 'file', pattern: definitionGlob }];
  await connection.client.register(CompletionRequest.type, { documentSelector, triggerCharacters });
  await connection.client.register(HoverRequest.type, { documentSelector });
  await connection.client.register(DocumentSymbolRequest.type, { documentSelector });
  await connection.client.register(DefinitionRequest.type, { documentSelector });
  await connection.client.register(CodeLensRequest.type, { documentSelector });
}

export interface DefinitionRequestPorts {
  readonly features: DefinitionFeatures;
  /** The open definition file of a URI. */
  readonly find: (uri: string) => TextDocument | null;
  /** Runs a handler; a failing one gives its fallback and a line in the log. */
  readonly safe: <T>(what: string, fallback: T, handler: () => T) => T;
  readonly offersOutline: () => boolean;
  readonly offersLenses: () => boolean;
}

/** Answers the requests. */
export function offerDefinitionFeatures(connection: Connection, ports: DefinitionRequestPorts): void {
  const { features, find, safe } = ports;
  connection.onCompletion(({ textDocument, position }) =>
    safe('textDocument/completion', [], () => {
      const document = find(textDocument.uri);
      return document ? features.completion(document, position) : [];
    }),
  );
  connection.onHover(({ textDocument, position }) =>
    safe('textDocument/hover', null, () => {
      const document = find(textDocument.uri);
      return document ? features.hover(document, position) : null;
    }),
  );
  connection.onDocumentSymbol(({ textDocument }) =>
    safe('textDocument/documentSymbol', [], () => {
      const document = find(textDocument.uri);
      return document && ports.offersOutline() ? features.symbols(document) : [];
    }),
  );
  connection.onDefinition(({ textDocument, position }) =>
    safe('textDocument/definition', [], () => {
      const document = find(textDocument.uri);
      return document ? features.definition(document, position) : [];
    }),
  );
  connection.onCodeLens(({ textDocument }) =>
    safe('textDocument/codeLens', [], () => {
      const document = find(textDocument.uri);
      return document && ports.offersLenses() ? features.lenses(document) : [];
    }),
  );
}
