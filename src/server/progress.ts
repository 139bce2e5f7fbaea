/** Progress of a long request, for clients that asked for it with a token; cancellable there. */
import {
  type Connection,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';

export interface Progress {
  /** @param share done so far, 0–1 */
  readonly report: (message: string, share: number) => void;
  readonly done: () => void;
}

export type ProgressOf = (token: string | number | undefined, title: string) => Progress;

/** @param sent takes what is on its way: a client that does not take it is its own affair */
export function createProgress(connection: Connection, sent: (sending: Promise<unknown>) => void): ProgressOf {
  return (token, title) => {
    if (token === undefined) return { report: () => undefined, done: () => undefined };
    const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void =>
      sent(connection.sendProgress(WorkDoneProgress.type, token, value));
    send({ kind: 'begin', title, percentage: 0, cancellable: true });
    return {
      report: (message, share) => send({ kind: 'report', message, percentage: Math.round(share * 100) }),
      done: () => send({ kind: 'end' }),
    };
  };
}
