/**
 * `bus.once('done', end); bus.once('failed', end);`: alternatives of one wait, by the author's own code. Both are the same
 * function, both ask whether the other came first, or one takes the other off. Where the receiver outlives the wait, the one
 * whose event did not come stays.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { perObject } from '../../once';
import { callsNamed } from '../../program/callNames';
import type { Declaration } from '../../program/scopes';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { binaries, names } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isThis,
  isWithin,
  rangeOf,
  ts,
  unwrap,
} from '../../syntax/syntax';
import { comesAtLast, tellsThatOver } from '../../words/events';
import { listensOnce, unlistenMethods } from '../../words/listeners';
import { isOfFailure } from '../../words/states';
import { isWholeTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { nameOf as functionName } from '../lifetime/frequency/functionNames';
import { lifetimeOf } from '../lifetime/lifetime';
import { addUnder } from '../values/nodesByKey';
import { returnedBy } from '../values/returned';
import { isEventName } from './bindings';
import { fluentRoot, isDropped } from './fluent';
import { sameReceiver } from './removals';
import { eventText, isAboutEvent, removingCalls } from './removingCalls';
import { executorAround } from './works';

/** A handler that its event takes off. */
interface Wait {
  readonly node: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly event: ts.Expression;
  readonly handler: ts.Expression;
}

const settledKinds = kindsWith(({ settled }) => settled);

/** Events of the end of the program: who waits for that waits once. */
const programEvents = perObject(
  (kinds: readonly ResourceKind[]): ReadonlySet<string> =>
    new Set(
      kinds.flatMap(({ acquire }) =>
        acquire.flatMap((form) =>
          form.form === 'registration' ? [...(form.lastEvents ?? []), ...(form.lifecycleEvents ?? [])] : [],
        ),
      ),
    ),
);

/** Findings for handlers that stay when the other event of their wait comes. */
export function findAlternatives(
  engine: Engine,
  kinds: readonly ResourceKind[],
  known: readonly Draft[],
): readonly Draft[] {
  const id = settledKinds(kinds)[0]?.settled?.loser;
  if (id === undefined) return [];
  const ofProgram = programEvents(kinds);
  const told = new Set(known.map(({ node }) => node));
  const byWork = new Map<FunctionNode, Wait[]>();
  for (const node of callsNamed(engine.program, listensOnce)) {
    const work = enclosingFunction(node);
    const wait = work && waitAt(node, engine);
    if (wait && !executorAround(node) && !ofProgram.has(nameOf(wait, engine))) addUnder(byWork, work, wait);
  }
  const drafts: Draft[] = [];
  for (const [work, waits] of byWork) {
    if (waits.length < 2 || ts.isConstructorDeclaration(work)) continue;
    const draft = judge(work, waits, id, engine);
    if (draft && !told.has(draft.node)) drafts.push(draft);
  }
  return drafts;
}

function waitAt(node: ts.CallExpression, engine: Engine): Wait | undefined {
  const callee = unwrap(node.expression);
  const [event, handler, ...more] = node.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !event || !handler || more.length > 0) return undefined;
  if (!isDropped(node) || !isEventName(event, engine)) return undefined;
  return { node, receiver: fluentRoot(callee.expression), event, handler };
}

function judge(work: FunctionNode, waits: readonly Wait[], id: string, engine: Engine): Draft | undefined {
  const frequency = engine.frequency.ofFunction(work);
  if (frequency.level === 'once' || frequency.level === 'setup' || frequency.level === 'instance') return undefined;
  for (const [index, one] of waits.entries()) {
    for (const other of waits.slice(index + 1)) {
      if (!sameReceiver(one.receiver, other.receiver, engine) || nameOf(one, engine) === nameOf(other, engine))
        continue;
      const why = isShared(one, work, engine) ? bound(one, other, work, engine) : undefined;
      const left = why ? one : leftBy(one, other, engine);
      // The end of the receiver comes anyway, and whoever waits for it waits for that.
      if (!left || [one, other].some((wait) => tellsThatOver(nameOf(wait, engine)))) continue;
      if (comesAtLast(nameOf(left, engine))) continue;
      const rival = left === one ? other : one;
      // What a failure takes off stays after a success; who takes one off does not count on the end of the receiver.
      const removals = removalsOf(left, engine).filter(
        (removal) => why || !(isWholeTeardown(calledName(removal)) || isInFailure(removal, engine)),
      );
      if (removals.length > 0 || (why && removalsOf(rival, engine).length > 0)) continue;
      const text = left.receiver.getText();
      return {
        kind: id,
        mechanism: 'repeated-registration',
        // Often both come, one after the other, unless one tells of a failure.
        severity: why || !isOfFailure(nameOf(left, engine)) ? 'low' : 'medium',
        confidence: 'medium',
        message: why
          ? `Of the listeners for ${left.event.getText()} and ${rival.event.getText()} on \`${text}\` only the one whose event comes goes: ${why}, so the other one stays, and each call leaves one more.`
          : `The listener for ${left.event.getText()} on \`${text}\` stays when ${rival.event.getText()} comes: its own handler takes that of ${rival.event.getText()} off, but not the other way round.`,
        advice: 'Have each of them take the other one off.',
        node: left.node,
        trail: [
          { role: 'acquired', message: 'Listener added here', range: rangeOf(left.node) },
          { role: 'exit', message: 'The wait may be over by this one', range: rangeOf(rival.node) },
          frequencyStep(frequency, work),
        ],
      };
    }
  }
  return undefined;
}

/** Was it there before the work, for more than this one? */
function isShared({ receiver }: Wait, work: FunctionNode, engine: Engine): boolean {
  const { level } = lifetimeOf(receiver, engine);
  if (level === 'process' || level === 'module' || level === 'injected') return true;
  const place = engine.program.places.of(receiver);
  const owner = place?.root.kind === 'owner' ? place.root.owner : undefined;
  if (!place || !owner || owner.construct === work) return false;
  // Made by the work itself, or by one that runs before it: another one each time.
  const [field] = place.path;
  if (place.path.length > 1) return false;
  const values = field === undefined ? [] : (owner.members.get(field)?.values ?? []);
  return values.every(({ node }) => {
    const maker = enclosingFunction(node);
    return maker === undefined || maker === owner.construct || ts.isConstructorDeclaration(maker);
  });
}

/** How the author joins the two; undefined where they may be two things. */
function bound(one: Wait, other: Wait, work: FunctionNode, engine: Engine): string | undefined {
  const { places } = engine.program;
  const [left, right] = [functionOf(one, engine), functionOf(other, engine)];
  if (!left || !right || !isWithin(left, work) || !isWithin(right, work)) return undefined;
  const isSame = left === right || places.same(one.handler, other.handler);
  const flag = flagsOf(left, work, engine).find((declaration) => flagsOf(right, work, engine).includes(declaration));
  if (flag) return `\`${flag.name}\` lets only the first one count`;
  return isSame && isFirst(one.handler) ? 'both run the same function' : undefined;
}

/** A function of its own of the work by its name: what both events end. */
function isFirst(handler: ts.Expression): boolean {
  return ts.isIdentifier(unwrap(handler));
}

/** The function that is given, or that a function of the file gives: `once('error', settle(true))`. */
function functionOf({ handler }: Wait, { program }: Engine): FunctionNode | undefined {
  const [own] = program.callees.functionsOf(handler);
  if (own) return own;
  // `this.onDone = this.onDone.bind(this)`
  const place = program.places.of(handler);
  const member = place?.root.kind === 'owner' ? place.root.owner.members.get(place.path[0] ?? '') : undefined;
  if (place?.path.length === 1 && member?.functions.length === 1) return member.functions[0];
  const value = unwrap(handler);
  const [maker] = ts.isCallExpression(value) ? program.callees.of(value) : [];
  const [given] = maker ? returnedBy(maker) : [];
  return given && program.callees.functionsOf(given)[0];
}

/** Variables of the work by which a function tells whether it was run before: asked in a condition, and set. */
function flagsOf(fn: FunctionNode, work: FunctionNode, { program }: Engine): readonly Declaration[] {
  const set = nodesIn(fn, binaries).flatMap((write) => {
    const target = isAssignment(write) ? unwrap(write.left) : undefined;
    const declaration = target && ts.isIdentifier(target) ? program.scopes.resolve(target) : undefined;
    return declaration && declaration.scope.func === work && declaration.kind !== 'parameter' ? [declaration] : [];
  });
  return set.filter((declaration) =>
    nodesIn(fn, names).some((name) => {
      for (let at: ts.Node = name; at !== fn && at.parent; at = at.parent)
        if (ts.isIfStatement(at.parent) && at.parent.expression === at)
          return program.scopes.resolve(name) === declaration;
      return false;
    }),
  );
}

/** Of two, the one that the other's handler does not take off, where its own takes the other off. */
function leftBy(one: Wait, other: Wait, engine: Engine): Wait | undefined {
  const takes = (by: Wait, off: Wait): boolean => {
    const fn = functionOf(by, engine);
    return (
      fn !== undefined &&
      removalsOf(off, engine).some((removal) => unlistenMethods.has(calledName(removal)) && isWithin(removal, fn))
    );
  };
  if (lifetimeOf(one.receiver, engine).level === 'local' || isMadeBy(one, engine)) return undefined;
  if (takes(one, other) && !takes(other, one)) return one;
  return takes(other, one) && !takes(one, other) ? other : undefined;
}

/** `this.link = new Link(); this.link.once(…)`: another one for each call. */
function isMadeBy({ node, receiver }: Wait, { program }: Engine): boolean {
  const place = program.places.of(receiver);
  const work = enclosingFunction(node);
  if (place?.root.kind !== 'owner' || place.path.length !== 1 || !work) return false;
  const values = place.root.owner.members.get(place.path[0] ?? '')?.values ?? [];
  return values.some((value) => isWithin(value.node, work) && value.node.pos < node.pos);
}

function isInFailure(node: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  return fn !== undefined && isOfFailure(functionName(fn, engine.program.scopes));
}

/** Calls that take off a handler of the event, or all of them, or end what it waits on. */
function removalsOf({ receiver, event }: Wait, engine: Engine): readonly ts.CallExpression[] {
  return removingCalls(engine).flatMap((removing) => {
    const { call, method, takes } = removing;
    // Who closes itself has its listeners as before.
    const isEnd = takes === 'end' && isWholeTeardown(method) && !isThis(receiver);
    if (!isEnd && takes !== 'one' && takes !== 'all') return [];
    const isOfIt = sameReceiver(receiver, removing.receiver, engine) || isKeptIn(removing.receiver, receiver, engine);
    return isOfIt && isAboutEvent(removing, event, engine) ? [call] : [];
  });
}

/** `this.link = link`: the field that is given the receiver, among other things. */
function isKeptIn(field: ts.Expression, receiver: ts.Expression, { program }: Engine): boolean {
  const place = program.places.of(field);
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  const values = place.root.owner.members.get(place.path[0] ?? '')?.values ?? [];
  return values.some(({ value }) => value !== undefined && program.places.same(value, receiver));
}

function nameOf({ event }: Wait, engine: Engine): string {
  return eventText(event, engine);
}
