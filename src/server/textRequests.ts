/** Requests for texts: what a kind means, exports of the report, a new definition, what bug reports want to know. */
import type { Connection } from 'vscode-languageserver/node';
import type { Monitor } from '../monitor/monitor';
import type { Root } from '../monitor/rootFiles';
import {
  type DebugInformationResult,
  type DefinitionTextResult,
  debugInformationRequest,
  definitionTextRequest,
  type ExplainParams,
  type ExplainResult,
  type ExportParams,
  type ExportResult,
  explainRequest,
  exportRequest,
} from '../protocol/messages';
import { rulePage } from '../report/rulePage';
import { newDefinitionText } from '../slo/newDefinition';
import { offerDrafts } from './drafts';
import { exportedText } from './exportedText';
import { pathOf } from './uris';

export interface TextContext {
  readonly monitor: () => Monitor | null;
  /** The same; throws where there is none yet. */
  readonly running: () => Monitor;
  readonly version: string;
  readonly roots: () => readonly Root[];
  /** How the server is, one fact a line. */
  readonly state: () => readonly string[];
}

export function offerTexts(connection: Connection, context: TextContext): void {
  const { monitor, running, version, roots } = context;
  const explained = (id: string | undefined): ExplainResult => {
    const kind =
      id === undefined
        ? undefined
        : running().workspace.kinds.find((one) => one.id === id || one.formerly?.includes(id));
    return kind ? { title: kind.title, markdown: rulePage(kind) } : null;
  };
  connection.onRequest(explainRequest, (params: ExplainParams): ExplainResult => {
    if ('kind' in params) return explained(params.kind);
    const absolute = pathOf(params.uri);
    const located = absolute === null ? null : monitor()?.workspace.locate(absolute);
    const file = located
      ? monitor()
          ?.workspace.scanOf(located.root)
          ?.findings.find((candidate) => candidate.path === located.path)
      : undefined;
    return explained(
      file?.findings.find(({ range }) => range.startLine <= params.line && range.endLine >= params.line)?.kind,
    );
  });
  connection.onRequest(exportRequest, (params: ExportParams): ExportResult => {
    const rootUri = roots()[0]?.uri ?? 'file:///';
    return exportedText(running().report(), params.format, { version, kinds: running().workspace.kinds, rootUri });
  });
  offerDrafts(connection, () => running().report());
  connection.onRequest(definitionTextRequest, (): DefinitionTextResult => ({ text: newDefinitionText() }));
  connection.onRequest(debugInformationRequest, (): DebugInformationResult => {
    const report = monitor()?.report();
    return {
      text: [
        `SLO Lens ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
        ...context.state(),
        report
          ? `Code: ${report.code.state}, ${report.code.files.analysed} files, ${report.code.files.lines} lines, ${report.code.durationMs ?? '–'} ms`
          : 'No report yet',
        report
          ? `Objectives: ${report.headline.text}; definition ${report.definition.source}, ${report.definition.state}`
          : '',
      ].join('\n'),
    };
  });
}
