/** The kinds of a catalogue that a judge is for: looked for once, since there are hundreds of kinds and thousands of files. */
import { perObject } from '../once';
import type { ResourceKind } from './model';

/**
 * @param isMeant says of one kind whether it is
 * @returns for a catalogue, those that are, in its order
 */
export function kindsWith(
  isMeant: (kind: ResourceKind) => unknown,
): (kinds: readonly ResourceKind[]) => readonly ResourceKind[] {
  return perObject((kinds: readonly ResourceKind[]) => kinds.filter(isMeant));
}
