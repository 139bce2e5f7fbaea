/** Resources that their giver takes back by itself, without being shown what it gave. */
import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { visitNodes } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { ts, unwrap } from '../syntax/syntax';

/** `mutex.acquire()` here and `mutex.release()` there: what the call gives is not needed. */
export function isReleasedByReceiver({ kind, receiver }: Acquisition, engine: Engine): boolean {
  const methods = kind.release.flatMap((form) => (form.form === 'whole' ? form.method : []));
  if (!receiver || methods.length === 0) return false;
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (call) => {
    const callee = unwrap(call.expression);
    found ||=
      ts.isPropertyAccessExpression(callee) &&
      methods.includes(callee.name.text) &&
      engine.program.places.same(callee.expression, receiver);
    return !found;
  });
  return found;
}
