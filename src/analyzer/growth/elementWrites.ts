/** Assignments to an element, `table[key] = value`, in source order: hardly any assignment is one. */

import type { FileProgram } from '../program/program';
import { nodesIn } from '../syntax/nodeIndex';
import { binaries } from '../syntax/selections';
import { isAssignment, ts, unwrap } from '../syntax/syntax';

export interface ElementWrite {
  readonly node: ts.BinaryExpression;
  readonly left: ts.ElementAccessExpression;
}

/** To be asked for through `program.once`. */
export function elementWrites({ sourceFile }: FileProgram): readonly ElementWrite[] {
  return nodesIn(sourceFile, binaries).flatMap((node) => {
    const left = isAssignment(node) ? unwrap(node.left) : undefined;
    return left && ts.isElementAccessExpression(left) ? [{ node, left }] : [];
  });
}
