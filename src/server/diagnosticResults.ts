/** The last answer to each pull, so that a client which has it is told "unchanged". */
import type {
  Diagnostic,
  FullDocumentDiagnosticReport,
  UnchangedDocumentDiagnosticReport,
} from 'vscode-languageserver/node';

export class DiagnosticResults {
  private readonly results = new Map<string, { readonly id: string; readonly text: string }>();
  private count = 0;

  /** @param previous the id of the answer that the client has */
  reportFor(
    uri: string,
    previous: string | undefined,
    items: readonly Diagnostic[],
  ): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
    const text = JSON.stringify(items);
    const known = this.results.get(uri);
    if (known && known.text === text && known.id === previous) return { kind: 'unchanged', resultId: known.id };
    const id = known && known.text === text ? known.id : String(++this.count);
    this.results.set(uri, { id, text });
    return { kind: 'full', resultId: id, items: [...items] };
  }

  /** The next answer is told in full. */
  forget(uri: string): void {
    this.results.delete(uri);
  }
}
