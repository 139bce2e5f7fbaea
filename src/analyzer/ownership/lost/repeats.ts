/**
 * Resources that somebody releases in the end, acquired again before that: into a field whose old value is lost, or into
 * a collection that only the teardown empties.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import { type Place, textOf } from '../../program/places';
import {
  conditionsAround,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  leaves,
  outermostFunction,
  rangeOf,
  ts,
  unwrap,
} from '../../syntax/syntax';
import { isWholeTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { occasionKey } from '../lifetime/frequency/occasions';
import { lifetimeOf, lifetimeOfStream } from '../lifetime/lifetime';
import { asksForNone } from '../registrations/keptReceivers';
import { fatesOf } from '../values/fate';
import { emptyingsOf, isAtEnd } from './emptied';

/** The finding for a field that is given a new resource while the old one is still open; undefined when it is released first. */
export function judgeReplaced(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!kind.overwrittenAs || !result || !mayPileUp(acquisition, engine, false)) return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.kind !== 'stored' || stored.place.root.kind !== 'owner' || stored.place.path.length !== 1)
    return undefined;
  if (!ts.isBinaryExpression(stored.node) || stored.node.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return undefined;
  const sites = engine.releasesOf(kind).byPlace.get(stored.place.key) ?? [];
  const frequency = engine.frequency.of(node);
  if (sites.length === 0 || (frequency.level !== 'call' && frequency.level !== 'hot')) return undefined;
  const fn = enclosingFunction(node);
  // A release elsewhere than in the teardown is the counterpart that callers pair it with: `open` and `close`.
  if (!fn || releasedAround(fn, sites, engine) || sites.some((site) => !isInTeardown(site))) return undefined;
  if (dependsOnState(node, fn)) return undefined;
  const held = textOf(stored.place);
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.overwrittenAs,
    mechanism: 'overwritten-before-release',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${held}\` is given a new ${kind.noun} ${frequency.why}; the one before it is lost and never ${participle}.`,
    advice: `Have the old one ${participle} before the assignment.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'held', message: `Replaces what \`${held}\` held`, range: rangeOf(stored.node) },
      frequencyStep(frequency, node),
      ...releaseSteps(sites),
    ],
  };
}

/** The finding for a resource that each event adds to an owner's collection; undefined when the collection is emptied in between. */
export function judgePiledUp(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!kind.repeatedAs || !result || !mayPileUp(acquisition, engine, true)) return undefined;
  const frequency = engine.frequency.of(node);
  const fn = enclosingFunction(node);
  if (frequency.level !== 'hot' || !fn) return undefined;
  const container = containerOfOwner(result, engine);
  if (!container) return undefined;
  const releases = engine.releasesOf(kind);
  const sites = [
    ...(releases.byPlace.get(container.key) ?? []),
    ...(releases.byContainer.get(container.key) ?? []),
    ...engine.uses.writes(container.key),
  ];
  // `this.store.add((this.view = register(…)))`, and `this.view.dispose()` before the next one
  const kept = fatesOf(result, engine.program).flatMap((fate) =>
    fate.kind === 'stored' ? (releases.byPlace.get(fate.place.key) ?? []) : [],
  );
  if ([...sites, ...kept, ...emptyingsOf(container.key, engine)].some((site) => !isAtEnd(site, engine)))
    return undefined;
  if (isAskedFor(node, container.key, engine)) return undefined;
  const held = container.text;
  return {
    kind: kind.repeatedAs,
    mechanism: 'repeated-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `This ${kind.noun} is added to \`${held}\` ${frequency.why} and stays there until the owner ends: each run adds one more that still works.`,
    advice: 'Register it once, or dispose the previous one first.',
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      frequencyStep(frequency, node),
      ...releaseSteps(sites),
    ],
    cause: pilingCause(node, held, engine),
  };
}

/** `if (!this.types[name]) this.types[name] = create()`: no more than one for each name. */
function isAskedFor(node: ts.Node, key: string, { program }: Engine): boolean {
  return conditionsAround(node).some((asked) =>
    asksForNone(asked, true, (one) => {
      const entry = unwrap(one);
      return ts.isElementAccessExpression(entry) && program.places.of(entry.expression)?.key === key;
    }),
  );
}

/** One for all that a function adds to one collection each time it runs. */
export function pilingCause(node: ts.Node, held: string, engine: Engine): string {
  return `${held} ${occasionKey(engine.frequency.of(node).occasion)} ${outermostFunction(node)?.pos ?? ''}`;
}

function releaseSteps(sites: readonly ts.Node[]): readonly TrailStep[] {
  const [first] = sites;
  return first ? [{ role: 'release', message: 'Released only here', range: rangeOf(first) }] : [];
}

/** Does what it is registered on live on when it is acquired again? */
function mayPileUp(acquisition: Acquisition, engine: Engine, onOwn: boolean): boolean {
  if (acquisition.form.form === 'call') return true;
  const { form, source } = acquisition;
  if (form.form !== 'distinctive' && !source) return false;
  const { level } = source ? lifetimeOfStream(source, engine) : lifetimeOf(acquisition.receiver, engine);
  return level === 'process' || level === 'module' || level === 'injected' || (onOwn && level === 'own');
}

/** Is it released in this function, in one that it runs, or by who calls it? */
function releasedAround(fn: FunctionNode, sites: readonly ts.Node[], engine: Engine): boolean {
  const { callees } = engine.program;
  const reaches = (from: FunctionNode): boolean => {
    const reached = [...callees.reachedFrom(from)];
    return sites.some((site) => reached.some((inner) => isWithin(site, inner)));
  };
  if (reaches(fn)) return true;
  const seen = new Set<FunctionNode>([fn]);
  const queue = [fn];
  for (let next = queue.pop(); next && seen.size < 20; next = queue.pop()) {
    const uses = callees.usesOf(next);
    for (const use of [...uses.calls, ...uses.values]) {
      const caller = enclosingFunction(use);
      if (!caller || seen.has(caller)) continue;
      if (reaches(caller)) return true;
      seen.add(caller);
      queue.push(caller);
    }
  }
  return false;
}

/** Behind a condition, or an early way out: it may be the state in which there is no old one. */
function dependsOnState(node: ts.Node, fn: FunctionNode): boolean {
  for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if (ts.isIfStatement(up) || ts.isConditionalExpression(up) || ts.isSwitchStatement(up)) return true;
    if (!ts.isBlock(up)) continue;
    for (const statement of up.statements)
      if (statement.pos < at.pos && ts.isIfStatement(statement) && leaves(statement.thenStatement)) return true;
  }
  return false;
}

/** Collection of an owner that takes the resource: `this.toDispose.push(x)`, `context.subscriptions.push(x)`, `this._register(x)`. */
function containerOfOwner(
  result: ts.Expression,
  engine: Engine,
): { readonly key: string; readonly text: string } | undefined {
  for (const fate of fatesOf(result, engine.program)) {
    if (fate.kind === 'collected' && fate.container && isLongLived(fate.container))
      return { key: fate.container.key, text: textOf(fate.container) };
    if (fate.kind !== 'passed' || !ts.isCallExpression(fate.call)) continue;
    const callee = unwrap(fate.call.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      callee.expression.kind === ts.SyntaxKind.ThisKeyword &&
      /^_?register$/.test(callee.name.text) &&
      engine.program.members.ownerAt(fate.call)?.members.get(callee.name.text) === undefined
    )
      return { key: '', text: callee.getText() };
  }
  return undefined;
}

function isLongLived(container: Place): boolean {
  const { root } = container;
  if (root.kind === 'owner') return container.path.length > 0;
  // `const view = new View(); view.subscriptions.push(…)`: each run has a list of its own.
  if (root.kind === 'declaration' && root.declaration.scope.func && root.declaration.kind !== 'parameter') return false;
  return container.path.at(-1) === 'subscriptions';
}

function isInTeardown(site: ts.Node): boolean {
  for (let fn = enclosingFunction(site); fn; fn = enclosingFunction(fn)) {
    const name = fn.name?.getText() ?? '';
    if (isWholeTeardown(name)) return true;
  }
  return false;
}
