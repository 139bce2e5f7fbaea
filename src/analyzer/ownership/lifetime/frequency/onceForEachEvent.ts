/**
 * Listeners of which a table of the module knows one for each event, and none is taken out of it again:
 * `if (!handlers.has(name)) { handlers.set(name, []); window.addEventListener(name, tell); }`. There are as many as events: a page
 * has a few, and so has what is called with fixed names; one for each id, or for what a request asks, is one for each of these.
 */

import { isClosedType } from '../../../growth/keys';
import { exportNames } from '../../../program/exported';
import type { Declaration, FileScopes } from '../../../program/scopes';
import { nodesIn } from '../../../syntax/nodeIndex';
import { calls } from '../../../syntax/selections';
import { calledName, isFunctionNode, ts, unwrap, wrapped } from '../../../syntax/syntax';
import { asksForEntry, keyedInserts, looksUpKey, takesOutOrEmpties } from '../../../words/collections';
import { tellsWhichOne } from '../../../words/identities';
import { listenMethods } from '../../../words/listeners';
import { isPageObject } from '../../../words/pages';
import { type Frequency, runs } from './frequency';
import type { Judge } from './judge';

/**
 * @param tested what is missing when the node is come to
 * @param body where the table is filled
 * @returns no more than a set-up where the names may be of any number
 */
export function onceForEachEvent(
  tested: readonly ts.Expression[],
  body: ts.Node,
  node: ts.Node,
  judge: Judge,
): Frequency | undefined {
  const { scopes } = judge.program;
  if (!ts.isCallExpression(node) || !listenMethods.has(calledName(node)) || !node.arguments[0]) return undefined;
  const event = unwrap(node.arguments[0]);
  const named = ts.isIdentifier(event) ? scopes.resolve(event) : undefined;
  if (!named || tested.length === 0 || tellsWhichOne(named.name) || isComposed(named)) return undefined;
  const isFilled = tested.some((one) => {
    const question = asked(one, scopes);
    const table = question && tableOf(question, named, scopes);
    return (
      table !== undefined &&
      nodesIn(body, calls).some(
        (call) => keyedInserts.has(calledName(call)) && tableOf(call, named, scopes) === table,
      ) &&
      keepsAllOf(table)
    );
  });
  if (!isFilled) return undefined;
  return isOfFew(node, named, judge)
    ? runs('once', { kind: 'flag' })
    : runs('setup', { kind: 'forEachOne', name: named.name });
}

/** `const channel = `reply:${id}``, `const topic = request.params.topic`: made of what is given each time, or a part of it. */
function isComposed({ kind, initializer }: Declaration): boolean {
  if (kind === 'parameter' || !initializer) return false;
  const value = unwrap(initializer);
  return !ts.isStringLiteralLike(value) && !ts.isIdentifier(value);
}

/** Are there few events: those of the page, those that a type lists, or those by which the file itself calls? */
function isOfFew(node: ts.CallExpression, named: Declaration, judge: Judge): boolean {
  const callee = unwrap(node.expression);
  if (ts.isIdentifier(callee) || (ts.isPropertyAccessExpression(callee) && isPageObject(callee.expression.getText())))
    return true;
  if (!ts.isParameter(named.node)) return named.initializer !== undefined && isFixed(named.initializer);
  if (isClosedType(named.node.type, judge)) return true;
  const fn = named.node.parent;
  if (!isFunctionNode(fn)) return false;
  const position = fn.parameters.indexOf(named.node);
  const uses = judge.program.callees.usesOf(fn);
  return (
    uses.calls.length > 0 &&
    uses.values.length === 0 &&
    !judge.program.once(exportNames).has(judge.program.scopes.declarationOf(fn)?.node ?? fn) &&
    uses.calls.every(({ arguments: given }) => given?.[position] !== undefined && isFixed(given[position]))
  );
}

function isFixed(value: ts.Expression): boolean {
  return ts.isStringLiteralLike(unwrap(value));
}

/** `table.has(name)`, also as the value of a constant. */
function asked(tested: ts.Expression, scopes: FileScopes): ts.CallExpression | undefined {
  const value = unwrap(tested);
  if (ts.isCallExpression(value))
    return asksForEntry(calledName(value)) || looksUpKey(calledName(value)) ? value : undefined;
  const declaration = ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
  const { kind, initializer } = declaration ?? {};
  return kind === 'const' && initializer && ts.isCallExpression(unwrap(initializer))
    ? asked(initializer, scopes)
    : undefined;
}

/** The table of the module that is asked for the key, or given it. */
function tableOf(call: ts.CallExpression, key: Declaration, scopes: FileScopes): Declaration | undefined {
  const callee = unwrap(call.expression);
  const [first] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !first) return undefined;
  const [table, given] = [unwrap(callee.expression), unwrap(first)];
  if (!ts.isIdentifier(table) || !ts.isIdentifier(given) || scopes.resolve(given) !== key) return undefined;
  const declaration = scopes.resolve(table);
  return declaration && declaration.scope.func === undefined && declaration.writes.length === 0
    ? declaration
    : undefined;
}

const keptWhole = new WeakMap<Declaration, boolean>();

function keepsAllOf(table: Declaration): boolean {
  const known = keptWhole.get(table) ?? table.references.every(keepsAll);
  keptWhole.set(table, known);
  return known;
}

/** Nothing is taken out by this use of the table, and nobody else is given it. */
function keepsAll(use: ts.Expression): boolean {
  const access = wrapped(use).parent;
  return ts.isPropertyAccessExpression(access) && !takesOutOrEmpties(access.name.text);
}
