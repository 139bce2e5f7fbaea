/**
 * `let timer; area.addEventListener('leave', () => { timer = setTimeout(hide, delay); }); return () => area.remove…`: a function
 * gives its clean-up, handlers of it arm and clear a timer, and the clean-up leaves the last one armed.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { enclosingFunction, type FunctionNode, isWithin, lineOf, rangeOf } from '../../syntax/syntax';
import { endsWork } from '../../words/releases';
import { isStrictTeardown } from '../../words/teardowns';
import { nameOf } from '../lifetime/frequency/functionNames';
import { endsOthers } from '../registrations/bindings';
import { fatesOf } from '../values/fate';
import { beginningsOf } from './late';

/** The finding for a timer of handlers that the clean-up around them does not clear; undefined when it does, or unsure. */
export function judgeCleanUpTimer(
  acquisition: Acquisition,
  kind: string | undefined,
  callback: FunctionNode,
  engine: Engine,
): Draft | undefined {
  const { node, result } = acquisition;
  const { noun } = acquisition.kind;
  const [fate, ...others] = result ? fatesOf(result, engine.program) : [];
  if (!kind || fate?.kind !== 'stored' || others.length > 0) return undefined;
  const { root, path } = fate.place;
  if (root.kind !== 'declaration' || path.length > 0) return undefined;
  const around = root.declaration.scope.func;
  const beginning = beginningsOf(engine).find(({ fn }) => fn === around);
  if (!beginning || engine.frequency.ofFunction(beginning.fn).level === 'once') return undefined;
  const { fn, ends } = beginning;
  // `{ send, disconnect }` is a service, which may go on.
  if (!ends.every((end) => isNothingElse(end, engine))) return undefined;
  const { reachedFrom } = engine.program.callees;
  const run = ends.flatMap((end) => [...reachedFrom(end)]);
  // Armed by the clean-up itself, or by the beginning: whoever handed it on means it to run.
  if (run.some((one) => isWithin(node, one)) || enclosingFunction(node) === fn) return undefined;
  const reads = engine.uses.reads(fate.place.key);
  const clears = engine.releasesOf(acquisition.kind).byPlace.get(fate.place.key);
  const cleared = clears?.find((site) => !isWithin(site, callback) && isWithin(site, fn));
  if (!cleared || reads.some((use) => !isWithin(use, fn) || run.some((one) => isWithin(use, one)))) return undefined;
  // What ends nothing is no clean-up, and what is written by it says that it is over.
  if (!ends.every((end) => endsOthers(end, engine))) return undefined;
  if (engine.uses.writes(fate.place.key).some((write) => run.some((one) => isWithin(write, one)))) return undefined;
  const [end] = ends;
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    severity: 'low',
    confidence: 'medium',
    message: `The ${noun} in \`${root.declaration.name}\` is still armed when the clean-up on line ${lineOf(end ?? fn)} has run: line ${lineOf(cleared)} clears it, the clean-up does not.`,
    advice: 'Clear it in the clean-up too.',
    node,
    trail: [
      { role: 'acquired', message: `The ${noun} is armed here`, range: rangeOf(node) },
      { role: 'release', message: 'Cleared on this occasion', range: rangeOf(cleared) },
      { role: 'forgotten', message: 'The clean-up leaves it', range: rangeOf(end ?? fn) },
    ],
  };
}

/** A function without a name, or with that of an end for good. */
function isNothingElse(end: FunctionNode, engine: Engine): boolean {
  const name = nameOf(end, engine.program.scopes);
  return name === '' || isStrictTeardown(name) || endsWork(name);
}
