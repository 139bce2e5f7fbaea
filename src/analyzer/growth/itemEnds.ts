/** Where does an item end that is put in: when it tells so, in what is named after that, or behind the wait for its work? */
import type { Engine } from '../engine';
import { withoutLoops } from '../ownership/lifetime/frequency/occasions';
import { listenMethods } from '../ownership/words/listeners';
import { enclosingFunction, type FunctionNode, isWithin, ts, unwrap, walk, wrapped } from '../syntax';
import type { Insertion } from './changes';
import { functionName } from './holders';
import { isEndEvent, isEndSignal, namesEndOfItem } from './words';

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
export function isInEndEvent(node: ts.Node, engine: Engine): boolean {
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

/** In a handler of the end of what the function around it has made or was given: `panel.onDidDispose(…)`, `child.on('exit', …)`. */
export function isInHandlerOfEnd(site: ts.Node, fn: FunctionNode, engine: Engine): boolean {
  for (let at = enclosingFunction(site); at && at !== fn; at = enclosingFunction(at)) {
    const call = wrapped(at as ts.Expression).parent;
    if (ts.isCallExpression(call) && tellsEndOfLocal(call, fn, engine)) return true;
  }
  return false;
}

/** Is the call one that takes a handler of the end of a variable or parameter of the function? */
export function tellsEndOfLocal(call: ts.CallExpression, fn: FunctionNode, { program }: Engine): boolean {
  const callee = unwrap(call.expression);
  const [event] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !event) return false;
  const { text } = callee.name;
  if (!isEndSignal(text) && !(listenMethods.has(text) && ts.isStringLiteralLike(event) && isEndEvent(event.text)))
    return false;
  let of = unwrap(callee.expression);
  while (ts.isPropertyAccessExpression(of)) of = unwrap(of.expression);
  return ts.isIdentifier(of) && program.scopes.resolve(of)?.scope.func === fn;
}
