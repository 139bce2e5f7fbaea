/**
 * Tables of things that have to end, by key: one function ends an entry and takes it out, another only takes it out. After
 * that nobody can name it, and what ends the rest of the table does not come to it.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { fileRoleOf } from '../../files/fileRole';
import type { Draft } from '../../findings/draft';
import { changesOf, type Insertion, type Removal } from '../../growth/changes';
import { type Container, findContainers } from '../../growth/containers';
import type { Declaration } from '../../program/scopes';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isEquality,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { continuations } from '../../words/callbacks';
import { cutsOut, takesFromList } from '../../words/collections';
import { frequencyStep } from '../assess';
import { instancesOf } from '../instances/instances';
import { endingsOf } from '../values/endings';
import { addUnder } from '../values/nodesByKey';
import { containerOf } from '../values/releases';
import { elementOf } from './elements';
import { isAboutAnEnd } from './letGo';
import { madeFor } from './registries';
import { runsIn } from './sequence';

/** Findings for entries that are taken out of their table while they are open. */
export function findDroppedEntries(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const candidates = acquisitions.filter(({ kind, result }) => result && !kind.oneShot && kind.heldBy === 'runtime');
  const endings = endingsOf(engine, kinds);
  const ends = new Map<string, End[]>();
  for (const { target, site } of endings) {
    const { key, part } = containerAndPart(target, engine);
    if (key !== undefined) addUnder(ends, key, { site, part });
  }
  if (ends.size === 0) return [];
  const told = new Set(known.map(({ node }) => node));
  const sites = endings.flatMap(({ site, by }) => (by === 'itself' ? [] : site));
  return engine.once(findContainers).flatMap((container) => {
    const own = ends.get(container.place.key) ?? [];
    const draft = own.length > 0 ? judge(container, own, sites, candidates, engine) : undefined;
    return draft && !told.has(draft.node) ? [draft] : [];
  });
}

interface End {
  readonly site: ts.Node;
  /** `server` of `entry.server.close()`. */
  readonly part: string | undefined;
}

/** What is kept in an entry, or a part of it, that has to end. */
interface Kept {
  readonly kind: Pick<ResourceKind, 'id' | 'noun' | 'participle'>;
  readonly node: CallLike;
  readonly part: string | undefined;
  /** The other parts that are kept beside it. */
  readonly beside: readonly Declaration[];
}

const instanceKind = { id: 'handle/disposable-not-disposed', noun: 'instance', participle: 'ended' };

/** The table that the target is an element of, or a part of one. */
function containerAndPart(
  target: ts.Expression,
  { program }: Engine,
): { readonly key: string | undefined; readonly part: string | undefined } {
  const value = unwrap(target);
  const keyOf = (one: ts.Expression): string | undefined => {
    const element = elementOf(one, program);
    return (element && program.places.of(element.collection)?.key) ?? containerOf(one, program);
  };
  if (ts.isPropertyAccessExpression(value) && ts.isIdentifier(unwrap(value.expression)))
    return { key: keyOf(value.expression), part: value.name.text };
  const taken = ts.isIdentifier(value) ? program.scopes.resolve(value)?.node : undefined;
  const part =
    taken && ts.isBindingElement(taken) && ts.isObjectBindingPattern(taken.parent)
      ? propertyNameText(taken.propertyName ?? taken.name)
      : undefined;
  return { key: keyOf(value), part };
}

function judge(
  container: Container,
  ends: readonly End[],
  sites: readonly ts.Node[],
  acquisitions: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  const { holder, exported, isPublic, name } = container;
  if (holder === 'global' || exported || isPublic) return undefined;
  const changes = changesOf(container, [], engine);
  if (changes.escapes.length > 0 || changes.nullings.length > 0) return undefined;
  const [insertion, ...others] = changes.insertions;
  if (!insertion?.value || others.length > 0) return undefined;
  const maker = runsIn(insertion.node);
  for (const kept of keptBy(insertion.value, acquisitions, engine)) {
    const own = ends.filter(({ part }) => part === kept.part).map(({ site }) => site);
    const [end] = own;
    const { kind, node } = kept;
    const frequency = engine.frequency.of(node);
    if (!end || frequency.level === 'once') continue;
    const looks = [...changes.lookups, ...changes.iterations.filter((one) => !isOfKeys(one)), ...own];
    const removal = changes.removals.find(
      (one) =>
        isEvicted(one, insertion, maker, sites, looks) ||
        isLostByOther(one, kept, maker, looks, engine) ||
        isUneven(one, kept, ends, maker, engine) ||
        (container.shape === 'array'
          ? isPopped(one, sites, engine)
          : isDrop(one, maker, container.shape === 'set' ? [...looks, ...sites] : looks, engine)),
    );
    if (!removal) continue;
    const participle = kind.participle ?? 'released';
    return {
      kind: kind.id,
      mechanism: 'error-or-early-exit-path',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${kind.noun} is lost when line ${lineOf(removal.node)} takes it out of \`${name}\`: it is not ${participle} there, and line ${lineOf(end)} ends only what is still in it.`,
      advice: `Have it ${participle} before the entry is deleted.`,
      node,
      trail: [
        { role: 'acquired', message: `The ${kind.noun} is opened here`, range: rangeOf(node) },
        { role: 'held', message: `Kept in \`${name}\``, range: rangeOf(insertion.node) },
        { role: 'exit', message: 'Taken out here, and left open', range: rangeOf(removal.node) },
        { role: 'release', message: 'Entries are ended here', range: rangeOf(end) },
        frequencyStep(frequency, node),
      ],
    };
  }
  return undefined;
}

/** The resource that is put in, or those that the object which is put in is made of. */
function keptBy(value: ts.Expression, acquisitions: readonly Acquisition[], engine: Engine): readonly Kept[] {
  const acquiredBy = (one: ts.Expression): Acquisition | undefined => {
    const made = madeFor(one, acquisitions, engine);
    return acquisitions.find(({ node }) => node === made);
  };
  const whole = acquiredBy(value);
  if (whole) return [{ kind: whole.kind, node: whole.node, part: undefined, beside: [] }];
  const instance = madeFor(value, acquisitions, engine);
  // An instance of a class that keeps something open until its own end.
  if (instance && ts.isNewExpression(instance) && instancesOf(engine, acquisitions).made(instance).length > 0)
    return [{ kind: instanceKind, node: instance, part: undefined, beside: [] }];
  const given = unwrap(value);
  const initial = ts.isIdentifier(given) ? engine.program.scopes.resolve(given)?.initializer : given;
  const literal = initial && unwrap(initial);
  if (!literal || !ts.isObjectLiteralExpression(literal)) return [];
  const parts = literal.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) return [];
    const one = ts.isPropertyAssignment(property) ? property.initializer : property.name;
    const variable = ts.isIdentifier(unwrap(one))
      ? engine.program.scopes.resolve(unwrap(one) as ts.Identifier)
      : undefined;
    return [{ part: propertyNameText(property.name), acquisition: acquiredBy(one), variable }];
  });
  return parts.flatMap(({ part, acquisition, variable }) =>
    acquisition
      ? [
          {
            kind: acquisition.kind,
            node: acquisition.node,
            part,
            beside: parts.flatMap((other) => (other.variable && other.variable !== variable ? other.variable : [])),
          },
        ]
      : [],
  );
}

function isOfKeys(node: ts.Node): boolean {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  return (
    callee !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 'keys' &&
    !/^Object$/.test(callee.expression.getText())
  );
}

/** `if (cache.size > limit) cache.delete(oldest)`, where another entry is put in and nothing is ended. */
function isEvicted(
  { node, key }: Removal,
  insertion: Insertion,
  maker: FunctionNode | undefined,
  sites: readonly ts.Node[],
  looks: readonly ts.Node[],
): boolean {
  if (!key || !maker || runsIn(node) !== maker || insertion.key === undefined) return false;
  const text = key.getText();
  if (text === insertion.key.getText() || sites.some((site) => isWithin(site, maker))) return false;
  return !looks.some(
    (look) => isWithin(look, maker) && new RegExp(`\\b${text.replace(/\W/g, '\\$&')}\\b`).test(look.getText()),
  );
}

/** `panel.onDidDispose(() => table.delete(key))`: the end of one part takes the others out with it. */
function isLostByOther(
  { node, key }: Removal,
  { beside, node: made }: Kept,
  maker: FunctionNode | undefined,
  looks: readonly ts.Node[],
  engine: Engine,
): boolean {
  const fn = enclosingFunction(node);
  if (!key || !fn || !maker || fn === maker || enclosingFunction(fn) !== maker || beside.length === 0) return false;
  // The entry is looked at there: to end what is in it.
  if (looks.some((look) => isWithin(look, fn))) return false;
  const call = wrapped(fn as ts.Expression).parent;
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  const receiver = callee && ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const told = receiver && ts.isIdentifier(receiver) ? engine.program.scopes.resolve(receiver) : undefined;
  if (!told || !beside.includes(told) || !isAboutAnEnd(node)) return false;
  // Only the removal, and nothing that might end the rest.
  const others = engine.program.callees.reachedFrom(fn);
  const variable = madeVariable(made, engine);
  return others.size === 1 && !(variable?.references.some((use) => isWithin(use, fn)) ?? false);
}

/** One part of the entry is ended where it is taken out, and this one is not. */
function isUneven(
  { node, key }: Removal,
  { part }: Kept,
  ends: readonly End[],
  maker: FunctionNode | undefined,
  engine: Engine,
): boolean {
  const fn = runsIn(node);
  if (!key || !fn || part === undefined || (maker && isWithin(fn, maker))) return false;
  if (!fn.name && isAboutAnEnd(node)) return false;
  const { callees } = engine.program;
  const reached = [...callees.reachedFrom(fn)];
  const isHere = (site: ts.Node): boolean => reached.some((one) => isWithin(site, one));
  if (!ends.some((end) => end.part !== part && end.part !== undefined && isHere(end.site))) return false;
  let isUsed = false;
  for (const one of reached)
    walk(one, (inner) => {
      // Named at all, or the entry goes elsewhere as a whole.
      if (ts.isIdentifier(inner)) isUsed ||= inner.text === part;
      if (ts.isCallExpression(inner)) isUsed ||= inner.arguments.some((given) => isEntry(given, engine));
      return !isUsed;
    });
  return !isUsed && !callees.usesOf(fn).calls.some((use) => isAboutAnEnd(use));
}

function isEntry(given: ts.Expression, { program }: Engine): boolean {
  const value = unwrap(given);
  return ts.isIdentifier(value) && elementOf(value, program) !== undefined;
}

function madeVariable(node: CallLike, engine: Engine): Declaration | undefined {
  let up = wrapped(node).parent;
  if (ts.isAwaitExpression(up)) up = wrapped(up).parent;
  return ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
}

/** `workers.pop();`, or a variable that is only compared after it. */
function isPopped({ node }: Removal, sites: readonly ts.Node[], engine: Engine): boolean {
  const access = unwrap(node as ts.Expression);
  const call = wrapped(access).parent;
  const fn = runsIn(node);
  if (!fn || !ts.isPropertyAccessExpression(access) || !takesFromList(access.name.text)) return false;
  if (!ts.isCallExpression(call) || isAboutAnEnd(node)) return false;
  const { callees, scopes } = engine.program;
  if ([...callees.reachedFrom(fn)].some((one) => sites.some((site) => isWithin(site, one)))) return false;
  const { calls } = callees.usesOf(fn);
  if (calls.some((use) => isAboutAnEnd(use) || sites.some((site) => isWithin(site, enclosingFunction(use) ?? use))))
    return false;
  const up = wrapped(call).parent;
  if (ts.isExpressionStatement(up)) return !cutsOut(access.name.text) || call.arguments.length < 3;
  const variable = ts.isVariableDeclaration(up) && ts.isIdentifier(up.name) ? scopes.declarationOf(up) : undefined;
  if (!variable) return false;
  return variable.references.every((use) => {
    const outer = wrapped(use).parent;
    return (
      use === variable.node ||
      use.parent === up ||
      (ts.isBinaryExpression(outer) && isEquality(outer.operatorToken.kind))
    );
  });
}

/** A removal by key on an occasion of its own, where nobody looks at the entry: neither the function, nor who calls it. */
function isDrop(
  { node, key }: Removal,
  maker: FunctionNode | undefined,
  looks: readonly ts.Node[],
  engine: Engine,
): boolean {
  const fn = runsIn(node);
  if (!key || !fn || (maker && isWithin(fn, maker)) || isAboutAnEnd(node)) return false;
  return !isAfterLook(fn, maker, looks, engine, new Set());
}

function isAfterLook(
  fn: FunctionNode,
  maker: FunctionNode | undefined,
  looks: readonly ts.Node[],
  engine: Engine,
  seen: Set<FunctionNode>,
): boolean {
  if (seen.has(fn) || seen.size > 12) return seen.size > 12;
  seen.add(fn);
  const { callees } = engine.program;
  if ([...callees.reachedFrom(fn)].some((one) => looks.some((look) => !isTest(look) && isWithin(look, one))))
    return true;
  const { calls, values } = callees.usesOf(fn);
  return [...calls, ...values].some((use) => {
    // What the thing itself tells: `peer.onclose = () => drop(id)`.
    if ((maker && isWithin(use, maker)) || isAboutAnEnd(use)) return true;
    const caller = enclosingFunction(use);
    if (!caller || !(calls as readonly ts.Node[]).includes(use)) return false;
    // A dispatcher may look at other entries for other messages.
    return branchOf(use, caller).some((part) => looks.some((look) => isWithin(look, part)));
  });
}

/** `if (!peers[id]) return;` asks only whether there is one. */
function isTest(look: ts.Node): boolean {
  let up = look.parent;
  while (ts.isPrefixUnaryExpression(up) || ts.isParenthesizedExpression(up)) up = up.parent;
  return ts.isIfStatement(up) && isWithin(look, up.expression);
}

/** What has run when the call is reached, or runs right after it: the statements of the branches around it. */
function branchOf(use: ts.Node, fn: FunctionNode): readonly ts.Node[] {
  const parts: ts.Node[] = [];
  for (let at = use; at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if (ts.isBlock(up) || ts.isCaseOrDefaultClause(up))
      parts.push(...up.statements.filter((one) => !isWithin(use, one) || one === at));
    else if (ts.isCallExpression(up)) {
      const callee = unwrap(up.expression);
      if (ts.isPropertyAccessExpression(callee) && continuations.has(callee.name.text)) parts.push(callee.expression);
    } else if (ts.isExpression(up) || ts.isStatement(up)) continue;
  }
  return parts.filter((part) => !ts.isSwitchStatement(part) && !ts.isFunctionDeclaration(part));
}
