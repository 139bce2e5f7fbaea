/** A teardown that adds the handler once more instead of removing it. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { enclosingFunction, isWithin, ts, wrapped } from '../../syntax/syntax';
import { isWholeTeardown } from '../../words/teardowns';

/** Is the first a repetition of the second in what should undo it: the same handler, event and receiver in a teardown or clean-up? */
export function addsAgain(again: Acquisition, first: Acquisition, engine: Engine): boolean {
  if (again === first || again.kind !== first.kind || first.form.form !== 'registration') return false;
  if (again.event !== first.event || again.event === undefined || !again.receiver || !first.receiver) return false;
  const { handler } = first.form.identity;
  const [a, b] = [again.node.arguments?.[handler], first.node.arguments?.[handler]];
  if (!a || !b || !engine.program.places.same(a, b) || !engine.program.places.same(again.receiver, first.receiver))
    return false;
  return isInTeardown(again.node, first.node, engine);
}

function isInTeardown(node: ts.Node, first: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  if (!fn || isWithin(first, fn)) return false;
  const owner = engine.program.members.ownerAt(node);
  for (const member of owner?.members.values() ?? [])
    if (member.functions.includes(fn)) return isWholeTeardown(member.name);
  // The clean-up that an effect returns.
  const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
  return up !== undefined && ts.isReturnStatement(up) && isWithin(first, up.parent);
}
