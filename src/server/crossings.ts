/** Answers which commit crossed the limit of an objective. Runs beside the queue: views and documents are served meanwhile. */
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { findFirstCrossing, searchable } from '../monitor/firstCrossing';
import type { Monitor } from '../monitor/monitor';
import type { Cancellation, FileSystem, GitRevisions } from '../monitor/ports';
import type { Root } from '../monitor/rootFiles';
import { clockface } from '../page/words';
import { type FirstCrossingParams, type FirstCrossingResult, firstCrossingRequest } from '../protocol/messages';
import { type CrossingReport, crossingMarkdown } from '../report/crossing';
import type { ProgressOf } from './progress';

export interface CrossingContext {
  readonly monitor: () => Monitor;
  readonly isTrusted: () => boolean;
  readonly revisions: GitRevisions;
  /** A monitor of one folder, as a file system has it, or as it lies on disk. */
  readonly monitorOf: (root: Root, fs?: FileSystem) => Monitor;
  readonly cancellationOf: (token: CancellationToken) => Cancellation;
  readonly progressOf: ProgressOf;
}

export function offerFirstCrossing(connection: Connection, context: CrossingContext): void {
  let last: Promise<unknown> = Promise.resolve();
  connection.onRequest(firstCrossingRequest, (params: FirstCrossingParams, token): Promise<FirstCrossingResult> => {
    // One at a time: each holds the analyses of a workspace.
    const result = last.then(() => search(params, context.cancellationOf(token), context));
    last = result.catch(() => undefined);
    return result;
  });
}

async function search(
  { objective: name, workDoneToken }: FirstCrossingParams,
  cancellation: Cancellation,
  context: CrossingContext,
): Promise<FirstCrossingResult> {
  const refused = (text: string): FirstCrossingResult => ({ ok: false, text });
  if (!context.isTrusted()) return refused('Git is asked only in trusted workspaces.');
  const whole = context.monitor();
  const definition = whole.definitionInForce;
  const objective = searchable(definition).find((one) => one.name === name);
  if (!objective) return refused(`\`${name}\` does not count findings alone: no commit tells how it stood.`);
  if (!whole.wasScanned) return refused('The code was not scanned yet.');
  const progress = context.progressOf(workDoneToken, 'First commit that crossed a limit');
  try {
    let report: CrossingReport | null = null;
    for (const root of whole.workspace.roots) {
      // Of several folders each has a history of its own.
      const now = whole.workspace.roots.length === 1 ? whole : context.monitorOf(root);
      if (now !== whole) await now.scan(cancellation);
      // What was not scanned to its end says nothing.
      if (cancellation.isCancelled()) return refused('It was stopped.');
      let steps = 0;
      report = await findFirstCrossing({
        objective,
        definition,
        now,
        root: root.path,
        revisions: context.revisions,
        monitorOver: (fs) => context.monitorOf(root, fs),
        cancellation,
        progress: (text) => progress.report(text, 1 - 0.9 ** ++steps),
      });
      if (report.outcome.kind !== 'not-violated') break;
    }
    if (!report) return refused('There is no folder.');
    if (report.outcome.kind === 'failed') return refused(`No commit can be named: ${report.outcome.message}.`);
    return { ok: true, text: `# ${title}\n\n${crossingMarkdown(report, clockface())}` };
  } finally {
    progress.done();
  }
}

const title = 'First commit that crossed a limit';
