/** Follows one resource along every path of a function, from where it is acquired to the exits it reaches still open. */
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import { ts } from '../syntax/syntax';
import { readCondition } from './conditions';
import { carries, changedBy, tracked, writtenBy } from './facts';
import type { Edge, Graph, Point } from './graph';
import { createKnowledgeBase, type Knowledge } from './knowledge';
import type { Likelihood } from './throwing';

/** A way out on which the resource is still open. */
export interface OpenExit {
  readonly kind: /** The function's last statement. */
    | 'end'
    | 'return'
    | 'throw'
    /** A promise that nobody awaits, and whose rejection skips the release. */
    | 'reject'
    /** The consumer of a generator stops. */
    | 'abandon'
    /** Its only variable is given another value. */
    | 'overwritten'
    /** The next round of a loop acquires another. */
    | 'again';
  /** Return statement, throwing call, assignment; undefined for the end. */
  readonly node: ts.Node | undefined;
  /** Conditions passed since the acquisition, with the outcome taken. */
  readonly conditions: readonly { readonly node: ts.Node; readonly outcome: boolean }[];
  /** What else throws on the way: the call before a release in `catch`. */
  readonly alsoThrown?: readonly ts.Node[];
}

export interface Exploration {
  readonly exits: readonly OpenExit[];
  /** Nodes at which some path gave the resource up. */
  readonly settledAt: ReadonlySet<ts.Node>;
  /** Too many paths: nothing can be said. */
  readonly gaveUp: boolean;
}

export interface Watch {
  readonly graph: Graph;
  /** Node whose evaluation acquires the resource; undefined when it is open from the start. */
  readonly acquire: ts.Node | undefined;
  /** Nodes after which the resource is no longer this function's to release. */
  readonly settles: ReadonlyMap<ts.Node, unknown>;
  readonly holders: ReadonlySet<Declaration>;
  /** How likely a thrower is; paths over the likely ones are followed first. */
  readonly likelihood: (node: ts.Node) => Likelihood;
  /** Known from the start: `error` is missing where the resource is given. */
  readonly missing?: readonly Declaration[];
}

interface Step {
  readonly point: Point;
  readonly open: boolean;
  readonly known: Knowledge;
  readonly from: Step | undefined;
  readonly by: Edge | undefined;
}

const likelihoods: readonly Likelihood[] = ['likely', 'possible', 'unlikely', 'never'];
/** Steps allowed: enough for a long function once, not for every combination of its conditions. */
const maxStepsOf = (graph: Graph): number => Math.max(20_000, 4 * graph.size);

/** Explores all paths, with conditions on the same values correlated. */
export function explore(watch: Watch, program: FileProgram): Exploration {
  const questions = tracked(watch, program);
  const holderKeys = new Set([...watch.holders].map((holder) => program.places.ofDeclaration(holder).key));
  const exits: OpenExit[] = [];
  const settledAt = new Set<ts.Node>();
  const base = createKnowledgeBase();
  const seen = new Set<number>();
  const keyOf = (point: Point, open: boolean, { id }: Knowledge): number =>
    2 * (id * watch.graph.size + point.id) + (open ? 1 : 0);
  // Paths without exceptions first: what an exit is blamed on is then needed to get there.
  const queue: Step[] = [];
  const afterThrow: readonly Step[][] = likelihoods.map(() => []);
  let next = 0;
  let steps = 0;
  const maxSteps = maxStepsOf(watch.graph);

  const push = (point: Point, open: boolean, known: Knowledge, from: Step | undefined, by: Edge | undefined): void => {
    const key = keyOf(point, open, known);
    if (seen.has(key)) return;
    if (by?.kind !== 'throw' || !from?.point.node) seen.add(key);
    const thrower = by?.kind === 'throw' ? from?.point.node : undefined;
    const later = thrower ? afterThrow[likelihoods.indexOf(watch.likelihood(thrower))] : undefined;
    (later ?? queue).push({ point, open, known, from, by });
  };

  const start = base.with(
    base.nothing,
    (watch.missing ?? []).map((one) => [program.places.ofDeclaration(one).key, false]),
  );
  const held = [...holderKeys].map((key) => [key, true] as const);
  const initial = watch.acquire === undefined;
  push(watch.graph.entry, initial, initial ? base.with(start, held) : start, undefined, undefined);

  for (;;) {
    let step = queue[next];
    if (step) next++;
    else {
      step = afterThrow.find((waiting) => waiting.length > 0)?.shift();
      if (!step) break;
      const key = keyOf(step.point, step.open, step.known);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    if (++steps > maxSteps) return { exits: [], settledAt, gaveUp: true };
    const { point } = step;
    const { node } = point;
    if (point.exit) {
      if (step.open) exits.push(exitOf(step, point.exit));
      continue;
    }
    const isOpen = step.open;
    let { known } = step;
    if (node && isOpen && watch.settles.has(node)) {
      settledAt.add(node);
      continue;
    }
    if (node && node === watch.acquire && !point.isTest) {
      if (isOpen) {
        exits.push(exitOf(step, 'again', node));
        continue;
      }
      for (const edge of point.edges) {
        // An acquisition that throws leaves nothing open.
        if (edge.kind === 'throw') push(edge.to, false, known, step, edge);
        else if (watch.settles.has(node)) settledAt.add(node);
        else push(edge.to, true, base.with(known, held), step, edge);
      }
      continue;
    }
    if (node && !point.isTest) {
      const written = writtenBy(node, program);
      if (written && isOpen && watch.holders.has(written.declaration) && !carries(written.value, watch, program)) {
        if (watch.holders.size === 1)
          exits.push(exitOf(step, ts.isVariableDeclaration(node) ? 'again' : 'overwritten', node));
        else settledAt.add(node);
        continue;
      }
      if (written) known = base.with(known, changedBy(written, questions, program, isOpen, watch));
    }
    const tested = point.isTest && node ? readCondition(node as ts.Expression, program) : undefined;
    for (const edge of point.edges) {
      if (!tested || (edge.kind !== 'true' && edge.kind !== 'false')) {
        push(edge.to, isOpen, known, step, edge);
        continue;
      }
      const present = (edge.kind === 'true') === tested.presentWhen;
      // While it holds the resource, a variable is present and of the resource's type.
      if (tested.subject !== undefined && holderKeys.has(tested.subject)) {
        const isHeld = known.answers.get(tested.subject);
        if (isHeld !== undefined && isHeld !== present) continue;
      }
      const answer = known.answers.get(tested.key);
      if (answer !== undefined && answer !== present) continue;
      const isTracked = questions.has(tested.key) || holderKeys.has(tested.key);
      const then = isTracked && answer === undefined ? base.with(known, [[tested.key, present]]) : known;
      push(edge.to, isOpen, then, step, edge);
    }
  }
  return { exits: distinct(exits), settledAt, gaveUp: false };
}

function conditionsOf(step: Step): OpenExit['conditions'] {
  const found: { node: ts.Node; outcome: boolean }[] = [];
  for (let at: Step | undefined = step; at?.from?.open; at = at.from) {
    const { by, from } = at;
    if (by && from.point.node && (by.kind === 'true' || by.kind === 'false'))
      found.push({ node: from.point.node, outcome: by.kind === 'true' });
  }
  return found;
}

/** The exit a path came to, blamed on the first exception since the acquisition where there was one, even if it was caught. */
function exitOf(step: Step, kind: OpenExit['kind'], at?: ts.Node): OpenExit {
  const conditions = conditionsOf(step);
  let node = at;
  const thrown: ts.Node[] = [];
  for (let here: Step = step; here.by && here.from?.open; here = here.from) {
    const { by, from } = here;
    const passed = from.point.node;
    if (by.kind === 'throw' && passed) thrown.push(passed);
    if (by.kind === 'abandon') return { kind: 'abandon', node: passed, conditions };
    if (kind === 'return' && passed && (ts.isReturnStatement(passed) || isArrowBody(passed))) node ??= passed;
  }
  const first = thrown.pop();
  return first ? { kind: 'throw', node: first, conditions, alsoThrown: thrown } : { kind, node, conditions };
}

function isArrowBody(node: ts.Node): boolean {
  return ts.isArrowFunction(node.parent) && node.parent.body === node;
}

function distinct(exits: readonly OpenExit[]): readonly OpenExit[] {
  const byPlace = new Map<string, OpenExit>();
  for (const exit of exits) {
    const key = `${exit.kind}${exit.node?.pos ?? ''}`;
    const before = byPlace.get(key);
    // The plainest way there: fewest exceptions, fewest conditions.
    if (!before || weight(exit) < weight(before)) byPlace.set(key, exit);
  }
  return [...byPlace.values()];
}

function weight({ alsoThrown, conditions }: OpenExit): number {
  return 1000 * (alsoThrown?.length ?? 0) + conditions.length;
}
