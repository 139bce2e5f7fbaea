/**
 * How bad a removal is that cannot remove its handler. Where the owner lives as long as what the handler is on, it never
 * matters; so the worst is said only where the code shows that the handler is added again, or that owners come and go.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Severity } from '../../findings/findings';
import { isBindCall } from '../../program/bound';
import { callsNamed } from '../../program/callNames';
import { enclosingFunction, ts, unwrap } from '../../syntax/syntax';
import { listenMethods } from '../../words/listeners';
import { cap } from '../assess';
import type { Frequency } from '../lifetime/frequency/frequency';
import type { Lifetime } from '../lifetime/lifetime';

/** By how often the handler is added, and by how long its receiver lives. */
export function severityOfVain(
  { node, receiver }: Acquisition,
  { level }: Lifetime,
  frequency: Frequency,
  base: Severity,
  engine: Engine,
): Severity {
  if (frequency.level === 'mount' && engine.frequency.isShownByNobody()) return 'low';
  if (level === 'process' || level === 'module') return cap(repeats(frequency, node, engine) ? 'high' : 'medium', base);
  // What the instance has from where nobody sees mostly ends with it.
  if (level === 'unknown' && receiver && engine.program.places.of(receiver)?.root.kind === 'owner') return 'low';
  // What is given may end with the one who listens.
  return level === 'injected' || level === 'caller' || level === 'unknown' ? cap('medium', base) : 'low';
}

/** At each event, for each component that comes and goes, for each of many instances; not where makers or callers are unknown. */
function repeats({ level, isRare = false }: Frequency, node: ts.Node, engine: Engine): boolean {
  if (level === 'hot' || level === 'mount') return !isRare;
  const owner = engine.program.members.ownerAt(node);
  if (level === 'instance') return owner !== undefined && engine.frequency.instancesOf(owner) === 'many';
  const fn = enclosingFunction(node);
  const own = fn && owner && [...owner.members.values()].find(({ functions }) => functions.includes(fn));
  return own !== undefined && isBoundToEvent(own.name, engine);
}

/** `window.addEventListener('keydown', this.onKeyDown.bind(this))` of the method: it runs at each event. */
function isBoundToEvent(name: string, { program }: Engine): boolean {
  return callsNamed(program, listenMethods).some((call) =>
    call.arguments.some((argument) => {
      const bound = unwrap(argument);
      if (!ts.isCallExpression(bound) || !isBindCall(bound)) return false;
      const method = ts.isPropertyAccessExpression(bound.expression) ? unwrap(bound.expression.expression) : undefined;
      return (
        method !== undefined &&
        ts.isPropertyAccessExpression(method) &&
        method.expression.kind === ts.SyntaxKind.ThisKeyword &&
        method.name.text === name
      );
    }),
  );
}
