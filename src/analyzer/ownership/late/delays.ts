/** How long something that ends by itself goes on, as far as the code tells. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { constantOf } from '../../program/constants';
import type { OneShot } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { type FunctionNode, ts, unwrap } from '../../syntax/syntax';
import { timerCalls } from '../../words/callbacks';
import { listenMethods } from '../../words/listeners';
import { beginsSubscription } from '../../words/starts';
import { usesEnded } from './usesEnded';

/** Too short to matter: the callback has run before anyone notices. */
export function endsSoon(
  { kind, node }: Acquisition,
  aspect: keyof NonNullable<OneShot['briefBelow']>,
  engine: Engine,
): boolean {
  const { delay, briefBelow } = kind.oneShot ?? {};
  if (delay === undefined || briefBelow === undefined) return false;
  const given = node.arguments?.[delay];
  if (!given) return true;
  const value = constantOf(given, engine.program.scopes);
  return typeof value === 'number' && value < briefBelow[aspect];
}

/** How a timer weighs that fires after the end of its owner. */
export interface Weight {
  readonly severity: 'medium' | 'low';
  readonly confidence: 'medium' | 'low';
}

/**
 * What ends by itself keeps little for a moment, and does not pile up. It is more where its callback begins what then stays;
 * where it is known to end soon, begins nothing, and touches nothing that its owner has ended, nobody will notice.
 */
export function weightOf(acquisition: Acquisition, callback: FunctionNode | undefined, engine: Engine): Weight {
  const { kind, node } = acquisition;
  const { delay, longFrom } = kind.oneShot ?? {};
  const given = delay === undefined ? undefined : node.arguments?.[delay];
  const value = given && constantOf(given, engine.program.scopes);
  const isLong = typeof value === 'number' && longFrom !== undefined && value >= longFrom;
  const owner = engine.program.members.ownerAt(node);
  const begins = callback !== undefined && beginsAnew(callback, engine);
  const matters = begins || (callback !== undefined && owner !== undefined && usesEnded(callback, owner, engine));
  return {
    severity: isLong && begins ? 'medium' : 'low',
    confidence: typeof value === 'number' && !isLong && !matters ? 'low' : 'medium',
  };
}

/**
 * How much one weighs whose handle is dropped, whoever judges it; undefined where it has fired before anyone notices, and begins
 * nothing that stays.
 */
export function weightOfDropped(acquisition: Acquisition, callback: FunctionNode, engine: Engine): Weight | undefined {
  if (endsSoon(acquisition, 'field', engine)) return undefined;
  if (endsSoon(acquisition, 'dropped', engine) && !beginsAnew(callback, engine)) return undefined;
  return weightOf(acquisition, callback, engine);
}

/** A subscription, a handler, another timer. */
function beginsAnew(callback: FunctionNode, engine: Engine): boolean {
  return [...engine.program.callees.reachedFrom(callback)].some((fn) =>
    nodesIn(fn, calls).some((call) => {
      const callee = unwrap(call.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      return listenMethods.has(name) || beginsSubscription(name) || timerCalls.has(name);
    }),
  );
}
