/**
 * Classes whose instances have to be ended: something that a teardown of the class releases is open from the time that the
 * instance is made (or one of its methods called). Whoever makes an instance then owns a resource, in this file or another.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Holding } from '../../facts/exportFacts';
import { methodFactOf } from '../../facts/methods';
import type { Owner } from '../../program/members';
import { visitNodes } from '../../syntax/nodeIndex';
import { callLikes } from '../../syntax/selections';
import { type CallLike, type FunctionNode, ts, unwrap } from '../../syntax/syntax';
import { lifetimeOf } from '../lifetime/lifetime';
import { factOfBase, localBaseOf, superArgument } from './bases';
import { endsItself, isHandedOver } from './endedAnyway';
import { held, isKept, mostCertain, opened, passedUp, subscribed, withWait } from './holdings';
import { keeper, withKeeper } from './keepers';
import { openedByHeir, scopeOf } from './openedIn';
import { isExtending, wholeTeardowns } from './teardowns';
import { wrappedBy } from './wrappers';

export interface Instances {
  /** What instances of a class of this file keep open. */
  readonly of: (owner: Owner) => readonly Holding[];
  /** What the instance that is made here keeps open: its class is of this file, or another file tells of it or of the function that makes it. */
  readonly made: (node: CallLike) => readonly Holding[];
}

const nothing: readonly Holding[] = [];

const slot = (): { instances?: Instances } => ({});

/** What the classes of a file, and those that it makes instances of, keep open. */
export function instancesOf(engine: Engine, acquisitions: readonly Acquisition[]): Instances {
  const kept = engine.once(slot);
  if (kept.instances) return kept.instances;
  const holdings = new Map<Owner, readonly Holding[]>();

  const of = (owner: Owner): readonly Holding[] => {
    const found = holdings.get(owner);
    if (found) return found;
    // A class that makes instances of itself says nothing of them.
    holdings.set(owner, []);
    const result = holdingsOf(owner);
    holdings.set(owner, result);
    return result;
  };

  const wrappers = new Map<FunctionNode, readonly Holding[]>();
  const wrappedHere = (node: ts.CallExpression): readonly Holding[] => {
    if (acquisitions.length === 0) return nothing;
    const functions = engine.program.callees.of(node);
    const fn = functions.length === 1 ? functions[0] : undefined;
    if (!fn) return nothing;
    const found = wrappers.get(fn) ?? wrappedBy(fn, acquisitions, engine);
    wrappers.set(fn, found);
    return found;
  };

  const made = (node: CallLike): readonly Holding[] => {
    if (ts.isCallExpression(node))
      return (
        engine.imports.factOf(engine.program.origins.nameOf(unwrap(node.expression)))?.makes ??
        methodFactOf(node, engine.program, engine.imports)?.makes ??
        wrappedHere(node)
      );
    const callee = classExpression(node, engine);
    const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
    const owner = declaration && engine.program.members.ownerOf(declaration.node);
    if (owner) return owner.kind === 'class' ? of(owner) : nothing;
    return engine.imports.factOf(engine.program.origins.nameOf(callee))?.holds ?? nothing;
  };

  const known = new Set<ts.Node>(acquisitions.map(({ node }) => node));
  let byOwner: Map<Owner | undefined, Acquisition[]> | undefined;
  const ofOwners = (): ReadonlyMap<Owner | undefined, readonly Acquisition[]> => {
    if (byOwner) return byOwner;
    byOwner = new Map();
    for (const acquisition of acquisitions) {
      const owner = engine.program.members.ownerAt(acquisition.node);
      const others = byOwner.get(owner);
      if (others) others.push(acquisition);
      else byOwner.set(owner, [acquisition]);
    }
    return byOwner;
  };

  const holdingsOf = (owner: Owner): readonly Holding[] => {
    if (owner.kind !== 'class') return [];
    const ends = wholeTeardowns(owner, engine);
    if (ends.length === 0) return [];
    const scope = scopeOf(owner, ends, engine);
    const found: Holding[] = [];
    for (const acquisition of ofOwners().get(owner) ?? []) {
      const holding = held(acquisition, scope);
      if (holding) found.push(holding);
    }
    visitNodes(owner.node, callLikes, (node) => {
      if (!(ts.isNewExpression(node) || ts.isCallExpression(node)) || !isKept(node) || known.has(node))
        return undefined;
      if (engine.program.members.ownerAt(node) !== owner) return undefined;
      found.push(...passedUp(node, made(node), scope), ...opened(node, scope));
      if (ts.isCallExpression(node)) found.push(...subscribed(node, scope));
      return undefined;
    });
    const all = [...found, ...inherited(owner).flatMap((holding) => openedByHeir(holding, scope))];
    if (all.length === 0 || isHandedOver(owner, engine) || endsItself(owner, ends, engine)) return [];
    return mostCertain(all).map((holding) => withWait(holding, ends));
  };

  /** What the base class keeps open, unless a teardown of this class hides that of the base. */
  const inherited = (owner: Owner): readonly Holding[] => {
    const base = localBaseOf(owner, engine);
    const holds = base ? of(base) : (factOfBase(owner, engine)?.holds ?? []);
    return holds.flatMap((holding) => {
      const until = holding.until.filter((name) => isExtending(owner, name));
      if (until.length === 0) return [];
      if (holding.keptBy === undefined) return [{ ...holding, until }];
      const argument = superArgument(owner, holding.keptBy);
      if (argument === 'same') return [{ ...holding, until }];
      const kept = argument && keeper(lifetimeOf(argument, engine), argument, owner, engine);
      return kept ? [withKeeper({ ...holding, until }, kept)] : [];
    });
  };

  const instances: Instances = { of, made };
  kept.instances = instances;
  return instances;
}

/** The class that is instantiated: also the default of a parameter, `constructor(Connection = RedisConnection)`. */
export function classExpression({ expression }: CallLike, engine: Engine): ts.Expression {
  const callee = unwrap(expression);
  const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
  const fallback = declaration && ts.isParameter(declaration.node) ? declaration.node.initializer : undefined;
  return fallback ? unwrap(fallback) : callee;
}
