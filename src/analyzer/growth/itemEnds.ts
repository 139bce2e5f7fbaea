/** Where does an item end that is put in: when it tells so, in what is named after that, or behind the wait for its work? */
import type { Engine } from '../engine';
import { withoutLoops } from '../ownership/lifetime/frequency/occasions';
import { enclosingFunction, isWithin, ts, walk } from '../syntax/syntax';
import type { Insertion } from './changes';
import { functionName } from './holders';
import { isEndEvent, namesEndOfItem } from './words';

/** Does the node run when the item is over that the insertion puts in? */
export function isAtEndOfItem(node: ts.Node, insertion: Insertion, engine: Engine): boolean {
  if (isInEndEvent(node, engine)) return true;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (namesEndOfItem(functionName(fn))) return true;
    const { calls } = engine.program.callees.usesOf(fn);
    if (calls.some((call) => isBehindWait(call, insertion) || isInEndEvent(call, engine))) return true;
  }
  return false;
}

/** `socket.on('close', …)` */
function isInEndEvent(node: ts.Node, engine: Engine): boolean {
  const occasion = withoutLoops(engine.frequency.of(node).occasion);
  return occasion.kind === 'event' && isEndEvent(occasion.name);
}

/** `table.set(job.id, job); await job.run(); this.finish(job.id);` */
function isBehindWait(call: ts.Node, { node }: Insertion): boolean {
  const fn = enclosingFunction(node);
  if (!fn || !isWithin(call, fn) || enclosingFunction(call) !== fn) return false;
  let waits = false;
  walk(fn, (inner) => {
    if (ts.isAwaitExpression(inner) && inner.pos > node.end && inner.end < call.pos && enclosingFunction(inner) === fn)
      waits = true;
    return !waits;
  });
  return waits;
}
