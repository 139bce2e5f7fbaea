/** Releases that name something else than the value: what was asked for, or the arguments of the acquisition. */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { isFunctionNode, ts, unwrap } from '../../syntax/syntax';

/** `this.pool.acquire(path)` here, `this.pool.release(path)` there: what it gave is not what is given back. */
export function isGivenBackByKey({ kind, receiver, node }: Acquisition, engine: Engine): boolean {
  const methods = new Set(kind.release.flatMap((form) => (form.form === 'method' ? form.method : [])));
  const from = receiver && unwrap(receiver).getText();
  let found = false;
  if (from !== undefined)
    visitNodes(engine.program.sourceFile, calls, (inner) => {
      const callee = unwrap(inner.expression);
      found ||=
        ts.isPropertyAccessExpression(callee) &&
        methods.has(callee.name.text) &&
        inner !== node &&
        inner.arguments.length > 0 &&
        unwrap(callee.expression).getText() === from;
      return !found;
    });
  return found;
}

/** `addAbortListener(signal, listener)` here, `signal.removeEventListener('abort', listener)` there. */
export function isRemovedOtherwise({ kind, node }: Acquisition, engine: Engine): boolean {
  const methods = kind.release.flatMap((form) => (form.form === 'removal' ? form.method : []));
  // A name that both are given; a text, or a function written twice, is none.
  const given = (node.arguments ?? [])
    .map((argument) => unwrap(argument))
    .filter((value) => !ts.isLiteralExpression(value) && !isFunctionNode(value))
    .map((value) => value.getText());
  if (methods.length === 0) return false;
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (inner) => {
    if (ts.isCallExpression(inner)) {
      const callee = unwrap(inner.expression);
      if (ts.isPropertyAccessExpression(callee) && methods.includes(callee.name.text))
        found ||= inner.arguments.some((argument) => given.includes(unwrap(argument).getText()));
    }
    return !found;
  });
  return found;
}
