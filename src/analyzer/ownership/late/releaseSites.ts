/** Where the handle of a timer is cleared, by the place that keeps it. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { isWithin, ts, unwrap, wrapped } from '../../syntax/syntax';
import { fatesOf } from '../values/fate';

/** The releases that name a place, its last member, or the collection that it is. */
export function releaseSites(place: Place, kind: ResourceKind, engine: Engine): readonly ts.Node[] {
  const releases = engine.releasesOf(kind);
  const last = place.path.at(-1);
  return [
    ...(releases.byPlace.get(place.key) ?? []),
    ...(last === undefined ? [] : (releases.byProperty.get(last) ?? [])),
    ...(releases.byContainer.get(place.key) ?? []),
  ];
}

/**
 * Is the place that it is kept in, or an alias of it, released anywhere? Handed over counts.
 * @param inVain a function in which a release comes too late: the callback of the timer itself
 */
export function isReleasedSomewhere(acquisition: Acquisition, engine: Engine, inVain?: ts.Node): boolean {
  const { result, kind } = acquisition;
  const counts = (node: ts.Node): boolean => !inVain || !isWithin(node, inVain);
  return (
    result !== undefined &&
    fatesOf(result, engine.program).some((fate) => {
      switch (fate.kind) {
        case 'dropped':
          return false;
        case 'used':
          return kind.fluent?.includes(fate.member) !== true;
        case 'stored':
          return (
            releaseSites(fate.place, kind, engine).some(counts) ||
            engine.uses
              .reads(fate.place.key)
              .some((use) => counts(use) && !ts.isPropertyAccessExpression(unwrap(use).parent))
          );
        default:
          return true;
      }
    })
  );
}

/** `stop(timer)`, where the function of this file that is called clears what it is given there. */
export function isClearedByTaker(use: ts.Expression, kind: ResourceKind, engine: Engine): boolean {
  const given = wrapped(use);
  const call = given.parent;
  if (!ts.isCallExpression(call)) return false;
  const at = call.arguments.indexOf(given);
  const takers = at < 0 ? [] : engine.program.callees.of(call);
  const clears = [...engine.releasesOf(kind).byPlace.values()].flat();
  return (
    takers.length > 0 &&
    takers.every((taker) => {
      const parameter = taker.parameters[at]?.name;
      const declaration = parameter && engine.program.scopes.declarationOf(parameter.parent);
      return (
        declaration !== undefined &&
        clears.some(
          (clear) =>
            isWithin(clear, taker) &&
            ts.isCallExpression(clear) &&
            clear.arguments.some((one) => {
              const value = unwrap(one);
              return ts.isIdentifier(value) && engine.program.scopes.resolve(value) === declaration;
            }),
        )
      );
    })
  );
}
