/** Collections that each filling begins with none: `this.rows = []; … this.rows.push(row)`. */
import type { Engine } from '../engine';
import { neededFor } from '../ownership/lost/guards';
import { runsIn } from '../ownership/lost/sequence';
import { nodesIn } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isOfBody,
  isWithin,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { counts } from '../words/collections';
import { isPromiseStep } from '../words/promises';
import type { Insertion } from './changes';
import type { Collection } from './collections';

type Filled = Pick<Collection, 'container' | 'changes'>;

/**
 * Is a fresh one put there before, in the same call of a function that is no constructor? So it is by a method that the filling
 * one calls first (`this.clear(); … this.rows.push(row)`), and by all who call the filling one: `this.rows = []; this.load();`.
 * Those count, too, who call it where there is none: `if (!this.rows.length) this.load();`.
 */
export function isBegunAnew({ node }: Insertion, { container, changes }: Filled, engine: Engine): boolean {
  const begins = [container.node, ...changes.resets].flatMap((write) => beginningOf(write) ?? []);
  return begins.length > 0 && (isFilledAfter(node, begins, engine) || isLoadedAfter(node, begins, container, engine));
}

interface Beginning {
  readonly statement: ts.Statement;
  readonly fn: FunctionNode;
}

function beginningOf(write: ts.Node): Beginning | undefined {
  if (!isAssignment(write) || write.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const made = unwrap(write.right);
  if (!ts.isArrayLiteralExpression(made) && !ts.isObjectLiteralExpression(made) && !ts.isNewExpression(made))
    return undefined;
  const fn = enclosingFunction(write);
  const statement = wrapped(write).parent;
  return fn && !ts.isConstructorDeclaration(fn) && ts.isExpressionStatement(statement) ? { statement, fn } : undefined;
}

function isFilledAfter(node: ts.Node, begins: readonly Beginning[], engine: Engine): boolean {
  const filler = worksIn(node);
  return begins.some(({ statement, fn }) => {
    if (comesBefore(statement, node, fn)) return true;
    if (!filler || filler === fn || !isOfBody(statement, fn) || neededFor(statement, fn).length > 0) return false;
    return nodesIn(filler, calls).some((call) => {
      const called = wrapped(call).parent;
      const isOfIt = engine.program.callees.of(call).includes(fn) && ts.isExpressionStatement(called);
      return isOfIt && comesBefore(called, node, filler);
    });
  });
}

/** Whoever calls the filling method has put a fresh one there before. */
function isLoadedAfter(
  node: ts.Node,
  begins: readonly Beginning[],
  container: Filled['container'],
  engine: Engine,
): boolean {
  const filler = worksIn(node);
  if (!filler) return false;
  const uses = engine.program.callees.usesOf(filler);
  return (
    uses.calls.length > 0 &&
    uses.values.length === 0 &&
    uses.calls.every((call) => isFilledAfter(call, begins, engine) || isWhereNone(call, container, engine))
  );
}

/** `if (!rows.length) load();` */
function isWhereNone(call: ts.Node, { place }: Filled['container'], { program }: Engine): boolean {
  for (let at = call; at.parent && !isFunctionNode(at.parent); at = at.parent) {
    if (!ts.isIfStatement(at.parent) || at.parent.thenStatement !== at) continue;
    const asked = unwrap(at.parent.expression);
    const none =
      ts.isPrefixUnaryExpression(asked) && asked.operator === ts.SyntaxKind.ExclamationToken
        ? unwrap(asked.operand)
        : undefined;
    if (
      none &&
      ts.isPropertyAccessExpression(none) &&
      counts(none.name.text) &&
      program.places.of(none.expression)?.key === place.key
    )
      return true;
  }
  return false;
}

/** Has the statement run, in the same call of the function, when control comes to the node? */
function comesBefore(statement: ts.Statement, node: ts.Node, fn: FunctionNode): boolean {
  let block = statement.parent;
  while (ts.isBlock(block) && ts.isBlock(block.parent)) block = block.parent;
  // What a handler puts in later comes after what the next call has begun.
  return ts.isBlock(block) && worksIn(node) === fn && node.pos >= statement.end && isWithin(node, block);
}

/** The function that a node is a part of the work of: the steps of a promise that it waits for come once for each call. */
function worksIn(node: ts.Node): FunctionNode | undefined {
  let fn = runsIn(node);
  while (fn && isStep(fn)) fn = runsIn(fn);
  return fn;
}

function isStep(fn: FunctionNode): boolean {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  return ts.isCallExpression(call) && call.expression !== outer && isPromiseStep(calledName(call));
}
