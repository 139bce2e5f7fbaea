/**
 * Ends of a pipe that are not gone before the other one in a way that leaves it open. What only keeps in memory what it is given
 * neither fails nor closes by itself. A source that fails with nobody listening throws, which ends the process with all it has
 * open; only what comes over a network is cut off without a word.
 */
import { isErrorFirst } from '../acquiring/callbacks';
import type { Engine } from '../engine';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { isFunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { listenMethods } from '../words/listeners';
import { comesOverNetwork } from '../words/requests';
import { cutsPipe, pipes } from '../words/streams';
import { isTeardown } from '../words/teardowns';

type Piped = NonNullable<ResourceKind['piped']>;

/** Do all targets of the chain only keep what they are given, and does nobody else get them? */
export function isKeptInMemory(
  targets: readonly ts.Expression[],
  { keepers }: Piped,
  { program, types }: Engine,
): boolean {
  const isKeeper = (made: ts.Expression): boolean =>
    keepers !== undefined &&
    (ts.isCallExpression(made) || ts.isNewExpression(made)) &&
    types.matches(program.origins.nameOf(unwrap(made.expression)), keepers);
  return (
    keepers !== undefined &&
    targets.length > 0 &&
    targets.every((target) => {
      const value = beforeMethods(target);
      if (!ts.isIdentifier(value)) return isKeeper(value);
      const declaration = program.scopes.resolve(value);
      const made = declaration?.writes.length === 0 && declaration.initializer && unwrap(declaration.initializer);
      return made && isKeeper(made) ? isOnlyUsedHere(declaration, (method) => !pipes(method)) : false;
    })
  );
}

/** `createHash('md5').setEncoding('hex')`: what the methods are called on. */
function beforeMethods(expression: ts.Expression): ts.Expression {
  const value = unwrap(expression);
  const receiver = ts.isCallExpression(value) ? receiverOf(value) : undefined;
  return receiver && (ts.isCallExpression(receiver) || ts.isNewExpression(receiver)) ? beforeMethods(receiver) : value;
}

/**
 * Does nobody listen to the errors of the source, who then has the process ended, and nobody cut it off? `mostly` where it is not
 * known to be a source of that sort: a client gives its callback an answer of the network as much as a file.
 * @param call leads the source itself into its target; one between them may fail as well
 */
export function failsUnheard(
  source: ts.Expression,
  call: ts.CallExpression,
  piped: Piped,
  engine: Engine,
): boolean | 'mostly' {
  const { program, types } = engine;
  const value = unwrap(source);
  const isHeard = (method: string, { arguments: [event] }: ts.CallExpression): boolean =>
    listenMethods.has(method) && constantOf(event, program.scopes) === 'error';
  for (let at = receiverOf(call); at !== value; ) {
    const method = at && ts.isCallExpression(at) ? methodOf(at) : undefined;
    if (!at || !ts.isCallExpression(at) || method === undefined || pipes(method) || isHeard(method, at)) return false;
    at = receiverOf(at);
  }
  const isLoud = piped.loud?.some((type) => types.of(value).has(type)) === true;
  if (!ts.isIdentifier(value)) return isLoud && ts.isCallExpression(value);
  const declaration = program.scopes.resolve(value);
  const giver = declaration && !isLoud ? giverOf(declaration) : undefined;
  if (!declaration || !(isLoud ? declaration.kind !== 'parameter' : giver)) return false;
  if (!isOnlyUsedHere(declaration, (method, one) => !isHeard(method, one))) return false;
  return giver === undefined || piped.givers?.includes(methodOf(giver) ?? '') === true || 'mostly';
}

function receiverOf({ expression }: ts.CallExpression): ts.Expression | undefined {
  const callee = unwrap(expression);
  return ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
}

function methodOf({ expression }: ts.CallExpression): string | undefined {
  const callee = unwrap(expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** `archive.open(entry, (error, stream) => …)`: the call that gives it, fresh: nobody else has it yet. */
function giverOf({ kind, node, name }: Declaration): ts.CallExpression | undefined {
  if (kind !== 'parameter' || !ts.isParameter(node) || comesOverNetwork(name)) return undefined;
  const fn = node.parent;
  if (!isFunctionNode(fn) || ts.isMethodDeclaration(fn) || fn.parameters[0] === node || !isErrorFirst(fn))
    return undefined;
  const call = wrapped(fn as ts.Expression).parent;
  return ts.isCallExpression(call) && call.arguments.at(-1) === wrapped(fn as ts.Expression) ? call : undefined;
}

/** Is it only listened to, asked and put into a pipe: given to nobody, ended by nobody? */
export function isOnlyUsedHere(
  { references }: Declaration,
  mayCall: (method: string, call: ts.CallExpression) => boolean,
): boolean {
  return references.every((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    if (ts.isVariableDeclaration(up)) return up.name === outer;
    if (ts.isCallExpression(up) && up.expression !== outer) {
      const callee = unwrap(up.expression);
      return ts.isPropertyAccessExpression(callee) && pipes(callee.name.text);
    }
    if (!ts.isPropertyAccessExpression(up) || up.expression !== outer) return false;
    const [name, call] = [up.name.text, wrapped(up).parent];
    return !isTeardown(name) && !cutsPipe(name) && (!ts.isCallExpression(call) || mayCall(name, call));
  });
}
