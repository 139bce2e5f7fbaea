/** The teardowns of a class in which what it keeps is released. */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { ResourceKind } from '../../resources/model';
import { calledName, ts, unwrap, wrapped } from '../../syntax/syntax';
import { inserts } from '../../words/collections';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import { fatesOf } from '../values/fate';
import { localBaseOf, withBases } from './bases';
import { keepsForDisposal } from './instanceWords';
import type { Scope } from './openedIn';
import { endsOf, foreign, namesReaching } from './teardowns';

/** Teardowns in which a registration is removed. */
export function removedIn(acquisition: Acquisition, { ends, engine }: Scope): readonly string[] {
  const removals = findRemovals(acquisition, engine).filter(
    (removal) => matchesRemoval(acquisition, removal, engine) === undefined,
  );
  return namesReaching(
    removals.map(({ node }) => node),
    ends,
    engine,
  );
}

/** Teardowns in which a value that the class keeps is released, by itself or with the collection that it is put into. */
export function releasedIn(result: ts.Expression | undefined, kind: ResourceKind, scope: Scope): readonly string[] {
  const { ends, engine, owner } = scope;
  const found = new Set<string>();
  for (const fate of result ? fatesOf(result, engine.program) : []) {
    if (fate.kind === 'stored' && fate.place.root.kind === 'owner' && fate.place.path.length === 1) {
      const { key } = fate.place;
      const releases = engine.releasesOf(kind);
      const sites = [...(releases.byPlace.get(key) ?? []), ...(releases.byContainer.get(key) ?? [])];
      for (const name of namesReaching(sites, ends, engine)) found.add(name);
    } else if (fate.kind === 'collected' && fate.container?.root.kind === 'owner') {
      const [field] = fate.container.path;
      // Inherited from another file, like the teardown that empties it.
      const isForeign = field !== undefined && !owner.members.has(field) && localBaseOf(owner, engine) === undefined;
      const sites = engine.uses.reads(fate.container.key).filter((use) => !isInsertion(use));
      for (const name of isForeign ? foreign(ends) : namesReaching(sites, ends, engine)) found.add(name);
    } else if (fate.kind === 'passed' && isOwnRegister(fate.call)) {
      const name = calledName(fate.call);
      const keeping = withBases(owner, engine).find(({ members }) => members.has(name));
      for (const end of keeping ? endsOf(keeping, ends) : foreign(ends)) found.add(end);
    }
  }
  return [...found];
}

/** `this.register(…)` */
function isOwnRegister(call: ts.Node): boolean {
  if (!ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    unwrap(callee.expression).kind === ts.SyntaxKind.ThisKeyword &&
    keepsForDisposal(callee.name.text)
  );
}

function isInsertion(use: ts.Expression): boolean {
  const up = wrapped(use).parent;
  return ts.isPropertyAccessExpression(up) && inserts.has(up.name.text);
}
