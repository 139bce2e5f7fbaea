/** Ways out by an exception that weigh little: nobody has seen that they are taken, or all else is given up on them too. */
import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { isOfCommandLine } from '../files/fileRole';
import { nameOf } from '../ownership/lifetime/frequency/functionNames';
import { calledName, enclosingFunction, ts } from '../syntax/syntax';
import { mayRefuseByName } from '../words/calmCalls';
import { setsUpOwner } from '../words/starts';
import type { OpenExit } from './paths';
import type { Likelihood } from './throwing';
import type { Effect } from './useFacts';

/** Is it such a way? What is done all the time is neither a set-up nor a command. */
export function isMildExit(
  { kind: way, node: at }: OpenExit,
  likelihood: Likelihood,
  acquisition: Acquisition,
  effects: readonly (readonly [ts.Node, Effect])[],
  engine: Engine,
): boolean {
  if (way !== 'throw' || at === undefined) return false;
  const isCall = ts.isCallExpression(at) || ts.isNewExpression(at);
  // A function that is not seen to throw mostly does not, unless that is how it says no.
  if (isCall && likelihood === 'possible' && !mayRefuseByName(calledName(at))) return true;
  if (acquisition.kind.othersWait || engine.frequency.of(acquisition.node).level === 'hot') return false;
  return isOfCommandLine(engine.program) || isUsedForSetUp(acquisition, effects, engine);
}

/** What a set-up opens for itself alone: if it fails, its owner is given up, with more than this. */
function isUsedForSetUp(
  { node }: Acquisition,
  effects: readonly (readonly [ts.Node, Effect])[],
  { program }: Engine,
): boolean {
  const fn = enclosingFunction(node);
  return (
    fn !== undefined &&
    setsUpOwner(nameOf(fn, program.scopes)) &&
    program.members.ownerAt(fn) !== undefined &&
    effects.every(([, effect]) => effect === 'released')
  );
}
