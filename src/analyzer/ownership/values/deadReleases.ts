/** Local resources whose every release stands in a clean-up that nobody takes. */
import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import { isWithin, type ts } from '../../syntax/syntax';
import { deadAround } from '../vain/deadRemovals';
import type { Releases } from './releases';

/** Is the variable looked at in functions that never run, and released there only? */
export function isReleasedInVain(place: Place, acquired: ts.Node, releases: Releases, engine: Engine): boolean {
  const { root, path, key } = place;
  if (root.kind !== 'declaration' || path.length > 0 || root.declaration.scope.func === undefined) return false;
  const sites = releases.byPlace.get(key) ?? [];
  const dead = sites.flatMap((site) => deadAround(site, acquired, engine) ?? []);
  return (
    sites.length > 0 &&
    dead.length === sites.length &&
    engine.uses.reads(key).every((read) => dead.some((fn) => isWithin(read, fn)))
  );
}
