/**
 * A function that takes one client of a pool which its caller has just made, `pool = new Pool(); check(pool);`, and comes back
 * only once that client is lost: in the handler that it left on it, or where it got none. No client collects a second handler.
 */
import type { Engine } from '../../engine';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
} from '../../syntax/syntax';

/** Is the function called for each pool once? */
export function isForEachPoolOnce(
  fn: FunctionNode,
  acquired: ts.Node,
  handlers: readonly ts.Node[],
  engine: Engine,
): boolean {
  const position = poolOf(acquired, fn);
  const { calls, values } = engine.program.callees.usesOf(fn);
  if (!position || values.length > 0 || calls.length === 0) return false;
  // Each pool is given to one call.
  const served = new Set<ts.Statement>();
  return calls.every((call) => {
    if (isWithin(call, fn))
      return handlers.some((one) => isWithin(call, one)) || isWhereNoneWasGiven(call, acquired, fn);
    const argument = call.arguments?.[position.index];
    const given = position.name === undefined ? argument : argument && memberOf(argument, position.name);
    const making = given && makingOf(given, call, engine);
    if (!making || served.has(making)) return false;
    served.add(making);
    return true;
  });
}

interface Position {
  readonly index: number;
  /** The member of an object that is taken apart. */
  readonly name: string | undefined;
}

/** Where the function is given the pool: `check(pool)`, `check({ pool })`. */
function poolOf(acquired: ts.Node, { parameters }: FunctionNode): Position | undefined {
  const call = ts.isCallExpression(acquired) ? unwrap(acquired.expression) : undefined;
  const receiver = call && ts.isPropertyAccessExpression(call) ? unwrap(call.expression) : undefined;
  if (!receiver || !ts.isIdentifier(receiver)) return undefined;
  for (const [index, { name }] of parameters.entries()) {
    if (ts.isIdentifier(name) && name.text === receiver.text) return { index, name: undefined };
    if (!ts.isObjectBindingPattern(name)) continue;
    const element = name.elements.find((one) => one.name.getText() === receiver.text);
    if (element) return { index, name: propertyNameText(element.propertyName ?? element.name) };
  }
  return undefined;
}

function memberOf(argument: ts.Expression, name: string): ts.Expression | undefined {
  const value = unwrap(argument);
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  const property = value.properties.find((one) => one.name && propertyNameText(one.name) === name);
  if (!property) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** `this.pool = new Pool(); await check(this.pool);`, in one block: the statement that makes what the call is given, once. */
function makingOf(given: ts.Expression, call: ts.Node, { program }: Engine): ts.Statement | undefined {
  const pool = unwrap(given);
  const declaration = ts.isIdentifier(pool) ? program.scopes.resolve(pool) : undefined;
  let statement: ts.Node = call;
  while (statement.parent && !ts.isBlock(statement.parent)) {
    if (isFunctionNode(statement) || ts.isIterationStatement(statement, false)) return undefined;
    statement = statement.parent;
  }
  const block = statement.parent;
  if (!ts.isBlock(block) || ts.isIterationStatement(statement, false)) return undefined;
  return block.statements.findLast((one) => {
    if (one.pos >= statement.pos) return false;
    if (ts.isVariableStatement(one))
      return one.declarationList.declarations.some(
        (made) =>
          declaration !== undefined && isNew(made.initializer) && program.scopes.declarationOf(made) === declaration,
      );
    const set = ts.isExpressionStatement(one) ? unwrap(one.expression) : undefined;
    return set !== undefined && isAssignment(set) && isNew(set.right) && set.left.getText() === pool.getText();
  });
}

function isNew(value: ts.Expression | undefined): boolean {
  return value !== undefined && ts.isNewExpression(unwrap(value));
}

/** Tried again in the `catch` of a `try` that ends with the taking: the client was not given. */
function isWhereNoneWasGiven(call: ts.Node, acquired: ts.Node, fn: FunctionNode): boolean {
  for (let at = call; at.parent && at !== fn; at = at.parent) {
    if (!ts.isCatchClause(at)) continue;
    const last = at.parent.tryBlock.statements.at(-1);
    return enclosingFunction(at) === fn && last !== undefined && isTaking(last) && isWithin(acquired, last);
  }
  return false;
}

/** `client = await pool.connect();`, `const client = await pool.connect();` */
function isTaking(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) || ts.isExpressionStatement(statement);
}
