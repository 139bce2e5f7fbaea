/** What functions of other files do with the resource that they are given. */

import { isNamedIn } from '../acquiring/apiNames';
import type { Engine } from '../engine';
import { readUse } from '../facts/parameters';
import type { Name } from '../program/origins';
import type { ResourceKind } from '../resources/model';
import { lookingGlobals } from '../words/calmCalls';
import { releaseMethodsOf, transferMethodsOf } from './endingMethods';
import type { Effect } from './useFacts';

/** What a function of another file does with an argument; undefined where that is not known. */
export function importedOutcome(
  name: Name | undefined,
  index: number,
  kind: ResourceKind,
  { imports, types }: Engine,
): Effect | 'reads' | undefined {
  const uses = imports.factOf(name)?.parameters?.[index];
  if (!uses) return undefined;
  const releasing = releaseMethodsOf(kind);
  const transferring = transferMethodsOf(kind);
  let outcome: Effect | 'reads' = 'reads';
  for (const use of uses.map(readUse)) {
    if (use.kind === 'method') {
      if (releasing.has(use.method)) return 'released';
      if (transferring.has(use.method)) outcome = 'handed-over';
      continue;
    }
    const { callee, position } = use;
    const releases = kind.release.some(
      (form) => form.form === 'call' && form.argument === position && types.matches(callee, form.callee),
    );
    if (releases) return 'released';
    const isLook = callee.module === undefined && isNamedIn(lookingGlobals, callee.name);
    const reads = isLook || (kind.readers !== undefined && types.matches(callee, kind.readers));
    if (!reads) outcome = 'handed-over';
  }
  return outcome;
}
