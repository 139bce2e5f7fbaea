/**
 * Places that are given a new subscription, timer or observer while they are seen to hold one: by a setter that begins
 * again without ending, by a method that is given one object after the other, on an element by a hook of each update.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { visitNodes } from '../../syntax/nodeIndex';
import { accesses } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  lineOf,
  mentionsName,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { leaveHooks, renderHooks } from '../../words/hooks';
import { replaces } from '../../words/renewals';
import { restarts } from '../../words/starts';
import { isInLeave } from '../lifetime/visits';
import { type Ending, endingsAt, endingsOf } from '../values/endings';
import { fatesOf } from '../values/fate';
import { neededFor } from './guards';
import { runsIn, statementsBefore, touchesNow } from './sequence';

/** All that is done with a place. */
interface PlaceUse {
  readonly reads: readonly ts.Expression[];
  readonly writes: readonly ts.BinaryExpression[];
  readonly ends: readonly Ending[];
  /** Places that say whether it holds something: itself, a getter that asks it, a flag that is set with it. */
  readonly signs: ReadonlySet<string>;
  /** It is a property of an element that functions are given. */
  readonly isOnElement: boolean;
}

interface Again {
  readonly at: ts.Node;
  readonly how: string;
  /** Only the name of a method says that it is called again. */
  readonly isByName?: boolean;
}

const maxDepth = 3;

/** Findings for places that are filled again while they hold something open. */
export function findReopened(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const { kind, node, result } of acquisitions) {
    if (!result || kind.oneShot || kind.onlyForgotten || kind.family !== 'listener' || told.has(node)) continue;
    const write = assignmentOf(result, engine);
    const place = write && engine.program.places.of(unwrap(write.left));
    const fn = write && enclosingFunction(write);
    if (!write || !place || !fn || ts.isConstructorDeclaration(fn)) continue;
    const use = useOf(place, write, engine, kinds);
    if (!use || use.ends.length === 0 || endsInside(use, fn) || keepsFormer(result, write)) continue;
    const again = waysTo(write, fn, use, engine, 0, new Set());
    if (!again) continue;
    drafts.push(draftOf(kind, node, write, again, use.ends));
  }
  return drafts;
}

/** `this.x = make()`, or `const x = make(); …; this.x = x`. */
function assignmentOf(result: ts.Expression, { program }: Engine): ts.BinaryExpression | undefined {
  for (const fate of fatesOf(result, program)) {
    if (fate.kind !== 'stored') continue;
    if (isPlainAssignment(fate.node)) return fate.node;
    const { root, path } = fate.place;
    if (root.kind !== 'declaration' || path.length > 0 || root.declaration.kind !== 'const') continue;
    for (const reference of root.declaration.references) {
      const up = wrapped(reference).parent;
      if (isPlainAssignment(up) && up.right === wrapped(reference)) return up;
    }
  }
  return undefined;
}

function isPlainAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    isAssignment(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isExpressionStatement(node.parent)
  );
}

function useOf(
  place: Place,
  write: ts.BinaryExpression,
  engine: Engine,
  kinds: readonly ResourceKind[],
): PlaceUse | undefined {
  const { root, path } = place;
  if (root.kind === 'owner' && path.length === 1) {
    const reads = [...engine.uses.reads(place.key)];
    const signs = new Set([place.key]);
    for (const member of root.owner.members.values()) {
      const getter = member.functions.find((fn) => ts.isGetAccessor(fn));
      const { key } = engine.program.places.ofMember(root.owner, member.name);
      if (getter && reads.some((read) => isWithin(read, getter))) {
        signs.add(key);
        reads.push(...engine.uses.reads(key));
      } else if (isFlagOf(engine.uses.writes(key), write)) signs.add(key);
    }
    const ends = endingsAt(place.key, engine, kinds);
    return { reads, writes: engine.uses.writes(place.key), ends, signs, isOnElement: false };
  }
  // A property of an element that functions are given: `el._observer`.
  const [name] = path;
  if (!isOnGiven(place) || name === undefined) return undefined;
  const reads: ts.Expression[] = [];
  const writes: ts.BinaryExpression[] = [];
  const signs = new Set<string>();
  visitNodes(engine.program.sourceFile, accesses, (node) => {
    const one =
      ts.isPropertyAccessExpression(node) && node.name.text === name ? engine.program.places.of(node) : undefined;
    if (!one || !isOnGiven(one)) return undefined;
    signs.add(one.key);
    const up = wrapped(node).parent;
    if (isAssignment(up) && up.left === wrapped(node)) writes.push(up);
    else reads.push(node);
    return undefined;
  });
  return {
    reads,
    writes,
    signs,
    isOnElement: true,
    ends: endingsOf(engine, kinds).filter(({ target }) =>
      signs.has(engine.program.places.of(unwrap(target))?.key ?? ''),
    ),
  };
}

function isOnGiven({ root, path }: Place): boolean {
  return root.kind === 'declaration' && root.declaration.kind === 'parameter' && path.length === 1;
}

/** `this.running = true` beside the assignment. */
function isFlagOf(writes: readonly ts.BinaryExpression[], write: ts.BinaryExpression): boolean {
  return writes.some(
    (one) =>
      unwrap(one.right).kind === ts.SyntaxKind.TrueKeyword &&
      ts.isExpressionStatement(one.parent) &&
      one.parent.parent === write.parent.parent,
  );
}

/** In what the function leaves behind, it may be ended, or told that it is over. */
function endsInside({ reads, writes }: PlaceUse, fn: FunctionNode): boolean {
  return [...reads, ...writes].some((one) => isWithin(one, fn) && runsIn(one) !== fn);
}

/** A chain of calls to the assignment on which nobody ends what is there, and which is seen to be taken while something is. */
function waysTo(
  node: ts.Node,
  fn: FunctionNode,
  use: PlaceUse,
  engine: Engine,
  depth: number,
  seen: Set<FunctionNode>,
): Again | undefined {
  if (depth > maxDepth || seen.has(fn)) return undefined;
  seen.add(fn);
  const isSign = (expression: ts.Expression): boolean =>
    use.signs.has(engine.program.places.of(unwrap(expression))?.key ?? '');
  const needed = neededFor(node, fn).filter(({ condition }) => isSign(condition));
  // Only where there is none.
  if (needed.some(({ holds }) => !holds)) return undefined;
  const asked = new Set<ts.Node>(needed.map(({ condition }) => unwrap(condition)));
  const sites = [...use.reads, ...use.writes, ...use.ends.map(({ site }) => site)].filter(
    (one) => !asked.has(one) && (one as ts.Node) !== node,
  );
  if (sites.some((one) => one.pos < node.pos && runsIn(one) === runsIn(node) && isWithin(one, fn))) return undefined;
  if (statementsBefore(node, fn).some((one) => touchesNow(one, sites, engine))) return undefined;
  const [present] = needed;
  if (present)
    return { at: present.condition, how: `line ${lineOf(present.condition)} lets it run while there is one` };
  const name = (fn.name && propertyNameText(fn.name)) ?? '';
  const { level } = engine.frequency.ofFunction(fn);
  const old = comparesWithLast(fn, node);
  if (old && level !== 'once') return { at: old, how: `line ${lineOf(old)} lets it run for one after the other` };
  const { calls } = engine.program.callees.usesOf(fn);
  if (use.isOnElement && (renderHooks.has(name) || (level === 'hot' && calls.length === 0)))
    return { at: fn.name ?? fn, how: `${name === '' ? 'what runs here' : `\`${name}\``} gives it a new one each time` };
  if (leaveHooks.has(name) && !use.ends.some(({ site }) => isInLeave(site, name, engine)))
    return { at: fn.name ?? fn, how: `each \`${name}\` gives it a new one` };
  const isAgain = level !== 'once' && level !== 'setup' && engine.frequency.of(node).level === level;
  if (depth > 0 && (replaces(name) || restarts(name)) && isAgain)
    return { at: node, how: `\`${name}\` (line ${lineOf(node)}) begins again without an end`, isByName: true };
  for (const call of calls) {
    const caller = enclosingFunction(call);
    const found = caller && !ts.isConstructorDeclaration(caller) && waysTo(call, caller, use, engine, depth + 1, seen);
    if (found) return found;
  }
  return undefined;
}

/** `if (this.document === document) return; this.document = document;`: it is given one after the other. */
function comparesWithLast(fn: FunctionNode, node: ts.Node): ts.Node | undefined {
  const parameters = fn.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  for (const statement of statementsBefore(node, fn)) {
    if (!ts.isIfStatement(statement) || statement.elseStatement) continue;
    const test = unwrap(statement.expression);
    if (!ts.isBinaryExpression(test) || test.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) continue;
    const [left, right] = [unwrap(test.left), unwrap(test.right)];
    const given = [left, right].find((one) => ts.isIdentifier(one) && parameters.includes(one.text));
    const kept = [left, right].find((one) => ts.isPropertyAccessExpression(one));
    if (given && kept && isKeptNext(fn, kept.getText(), given.getText()) && mentionsName(node, given.getText()))
      return test;
  }
  return undefined;
}

function isKeptNext(fn: FunctionNode, kept: string, given: string): boolean {
  let found = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isAssignment(inner) && inner.left.getText() === kept && inner.right.getText() === given) found = true;
      return !found;
    });
  return found;
}

/** `x.end = x.end || begin()`: begun only where there is none. */
function keepsFormer(made: ts.Expression, { left }: ts.BinaryExpression): boolean {
  const up = wrapped(made).parent;
  return (
    ts.isBinaryExpression(up) &&
    unwrap(up.right) === unwrap(made) &&
    (up.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
      up.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) &&
    unwrap(up.left).getText() === unwrap(left).getText()
  );
}

function draftOf(
  kind: ResourceKind,
  node: ts.Node,
  write: ts.BinaryExpression,
  again: Again,
  [end]: readonly Ending[],
): Draft {
  const held = `\`${write.left.getText()}\``;
  return {
    kind: kind.overwrittenAs ?? kind.id,
    mechanism: 'overwritten-before-release',
    severity: again.isByName ? 'low' : 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is lost while it is open: ${again.how}, and only the last one is ended.`,
    advice: 'End the old one before the assignment.',
    node,
    trail: [
      { role: 'acquired', message: 'Made here', range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}, over the one before`, range: rangeOf(write) },
      { role: 'repeats', message: 'Run again here', range: rangeOf(again.at) },
      ...(end ? [{ role: 'release' as const, message: 'Ended here', range: rangeOf(end.site) }] : []),
    ],
  };
}
