/**
 * Two statements between which something is open: `this.depth++` and `this.depth--`, `startBatch()` and `endBatch()`. What
 * runs between them is another's: when it throws, or what is awaited there rejects, the second one is passed over, and it stays open.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { callsNamed, inOrder } from '../program/callNames';
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import {
  closingNames,
  continuing,
  guarding,
  handlerLists,
  mayOpen,
  passing,
  placing,
  showing,
  stacks,
} from '../resources/bracketWords';
import { kindsWith } from '../resources/kindsWith';
import type { ResourceKind } from '../resources/model';
import { nodesIn, select } from '../syntax/nodeIndex';
import { binaries } from '../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { cutsOut } from '../words/collections';
import { createThrowing } from './throwing';

const postfixes = select<ts.PostfixUnaryExpression>(ts.SyntaxKind.PostfixUnaryExpression);
const prefixes = select<ts.PrefixUnaryExpression>(ts.SyntaxKind.PrefixUnaryExpression);

/** One half of a bracket: what it opens or closes, by a text that both have. */
interface Half {
  readonly text: string;
  readonly closes: readonly string[];
}

const bracketKinds = kindsWith(({ brackets }) => brackets);

/** Findings for brackets that an exception leaves open. */
export function findOpenBrackets(engine: Engine, kinds: readonly ResourceKind[]): readonly Draft[] {
  const [kind] = bracketKinds(kinds);
  if (!kind) return [];
  const drafts: Draft[] = [];
  for (const node of beginnings(engine.program)) {
    const half = halfOf(node);
    const draft = half && half.closes.length > 0 ? judge(node, half, kind, engine) : undefined;
    if (draft) drafts.push(draft);
  }
  return drafts;
}

/** Statements that may open a bracket, told by one word or sign, before any text is put together. */
function beginnings(program: FileProgram): readonly ts.Statement[] {
  const found: ts.Statement[] = [];
  const take = (value: ts.Expression): void => {
    const statement = statementOf(value);
    if (statement && changeIn(statement) === value) found.push(statement);
  };
  for (const call of callsNamed(program, mayOpen)) take(call);
  for (const count of nodesIn(program.sourceFile, postfixes)) take(count);
  for (const count of nodesIn(program.sourceFile, prefixes)) take(count);
  for (const sum of nodesIn(program.sourceFile, binaries))
    if (sum.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) take(sum);
  return found.sort(inOrder);
}

/** The statement that does no more than this, and may keep what it gives. */
function statementOf(value: ts.Expression): ts.Statement | undefined {
  let outer = wrapped(value);
  if (ts.isAwaitExpression(outer.parent)) outer = wrapped(outer.parent);
  const { parent } = outer;
  if (ts.isExpressionStatement(parent)) return parent;
  const statement = ts.isVariableDeclaration(parent) ? parent.parent.parent : undefined;
  return statement && ts.isVariableStatement(statement) ? statement : undefined;
}

function judge(first: ts.Statement, half: Half, kind: ResourceKind, engine: Engine): Draft | undefined {
  const list = listAround(first);
  const fn = enclosingFunction(first);
  if (!list || !fn || placing.test(half.text) || !isKept(first, engine) || isUnfinished(half)) return undefined;
  if (passing.test(engine.program.members.ownerAt(first)?.name ?? '')) return undefined;
  if (isStacked(half) && !isOfModule(first, engine)) return undefined;
  const from = list.indexOf(first);
  const to = list.findIndex((other, index) => index > from && half.closes.includes(halfOf(other)?.text ?? ''));
  const last = list[to];
  // `const a = formatStart(from); const b = formatEnd(to);` makes two values.
  if (!last || (ts.isVariableStatement(first) && ts.isVariableStatement(last))) return undefined;
  // `const last = queue.pop();` takes something to work on.
  if (isStacked(half) && !ts.isExpressionStatement(last)) return undefined;
  const throwing = foreignIn(list.slice(from + 1, to), fn, half.text.endsWith('++') || isPlaceTaken(first), engine);
  if (!throwing) return undefined;
  const frequency = engine.frequency.of(first);
  if (frequency.level === 'once') return undefined;
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    severity: isPerhapsGiven(throwing, engine) ? 'low' : 'medium',
    confidence: 'medium',
    message: `\`${shown(first)}\` stays without its \`${shown(last)}\` (line ${lineOf(last)}) when \`${shown(throwing)}\` on line ${lineOf(throwing)} ${ts.isAwaitExpression(throwing) ? 'rejects' : 'throws'}.`,
    advice: `Put \`${shown(last)}\` into a \`finally\`.`,
    node: first,
    trail: [
      { role: 'acquired', message: 'Begins here', range: rangeOf(first) },
      { role: 'exit', message: 'May leave the function', range: rangeOf(throwing) },
      { role: 'release', message: 'Passed over then', range: rangeOf(last) },
      frequencyStep(frequency, first),
    ],
  };
}

/** A function that callers may give, and may leave out. */
function isPerhapsGiven(node: ts.Node, { program }: Engine): boolean {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  const given = callee && ts.isIdentifier(callee) ? program.scopes.resolve(callee)?.node : undefined;
  return given !== undefined && ts.isParameter(given) && given.questionToken !== undefined;
}

/** `builder.beginUnit(id)`: what is still being made goes with the exception. */
function isUnfinished({ text }: Half): boolean {
  return /^\w*builder\.(?!\w*(?:transaction|lock))/i.test(text);
}

/** `pushTarget(this)`, `stack.push(context)` */
function isStacked({ text }: Half): boolean {
  return stacks(text.slice(text.lastIndexOf('.') + 1));
}

/** A stack of the module, or behind two functions: that of an instance or a call mostly goes with what has failed. */
function isOfModule(statement: ts.Statement, engine: Engine): boolean {
  const call = changeIn(statement);
  const callee = call && ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  const stack = callee && ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
  const root = stack && ts.isIdentifier(stack) ? engine.program.places.of(stack)?.root : undefined;
  // `router.push(…)` of another file may be no stack.
  if (root?.kind === 'import') return stack === callee;
  if (root?.kind !== 'declaration' || root.declaration.scope.func !== undefined) return false;
  return !engine.once(emptiedStacks)(root.declaration);
}

/** Each stack is asked about once, however often it is filled. */
function emptiedStacks(): (stack: Declaration) => boolean {
  const known = new Map<Declaration, boolean>();
  return (stack) => {
    const found = known.get(stack) ?? isEmptied(stack);
    known.set(stack, found);
    return found;
  };
}

/** `stack = []`, `stack.length = 0`, `stack.splice(0)`: what an exception has left is cleared for the next run. */
function isEmptied({ references, writes }: Declaration): boolean {
  return (
    writes.length > 0 ||
    references.some((use) => {
      const member = wrapped(use).parent;
      if (!ts.isPropertyAccessExpression(member)) return false;
      const up = wrapped(member).parent;
      return isAssignment(up) ? unwrap(up.left) === member : cutsOut(member.name.text);
    })
  );
}

/** `await this.slots.acquire()` */
function isPlaceTaken(statement: ts.Statement): boolean {
  const call = changeIn(statement);
  const callee = call && ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!callee || !ts.isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(callee.expression);
  return guarding.test(ts.isPropertyAccessExpression(receiver) ? receiver.name.text : receiver.getText());
}

function shown(node: ts.Node): string {
  const text = node.getText().replace(/;$/, '').replace(/\s+/g, ' ');
  return text.length > 50 ? `${text.slice(0, 49)}…` : text;
}

function listAround({ parent }: ts.Statement): readonly ts.Statement[] | undefined {
  return ts.isBlock(parent) || ts.isCaseClause(parent) ? parent.statements : undefined;
}

/** What a statement does: the call, or the change of a count. */
function changeIn(statement: ts.Statement): ts.Expression | undefined {
  let value: ts.Expression | undefined;
  if (ts.isExpressionStatement(statement)) value = unwrap(statement.expression);
  else if (ts.isVariableStatement(statement)) {
    const [only, ...others] = statement.declarationList.declarations;
    const given = others.length === 0 && only?.initializer ? unwrap(only.initializer) : undefined;
    if (given && ts.isCallExpression(given)) value = given;
  }
  return value && ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
}

/** `this.depth++`, `startBatch();`, `const before = untrackedStart();` */
function halfOf(statement: ts.Statement): Half | undefined {
  const value = changeIn(statement);
  if (!value) return undefined;
  if (ts.isPostfixUnaryExpression(value) || ts.isPrefixUnaryExpression(value)) {
    const operand = value.operand.getText();
    if (value.operator === ts.SyntaxKind.PlusPlusToken) return { text: `${operand}++`, closes: [`${operand}--`] };
    return value.operator === ts.SyntaxKind.MinusMinusToken ? { text: `${operand}--`, closes: [] } : undefined;
  }
  if (ts.isBinaryExpression(value) && ts.isNumericLiteral(value.right)) {
    const operand = value.left.getText();
    if (value.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken)
      return { text: `${operand}++`, closes: [`${operand}--`] };
    if (value.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken) return { text: `${operand}--`, closes: [] };
  }
  if (!ts.isCallExpression(value)) return undefined;
  const callee = unwrap(value.expression);
  if (ts.isIdentifier(callee)) return { text: callee.text, closes: closingNames(callee.text) };
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const receiver = callee.expression.getText();
  if (showing.test(receiver) || showing.test(callee.name.text)) return undefined;
  return {
    text: `${receiver}.${callee.name.text}`,
    closes: closingNames(callee.name.text).map((name) => `${receiver}.${name}`),
  };
}

/** What is counted or opened outlives the call. */
function isKept(statement: ts.Statement, engine: Engine): boolean {
  let target: ts.Expression | undefined;
  walk(statement, (node) => {
    if (target || isFunctionNode(node)) return false;
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) target = node.operand;
    else if (ts.isBinaryExpression(node)) target = node.left;
    else if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      target = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
    }
    return !target;
  });
  if (!target) return false;
  const root = engine.program.places.of(unwrap(target))?.root;
  if (!root) return unwrap(target).kind === ts.SyntaxKind.ThisKeyword;
  if (root.kind !== 'declaration') return true;
  const { func } = root.declaration.scope;
  return func === undefined || root.declaration.kind === 'parameter' || func !== enclosingFunction(statement);
}

/** A call of what the function was given, or, of counts, a wait: it leaves the function when it fails. */
function foreignIn(
  between: readonly ts.Statement[],
  fn: FunctionNode,
  isCount: boolean,
  engine: Engine,
): ts.Node | undefined {
  const throwing = createThrowing(engine);
  let found: ts.Node | undefined;
  for (const statement of between)
    walk(statement, (node) => {
      if (found || isFunctionNode(node)) return false;
      if (ts.isTryStatement(node) && node.catchClause) return false;
      if (isCount && ts.isAwaitExpression(node) && throwing.likelihood(node) === 'likely') found = node;
      else if (ts.isCallExpression(node) && isGiven(node, fn, engine)) found = node;
      return !found;
    });
  return found;
}

/** `callback()`, `action.call(context)`, where the function was given it. */
function isGiven(call: ts.CallExpression, fn: FunctionNode, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  const [first] = call.arguments;
  const isApplied =
    ts.isPropertyAccessExpression(callee) &&
    /^(?:call|apply)$/.test(callee.name.text) &&
    (!first || !ts.isLiteralExpression(unwrap(first)));
  const called = isApplied ? unwrap(callee.expression) : callee;
  // `handlers[i](change)`
  if (ts.isElementAccessExpression(called)) return handlerLists.test(called.expression.getText());
  if (isApplied && ts.isPropertyAccessExpression(called)) return isGivenField(called, engine);
  const declaration = ts.isIdentifier(called) ? engine.program.scopes.resolve(called) : undefined;
  return declaration?.kind === 'parameter' && declaration.scope.func === fn && !continuing.test(declaration.name);
}

/** `this.getter.call(target)`, where the constructor was given it. */
function isGivenField(field: ts.PropertyAccessExpression, { program }: Engine): boolean {
  const place = program.places.of(field);
  const [name] = place?.path ?? [];
  if (place?.root.kind !== 'owner' || place.path.length !== 1 || name === undefined) return false;
  const member = place.root.owner.members.get(name);
  const isParameter = (value: ts.Expression | undefined): boolean => {
    const given = value && unwrap(value);
    return given !== undefined && ts.isIdentifier(given) && program.scopes.resolve(given)?.kind === 'parameter';
  };
  return (
    member !== undefined && (member.parameter !== undefined || member.values.some(({ value }) => isParameter(value)))
  );
}
