/** Everything the engine knows about one file's names, members, places, calls and origins, built once per analysis. */

import { type Once, onceOf } from '../once';
import type { ts } from '../syntax/syntax';
import { bindScopes } from './binding';
import { type Callees, createCallees } from './callees';
import { collectMembers, type Members } from './members';
import { createOrigins, type Origins } from './origins';
import { createPlaces, type Places } from './places';
import type { FileScopes } from './scopes';

export interface FileProgram {
  readonly path: string;
  readonly text: string;
  readonly sourceFile: ts.SourceFile;
  readonly scopes: FileScopes;
  readonly members: Members;
  readonly places: Places;
  readonly origins: Origins;
  readonly callees: Callees;
  readonly once: Once<FileProgram>;
}

/** Binds a parsed file. Linear in its size, apart from the lazily computed call graph. */
export function buildProgram(path: string, text: string, sourceFile: ts.SourceFile): FileProgram {
  const scopes = bindScopes(sourceFile);
  const members = collectMembers(sourceFile, scopes);
  const places = createPlaces(scopes, members);
  const origins = createOrigins(scopes, places);
  const callees = createCallees(sourceFile, scopes, members);
  const program: FileProgram = {
    path,
    text,
    sourceFile,
    scopes,
    members,
    places,
    origins,
    callees,
    once: onceOf(() => program),
  };
  return program;
}
