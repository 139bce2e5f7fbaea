/**
 * A field that keeps what goes on until it is ended (a subscription, an observer, an interval), which the teardown of its
 * owner leaves as it is: whoever kept it knew that it has to end. Judged on sources of any type, but not on those that the
 * owner makes itself, nor on those that give one value and are done.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { followsAlways } from '../../flow/runsAlways';
import { isBindCall } from '../../program/bound';
import type { Member, Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { textOf } from '../../program/places';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  type CallLike,
  enclosingFunction,
  isNullish,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { putsOne } from '../../words/collections';
import { isInjecting } from '../../words/owners';
import { compares } from '../../words/program';
import { collectsEnds } from '../../words/releases';
import { beginsSubscription } from '../../words/starts';
import { endsObserving, joinsStreams, mayGiveStream, observes } from '../../words/streams';
import { endsForGood, isTeardown, mayNotBeLast } from '../../words/teardowns';
import { isOfUnseenBase, localBaseOf } from '../instances/bases';
import { leavesIt } from '../instances/forgottenInstances';
import { isLook } from '../instances/partUses';
import { type Teardown, wholeTeardowns } from '../instances/teardowns';
import { isStore } from '../instances/wantsEnd';
import { isInDisposer } from '../late/endOfOwner';
import { isOfView } from '../lifetime/lifetime';
import { endsOthers } from './bindings';
import { endingWithOwner, isOfGivenPart } from './givenParts';
import { endingNames, sourceOf } from './streamEnds';

const keptKinds = kindsWith(({ kept }) => kept);

/** Findings for kept subscriptions that the teardown of their owner does not come to. */
export function findKeptLeft(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const [kind] = keptKinds(kinds);
  if (!kind) return [];
  const told = new Set(known.map(({ node }) => node));
  const kindOf = new Map<ts.Node, string>(acquisitions.map(({ node, kind: { id } }) => [node, id]));
  const ending = endingNames(kinds);
  const given = endingWithOwner(kinds);
  const drafts: Draft[] = [];
  for (const owner of engine.program.members.owners) {
    if (owner.kind !== 'class' && !owner.isClassBody) continue;
    const ends = wholeTeardowns(owner, engine);
    const last =
      ends.find(({ name, functions }) => endsForGood(name) && functions.length > 0) ??
      // A `stop` that ends other things is the end of these, too.
      ends.find(({ functions }) => functions.some((fn) => endsOthers(fn, engine)));
    if (!last || engine.frequency.instancesOf(owner) === 'single') continue;
    for (const member of owner.members.values()) {
      const call = keptIn(member, owner, ending, engine) ?? collectedIn(member, owner, ending, engine);
      if (member.values.some(({ value }) => value && told.has(unwrap(value)))) continue;
      if (!call || told.has(call) || isOfGivenPart(call, given, engine) || !isLeft(call, owner, member, ends, engine))
        continue;
      if (mayNotBeLast(last.name) && isEnded(owner, member, engine)) continue;
      const draft = draftOf(call, owner, member, last, kindOf.get(call) ?? kind.id, engine);
      // What an observer watches mostly goes with its owner, and somebody may have ended it before.
      drafts.push(ts.isNewExpression(call) && isEnded(owner, member, engine) ? { ...draft, severity: 'low' } : draft);
    }
  }
  return drafts;
}

/** What the field keeps, where it goes on until it is ended. */
function keptIn(member: Member, owner: Owner, ending: ReadonlySet<string>, engine: Engine): CallLike | undefined {
  if (member.isStatic || member.parameter || member.functions.length > 0) return undefined;
  for (const { value } of member.values) {
    const made = value && unwrap(value);
    if (!made || engine.program.members.ownerAt(made) !== owner) continue;
    if (ts.isNewExpression(made)) {
      if (observes(made.expression.getText()) && made.arguments?.length) return made;
      continue;
    }
    if (ts.isCallExpression(made) && goesOn(made, owner, ending, engine)) return made;
  }
  return undefined;
}

/** `this.subs.add(source.subscribe(…))`: what a collection is given that nobody looks into. */
function collectedIn(
  member: Member,
  owner: Owner,
  ending: ReadonlySet<string>,
  engine: Engine,
): ts.CallExpression | undefined {
  if (member.isStatic || member.parameter || !member.values.some(({ value }) => value && isCollection(unwrap(value))))
    return undefined;
  let found: ts.CallExpression | undefined;
  for (const use of engine.uses.reads(engine.program.places.ofMember(owner, member.name).key)) {
    const up = wrapped(use).parent;
    const call = up.parent;
    if (!ts.isPropertyAccessExpression(up) || !ts.isCallExpression(call) || !putsOne(up.name.text)) return undefined;
    if (!ts.isExpressionStatement(wrapped(call).parent)) return undefined;
    found ??= call.arguments
      .map((argument) => unwrap(argument))
      .find((given): given is ts.CallExpression => ts.isCallExpression(given) && goesOn(given, owner, ending, engine));
  }
  return found;
}

function isCollection(value: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(value)
    ? value.elements.length === 0
    : ts.isNewExpression(value) && collectsEnds(value.expression.getText());
}

/** A function is given to something from outside, by a name that says that it is called again and again. */
export function goesOn(
  call: ts.CallExpression,
  owner: Owner | undefined,
  ending: ReadonlySet<string>,
  engine: Engine,
): boolean {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !beginsSubscription(callee.name.text)) return false;
  // `source.onDid(handler, this, this.disposables)` is put into the store as well.
  if (endsItself(callee, ending) || call.arguments.slice(1).some(isStore)) return false;
  if (callee.name.text !== 'subscribe' && !call.arguments.some((argument) => isCallback(argument, engine)))
    return false;
  return isFromOutside(sourceOf(callee.expression), owner, engine);
}

function endsItself(callee: ts.Expression, ending: ReadonlySet<string>): boolean {
  let ends = false;
  visitNodes(callee, calls, (inner) => {
    if (ending.has(inner.expression.getText())) ends = true;
    return !ends;
  });
  return ends;
}

function isCallback(argument: ts.Expression, engine: Engine): boolean {
  return isBindCall(unwrap(argument)) || engine.program.callees.functionsOf(argument).length > 0;
}

/** No teardown comes to it, and nobody else has it, nor a function that is handed out to end it. */
function isLeft(made: CallLike, owner: Owner, member: Member, ends: readonly Teardown[], engine: Engine): boolean {
  const place = engine.program.places.ofMember(owner, member.name);
  if (isOfUnseenBase(owner, member.name, engine) || localBaseOf(owner, engine)?.members.has(member.name)) return false;
  const uses = engine.uses.reads(place.key);
  return (
    leavesIt(place, ends, [], engine) &&
    (ts.isCallExpression(made) || (uses.some(isObserving) && !isExchanged(uses))) &&
    uses.every((use) => isOwnUse(use) && !isWithin(use, made) && !isInDisposer(use, made))
  );
}

/** Is it ended anywhere? After a `stop` or a `cleanup`, there may be another end to come. */
function isEnded(owner: Owner, { name }: Member, engine: Engine): boolean {
  return engine.uses.reads(engine.program.places.ofMember(owner, name).key).some((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    return ts.isPropertyAccessExpression(up) ? isTeardown(up.name.text) : ts.isCallExpression(up);
  });
}

/** `ref={(box) => { … observer.unobserve(this.box); … if (box) observer.observe(box); }}`: no box is the last that it is told. */
function isExchanged(uses: readonly ts.Expression[]): boolean {
  const ends = uses.filter((use) => {
    const up = wrapped(use).parent;
    return ts.isPropertyAccessExpression(up) && endsObserving(up.name.text);
  });
  return uses
    .filter(isObserving)
    .every((use) => ends.some((end) => enclosingFunction(use) === enclosingFunction(end) && !followsAlways(use, end)));
}

/** `observer.observe(box)` */
export function isObserving(use: ts.Expression): boolean {
  const up = wrapped(use).parent;
  return ts.isPropertyAccessExpression(up) && beginsSubscription(up.name.text);
}

/** Looked at, told something, or called: nobody else has it. */
function isOwnUse(use: ts.Expression): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  return (
    isLook(up, outer) ||
    (ts.isBinaryExpression(up) && compares(up.operatorToken.getText())) ||
    (ts.isPropertyAccessExpression(up) && up.expression === outer) ||
    (ts.isCallExpression(up) && up.expression === outer)
  );
}

const maxDepth = 5;

/** Is it nothing that the owner made itself, by all that is seen, and nothing that gives one answer? */
export function isFromOutside(expression: ts.Expression, owner: Owner | undefined, engine: Engine, depth = 0): boolean {
  const value = unwrap(expression);
  if (depth > maxDepth || value.kind === ts.SyntaxKind.ThisKeyword) return false;
  const next = (inner: ts.Expression): boolean => isFromOutside(inner, owner, engine, depth + 1);
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    if (!ts.isPropertyAccessExpression(callee)) {
      const { text } = callee as ts.Identifier;
      return joinsStreams(text) ? value.arguments.some(next) : isInjecting(text);
    }
    return mayGiveStream(callee.name.text) && next(callee.expression);
  }
  const place = engine.program.places.of(value);
  if (!place) return ts.isPropertyAccessExpression(value) && next(value.expression);
  const { root, path } = place;
  if (root.kind === 'unknown-this') return false;
  if (root.kind === 'declaration') {
    const { declaration } = root;
    if (declaration.kind === 'parameter' || declaration.scope.func === undefined) return true;
    return declaration.initializer !== undefined && declaration.writes.length === 0 && next(declaration.initializer);
  }
  if (root.kind !== 'owner') return true;
  const [field] = path;
  if (field === undefined) return false;
  const member = root.owner.members.get(field);
  // What nobody of this file declares is inherited.
  if (!member) return path.length > 1;
  if (member.parameter) return true;
  return (
    !(owner && isOfView(owner, field)) &&
    member.functions.length === 0 &&
    member.values.every(({ value: given }) => !given || isNullish(given) || next(given))
  );
}

function draftOf(
  node: CallLike,
  owner: Owner,
  member: Member,
  { name, functions: [written] }: Teardown,
  kind: string,
  engine: Engine,
): Draft {
  const held = `\`${textOf(engine.program.places.ofMember(owner, member.name))}\``;
  return keptDraft(
    kind,
    node,
    `${held} goes on when \`${name}\`${written ? ` (line ${lineOf(written)})` : ''} has torn ${ownerText(owner.name)} down: it is kept to be ended, and the teardown leaves it.`,
    `End it in \`${name}\`.`,
    written?.name ?? written ?? node,
  );
}

/** The finding for what is kept and left. */
export function keptDraft(kind: string, node: CallLike, message: string, advice: string, end: ts.Node): Draft {
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message,
    advice,
    node,
    trail: [
      { role: 'acquired', message: 'It begins here', range: rangeOf(node) },
      { role: 'forgotten', message: 'This ends without it', range: rangeOf(end) },
    ],
  };
}
