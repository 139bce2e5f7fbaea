/**
 * Parts of an object that want an end, and that nobody ends nor gets: its teardown leaves them. What they are, and that they
 * want an end, their class, their maker or their names tell (`wantsEnd.ts`).
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isEmptyValue } from '../../program/emptyValues';
import type { Member, Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { type Place, textOf } from '../../program/places';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isThis,
  isWithin,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { isEndingCall } from '../../words/releases';
import { endsForGood, isStrictTeardown, isTeardown } from '../../words/teardowns';
import { endsAPart, frequencyStep, hasStatements } from '../assess';
import { fatesOf } from '../values/fate';
import { returnedBy } from '../values/returned';
import { isOfUnseenBase, localBaseOf } from './bases';
import { isEndedMildly } from './declaredEnds';
import { givenToEnded, tellsItsEnd } from './endedAnyway';
import { isGivenFromOutside } from './forgottenInstances';
import { instanceKind } from './instanceKind';
import { type Instances, instancesOf } from './instances';
import * as conventions from './instanceWords';
import { endingElements, type Leaving, leavesText } from './leaving';
import { isLeftToHeirs } from './leftParts';
import { isLook, useOf } from './partUses';
import { isInEndOfBase, reachedBy, type Teardown, wholeTeardowns } from './teardowns';
import { judgeList } from './unendedLists';
import { madeIn, settled, wantedEnd } from './wantsEnd';

const kind = 'handle/field-without-teardown';

/** Findings for fields, and lists in fields, that a class with a teardown leaves as they are. */
export function findUnended(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const described = new Set<ts.Node>(acquisitions.map(({ node }) => node));
  const instances = instancesOf(engine, acquisitions);
  const drafts: Draft[] = [];
  for (const owner of engine.program.members.owners) {
    if (owner.kind === 'object') continue;
    const ends = teardownsOf(owner, engine);
    const last = ends.find(({ functions }) => functions.length > 0);
    if (!last) continue;
    const leaving: Leaving = { owner, last, reached: [...reachedBy(ends, engine)] };
    if (leaving.reached.some((fn) => isGivenToEnd(fn, engine))) continue;
    for (const member of owner.members.values()) {
      if (member.isStatic || member.parameter || member.functions.length > 0) continue;
      if (
        isOfUnseenBase(owner, member.name, engine) ||
        isInEndOfBase(engine.program.places.ofMember(owner, member.name), ends, engine) ||
        // A base of this file knows the field, and may end it.
        localBaseOf(owner, engine)?.members.has(member.name) ||
        isLeftToHeirs(owner, member, engine) ||
        isGivenFromOutside(owner, member.name) ||
        isToldByItem(owner, member, known, engine)
      )
        continue;
      const draft =
        judge(member, leaving, engine, described, instances) ?? judgeList(member, leaving, engine, described);
      if (!draft || told.has(draft.node)) continue;
      // Other files are asked last: whoever asked is judged again when they say otherwise.
      if (engine.frequency.instancesOf(owner) === 'single') break;
      // Looked for last: for what may end any element, much of the file is looked at.
      if (!engine.releasesOf(endingElements).byProperty.has(member.name)) drafts.push(draft);
    }
  }
  return drafts;
}

/** `destroyPlayer(this)`: a function of another file that by its name ends something is given the owner, with all that it keeps. */
function isGivenToEnd(fn: FunctionNode, engine: Engine): boolean {
  let found = false;
  visitNodes(fn, calls, (call) => {
    const callee = unwrap(call.expression);
    found ||=
      ts.isIdentifier(callee) &&
      call.arguments.some(isThis) &&
      isEndingCall(callee.text) &&
      engine.program.callees.of(call).length === 0;
    return !found;
  });
  return found;
}

/** What it was given is told: `this.parts.add(source.subscribe(…))`. */
function isToldByItem(owner: Owner, member: Member, known: readonly Draft[], engine: Engine): boolean {
  if (known.length === 0) return false;
  return engine.uses.reads(engine.program.places.ofMember(owner, member.name).key).some((use) => {
    const access = wrapped(use).parent;
    const call = ts.isPropertyAccessExpression(access) ? wrapped(access).parent : undefined;
    if (!call || !ts.isCallExpression(call) || call.expression !== access) return false;
    return known.some(({ node }) => call.arguments.some((argument) => isWithin(node, argument)));
  });
}

function isForGood(name: string): boolean {
  return endsForGood(name) || /^(?:release|quit|free)$/.test(name);
}

/** Those that end for good first: after a `stop` there may be a start. */
function teardownsOf(owner: Owner, engine: Engine): readonly Teardown[] {
  const released = ['release', 'quit', 'free'].flatMap((name): readonly Teardown[] => {
    const member = owner.members.get(name);
    const [fn] = member?.functions ?? [];
    return member && fn && !member.isStatic && !endsAPart(name, fn, owner)
      ? [{ name, functions: member.functions }]
      : [];
  });
  return [...wholeTeardowns(owner, engine), ...released]
    .filter(({ functions }) => !functions.some(ts.isGetAccessor))
    .sort((a, b) => Number(isForGood(b.name)) - Number(isForGood(a.name)));
}

function judge(
  member: Member,
  { owner, last, reached }: Leaving,
  engine: Engine,
  described: ReadonlySet<ts.Node>,
  instances: Instances,
): Draft | undefined {
  const values = member.values.flatMap(({ value }) => (value && !isEmptyValue(unwrap(value)) ? [value] : []));
  const [made, ...others] = values.map((value) => madeIn(value, engine));
  // Another one that it may be given is not its own.
  if (!made || others.includes(undefined) || described.has(made) || engine.program.members.ownerAt(made) !== owner)
    return undefined;
  // What it is given of its owner dies with both, and with a part that is ended ends what was made of it.
  if (made.arguments?.some((argument) => isThis(argument) || isEndedPart(argument, reached, engine))) return undefined;
  if (isSightOfOwner(made, engine) || isOfGivenClass(made, engine)) return undefined;
  const ends = wantedEnd(made, member.name, engine);
  // What is known of what it keeps open, and when, is judged by that.
  if (!ends || instances.made(made).length > 0) return undefined;
  const place = engine.program.places.ofMember(owner, member.name);
  const [fate, ...more] = fatesOf(wholeOf(made), engine.program);
  if (fate?.kind !== 'stored' || more.length > 0) return undefined;
  if (fate.place.key !== place.key && !isOnlyKept(fate.place, place, engine)) return undefined;
  const makers = new Set(
    member.values.map(({ value, node }) => value && !isEmptyValue(unwrap(value)) && enclosingFunction(node)),
  );
  let mayBeEnded = tellsItsEnd(place, engine);
  for (const use of engine.uses.reads(place.key)) {
    const use_ = useOf(
      use,
      reached.some((fn) => isWithin(use, fn)),
      engine,
    );
    if (use_ === 'kept') {
      const given = givenToEnded(use, reached, engine);
      if (given === 'surely') return undefined;
      mayBeEnded ||= given !== undefined;
      continue;
    }
    const fn = enclosingFunction(use);
    // Ended before the next one is made: the last one stays.
    if (use_ === 'ended' && fn && fn !== owner.construct && makers.has(fn)) continue;
    return undefined;
  }
  const frequency = engine.frequency.of(made);
  if (frequency.level === 'once') return undefined;
  // After a `stop` there may be a start, with the same part.
  if (!isForGood(last.name) && frequency.level === 'instance') return undefined;
  const held = `\`${textOf(place)}\``;
  const [by] = ends;
  const maker = `\`${made.expression.getText()}\``;
  const sign = by === undefined ? `nothing else ends what ${maker} makes` : `${maker} says how it ends: \`${by}()\``;
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    // Where only the names tell, it may be somebody else's; an end that does nothing is there for its type, and what only lets go
    // of what it was given goes with its owner.
    severity:
      by === undefined ||
      mayBeEnded ||
      (ts.isNewExpression(made) && isEndedMildly(made, engine)) ||
      !isStrictTeardown(last.name) ||
      conventions.passesOn(made.expression.getText()) ||
      !last.functions.some(hasStatements)
        ? 'low'
        : 'medium',
    confidence: 'medium',
    message: `${held} is never ended: ${leavesText(last, 'it')}, and ${sign}.`,
    advice: `${by === undefined ? `End ${held}` : `Call \`${textOf(place)}.${by}()\``} when ${ownerText(owner.name)} ends.`,
    node: made,
    trail: [{ role: 'acquired', message: 'Made here', range: rangeOf(made) }, frequencyStep(frequency, made)],
    ...(by === undefined
      ? {}
      : { open: { acquisition: acquisitionOf(made, ends), place, level: frequency.level, teardown: undefined } }),
  };
}

/** `new options.Transport()`: who gave the class knows what it needs. */
function isOfGivenClass(made: CallLike, engine: Engine): boolean {
  let root = unwrap(made.expression);
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  return ts.isNewExpression(made) && ts.isIdentifier(root) && engine.program.scopes.resolve(root)?.kind === 'parameter';
}

/** A method of the owner gives an object that works on the owner: `return { close: () => this.cancel(id) }`. */
function isSightOfOwner(made: CallLike, engine: Engine): boolean {
  const callee = unwrap(made.expression);
  if (!ts.isPropertyAccessExpression(callee) || !isThis(callee.expression) || !ts.isCallExpression(made)) return false;
  const objectOf = (value: ts.Expression): ts.Expression | undefined => {
    const given = settled(value);
    const variable = ts.isIdentifier(given) ? engine.program.scopes.resolve(given)?.initializer : undefined;
    return variable ? settled(variable) : given;
  };
  return engine.program.callees.of(made).some((fn) =>
    returnedBy(fn).some((value) => {
      const object = objectOf(value);
      if (!object || !ts.isObjectLiteralExpression(object)) return false;
      let found = false;
      walk(object, (node) => {
        if (node.kind === ts.SyntaxKind.ThisKeyword) found = true;
        return !found;
      });
      return found;
    }),
  );
}

/** `this.producer = new Producer(this.client)`, where the teardown ends the client. */
function isEndedPart(value: ts.Expression, reached: readonly FunctionNode[], engine: Engine): boolean {
  const inner = unwrap(value);
  const given = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner)?.initializer : inner;
  const options = given && unwrap(given);
  // `{ server: this.server }`
  if (options && ts.isObjectLiteralExpression(options))
    return options.properties.some(
      (property) => ts.isPropertyAssignment(property) && isEndedPart(property.initializer, reached, engine),
    );
  // `{ textures: [this.texture] }`
  if (options && ts.isArrayLiteralExpression(options))
    return options.elements.some((element) => isEndedPart(element, reached, engine));
  const place = engine.program.places.of(inner);
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  return engine.uses
    .reads(place.key)
    .some((use) => reached.some((fn) => isWithin(use, fn)) && useOf(use, false, engine) === 'ended');
}

/** A variable whose value goes to the field and nowhere else. */
function isOnlyKept(variable: Place, field: Place, engine: Engine): boolean {
  if (variable.root.kind !== 'declaration' || variable.path.length > 0) return false;
  return engine.uses.reads(variable.key).every((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    if (ts.isPropertyAccessExpression(up) && up.expression === outer) return !isTeardown(up.name.text);
    if (ts.isBinaryExpression(up) && up.right === outer)
      return engine.program.places.of(unwrap(up.left))?.key === field.key;
    return isLook(up, outer);
  });
}

/** The chain of calls that configure it. */
function wholeOf(made: ts.Expression): ts.Expression {
  const outer = wrapped(made);
  const access = outer.parent;
  const call = access.parent;
  return ts.isPropertyAccessExpression(access) &&
    access.expression === outer &&
    ts.isCallExpression(call) &&
    call.expression === access
    ? wholeOf(call)
    : made;
}

function acquisitionOf(node: CallLike, until: readonly string[]): Acquisition {
  return {
    kind: instanceKind({ noun: 'instance', family: 'handle', at: '', until }),
    form: { form: 'new', callee: [] },
    node,
    receiver: undefined,
    result: node,
    parameter: undefined,
    event: undefined,
    assumed: false,
    source: undefined,
  };
}
