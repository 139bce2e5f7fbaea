/**
 * States of a component that only go one way: `const [ready, setReady] = useState(false)` of which all calls say `setReady(true)`.
 * What is shown from then on stays.
 */
import { constantOf } from '../../program/constants';
import type { FileProgram } from '../../program/program';
import { calledName, enclosingFunction, type FunctionNode, ts, unwrap, wrapped } from '../../syntax/syntax';
import { stateHooks } from '../../words/components';

/** Is the condition, once it has this outcome, never the other again? */
export function staysSo(condition: ts.Expression, outcome: boolean, fn: FunctionNode, program: FileProgram): boolean {
  const value = unwrap(condition);
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken)
    return staysSo(value.operand, !outcome, fn, program);
  if (ts.isBinaryExpression(value)) {
    const { operatorToken, left, right } = value;
    const needsBoth =
      operatorToken.kind === (outcome ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken);
    return needsBoth && staysSo(left, outcome, fn, program) && staysSo(right, outcome, fn, program);
  }
  return ts.isIdentifier(value) && isOnlySetTo(value, outcome, fn, program);
}

function isOnlySetTo(name: ts.Identifier, outcome: boolean, fn: FunctionNode, { scopes }: FileProgram): boolean {
  const element = scopes.resolve(name)?.node;
  const pattern = element && ts.isBindingElement(element) ? element.parent : undefined;
  const made = pattern?.parent;
  if (!pattern || !ts.isArrayBindingPattern(pattern) || !made || !ts.isVariableDeclaration(made)) return false;
  const call = made.initializer && unwrap(made.initializer);
  if (!call || !ts.isCallExpression(call) || !stateHooks.has(calledName(call)) || enclosingFunction(call) !== fn)
    return false;
  const [state, setter] = pattern.elements;
  if (state !== element || !setter || !ts.isBindingElement(setter)) return false;
  const uses = scopes.declarationOf(setter)?.references ?? [];
  return uses.length > 0 && uses.every((use) => givesAlways(use, outcome, scopes));
}

/** `setReady(true)` */
function givesAlways(use: ts.Expression, outcome: boolean, scopes: FileProgram['scopes']): boolean {
  const call = wrapped(use).parent;
  if (!ts.isCallExpression(call) || call.expression !== wrapped(use)) return false;
  const constant = constantOf(call.arguments[0], scopes);
  return constant !== undefined && Boolean(constant) === outcome;
}
