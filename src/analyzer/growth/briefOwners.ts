/** Instances that a function makes for itself and tells nobody about: they die with the call, and all that they keep with them. */
import type { Engine } from '../engine';
import type { Owner } from '../program/members';
import { visitNodes } from '../syntax/nodeIndex';
import { functions, instantiations } from '../syntax/selections';
import {
  type FunctionNode,
  hasModifier,
  isAssignment,
  isClassNode,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { synchronousCallbacks } from '../words/callbacks';

/** Does every instance of the class, as far as the file shows, die with the function that makes it? */
export function diesWithItsMaker(owner: Owner, engine: Engine): boolean {
  if (owner.kind !== 'class' || !isClassNode(owner.node)) return false;
  const { scopes } = engine.program;
  if (owner.declaration && [...scopes.exports.values()].includes(owner.declaration)) return false;
  const name = ts.isClassExpression(owner.node) ? memberName(owner.node) : undefined;
  if (!owner.declaration && name === undefined) return false;
  const made: ts.NewExpression[] = [];
  visitNodes(engine.program.sourceFile, instantiations, (node) => {
    const callee = unwrap(node.expression);
    const isOfIt = ts.isIdentifier(callee)
      ? owner.declaration !== undefined && scopes.resolve(callee) === owner.declaration
      : ts.isPropertyAccessExpression(callee) && callee.name.text === name;
    if (isOfIt) made.push(node);
    return undefined;
  });
  return made.length > 0 && made.every((node) => isOnlyUsed(node, engine)) && !worksLater(owner.node);
}

/** `static Scratch = class { … }` */
function memberName(node: ts.ClassExpression): string | undefined {
  const { parent } = wrapped(node);
  return ts.isPropertyDeclaration(parent) ? propertyNameText(parent.name) : undefined;
}

/** In a variable of a function of which only members are named: nobody else gets it. */
function isOnlyUsed(node: ts.NewExpression, { program }: Engine): boolean {
  const { parent } = wrapped(node);
  const declaration =
    ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? program.scopes.declarationOf(parent) : undefined;
  if (!declaration?.scope.func) return false;
  return declaration.references.every((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    return (
      (ts.isPropertyAccessExpression(up) && up.expression === outer) ||
      // Given something else: then it is over.
      (isAssignment(up) && up.left === outer) ||
      (ts.isForOfStatement(up) && up.expression === outer)
    );
  });
}

/** Timers, events, servers and what it waits for hold it longer: whatever is not run at once. */
function worksLater(node: ts.Node): boolean {
  let found = false;
  visitNodes(node, functions, (fn) => {
    found ||= hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || takenLater(fn);
    return !found;
  });
  return found;
}

/** Given to a call that is not known to run it at once. */
function takenLater(fn: FunctionNode): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const outer = wrapped(fn);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.expression === outer) return isAssignment(call);
  const callee = unwrap(call.expression);
  return !synchronousCallbacks.has(ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
}
