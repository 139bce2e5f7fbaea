/**
 * Effects that leave before they give their clean-up: `subscribe(); if (!ready) return; …; return () => unsubscribe();`. On
 * that way the framework is given nothing to end what has already begun.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isEmptyValue } from '../../program/emptyValues';
import { cleanupEffects } from '../../resources/scopes';
import { nodesIn } from '../../syntax/nodeIndex';
import { returns } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isLogical,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { statementsBefore, touches, touchesNow } from '../lost/sequence';
import { fatesOf } from '../values/fate';
import { releasesItself } from './endingOptions';
import { findRemovals, matchesRemoval } from './removals';

/** Findings for what an effect has begun on a way on which it gives no clean-up. */
export function findEarlyReturns(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const acquisition of acquisitions) {
    const { node, kind } = acquisition;
    const fn = enclosingFunction(node);
    if (!fn || told.has(node) || kind.oneShot || !isEffect(fn, engine) || !isPlain(node, fn)) continue;
    const sites = sitesOf(acquisition, engine);
    const given = nodesIn(fn, returns).filter((one) => enclosingFunction(one) === fn);
    const ends = given.filter((one) => one.expression !== undefined && touches(one.expression, sites, engine));
    const [end] = ends;
    // Each release in what it gives as its clean-up.
    if (!end || !sites.every((site) => ends.some((one) => isEndedBy(one, site, engine)))) continue;
    const isOpen = (one: ts.Node): boolean =>
      one.pos > node.end &&
      !statementsBefore(one, fn).some((statement) => statement.pos > node.end && touchesNow(statement, sites, engine));
    const early =
      given.find((one) => !ends.includes(one) && isOpen(one) && givesNothing(one)) ?? lastWithout(fn, ends, isOpen);
    if (!early) continue;
    const participle = kind.participle ?? 'released';
    drafts.push({
      kind: kind.id,
      mechanism: 'error-or-early-exit-path',
      severity: kind.severity === 'low' ? 'low' : 'medium',
      confidence: 'medium',
      message: `This ${kind.noun} is never ${participle} where the effect returns on line ${lineOf(early)}: it gives its clean-up on line ${lineOf(end)} only.`,
      advice: 'Return the clean-up on each way, or begin it behind the conditions.',
      node,
      trail: [
        { role: 'acquired', message: 'Begun here', range: rangeOf(node) },
        { role: 'exit', message: 'No clean-up is given here', range: rangeOf(early) },
        { role: 'release', message: 'The clean-up of the other way', range: rangeOf(end) },
      ],
    });
  }
  return drafts;
}

function givesNothing({ expression }: ts.ReturnStatement): boolean {
  return expression === undefined || isEmptyValue(unwrap(expression));
}

/** The last statement of an effect that gives its clean-up only within conditions. */
function lastWithout(
  fn: FunctionNode,
  ends: readonly ts.ReturnStatement[],
  isOpen: (node: ts.Node) => boolean,
): ts.Node | undefined {
  let last: ts.Statement | undefined = fn.body && ts.isBlock(fn.body) ? fn.body : undefined;
  while (last && ts.isBlock(last)) last = last.statements.at(-1);
  if (!last || ts.isReturnStatement(last) || ts.isThrowStatement(last) || !isOpen(last)) return undefined;
  const isConditional = (one: ts.ReturnStatement): boolean => {
    const up = outOfBlocks(one);
    return ts.isIfStatement(up) && up.elseStatement === undefined && outOfBlocks(up) === fn;
  };
  return ends.every(isConditional) ? last : undefined;
}

/** What a statement stands in, blocks apart. */
function outOfBlocks(statement: ts.Node): ts.Node {
  let up = statement.parent;
  while (ts.isBlock(up)) up = up.parent;
  return up;
}

function isEffect(fn: FunctionNode, engine: Engine): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const call = wrapped(fn).parent;
  return (
    ts.isCallExpression(call) &&
    call.arguments[0] === wrapped(fn) &&
    engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), cleanupEffects)
  );
}

/** On each way through the effect, so far. */
function isPlain(node: ts.Node, fn: FunctionNode): boolean {
  for (let at: ts.Node = node; at.parent && at.parent !== fn; at = at.parent)
    if (
      ts.isIfStatement(at.parent) ||
      ts.isConditionalExpression(at.parent) ||
      // `const url = blob && URL.createObjectURL(blob);`: the way without a clean-up may be the one without a blob.
      (ts.isBinaryExpression(at.parent) && isLogical(at.parent.operatorToken.kind)) ||
      ts.isIterationStatement(at.parent, false) ||
      ts.isCaseOrDefaultClause(at.parent) ||
      ts.isTryStatement(at.parent)
    )
      return false;
  return true;
}

function sitesOf(acquisition: Acquisition, engine: Engine): readonly ts.Node[] {
  const { form, node, result, kind } = acquisition;
  if (form.form === 'registration') {
    const options = form.identity.options === undefined ? undefined : node.arguments?.[form.identity.options];
    if (form.once || form.givesUp || releasesItself(options, engine)) return [];
    return findRemovals(acquisition, engine)
      .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
      .map((removal) => removal.node);
  }
  const stored = result && fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.kind !== 'stored' || stored.place.root.kind !== 'declaration') return [];
  return engine.releasesOf(kind).byPlace.get(stored.place.key) ?? [];
}

function isEndedBy({ expression }: ts.ReturnStatement, site: ts.Node, engine: Engine): boolean {
  return expression !== undefined && (isWithin(site, expression) || touches(expression, [site], engine));
}
