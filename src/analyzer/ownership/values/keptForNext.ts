/** `if (!this.context) this.context = new Context()` with a `stop`: what is made once is kept for the next start. */
import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import { enclosingFunction, isFunctionNode, isNullish, isWithin, ts, unwrap } from '../../syntax/syntax';
import { areOpposite } from '../../words/opposites';
import { mayNotBeLast } from '../../words/teardowns';
import type { Assessment } from '../assess';
import { isFilling } from '../lifetime/frequency/guards';

/** Is it made only where there is none yet, by an owner whose teardown may be followed by another start? */
export function isKeptForNext(
  node: ts.Node,
  place: Place | undefined,
  teardown: Assessment['teardown'],
  engine: Engine,
): boolean {
  if (!place || !teardown || !mayNotBeLast(teardown.name)) return false;
  if (engine.uses.writes(place.key).some((write) => isWithin(write, teardown.node))) return false;
  for (let at = node; at.parent && !isFunctionNode(at.parent); at = at.parent) {
    const up = at.parent;
    if (isFilling(up) && engine.program.places.of(up.left)?.key === place.key) return true;
    if (ts.isIfStatement(up) && up.thenStatement === at && asksWhetherEmpty(up.expression, place, engine)) return true;
  }
  return false;
}

/** `init()` beside `start()` and `stop()`: what neither of these makes is not theirs to end. */
export function isBegunApart(node: ts.Node, place: Place | undefined, teardown: Assessment['teardown']): boolean {
  if (place?.root.kind !== 'owner' || !teardown) return false;
  const maker = enclosingFunction(node);
  const begins = [...place.root.owner.members.values()].filter(({ name }) => areOpposite(name, teardown.name));
  return begins.length > 0 && !begins.some(({ functions }) => functions.some((fn) => fn === maker));
}

/** `!this.context`, `this.context === undefined` */
function asksWhetherEmpty(condition: ts.Expression, place: Place, engine: Engine): boolean {
  const asked = unwrap(condition);
  const isIt = (expression: ts.Expression): boolean => engine.program.places.of(unwrap(expression))?.key === place.key;
  if (ts.isPrefixUnaryExpression(asked))
    return asked.operator === ts.SyntaxKind.ExclamationToken && isIt(asked.operand);
  return (
    ts.isBinaryExpression(asked) &&
    /^===?$/.test(asked.operatorToken.getText()) &&
    isNullish(asked.right) &&
    isIt(asked.left)
  );
}
