/**
 * Connections that end with the process at their other end. Who kills that process closes its streams and sockets, and with them
 * whatever was made over these.
 */
import type { Acquisition } from '../../acquisitions';
import type { Engine } from '../../engine';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, unwrap, walk, wrapped } from '../../syntax';
import { killsProcess, streamsOfProcess } from '../words/program';

/** Is it made over a stream of a process, or over what connects to a server of its own, and does the teardown kill a process? */
export function endsWithPeer({ kind, node }: Acquisition, teardown: FunctionNode, engine: Engine): boolean {
  return (
    kind.family === 'handle' &&
    (node.arguments ?? []).some((given) => isOverPeer(given, engine)) &&
    killsIn(teardown, engine)
  );
}

function isOverPeer(given: ts.Expression, engine: Engine): boolean {
  let found = false;
  walk(given, (inner) => {
    if (isFunctionNode(inner)) return false;
    if (ts.isPropertyAccessExpression(inner) && streamsOfProcess.has(inner.name.text))
      found ||= isProcess(inner.expression, engine);
    else if (ts.isIdentifier(inner)) found ||= isAccepted(inner, engine);
    return !found;
  });
  return found;
}

/** `net.createServer((socket) => …)` */
function isAccepted(name: ts.Identifier, { program, types }: Engine): boolean {
  const declaration = program.scopes.resolve(name);
  if (declaration?.kind !== 'parameter' || !ts.isParameter(declaration.node)) return false;
  const fn = declaration.node.parent;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const call = wrapped(fn).parent;
  return ts.isCallExpression(call) && types.of(call).has('net.server');
}

/** `if (this.child) this.child.kill()`, asked at most whether there is one; also in a function that it runs. */
function killsIn(fn: FunctionNode, engine: Engine, depth = 0): boolean {
  let found = false;
  walk(fn, (inner) => {
    if (isFunctionNode(inner) && inner !== fn) return false;
    if (!ts.isCallExpression(inner)) return !found;
    const callee = unwrap(inner.expression);
    const killed =
      ts.isPropertyAccessExpression(callee) && killsProcess(callee.name.text) ? callee.expression : undefined;
    found ||= killed
      ? isProcess(killed, engine) && isRun(inner, killed)
      : depth < 3 && isRun(inner) && engine.program.callees.of(inner).some((one) => killsIn(one, engine, depth + 1));
    return !found;
  });
  return found;
}

/** Does nothing decide whether it is run, but whether there is a process? */
function isRun(call: ts.Node, process?: ts.Expression): boolean {
  const fn = enclosingFunction(call);
  for (let at: ts.Node = call; at.parent && at !== fn; at = at.parent) {
    const up = at.parent;
    if (ts.isCatchClause(up) || ts.isIterationStatement(up, false)) return false;
    if (!ts.isIfStatement(up) || up.expression === at) continue;
    if (!process || !up.expression.getText().includes(process.getText())) return false;
  }
  return true;
}

/** By its type, or by what is assigned to it. */
function isProcess(expression: ts.Expression, { program, types, uses }: Engine): boolean {
  const value = unwrap(expression);
  if (types.of(value).has('child')) return true;
  const place = program.places.of(value);
  return place !== undefined && uses.writes(place.key).some(({ right }) => types.of(unwrap(right)).has('child'));
}
