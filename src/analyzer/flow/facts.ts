/** What is known of conditions and variables on a path: facts, and how assignments change them. */
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import { enclosingFunction, isAssignment, isWithin, ts, unwrap } from '../syntax/syntax';
import { isMissingValue, presenceOf, readCondition, type Tested } from './conditions';
import type { Point } from './graph';
import type { Watch } from './paths';

const maxFacts = 10;

/** Questions worth remembering: asked more than once, or about a variable that is given a constant. */
export function tracked(watch: Watch, program: FileProgram): ReadonlyMap<string, Tested> {
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

export interface Written {
  readonly declaration: Declaration;
  readonly value: ts.Expression | undefined;
  /** Plain assignment: the value is what the variable then has. */
  readonly plain: boolean;
}

export function writtenBy(node: ts.Node, program: FileProgram): Written | undefined {
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
export function carries(value: ts.Expression | undefined, watch: Watch, program: FileProgram): boolean {
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

/** What an assignment changes of the answers; undefined: no longer known. */
export function changedBy(
  written: Written,
  questions: ReadonlyMap<string, Tested>,
  program: FileProgram,
  isOpen: boolean,
  watch: Watch,
): ReadonlyMap<string, boolean | undefined> {
  const { declaration } = written;
  const own = program.places.ofDeclaration(declaration).key;
  const changes = new Map<string, boolean | undefined>();
  for (const [key, tested] of questions) if (tested.variables.includes(declaration)) changes.set(key, undefined);
  if (isOpen && watch.holders.has(declaration)) changes.set(own, true);
  else if (questions.has(own) || watch.holders.has(declaration)) {
    const presence = written.plain ? presenceOf(written.value) : undefined;
    changes.set(own, presence ?? (written.value && isMissingValue(written.value) ? false : undefined));
  }
  return changes;
}
