/**
 * Tables of things that have to end, by key. Whoever looks an entry up, ends it and deletes it says so; an entry that is
 * replaced without being looked at, or that never gets into the table, is one that nobody can end any more.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { type Changes, changesOf, type Insertion } from '../../growth/changes';
import { type Container, findContainers } from '../../growth/containers';
import { keyCardinality } from '../../growth/keys';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isClassNode,
  isFunctionNode,
  isWithin,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { overwrittenKinds, unreachableKinds } from '../../words/fallbackKinds';
import { isGivenOnce } from '../../words/owners';
import { isMaking } from '../../words/starts';
import { type Ending, endingsOf } from '../values/endings';
import { type Element, elementOf } from './elements';

/** An end of a single entry: looked up by its key. */
interface EntryEnd {
  readonly ending: Ending;
  readonly element: Element;
}

/** Findings for entries that are replaced while they are open, or that never get into their table. */
export function findRegistryFaults(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const ends = new Map<string, EntryEnd[]>();
  for (const ending of endingsOf(engine, kinds)) {
    const element = elementOf(ending.target, engine.program);
    const key = element && engine.program.places.of(element.collection)?.key;
    if (element && key !== undefined) ends.set(key, [...(ends.get(key) ?? []), { ending, element }]);
  }
  if (ends.size === 0) return [];
  const told = new Set(known.map(({ node }) => node));
  return engine.once(findContainers).flatMap((container) => {
    const own = ends.get(container.place.key) ?? [];
    if (own.length === 0 || container.shape === 'array' || container.shape === 'set') return [];
    const changes = changesOf(container, [], engine);
    const draft =
      replaced(container, changes, own, acquisitions, engine) ??
      neverKept(container, changes, own, acquisitions, engine);
    return draft && !told.has(draft.node) ? [draft] : [];
  });
}

/** `set(key, made)` where an entry of that key may still be open. */
function replaced(
  container: Container,
  changes: Changes,
  ends: readonly EntryEnd[],
  acquisitions: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  if (changes.escapes.length > 0 || container.holder === 'global') return undefined;
  const end = ends.find(({ element, ending }) => element.by === 'lookup' && isDeletedBeside(ending.site, changes));
  if (!end) return undefined;
  for (const insertion of changes.insertions) {
    const made = insertion.value && madeFor(insertion.value, acquisitions, engine);
    const fn = made && repeatable(insertion, engine);
    if (!made || !fn || isWithin(end.ending.site, fn)) continue;
    if (isLookedAt(container, insertion, fn, engine)) continue;
    const kind = acquisitions.find(({ node }) => node === made)?.kind;
    if (kind?.oneShot) continue;
    const key = insertion.key?.getText() ?? '';
    const where = nameOf(enclosingFunction(end.ending.site));
    return {
      kind: kind?.overwrittenAs ?? kind?.id ?? overwrittenKinds[end.ending.family === 'handle' ? 'handle' : 'listener'],
      mechanism: 'overwritten-before-release',
      severity: 'medium',
      confidence: 'medium',
      message: `An entry of \`${container.name}\` that is still there is replaced: a second call with the same \`${key}\` loses the first, which ${where ? `\`${where}\`` : `line ${lineOf(end.ending.site)}`} would have ended.`,
      advice: `End the entry of \`${key}\` first, or keep it when there is one.`,
      node: made,
      trail: [
        { role: 'acquired', message: 'Made here', range: rangeOf(made) },
        { role: 'held', message: `Kept in \`${container.name}\`, over the one before`, range: rangeOf(insertion.node) },
        {
          role: 'repeats',
          message: `Runs for each \`${key}\` that a caller gives`,
          range: rangeOf(fn.name ?? insertion.node),
        },
        { role: 'release', message: 'Ends only the last one', range: rangeOf(end.ending.site) },
      ],
    };
  }
  return undefined;
}

/** The entry leaves the table where it is ended: it is of no use after that. */
function isDeletedBeside(site: ts.Node, { removals }: Changes): boolean {
  const fn = enclosingFunction(site);
  return removals.some(({ node, key }) => key !== undefined && enclosingFunction(node) === fn);
}

/** The call that makes a value anew, directly or by way of a constant. */
export function madeFor(
  value: ts.Expression,
  acquisitions: readonly Acquisition[],
  engine: Engine,
): CallLike | undefined {
  let made = unwrap(value);
  if (ts.isAwaitExpression(made)) made = unwrap(made.expression);
  if (ts.isIdentifier(made)) {
    const declaration = engine.program.scopes.resolve(made);
    if (declaration?.kind !== 'const' || declaration.path?.length !== 0 || !declaration.initializer) return undefined;
    made = unwrap(declaration.initializer);
    if (ts.isAwaitExpression(made)) made = unwrap(made.expression);
  }
  if (ts.isNewExpression(made)) return made;
  if (!ts.isCallExpression(made)) return undefined;
  const callee = unwrap(made.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  return acquisitions.some(({ node }) => node === made) || isMaking(name) ? made : undefined;
}

/**
 * The function whose callers may give the same key again: a method or exported function that is not private, given the
 * key, or the object that it is taken from.
 */
function repeatable({ node, key }: Insertion, engine: Engine): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  if (!fn || !key || !isNamed(fn) || isPrivate(fn)) return undefined;
  // An id is given once: to the session, request or registration that is new.
  const cardinality = keyCardinality(key, undefined, engine);
  if (cardinality === 'id' || cardinality === 'transient' || isGivenOnce(lastWord(key))) return undefined;
  let base = unwrap(key);
  while (ts.isPropertyAccessExpression(base)) base = unwrap(base.expression);
  const declaration = ts.isIdentifier(base) ? engine.program.scopes.resolve(base) : undefined;
  return declaration?.kind === 'parameter' && declaration.scope.func === fn && declaration.writes.length === 0
    ? fn
    : undefined;
}

function lastWord(key: ts.Expression): string {
  const value = unwrap(key);
  return ts.isPropertyAccessExpression(value) ? value.name.text : value.getText();
}

function isNamed(fn: FunctionNode): boolean {
  if (ts.isMethodDeclaration(fn) || ts.isFunctionDeclaration(fn)) return true;
  const up = wrapped(fn as ts.Expression).parent;
  return ts.isPropertyDeclaration(up) || ts.isPropertyAssignment(up) || ts.isVariableDeclaration(up);
}

function isPrivate(fn: FunctionNode): boolean {
  const up = isFunctionNode(fn) && ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  const name = nameOf(fn) ?? '';
  return name.startsWith('_') || name.startsWith('#') || hasModifier(up, ts.SyntaxKind.PrivateKeyword);
}

/** Is the table looked at before: in the function, in what it calls, or by who calls it? */
function isLookedAt({ place }: Container, insertion: Insertion, fn: FunctionNode, engine: Engine): boolean {
  const { callees } = engine.program;
  const looks = engine.uses.reads(place.key).filter((read) => !isWithin(read, insertion.node));
  const around = new Set<FunctionNode>(callees.reachedFrom(fn));
  const { calls, values } = callees.usesOf(fn);
  for (const use of [...calls, ...values])
    for (let up = enclosingFunction(use); up; up = enclosingFunction(up))
      for (const one of callees.reachedFrom(up)) around.add(one);
  return looks.some((look) => isWithinAny(look, around));
}

/** Looked up and ended, and nothing ever puts it in: what was made for it is lost. */
function neverKept(
  container: Container,
  changes: Changes,
  ends: readonly EntryEnd[],
  acquisitions: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  const { insertions, nullings, escapes } = changes;
  if (insertions.length > 0 || nullings.length > 0 || escapes.length > 0 || !isOwn(container)) return undefined;
  // Written by name on values that are not known, or by a method that is none of a Map's.
  for (const lookup of changes.lookups) {
    const made = madeInstead(lookup, engine);
    if (!made) continue;
    const kind = acquisitions.find(({ node }) => node === made)?.kind;
    const [first] = ends;
    return {
      kind: kind?.id ?? unreachableKinds[first?.ending.family === 'handle' ? 'handle' : 'listener'],
      mechanism: 'missing-super-or-registration',
      severity: 'medium',
      confidence: 'medium',
      message: `What is made here is never put into \`${container.name}\`, where line ${first ? lineOf(first.ending.site) : 0} looks for it to end it.`,
      advice: `Put it into \`${container.name}\`.`,
      node: made,
      trail: [
        { role: 'acquired', message: 'Made here', range: rangeOf(made) },
        { role: 'held', message: 'Looked up here, where nothing ever is', range: rangeOf(lookup) },
        ...ends.slice(0, 1).map(({ ending }) => ({
          role: 'release' as const,
          message: 'Finds nothing to end',
          range: rangeOf(ending.site),
        })),
      ],
    };
  }
  return undefined;
}

/** Nobody else can fill it: private, or in a variable that is not exported. */
function isOwn({ owner, place, holder, exported, isPublic }: Container): boolean {
  if (holder === 'global' || exported || isPublic) return false;
  if (!owner) return true;
  const name = place.path.at(-1) ?? '';
  if (name.startsWith('#')) return true;
  return (
    isClassNode(owner.node) &&
    owner.node.members.some(
      (member) =>
        ts.isPropertyDeclaration(member) &&
        propertyNameText(member.name) === name &&
        (hasModifier(member, ts.SyntaxKind.PrivateKeyword) || name.startsWith('_')),
    )
  );
}

/** `let x = table.get(key); if (!x) x = make()`: what is made where nothing was found. */
function madeInstead(lookup: ts.Node, engine: Engine): CallLike | undefined {
  const outer = wrapped(lookup as ts.Expression);
  const up = outer.parent;
  const declaration =
    ts.isVariableDeclaration(up) && ts.isIdentifier(up.name) ? engine.program.scopes.declarationOf(up) : undefined;
  for (const { value } of declaration?.writes ?? []) {
    let made = value && unwrap(value);
    if (made && ts.isAwaitExpression(made)) made = unwrap(made.expression);
    if (made && (ts.isNewExpression(made) || ts.isCallExpression(made))) return made;
  }
  return undefined;
}

function nameOf(fn: FunctionNode | undefined): string | undefined {
  if (!fn) return undefined;
  if (fn.name) return propertyNameText(fn.name);
  const up = wrapped(fn as ts.Expression).parent;
  return ts.isPropertyDeclaration(up) || ts.isPropertyAssignment(up) || ts.isVariableDeclaration(up)
    ? propertyNameText(up.name)
    : undefined;
}
