/**
 * The same race in a class: a method waits and then puts something into a field, the teardown ends the field and sets a flag,
 * other methods ask for that flag, and this one does not ask again after its wait.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import { isErrorFirst } from '../../acquiring/callbacks';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Owner } from '../../program/members';
import { textOf } from '../../program/places';
import { nodesIn, visitNodes } from '../../syntax/nodeIndex';
import { binaries, calls } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isEquality,
  isFunctionNode,
  isWithin,
  isWithinAny,
  joinsConditions,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { asserts } from '../../words/assertions';
import { synchronousCallbacks, timerCalls } from '../../words/callbacks';
import { listenMethods } from '../../words/listeners';
import { looksUp } from '../../words/lookups';
import { isPromiseStep } from '../../words/promises';
import { goesOn, isMaking } from '../../words/starts';
import { endWords, givesUp, unwantedWords } from '../../words/states';
import { endsForGood, isWholeTeardown } from '../../words/teardowns';
import { creationOf, endedBy, isOfOwnSource, lateKind } from './late';

interface Teardown {
  readonly name: string;
  readonly node: FunctionNode;
  /** Everything that it runs. */
  readonly reached: ReadonlySet<FunctionNode>;
  /** Fields that it sets and that other methods ask for. */
  readonly flags: ReadonlySet<string>;
}

/** The findings for fields that a wait may fill after the teardown has run. */
export function findLateInOwners(engine: Engine, acquisitions: readonly Acquisition[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const owner of engine.program.members.owners) {
    if (owner.kind === 'object') continue;
    const teardown = teardownOf(owner, engine);
    // Other files are asked last: whoever asked is judged again when they say otherwise.
    if (!teardown || waits(teardown, engine) || engine.frequency.instancesOf(owner) === 'single') continue;
    for (const member of owner.members.values()) {
      const place = engine.program.places.ofMember(owner, member.name);
      const site = releaseIn(teardown, place.key, engine);
      if (!site) continue;
      for (const { value, node } of member.values) {
        const fn = enclosingFunction(node);
        const given = value && givenCreation(value, engine);
        const made = value && (creationOf(value) ?? given);
        if (!fn || !made || isWithinAny(fn, teardown.reached)) continue;
        const wait = hasModifier(fn, ts.SyntaxKind.AsyncKeyword) ? lastWait(node, fn) : callAround(fn)?.expression;
        if (!wait || asksAfter(fn, wait, place.key, teardown, engine) || callerAsks(fn, place.key, teardown, engine))
          continue;
        if (acquisitions.some((one) => one.node === made && one.kind.oneShot !== undefined)) continue;
        if (isOfOwnSource(made, wait, engine) || (value && given && endsItself(fn, [value, node], engine))) continue;
        drafts.push({
          kind: lateKind,
          mechanism: 'race-or-after-await',
          severity: 'low',
          confidence: 'medium',
          message: `\`${textOf(place)}\` is filled after a wait (line ${lineOf(wait)}), and nothing asks whether \`${teardown.name}\` (line ${lineOf(teardown.node)}) has run by then: it found nothing to end, and this stays.`,
          advice: `Ask for \`this.${[...teardown.flags][0] ?? ''}\` after the wait, and end what has come too late.`,
          node: made,
          trail: [
            { role: 'acquired', message: 'Begun here, after the wait', range: rangeOf(made) },
            { role: 'release', message: 'May have run by then', range: rangeOf(site) },
          ],
        });
      }
    }
  }
  return drafts;
}

/** A teardown for good that sets a flag of an end, for which another method asks. */
function teardownOf(owner: Owner, engine: Engine): Teardown | undefined {
  for (const member of owner.members.values()) {
    if (!isWholeTeardown(member.name) || !endsForGood(member.name)) continue;
    for (const node of member.functions) {
      const reached = engine.program.callees.reachedFrom(node);
      const flags = new Set<string>();
      for (const [name, { values }] of owner.members) {
        const isFlag = endWords.test(name) && values.some((given) => setsIn(given, reached));
        if (isFlag && isAskedFor(owner, name, reached, engine)) flags.add(name);
      }
      if (flags.size > 0) return { name: member.name, node, reached, flags };
    }
  }
  return undefined;
}

/** `const { socket } = await open(); this.socket = socket;`, `open((error, socket) => { this.socket = socket; })` */
function givenCreation(value: ts.Expression, { program }: Engine): ts.Expression | undefined {
  const given = unwrap(value);
  const declaration = ts.isIdentifier(given) ? program.scopes.resolve(given) : undefined;
  if (!declaration || declaration.writes.length > 0) return undefined;
  if (declaration.kind === 'parameter') {
    const taker = declaration.scope.func;
    const call = taker && isErrorFirst(taker) ? callAround(taker) : undefined;
    return call && !looksUp(calledName(call)) ? call : undefined;
  }
  const initial = declaration.initializer && unwrap(declaration.initializer);
  const waited = initial && ts.isAwaitExpression(initial) ? unwrap(initial.expression) : undefined;
  return waited && ts.isCallExpression(waited) && !looksUp(calledName(waited)) ? waited : undefined;
}

/** Does the function end it as well when its work is done, by the field or the variable? */
function endsItself(fn: FunctionNode, names: readonly ts.Node[], engine: Engine): boolean {
  const keys = new Set<string | undefined>();
  for (const name of names) {
    const target = isAssignment(name) ? name.left : name;
    if (ts.isExpression(target)) keys.add(engine.program.places.of(unwrap(target))?.key);
  }
  return nodesIn(fn, calls).some((call) => {
    const ended = enclosingFunction(call) === fn ? endedBy(call, engine) : undefined;
    const key = ended && engine.program.places.of(unwrap(ended))?.key;
    return key !== undefined && keys.has(key);
  });
}

/** The call that is given the function to run when it is done. */
function callAround(fn: FunctionNode): ts.CallExpression | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call) || call.arguments.at(-1) !== wrapped(fn)) return undefined;
  const name = calledName(call);
  const isOther =
    listenMethods.has(name) || timerCalls.has(name) || synchronousCallbacks.has(name) || isPromiseStep(name);
  return isOther || !isErrorFirst(fn) ? undefined : call;
}

/** To `true`, or to what the teardown is told: `this.stopped = forGood`. */
function setsIn(
  { value, node }: { readonly value: ts.Expression | undefined; readonly node: ts.Node },
  fns: ReadonlySet<FunctionNode>,
): boolean {
  const given = value && unwrap(value);
  return (
    given !== undefined &&
    [...fns].some(
      (fn) =>
        isWithin(node, fn) &&
        (given.kind === ts.SyntaxKind.TrueKeyword ||
          (ts.isIdentifier(given) &&
            fn.parameters.some(({ name }) => ts.isIdentifier(name) && name.text === given.text))),
    )
  );
}

function isAskedFor(owner: Owner, name: string, teardown: ReadonlySet<FunctionNode>, engine: Engine): boolean {
  return engine.uses.reads(engine.program.places.ofMember(owner, name).key).some((use) => !isWithinAny(use, teardown));
}

/** Whoever waits for the work, or gives it up, has thought of it. */
function waits({ node, reached }: Teardown, engine: Engine): boolean {
  let does = false;
  for (const fn of reached)
    walk(fn, (inner) => {
      // `await this.starting`, `this.starting.then(…)`
      const waited =
        fn !== node
          ? undefined
          : ts.isAwaitExpression(inner)
            ? inner.expression
            : ts.isPropertyAccessExpression(inner) && isPromiseStep(inner.name.text)
              ? inner.expression
              : undefined;
      does ||= waited !== undefined && engine.program.places.of(unwrap(waited))?.root.kind === 'owner';
      if (ts.isIdentifier(inner) && !isPromiseStep(inner.text)) does ||= givesUp(inner.text);
      return !does;
    });
  return does;
}

function releaseIn({ reached }: Teardown, key: string, engine: Engine): ts.Node | undefined {
  let found: ts.Node | undefined;
  for (const fn of reached)
    visitNodes(fn, calls, (inner) => {
      const ended = ts.isCallExpression(inner) ? endedBy(inner, engine) : undefined;
      if (ended && engine.program.places.of(unwrap(ended))?.key === key) found ??= inner;
      return found === undefined;
    });
  return found;
}

/** The last `await` that the function has passed when it comes to the node. */
function lastWait(node: ts.Node, fn: FunctionNode): ts.Node | undefined {
  let found: ts.Node | undefined;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      if (ts.isIfStatement(inner) && inner.pos < node.pos && !isWithin(node, inner)) return false;
      if (ts.isAwaitExpression(inner) && (inner.pos < node.pos || isWithin(inner, node))) found = inner;
      return undefined;
    });
  return found;
}

/** Who waits for the function may ask instead. */
function callerAsks(fn: FunctionNode, field: string, teardown: Teardown, engine: Engine): boolean {
  return engine.program.callees.usesOf(fn).calls.some((call) => {
    const caller = enclosingFunction(call);
    const wait = wrapped(call).parent;
    return caller !== undefined && ts.isAwaitExpression(wait) && asksAfter(caller, wait, field, teardown, engine);
  });
}

function isOwn(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && unwrap(callee.expression).kind === ts.SyntaxKind.ThisKeyword;
}

/** Does the function ask for the end behind the wait, by a condition or by a call that its name tells of? */
function asksAfter(fn: FunctionNode, wait: ts.Node, field: string, { reached }: Teardown, engine: Engine): boolean {
  let asks = false;
  const set = new Set<string>();
  for (const end of reached)
    visitNodes(end, binaries, (inner) => {
      if (isAssignment(inner)) set.add(engine.program.places.of(inner.left)?.key ?? '');
      return undefined;
    });
  const look = (condition: ts.Node): void =>
    walk(condition, (inner) => {
      // `this.socket.readyState === State.CLOSED`: of the thing itself.
      if (isPartOf(inner, field, engine)) return false;
      if (
        ts.isBinaryExpression(inner) &&
        [inner.left, inner.right].some((side) => isPartOf(unwrap(side), field, engine))
      )
        return isEquality(inner.operatorToken.kind) ? false : undefined;
      if (ts.isIdentifier(inner)) asks ||= endWords.test(inner.text) || unwantedWords.test(inner.text);
      if (ts.isPropertyAccessExpression(inner)) {
        const key = engine.program.places.of(inner)?.key ?? '-';
        // A member of what has just been put there tells nothing.
        asks ||= set.has(key) && !(key === field && ts.isPropertyAccessExpression(inner.parent));
      }
      return !asks;
    });
  if (fn.body)
    walk(fn.body, (inner) => {
      if (inner.end <= wait.end && !isWithin(wait, inner)) return false;
      // What it asks there it asks when an event of the thing comes.
      if (isFunctionNode(inner) && isHandlerOf(inner, field, engine)) return false;
      // What failed is not kept.
      if (ts.isCatchClause(inner) && !isWithin(wait, inner)) return false;
      if (ts.isIfStatement(inner) && inner.expression.pos > wait.pos) look(inner.expression);
      else if (ts.isWhileStatement(inner)) look(inner.expression);
      else if (ts.isConditionalExpression(inner)) look(inner.condition);
      else if (ts.isBinaryExpression(inner) && joinsConditions(inner.operatorToken.kind)) look(inner.left);
      else if (ts.isIdentifier(inner) && inner.pos > wait.pos) asks ||= givesUp(inner.text);
      else if (ts.isCallExpression(inner) && inner.pos > wait.end) {
        const callee = unwrap(inner.expression);
        const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
        asks ||= asserts(name) && (isOwn(callee) || endWords.test(name));
      }
      return !asks;
    });
  return asks;
}

function isPartOf(node: ts.Node, field: string, { program }: Engine): boolean {
  return ts.isPropertyAccessExpression(node) && program.places.of(unwrap(node.expression))?.key === field;
}

/** `this.socket.onOpen(() => …)` */
function isHandlerOf(fn: FunctionNode, field: string, { program }: Engine): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const call = wrapped(fn).parent;
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return (
    callee !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    (goesOn(callee.name.text) || isMaking(callee.name.text)) &&
    program.places.of(unwrap(callee.expression))?.key === field
  );
}
