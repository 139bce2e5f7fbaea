/** Collections that are emptied before their owner ends: what was put in is over by then. */
import type { Engine } from '../../engine';
import { functionName } from '../../growth/holders';
import { enclosingFunction, type FunctionNode, isAssignment, ts, unwrap, wrapped } from '../../syntax/syntax';
import { isStrictTeardown, isTeardown, isWholeTeardown } from '../../words/teardowns';

/** Methods and properties of a collection that leave what is in it. */
const keeping =
  /^(?:push|add|set|unshift|append|has|get|at|size|length|includes|indexOf|find\w*|some|every|values|keys|entries|map|forEach|concat|join|isDisposed|isEmpty|on[A-Z]\w*)$/;

/** Uses of a collection that may take from it: `store.clear()`, `list.splice(…)`, `list.length = 0`, `dispose(store)`. */
export function emptyingsOf(key: string, engine: Engine): readonly ts.Node[] {
  return engine.uses.reads(key).filter((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
      const access = wrapped(up).parent;
      if (isAssignment(access)) return access.left === wrapped(up);
      return ts.isCallExpression(access) && !keeping.test(up.name.text);
    }
    if (!ts.isCallExpression(up)) return false;
    const callee = unwrap(up.expression);
    return isTeardown(ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
  });
}

/** In what ends the whole owner, or in what only that calls. */
export function isAtEnd(site: ts.Node, engine: Engine, seen = new Set<FunctionNode>()): boolean {
  for (let fn = enclosingFunction(site); fn; fn = enclosingFunction(fn)) {
    const name = functionName(fn);
    if (isStrictTeardown(name)) return true;
    if (seen.has(fn)) continue;
    seen.add(fn);
    const { calls, values } = engine.program.callees.usesOf(fn);
    // A `stop()` may be that before the next start.
    const isOnlyAtEnd = values.length === 0 && calls.every((call) => isAtEnd(call, engine, seen));
    if (isOnlyAtEnd && (calls.length > 0 || isWholeTeardown(name))) return true;
  }
  return false;
}
