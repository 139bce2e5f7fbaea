/** Handlers that take the place of one that has come off: `process.once(signal, () => { process.on(signal, quit); … })`. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { enclosingFunction, ts, unwrap, wrapped } from '../../syntax/syntax';
import { listensOnce } from '../../words/listeners';
import { lifetimeOf } from '../lifetime/lifetime';
import { sameReceiver } from './removals';

/** Is it added by a handler that the same event of the same receiver runs once? Then there are no more of it than of that one. */
export function followsOnce({ node, receiver, form, event: named }: Acquisition, engine: Engine): boolean {
  if (form.form !== 'registration' || form.identity.event === undefined || !receiver) return false;
  // Each run of the function around adds one of both, unless what comes is the end of the program.
  const isLast =
    named === undefined ? lifetimeOf(receiver, engine).level === 'process' : form.lastEvents?.includes(named);
  if (isLast !== true) return false;
  const event = node.arguments?.[form.identity.event]?.getText();
  const fn = enclosingFunction(node);
  if (event === undefined || !fn) return false;
  return engine.program.callees.usesOf(fn).values.some((value) => {
    const call = wrapped(value).parent;
    const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
    return (
      ts.isCallExpression(call) &&
      callee !== undefined &&
      ts.isPropertyAccessExpression(callee) &&
      listensOnce(callee.name.text) &&
      call.arguments[0]?.getText() === event &&
      sameReceiver(receiver, callee.expression, engine)
    );
  });
}
