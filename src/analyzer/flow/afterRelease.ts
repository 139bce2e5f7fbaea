/** What happens to a resource after its release on the same path: a second release, or a use of what is gone. */
import type { Acquisition } from '../acquiring/acquisitions';
import type { Draft } from '../findings/draft';
import { isWithin, lineOf, rangeOf, ts } from '../syntax/syntax';
import type { Graph, Point } from './graph';
import type { Throwing } from './throwing';
import type { Body, HandleUses } from './useFacts';

interface Reached {
  readonly release: ts.Node;
  readonly again: ts.Node;
}

/** The finding for a resource that is released twice, or used after its release, on one path of the function that acquires it. */
export function judgeAfterRelease(
  acquisition: Acquisition,
  body: Body,
  uses: HandleUses,
  graph: Graph,
  throwing: Throwing,
): Draft | undefined {
  const { afterRelease, noun } = acquisition.kind;
  if (!afterRelease || uses.conditional) return undefined;
  const inBody = uses.effects.get(body) ?? new Map<ts.Node, string>();
  // What an inner function releases stands here too, where the function is created; when it runs is another matter.
  const releases = new Set(
    [...inBody].filter(([node, effect]) => effect === 'released' && ts.isCallExpression(node)).map(([node]) => node),
  );
  const [holder] = uses.holders;
  const name = holder ? `\`${holder.name}\`` : `the ${noun}`;
  const twice = afterRelease.twice
    ? firstAfter(graph, releases, releases, acquisition.node, uses, throwing)
    : undefined;
  if (twice && afterRelease.twice)
    return {
      kind: afterRelease.twice,
      mechanism: 'error-or-early-exit-path',
      severity: 'medium',
      confidence: 'medium',
      message: `${name} is released on line ${lineOf(twice.release)} and again on line ${lineOf(twice.again)} of the same path; the second release fails, or hits another owner.`,
      advice: 'Leave the release to one place.',
      node: twice.again,
      trail: steps(acquisition, twice, 'Released a second time here'),
    };
  const work = new Set<ts.Node>(uses.work);
  const use = afterRelease.use ? firstAfter(graph, releases, work, acquisition.node, uses, throwing) : undefined;
  if (!use || !afterRelease.use) return undefined;
  return {
    kind: afterRelease.use,
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `${name} is used on line ${lineOf(use.again)} after its release on line ${lineOf(use.release)}.`,
    advice: 'Release it after its last use.',
    node: use.again,
    trail: steps(acquisition, use, 'Used here'),
  };
}

function steps(acquisition: Acquisition, { release, again }: Reached, last: string): Draft['trail'] {
  return [
    { role: 'acquired', message: `The ${acquisition.kind.noun} is opened here`, range: rangeOf(acquisition.node) },
    { role: 'release', message: 'Released here', range: rangeOf(release) },
    { role: 'exit', message: last, range: rangeOf(again) },
  ];
}

/** The first of the targets that a path comes to after a release, the resource not being opened anew between them. */
function firstAfter(
  graph: Graph,
  releases: ReadonlySet<ts.Node>,
  targets: ReadonlySet<ts.Node>,
  acquire: ts.Node,
  uses: HandleUses,
  throwing: Throwing,
): Reached | undefined {
  for (const start of pointsOf(graph, releases)) {
    const release = start.node;
    if (!release) continue;
    const seen = new Set<Point>();
    // A release that fails is none.
    const queue = start.edges.filter((edge) => edge.kind !== 'throw').map((edge) => edge.to);
    for (let point = queue.pop(); point; point = queue.pop()) {
      if (seen.has(point)) continue;
      seen.add(point);
      const { node } = point;
      if (node && (node === acquire || isWithin(acquire, node) || isReassignment(node, uses))) continue;
      if (node && node !== release && targets.has(node) && !isGuarded(node, release)) return { release, again: node };
      // Nearly every call may fail some day: `response.json(rows)` after the release.
      const isCalm = node !== undefined && throwing.likelihood(node) !== 'likely';
      for (const edge of point.edges) if (edge.kind !== 'throw' || !isCalm) queue.push(edge.to);
    }
  }
  return undefined;
}

function pointsOf(graph: Graph, nodes: ReadonlySet<ts.Node>): readonly Point[] {
  const found: Point[] = [];
  const seen = new Set<Point>();
  const queue = [graph.entry];
  for (let point = queue.pop(); point; point = queue.pop()) {
    if (seen.has(point)) continue;
    seen.add(point);
    if (point.node && nodes.has(point.node)) found.push(point);
    for (const edge of point.edges) queue.push(edge.to);
  }
  return found;
}

function isReassignment(node: ts.Node, uses: HandleUses): boolean {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left) &&
    [...uses.holders].some((holder) => holder.references.includes(node.left as ts.Identifier))
  );
}

/** Behind a condition that the release is not behind: the author has thought of it. */
function isGuarded(again: ts.Node, release: ts.Node): boolean {
  for (let up = again.parent; up && !isWithin(release, up); up = up.parent)
    if (ts.isIfStatement(up) || ts.isConditionalExpression(up) || ts.isSwitchStatement(up)) return true;
  return false;
}
