/** Where does a value go? One step from the expression that gives it to what takes it. */

import { memberNameOf } from '../../program/memberNames';
import type { Place } from '../../program/places';
import type { FileProgram } from '../../program/program';
import { type CallLike, isAssignment, propertyNameText, ts, unwrap, wrapped } from '../../syntax/syntax';
import { inserts } from '../../words/collections';
import { placeInState, placeOfSetter } from './states';

export type Fate =
  /** Nobody keeps it. */
  | { readonly kind: 'dropped' }
  /** Returned, yielded, thrown, exported: someone else's now. */
  | { readonly kind: 'handed-over'; readonly node: ts.Node }
  | { readonly kind: 'passed'; readonly call: CallLike; readonly argument: number }
  | { readonly kind: 'stored'; readonly place: Place; readonly node: ts.Node }
  /** Inserted into a collection: `list.push(x)`, `map.set(k, x)`, `record[k] = x`. */
  | { readonly kind: 'collected'; readonly container: Place | undefined; readonly node: ts.Node }
  /** A method or property of it is used at once: `make().unref()`. */
  | { readonly kind: 'used'; readonly member: string; readonly node: ts.Node }
  /** Some of its members are taken by name, and it is forgotten: `const { status } = response`. */
  | { readonly kind: 'destructured'; readonly members: readonly string[]; readonly node: ts.Node }
  | { readonly kind: 'unknown'; readonly node: ts.Node };

/** Operators whose result is one of their operands. */
const givesOperand: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.CommaToken,
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Fates of a value; several where an expression gives it to more than one taker (`a = b = value`). */
export function fatesOf(expression: ts.Expression, program: FileProgram): readonly Fate[] {
  const outer = wrapped(expression);
  const up = outer.parent;
  if (ts.isExpressionStatement(up) || ts.isVoidExpression(up)) return [{ kind: 'dropped' }];
  if (ts.isAwaitExpression(up)) return fatesOf(up, program);
  if (ts.isReturnStatement(up) || ts.isYieldExpression(up) || ts.isThrowStatement(up) || ts.isExportAssignment(up))
    return [{ kind: 'handed-over', node: up }];
  if (ts.isArrowFunction(up) && up.body === outer) return fatesOfArrowResult(up);
  if (ts.isVariableDeclaration(up)) {
    const declaration = ts.isIdentifier(up.name) ? program.scopes.declarationOf(up) : undefined;
    if (declaration) return [{ kind: 'stored', place: program.places.ofDeclaration(declaration), node: up }];
    const members = ts.isObjectBindingPattern(up.name) ? takenMembers(up.name) : undefined;
    return members ? [{ kind: 'destructured', members, node: up }] : [{ kind: 'unknown', node: up }];
  }
  if (ts.isPropertyDeclaration(up)) {
    const owner = program.members.ownerOf(up.parent);
    const name = memberNameOf(up.name, program.scopes);
    return owner && name !== undefined
      ? [{ kind: 'stored', place: program.places.ofMember(owner, name), node: up }]
      : [{ kind: 'unknown', node: up }];
  }
  if (isAssignment(up) && up.right === outer) {
    const left = unwrap(up.left);
    const place = program.places.of(left);
    const here: Fate = place
      ? { kind: 'stored', place, node: up }
      : ts.isElementAccessExpression(left)
        ? { kind: 'collected', container: program.places.of(left.expression), node: up }
        : { kind: 'unknown', node: up };
    const whole = fatesOf(up, program).filter((fate) => fate.kind !== 'dropped' && fate.kind !== 'used');
    return [here, ...whole];
  }
  if (ts.isPropertyAssignment(up) || ts.isShorthandPropertyAssignment(up) || ts.isSpreadAssignment(up)) {
    const state = ts.isSpreadAssignment(up) ? undefined : placeInState(up, program);
    if (state) return [{ kind: 'stored', place: state, node: up }];
    const owner = program.members.ownerOf(up.parent);
    const literal = fatesOf(up.parent, program);
    if (
      owner &&
      ts.isPropertyAssignment(up) &&
      ts.isIdentifier(up.name) &&
      literal.every((fate) => fate.kind === 'stored')
    )
      return [{ kind: 'stored', place: program.places.ofMember(owner, up.name.text), node: up }];
    // part of a larger value: it goes where that goes
    return literal.map((fate) =>
      fate.kind === 'stored'
        ? { kind: 'collected' as const, container: fate.place, node: up }
        : fate.kind === 'collected'
          ? { ...fate, node: up }
          : fate,
    );
  }
  if (ts.isArrayLiteralExpression(up) || ts.isSpreadElement(up))
    return fatesOf(up as ts.Expression, program).map((fate) =>
      fate.kind === 'stored' ? { kind: 'collected' as const, container: fate.place, node: up } : fate,
    );
  if (ts.isConditionalExpression(up) || ts.isBinaryExpression(up)) {
    if (ts.isConditionalExpression(up) && up.condition === outer) return [{ kind: 'unknown', node: up }];
    if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.CommaToken && up.left === outer)
      return [{ kind: 'dropped' }];
    // A comparison or sum gives another value.
    if (ts.isBinaryExpression(up) && !givesOperand.has(up.operatorToken.kind)) return [{ kind: 'unknown', node: up }];
    return fatesOf(up, program);
  }
  if (ts.isCallExpression(up) || ts.isNewExpression(up)) {
    const called: ts.Node = up.expression;
    if (called === outer) return [{ kind: 'used', member: '()', node: up }];
    const callee = unwrap(up.expression);
    if (ts.isPropertyAccessExpression(callee) && inserts.has(callee.name.text))
      return [{ kind: 'collected', container: program.places.of(callee.expression), node: up }];
    const state = up.arguments?.[0] === outer ? placeOfSetter(up, program) : undefined;
    if (state) return [{ kind: 'stored', place: state, node: up }];
    return [
      { kind: 'passed', call: up, argument: up.arguments ? (up.arguments as readonly ts.Node[]).indexOf(outer) : -1 },
    ];
  }
  if (ts.isPropertyAccessExpression(up)) return [{ kind: 'used', member: up.name.text, node: up }];
  // `socket[event] = handler`
  if (ts.isElementAccessExpression(up) && up.expression === outer && isAssignment(up.parent) && up.parent.left === up)
    return [{ kind: 'used', member: '[]', node: up }];
  return [{ kind: 'unknown', node: up }];
}

/** Names of the members that a pattern takes; undefined where it may take others. */
function takenMembers(pattern: ts.ObjectBindingPattern): readonly string[] | undefined {
  const names: string[] = [];
  for (const element of pattern.elements) {
    const name = propertyNameText(element.propertyName ?? element.name);
    if (name === undefined || element.dotDotDotToken) return undefined;
    names.push(name);
  }
  return names;
}

/** An arrow's expression body is its result; whether someone takes it depends on who runs the arrow. */
export function fatesOfArrowResult(arrow: ts.ArrowFunction): readonly Fate[] {
  const outer = wrapped(arrow);
  const up = outer.parent;
  const callee = ts.isCallExpression(up) || ts.isNewExpression(up) ? unwrap(up.expression) : undefined;
  const name =
    callee && ts.isPropertyAccessExpression(callee)
      ? callee.name.text
      : callee && ts.isIdentifier(callee)
        ? callee.text
        : undefined;
  if (name !== undefined && resultIgnored.has(name)) return [{ kind: 'dropped' }];
  return [{ kind: 'handed-over', node: arrow }];
}

const resultIgnored = new Set([
  'forEach',
  // the executor of `new Promise`
  'Promise',
  'addEventListener',
  'on',
  'once',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'nextTick',
]);

/** Conditions and operators look at a value without taking it. */
export function isTest(node: ts.Expression): boolean {
  const up = node.parent;
  return (
    ts.isIfStatement(up) ||
    ts.isPrefixUnaryExpression(up) ||
    ts.isWhileStatement(up) ||
    ts.isConditionalExpression(up) ||
    ts.isTypeOfExpression(up) ||
    ts.isBinaryExpression(up) ||
    ts.isTemplateSpan(up) ||
    ts.isForStatement(up) ||
    ts.isDoStatement(up)
  );
}
