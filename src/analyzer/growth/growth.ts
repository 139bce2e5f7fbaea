/**
 * Growth: a long-lived collection that something repeating fills, by keys that are not a closed set, while nothing on the
 * same storage bounds it. Unsure is silence, or low confidence.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import type { Confidence, Severity, TrailStep } from '../findings';
import { isTeardown } from '../ownership/words';
import { enclosingFunction, isWithin, lineOf, propertyNameText, rangeOf, ts, unwrap, wrapped } from '../syntax';
import { type Changes, changesOf, type Insertion } from './changes';
import { type Container, findContainers } from './containers';
import { type Cardinality, keyCardinality } from './keys';

const kindOf = {
  map: 'cache/map-without-eviction',
  set: 'cache/set-field-only-grows',
  array: 'cache/array-only-pushed',
  record: 'cache/record-only-grows',
} as const;
const nounOf = { map: 'Map', set: 'Set', array: 'list', record: 'record' } as const;

/** Findings about growing collections, one per collection, at the insertion that repeats most. */
export function findGrowth(engine: Engine): readonly Draft[] {
  return findContainers(engine).flatMap((container) => {
    const changes = changesOf(container, engine);
    const draft = changes.insertions.length > 0 ? judge(container, changes, engine) : undefined;
    return draft ? [draft] : [];
  });
}

interface Candidate {
  readonly insertion: Insertion;
  readonly level: 'hot' | 'call';
  readonly why: string;
  readonly keys: Cardinality;
}

function judge(container: Container, changes: Changes, engine: Engine): Draft | undefined {
  // Whoever gets the collection may shrink it; a mutation by an unknown method may be a shrink.
  if (changes.escapes.length > 0) return undefined;
  const candidate = mostFrequent(container, changes, engine);
  if (!candidate) return undefined;
  const { insertion, level, keys, why } = candidate;
  if (keys === 'closed') return undefined;
  const cache = isReadThrough(insertion, changes, container) || isCalledCache(insertion, changes, container, engine);
  const bound = boundOf(insertion, changes, cache, engine);
  if (bound === 'bounded') return undefined;
  const life = lifeOf(container, engine);
  if (!life) return undefined;
  const verdict = weigh(container, level, keys, cache, life.long, changes);
  if (!verdict) return undefined;
  const kind = container.holder === 'closure' ? 'cache/memoize-hand-rolled' : kindOf[container.shape];
  const manual = changes.resets[0] ?? changes.removals[0];
  const trail: TrailStep[] = [
    { role: 'held', message: `\`${container.name}\` ${life.why}`, range: rangeOf(container.node) },
    {
      role: 'grows',
      message:
        keys === 'open' && insertion.key ? `Grows here with each new \`${shortText(insertion.key)}\`` : 'Grows here',
      range: rangeOf(insertion.node),
    },
  ];
  const fn = enclosingFunction(insertion.node);
  if (fn) trail.push({ role: 'repeats', message: `Runs ${why}`, range: rangeOf(fn.name ?? insertion.node) });
  if (manual)
    trail.push({
      role: 'shrinks',
      message: 'Shrinks here, but nothing that fills it leads here',
      range: rangeOf(manual),
    });
  const what = cache ? `cache \`${container.name}\`` : `${nounOf[container.shape]} \`${container.name}\``;
  const by = keys === 'open' && insertion.key ? `, keyed by \`${shortText(insertion.key)}\`` : '';
  const shrink = manual
    ? `only line ${lineOf(manual)} empties it, when it is asked to`
    : 'nothing ever removes from it';
  return {
    kind,
    mechanism: 'unbounded-growth',
    severity: verdict.severity,
    confidence: verdict.confidence,
    message: `The ${what}${by} grows ${why}; ${shrink}.`,
    advice: cache
      ? 'Bound it: evict the oldest entry above a limit, or let entries expire.'
      : 'Remove entries when they are done, or cap it.',
    node: insertion.node,
    trail,
  };
}

function mostFrequent(container: Container, changes: Changes, engine: Engine): Candidate | undefined {
  let best: Candidate | undefined;
  for (const insertion of changes.insertions) {
    const { level: often, why } = engine.frequency.of(insertion.node);
    if (often !== 'hot' && often !== 'call') continue;
    // A loop fills as much as it is given; only events, requests and timers come for ever.
    const level = why.startsWith('in a loop') ? 'call' : often;
    const keys = container.shape === 'array' ? 'unknown' : keyCardinality(insertion.key, container.keyType, engine);
    if (keys === 'closed') continue;
    const candidate: Candidate = { insertion, level, why, keys };
    const better =
      !best ||
      (level === 'hot' && best.level === 'call') ||
      (keys === 'open' && best.keys !== 'open' && level === best.level);
    if (better) best = candidate;
  }
  return best;
}

/** Looked up before it is filled, in the same function, by the same key: a cache. */
function isReadThrough(insertion: Insertion, changes: Changes, container: Container): boolean {
  if (container.shape === 'array' || container.shape === 'set' || !insertion.key) return false;
  const fn = enclosingFunction(insertion.node);
  if (!fn) return false;
  const key = unwrap(insertion.key).getText();
  return changes.lookups.some((lookup) => {
    if (!isWithin(lookup, fn) || !isHandedOut(lookup)) return false;
    const argument = ts.isCallExpression(lookup)
      ? lookup.arguments[0]
      : ts.isElementAccessExpression(lookup)
        ? lookup.argumentExpression
        : undefined;
    return argument !== undefined && unwrap(argument).getText() === key;
  });
}

/** Named a cache, looked up somewhere, and filled under keys of its own making: no collection that the caller manages. */
function isCalledCache(insertion: Insertion, changes: Changes, container: Container, engine: Engine): boolean {
  if (!/cache|memo(?!ry)/i.test(container.name) || !insertion.key || changes.lookups.length === 0) return false;
  const key = unwrap(insertion.key);
  return !(ts.isIdentifier(key) && engine.program.scopes.resolve(key)?.kind === 'parameter');
}

/** The looked-up value leaves the function: returned, or kept in a variable that is returned. */
function isHandedOut(lookup: ts.Node): boolean {
  const outer = wrapped(lookup as ts.Expression);
  const up = outer.parent;
  if (ts.isReturnStatement(up) || ts.isAwaitExpression(up) || ts.isArrowFunction(up)) return true;
  if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) {
    const { text } = up.name;
    const fn = enclosingFunction(lookup);
    return (
      fn?.body !== undefined &&
      new RegExp(`return\\s+(?:await\\s+)?${text.replace(/\$/g, '\\$')}\\b`).test(fn.body.getText())
    );
  }
  return ts.isBinaryExpression(up) || ts.isPropertyAccessExpression(up);
}

/** `bounded` when something that runs with the insertion, or by itself, makes room; a method that one has to call does not. */
function boundOf(
  insertion: Insertion,
  changes: Changes,
  cache: boolean,
  engine: Engine,
): 'bounded' | 'manual' | 'none' {
  const fn = enclosingFunction(insertion.node);
  const shrinks = [...changes.removals, ...changes.resets];
  // A limit that is compared with the size, in whatever function.
  if (changes.checks.length > 0) return 'bounded';
  if (shrinks.length === 0) return 'none';
  const reached = fn ? engine.program.callees.reachedFrom(fn) : undefined;
  for (const shrink of shrinks) {
    const where = enclosingFunction(shrink);
    if (!where || (reached && [...reached].some((one) => one === where || isWithin(shrink, one)))) return 'bounded';
    const { level } = engine.frequency.of(shrink);
    if (level === 'hot' && !isTeardown(where.name ? (propertyNameText(where.name) ?? '') : '')) return 'bounded';
  }
  // Entries of a registry are removed by whoever added them; a cache whose entries nobody knows to remove has no such partner.
  if (!cache) return 'bounded';
  return changes.removals.length > 0 && !isFreshKey(insertion, engine) ? 'bounded' : 'manual';
}

/** A key that no one asks for again: made of the time, a random number or a counter. */
function isFreshKey(insertion: Insertion, engine: Engine): boolean {
  const key = insertion.key && unwrap(insertion.key);
  const declaration = key && ts.isIdentifier(key) ? engine.program.scopes.resolve(key) : undefined;
  const made = declaration?.initializer ?? key;
  return made !== undefined && /\b(?:now|random|randomUUID|nanoid)\(/.test(made.getText());
}

/** How long the collection lives; undefined when it dies with a call. */
function lifeOf(container: Container, engine: Engine): { readonly long: boolean; readonly why: string } | undefined {
  switch (container.holder) {
    case 'module':
      return { long: true, why: 'lives as long as the process' };
    case 'closure': {
      const fn = enclosingFunction(container.node);
      const level = fn ? engine.frequency.ofFunction(fn).level : 'unknown';
      return level === 'once' ? { long: true, why: 'lives as long as the process' } : undefined;
    }
    case 'instance': {
      if (!container.owner) return undefined;
      const instances = engine.frequency.instancesOf(container.owner);
      if (instances === 'many') return undefined;
      return instances === 'single'
        ? { long: true, why: `belongs to \`${container.owner.name}\`, of which there is one for the process` }
        : { long: false, why: `lives as long as its \`${container.owner.name}\`` };
    }
  }
}

function weigh(
  container: Container,
  level: 'hot' | 'call',
  keys: Cardinality,
  cache: boolean,
  long: boolean,
  changes: Changes,
): { readonly severity: Severity; readonly confidence: Confidence } | undefined {
  const shrinks = changes.removals.length + changes.resets.length > 0;
  if (long && level === 'hot' && !shrinks) {
    if (keys === 'open') return { severity: 'high', confidence: 'high' };
    if (keys === 'id' || container.shape === 'array') return { severity: 'medium', confidence: 'medium' };
  }
  if (cache && keys === 'open') return { severity: 'medium', confidence: long && !shrinks ? 'high' : 'medium' };
  return { severity: 'low', confidence: 'low' };
}

function shortText(node: ts.Expression): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
