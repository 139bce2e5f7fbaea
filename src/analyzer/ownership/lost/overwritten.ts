/**
 * A field or variable that is given a new resource while it may hold the last one: the teardown releases the latest,
 * the ones before run on. Judged where code that repeats assigns it and no way to there looks at it or releases it.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Owner } from '../../program/members';
import { textOf } from '../../program/places';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  isWithinAny,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { changes } from '../../words/renewals';
import { endsForGood } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { fatesOf } from '../values/fate';
import { statementsBefore, touchesNow } from './sequence';

/** The finding for a resource that the next one replaces unreleased; undefined when it is released first, or nothing is certain. */
export function judgeOverwritten(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!kind.replaceable || !result) return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.place.root.kind !== 'owner' || stored.place.path.length !== 1 || !isAssignment(stored.node))
    return undefined;
  const { place } = stored;
  const { owner } = stored.place.root;
  const fn = enclosingFunction(node);
  if (!fn || fn === owner.construct) return undefined;
  const frequency = engine.frequency.of(node);
  const name = nameOf(fn, owner);
  if (frequency.level !== 'hot' && !(frequency.level === 'call' && changes(name))) return undefined;
  const sites = [...(engine.releasesOf(kind).byPlace.get(place.key) ?? [])];
  // A release in anything but the teardown may come before: another handler, a pause, the callback itself.
  const teardown = teardownOf(owner, sites);
  if (!teardown) return undefined;
  const before = new Set<FunctionNode>(engine.program.callees.reachedFrom(fn));
  for (const call of engine.program.callees.usesOf(fn).calls) {
    const caller = enclosingFunction(call);
    if (caller) for (const one of engine.program.callees.reachedFrom(caller)) before.add(one);
  }
  if (sites.some((site) => isWithinAny(site, before))) return undefined;
  // `if (this.timer) return;`: whoever looks at it first knows what it holds.
  if (engine.uses.reads(place.key).some((use) => isWithinAny(use, before))) return undefined;
  if (frequency.level === 'hot' && isEndedByCallers(fn, sites, engine)) return undefined;
  const held = `\`${textOf(place)}\``;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'overwritten-before-release',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is replaced without being ${participle}: this runs ${frequency.why}, and \`${teardown.name}\` (line ${lineOf(teardown.node)}) ends only the last one.`,
    advice: `Have the last one ${participle} before ${held} is assigned again.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}, over the one before`, range: rangeOf(stored.node) },
      frequencyStep(frequency, node),
      { role: 'release', message: 'Only the last one is ended here', range: rangeOf(sites[0] ?? teardown.node) },
    ],
  };
}

/**
 * `this.destroy(); await this.connect();`: on each way of this file to the function a statement right before ends the one that is
 * there. That it runs more than once, only these ways tell.
 */
function isEndedByCallers(fn: FunctionNode, sites: readonly ts.Node[], engine: Engine, depth = 0): boolean {
  const { calls, values } = engine.program.callees.usesOf(fn);
  return (
    depth < 4 &&
    calls.length > 0 &&
    values.length === 0 &&
    calls.every((call) => {
      const caller = enclosingFunction(call);
      if (!caller) return false;
      return (
        statementsBefore(call, caller).some(
          (statement) => isPlainCall(statement) && touchesNow(statement, sites, engine),
        ) || isEndedByCallers(caller, sites, engine, depth + 1)
      );
    })
  );
}

/** `stop();`, `await this.stop();`: nothing decides whether it runs. */
function isPlainCall(statement: ts.Statement): boolean {
  const value = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  return value !== undefined && ts.isCallExpression(ts.isAwaitExpression(value) ? unwrap(value.expression) : value);
}

/** The whole teardown that all releases stand in. */
function teardownOf(
  owner: Owner,
  sites: readonly ts.Node[],
): { readonly name: string; readonly node: FunctionNode } | undefined {
  if (sites.length === 0) return undefined;
  for (const member of owner.members.values()) {
    if (!endsForGood(member.name)) continue;
    for (const node of member.functions)
      if (sites.every((site) => isWithin(site, node))) return { name: member.name, node };
  }
  return undefined;
}

function nameOf(fn: FunctionNode, owner: Owner): string {
  for (const member of owner.members.values()) if (member.functions.includes(fn)) return member.name;
  const up = wrapped(fn as ts.Expression).parent;
  return ts.isVariableDeclaration(up) ? up.name.getText() : '';
}
