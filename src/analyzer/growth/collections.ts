/** A long-lived collection with all that happens to it: what every rule of growth judges. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Confidence, Severity, TrailStep } from '../findings/findings';
import { frequencyStep } from '../ownership/assess';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import { shortText } from '../syntax/shortText';
import {
  conditionsAround,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isClassNode,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { isExportsObject } from '../words/program';
import { isSideParameter, isWholeTeardown } from '../words/teardowns';
import { isAllowListed } from './allowed';
import { cellContainers } from './cells';
import { type Changes, changesOf, type Insertion } from './changes';
import { type Container, findContainers } from './containers';
import { functionName, type Life, lifeOf } from './holders';
import { byName, byWord, type Cardinality, keyCardinality } from './keys';
import { isRingPlace } from './rings';
import { changesArgument, isPerClientName } from './words';

export interface Collection {
  readonly container: Container;
  readonly changes: Changes;
  readonly life: Life;
  /** Other files can name it, and might take entries out. */
  readonly isExposed: boolean;
  /** Given to calls that make something of it: what they do with it is not known, but most only look. */
  readonly isLent: boolean;
}

/** Collections that something fills and nobody else has a hand on. */
export function findCollections(engine: Engine): readonly Collection[] {
  const containers = [...engine.once(findContainers), ...cellContainers(engine)];
  if (containers.length === 0) return [];
  const loose = looseUses(containers, engine);
  return containers.flatMap((container) => {
    const changes = changesOf(container, loose.get(container) ?? [], engine);
    // Whoever gets the collection may shrink it; a mutation by an unknown method may be a shrink.
    if (changes.insertions.length === 0) return [];
    const isLent = changes.escapes.some(isLoan);
    if (!changes.escapes.every((site) => isExport(site, container) || isLoan(site))) return [];
    const life = lifeOf(
      container,
      changes.insertions.map((insertion) => insertion.node),
      engine,
    );
    return life ? [{ container, changes, life, isLent, isExposed: changes.escapes.some((site) => !isLoan(site)) }] : [];
  });
}

/** `const hits = caster.intersect(this.targets)`: an argument of a method that gives something, by no name that changes it. */
function isLoan(site: ts.Node): boolean {
  if (!ts.isCallExpression(site)) return false;
  const callee = unwrap(site.expression);
  const { parent } = wrapped(site);
  if (!ts.isPropertyAccessExpression(callee) || callee.expression.kind === ts.SyntaxKind.ThisKeyword) return false;
  const isUsed = ts.isVariableDeclaration(parent) || ts.isReturnStatement(parent) || ts.isAwaitExpression(parent);
  return isUsed && !changesArgument(callee.name.text);
}

/** Given to other files by its name, and to nobody else. */
function isExport(site: ts.Node, { node }: Container): boolean {
  if (site === node) return true;
  // module.exports = { cache }
  if (ts.isShorthandPropertyAssignment(site) || ts.isPropertyAssignment(site))
    return (
      ts.isObjectLiteralExpression(site.parent) && isAssignment(site.parent.parent) && isExported(site.parent.parent)
    );
  return isAssignment(site) && isExported(site);
}

/** `module.exports = …`, `exports.cache = …`. */
function isExported(site: ts.BinaryExpression): boolean {
  const left = unwrap(site.left);
  return (
    isExportsObject(left.getText()) ||
    (ts.isPropertyAccessExpression(left) && isExportsObject(left.expression.getText()))
  );
}

/** Uses of a member's name on values that are not known: `other.pending.delete(id)` may be this very collection. */
function looseUses(containers: readonly Container[], engine: Engine): ReadonlyMap<Container, readonly ts.Expression[]> {
  const byName = new Map<string, Container[]>();
  for (const container of containers) {
    if (!container.owner) continue;
    const name = container.place.path.at(-1) ?? '';
    byName.set(name, [...(byName.get(name) ?? []), container]);
  }
  const found = new Map<Container, ts.Expression[]>();
  if (byName.size === 0) return found;
  const { callees, places } = engine.program;
  for (const [name, named] of byName)
    for (const use of callees.accesses.get(name) ?? []) {
      const place = places.of(use);
      if (place?.root.kind === 'owner' && use.expression.kind === ts.SyntaxKind.ThisKeyword) continue;
      for (const container of named) {
        if (place?.key === container.place.key) continue;
        const known = found.get(container);
        if (known) known.push(use);
        else found.set(container, [use]);
      }
    }
  return found;
}

/** Kinds of findings about collections of which nothing more exact is known. */
export const kindsOf = {
  map: 'cache/map-without-eviction',
  set: 'cache/set-field-only-grows',
  array: 'cache/array-only-pushed',
  record: 'cache/record-only-grows',
} as const;

export const nounOf = { map: 'Map', set: 'Set', array: 'list', record: 'record' } as const;

/** Can the code run any number of times, as far as known? */
export function repeats(node: ts.Node, engine: Engine): boolean {
  const { level } = engine.frequency.of(node);
  return level === 'hot' || level === 'call' || level === 'unknown' || level === 'mount';
}

/** Repeats, or puts in one for each key that it is given, whatever its name sounds like: `start(id)`, `start(job)` for `job.id`. */
export function repeatsPerKey({ node, key }: Insertion, engine: Engine): boolean {
  return (key !== undefined && isGivenKey(key, enclosingFunction(node), engine)) || repeats(node, engine);
}

/** A parameter of the function, a member of one, or a text made of that. */
function isGivenKey(key: ts.Expression, fn: FunctionNode | undefined, engine: Engine): boolean {
  const value = unwrap(key);
  if (ts.isPropertyAccessExpression(value)) return isGivenKey(value.expression, fn, engine);
  if (ts.isTemplateExpression(value)) return value.templateSpans.some((one) => isGivenKey(one.expression, fn, engine));
  if (ts.isCallExpression(value)) return value.arguments.some((one) => isGivenKey(one, fn, engine));
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration?.kind === 'parameter' && declaration.scope.func === fn;
}

export function keysOf(insertion: Insertion, { container }: Collection, engine: Engine): Cardinality {
  if (container.shape === 'array' && !insertion.isAsked)
    return isFixedIndex(insertion.key, engine) ? 'closed' : 'unknown';
  const keys = keyCardinality(insertion.key, container.keyType, engine);
  if (keys !== 'closed' && isAllowListed(insertion, container, engine)) return 'closed';
  if (keys !== 'id' && keys !== 'unknown') return keys;
  // `buckets.set(key, …)`, `triesByIp.set(x, …)`: the name of the table says whose keys they are
  if (keys === 'id' && isPerClientName(container.name)) return 'transient';
  const by = byWord(container.name);
  return by !== undefined && byName(by) === 'transient' ? 'transient' : keys;
}

/** `runs[0] = now`, `for (let i = 9; i > 0; i--) runs[i] = runs[i - 1]`: as many as the code says. */
function isFixedIndex(key: ts.Expression | undefined, engine: Engine): boolean {
  const { program } = engine;
  const index = key && unwrap(key);
  if (!index) return false;
  if (isRingPlace(index, engine)) return true;
  if (typeof constantOf(index, program.scopes) === 'number' || isBelow(index)) return true;
  const list = ts.isIdentifier(index) ? program.scopes.resolve(index)?.node.parent : undefined;
  return list !== undefined && ts.isVariableDeclarationList(list) && ts.isForStatement(list.parent);
}

/** `if (at < this.size) list[at] = one` */
function isBelow(index: ts.Expression): boolean {
  return conditionsAround(index).some(
    (asked) =>
      ts.isBinaryExpression(asked) &&
      asked.operatorToken.kind === ts.SyntaxKind.LessThanToken &&
      asked.left.getText() === index.getText(),
  );
}

/** Everything that makes it smaller, except what only runs when its owner ends. */
export function shrinksInLife({ container, changes }: Collection): readonly ts.Node[] {
  return [...changes.removals.map((removal) => removal.node), ...changes.resets].filter(
    (node) => container.holder !== 'instance' || !isInWholeTeardown(node),
  );
}

/** At the end of what holds the collection; an item that takes itself out when it is disposed of does so in its life. */
export function isAtEndOfOwner(node: ts.Node, { container }: Collection, engine: Engine): boolean {
  return (
    container.holder === 'instance' &&
    isInWholeTeardown(node) &&
    engine.program.members.ownerAt(node) === container.owner
  );
}

/** Inside the method that ends the whole owner; `close(handle)` ends a part. */
export function isInWholeTeardown(node: ts.Node): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn))
    if (
      isWholeTeardown(functionName(fn)) &&
      !isInMember(fn) &&
      fn.parameters.every((one) => isSideParameter(one.name.getText()))
    )
      return true;
  return false;
}

/** `const close = () => …` within a method: it ends what the method has begun. */
function isInMember(fn: FunctionNode): boolean {
  if (isClassNode(fn.parent) || ts.isPropertyDeclaration(fn.parent)) return false;
  for (let around = enclosingFunction(fn); around; around = enclosingFunction(around))
    if (isClassNode(around.parent) && !ts.isConstructorDeclaration(around)) return true;
  return false;
}

/** A key as it is written, without what does not change its value. */
export function textOf(key: ts.Expression): string {
  return unwrap(key).getText().replace(/\s+/g, ' ');
}

/** Written alike, and of the same variables: `host` of one loop is not `host` of the next. */
export function isSameKey(one: ts.Expression, other: ts.Expression, { program }: Engine): boolean {
  if (textOf(one) !== textOf(other)) return false;
  const meant = (key: ts.Expression): readonly (Declaration | undefined)[] => {
    const found: (Declaration | undefined)[] = [];
    walk(key, (node) => {
      if (ts.isIdentifier(node)) found.push(program.scopes.resolve(node));
      return undefined;
    });
    return found;
  };
  const there = meant(other);
  return meant(one).every((declaration, index) => declaration === there[index]);
}

export interface Verdict {
  readonly kind: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly advice: string;
  readonly mechanism?: Draft['mechanism'];
  /** Steps after "held" and "grows". */
  readonly steps?: readonly TrailStep[];
}

/** A finding at an insertion, with the trail that every finding of growth begins with. */
export function draftAt(
  insertion: Insertion,
  { container, life }: Collection,
  engine: Engine,
  verdict: Verdict,
): Draft {
  const { steps = [], mechanism = 'unbounded-growth', ...rest } = verdict;
  const fn = enclosingFunction(insertion.node);
  const frequency = engine.frequency.of(insertion.node);
  const trail: TrailStep[] = [
    { role: 'held', message: `\`${container.name}\` ${life.why}`, range: rangeOf(container.node) },
    {
      role: 'grows',
      message: insertion.key ? `Grows here with each new \`${shortText(insertion.key)}\`` : 'Grows here',
      range: rangeOf(insertion.node),
    },
    ...(fn ? [frequencyStep(frequency, insertion.node)] : []),
    ...steps,
  ];
  return { ...rest, mechanism, node: insertion.node, trail };
}
