/**
 * Connections that end with the process at their other end. Who kills that process closes its streams and sockets, and with them
 * whatever was made over these.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { nodesIn } from '../../syntax/nodeIndex';
import { binaries, calls } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isLogical,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { killsProcess, opensServer, processType, serverType, streamsOfProcess } from '../../words/program';

/** Is it a process that is at the other end? */
type IsPeer = (process: ts.Expression) => boolean;

/** Is it made over a stream of a process, or over what connects to a server of its own, and does the teardown kill that process? */
export function endsWithPeer({ kind, node }: Acquisition, teardown: FunctionNode, engine: Engine): boolean {
  return (
    kind.family === 'handle' &&
    (node.arguments ?? [])
      .flatMap((given) => peersOf(given, engine))
      .some((isPeer) => killsIn(teardown, isPeer, engine))
  );
}

function peersOf(given: ts.Expression, engine: Engine): readonly IsPeer[] {
  const found: IsPeer[] = [];
  walk(given, (inner) => {
    if (isFunctionNode(inner)) return false;
    if (ts.isPropertyAccessExpression(inner) && streamsOfProcess.has(inner.name.text)) {
      const { expression } = inner;
      if (isProcess(expression, engine)) found.push((process) => areSame(expression, process, engine));
    } else if (ts.isIdentifier(inner)) {
      const server = accepting(inner, engine);
      if (server) found.push((process) => isStartedFor(process, server, engine));
    }
    return true;
  });
  return found;
}

/** The same place, or one that is given to the other: `const child = spawn(…); this.child = child;` */
function areSame(peer: ts.Expression, process: ts.Expression, { program: { places }, uses }: Engine): boolean {
  const [one, other] = [places.of(unwrap(peer)), places.of(unwrap(process))];
  if (!one || !other) return false;
  const isGiven = (to: string, from: string): boolean =>
    uses.writes(to).some(({ right }) => places.of(unwrap(right))?.key === from);
  return one.key === other.key || isGiven(other.key, one.key) || isGiven(one.key, other.key);
}

/** `net.createServer((socket) => …)` of the socket. */
function accepting(name: ts.Identifier, { program, types }: Engine): ts.CallExpression | undefined {
  const declaration = program.scopes.resolve(name);
  if (declaration?.kind !== 'parameter' || !ts.isParameter(declaration.node)) return undefined;
  const fn = declaration.node.parent;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const call = wrapped(fn).parent;
  return ts.isCallExpression(call) && types.of(call).has(serverType) ? call : undefined;
}

/** `server.listen(path)`, `spawn(command, [path])`: is the process told where the server waits for it? */
function isStartedFor(process: ts.Expression, server: ts.CallExpression, { program, uses }: Engine): boolean {
  const { places, scopes } = program;
  const keyOf = (value: ts.Expression): string | undefined => places.of(unwrap(value))?.key;
  const up = wrapped(server).parent;
  const declared = ts.isVariableDeclaration(up) ? scopes.declarationOf(up) : undefined;
  const own = declared ? places.ofDeclaration(declared).key : isAssignment(up) ? keyOf(up.left) : undefined;
  const addresses = new Set(own === undefined ? [] : [own]);
  for (const call of nodesIn(program.sourceFile, calls)) {
    const callee = unwrap(call.expression);
    if (!opensServer(calledName(call)) || !ts.isPropertyAccessExpression(callee)) continue;
    if (unwrap(callee.expression) !== server && (own === undefined || keyOf(callee.expression) !== own)) continue;
    for (const given of call.arguments) {
      const key = keyOf(given);
      if (key !== undefined) addresses.add(key);
    }
  }
  const tells = (node: ts.Node, depth = 0): boolean => {
    let found = false;
    walk(node, (inner) => {
      if (!ts.isIdentifier(inner) && !ts.isPropertyAccessExpression(inner)) return !found;
      const key = keyOf(inner);
      found ||= key !== undefined && addresses.has(key);
      const made = ts.isIdentifier(inner) && depth < 2 ? scopes.resolve(inner)?.initializer : undefined;
      found ||= made !== undefined && !isFunctionNode(unwrap(made)) && tells(made, depth + 1);
      return !found;
    });
    return found;
  };
  const place = keyOf(process);
  return place !== undefined && uses.writes(place).some(({ right }) => tells(right));
}

/** `if (this.child) this.child.kill()`, asked at most whether there is one; also in a function that it runs. */
function killsIn(fn: FunctionNode, isPeer: IsPeer, engine: Engine, depth = 0): boolean {
  return nodesIn(fn, calls).some((call) => {
    if (enclosingFunction(call) !== fn) return false;
    const callee = unwrap(call.expression);
    const killed =
      ts.isPropertyAccessExpression(callee) && killsProcess(callee.name.text) ? callee.expression : undefined;
    if (killed) return isProcess(killed, engine) && isPeer(killed) && isRun(call, fn, engine, killed);
    return (
      depth < 3 &&
      isRun(call, fn, engine) &&
      engine.program.callees.of(call).some((one) => killsIn(one, isPeer, engine, depth + 1))
    );
  });
}

/** Does nothing decide whether it is run, but whether there is a process, or whether it has been run before? */
function isRun(call: ts.Node, fn: FunctionNode, engine: Engine, process?: ts.Expression): boolean {
  const asks = (condition: ts.Expression): boolean =>
    (process !== undefined && asksFor(condition, process, engine)) || isFlagOf(condition, fn);
  for (let at = call; at.parent && at !== fn; at = at.parent) {
    const up = at.parent;
    if (ts.isCatchClause(up) || ts.isIterationStatement(up, false) || ts.isSwitchStatement(up)) return false;
    const condition =
      ts.isIfStatement(up) && up.expression !== at
        ? up.expression
        : ts.isConditionalExpression(up) && up.condition !== at
          ? up.condition
          : ts.isBinaryExpression(up) && up.right === at && isLogical(up.operatorToken.kind)
            ? up.left
            : undefined;
    if (condition && !asks(condition)) return false;
  }
  let mayLeave = false;
  walk(fn, (inner) => {
    if (isFunctionNode(inner) && inner !== fn) return false;
    if (inner.pos >= call.pos) return false;
    if (ts.isIfStatement(inner) && asks(inner.expression)) return false;
    if ((ts.isReturnStatement(inner) && !holds(inner, call)) || ts.isThrowStatement(inner)) mayLeave = true;
    return !mayLeave;
  });
  return !mayLeave;
}

function holds(outer: ts.Node, inner: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

/** `this.child`, `!child || child.killed`, `this.child !== undefined` */
function asksFor(condition: ts.Expression, process: ts.Expression, engine: Engine): boolean {
  const value = unwrap(condition);
  const { places } = engine.program;
  if (ts.isPrefixUnaryExpression(value)) return asksFor(value.operand, process, engine);
  if (ts.isBinaryExpression(value))
    return isLogical(value.operatorToken.kind)
      ? asksFor(value.left, process, engine) && asksFor(value.right, process, engine)
      : asksFor(value.left, process, engine);
  const isOne = (one: ts.Expression): boolean =>
    one.getText() === process.getText() || places.same(one, unwrap(process));
  return isOne(value) || (ts.isPropertyAccessExpression(value) && isOne(unwrap(value.expression)));
}

/** `if (this.isDisposed) return; this.isDisposed = true;` */
function isFlagOf(condition: ts.Expression, fn: FunctionNode): boolean {
  const value = unwrap(condition);
  const flag = ts.isPrefixUnaryExpression(value) ? unwrap(value.operand) : value;
  return nodesIn(fn, binaries).some(
    (one) =>
      isAssignment(one) &&
      unwrap(one.left).getText() === flag.getText() &&
      unwrap(one.right).kind === (flag === value ? ts.SyntaxKind.TrueKeyword : ts.SyntaxKind.FalseKeyword),
  );
}

/** By its type, or by what is assigned to it. */
function isProcess(expression: ts.Expression, { program, types, uses }: Engine): boolean {
  const value = unwrap(expression);
  if (types.of(value).has(processType)) return true;
  const place = program.places.of(value);
  return place !== undefined && uses.writes(place.key).some(({ right }) => types.of(unwrap(right)).has(processType));
}
