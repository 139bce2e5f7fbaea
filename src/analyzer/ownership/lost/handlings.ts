/** Functions that an object runs when an event of it comes: `socket.on('close', stop)`, `socket.onclose = stop`. */
import { constantOf } from '../../constants';
import type { Engine } from '../../engine';
import type { Place } from '../../places';
import { enclosingFunction, type FunctionNode, isAssignment, ts, unwrap, wrapped } from '../../syntax';
import { isOfferedToOthers } from '../values/offered';
import { listenMethods } from '../words/listeners';

export interface Handling {
  readonly on: Place;
  readonly event: string;
  readonly handler: FunctionNode;
}

/** The events on which the node runs; undefined where it may run by anything else. */
export function occasionsOf(node: ts.Node, engine: Engine, depth = 0): readonly Handling[] | undefined {
  const fn = enclosingFunction(node);
  if (!fn || depth > 4) return undefined;
  const { calls, values } = engine.program.callees.usesOf(fn);
  const written = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? handlingOf(fn, fn, engine) : undefined;
  if (written) return [written];
  if (calls.length + values.length === 0 || isOfferedToOthers(fn, engine.program)) return undefined;
  const found: Handling[] = [];
  for (const value of values) {
    const handling = handlingOf(value, fn, engine);
    if (!handling) return undefined;
    found.push(handling);
  }
  for (const call of calls) {
    const further = occasionsOf(call, engine, depth + 1);
    if (!further) return undefined;
    found.push(...further);
  }
  return found;
}

/** `on.on('event', value)`, `on.onevent = value` */
function handlingOf(value: ts.Expression | FunctionNode, handler: FunctionNode, engine: Engine): Handling | undefined {
  const { places, scopes } = engine.program;
  const outer = ts.isExpression(value) ? wrapped(value) : value;
  const up = outer.parent;
  if (isAssignment(up) && up.right === outer) {
    const left = unwrap(up.left);
    const [, event] = ts.isPropertyAccessExpression(left) ? (/^on([a-z]+)$/.exec(left.name.text) ?? []) : [];
    const on = ts.isPropertyAccessExpression(left) ? places.of(unwrap(left.expression)) : undefined;
    return on && event !== undefined ? { on, event, handler } : undefined;
  }
  const callee = ts.isCallExpression(up) ? unwrap(up.expression) : undefined;
  if (!callee || !ts.isCallExpression(up) || !ts.isPropertyAccessExpression(callee) || up.arguments[0] === outer)
    return undefined;
  const event = listenMethods.has(callee.name.text) ? constantOf(up.arguments[0], scopes) : undefined;
  const on = places.of(unwrap(callee.expression));
  return on && typeof event === 'string' ? { on, event, handler } : undefined;
}

/** All handlers of an object in the file; undefined where something is one that is not seen. */
export function handlingsOn({ key }: Place, engine: Engine): readonly Handling[] | undefined {
  const found: Handling[] = [];
  for (const use of engine.uses.reads(key)) {
    const access = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(access)) continue;
    const up = access.parent;
    const isListening = ts.isCallExpression(up) && up.expression === access && listenMethods.has(access.name.text);
    const value = isAssignment(up) && up.left === access ? up.right : isListening ? up.arguments.at(-1) : undefined;
    const [handler] = value ? engine.program.callees.functionsOf(value) : [];
    const handling = value && handler && handlingOf(unwrap(value), handler, engine);
    if (handling) found.push(handling);
    else if (isListening) return undefined;
  }
  return found;
}
