/**
 * `this.sub = a.subscribe(show); this.sub = b.subscribe(show);`: the second one takes the place of the first in the same breath,
 * and nothing in between has looked at it.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import { type Place, textOf } from '../../places';
import { isAssignment, lineOf, rangeOf, ts, unwrap, wrapped } from '../../syntax';
import { fatesOf } from '../values/fate';
import { callsInherited } from './inheritedCalls';
import { touches } from './sequence';

/** The findings for what the next statements put something new over. */
export function findReplacedAtOnce(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  return acquisitions.flatMap((acquisition): readonly Draft[] => {
    const { kind, node, result } = acquisition;
    if (!result || told.has(node) || kind.oneShot || kind.endsByItself || kind.heldBy === 'nothing') return [];
    const [fate, ...others] = fatesOf(result, engine.program);
    const next = fate?.kind === 'stored' && others.length === 0 ? nextWrite(fate.node, fate.place, engine) : undefined;
    if (fate?.kind !== 'stored' || !next) return [];
    const held = `\`${textOf(fate.place)}\``;
    const participle = kind.participle ?? 'released';
    return [
      {
        kind: kind.overwrittenAs ?? kind.id,
        mechanism: 'overwritten-before-release',
        severity: kind.severity === 'low' ? 'low' : 'medium',
        confidence: 'medium',
        message: `The ${kind.noun} in ${held} is lost: line ${lineOf(next)} puts another one there, and nothing has ${participle} it before.`,
        advice: 'Keep each of them in a place of its own.',
        node,
        trail: [
          { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
          { role: 'held', message: `Kept in ${held}`, range: rangeOf(fate.node) },
          { role: 'exit', message: 'Replaced here', range: rangeOf(next) },
        ],
      },
    ];
  });
}

/** The assignment of another made value to the place in a later statement of the same block, before anything looks at it. */
function nextWrite(written: ts.Node, { key, root }: Place, engine: Engine): ts.Node | undefined {
  if (root.kind === 'global') return undefined;
  const statement = statementOf(written);
  const block = statement?.parent;
  if (!statement || !block || !(ts.isBlock(block) || ts.isSourceFile(block))) return undefined;
  const uses = engine.uses.reads(key);
  for (const later of block.statements.slice(block.statements.indexOf(statement) + 1)) {
    const value = ts.isExpressionStatement(later) ? unwrap(later.expression) : undefined;
    const isWrite =
      value !== undefined && isAssignment(value) && engine.program.places.of(unwrap(value.left))?.key === key;
    if (touches(isWrite ? value.right : later, uses, engine)) return undefined;
    // A base class may end it.
    if (root.kind === 'owner' && callsInherited(isWrite ? value.right : later, engine)) return undefined;
    if (!isWrite) continue;
    const made = unwrap(value.right);
    const isPlain = value.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isPlain && (ts.isCallExpression(made) || ts.isNewExpression(made)) ? value : undefined;
  }
  return undefined;
}

/** The statement that does nothing but put it there. */
function statementOf(written: ts.Node): ts.Statement | undefined {
  if (ts.isVariableDeclaration(written)) {
    const { parent } = written.parent;
    return ts.isVariableStatement(parent) ? parent : undefined;
  }
  const up = ts.isExpression(written) ? wrapped(written).parent : undefined;
  return up && ts.isExpressionStatement(up) ? up : undefined;
}
