/** Calls of what a base class in another file has: they may end what the instance keeps in a field of that. */
import type { Engine } from '../../engine';
import { nodesIn } from '../../nodeIndex';
import { calls } from '../../selections';
import { ts, unwrap } from '../../syntax';

/** `this.reset()`, `super.reset()` in the node, of a class with a base, where no file that is seen says what it does. */
export function callsInherited(node: ts.Node, { program }: Engine): boolean {
  return nodesIn(node, calls).some((call) => {
    const callee = unwrap(call.expression);
    if (!ts.isPropertyAccessExpression(callee) || program.callees.of(call).length > 0) return false;
    const of = unwrap(callee.expression);
    const isOwn = of.kind === ts.SyntaxKind.ThisKeyword || of.kind === ts.SyntaxKind.SuperKeyword;
    return isOwn && program.members.ownerAt(call)?.base !== undefined;
  });
}
