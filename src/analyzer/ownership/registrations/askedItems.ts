/** What a handler asks about what it is told: is it about the thing that this very call is about? */
import type { Engine } from '../../engine';
import type { Declaration } from '../../program/scopes';
import { nodesIn } from '../../syntax/nodeIndex';
import { accesses, names } from '../../syntax/selections';
import { type FunctionNode, isEquality, isWithin, ts, walk, wrapped } from '../../syntax/syntax';
import { putsIn } from '../../words/collections';

/** The comparison of what the handler is told with something of the call that waits, without which a removal is not reached. */
export function conditionOf(removal: ts.Node, handler: FunctionNode, engine: Engine): ts.Expression | undefined {
  for (const condition of conditionsOf(removal, handler)) {
    let found: ts.Expression | undefined;
    walk(condition, (inner) => {
      if (ts.isBinaryExpression(inner) && isEquality(inner.operatorToken.kind)) {
        const [left, right] = [inner.left, inner.right];
        if (
          (isTold(left, handler, engine) && isOfCall(right, handler, engine)) ||
          (isTold(right, handler, engine) && isOfCall(left, handler, engine))
        )
          found ??= inner;
      }
      return !found;
    });
    if (found) return found;
  }
  return undefined;
}

/** What is asked before a node of the handler is reached: around it, or by an early return before it. */
export function conditionsOf(node: ts.Node, handler: FunctionNode): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  for (let at = node; at !== handler && at.parent; at = at.parent) {
    const up = at.parent;
    if (ts.isIfStatement(up) && at === up.thenStatement) found.push(up.expression);
    if (ts.isBlock(up))
      for (const statement of up.statements.slice(0, up.statements.indexOf(at as ts.Statement)))
        if (ts.isIfStatement(statement) && !statement.elseStatement && leavesAtOnce(statement.thenStatement))
          found.push(statement.expression);
  }
  return found;
}

function leavesAtOnce(statement: ts.Statement): boolean {
  const only = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return only !== undefined && ts.isReturnStatement(only);
}

/** A part of what the handler is given, or taken from it. */
export function isTold(value: ts.Expression, handler: FunctionNode, engine: Engine): boolean {
  return refersTo(value, engine, ({ node }) => isWithin(node, handler));
}

/** A value of the call that waits, or of a function around it; nothing that the handler is told, or the module has. */
export function isOfCall(value: ts.Expression, handler: FunctionNode, engine: Engine): boolean {
  return (
    refersTo(value, engine, ({ node, scope }) => scope.func !== undefined && !isWithin(node, handler)) &&
    !isTold(value, handler, engine)
  );
}

function refersTo(value: ts.Node, { program }: Engine, isOf: (declaration: Declaration) => boolean): boolean {
  let refers = false;
  walk(value, (inner) => {
    const declaration = ts.isIdentifier(inner) ? program.scopes.resolve(inner) : undefined;
    if (declaration && isOf(declaration)) refers = true;
    return !refers;
  });
  return refers;
}

/** Is it added only if something that the function sets is not so yet? */
export function asksFirst(node: ts.Node, fn: FunctionNode, { program, uses }: Engine): boolean {
  return conditionsOf(node, fn).some((condition) =>
    [...nodesIn(condition, names), ...nodesIn(condition, accesses)].some((one) => {
      const place = program.places.of(one);
      if (!place) return false;
      return (
        uses.writes(place.key).length > 0 ||
        // `if (seen.has(id)) return; seen.add(id);`
        uses.reads(place.key).some((read) => {
          const access = wrapped(read).parent;
          return ts.isPropertyAccessExpression(access) && putsIn(access.name.text) && isWithin(read, fn);
        })
      );
    }),
  );
}
