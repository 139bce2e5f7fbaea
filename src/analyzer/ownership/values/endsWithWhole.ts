/** Parts of a whole that the teardown ends: a channel goes with its connection, a page with its browser. */
import type { Acquisition } from '../../acquisitions';
import type { Engine } from '../../engine';
import { enclosingFunction, type FunctionNode, isWithin, ts, unwrap, walk } from '../../syntax';
import { fatesOf } from './fate';

/** Does the teardown end what it was made by, whatever it is kept as, behind no condition but whether there is one? */
export function endsWithWhole({ kind, node, receiver }: Acquisition, teardown: FunctionNode, engine: Engine): boolean {
  if (!receiver) return false;
  const callee = unwrap(node.expression);
  const isPart =
    kind.heldBy === 'receiver' ||
    (ts.isPropertyAccessExpression(callee) && kind.parts?.includes(callee.name.text) === true);
  if (!isPart) return false;
  const reached = engine.program.callees.reachedFrom(teardown);
  const { byPlace } = engine.releasesOf(kind);
  return keysOf(receiver, engine).some((key) =>
    byPlace.get(key)?.some((site) => {
      const fn = enclosingFunction(site);
      // A handler within it may never run.
      const isReached = fn !== undefined && reached.has(fn) && (fn === teardown || !isWithin(fn, teardown));
      return isReached && isRunIn(site, fn, key, engine);
    }),
  );
}

/** The place of the value, and those that the variable for it is stored in. */
function keysOf(value: ts.Expression, { program, uses }: Engine): readonly string[] {
  const place = program.places.of(unwrap(value));
  if (!place) return [];
  const kept = uses
    .reads(place.key)
    .flatMap((use) => fatesOf(use, program).flatMap((fate) => (fate.kind === 'stored' ? [fate.place.key] : [])));
  return [place.key, ...kept];
}

/** Does the function come to the site unless there is nothing in the place? */
function isRunIn(site: ts.Node, fn: FunctionNode, key: string, engine: Engine): boolean {
  const asks = (condition: ts.Node): boolean => {
    let found = false;
    walk(condition, (inner) => {
      if (ts.isExpression(inner) && engine.program.places.of(inner)?.key === key) found = true;
      return !found;
    });
    return found;
  };
  for (let at = site; at !== fn; at = at.parent) {
    const up = at.parent;
    if (!up || ts.isCatchClause(up) || ts.isIterationStatement(up, false) || ts.isSwitchStatement(up)) return false;
    if (ts.isIfStatement(up) && at !== up.expression && !asks(up.expression)) return false;
    if (ts.isConditionalExpression(up) && at !== up.condition && !asks(up.condition)) return false;
  }
  return true;
}
