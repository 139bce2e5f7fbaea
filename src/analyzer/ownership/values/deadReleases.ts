/** Local resources whose every release stands in a clean-up that nobody takes. */
import type { Engine } from '../../engine';
import type { Place } from '../../places';
import type { ts } from '../../syntax';
import { deadAround } from '../vain/deadRemovals';
import type { Releases } from './releases';

/** The functions that never run, if every release of the variable stands in one; undefined where one does not. */
export function deadReleasesOf(
  { root, path, key }: Place,
  acquired: ts.Node,
  releases: Releases,
  engine: Engine,
): ReadonlySet<ts.Node> | undefined {
  if (root.kind !== 'declaration' || path.length > 0 || root.declaration.scope.func === undefined) return undefined;
  const sites = releases.byPlace.get(key) ?? [];
  const dead = sites.flatMap((site) => deadAround(site, acquired, engine) ?? []);
  return sites.length > 0 && dead.length === sites.length ? new Set(dead) : undefined;
}
