/** What becomes of a value in the end: someone releases it, someone else takes it, or it stays open. */

import type { Acquisition } from '../../acquiring/acquisitions';
import { isNamedIn } from '../../acquiring/apiNames';
import type { Engine } from '../../engine';
import { isEmptyValue } from '../../program/emptyValues';
import type { Place } from '../../program/places';
import { calledName, enclosingFunction, isAssignment, isWithin, ts, unwrap, wrapped } from '../../syntax/syntax';
import { lookingGlobals } from '../../words/calmCalls';
import { givesNothing } from '../../words/collections';
import { isThen } from '../../words/promises';
import { isTeardown } from '../../words/teardowns';
import { isOfUnseenBase } from '../instances/bases';
import { isReleasedInVain } from './deadReleases';
import { type Fate, fatesOf, isTest } from './fate';
import { leavesWithEntry } from './leftEntries';
import { isLent, shownAs } from './lent';
import { passedTo } from './passing';
import type { Releases } from './releases';
import { isRendered, isStatePlace, isStateReleased, promisedUses } from './states';
import { isHeldByOwnerOrModule, isOthers, isPlainCollection, keysInBases } from './storage';

export type Outcome =
  | { readonly kind: 'released' }
  | { readonly kind: 'escapes' }
  /** Nobody can or does release it; `place` holds it, if anything does. */
  | { readonly kind: 'open'; readonly place: Place | undefined; readonly node: ts.Node };

/** The outcome of a value; of several fates, a release counts before an escape, and that before what stays open. */
export function settle(value: ts.Expression, acquisition: Acquisition, engine: Engine, depth: number): Outcome {
  const outcomes = fatesOf(value, engine.program).map((fate) => settleFate(fate, value, acquisition, engine, depth));
  return (
    outcomes.find((outcome) => outcome.kind === 'released') ??
    outcomes.find((outcome) => outcome.kind === 'escapes') ??
    outcomes[0] ?? { kind: 'escapes' }
  );
}

function settleFate(
  fate: Fate,
  value: ts.Expression,
  acquisition: Acquisition,
  engine: Engine,
  depth: number,
): Outcome {
  const releases = engine.releasesOf(acquisition.kind);
  if (
    releases.sites.some((site) => isWithin(site, acquisition.node) && isOwnCallbackRelease(site, acquisition, engine))
  )
    return { kind: 'released' };
  switch (fate.kind) {
    case 'dropped':
      return { kind: 'open', place: undefined, node: value };
    case 'passed': {
      const outcome = passedTo(fate, acquisition, engine, depth);
      return outcome === 'reads' ? { kind: 'open', place: undefined, node: value } : { kind: outcome };
    }
    case 'destructured': {
      // A method that is taken alone may be a release; of plain values nothing is left of the resource.
      const methods = acquisition.kind.release.flatMap((form) => (form.form === 'method' ? form.method : []));
      if (fate.members.some((member) => methods.includes(member))) return { kind: 'released' };
      return acquisition.kind.heldBy === 'runtime' && acquisition.form.form === 'call' && acquisition.form.promise
        ? { kind: 'open', place: undefined, node: value }
        : { kind: 'escapes' };
    }
    case 'handed-over':
      return settlePromised(fate.node, acquisition, engine, depth);
    case 'unknown':
      return { kind: 'escapes' };
    case 'used': {
      if (acquisition.kind.release.some((form) => form.form === 'method' && form.method.includes(fate.member)))
        return { kind: 'released' };
      if (fate.member === '()' && acquisition.kind.release.some((form) => form.form === 'invoked'))
        return { kind: 'released' };
      const access = fate.node;
      const given = promisedOutcome(fate, acquisition, engine, depth);
      if (given) return given;
      const call = access.parent;
      if (acquisition.kind.fluent?.includes(fate.member) && ts.isCallExpression(call))
        return settle(call, acquisition, engine, depth + 1);
      const chained = ts.isCallExpression(call) && call.expression === access ? wrapped(call) : undefined;
      return chained && ts.isExpressionStatement(chained.parent)
        ? { kind: 'open', place: undefined, node: value }
        : { kind: 'escapes' };
    }
    case 'collected':
      return settleCollected(fate, releases, engine);
    case 'stored':
      return settleStored(fate.place, fate.node, acquisition, engine, depth);
  }
}

/** `load().then((blob) => open(blob)).then((handle) => …)`: the next step is given what this one gives. */
function settlePromised(node: ts.Node, acquisition: Acquisition, engine: Engine, depth: number): Outcome {
  const uses = depth > 4 ? undefined : promisedUses(node, engine.program);
  const outcomes = (uses ?? [])
    .filter((use) => !isOnlyTested(use))
    .map((use) => settle(use, acquisition, engine, depth + 1));
  const kept = outcomes.find((outcome) => outcome.kind === 'open' && outcome.place && isStatePlace(outcome.place));
  return outcomes.find(({ kind }) => kind !== 'open') ?? kept ?? { kind: 'escapes' };
}

/** `listening.then((off) => off())`: what becomes of it where the promise of it gives it to a function. */
function promisedOutcome(
  { member, node }: Extract<Fate, { kind: 'used' }>,
  acquisition: Acquisition,
  engine: Engine,
  depth: number,
): Outcome | undefined {
  const { form } = acquisition;
  const call = node.parent;
  if (!('promise' in form && form.promise) || !isThen(member) || !ts.isCallExpression(call) || depth > 4)
    return undefined;
  const [given] = call.arguments;
  if (!given || isEmptyValue(unwrap(given)) || isLook(given, engine)) return undefined;
  const [fn] = engine.program.callees.functionsOf(given);
  const declaration = fn?.parameters[0] && engine.program.scopes.declarationOf(fn.parameters[0]);
  if (!fn || (fn.parameters[0] && !declaration)) return { kind: 'escapes' };
  if (!declaration) return undefined;
  const outcomes = declaration.references
    .filter((use) => !isOnlyTested(use) && !isGivenToLook(use, engine))
    .map((use) => settle(use, acquisition, engine, depth + 1));
  return (
    outcomes.find(({ kind }) => kind === 'released') ??
    outcomes.find(({ kind }) => kind === 'escapes') ??
    outcomes.find((outcome) => outcome.kind === 'open' && outcome.place !== undefined)
  );
}

/** `console.log(off)` */
function isGivenToLook(use: ts.Expression, engine: Engine): boolean {
  const outer = wrapped(use);
  const call = outer.parent;
  return ts.isCallExpression(call) && call.expression !== outer && isLook(call.expression, engine);
}

/** A function of the language or the console that only looks at what it is given. */
function isLook(fn: ts.Expression, engine: Engine): boolean {
  const name = engine.program.origins.nameOf(unwrap(fn));
  return name !== undefined && name.module === undefined && isNamedIn(lookingGlobals, name.name);
}

/** Looked at, and given to nothing. */
function isOnlyTested(use: ts.Expression): boolean {
  const outer = wrapped(use);
  return isTest(outer) && !(isAssignment(outer.parent) && outer.parent.right === outer);
}

/** `new Observer((entries, self) => self.disconnect())`: released through a parameter of the callback given to it. */
function isOwnCallbackRelease(site: ts.Node, acquisition: Acquisition, engine: Engine): boolean {
  const target = ts.isPropertyAccessExpression(site) ? unwrap(site.expression) : undefined;
  if (!target || !ts.isIdentifier(target)) return false;
  const declaration = engine.program.scopes.resolve(target);
  return declaration?.kind === 'parameter' && isWithin(declaration.node, acquisition.node);
}

function settleCollected(fate: Extract<Fate, { kind: 'collected' }>, releases: Releases, engine: Engine): Outcome {
  const { container } = fate;
  if (!container || releases.byContainer.has(container.key) || releases.byPlace.has(container.key))
    return { kind: 'escapes' };
  // A collection of an unknown class, or inherited, is an owner: it may release what it is given.
  if (!isHeldByOwnerOrModule(container) || !isPlainCollection(container)) return { kind: 'escapes' };
  // Whoever reads the collection may release what is in it.
  const read = engine.uses.reads(container.key).some((use) => {
    const up = wrapped(use).parent;
    return !(ts.isPropertyAccessExpression(up) && givesNothing.has(up.name.text));
  });
  return read && !leavesWithEntry(fate.node, container, engine)
    ? { kind: 'escapes' }
    : { kind: 'open', place: container, node: fate.node };
}

/** Reads of the place, but of a name that nobody has declared those of functions which give it a value of their own. */
function readsOf({ key, root }: Place, { node }: Acquisition, { uses, program }: Engine): readonly ts.Expression[] {
  const reads = uses.reads(key);
  if (root.kind !== 'global' || reads.length === 0) return reads;
  const others = uses
    .writes(key)
    .flatMap((write) => enclosingFunction(write) ?? [])
    .filter((fn) => !isWithin(node, fn));
  const isBare = (use: ts.Expression): boolean => ts.isIdentifier(use) && !program.scopes.resolve(use);
  return reads.filter((use) => !(isBare(use) && others.some((fn) => isWithin(use, fn))));
}

/** `stop(video.srcObject)`: a function that ends it is given what is there. */
function isGivenToEnd({ key }: Place, acquisition: Acquisition, engine: Engine, depth: number): boolean {
  return engine.uses
    .reads(key)
    .some((use) =>
      fatesOf(use, engine.program).some(
        (fate) =>
          fate.kind === 'passed' &&
          (passedTo(fate, acquisition, engine, depth) === 'released' || isTeardown(calledName(fate.call))),
      ),
    );
}

function settleStored(place: Place, node: ts.Node, acquisition: Acquisition, engine: Engine, depth: number): Outcome {
  const releases = engine.releasesOf(acquisition.kind);
  if (isReleasedInVain(place, acquisition.node, releases, engine)) return { kind: 'open', place, node };
  if (keysInBases(place, engine).some((key) => releases.byPlace.has(key))) return { kind: 'released' };
  const last = place.path.at(-1);
  if (last !== undefined && releases.byProperty.has(last)) return { kind: 'released' };
  // `for (const name of Object.keys(this.parts)) this.parts[name].dispose()`
  if (last !== undefined && place.path.length > 1 && releases.byContainer.has(place.key.slice(0, -last.length - 1)))
    return { kind: 'released' };
  const { root } = place;
  const [field] = place.path;
  if (root.kind === 'owner' && field !== undefined && isOfUnseenBase(root.owner, field, engine))
    return { kind: 'escapes' };
  // `image.src = url`: whose property it is does not matter, nobody will release it there.
  if (last !== undefined && acquisition.kind.sinks?.properties?.includes(last))
    return isGivenToEnd(place, acquisition, engine, depth) ? { kind: 'released' } : { kind: 'open', place, node };
  if (isOthers(place, engine)) return { kind: 'escapes' };
  if (depth > 4) return { kind: 'escapes' };
  let elsewhere: Outcome | undefined;
  const inState = isStatePlace(place);
  if (inState && isStateReleased(place, releases, engine)) return { kind: 'escapes' };
  for (const use of readsOf(place, acquisition, engine)) {
    if (inState && isRendered(use, acquisition.kind)) continue;
    for (const fate of fatesOf(use, engine.program)) {
      const given = fate.kind === 'used' ? promisedOutcome(fate, acquisition, engine, depth + 1) : undefined;
      if (given && given.kind !== 'open') return given;
      const shown = fate.kind === 'handed-over' ? shownAs(use, place, engine) : undefined;
      if (shown) {
        const outcome = settleStored(shown, node, acquisition, engine, depth + 1);
        if (outcome.kind !== 'open') return outcome;
        continue;
      }
      // A method that reads the state of its component gives it to the component.
      if (fate.kind === 'handed-over' && inState && root.kind === 'owner') continue;
      if (fate.kind === 'handed-over') return { kind: 'escapes' };
      if (fate.kind === 'passed') {
        const outcome = isLent(fate.call, place, acquisition.kind, engine)
          ? 'reads'
          : passedTo(fate, acquisition, engine, depth);
        if (outcome !== 'reads') return { kind: outcome };
      }
      if (fate.kind === 'unknown' && !isTest(wrapped(use))) return { kind: 'escapes' };
      if (fate.kind === 'stored' && fate.place.key !== place.key) {
        const outcome = settleStored(fate.place, fate.node, acquisition, engine, depth + 1);
        const isSink = acquisition.kind.sinks?.properties?.includes(fate.place.path.at(-1) ?? '');
        if (outcome.kind !== 'open') return outcome;
        if (!isSink) elsewhere ??= outcome;
        continue;
      }
      if (fate.kind === 'collected') return settleCollected(fate, releases, engine);
    }
  }
  return elsewhere ?? { kind: 'open', place, node };
}
