/** What every judge of one file shares: the bound program, the recognised types, frequencies, uses and releases. */

import { createTypes, type Types } from './acquiring/types';
import type { Imports } from './facts/imports';
import { type Once, onceOf } from './once';
import type { Frequencies } from './ownership/lifetime/frequency/frequency';
import { createFrequency } from './ownership/lifetime/frequency/judge';
import { findReleases, type Releases } from './ownership/values/releases';
import { createSpellings, type Spellings } from './ownership/values/spellings';
import { createPlaceUses, type PlaceUses } from './ownership/values/uses';
import type { FileProgram } from './program/program';
import type { Catalogue } from './resources/catalogue';
import type { ResourceKind } from './resources/model';
import type { TextLook } from './resources/textLook';

export interface Engine {
  readonly program: FileProgram;
  /** Which words of the catalogue the file has. */
  readonly look: TextLook;
  readonly types: Types;
  readonly imports: Imports;
  readonly frequency: Frequencies;
  readonly uses: PlaceUses;
  readonly releasesOf: (kind: ResourceKind) => Releases;
  readonly once: Once<Engine>;
}

/** Everything is computed on demand and kept for the life of one analysis. */
export function createEngine(
  program: FileProgram,
  { types: typeEntries, lookAt }: Pick<Catalogue, 'types' | 'lookAt'>,
  imports: Imports,
): Engine {
  const types = createTypes(program, typeEntries, imports);
  const releases = new Map<string, Releases>();
  let spellings: Spellings | undefined;
  const engine: Engine = {
    program,
    look: lookAt(program.text),
    types,
    imports,
    frequency: createFrequency(program, imports.isOnce),
    uses: createPlaceUses(program),
    releasesOf: (kind) => {
      let found = releases.get(kind.id);
      if (!found) {
        spellings ??= createSpellings(program);
        found = findReleases(program, spellings, types, kind);
        releases.set(kind.id, found);
      }
      return found;
    },
    once: onceOf(() => engine),
  };
  return engine;
}
