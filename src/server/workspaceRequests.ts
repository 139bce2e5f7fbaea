/** Refresh Snapshots and Analyze Workspace, as a client asks for them. */
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import type { Monitor } from '../monitor/monitor';
import type { Cancellation } from '../monitor/ports';
import {
  type AnalyzeWorkspaceParams,
  type AnalyzeWorkspaceResult,
  analyzeWorkspaceRequest,
  type RefreshParams,
  type RefreshResult,
  refreshRequest,
} from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import type { createProgress } from './progress';
import type { WorkQueue } from './workQueue';

export interface WorkspaceRequestPorts {
  readonly work: WorkQueue;
  readonly running: () => Monitor;
  readonly progressOf: ReturnType<typeof createProgress>;
  readonly cancellationOf: (token: CancellationToken) => Cancellation;
  readonly update: (cancellation: Cancellation, progress: (share: number) => void) => Promise<WorkspaceReport | null>;
  readonly offer: (report: WorkspaceReport) => void;
  /** Everything was read anew. */
  readonly refreshed: (report: WorkspaceReport) => void;
  readonly readsAgain: () => void;
}

/** Answers both requests. */
export function offerWorkspaceRequests(connection: Connection, ports: WorkspaceRequestPorts): void {
  const { work, running, progressOf, cancellationOf } = ports;
  let refreshing: Promise<unknown> = Promise.resolve();

  const refresh = async (params: RefreshParams, cancellation: Cancellation): Promise<RefreshResult> => {
    const progress = progressOf(params.workDoneToken, 'Refresh snapshots');
    try {
      const current = running();
      await work.run(() => current.walk(cancellation));
      const commands = current.runRefreshCommands(cancellation, progress.report);
      ports.offer(current.report());
      const done = await commands;
      return await work.run(async () => {
        ports.readsAgain();
        const report = await current.finishRefresh(done, cancellation, progress.report);
        ports.refreshed(report);
        return { refresh: report.refresh, report };
      });
    } finally {
      progress.done();
    }
  };
  connection.onRequest(refreshRequest, (params: RefreshParams, token): Promise<RefreshResult> => {
    // One refresh at a time. Its commands run beside the queue: views and documents are served meanwhile.
    const result = refreshing.then(() => refresh(params, cancellationOf(token)));
    refreshing = result.catch(() => undefined);
    return result;
  });
  connection.onRequest(
    analyzeWorkspaceRequest,
    (params: AnalyzeWorkspaceParams, token): Promise<AnalyzeWorkspaceResult> =>
      work.run(async () => {
        const progress = progressOf(params.workDoneToken, 'Analyze workspace');
        try {
          const report = await ports.update(cancellationOf(token), (share) => progress.report('Analysing', share));
          return { report: report ?? running().report(), cancelled: token.isCancellationRequested };
        } finally {
          progress.done();
        }
      }),
  );
}
