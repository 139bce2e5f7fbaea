/** Calls of functions that subscribe for their caller and give back what ends it, of this file or of another. */
import type { Engine } from '../../engine';
import { type FunctionNode, type ts, unwrap } from '../../syntax';
import { lifetimeOf } from '../lifetime/lifetime';
import { subscribesTo } from './droppedEnds';

/** What the call subscribes to, where that lives longer than who calls: the argument at this position, or -1 for what the function knows. */
export function subscriptionAt(call: ts.CallExpression, engine: Engine): number | undefined {
  const [fn, ...others] = engine.program.callees.of(call);
  const source =
    others.length > 0
      ? undefined
      : fn
        ? subscribedBy(fn, engine)
        : engine.imports.factOf(engine.program.origins.nameOf(unwrap(call.expression)))?.subscribes;
  if (source === undefined || (source >= 0 && !isLong(call.arguments[source], engine))) return undefined;
  return source;
}

function subscribedBy(fn: FunctionNode, engine: Engine): number | undefined {
  const known = engine.once(table);
  if (!known.has(fn)) known.set(fn, subscribesTo(fn, engine));
  return known.get(fn);
}

const table = (): Map<FunctionNode, number | undefined> => new Map();

function isLong(source: ts.Expression | undefined, engine: Engine): boolean {
  if (!source) return false;
  const { level } = lifetimeOf(source, engine);
  return level === 'process' || level === 'module' || level === 'injected';
}
