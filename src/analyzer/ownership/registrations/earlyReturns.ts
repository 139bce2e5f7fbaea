/**
 * Effects that leave before they give their clean-up: `subscribe(); if (!ready) return; …; return () => unsubscribe();`. On
 * that way the framework is given nothing to end what has already begun.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import { isEmptyValue } from '../../emptyValues';
import type { Engine } from '../../engine';
import { nodesIn, select } from '../../nodeIndex';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { cleanupEffects } from '../../resources/scopes';
import { returns } from '../../selections';
import { enclosingFunction, type FunctionNode, isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../../syntax';
import { statementsBefore, touches, touchesNow } from '../lost/sequence';
import { fatesOf } from '../values/fate';
import { releasesItself } from './endingOptions';
import { findRemovals, matchesRemoval } from './removals';

const variables = select<ts.VariableDeclaration>(ts.SyntaxKind.VariableDeclaration);

/** Findings for what an effect has begun on a way on which it gives no clean-up. */
export function findEarlyReturns(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const begun: Begun[] = acquisitions.flatMap((acquisition) =>
    acquisition.kind.oneShot ? [] : [{ ...acquisition, ...endsOf(acquisition, engine) }],
  );
  const described = new Set<ts.Node>(begun.map(({ node }) => node));
  begun.push(...keptEnds(engine, kinds).filter(({ node }) => !described.has(node)));
  return begun.flatMap(({ node, kind, sites, key, held }): readonly Draft[] => {
    const fn = enclosingFunction(node);
    if (!fn || told.has(node) || !isEffect(fn, engine) || !isPlain(node, fn)) return [];
    const given = nodesIn(fn, returns).filter((one) => enclosingFunction(one) === fn);
    const ends = given.filter(
      ({ expression }) =>
        expression !== undefined &&
        (touches(expression, sites, engine) ||
          (key !== undefined && engine.program.places.of(expression)?.key === key)),
    );
    const [end] = ends;
    // Each release in what it gives as its clean-up.
    if (!end || !sites.every((site) => ends.some((one) => isEndedBy(one, site, engine)))) return [];
    const isOpen = (one: ts.Node): boolean =>
      one.pos > node.end &&
      !statementsBefore(one, fn).some((statement) => statement.pos > node.end && touchesNow(statement, sites, engine));
    const early =
      given.find(
        (one) => !ends.includes(one) && isOpen(one) && (givesNothing(one) || givesWritten(one, held, engine)),
      ) ?? lastWithout(fn, ends, isOpen);
    if (!early) return [];
    const participle = kind.participle ?? 'released';
    return [
      {
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
      },
    ];
  });
}

/** Something that has an end, with where that is written. */
interface Begun {
  readonly node: ts.Node;
  readonly kind: ResourceKind;
  readonly sites: readonly ts.Node[];
  /** The place of what ends it itself, where it is a function. */
  readonly key: string | undefined;
  /** The place that it is kept in. */
  readonly held: string | undefined;
}

const endedKinds = kindsWith(({ ended }) => ended);

/** `const stop = bus.listen('open', show)`, of an API that nobody describes, where the effect calls `stop()` or gives it back. */
function keptEnds(engine: Engine, kinds: readonly ResourceKind[]): readonly Begun[] {
  const [kind] = endedKinds(kinds);
  if (!kind) return [];
  return nodesIn(engine.program.sourceFile, variables).flatMap((variable) => {
    const node = variable.initializer && unwrap(variable.initializer);
    const fn = enclosingFunction(variable);
    if (!node || !ts.isCallExpression(node) || !fn || !isEffect(fn, engine)) return [];
    const declaration = ts.isIdentifier(variable.name) ? engine.program.scopes.declarationOf(variable) : undefined;
    const takesHandler = node.arguments.some((one) => engine.program.callees.functionsOf(one).length > 0);
    if (!declaration || declaration.writes.length > 0 || !takesHandler) return [];
    const { key } = engine.program.places.ofDeclaration(declaration);
    const sites = declaration.references.flatMap((use) => {
      const call = wrapped(use).parent;
      return ts.isCallExpression(call) && call.expression === wrapped(use) ? [call] : [];
    });
    const isReturned = declaration.references.some((use) => ts.isReturnStatement(wrapped(use).parent));
    return sites.length > 0 || isReturned ? [{ node, kind, sites, key, held: key }] : [];
  });
}

/** Another clean-up, which is written here and ends other things only. */
function givesWritten({ expression }: ts.ReturnStatement, held: string | undefined, engine: Engine): boolean {
  if (!expression || engine.program.callees.functionsOf(expression).length === 0) return false;
  return held === undefined || !touches(expression, engine.uses.reads(held), engine);
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
      ts.isIterationStatement(at.parent, false) ||
      ts.isCaseOrDefaultClause(at.parent) ||
      ts.isTryStatement(at.parent)
    )
      return false;
  return true;
}

function endsOf(acquisition: Acquisition, engine: Engine): Pick<Begun, 'sites' | 'key' | 'held'> {
  const { form, node, result, kind } = acquisition;
  if (form.form === 'registration') {
    const options = form.identity.options === undefined ? undefined : node.arguments?.[form.identity.options];
    if (form.once || form.givesUp || releasesItself(options, engine)) return noEnds;
    const removals = findRemovals(acquisition, engine).filter(
      (removal) => matchesRemoval(acquisition, removal, engine) === undefined,
    );
    return { sites: removals.map((removal) => removal.node), key: undefined, held: undefined };
  }
  const stored = result && fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.kind !== 'stored' || stored.place.root.kind !== 'declaration') return noEnds;
  const { key } = stored.place;
  const isFunction = kind.release.some((one) => one.form === 'invoked');
  return { sites: engine.releasesOf(kind).byPlace.get(key) ?? [], key: isFunction ? key : undefined, held: key };
}

const noEnds: Pick<Begun, 'sites' | 'key' | 'held'> = {
  sites: [],
  key: undefined,
  held: undefined,
};

function isEndedBy({ expression }: ts.ReturnStatement, site: ts.Node, engine: Engine): boolean {
  return expression !== undefined && (isWithin(site, expression) || touches(expression, [site], engine));
}
