/** Requests for texts that are made of the report: drafts of post-mortems. */
import type { Connection } from 'vscode-languageserver/node';
import { clockface } from '../page/words';
import { type PostMortemParams, type PostMortemResult, postMortemRequest } from '../protocol/messages';
import { postMortem } from '../report/postMortem';
import type { WorkspaceReport } from '../report/report';

/** @param report the report of now; throws where there is none */
export function offerDrafts(connection: Connection, report: () => WorkspaceReport): void {
  connection.onRequest(
    postMortemRequest,
    ({ incidents }: PostMortemParams): PostMortemResult => postMortem(report(), incidents, clockface()),
  );
}
