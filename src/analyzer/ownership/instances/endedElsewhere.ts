/**
 * Parts that their owner ends on some occasion of its own (a reconnect, a timeout, before the next one), and that what tears
 * it down does not come to: whoever wrote the end knows that the part needs one, and the last one stays open.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { followsAlways } from '../../flow/runsAlways';
import { constantOf } from '../../program/constants';
import { isEmptyValue } from '../../program/emptyValues';
import type { Member, Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { injectors } from '../../resources/scopes';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  type CallLike,
  calledName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isLogical,
  isWithin,
  isWithinAny,
  lastName,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { timerCalls } from '../../words/callbacks';
import { tellsOfEnd } from '../../words/events';
import { listenMethods, tellsListeners } from '../../words/listeners';
import { endsPart } from '../../words/releases';
import { isTeardown, mayNotBeLast } from '../../words/teardowns';
import { frequencyStep, hasStatements } from '../assess';
import { isInDisposer } from '../late/endOfOwner';
import { leavesItToSubclasses } from '../late/oneShots';
import { isAtTheEnd } from '../lost/forgotten';
import { type Ending, endingsAt } from '../values/endings';
import { isOfUnseenBase } from './bases';
import { dispatches } from './dispatch';
import { isRunByPart, tellsItsEnd } from './endedAnyway';
import { isGivenFromOutside, leavesIt } from './forgottenInstances';
import { plainMemory } from './instanceWords';
import { endsAnother, mayEndItself } from './lastOfRenewed';
import { isLook, useOf } from './partUses';
import { finalTeardowns, isCalledByFramework, reachedBy, type Teardown, wholeTeardowns } from './teardowns';
import { isStore, madeIn } from './wantsEnd';

const leftKind = 'handle/field-without-teardown';

/** An occasion on which the part is ended. */
interface Occasion {
  readonly ending: Ending;
  /** Sure not to be the way on which the owner itself ends; else only that the framework asks for nothing but the hook. */
  readonly isSure: boolean;
  readonly isBeforeNext: boolean;
}

/** Findings for fields that only other occasions end than the teardown of their owner. */
export function findEndedElsewhere(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const owner of engine.program.members.owners) {
    if (owner.kind === 'object' && !owner.isClassBody) continue;
    const ends = wholeTeardowns(owner, engine);
    if (ends.length === 0) continue;
    for (const member of owner.members.values()) {
      const draft = judge(owner, member, ends, engine, kinds, acquisitions);
      if (!draft || known.some(({ node }) => node === draft.node)) continue;
      // Other files are asked last: whoever asked is judged again when they say otherwise.
      if (engine.frequency.instancesOf(owner) === 'single') break;
      drafts.push(draft);
    }
  }
  return drafts;
}

function judge(
  owner: Owner,
  member: Member,
  ends: readonly Teardown[],
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
): Draft | undefined {
  if (member.isStatic || member.parameter || member.functions.length > 0) return undefined;
  const place = engine.program.places.ofMember(owner, member.name);
  const endings = endingsAt(place.key, engine, kinds).filter(isEnd);
  if (endings.length === 0) return undefined;
  const final = finalTeardowns(ends);
  const last = final.find(
    ({ name, functions: [fn] }) => !mayNotBeLast(name) && fn !== undefined && !isPrivate(fn) && hasStatements(fn),
  );
  const [written] = last?.functions ?? [];
  if (!last || !written) return undefined;
  const reached = reachedBy(final, engine);
  // A method that is named for an end may be the one that its user calls first.
  const isHook = isCalledByFramework(last);
  const made = madeHere(owner, member, engine);
  if (!made || isWithinAny(made, reached) || isRunByPart(written, place, engine)) return undefined;
  if (isOfEndedSource(made, reached, engine, kinds)) return undefined;
  const kind = acquisitions.find(({ node }) => node === made)?.kind;
  // Nothing outside holds a plain emitter; `source.onDid(handler, this, this.disposables)` is put into the store as well.
  if (plainMemory.test(made.expression.getText()) || made.arguments?.slice(1).some(isStore)) return undefined;
  const others = isHook ? reached : reachedByTeardowns(owner, made, engine);
  const occasions = endings.map((ending) => occasionOf(ending, member, made, others, isHook, engine));
  const sure = occasions.find((one) => one?.isSure);
  if (!sure || mayEndItself({ ...sure, made }) || !occasions.every((one) => one && (one.isSure || isHook)))
    return undefined;
  // Who is asked for nothing but the next one may leave the last to its host, unless the teardown is the place for ends.
  if (sure.isBeforeNext && !isHook && !endsAnother(ends, endings, engine, kinds)) return undefined;
  if (isOfUnseenBase(owner, member.name, engine) || isGivenFromOutside(owner, member.name)) return undefined;
  if (engine.uses.reads(place.key).some((use) => isTaken(use, kind, reached, engine))) return undefined;
  if (
    !leavesIt(
      place,
      final,
      endings.map(({ name }) => name),
      engine,
    )
  )
    return undefined;
  if (leavesItToSubclasses(owner, reached) || dispatches(reached, engine)) return undefined;
  const frequency = engine.frequency.of(made);
  if (frequency.level === 'once') return undefined;
  const held = `\`${textOf(place)}\``;
  const when = sure.isBeforeNext ? 'before the next one' : `on line ${lineOf(sure.ending.site)}`;
  return {
    kind: kind?.id ?? leftKind,
    mechanism: 'no-release-on-dispose',
    severity: sure.isBeforeNext || tellsItsEnd(place, engine) ? 'low' : 'medium',
    confidence: 'medium',
    message: `${held} is ended ${when} only, which \`${last.name}\` (line ${lineOf(written)}) does not come to: the last one stays open when ${ownerText(owner.name)} is torn down.`,
    advice: `End it in \`${last.name}\` too.`,
    node: made,
    trail: [
      { role: 'acquired', message: 'Made here', range: rangeOf(made) },
      { role: 'release', message: 'Ended here, on another occasion', range: rangeOf(sure.ending.site) },
      { role: 'forgotten', message: `\`${last.name}\` ends without it`, range: rangeOf(written.name ?? written) },
      frequencyStep(frequency, made),
    ],
  };
}

/** What is made for the place by its owner; undefined where it may be given one by others, or by what makes the owner. */
function madeHere(owner: Owner, { values }: Member, engine: Engine): CallLike | undefined {
  const all = values.flatMap(({ value }) => (isValue(value) ? [madeIn(value, engine)] : []));
  const [made] = all;
  const { members, origins } = engine.program;
  return made &&
    all.every((one) => one && members.ownerAt(one) === owner) &&
    !engine.types.matches(origins.nameOf(unwrap(made.expression)), injectors)
    ? made
    : undefined;
}

/** `this.part = this.keys.push(…)`, and `this.keys.dispose()` at the end: what was given goes with its giver. */
function isOfEndedSource(
  made: CallLike,
  reached: ReadonlySet<FunctionNode>,
  engine: Engine,
  kinds: readonly ResourceKind[],
): boolean {
  const callee = unwrap(made.expression);
  const source = ts.isPropertyAccessExpression(callee) ? engine.program.places.of(callee.expression) : undefined;
  return source !== undefined && endingsAt(source.key, engine, kinds).some(({ site }) => isWithinAny(site, reached));
}

/** Neither nothing nor the text that stands for no address. */
function isValue(value: ts.Expression | undefined): value is ts.Expression {
  const given = value && unwrap(value);
  return given !== undefined && !isEmptyValue(given) && !ts.isStringLiteralLike(given);
}

/** May somebody else have it then? `if (isLate && this.part)` only looks at it. */
function isTaken(
  use: ts.Expression,
  kind: ResourceKind | undefined,
  reached: ReadonlySet<FunctionNode>,
  engine: Engine,
): boolean {
  let whole = wrapped(use);
  for (let up = whole.parent; ts.isBinaryExpression(up) && isLogical(up.operatorToken.kind); up = whole.parent)
    whole = wrapped(up);
  const { parent } = whole;
  if (whole !== wrapped(use) && isLook(parent, whole)) return false;
  // `image.src = this.address`: whoever shows it does not end it.
  if (isAssignment(parent) && parent.right === whole && kind?.sinks?.properties?.includes(lastName(parent.left)))
    return false;
  return useOf(use, isWithinAny(use, reached), engine) === 'taken';
}

/** Words that end for good: what is stopped or cancelled may go on, or end by itself soon. */
function isEnd({ by, name, family }: Ending): boolean {
  return by === 'method' ? endsPart(name) : by === 'function' && family === 'handle';
}

/** What runs with a member that is named for an end, of a part or of the whole, and does not begin the part again. */
function reachedByTeardowns(owner: Owner, made: CallLike, engine: Engine): ReadonlySet<FunctionNode> {
  const ends = [...owner.members.values()].filter(({ name }) => isTeardown(name));
  const reached = ends.map((end) => reachedBy([end], engine));
  return new Set(reached.filter((fns) => !isWithinAny(made, fns)).flatMap((fns) => [...fns]));
}

/** On what occasion it ends the part; undefined where that may be the end of the owner. */
function occasionOf(
  ending: Ending,
  { values }: Member,
  made: CallLike,
  ends: ReadonlySet<FunctionNode>,
  ofHook: boolean,
  engine: Engine,
): Occasion | undefined {
  const { site } = ending;
  const fn = enclosingFunction(site);
  const isMember = fn !== undefined && engine.program.members.holdersOf(fn).length > 0;
  if (!fn || (!isMember && isInDisposer(site, made)) || isAtTheEnd(site, engine)) return undefined;
  // The next one is made there in any case.
  const isBeforeNext = values.some(
    ({ value, node }) =>
      isValue(value) && node.pos > site.pos && enclosingFunction(node) === fn && followsAlways(node, site),
  );
  if (isBeforeNext) return { ending, isSure: true, isBeforeNext };
  if (isWithinAny(site, ends) || isToldByEnd(fn, ends)) return undefined;
  return { ending, isSure: isOwnOccasion(site, fn, ofHook, engine), isBeforeNext: false };
}

/** Of a failure, of an event or a timer, or in a method that nobody outside calls. */
function isOwnOccasion(site: ts.Node, fn: FunctionNode, ofHook: boolean, engine: Engine): boolean {
  const [holder] = engine.program.members.holdersOf(fn);
  if (!holder) return isHandler(fn, engine);
  for (let up = site; up !== fn; up = up.parent) if (ts.isCatchClause(up)) return true;
  const { member, owner } = holder;
  // What tells of the end may come to it with the owner's.
  if (!ofHook && tellsOfEnd(member.name)) return false;
  return isPrivate(fn) || /^[#_]/.test(member.name) || (ofHook && isCalledWithin(fn, owner, engine));
}

/** `this.once(Events.Closed, () => …)`, where the end of the owner does `this.emit(Events.Closed)`. */
function isToldByEnd(fn: FunctionNode, ends: ReadonlySet<FunctionNode>): boolean {
  const call = wrapped(fn as ts.Expression).parent;
  const event = ts.isCallExpression(call) && call.arguments[0] !== fn ? call.arguments[0]?.getText() : undefined;
  let found = false;
  for (const end of event === undefined ? [] : ends)
    visitNodes(end, calls, (inner) => {
      found ||= inner.arguments[0]?.getText() === event && tellsListeners(calledName(inner));
      return !found;
    });
  return found;
}

/** `socket.on('timeout', () => …)`, `socket.onerror = () => …`, `setTimeout(() => …)` */
function isHandler(fn: FunctionNode, engine: Engine): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const up = wrapped(fn).parent;
  if (ts.isCallExpression(up)) {
    const event = constantOf(up.arguments[0], engine.program.scopes);
    if (typeof event === 'string' && tellsOfEnd(event)) return false;
    return listenMethods.has(calledName(up)) || timerCalls.has(calledName(up));
  }
  return isAssignment(up) && ts.isPropertyAccessExpression(unwrap(up.left)) && /^on[a-z]/i.test(lastName(up.left));
}

function isPrivate(fn: FunctionNode): boolean {
  return [fn, fn.parent].some((at) => hasModifier(at, ts.SyntaxKind.PrivateKeyword));
}

/** The owner itself calls it on some way, or is told by it. */
function isCalledWithin(fn: FunctionNode, owner: Owner, engine: Engine): boolean {
  const { calls, values } = engine.program.callees.usesOf(fn);
  return [...calls, ...values].some((use) => isWithin(use, owner.node) && !isWithin(use, fn));
}
