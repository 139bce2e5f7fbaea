/** How long something that ends by itself goes on, as far as the code tells. */
import type { Acquisition } from '../../acquisitions';
import { constantOf } from '../../constants';
import type { Engine } from '../../engine';

/** Too short to matter: the callback has run before anyone notices. */
export function endsSoon({ kind, node }: Acquisition, aspect: 'race' | 'field' | 'mount', engine: Engine): boolean {
  const { delay, briefBelow } = kind.oneShot ?? {};
  if (delay === undefined || briefBelow === undefined) return false;
  const given = node.arguments?.[delay];
  if (!given) return true;
  const value = constantOf(given, engine.program.scopes);
  return typeof value === 'number' && value < briefBelow[aspect];
}

/** What ends by itself is a hint: it keeps little for a moment, and does not pile up. Only a delay that is known to be long is more. */
export function severityOf({ kind, node }: Acquisition, engine: Engine): 'medium' | 'low' {
  const { delay, longFrom } = kind.oneShot ?? {};
  const given = delay === undefined ? undefined : node.arguments?.[delay];
  const value = given && constantOf(given, engine.program.scopes);
  return typeof value === 'number' && longFrom !== undefined && value >= longFrom ? 'medium' : 'low';
}
