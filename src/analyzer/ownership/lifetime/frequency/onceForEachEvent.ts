/**
 * Listeners of which a table of the module knows one for each event, and none is taken out of it again:
 * `if (!handlers.has(name)) { handlers.set(name, []); window.addEventListener(name, tell); }`. There are as many as events.
 */
import { nodesIn } from '../../../nodeIndex';
import type { Declaration, FileScopes } from '../../../scopes';
import { calls } from '../../../selections';
import { calledName, ts, unwrap, wrapped } from '../../../syntax';
import { asksForEntry, keyedInserts, looksUpKey, takesOutOrEmpties } from '../../words/collections';
import { listenMethods } from '../../words/listeners';
import { type Frequency, runs } from './frequency';

/**
 * @param tested what is missing when the node is come to
 * @param body where the table is filled
 */
export function onceForEachEvent(
  tested: readonly ts.Expression[],
  body: ts.Node,
  node: ts.Node,
  scopes: FileScopes,
): Frequency | undefined {
  if (!ts.isCallExpression(node) || !listenMethods.has(calledName(node)) || !node.arguments[0]) return undefined;
  const event = unwrap(node.arguments[0]);
  const named = ts.isIdentifier(event) ? scopes.resolve(event) : undefined;
  if (!named) return undefined;
  const isFilled = tested.some((one) => {
    const question = asked(one, scopes);
    const table = question && tableOf(question, named, scopes);
    return (
      table !== undefined &&
      nodesIn(body, calls).some(
        (call) => keyedInserts.has(calledName(call)) && tableOf(call, named, scopes) === table,
      ) &&
      table.references.every(keepsAll)
    );
  });
  return isFilled ? runs('once', { kind: 'flag' }) : undefined;
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

/** Nothing is taken out by this use of the table, and nobody else is given it. */
function keepsAll(use: ts.Expression): boolean {
  const access = wrapped(use).parent;
  return ts.isPropertyAccessExpression(access) && !takesOutOrEmpties(access.name.text);
}
