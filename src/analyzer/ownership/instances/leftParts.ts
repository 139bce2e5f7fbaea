/**
 * Parts of an object that its teardown leaves while it ends the others: who ends its parts by hand says how they end.
 * What a part is tells its class, which has a teardown that releases something, or another part that is made in the same
 * way and is ended.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Member, Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { type Place, textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  hasModifier,
  isClassNode,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { removesAll, unlistenMethods } from '../../words/listeners';
import { isMaking } from '../../words/starts';
import { endsForGood } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { endingsOf } from '../values/endings';
import { addUnder } from '../values/nodesByKey';
import { settle } from '../values/settled';
import { leavesIt } from './forgottenInstances';
import { instanceKind } from './instanceKind';
import { type Instances, instancesOf } from './instances';
import { passesOn, plainMemory } from './instanceWords';
import { judgeLastOfRenewed } from './lastOfRenewed';
import { classEnds } from './ownEnds';
import { isLook } from './partUses';
import { reachedBy, type Teardown, wholeTeardowns } from './teardowns';
import { isTiedToEnded } from './tiedParts';
import { classGiven, configured, isGivenToOwner, settled } from './wantsEnd';

const leftKind = 'handle/field-without-teardown';

/** A part that a teardown ends: its member, and where. */
interface Ended {
  readonly name: string;
  readonly site: ts.CallExpression;
  readonly by: string;
}

/** Findings for fields that a teardown leaves as they are, beside others that it ends. */
export function findLeftParts(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const described = new Set<ts.Node>(acquisitions.map(({ node }) => node));
  const kindOf = new Map<ts.Node, string>(acquisitions.map(({ node, kind }) => [node, kind.id]));
  const instances = instancesOf(engine, acquisitions);
  const drafts: Draft[] = [];
  for (const owner of engine.program.members.owners) {
    if (owner.kind !== 'class') continue;
    const ends = wholeTeardowns(owner, engine);
    const last = ends.find(
      ({ name, functions }) => endsForGood(name) && functions.length > 0 && !functions.some(ts.isGetAccessor),
    );
    if (!last || engine.frequency.instancesOf(owner) === 'single') continue;
    const ended = endedParts(owner, ends, engine, kinds);
    const makings = makingsOf(owner);
    for (const member of owner.members.values()) {
      if (
        member.isStatic ||
        member.parameter ||
        isLeftToHeirs(owner, member, engine) ||
        ended.some(({ name }) => name === member.name)
      )
        continue;
      const draft =
        judge(owner, member, makings, ended, last, ends, engine, described, instances) ??
        judgeLastOfRenewed(owner, member, last, ends, engine, kinds, (made) => kindOf.get(made) ?? leftKind);
      if (draft && !told.has(draft.node)) drafts.push(draft);
    }
  }
  return drafts;
}

/** A protected field that the class itself does not use is for those that extend it. */
export function isLeftToHeirs(owner: Owner, { name }: Member, engine: Engine): boolean {
  if (!isClassNode(owner.node) || engine.uses.reads(engine.program.places.ofMember(owner, name).key).length > 0)
    return false;
  return owner.node.members.some(
    (member) =>
      ts.isPropertyDeclaration(member) &&
      propertyNameText(member.name) === name &&
      hasModifier(member, ts.SyntaxKind.ProtectedKeyword),
  );
}

function endedParts(
  owner: Owner,
  ends: readonly Teardown[],
  engine: Engine,
  kinds: readonly ResourceKind[],
): readonly Ended[] {
  const reached = reachedBy(ends, engine);
  return endingsOf(engine, kinds).flatMap(({ site, target, by, name }): readonly Ended[] => {
    const isEnd = by === 'method' && !unlistenMethods.has(name) && !removesAll.has(name);
    const place = isEnd ? engine.program.places.of(unwrap(target)) : undefined;
    if (place?.root.kind !== 'owner' || place.root.owner !== owner || place.path.length !== 1) return [];
    return isWithinAny(site, reached) ? [{ name: place.path[0] ?? '', site, by: name }] : [];
  });
}

/** `new Part(this)`: what such a part ends outside may be the owner's own, which dies with both. */
function isGivenOwner(made: CallLike): boolean {
  return made.arguments?.some((argument) => unwrap(argument).kind === ts.SyntaxKind.ThisKeyword) === true;
}

function judge(
  owner: Owner,
  member: Member,
  makings: Makings,
  ended: readonly Ended[],
  last: Teardown,
  ends: readonly Teardown[],
  engine: Engine,
  described: ReadonlySet<ts.Node>,
  instances: Instances,
): Draft | undefined {
  const made = member.values.map(({ value }) => madeIn(value)).find((value) => value !== undefined);
  if (!made || described.has(made) || engine.program.members.ownerAt(made) !== owner) return undefined;
  const alike = madeAlike(made, makings, ended);
  // What is known of what it keeps open, and when, is judged by that.
  if (!alike && (instances.made(made).length > 0 || isGivenOwner(made) || isTiedToEnded(made, owner, ended, engine)))
    return undefined;
  const own = alike ? [alike.by] : ts.isNewExpression(made) ? (classEnds(made, engine) ?? []) : [];
  const [by] = own;
  const sign = alike ?? ended.find((other) => other.by === by) ?? ended[0];
  if (by === undefined) return undefined;
  const acquisition = acquisitionOf(made, own);
  const isConfigured = ts.isPropertyAccessExpression(wrapped(made).parent);
  const place = alike || isConfigured ? placeOf(owner, member, engine) : openPlace(made, acquisition, engine);
  const frequency = engine.frequency.of(made);
  if (!place || frequency.level === 'once' || !leavesIt(place, ends, own, engine)) return undefined;
  const held = `\`${textOf(place)}\``;
  const [written] = last.functions;
  return {
    kind: leftKind,
    mechanism: 'no-release-on-dispose',
    severity: passesOn(made.expression.getText()) ? 'low' : 'medium',
    confidence: 'medium',
    message: `${held} is never ended: \`${last.name}\`${written ? ` (line ${lineOf(written)})` : ''} ${alike ? `ends \`this.${alike.name}\`, which is made alike, and not this one` : `leaves it, and ${made.expression.getText()} has such an end too: \`${own.join('()` or `')}()\``}.`,
    advice: `Call \`${textOf(place)}.${by}()\` when ${ownerText(owner.name)} ends.`,
    node: made,
    trail: [
      { role: 'acquired', message: 'Made here', range: rangeOf(made) },
      ...(sign
        ? [{ role: 'release' as const, message: `The teardown ends \`this.${sign.name}\``, range: rangeOf(sign.site) }]
        : []),
      frequencyStep(frequency, made),
    ],
    open: { acquisition, place, level: frequency.level, teardown: undefined },
  };
}

/** The field that keeps it, where nobody ends it nor takes it over. */
function openPlace(made: CallLike, acquisition: Acquisition, engine: Engine): Place | undefined {
  const outcome = settle(made, acquisition, engine, 0);
  const place = outcome.kind === 'open' ? outcome.place : undefined;
  return place?.root.kind === 'owner' && place.path.length === 1 ? place : undefined;
}

/** The field itself, where its owner only calls methods of it: it may end it on other occasions, too. */
function placeOf(owner: Owner, { name }: Member, engine: Engine): Place | undefined {
  const place = engine.program.places.ofMember(owner, name);
  const isOwn = engine.uses.reads(place.key).every((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    return isLook(up, outer) || (ts.isPropertyAccessExpression(up) && up.expression === outer);
  });
  return isOwn ? place : undefined;
}

/** `new X()`, `await createX()`: what makes something anew. */
function madeIn(value: ts.Expression | undefined): CallLike | undefined {
  const made = value && settled(value);
  if (!made) return undefined;
  const root = configured(made);
  if (ts.isNewExpression(root)) return root;
  if (!ts.isCallExpression(made) || isGivenToOwner(made)) return undefined;
  const callee = unwrap(made.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return isMaking(name) ? made : undefined;
}

/** What makes the parts of an owner, by the maker, with the names of the members that keep them. */
type Makings = ReadonlyMap<string, readonly { readonly name: string; readonly made: CallLike }[]>;

function makingsOf({ members }: Owner): Makings {
  const found = new Map<string, { readonly name: string; readonly made: CallLike }[]>();
  for (const { name, values } of members.values())
    for (const { value } of values) {
      const made = madeIn(value);
      if (made) addUnder(found, makerOf(made), { name, made });
    }
  return found;
}

/** Another part, made by the same class or function, that the teardown ends; most of those made so are ended. */
function madeAlike(made: CallLike, makings: Makings, ended: readonly Ended[]): Ended | undefined {
  if (plainMemory.test(made.expression.getText())) return undefined;
  const alike = makings.get(makerOf(made)) ?? [];
  const others = new Set(alike.flatMap((other) => (other.made === made ? [] : [other.name])));
  const endedOnes = ended.filter(({ name }) => others.has(name));
  const names = new Set(endedOnes.map(({ name }) => name));
  return names.size > others.size - names.size ? endedOnes[0] : undefined;
}

/** The class or function that makes it; a factory together with the class that it is given. */
function makerOf(made: CallLike): string {
  return `${ts.isNewExpression(made) ? 'new ' : ''}${made.expression.getText()} ${classGiven(made)?.text ?? ''}`;
}

function acquisitionOf(node: CallLike, ends: readonly string[]): Acquisition {
  return {
    kind: instanceKind({ noun: 'instance', family: 'handle', at: '', until: ends }),
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
