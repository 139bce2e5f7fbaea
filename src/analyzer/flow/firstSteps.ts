/**
 * The first steps on a connection that has just been opened: `ping`, `BEGIN`, a constant `SET …`. They ask nothing that could be
 * refused, so they fail where the connection itself is gone, and then nothing stays open. What is only queued fails hardly ever.
 */
import { type Acquisition, activatorsOf } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import { ts, unwrap, wrapped } from '../syntax/syntax';
import type { HandleUses } from './useFacts';

/** Is it such a step, and nothing but such steps before it, on what is open by then? */
export function isFirstStep(
  node: ts.Node,
  { kind, form, node: acquiring }: Acquisition,
  { work }: HandleUses,
  engine: Engine,
): boolean {
  const { firstSteps } = kind;
  const call = callIn(node);
  if (!call || !work.includes(call)) return false;
  if ('queues' in form && form.queues?.includes(methodOf(call))) return true;
  if (!firstSteps) return false;
  const activators = activatorsOf(form);
  const before = work.filter((one) => one.pos >= acquiring.end && one.end <= call.pos);
  // What opens with its first work fails there if there is nothing to open.
  const isOpen = activators
    ? before.some((one) => isWaitedFor(one) && activators.includes(methodOf(one)))
    : 'promise' in form && form.promise === true;
  const isStep = (one: ts.CallExpression): boolean =>
    firstSteps.methods.includes(methodOf(one)) ||
    (firstSteps.runs.includes(methodOf(one)) && saysOneOf(firstSteps.statements, one, engine));
  return isOpen && isStep(call) && before.every((one) => isStep(one) || activators?.includes(methodOf(one)) === true);
}

/**
 * `fs.writeSync(fd, …)` behind `fs.openSync(path)`, also by the names of their imports, or `fs.statSync(path)`: what has just been
 * opened fails in its own calls only if the system does, and what is not there was not opened either.
 */
export function isOwnStep(
  failing: ts.Node,
  { node }: Acquisition,
  { holders }: HandleUses,
  { program }: Engine,
): boolean {
  if (!ts.isCallExpression(failing)) return false;
  // Another call of the module may read what was never there.
  const path = node.arguments?.[0]?.getText();
  if (!failing.arguments.some((given) => given.getText() === path || isNameOf(given, holders, program))) return false;
  const [made, done] = [unwrap(node.expression), unwrap(failing.expression)];
  if (ts.isPropertyAccessExpression(made) && ts.isPropertyAccessExpression(done))
    return ts.isIdentifier(made.expression) && made.expression.text === done.expression.getText();
  const module = program.origins.nameOf(made)?.module;
  return module !== undefined && program.origins.nameOf(done)?.module === module;
}

function isNameOf(given: ts.Expression, holders: ReadonlySet<Declaration>, { scopes }: FileProgram): boolean {
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
  return declaration !== undefined && holders.has(declaration);
}

function callIn(node: ts.Node): ts.CallExpression | undefined {
  const value = ts.isAwaitExpression(node) ? unwrap(node.expression) : node;
  return ts.isCallExpression(value) ? value : undefined;
}

function methodOf({ expression }: ts.CallExpression): string {
  const callee = unwrap(expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

function isWaitedFor(call: ts.CallExpression): boolean {
  return ts.isAwaitExpression(wrapped(call).parent);
}

/** Is it given a constant that begins with one of the words and asks for nothing, and nothing else? */
function saysOneOf(
  beginnings: readonly string[],
  { arguments: given }: ts.CallExpression,
  { program }: Engine,
): boolean {
  const text = constantOf(given[0], program.scopes);
  if (typeof text !== 'string' || given.length !== 1) return false;
  const said = text.trim().toUpperCase();
  // `SET @count = (SELECT …)`: what is in brackets is work.
  return !said.includes('(') && beginnings.some((one) => said.startsWith(one));
}
