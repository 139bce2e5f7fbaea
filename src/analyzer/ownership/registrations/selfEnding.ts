/** Registrations that need no removal of their own: they come off by themselves, or with all that the receiver has. */
import type { Engine } from '../../engine';
import { nodesIn } from '../../nodeIndex';
import { calls } from '../../selections';
import { calledName, ts, unwrap } from '../../syntax';
import { removesAll, removesEach, unlistenMethods } from '../words/listeners';
import { isTeardown } from '../words/teardowns';
import { releasesItself } from './registrations';

/** `{ once: true }`, `{ signal }` among what the call is given. */
export function comesOffItself(call: ts.CallExpression, engine: Engine): boolean {
  return call.arguments.some((one) => ts.isObjectLiteralExpression(unwrap(one)) && releasesItself(one, engine));
}

/** `el.off()`, `bus.removeAllListeners('done')`, `map.remove()`: somewhere all is taken from the receiver at once. */
export function isEmptiedAtOnce(receiver: ts.Expression, engine: Engine): boolean {
  const wanted = lastName({ expression: receiver });
  return nodesIn(engine.program.sourceFile, calls).some((call) => {
    const callee = unwrap(call.expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const name = calledName(call);
    const takesAll =
      removesAll.has(name) ||
      removesEach(name) ||
      (call.arguments.length === 0 && (unlistenMethods.has(name) || isTeardown(name)));
    return takesAll && (engine.program.places.same(callee.expression, receiver) || lastName(callee) === wanted);
  });
}

/** `map` and `this.map` are mostly one. */
function lastName({ expression }: { readonly expression: ts.Expression }): string {
  const value = unwrap(expression);
  return ts.isPropertyAccessExpression(value) ? value.name.text : value.getText();
}
