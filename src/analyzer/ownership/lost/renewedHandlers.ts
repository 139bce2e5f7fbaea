/**
 * Handlers that are made anew into one place and added there: `this.onKey = () => …; window.addEventListener('keydown', this.onKey)`.
 * Whoever does so again has lost the one before, which only its own name could take off.
 */
import type { Acquisition } from '../../acquisitions';
import type { Engine } from '../../engine';
import type { Place } from '../../places';
import { enclosingFunction, isAssignment, isFunctionNode, isWithin, ts, unwrap } from '../../syntax';
import { outlives, receiverLife } from '../registrations/receiverLife';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import type { Ending } from '../values/endings';
import { statementsBefore } from './sequence';

/** The assignment of a new handler to its place, and the place; undefined where it may be the same one as before. */
export function renewedHandler(
  acquisition: Acquisition,
  engine: Engine,
): { readonly write: ts.BinaryExpression; readonly place: Place } | undefined {
  const { form, node } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !ts.isCallExpression(node)) return undefined;
  const handler = node.arguments[form.identity.handler];
  const place = handler && engine.program.places.of(handler);
  const fn = enclosingFunction(node);
  if (!place || !fn) return undefined;
  const before = statementsBefore(node, fn);
  const write = engine.uses
    .writes(place.key)
    .find(
      (one) =>
        isAssignment(one) &&
        before.some((statement) => ts.isExpressionStatement(statement) && unwrap(statement.expression) === one),
    );
  if (!write || write.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !isFunctionNode(unwrap(write.right)))
    return undefined;
  const life = receiverLife(acquisition, engine);
  return life && outlives(life) && !isWithin(node, write) ? { write, place } : undefined;
}

/** What takes the handler off, as endings of its place. */
export function removalsOf(acquisition: Acquisition, engine: Engine): readonly Ending[] {
  return findRemovals(acquisition, engine)
    .filter((one) => matchesRemoval(acquisition, one, engine) === undefined)
    .map(({ node, identity }) => ({
      site: node,
      target: node.arguments[identity.handler] ?? node.expression,
      by: 'function',
      name: '',
      family: 'listener',
      ignoresMissing: false,
    }));
}
