/**
 * Places that are emptied while what they hold goes on: an interval, a subscription. Such things never end by themselves,
 * and who empties the place leaves nobody who could end them.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isMissingValue } from '../../flow/conditions';
import { type Place, textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import {
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { continuations } from '../../words/callbacks';
import { tellsOfEnd } from '../../words/events';
import { isTeardown } from '../../words/teardowns';
import { type Ending, endingsAt } from '../values/endings';
import { fatesOf } from '../values/fate';
import { isInCatch, isLostInCatch } from './lostInCatch';
import { runsIn, statementsBefore, touches } from './sequence';

/** Findings for fields and variables that are emptied over something that goes on. */
export function findLetGo(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const acquisition of acquisitions) {
    const { kind, result, node } = acquisition;
    if (!result || kind.oneShot || kind.onlyForgotten || told.has(node)) continue;
    if (kind.family !== 'listener' && (acquisition.assumed || mayEndItself(kind))) continue;
    const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
    if (stored?.kind !== 'stored' || !isKept(stored.place, engine)) continue;
    const { place } = stored;
    const ends = endingsAt(place.key, engine, kinds);
    if (ends.length === 0) continue;
    const emptied = engine.uses.writes(place.key).find((write) => isLoss(write, place, ends, node, engine));
    if (!emptied) continue;
    // What a `catch` loses is lost there: where it is opened all is well.
    drafts.push({
      ...draftOf(acquisition, place, emptied, ends),
      ...(isInCatch(emptied) ? { node: emptied } : {}),
    });
  }
  return drafts;
}

/** Its other side may end it, what runs in it, or the collector. */
function mayEndItself({ family, heldBy, endsAlone, mayBeDropped, needsTeardown, release }: ResourceKind): boolean {
  if (family !== 'handle' || heldBy !== 'runtime') return true;
  return (
    endsAlone === true ||
    mayBeDropped === true ||
    needsTeardown === true ||
    release.some(({ form }) => form === 'observed')
  );
}

function isKept({ root, path }: Place, engine: Engine): boolean {
  if (root.kind === 'owner') return path.length === 1;
  if (root.kind !== 'declaration') return false;
  if (path.length === 1) return path[0] === 'current' && root.declaration.kind === 'const';
  return (
    path.length === 0 && (root.declaration.scope.func === undefined || isShared(root.declaration.references, engine))
  );
}

/** Used by more than one function. */
function isShared(references: readonly ts.Identifier[], engine: Engine): boolean {
  return (
    engine.program.scopes.isModule && new Set(references.map((reference) => enclosingFunction(reference))).size > 1
  );
}

/** An assignment of nothing, on the way to which nobody looks at the place. */
function isLoss(
  write: ts.BinaryExpression,
  place: Place,
  ends: readonly Ending[],
  acquired: ts.Node,
  engine: Engine,
): boolean {
  if (write.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !isMissingValue(write.right)) return false;
  const sites = [...engine.uses.reads(place.key), ...ends.map(({ site }) => site)];
  if (isLostInCatch(write, acquired, sites, engine)) return true;
  const fn = runsIn(write);
  const isFirst = place.root.kind === 'owner' && place.root.owner.construct === fn;
  if (!fn || ts.isConstructorDeclaration(fn) || isFirst || isAboutAnEnd(write)) return false;
  // In the function that acquires it: before that, or in its own handler.
  const home = place.root.kind === 'declaration' ? place.root.declaration.scope.func : undefined;
  for (let up = enclosingFunction(acquired); up && up !== home; up = enclosingFunction(up))
    if (isWithin(write, up)) return false;
  return !isLookedAt(write, fn, sites, engine, new Set());
}

/** In a handler or method whose name tells that it is over already, in what follows on a promise, or in a teardown. */
export function isAboutAnEnd(write: ts.Node): boolean {
  for (let fn = enclosingFunction(write); fn; fn = enclosingFunction(fn)) {
    const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : fn;
    const name = fn.name
      ? propertyNameText(fn.name)
      : ts.isPropertyDeclaration(up) || ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up)
        ? propertyNameText(up.name)
        : undefined;
    if (name !== undefined && (tellsOfEnd(name) || isTeardown(name))) return true;
    if (ts.isCallExpression(up)) {
      const callee = unwrap(up.expression);
      const called = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      const [event] = up.arguments;
      if (continuations.has(called) || tellsOfEnd(called)) return true;
      if (event && ts.isStringLiteralLike(event) && tellsOfEnd(event.text)) return true;
    }
    if (ts.isBinaryExpression(up) && tellsOfEnd(up.left.getText())) return true;
  }
  for (let up = write.parent; up; up = up.parent) if (ts.isCatchClause(up)) return true;
  return false;
}

/** Anywhere in the function, in what it calls, or by who calls it: the release may come before or after. */
function isLookedAt(
  at: ts.Node,
  fn: FunctionNode,
  reads: readonly ts.Node[],
  engine: Engine,
  seen: Set<FunctionNode>,
): boolean {
  if (seen.has(fn) || seen.size > 12) return seen.size > 12;
  seen.add(fn);
  if (reads.some((read) => isWithin(read, fn)) || (fn.body && touches(fn.body, reads, engine))) return true;
  if (statementsBefore(at, fn).some((statement) => touches(statement, reads, engine))) return true;
  // A handler runs on an occasion of its own, whoever registers it.
  return engine.program.callees.usesOf(fn).calls.some((use) => {
    const caller = enclosingFunction(use);
    return caller !== undefined && isLookedAt(use, caller, reads, engine, seen);
  });
}

function draftOf({ kind, node }: Acquisition, place: Place, emptied: ts.Node, ends: readonly Ending[]): Draft {
  const held = `\`${textOf(place)}\``;
  const participle = kind.participle ?? 'released';
  const [end] = ends;
  return {
    kind: kind.overwrittenAs ?? kind.id,
    mechanism: 'overwritten-before-release',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is lost when line ${lineOf(emptied)} empties the place: it is not ${participle} there, and nobody can name it afterwards.`,
    advice: `Have it ${participle} before ${held} is emptied.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'exit', message: 'The place is emptied here, and it goes on', range: rangeOf(emptied) },
      ...(end
        ? [{ role: 'release' as const, message: 'Ended here, where it is still held', range: rangeOf(end.site) }]
        : []),
    ],
  };
}
