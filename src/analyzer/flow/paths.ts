/** Follows one resource along every path of a function, from where it is acquired to the exits it reaches still open. */
import type { FileProgram } from '../program';
import type { Declaration } from '../scopes';
import { enclosingFunction, isAssignment, isWithin, ts, unwrap } from '../syntax';
import { isMissingValue, presenceOf, readCondition, type Tested } from './conditions';
import type { Edge, Graph, Point } from './graph';

/** A way out on which the resource is still open. */
export interface OpenExit {
  readonly kind: /** The function's last statement. */
    | 'end'
    | 'return'
    | 'throw'
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
  /** Known from the start: `error` is missing where the resource is given. */
  readonly missing?: readonly Declaration[];
}

interface Step {
  readonly point: Point;
  readonly open: boolean;
  readonly facts: ReadonlyMap<string, boolean>;
  readonly from: Step | undefined;
  readonly by: Edge | undefined;
}

const maxSteps = 20_000;
const maxFacts = 10;

/** Explores all paths, with conditions on the same values correlated. */
export function explore(watch: Watch, program: FileProgram): Exploration {
  const questions = tracked(watch, program);
  const holderKeys = new Set([...watch.holders].map((holder) => program.places.ofDeclaration(holder).key));
  const exits: OpenExit[] = [];
  const settledAt = new Set<ts.Node>();
  const seen = new Set<string>();
  const stack: Step[] = [];
  let steps = 0;

  const push = (
    point: Point,
    open: boolean,
    facts: ReadonlyMap<string, boolean>,
    from: Step | undefined,
    by: Edge | undefined,
  ): void => {
    const key = `${point.id}${open ? '+' : '-'}${[...facts]
      .map(([name, yes]) => `${name}=${yes ? 1 : 0}`)
      .sort()
      .join(';')}`;
    if (seen.has(key)) return;
    seen.add(key);
    stack.push({ point, open, facts, from, by });
  };

  const start = new Map<string, boolean>();
  for (const declaration of watch.missing ?? []) start.set(program.places.ofDeclaration(declaration).key, false);
  const open = (facts: ReadonlyMap<string, boolean>): ReadonlyMap<string, boolean> => {
    const next = new Map(facts);
    for (const key of holderKeys) next.set(key, true);
    return next;
  };
  const initial = watch.acquire === undefined;
  push(watch.graph.entry, initial, initial ? open(start) : start, undefined, undefined);

  for (let step = stack.pop(); step; step = stack.pop()) {
    if (++steps > maxSteps) return { exits: [], settledAt, gaveUp: true };
    const { point } = step;
    const { node } = point;
    if (point.exit) {
      if (step.open) exits.push(exitOf(step));
      continue;
    }
    const isOpen = step.open;
    let facts = step.facts;
    if (node && isOpen && watch.settles.has(node)) {
      settledAt.add(node);
      continue;
    }
    if (node && node === watch.acquire) {
      if (isOpen) {
        exits.push({ kind: 'again', node, conditions: conditionsOf(step) });
        continue;
      }
      for (const edge of point.edges) {
        // An acquisition that throws leaves nothing open.
        if (edge.kind === 'throw') push(edge.to, false, facts, step, edge);
        else push(edge.to, true, open(facts), step, edge);
      }
      continue;
    }
    if (node && !point.isTest) {
      const written = writtenBy(node, program);
      if (written && isOpen && watch.holders.has(written.declaration) && !carries(written.value, watch, program)) {
        if (watch.holders.size === 1)
          exits.push({
            kind: ts.isVariableDeclaration(node) ? 'again' : 'overwritten',
            node,
            conditions: conditionsOf(step),
          });
        else settledAt.add(node);
        continue;
      }
      if (written) facts = afterWrite(facts, written, questions, program, isOpen, watch);
    }
    const tested = point.isTest && node ? readCondition(node as ts.Expression, program) : undefined;
    for (const edge of point.edges) {
      if (!tested || (edge.kind !== 'true' && edge.kind !== 'false')) {
        push(edge.to, isOpen, facts, step, edge);
        continue;
      }
      const present = (edge.kind === 'true') === tested.presentWhen;
      const known = facts.get(tested.key);
      if (known !== undefined && known !== present) continue;
      const isTracked = questions.has(tested.key) || holderKeys.has(tested.key);
      push(
        edge.to,
        isOpen,
        isTracked && known === undefined ? new Map(facts).set(tested.key, present) : facts,
        step,
        edge,
      );
    }
  }
  return { exits: distinct(exits), settledAt, gaveUp: false };
}

/** Questions worth remembering: asked more than once, or about a variable that is given a constant. */
function tracked(watch: Watch, program: FileProgram): ReadonlyMap<string, Tested> {
  const counts = new Map<string, { tested: Tested; times: number }>();
  const visited = new Set<ts.Node>();
  const queue: Point[] = [watch.graph.entry];
  const points = new Set<Point>(queue);
  for (let point = queue.pop(); point; point = queue.pop()) {
    if (point.isTest && point.node && !visited.has(point.node)) {
      visited.add(point.node);
      const tested = readCondition(point.node as ts.Expression, program);
      if (tested && isStable(tested, point.node)) {
        const entry = counts.get(tested.key);
        if (entry) entry.times++;
        else counts.set(tested.key, { tested, times: 1 });
      }
    }
    for (const edge of point.edges)
      if (!points.has(edge.to)) {
        points.add(edge.to);
        queue.push(edge.to);
      }
  }
  const found = new Map<string, Tested>();
  for (const [key, { tested, times }] of counts)
    if ((times > 1 || isFlag(tested)) && found.size < maxFacts) found.set(key, tested);
  return found;
}

/** Assigned in this function only: what an inner function assigns may change at any time. */
function isStable(tested: Tested, at: ts.Node): boolean {
  const home = enclosingFunction(at);
  return tested.variables.every((variable) =>
    variable.writes.every(
      (write) => enclosingFunction(write.node) === home || enclosingFunction(variable.node) !== home,
    ),
  );
}

function isFlag(tested: Tested): boolean {
  const [only] = tested.variables;
  return (
    only !== undefined &&
    tested.variables.length === 1 &&
    (only.writes.length > 0 || only.initializer !== undefined) &&
    [only.initializer, ...only.writes.map((write) => write.value)].some(
      (value) => value !== undefined && presenceOf(value) !== undefined,
    )
  );
}

interface Written {
  readonly declaration: Declaration;
  readonly value: ts.Expression | undefined;
  /** Plain assignment: the value is what the variable then has. */
  readonly plain: boolean;
}

function writtenBy(node: ts.Node, program: FileProgram): Written | undefined {
  if (ts.isVariableDeclaration(node)) {
    const declaration = ts.isIdentifier(node.name) ? program.scopes.declarationOf(node) : undefined;
    if (!declaration) return undefined;
    // `var x;` does not change x
    if (
      !node.initializer &&
      (declaration.kind === 'var' || ts.isForOfStatement(node.parent.parent) || ts.isForInStatement(node.parent.parent))
    )
      return declaration.kind === 'var' ? undefined : { declaration, value: undefined, plain: false };
    return { declaration, value: node.initializer, plain: true };
  }
  if (isAssignment(node)) {
    const left = unwrap(node.left);
    const declaration = ts.isIdentifier(left) ? program.scopes.resolve(left) : undefined;
    return declaration
      ? { declaration, value: node.right, plain: node.operatorToken.kind === ts.SyntaxKind.EqualsToken }
      : undefined;
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const operand = unwrap(node.operand);
    const declaration = ts.isIdentifier(operand) ? program.scopes.resolve(operand) : undefined;
    const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return declaration && steps ? { declaration, value: undefined, plain: false } : undefined;
  }
  return undefined;
}

/** Does the assigned value carry the resource itself (its acquisition, or another of its names)? */
function carries(value: ts.Expression | undefined, watch: Watch, program: FileProgram): boolean {
  if (!value) return false;
  if (watch.acquire && isWithin(watch.acquire, value)) return true;
  let found = false;
  const visit = (node: ts.Node): void => {
    const declaration = ts.isIdentifier(node) ? program.scopes.resolve(node) : undefined;
    if (declaration && watch.holders.has(declaration)) found = true;
    if (!found) ts.forEachChild(node, visit);
  };
  visit(value);
  return found;
}

function afterWrite(
  facts: ReadonlyMap<string, boolean>,
  written: Written,
  questions: ReadonlyMap<string, Tested>,
  program: FileProgram,
  isOpen: boolean,
  watch: Watch,
): ReadonlyMap<string, boolean> {
  const { declaration } = written;
  const own = program.places.ofDeclaration(declaration).key;
  const next = new Map(facts);
  for (const [key, tested] of questions) if (tested.variables.includes(declaration)) next.delete(key);
  if (isOpen && watch.holders.has(declaration)) next.set(own, true);
  else if (questions.has(own) || watch.holders.has(declaration)) {
    next.delete(own);
    const presence = written.plain ? presenceOf(written.value) : undefined;
    if (presence !== undefined) next.set(own, presence);
    else if (written.value && isMissingValue(written.value)) next.set(own, false);
  }
  return next;
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

function exitOf(step: Step): OpenExit {
  const kind = step.point.exit ?? 'end';
  const conditions = conditionsOf(step);
  for (let at: Step | undefined = step; at; at = at.from) {
    const { by, from } = at;
    if (!by || !from) break;
    if ((kind === 'throw' && by.kind === 'throw') || (kind === 'abandon' && by.kind === 'abandon'))
      return { kind, node: from.point.node, conditions };
    if (kind === 'return' && from.point.node && (ts.isReturnStatement(from.point.node) || isArrowBody(from.point.node)))
      return { kind, node: from.point.node, conditions };
  }
  return { kind, node: undefined, conditions };
}

function isArrowBody(node: ts.Node): boolean {
  return ts.isArrowFunction(node.parent) && node.parent.body === node;
}

function distinct(exits: readonly OpenExit[]): readonly OpenExit[] {
  const byPlace = new Map<string, OpenExit>();
  for (const exit of exits) {
    const key = `${exit.kind}${exit.node?.pos ?? ''}`;
    const before = byPlace.get(key);
    // The plainest way there: fewest conditions.
    if (!before || exit.conditions.length < before.conditions.length) byPlace.set(key, exit);
  }
  return [...byPlace.values()];
}
