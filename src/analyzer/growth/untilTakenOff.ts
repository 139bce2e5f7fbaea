/** Lists that a handler fills until it is taken off again, where what has come is then gone through: `pending` before a start. */

import type { Engine } from '../engine';
import { calledName, enclosingFunction, type FunctionNode, isWithin, ts, wrapped } from '../syntax/syntax';
import { goesThrough } from '../words/collections';
import { unlistenMethods } from '../words/listeners';
import type { Insertion } from './changes';
import type { Container } from './containers';

/** Is the handler that inserts taken off in a function that then goes through all that has come? */
export function isFilledUntilTakenOff({ node }: Insertion, container: Container, engine: Engine): boolean {
  const handler = enclosingFunction(node);
  // A list that outlives its handlers keeps what those before have given.
  if (!handler || enclosingFunction(handler) !== enclosingFunction(container.node)) return false;
  if (engine.program.members.ownerAt(handler) !== engine.program.members.ownerAt(container.node)) return false;
  return removalsOf(handler, engine).some((removal) => {
    const around = enclosingFunction(removal);
    return engine.uses
      .reads(container.place.key)
      .some((use) => use.pos > removal.pos && enclosingFunction(use) === around && isGoneThrough(use));
  });
}

function removalsOf(handler: FunctionNode, { program }: Engine): readonly ts.Node[] {
  return program.callees
    .usesOf(handler)
    .values.map((value) => wrapped(value).parent)
    .filter((up) => ts.isCallExpression(up) && unlistenMethods.has(calledName(up)) && !isWithin(up, handler));
}

function isGoneThrough(use: ts.Expression): boolean {
  const { parent } = wrapped(use);
  if (ts.isPropertyAccessExpression(parent)) return goesThrough.has(parent.name.text);
  return ts.isForOfStatement(parent) && parent.expression === wrapped(use);
}
