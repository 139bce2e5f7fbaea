/** Faults in status files, definitions and configuration as diagnostics at their place; said again only where they changed. */
import type { Diagnostic } from 'vscode-languageserver/node';
import type { WorkspaceReport } from '../report/report';
import { faultsByUri } from './diagnostics';

export class FaultPublisher {
  private readonly published = new Map<string, string>();

  /** @param send diagnostics of a file; none where there are none any more */
  constructor(private readonly send: (uri: string, diagnostics: Diagnostic[]) => void) {}

  /** @param isSilent files that speak for themselves: an open definition says itself what is wrong with it, as it is typed */
  publish({ problems }: WorkspaceReport, isSilent: (uri: string) => boolean): void {
    const byUri = new Map([...faultsByUri(problems)].filter(([uri]) => !isSilent(uri)));
    for (const uri of this.published.keys()) if (!byUri.has(uri)) this.clear(uri);
    for (const [uri, diagnostics] of byUri) {
      const text = JSON.stringify(diagnostics);
      if (this.published.get(uri) === text) continue;
      this.published.set(uri, text);
      this.send(uri, [...diagnostics]);
    }
  }

  /** Takes back what was said of a file. */
  clear(uri: string): void {
    if (this.published.delete(uri)) this.send(uri, []);
  }
}
