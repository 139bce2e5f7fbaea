/**
 * A hook of a mount that waits, and only then begins what the hook of the unmount ends: `async connectedCallback() { await load();
 * feed.addEventListener('tick', this.draw); }`. What is taken out of the page during the wait has nothing to end yet, and begins then.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { Owner } from '../../members';
import { textOf } from '../../places';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isFunctionNode,
  isWithin,
  leaves,
  lineOf,
  memberOrText,
  rangeOf,
  ts,
  unwrap,
  walk,
} from '../../syntax';
import { outlives, receiverLife } from '../registrations/receiverLife';
import { fatesOf } from '../values/fate';
import { mountHooks, teardownHooks } from '../words/hooks';
import { isSoonSettled } from '../words/promises';
import { givesUp as givesUpByName } from '../words/states';
import { givesUp, lateKind, removalAmong } from './late';
import { lastWait, releaseIn } from './lateInOwner';

/** The findings for what such hooks begin after a wait. */
export function findLateInHooks(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const owner of engine.program.members.owners) {
    const hooks = [...owner.members.values()].flatMap(({ name, functions }) => (mountHooks.has(name) ? functions : []));
    const waiting = hooks.filter((fn) => hasModifier(fn, ts.SyntaxKind.AsyncKeyword));
    const ends = [...owner.members.values()].flatMap(({ name, functions }) =>
      teardownHooks.has(name) ? functions : [],
    );
    if (waiting.length === 0 || ends.length === 0 || engine.frequency.instancesOf(owner) === 'single') continue;
    if (ends.some((end) => givesUp(end, engine))) continue;
    for (const acquisition of acquisitions) {
      const { node, kind } = acquisition;
      if (told.has(node) || kind.oneShot || engine.program.members.ownerAt(node) !== owner) continue;
      if (endsItself(acquisition, engine)) continue;
      const late = waiting.flatMap((fn) => latenessIn(fn, node, engine) ?? [])[0];
      const end = late && endAmong(acquisition, owner, ends, engine);
      if (!late || !end) continue;
      told.add(node);
      drafts.push(draftOf(node, end, late));
    }
  }
  return drafts;
}

/** `setInterval(() => { if (this.isGone) clearInterval(this.timer); … })`: its own function ends it, and so it asks by itself. */
function endsItself(acquisition: Acquisition, engine: Engine): boolean {
  const fns = (acquisition.node.arguments ?? []).flatMap((one) => engine.program.callees.functionsOf(one));
  const reached = fns.flatMap((fn) => [...engine.program.callees.reachedFrom(fn)]);
  if (acquisition.form.form === 'registration') return removalAmong(acquisition, reached, engine) !== undefined;
  const [fate] = acquisition.result ? fatesOf(acquisition.result, engine.program) : [];
  return fate?.kind === 'stored' && releaseIn(new Set(reached), fate.place.key, engine) !== undefined;
}

interface Ended {
  readonly subject: string;
  readonly site: ts.Node;
}

/** Where the hooks of the unmount end it. */
function endAmong(
  acquisition: Acquisition,
  owner: Owner,
  ends: readonly FunctionNode[],
  engine: Engine,
): Ended | undefined {
  const { form, result, event } = acquisition;
  if (form.form === 'registration') {
    if (form.once || form.givesUp) return undefined;
    const life = receiverLife(acquisition, engine);
    const site = life && outlives(life) ? removalAmong(acquisition, ends, engine) : undefined;
    return site && { subject: event === undefined ? 'The handler' : `The handler of \`${event}\``, site };
  }
  const [fate, ...others] = result ? fatesOf(result, engine.program) : [];
  if (fate?.kind !== 'stored' || others.length > 0 || acquisition.assumed) return undefined;
  const { place } = fate;
  if (place.root.kind !== 'owner' || place.root.owner !== owner || place.path.length !== 1) return undefined;
  const reached = new Set(ends.flatMap((end) => [...engine.program.callees.reachedFrom(end)]));
  const site = releaseIn(reached, place.key, engine);
  return site && { subject: `\`${textOf(place)}\``, site };
}

interface Late {
  readonly hook: FunctionNode;
  readonly wait: ts.Node;
}

/** The wait before the node, in the hook itself or before its only call of the method around it, if nothing is asked in between. */
function latenessIn(hook: FunctionNode, node: ts.Node, engine: Engine): Late | undefined {
  const fn = enclosingFunction(node);
  if (!fn) return undefined;
  const at = fn === hook ? node : onlyCallIn(hook, fn, engine);
  const wait = at && lastWait(at, hook);
  if (!wait || !ts.isAwaitExpression(wait) || isWithin(wait, at) || isSoon(wait) || isAsked(hook, at, wait))
    return undefined;
  // A method may ask by itself.
  return fn === hook || !isAsked(fn, node, undefined) ? { hook, wait } : undefined;
}

function onlyCallIn(hook: FunctionNode, fn: FunctionNode, engine: Engine): ts.Node | undefined {
  const { calls, values } = engine.program.callees.usesOf(fn);
  const [only, ...others] = calls;
  if (!only || others.length + values.length > 0 || hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return undefined;
  return enclosingFunction(only) === hook ? only : undefined;
}

/** `await this.updateComplete`, `await nextTick()`: over before anybody can take it out of the page. */
function isSoon({ expression }: ts.AwaitExpression): boolean {
  const waited = unwrap(expression);
  return isSoonSettled(ts.isCallExpression(waited) ? calledName(waited) : memberOrText(waited));
}

/** A condition around the node, a way out before it, or a signal: whoever writes one has thought of what came meanwhile. */
function isAsked(fn: FunctionNode, at: ts.Node, wait: ts.Node | undefined): boolean {
  let asked = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner) || asked) return false;
      if (ts.isIdentifier(inner)) asked ||= givesUpByName(inner.text);
      if (wait && inner.pos < wait.pos) return undefined;
      const isBefore = inner.pos < at.pos;
      if (ts.isIfStatement(inner) && isBefore)
        asked ||=
          isWithin(at, inner) ||
          leaves(inner.thenStatement) ||
          (inner.elseStatement && leaves(inner.elseStatement)) === true;
      if (ts.isConditionalExpression(inner) || (ts.isBinaryExpression(inner) && isLogical(inner)))
        asked ||= isWithin(at, inner);
      return !asked;
    });
  return asked;
}

function isLogical({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

function draftOf(node: ts.Node, { subject, site }: Ended, { hook, wait }: Late): Draft {
  const name = hook.name?.getText() ?? 'the hook';
  return {
    kind: lateKind,
    mechanism: 'race-or-after-await',
    severity: 'low',
    confidence: 'medium',
    message: `${subject} comes after a wait of \`${name}\` (line ${lineOf(wait)}), and nothing asks whether it is still wanted: an unmount during the wait (line ${lineOf(site)}) finds nothing to end, and this stays.`,
    advice: 'Ask after the wait whether it is still mounted.',
    node,
    trail: [
      { role: 'acquired', message: 'Begun here, after the wait', range: rangeOf(node) },
      { role: 'release', message: 'May have run by then', range: rangeOf(site) },
    ],
  };
}
