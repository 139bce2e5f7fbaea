/**
 * Tables of things that have to end, by key: one function ends an entry and takes it out, another only takes it out. After
 * that nobody can name it, and what ends the rest of the table does not come to it.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import { fileRoleOf } from '../../fileRole';
import { changesOf, type Removal } from '../../growth/changes';
import { type Container, findContainers } from '../../growth/containers';
import type { ResourceKind } from '../../resources/model';
import { enclosingFunction, type FunctionNode, isWithin, lineOf, rangeOf, ts, unwrap } from '../../syntax';
import { frequencyStep } from '../assess';
import { endingsOf } from '../values/endings';
import { containerOf } from '../values/releases';
import { continuations } from '../words';
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
  if (candidates.length === 0) return [];
  const ends = new Map<string, ts.Node[]>();
  for (const { target, site } of endingsOf(engine, kinds)) {
    const element = elementOf(target, engine.program);
    const key = (element && engine.program.places.of(element.collection)?.key) ?? containerOf(target, engine.program);
    if (key !== undefined) ends.set(key, [...(ends.get(key) ?? []), site]);
  }
  if (ends.size === 0) return [];
  const told = new Set(known.map(({ node }) => node));
  return findContainers(engine).flatMap((container) => {
    const own = ends.get(container.place.key) ?? [];
    const draft = own.length > 0 ? judge(container, own, candidates, engine) : undefined;
    return draft && !told.has(draft.node) ? [draft] : [];
  });
}

function judge(
  container: Container,
  ends: readonly ts.Node[],
  acquisitions: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  const { shape, holder, exported, isPublic, name } = container;
  if ((shape !== 'map' && shape !== 'record') || holder === 'global' || exported || isPublic) return undefined;
  const changes = changesOf(container, [], engine);
  if (changes.escapes.length > 0 || changes.nullings.length > 0) return undefined;
  const [insertion, ...others] = changes.insertions;
  const made = insertion?.value && others.length === 0 ? madeFor(insertion.value, acquisitions, engine) : undefined;
  const acquisition = acquisitions.find(({ node }) => node === made);
  if (!insertion || !acquisition) return undefined;
  const maker = runsIn(insertion.node);
  const looks = [...changes.lookups, ...changes.iterations, ...ends];
  const removal = changes.removals.find((one) => isDrop(one, maker, looks, engine));
  const [end] = ends;
  if (!removal || !end) return undefined;
  const { kind, node } = acquisition;
  const participle = kind.participle ?? 'released';
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once') return undefined;
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} is lost when line ${lineOf(removal.node)} takes its entry out of \`${name}\`: it is not ${participle} there, and line ${lineOf(end)} ends only what is still in it.`,
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
