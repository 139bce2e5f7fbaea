/**
 * `resize() { gl.deleteFramebuffer(this.target.buffer); this.target = this.allocate(); }`: one function ends several things
 * together, another one ends some of them and makes all of them anew. What it has not ended is lost while it is open.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import { fileRoleOf } from '../../fileRole';
import type { Family } from '../../findings';
import { methodCalls } from '../../methodCalls';
import { type PlaceRoot, textOf } from '../../places';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { returnedBy } from '../../returned';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
} from '../../syntax';
import { frequencyStep } from '../assess';
import { creationOf } from '../late/late';
import { endingsOf } from '../values/endings';
import { overwrittenKinds } from '../words/fallbackKinds';
import { looksUp } from '../words/lookups';
import { callsInherited } from './inheritedCalls';
import { mayLeave, runsIn, statementsBefore } from './sequence';

/** What ends the thing in a place, and in which function. */
interface End {
  readonly site: ts.Node;
  readonly key: string;
  readonly target: ts.Expression;
  readonly family: Family;
}

type Ends = ReadonlyMap<FunctionNode, readonly End[]>;

/** Findings for what is made anew together with something that is ended before. */
export function findHalfRenewals(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const ends = endsByFunction(engine, kinds);
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const [renewing, own] of ends) {
    if (ts.isConstructorDeclaration(renewing) || ![...ends.values()].some((all) => all !== own && endsMore(all, own)))
      continue;
    if (engine.frequency.ofFunction(renewing).level === 'once') continue;
    for (const [whole, all] of ends) {
      if (whole === renewing || !endsMore(all, own)) continue;
      for (const left of all) {
        if (own.some(({ key }) => key === left.key) || !isEndedWith(left, own, ends)) continue;
        const write = own.flatMap((ended) => renewalOf(ended, left, renewing, engine) ?? [])[0];
        const made = write && creationOf(write.right);
        if (!write || !made || told.has(made)) continue;
        if (isRunBy(renewing, whole, engine)) break;
        told.add(made);
        const draft = draftOf({ write, made, left, ended: own[0], whole }, acquisitions, engine);
        if (draft) drafts.push(draft);
      }
    }
  }
  return drafts;
}

interface HalfRenewal {
  readonly write: ts.BinaryExpression;
  readonly made: ts.Expression;
  readonly left: End;
  readonly ended: End | undefined;
  readonly whole: FunctionNode;
}

function draftOf(
  { write, made, left, ended, whole }: HalfRenewal,
  acquisitions: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  const acquisition = acquisitions.find(({ node }) => node === made);
  // It ends by itself, sooner or later.
  if (acquisition?.kind.oneShot ?? acquisition?.kind.endsByItself) return undefined;
  const place = engine.program.places.of(unwrap(left.target));
  if (!place || !ended) return undefined;
  const held = `\`${textOf(place)}\``;
  const frequency = engine.frequency.of(write);
  return {
    kind:
      acquisition?.kind.overwrittenAs ??
      acquisition?.kind.id ??
      overwrittenKinds[left.family === 'handle' ? 'handle' : 'listener'],
    mechanism: 'overwritten-before-release',
    severity: acquisition && acquisition.kind.severity !== 'low' ? 'medium' : 'low',
    confidence: 'medium',
    message: `What is in ${held} is lost while it is open: line ${lineOf(ended.site)} ends \`${ended.target.getText()}\` before both are made anew, and only line ${lineOf(left.site)} ends this one, too.`,
    advice: `End ${held} before the assignment as well.`,
    node: made,
    trail: [
      { role: 'acquired', message: 'Made anew here', range: rangeOf(made) },
      { role: 'release', message: 'The other one is ended before that', range: rangeOf(ended.site) },
      { role: 'release', message: 'Both are ended here', range: rangeOf(whole.name ?? left.site) },
      frequencyStep(frequency, write),
    ],
  };
}

const byArgument = kindsWith(({ release }) => release.some(({ form }) => form === 'method-argument'));

/** All ends of what has a place, by the function that comes to them. */
function endsByFunction(engine: Engine, kinds: readonly ResourceKind[]): Ends {
  const found = new Map<FunctionNode, End[]>();
  const add = (site: ts.Node, target: ts.Expression | undefined, family: Family): void => {
    const place = target && engine.program.places.of(unwrap(target));
    const fn = runsIn(site);
    const isKept =
      place && (place.root.kind === 'owner' || (place.root.kind === 'declaration' && isOuter(place.root, fn)));
    if (!target || !place || !fn || !isKept) return;
    found.set(fn, [...(found.get(fn) ?? []), { site, key: place.key, target, family }]);
  };
  // `this.serial.close()` ends no `close`.
  for (const { site, target, family, by } of endingsOf(engine, kinds)) if (by !== 'itself') add(site, target, family);
  const positions = new Map<string, number>();
  for (const { release } of byArgument(kinds))
    for (const form of release)
      if (form.form === 'method-argument') for (const method of form.method) positions.set(method, form.argument);
  for (const { call, method } of methodCalls(engine.program, (name) => positions.has(name)))
    add(call, call.arguments[positions.get(method) ?? 0], 'handle');
  return found;
}

function isOuter({ declaration }: Extract<PlaceRoot, { kind: 'declaration' }>, fn: FunctionNode | undefined): boolean {
  return declaration.scope.func !== fn;
}

/** All that the other ends, and something else. */
function endsMore(all: readonly End[], own: readonly End[]): boolean {
  return own.some(({ key }) => all.some((one) => one.key === key)) && all.length > 1;
}

/** Wherever it is ended, one of the others is, too. */
function isEndedWith(left: End, own: readonly End[], ends: Ends): boolean {
  return [...ends.values()].every(
    (all) => !all.some(({ key }) => key === left.key) || own.some((one) => all.some(({ key }) => key === one.key)),
  );
}

/** The end of all runs first, or who runs this has run it. */
function isRunBy(renewing: FunctionNode, whole: FunctionNode, { program: { callees } }: Engine): boolean {
  if (callees.reachedFrom(renewing).has(whole)) return true;
  return callees.usesOf(renewing).calls.some((call) => {
    const caller = enclosingFunction(call);
    return caller !== undefined && (caller === whole || callees.reachedFrom(caller).has(whole));
  });
}

/** Where what is left open gets a new value after the end of the other one, nobody having looked at it. */
function renewalOf(ended: End, left: End, fn: FunctionNode, engine: Engine): ts.BinaryExpression | undefined {
  const [a, b] = [parentOf(ended.key), parentOf(left.key)];
  const isFresh = (write: ts.BinaryExpression): boolean =>
    runsIn(write) === fn &&
    write.pos > ended.site.end &&
    write.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(write.parent) &&
    isMade(write.right) &&
    comesAfter(write, ended.site, fn, engine);
  const { uses } = engine;
  const run = [...engine.program.callees.reachedFrom(fn)];
  const isSeen = (key: string, before: ts.Node): boolean =>
    uses
      .reads(key)
      .some((use) => run.some((one) => isWithin(use, one)) && !(isWithin(use, fn) && use.pos > before.pos));
  const together = a !== undefined && a === b ? uses.writes(a).find(isFresh) : undefined;
  if (together && b !== undefined)
    return isSeen(left.key, together) || !fillsAnew(together.right, left.key.slice(b.length + 1), engine)
      ? undefined
      : together;
  if (!uses.writes(ended.key).some(isFresh)) return undefined;
  const apart = uses.writes(left.key).find(isFresh);
  return apart && !isSeen(left.key, apart) ? apart : undefined;
}

/** `d3.buffer` is part of `d3`; of a field its owner is none. */
function parentOf(key: string): string | undefined {
  const at = key.lastIndexOf('.');
  return at < 0 ? undefined : key.slice(0, at);
}

/** Whoever comes to the assignment has come by the end, but for whether there was one. */
function comesAfter(write: ts.Node, site: ts.Node, fn: FunctionNode, engine: Engine): boolean {
  const all = statementsBefore(write, fn);
  const before = all.find((statement) => isWithin(site, statement));
  // A base class may end the other one.
  return before !== undefined && !mayLeave(before) && !all.some((statement) => callsInherited(statement, engine));
}

function isMade(value: ts.Expression): boolean {
  const made = creationOf(value);
  return made !== undefined && !(ts.isCallExpression(made) && looksUp(calledName(made)));
}

/** Does the object that is made have a new one there: by what is seen of it? */
function fillsAnew(value: ts.Expression, name: string, { program: { callees } }: Engine): boolean {
  const made = creationOf(value);
  if (!made || !ts.isCallExpression(made)) return made !== undefined;
  const fns = callees.of(made);
  return (
    fns.length > 0 &&
    fns.every((fn) => {
      const returned = returnedBy(fn);
      return returned.length > 0 && returned.every((one) => isFilledIn(unwrap(one), name));
    })
  );
}

/** `{ buffer, texture: gl.createTexture() }` */
function isFilledIn(object: ts.Expression, name: string): boolean {
  return (
    ts.isObjectLiteralExpression(object) &&
    object.properties.some(
      (property) =>
        property.name !== undefined &&
        propertyNameText(property.name) === name &&
        (ts.isShorthandPropertyAssignment(property) ||
          (ts.isPropertyAssignment(property) && !/^this\b/.test(property.initializer.getText()))),
    )
  );
}
