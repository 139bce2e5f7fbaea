/** What people do with alerts, outputs and the history, each in the order of the queue. */
import type { Connection } from 'vscode-languageserver/node';
import type { Monitor } from '../monitor/monitor';
import {
  type ExportHistoryResult,
  exportHistoryRequest,
  type HandleAlertsParams,
  type HandleAlertsResult,
  handleAlertsRequest,
  type ImportHistoryParams,
  type ImportHistoryResult,
  importHistoryRequest,
  type TestOutputsResult,
  testOutputsRequest,
} from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import type { WorkQueue } from './workQueue';

export interface AlertContext {
  readonly work: WorkQueue;
  /** Throws where there is no monitor yet. */
  readonly running: () => Monitor;
  /** Hands a report to every view. */
  readonly show: (report: WorkspaceReport) => void;
  /** What is due next may be due at another time now. */
  readonly scheduleTick: () => void;
}

export function offerAlertRequests(connection: Connection, { work, running, show, scheduleTick }: AlertContext): void {
  connection.onRequest(
    handleAlertsRequest,
    ({ keys, act }: HandleAlertsParams): Promise<HandleAlertsResult> =>
      work.run(async () => {
        const report = await running().handleAlerts(keys, act);
        show(report);
        scheduleTick();
        return { report };
      }),
  );
  connection.onRequest(
    testOutputsRequest,
    (): Promise<TestOutputsResult> =>
      work.run(async () => {
        const report = running().testOutputs();
        show(report);
        return { outputs: report.outputs.length };
      }),
  );
  connection.onRequest(
    exportHistoryRequest,
    (): Promise<ExportHistoryResult> => work.run(() => running().exportHistory()),
  );
  connection.onRequest(
    importHistoryRequest,
    ({ text }: ImportHistoryParams): Promise<ImportHistoryResult> =>
      work.run(async () => {
        const done = await running().importHistory(text);
        show(running().report());
        return done;
      }),
  );
}
