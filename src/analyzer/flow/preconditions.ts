/**
 * Functions that make sure of something before they go on: `if (!this.range) throw …`, a check of a name that is always the
 * same. They throw where the program itself is wrong, and then each time: nobody meets that in a program that works.
 */
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import { type CallLike, type FunctionNode, isFunctionNode, isWithin, ts, unwrap, walk } from '../syntax/syntax';
import { isMissingValue } from './conditions';

/** Does all that the function throws itself tell of a mistake of the program, as this call has it? */
export function onlyMakesSure(fn: FunctionNode, call: CallLike, program: FileProgram): boolean {
  const thrown: ts.Node[] = [];
  walk(fn, (node) => {
    if (isFunctionNode(node) && node !== fn) return false;
    if (ts.isThrowStatement(node)) thrown.push(node);
    return true;
  });
  return (
    thrown.length > 0 &&
    (thrown.every((one) => isForWantOfField(one, program)) ||
      (call.arguments?.length !== 0 &&
        call.arguments?.every((given) => isFixed(given, program)) === true &&
        knowsOnlyWhatIsGiven(fn, program)))
  );
}

/** `if (!this.range || this.uri === undefined) throw …` */
function isForWantOfField(thrown: ts.Node, program: FileProgram): boolean {
  let then = thrown;
  while (ts.isBlock(then.parent)) then = then.parent;
  const asked = then.parent;
  return ts.isIfStatement(asked) && asked.thenStatement === then && wantsField(asked.expression, program);
}

function wantsField(condition: ts.Expression, program: FileProgram): boolean {
  const value = unwrap(condition);
  let field: ts.Expression | undefined;
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken)
    field = unwrap(value.operand);
  else if (ts.isBinaryExpression(value)) {
    const { left, right, operatorToken } = value;
    if (operatorToken.kind === ts.SyntaxKind.BarBarToken) return [left, right].every((one) => wantsField(one, program));
    const isSame =
      operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
      operatorToken.kind === ts.SyntaxKind.EqualsEqualsToken;
    if (isSame && isMissingValue(right)) field = unwrap(left);
  }
  return field !== undefined && program.places.of(field)?.root.kind === 'owner';
}

/** A constant, or a field that is given when its owner is made and never again. */
function isFixed(given: ts.Expression, program: FileProgram): boolean {
  if (constantOf(given, program.scopes) !== undefined) return true;
  const place = program.places.of(unwrap(given));
  const [name] = place?.path ?? [];
  if (place?.root.kind !== 'owner' || place.path.length !== 1 || name === undefined) return false;
  const { members, construct, node } = place.root.owner;
  const member = members.get(name);
  return (
    member !== undefined &&
    (member.values.length > 0 || member.parameter !== undefined) &&
    member.values.every((value) => (construct && isWithin(value.node, construct)) || value.node.parent === node)
  );
}

/** Neither its owner nor a variable around it is asked. */
function knowsOnlyWhatIsGiven(fn: FunctionNode, { scopes }: FileProgram): boolean {
  let isAlone = true;
  walk(fn, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) isAlone = false;
    const declaration = ts.isIdentifier(node) ? scopes.resolve(node) : undefined;
    if (declaration && declaration.scope.func === undefined && declaration.node !== fn) isAlone = false;
    return isAlone;
  });
  return isAlone;
}
