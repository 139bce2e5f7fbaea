/** Conditions that let code run once only: a flag that it sets, a place that it fills. */

import { isEmptyValue } from '../../../program/emptyValues';
import type { Owner } from '../../../program/members';
import type { Place } from '../../../program/places';
import type { FileProgram } from '../../../program/program';
import { visitNodes } from '../../../syntax/nodeIndex';
import { binaries, calls } from '../../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  leaves,
  ts,
  unwrap,
  walk,
} from '../../../syntax/syntax';
import { oneShotEvents } from '../../../words/events';
import { listenMethods } from '../../../words/listeners';
import { saysDone, saysSetUp } from '../../../words/states';
import { testedWhenMissing, testedWhenOver, testedWhenPresent } from './conditions';
import { type Frequency, runs } from './frequency';
import type { Judge } from './judge';
import { onceForEachKey } from './keyedGuards';
import { onceForEachEvent } from './onceForEachEvent';

/** `if (!started) { started = true; … }`: once per holder of the flag. */
export function guardOf(
  statement: ts.IfStatement,
  thenBranch: boolean,
  node: ts.Node,
  judge: Judge,
): Frequency | undefined {
  const condition = unwrap(statement.expression);
  const branch = thenBranch ? statement.thenStatement : statement.elseStatement;
  if (!branch) return undefined;
  const missing = testedWhenMissing(condition, thenBranch);
  const known = onceForEachEvent(missing, branch, node, judge) ?? onceForEachKey(missing, branch, node, judge);
  if (known) return known;
  if (isStillToCome(missing, node, judge)) return runs('setup', { kind: 'flag' });
  for (const tested of [...missing, ...(thenBranch ? testedWhenOver(condition) : [])]) {
    const place = judge.program.places.of(tested);
    const guard =
      place && assignedIn(branch, place.key, judge.program) ? guardedBy(place, statement, judge) : undefined;
    if (guard) return guard;
  }
  return undefined;
}

/** What is done only while the place is empty, and fills it. */
export function guardedBy(place: Place | undefined, at: ts.Node, judge: Judge): Frequency | undefined {
  const owner = place && ownerOf(place, judge.program);
  if (place && owner) {
    const isStatic = place.root.kind === 'declaration' || owner.members.get(place.path[0] ?? '')?.isStatic;
    return isStatic && !isEmptiedAgain(place, judge.program)
      ? runs('once', { kind: 'flag' })
      : judge.ofInstances(owner);
  }
  if (place?.root.kind === 'declaration') {
    const { declaration } = place.root;
    if (declaration.scope.func === undefined) return runs('once', { kind: 'flag' });
    // A flag of the function around: as often as that runs.
    if (declaration.kind !== 'parameter' && declaration.scope.func !== enclosingFunction(at))
      return judge.of(declaration.node);
  }
  return place?.root.kind === 'global' ? runs('once', { kind: 'globalFlag' }) : undefined;
}

/** Whose member it is: `this.view`, `View.current`. */
function ownerOf({ root, path }: Place, { members }: FileProgram): Owner | undefined {
  if (path.length === 0) return undefined;
  if (root.kind === 'owner') return root.owner;
  return root.kind === 'declaration'
    ? members.owners.find(({ declaration }) => declaration === root.declaration)
    : undefined;
}

/** `View.current = undefined` in a method: the next one is let in. */
function isEmptiedAgain({ key }: Place, program: FileProgram): boolean {
  let found = false;
  visitNodes(program.sourceFile, binaries, (node) => {
    found ||=
      isAssignment(node) &&
      isEmptyValue(node.right) &&
      program.places.of(node.left)?.key === key &&
      enclosingFunction(node) !== undefined;
    return !found;
  });
  return found;
}

/** `if (this.started) return;` before the node, with `this.started = …` after it. */
export function earlyReturnGuard(fn: FunctionNode, node: ts.Node, judge: Judge): Frequency | undefined {
  const body = fn.body;
  if (!body || !ts.isBlock(body)) return undefined;
  for (const statement of statementsBefore(node, body)) {
    if (!ts.isIfStatement(statement) || !leaves(statement.thenStatement)) continue;
    if (saysSetUp(writtenWith(statement, judge.program.text)) && asksOfWhole(statement.expression, judge))
      return ofWhole(fn, judge);
    const present = testedWhenPresent(unwrap(statement.expression));
    const known = onceForEachEvent(present, body, node, judge) ?? onceForEachKey(present, body, node, judge);
    if (known) return known;
    if (isStillToCome(present, node, judge)) return runs('setup', { kind: 'flag' });
    for (const tested of present) {
      const place = judge.program.places.of(tested);
      const guard =
        place && (assignedIn(body, place.key, judge.program, false) || isStateOfPart(place))
          ? guardedBy(place, statement, judge)
          : undefined;
      if (guard) return guard;
    }
  }
  return undefined;
}

/** What the author calls set up already is so once: for each instance, if the function is of one. */
function ofWhole(fn: FunctionNode, { program: { members }, ofInstances }: Judge): Frequency {
  const holder = members.holdersOf(fn)[0]?.owner;
  return holder ? ofInstances(holder) : runs('once', { kind: 'flag' });
}

/** The text of a statement, with what is said of it behind it. */
function writtenWith({ pos, end }: ts.Statement, text: string): string {
  const line = text.indexOf('\n', end);
  return text.slice(pos, line < 0 ? undefined : line);
}

/** Of nothing that a function has of its own, or is given: that would be set up for each. */
function asksOfWhole(condition: ts.Expression, judge: Judge): boolean {
  let isOfWhole = true;
  walk(condition, (inner) => {
    const func = ts.isIdentifier(inner) ? judge.program.scopes.resolve(inner)?.scope.func : undefined;
    if (func && judge.ofFunction(func).level !== 'once') isOfWhole = false;
    return isOfWhole;
  });
  return isOfWhole;
}

/** Statements of the body that have run when the node is reached, those of inner blocks around it included. */
function statementsBefore(node: ts.Node, body: ts.Block): readonly ts.Statement[] {
  const before: ts.Statement[] = [];
  for (let at: ts.Node = node; at !== body && at.parent; at = at.parent)
    if (ts.isBlock(at.parent))
      for (const statement of at.parent.statements) if (statement.pos < at.pos) before.push(statement);
  return before;
}

/** Here, or in a function that is called here. */
function assignedIn(node: ts.Node, key: string, program: FileProgram, mayCall = true): boolean {
  let found = false;
  visitNodes(node, binaries, (inner) => {
    if (isAssignment(inner) && !isEmptyValue(inner.right))
      found ||= targetsOf(inner.left).some((target) => program.places.of(target)?.key === key);
    return !found;
  });
  if (!found && mayCall)
    visitNodes(node, calls, (call) => {
      found ||= program.callees.of(call).some((fn) => assignedIn(fn, key, program, false));
      return !found;
    });
  return found;
}

/** `[track] = stream.getTracks()`: each of a list. */
function targetsOf(left: ts.Expression): readonly ts.Expression[] {
  const value = unwrap(left);
  return ts.isArrayLiteralExpression(value) ? value.elements : [value];
}

/**
 * `if (app.isReady()) open(); else app.on('ready', open);`: an event that comes once, waited for until it has come. Of many requests
 * before it each would wait.
 */
function isStillToCome(tested: readonly ts.Expression[], node: ts.Node, judge: Judge): boolean {
  const [event] = ts.isCallExpression(node) && listenMethods.has(calledName(node)) ? node.arguments : [];
  if (!event || !ts.isStringLiteralLike(event) || !oneShotEvents.has(event.text)) return false;
  const asked = new RegExp(`\\b(?:is)?${event.text}\\b`, 'i');
  const fn = enclosingFunction(node);
  return !(fn && isOfRequest(judge.ofFunction(fn))) && tested.some((one) => asked.test(one.getText()));
}

function isOfRequest({ occasion, isRequest }: Frequency): boolean {
  return isRequest === true || occasion.kind === 'request';
}

/** `if (this.terminal.element) return;`: a part that says that it is open already. */
function isStateOfPart({ root, path }: Place): boolean {
  return root.kind === 'owner' && path.length > 1 && saysDone(path.at(-1) ?? '');
}

/** `??=`, `||=`: the right side runs only while the left is empty. */
export function isFilling(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken)
  );
}
