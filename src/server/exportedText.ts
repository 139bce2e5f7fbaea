/** The report as a document of the asked format. */
import type { ResourceKind } from '../analyzer/resources/model';
import { clockface } from '../page/words';
import type { ExportParams, ExportResult } from '../protocol/messages';
import { htmlDocument } from '../report/htmlExport';
import { codeMarkdown, sloMarkdown } from '../report/markdownExport';
import { jsonText } from '../report/plainText';
import type { WorkspaceReport } from '../report/report';
import { ruleDescriptions, toSarif } from '../report/sarifExport';
import { sloText } from '../report/sloText';
import { noStyle } from '../report/style';
import { codeText } from '../report/textExport';

/** What a SARIF log says besides. */
export interface Exporter {
  readonly version: string;
  readonly kinds: readonly ResourceKind[];
  readonly rootUri: string;
}

export function exportedText(report: WorkspaceReport, format: ExportParams['format'], by: Exporter): ExportResult {
  switch (format) {
    case 'json':
      return { text: jsonText(report), languageId: 'json' };
    case 'sarif': {
      const { version, kinds, rootUri } = by;
      const log = toSarif(report.code, { version, rules: ruleDescriptions(kinds), rootUri });
      return { text: jsonText(log), languageId: 'json' };
    }
    case 'markdown':
      return { text: `${sloMarkdown(report)}\n${codeMarkdown(report.code)}`, languageId: 'markdown' };
    case 'html':
      return { text: htmlDocument(report, clockface()), languageId: 'html' };
    case 'text':
      return {
        text: `${sloText(report, noStyle)}\n${codeText(report.code, { style: noStyle, showLow: true, lineOf: () => undefined })}`,
        languageId: 'plaintext',
      };
  }
}
