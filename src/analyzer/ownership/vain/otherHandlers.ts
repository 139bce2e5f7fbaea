/**
 * A removal that names the wrong handler of two: `off('add', onAdd); off('drop', onAdd);` beside `on('drop', onDrop)`. What was
 * added for its event is another handler, and stays, unless something else in the file ends that one.
 */
import type { Engine } from '../../engine';
import { methodCalls } from '../../program/methodCalls';
import { calledName, enclosingFunction, ts, unwrap } from '../../syntax/syntax';
import { listensOnce, removesAll } from '../../words/listeners';
import { releasesItself } from '../registrations/endingOptions';
import {
  areOtherEvents,
  type Binding,
  type Bindings,
  isSameEvent,
  isSameHandler,
  isSameObject,
  type Vain,
} from './bindingPairs';

/**
 * @param same where the handler that the removal names is added to the same object, for other events
 */
export function otherHandler(
  removal: Binding,
  same: readonly Binding[],
  bindings: Bindings,
  engine: Engine,
): Vain | undefined {
  if (same.length === 0) return undefined;
  const left = bindings.added.find(
    (one) =>
      isSameEvent(one.event, removal.event, engine) &&
      isSameObject(one.receiver, removal.receiver, engine) &&
      engine.program.places.of(one.handler) !== undefined &&
      same.some((named) => areOfOne(named, one, engine)) &&
      engine.frequency.of(one.call).level !== 'once' &&
      !isEnded(one, bindings, engine),
  );
  return left && { added: left, why: `it names \`${removal.handler.getText()}\`` };
}

/** Added by one function, or by one instance: who forgets one of them forgets it beside the other. */
function areOfOne(a: Binding, b: Binding, { program }: Engine): boolean {
  const [left, right] = [enclosingFunction(a.call), enclosingFunction(b.call)];
  if (left && left === right) return true;
  const owner = program.members.ownerAt(a.call);
  return owner !== undefined && owner === program.members.ownerAt(b.call);
}

/** Does anything in the file take it off, wherever that runs? */
function isEnded(added: Binding, { removedWith }: Bindings, engine: Engine): boolean {
  const options = added.call.arguments[2];
  const isOfOptions = options !== undefined && ts.isObjectLiteralExpression(unwrap(options));
  if (listensOnce(calledName(added.call)) || (isOfOptions && releasesItself(options, engine))) return true;
  const isOnSame = ({ receiver }: Pick<Binding, 'receiver'>): boolean => isSameObject(added.receiver, receiver, engine);
  return (
    removedWith(added).some(
      (one) => isSameHandler(added, one, engine) && isOnSame(one) && !areOtherEvents(added.event, one.event, engine),
    ) ||
    methodCalls(engine.program, (method) => removesAll.has(method)).some(({ call, receiver }) => {
      const [event] = call.arguments;
      return isOnSame({ receiver }) && (!event || isSameEvent(added.event, event, engine));
    })
  );
}
