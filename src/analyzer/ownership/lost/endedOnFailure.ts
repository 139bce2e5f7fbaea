/**
 * What belongs to a connection and is ended only where that tells of a failure: `socket.on('error', () => clearInterval(timer))`,
 * while its ordinary end is handled as well, `socket.on('close', …)`, and leaves it running.
 */

import type { Acquisition } from '../../acquisitions';
import { constantOf } from '../../constants';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { Place } from '../../places';
import type { ResourceKind } from '../../resources/model';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithinAny,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax';
import { frequencyStep } from '../assess';
import { outlives, receiverLife } from '../registrations/receiverLife';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import { endingsAt } from '../values/endings';
import { fatesOf } from '../values/fate';
import { isOfferedToOthers } from '../values/offered';
import { endEvents, tellsOfFailure } from '../words/events';
import { listenMethods } from '../words/listeners';

/** A function that an object runs when an event of it comes. */
interface Handling {
  readonly on: Place;
  readonly event: string;
  readonly handler: FunctionNode;
}

/** Findings for what the handlers of failures end, and that of the ordinary end does not. */
export function findEndedOnFailure(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const draft = told.has(acquisition.node) ? undefined : judge(acquisition, kinds, engine);
    return draft ? [draft] : [];
  });
}

function judge(acquisition: Acquisition, kinds: readonly ResourceKind[], engine: Engine): Draft | undefined {
  const { kind, node } = acquisition;
  if (kind.oneShot || kind.endsByItself || kind.heldBy === 'nothing') return undefined;
  // What is registered on the object itself goes with it.
  const life = acquisition.form.form === 'registration' ? receiverLife(acquisition, engine) : undefined;
  if (life && !outlives(life)) return undefined;
  const sites = releasesOf(acquisition, kinds, engine);
  const [first] = sites;
  if (!first) return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once' || frequency.level === 'setup') return undefined;
  const occasions = sites.map((site) => occasionsOf(site, engine));
  const handled = occasions.flatMap((one) => one ?? []);
  const [failure] = handled;
  if (!failure || occasions.includes(undefined)) return undefined;
  if (!handled.every(({ event, on }) => tellsOfFailure(event) && on.key === failure.on.key)) return undefined;
  if (acquisition.receiver && engine.program.places.of(acquisition.receiver)?.key === failure.on.key) return undefined;
  const end = handlingsOn(failure.on, engine).find(({ event }) => endEvents.has(event));
  if (!end || isWithinAny(node, engine.program.callees.reachedFrom(end.handler))) return undefined;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    severity: kind.severity === 'low' ? 'low' : 'medium',
    confidence: 'medium',
    message: `This ${kind.noun} is ${participle} only when \`${failure.event}\` comes (line ${lineOf(first)}); the handler of \`${end.event}\` (line ${lineOf(end.handler)}) leaves it, and each one that ends without a failure leaves one more.`,
    advice: `Have it ${participle} when \`${end.event}\` comes.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      frequencyStep(frequency, node),
      { role: 'release', message: 'Only a failure comes to this', range: rangeOf(first) },
      { role: 'exit', message: 'This end does not', range: rangeOf(end.handler) },
    ],
  };
}

/** All that ends the acquisition, where nobody else has it. */
function releasesOf(acquisition: Acquisition, kinds: readonly ResourceKind[], engine: Engine): readonly ts.Node[] {
  const { form, result, kind } = acquisition;
  if (form.form === 'registration')
    return findRemovals(acquisition, engine)
      .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
      .map((removal) => removal.node);
  const [fate, ...others] = result ? fatesOf(result, engine.program) : [];
  if (fate?.kind !== 'stored' || others.length > 0) return [];
  // Also by a function of the file that is given it.
  const helped = endingsAt(fate.place.key, engine, kinds).filter(({ by }) => by === 'function');
  const sites = [
    ...new Set([...(engine.releasesOf(kind).byPlace.get(fate.place.key) ?? []), ...helped.map(({ site }) => site)]),
  ];
  const isReleased = (use: ts.Node): boolean => sites.some((site) => site === use.parent || site === use.parent.parent);
  const isKnown = engine.uses.reads(fate.place.key).every((use) => isReleased(wrapped(use)) || isTest(use));
  return isKnown ? sites : [];
}

/** `if (timer)`, `timer !== undefined &&` */
function isTest(use: ts.Expression): boolean {
  const up = wrapped(use).parent;
  return ts.isIfStatement(up) || ts.isPrefixUnaryExpression(up) || ts.isBinaryExpression(up);
}

/** The events on which the node runs; undefined where it may run by anything else. */
function occasionsOf(node: ts.Node, engine: Engine, depth = 0): readonly Handling[] | undefined {
  const fn = enclosingFunction(node);
  if (!fn || depth > 4) return undefined;
  const { calls, values } = engine.program.callees.usesOf(fn);
  const written = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? handlingOf(fn, fn, engine) : undefined;
  if (written) return [written];
  if (calls.length + values.length === 0 || isOfferedToOthers(fn, engine.program)) return undefined;
  const found: Handling[] = [];
  for (const value of values) {
    const handling = handlingOf(value, fn, engine);
    if (!handling) return undefined;
    found.push(handling);
  }
  for (const call of calls) {
    const further = occasionsOf(call, engine, depth + 1);
    if (!further) return undefined;
    found.push(...further);
  }
  return found;
}

/** `on.on('event', value)`, `on.onevent = value` */
function handlingOf(value: ts.Expression | FunctionNode, handler: FunctionNode, engine: Engine): Handling | undefined {
  const { places, scopes } = engine.program;
  const outer = ts.isExpression(value) ? wrapped(value) : value;
  const up = outer.parent;
  if (isAssignment(up) && up.right === outer) {
    const left = unwrap(up.left);
    const [, event] = ts.isPropertyAccessExpression(left) ? (/^on([a-z]+)$/.exec(left.name.text) ?? []) : [];
    const on = ts.isPropertyAccessExpression(left) ? places.of(unwrap(left.expression)) : undefined;
    return on && event !== undefined ? { on, event, handler } : undefined;
  }
  const callee = ts.isCallExpression(up) ? unwrap(up.expression) : undefined;
  if (!callee || !ts.isCallExpression(up) || !ts.isPropertyAccessExpression(callee) || up.arguments[0] === outer)
    return undefined;
  const event = listenMethods.has(callee.name.text) ? constantOf(up.arguments[0], scopes) : undefined;
  const on = places.of(unwrap(callee.expression));
  return on && typeof event === 'string' ? { on, event, handler } : undefined;
}

/** All handlers of an object in the file. */
function handlingsOn({ key }: Place, engine: Engine): readonly Handling[] {
  return engine.uses.reads(key).flatMap((use) => {
    const access = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(access)) return [];
    const up = access.parent;
    const value = isAssignment(up) ? up.right : ts.isCallExpression(up) ? up.arguments.at(-1) : undefined;
    const [handler] = value ? engine.program.callees.functionsOf(value) : [];
    const handling = value && handler && handlingOf(unwrap(value), handler, engine);
    return handling ? [handling] : [];
  });
}
