/**
 * Instances that have to be ended and are not: `this.repeat = new Repeat()` in a class whose teardown leaves it, where a
 * `Repeat` keeps a connection until its `close()`.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Holding } from '../../facts/exportFacts';
import { fileRoleOf, isProgram } from '../../files/fileRole';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { type Place, textOf } from '../../program/places';
import { withArticle } from '../../resources/articles';
import { visitNodes } from '../../syntax/nodeIndex';
import { callLikes, thisWords } from '../../syntax/selections';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isClassNode,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { removesAll, unlistenMethods } from '../../words/listeners';
import { mayGiveItself } from '../../words/owners';
import { takesFrom } from '../../words/releases';
import { endsForGood } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { lifetimeOf } from '../lifetime/lifetime';
import { fatesOf } from '../values/fate';
import { settle } from '../values/settled';
import { isStatePlace } from '../values/states';
import { instanceKind } from './instanceKind';
import { classExpression, instancesOf } from './instances';
import * as conventions from './instanceWords';
import { isGivenToAll, isLook, useOf } from './partUses';
import { isInEndOfBase, reachedBy, type Teardown, wholeTeardowns } from './teardowns';

/** Kinds of these findings, by what is kept and where. */
const fieldKinds = { listener: 'listener/disposable-not-registered', handle: 'handle/field-without-teardown' } as const;
const localKind = 'handle/disposable-not-disposed';

/** Findings for all instances that a file makes of classes which keep something open. */
export function findForgottenInstances(engine: Engine, acquisitions: readonly Acquisition[]): readonly Draft[] {
  const instances = instancesOf(engine, acquisitions);
  const known = new Set<ts.Node>(acquisitions.map(({ node }) => node));
  const drafts: Draft[] = [];
  visitNodes(engine.program.sourceFile, callLikes, (node) => {
    if (!(ts.isNewExpression(node) || ts.isCallExpression(node)) || known.has(node)) return undefined;
    const holdings = instances.made(node);
    // Nearly no call makes one.
    if (holdings.length === 0) return undefined;
    for (const holding of holdings) {
      const draft = judge(node, holding, engine);
      if (draft) {
        drafts.push(draft);
        break;
      }
    }
    return undefined;
  });
  return drafts;
}

function judge(node: CallLike, holding: Holding, engine: Engine): Draft | undefined {
  if (holding.parts && takesOneOf(holding.parts, node, engine)) return undefined;
  const acquisition = acquisitionOf(node, holding);
  const settled = settle(node, acquisition, engine, 0);
  const shown = settled.kind === 'escapes' ? shownOnly(node, acquisition, engine) : undefined;
  const outcome = shown ? ({ kind: 'open', place: shown, node } as const) : settled;
  if (outcome.kind !== 'open' || !outlives(node, holding, engine)) return undefined;
  const { place } = outcome;
  if (holding.opens && !isOpened(node, place, holding.opens, engine)) return undefined;
  if (place?.root.kind === 'owner') {
    const draft = judgeField(acquisition, holding, place, place.root.owner, engine);
    return draft && shown ? { ...draft, confidence: 'medium' } : draft;
  }
  if (place && place.root.kind !== 'declaration') return undefined;
  // Kept by a variable further out, for what comes later.
  if (place?.root.kind === 'declaration' && place.root.declaration.scope.func !== enclosingFunction(node))
    return undefined;
  return place && isGivenByItself(place, engine) ? undefined : judgeLocal(acquisition, holding, place, engine);
}

/** `ready = await tunnel.waitUntilReady()`: what is kept from there on may be the instance. */
function isGivenByItself(place: Place, engine: Engine): boolean {
  return engine.uses.reads(place.key).some((use) => {
    const access = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(access) || !mayGiveItself(access.name.text)) return false;
    const call = wrapped(access).parent;
    if (!ts.isCallExpression(call) || call.expression !== wrapped(access)) return false;
    const outer = wrapped(call).parent;
    const result = ts.isAwaitExpression(outer) ? wrapped(outer).parent : outer;
    return ts.isReturnStatement(result) || ts.isBinaryExpression(result) || ts.isVariableDeclaration(result);
  });
}

function judgeField(
  acquisition: Acquisition,
  holding: Holding,
  place: Place,
  owner: Owner,
  engine: Engine,
): Draft | undefined {
  const { node } = acquisition;
  if (owner.kind !== 'class' || engine.program.members.ownerAt(node) !== owner) return undefined;
  if (place.path.length !== 1 && !isStatePlace(place)) return undefined;
  if (engine.frequency.instancesOf(owner) === 'single' || owner.members.get(place.path[0] ?? '')?.isStatic)
    return undefined;
  if (isGivenFromOutside(owner, place.path[0] ?? '')) return undefined;
  const frequency = engine.frequency.of(node);
  const ends = wholeTeardowns(owner, engine);
  // After a `stop` there may be a start.
  const last = ends.filter(({ name }) => endsForGood(name));
  const end = last.find(({ functions }) => functions.length > 0) ?? last[0];
  if (!end || frequency.level === 'once' || !leavesIt(place, ends, holding.until, engine)) return undefined;
  const [written] = end.functions;
  const held = `\`${textOf(place)}\``;
  const where = written ? `\`${end.name}\` (line ${lineOf(written)})` : `the inherited \`${end.name}\``;
  const trail: TrailStep[] = [
    { role: 'acquired', message: `The instance is made here; it ${keeps(holding, engine)}`, range: rangeOf(node) },
    frequencyStep(frequency, node),
  ];
  if (written)
    trail.push({
      role: 'forgotten',
      message: `\`${end.name}\` ends without ending it`,
      range: rangeOf(written.name ?? written),
    });
  const name = nameOf(node, engine);
  return {
    kind: fieldKinds[holding.family === 'handle' ? 'handle' : 'listener'],
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: holding.opens || holding.keptBy !== undefined || holding.assumed || !written ? 'medium' : 'high',
    message: `${held} is never ended: ${name} ${keeps(holding, engine)}, and ${where} tears ${ownerText(owner.name)} down without it.`,
    advice: `Call \`${textOf(place)}.${holding.until[0] ?? 'dispose'}()\` when ${ownerText(owner.name)} ends.`,
    node,
    trail,
    // A fix does not know how to wait.
    open: holding.waits
      ? undefined
      : { acquisition, place, level: frequency.level, teardown: written && { name: end.name, node: written } },
  };
}

function judgeLocal(
  acquisition: Acquisition,
  holding: Holding,
  place: Place | undefined,
  engine: Engine,
): Draft | undefined {
  const { node } = acquisition;
  // A test mostly ends with its process, and a listener that nobody hears of any more does no harm there.
  if (
    holding.family !== 'handle' ||
    holding.assumed ||
    fileRoleOf(engine.program.path, engine.program.text) !== 'production'
  )
    return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once' || frequency.level === 'setup' || frequency.level === 'unknown') return undefined;
  const name = nameOf(node, engine);
  const subject = place ? `\`${textOf(place)}\`` : 'This instance';
  return {
    kind: localKind,
    mechanism: 'repeated-registration',
    severity: isProgram(engine.program.text) && frequency.level === 'call' ? 'low' : 'medium',
    confidence: 'medium',
    message: `${subject} is never ended: ${name} ${keeps(holding, engine)}. It is made ${frequency.why}.`,
    advice: `Call \`${holding.until[0] ?? 'dispose'}()\` when it is no longer needed.`,
    node,
    trail: [
      { role: 'acquired', message: `The instance is made here; it ${keeps(holding, engine)}`, range: rangeOf(node) },
      frequencyStep(frequency, node),
    ],
  };
}

function nameOf(node: CallLike, engine: Engine): string {
  const name = `\`${classExpression(node, engine).getText()}\``;
  return ts.isCallExpression(node) ? `what ${name} gives` : name;
}

/** "keeps a Redis client open (src/repeat.ts:12) until `close()`" */
function keeps({ noun, at, until }: Holding, engine: Engine): string {
  const split = at.lastIndexOf(':');
  const where = at.slice(0, split) === engine.program.path ? `line ${at.slice(split + 1)}` : at;
  return `keeps ${withArticle(noun)} (${where}) until ${until.map((name) => `\`${name}()\``).join(' or ')}`;
}

/** `const { server } = await start()`, `started.server`: it may be ended there. */
function takesOneOf(parts: readonly string[], node: CallLike, engine: Engine): boolean {
  return fatesOf(node, engine.program).some((fate) => {
    if (fate.kind === 'destructured') return fate.members.some((member) => parts.includes(member));
    if (fate.kind === 'used') return parts.includes(fate.member);
    return (
      fate.kind === 'stored' &&
      engine.uses
        .reads(fate.place.key)
        .some(({ parent }) => ts.isPropertyAccessExpression(parent) && parts.includes(parent.name.text))
    );
  });
}

function acquisitionOf(node: CallLike, holding: Holding): Acquisition {
  // Of what is taken apart at once, only the parts are left.
  const isTaken = ts.isCallExpression(node);
  return {
    kind: instanceKind(holding),
    form: isTaken ? { form: 'call', callee: [], promise: true } : { form: 'new', callee: [] },
    node,
    receiver: undefined,
    result: node,
    parameter: undefined,
    event: undefined,
    assumed: false,
    source: undefined,
  };
}

/** What keeps it lives longer than who makes the instance. */
function outlives(node: CallLike, { keptBy }: Holding, engine: Engine): boolean {
  if (keptBy === undefined) return true;
  const argument = node.arguments?.[keptBy];
  if (!argument || node.arguments?.slice(0, keptBy).some(ts.isSpreadElement)) return false;
  const { level } = lifetimeOf(argument, engine);
  return level === 'process' || level === 'module' || level === 'injected' || level === 'caller';
}

/** Is one of the methods that open it called on it? */
function isOpened(node: CallLike, place: Place | undefined, methods: readonly string[], engine: Engine): boolean {
  const uses = place ? engine.uses.reads(place.key) : [node];
  return uses.some((use) => {
    const up = wrapped(use).parent;
    return ts.isPropertyAccessExpression(up) && methods.includes(up.name.text) && ts.isCallExpression(up.parent);
  });
}

/** A field that only getters show to others stays its owner's: who is shown a part does not end it. */
function shownOnly(node: CallLike, { kind }: Acquisition, engine: Engine): Place | undefined {
  const [stored, ...others] = fatesOf(node, engine.program);
  const place = stored?.kind === 'stored' && others.length === 0 ? stored.place : undefined;
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return undefined;
  const releases = engine.releasesOf(kind);
  if (releases.byPlace.has(place.key) || releases.byProperty.has(place.path[0] ?? '')) return undefined;
  const isKept = engine.uses
    .reads(place.key)
    .every((use) => useOf(use, false, engine) === 'kept' || isGivenToAll(use, engine));
  return isKept ? place : undefined;
}

/** `@Input() player = new Player()`: only a default, until others set it. */
export function isGivenFromOutside(owner: Owner, name: string): boolean {
  if (!isClassNode(owner.node)) return false;
  return owner.node.members.some(
    (member) =>
      ts.canHaveDecorators(member) &&
      member.name !== undefined &&
      propertyNameText(member.name) === name &&
      (ts.getDecorators(member) ?? []).some(({ expression }) => conventions.inputDecorators.test(expression.getText())),
  );
}

/** No teardown ends it, nor gives it to others: looks at it and calls of methods that end nothing do not count. */
export function leavesIt(place: Place, ends: readonly Teardown[], until: readonly string[], engine: Engine): boolean {
  const reached = reachedBy(ends, engine);
  return (
    !engine.uses.reads(place.key).some((use) => isWithinAny(use, reached) && mayEnd(use, until)) &&
    ![...reached].some(endsAllFields) &&
    !isInEndOfBase(place, ends, engine)
  );
}

function mayEnd(use: ts.Expression, until: readonly string[]): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (isLook(up, outer)) return false;
  if (!ts.isPropertyAccessExpression(up) || up.expression !== outer) return true;
  const name = up.name.text;
  const call = wrapped(up).parent;
  if (!ts.isCallExpression(call) || call.expression !== wrapped(up)) return until.includes(name);
  // Handlers that are taken off it end nothing of it; another call may tell it to end.
  const takesHandler = unlistenMethods.has(name) && call.arguments.length > 0;
  return !takesHandler && !removesAll.has(name);
}

/** `registry.delete(this)`: it is taken from where it was known, and goes on as it is. */
function leaves({ expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  return ts.isPropertyAccessExpression(callee) && takesFrom(callee.name.text);
}

/** `for (const key in this) this[key].dispose()`, `Object.values(this)`, `disposeAll(this)` */
function endsAllFields(fn: FunctionNode): boolean {
  let found = false;
  visitNodes(fn, thisWords, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const up = wrapped(node as ts.Expression).parent;
      if (ts.isElementAccessExpression(up) && !ts.isStringLiteralLike(unwrap(up.argumentExpression))) found = true;
      if ((ts.isCallExpression(up) && up.expression !== node && !leaves(up)) || ts.isForInStatement(up)) found = true;
    }
    return !found;
  });
  return found;
}
