/**
 * A removal that names the wrong event beside one that names the right one: `off('move', run); off('touch', run);`. What was
 * added goes by the one, and the other is only surplus.
 */
import type { Engine } from '../../engine';
import { runsAlways } from '../../flow/runsAlways';
import { calledName, enclosingFunction, type FunctionNode, isWithin, ts, walk, wrapped } from '../../syntax/syntax';
import { keepsOneOfEach } from '../../words/listeners';
import { effectAround, isOnceIn } from '../lifetime/effects';
import { type Binding, type Bindings, isSameHandler, isSameObject } from './bindingPairs';

/** Is what was added taken away whenever the odd removal runs? */
export function isRemovedBeside(added: Binding, odd: Binding, { removedAs }: Bindings, engine: Engine): boolean {
  return removedAs(added).some((one) => removes(one, added, engine) && runsWith(one.call, odd.call));
}

/** Does the clean-up of the effect that adds it, once, take it away? Then it stays no longer than the component. */
export function isRemovedByCleanUp(added: Binding, { removedAs }: Bindings, engine: Engine): boolean {
  return removedAs(added).some((one) => {
    const cleanUp = removes(one, added, engine) ? enclosingFunction(one.call) : undefined;
    if (!cleanUp || !runsAlways(one.call, cleanUp)) return false;
    const effect = effectOfCleanUp(cleanUp);
    if (!effect || !isWithin(added.call, effect)) return false;
    return keepsOneOfEach(calledName(added.call)) || isOnceIn(effect, added.call, engine.program);
  });
}

/** Of one for the same event and handler. */
function removes(one: Binding, added: Binding, engine: Engine): boolean {
  return isSameHandler(added, one, engine) && isSameObject(added.receiver, one.receiver, engine);
}

/** The effect that gives back the function. */
function effectOfCleanUp(fn: FunctionNode): FunctionNode | undefined {
  const given = wrapped(fn as ts.Expression).parent;
  const effect = ts.isReturnStatement(given) ? enclosingFunction(given) : undefined;
  return effect && effectAround(effect) ? effect : undefined;
}

/** In the block of the other or in one around it, with nothing between them that may leave. */
function runsWith(call: ts.CallExpression, other: ts.CallExpression): boolean {
  const statement = call.parent;
  const block = statement.parent;
  if (!ts.isExpressionStatement(statement) || !isWithin(other, block)) return false;
  if (enclosingFunction(call) !== enclosingFunction(other)) return false;
  if (call.pos < other.pos) return true;
  let leaves = false;
  walk(block, (inner) => {
    if (inner.end <= other.pos || inner.pos >= call.pos) return false;
    if (ts.isReturnStatement(inner) || ts.isThrowStatement(inner) || ts.isBreakOrContinueStatement(inner))
      leaves = true;
    return !leaves && (inner === block || enclosingFunction(inner) === enclosingFunction(call));
  });
  return !leaves;
}
