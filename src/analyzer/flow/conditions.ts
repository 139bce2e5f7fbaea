/**
 * What a condition says about a value: present or missing, by name. Two conditions with the same key have the same
 * outcome as long as nothing they name is assigned.
 */
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import { isAssignment, isFunctionNode, ts, unwrap } from '../syntax/syntax';

export interface Tested {
  /** Equal keys: same question. */
  readonly key: string;
  /** Outcome of the condition that means "present" (or "yes"). */
  readonly presentWhen: boolean;
  /** Place whose presence a "yes" implies: `typeof fd === 'number'`. */
  readonly subject?: string;
  /** Variables whose assignment makes the answer stale. */
  readonly variables: readonly Declaration[];
}

/** Reads a single condition (no `&&`, `||`, `!`). Undefined where it has effects or depends on a call. */
export function readCondition(condition: ts.Expression, program: FileProgram): Tested | undefined {
  const value = unwrap(condition);
  if (ts.isBinaryExpression(value)) {
    const compared = comparison(value, program);
    if (compared) return compared;
  }
  if (ts.isCallExpression(value)) {
    // Boolean(x), Number.isInteger(x)
    const [only] = value.arguments;
    const name = program.origins.nameOf(unwrap(value.expression));
    if (only && value.arguments.length === 1 && name?.module === undefined && name && presenceTests.has(name.name))
      return name.name === 'Boolean' ? readCondition(only, program) : typeTest(value, only, true, program);
  }
  if (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value)) {
    const place = program.places.of(value);
    if (place) return { key: place.key, presentWhen: true, variables: variablesIn(value, program) };
  }
  if (!isPure(value)) return undefined;
  return { key: `?${textOf(value)}`, presentWhen: true, variables: variablesIn(value, program) };
}

const presenceTests = new Set(['Boolean', 'Number.isInteger', 'Number.isFinite', 'isFinite']);

function comparison(value: ts.BinaryExpression, program: FileProgram): Tested | undefined {
  const [left, right] = [unwrap(value.left), unwrap(value.right)];
  const operator = value.operatorToken.kind;
  const equal = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
  const unequal =
    operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
  const about = (subject: ts.Expression, presentWhen: boolean): Tested | undefined => {
    const place =
      ts.isIdentifier(subject) || ts.isPropertyAccessExpression(subject) ? program.places.of(subject) : undefined;
    return place && { key: place.key, presentWhen, variables: variablesIn(subject, program) };
  };
  if (equal || unequal) {
    for (const [subject, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (isMissingValue(other)) return about(subject, unequal);
      if (other.kind === ts.SyntaxKind.TrueKeyword) return about(subject, equal);
      if (other.kind === ts.SyntaxKind.FalseKeyword) return about(subject, unequal);
      if (ts.isTypeOfExpression(subject) && ts.isStringLiteralLike(other)) {
        const typed = unwrap(subject.expression);
        return other.text === 'undefined'
          ? about(typed, unequal)
          : typeTest(other, typed, equal, program, `${textOf(subject)}=${other.text}`);
      }
    }
    // `a !== b` is the opposite of `a === b`
    if (isPure(value))
      return {
        key: `?${textOf(left)}==${textOf(right)}`,
        presentWhen: equal,
        variables: variablesIn(value, program),
      };
    return undefined;
  }
  if (operator === ts.SyntaxKind.InstanceOfKeyword) return typeTest(value, left, true, program);
  // descriptors: `fd >= 0`, `fd > -1`, `fd < 0`
  if (ts.isNumericLiteral(right) || isMissingValue(right)) {
    if (operator === ts.SyntaxKind.LessThanToken && textOf(right) === '0') return about(left, false);
    if (operator === ts.SyntaxKind.GreaterThanEqualsToken && textOf(right) === '0') return about(left, true);
    if (operator === ts.SyntaxKind.GreaterThanToken && /^(?:0|-1)$/.test(textOf(right))) return about(left, true);
  }
  return undefined;
}

/** A question about the type of a value: a "yes" implies that it is present. */
function typeTest(
  whole: ts.Expression,
  subject: ts.Expression,
  presentWhen: boolean,
  program: FileProgram,
  text: string = textOf(whole),
): Tested | undefined {
  const place = program.places.of(subject);
  return place && { key: `?${text}`, presentWhen, subject: place.key, variables: variablesIn(subject, program) };
}

/** `null`, `undefined`, `-1` and friends: the values that stand for "nothing". */
export function isMissingValue(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return (
    value.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(value) && value.text === 'undefined') ||
    ts.isVoidExpression(value) ||
    (ts.isPrefixUnaryExpression(value) &&
      value.operator === ts.SyntaxKind.MinusToken &&
      ts.isNumericLiteral(value.operand) &&
      value.operand.text === '1')
  );
}

/** Is a value truthy, where its text says so? Undefined where it does not. */
export function presenceOf(expression: ts.Expression | undefined): boolean | undefined {
  if (!expression) return false;
  const value = unwrap(expression);
  if (isMissingValue(value) || value.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (value.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (ts.isNumericLiteral(value)) return value.text !== '0';
  if (ts.isStringLiteralLike(value)) return value.text !== '';
  if (
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isNewExpression(value) ||
    isFunctionNode(value)
  )
    return true;
  return undefined;
}

/** Variables that an expression names. */
export function variablesIn(expression: ts.Expression, program: FileProgram): readonly Declaration[] {
  const found: Declaration[] = [];
  const visit = (node: ts.Node): void => {
    const declaration = ts.isIdentifier(node) ? program.scopes.resolve(node) : undefined;
    if (declaration) found.push(declaration);
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return found;
}

function isPure(expression: ts.Expression): boolean {
  let pure = true;
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) ||
      ts.isNewExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isYieldExpression(node) ||
      isFunctionNode(node) ||
      isAssignment(node) ||
      ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
        (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken))
    )
      pure = false;
    if (pure) ts.forEachChild(node, visit);
  };
  visit(expression);
  return pure;
}

function textOf(expression: ts.Expression): string {
  return expression.getText().replace(/\s+/g, '');
}
