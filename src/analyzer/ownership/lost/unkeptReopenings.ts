/**
 * `const socket = connect(); … socket.onclose = () => setTimeout(connect, 1000); return () => socket.close();`: a function gives
 * what it opens, who begins keeps that and ends it, and a timer or an event has it opened again, for nobody.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { ResourceKind } from '../../resources/model';
import { gives, returnedBy } from '../../returned';
import {
  type CallLike,
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax';
import { endingsAt } from '../values/endings';
import { fatesOf } from '../values/fate';
import { timerCalls } from '../words/callbacks';
import { listenMethods } from '../words/listeners';

/** Findings for what is opened again and kept by nobody, where the first one is kept and ended. */
export function findUnkeptReopenings(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const draft = told.has(acquisition.node) ? undefined : judge(acquisition, engine, kinds, told);
    return draft ? [draft] : [];
  });
}

function judge(
  acquisition: Acquisition,
  engine: Engine,
  kinds: readonly ResourceKind[],
  told: ReadonlySet<ts.Node>,
): Draft | undefined {
  const { kind, result, node } = acquisition;
  if (!result || kind.oneShot || kind.endsByItself || acquisition.assumed || kind.heldBy !== 'runtime')
    return undefined;
  const fn = enclosingFunction(node);
  const returned = fn ? returnedBy(fn) : [];
  if (!fn || returned.length === 0 || !returned.every((value) => gives(value, result, engine))) return undefined;
  const { calls, values } = engine.program.callees.usesOf(fn);
  const kept = calls.flatMap((call) => keptEnd(call, engine, kinds) ?? [])[0];
  // What the module keeps goes with the page or the process.
  if (!kept || !enclosingFunction(kept.call)) return undefined;
  // `socket.onopen = () => { if (over) socket.close(); }`: each one ends itself.
  const names = fatesOf(result, engine.program).flatMap((fate) => (fate.kind === 'stored' ? [fate.place.key] : []));
  if (names.some((key) => endingsAt(key, engine, kinds).some(({ site }) => isWithin(site, fn)))) return undefined;
  const again = [...calls.filter((call) => isDropped(call, engine)), ...values.filter(isRunForNobody)].find((use) =>
    isRunLater(use, kept.call, fn),
  );
  if (!again || told.has(again)) return undefined;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'overwritten-before-release',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} that is opened again on line ${lineOf(again)} is kept by nobody: line ${lineOf(kept.end)} only ends the first one, so that the later ones are never ${participle}.`,
    advice: `Keep the latest one where the first one is kept, and have that ${participle}.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is opened here`, range: rangeOf(node) },
      { role: 'held', message: 'The first one is kept here', range: rangeOf(kept.call) },
      { role: 'exit', message: 'A later one is dropped here', range: rangeOf(again) },
      { role: 'release', message: 'Only the first one is ended here', range: rangeOf(kept.end) },
    ],
  };
}

/** The call whose result is all that a variable or a field is ever given, with what ends that. */
function keptEnd(
  call: CallLike,
  engine: Engine,
  kinds: readonly ResourceKind[],
): { readonly call: CallLike; readonly end: ts.Node } | undefined {
  for (const fate of fatesOf(call as ts.Expression, engine.program)) {
    if (fate.kind !== 'stored') continue;
    const { root, path, key } = fate.place;
    const isKept =
      root.kind === 'declaration'
        ? path.length === 0 && root.declaration.writes.length === 0
        : root.kind === 'owner' && path.length === 1 && engine.uses.writes(key).length === 1;
    if (!isKept) continue;
    const [end] = endingsAt(fate.place.key, engine, kinds);
    if (end) return { call, end: end.site };
  }
  return undefined;
}

/** `connect();`, `setTimeout(() => connect(), 100)` */
function isDropped(call: CallLike, { program }: Engine): boolean {
  return fatesOf(call as ts.Expression, program).every(({ kind }) => kind === 'dropped');
}

/** `setTimeout(connect, 100)`, `source.on('lost', connect)`, `source.onlost = connect` */
function isRunForNobody(value: ts.Expression): boolean {
  const outer = wrapped(value);
  const up = outer.parent;
  if (isAssignment(up) && up.right === outer) return /\.on[a-z]+$/.test(unwrap(up.left).getText());
  return (
    ts.isCallExpression(up) &&
    up.expression !== outer &&
    (timerCalls.has(calledName(up)) || listenMethods.has(calledName(up)))
  );
}

/** In a function within the one that keeps the first, or in the opening one: after the first is there. */
function isRunLater(use: ts.Node, first: ts.Node, fn: FunctionNode): boolean {
  const keeper = enclosingFunction(first);
  return isWithin(use, fn) || (keeper !== undefined && isWithin(use, keeper) && enclosingFunction(use) !== keeper);
}
