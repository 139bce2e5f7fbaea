/** The functions in which a resource is open from some point on, and the ways out of each that leave it open. */
import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import { enclosingFunction, ts, unwrap } from '../syntax/syntax';
import { isFirstStep, isOwnStep } from './firstSteps';
import type { Graph } from './graph';
import { findHandleUses } from './handleUses';
import { isActivation, isFailedOpening } from './opening';
import { explore, type OpenExit } from './paths';
import type { Likelihood, Throwing } from './throwing';
import type { Body, HandleUses } from './useFacts';
import { endsOfWhole } from './wholes';

/** One function in which the resource is open from some point on. */
export interface Stretch {
  readonly body: Body;
  readonly uses: HandleUses;
  /** Undefined when it is open from the start. */
  readonly acquire: ts.Node | undefined;
  readonly missing: readonly Declaration[];
  /** What makes it, where a step of its own opens it. */
  readonly unopened?: ts.Node;
}

interface Verdict {
  readonly exits: readonly OpenExit[];
  /** Some path releases it or hands it over. */
  readonly settled: readonly ts.Node[];
  readonly gaveUp: boolean;
}

/** Follows every path of a stretch, and of the callbacks that go on with the resource open. */
export function judgeStretch(
  stretch: Stretch,
  acquisition: Acquisition,
  engine: Engine,
  throwing: Throwing,
  graphOf: (body: Body) => Graph,
): Verdict {
  const { kind } = acquisition;
  const { body, uses, acquire, missing } = stretch;
  const likelihood = (node: ts.Node): Likelihood =>
    isActivation(node, kind, uses.holders, engine) || isFailedOpening(node, stretch.unopened, uses.holders, engine)
      ? 'never'
      : // Blamed only where nothing else leaves it open.
        isFirstStep(node, acquisition, uses, engine) || isOwnStep(node, acquisition, uses, engine)
        ? 'unlikely'
        : throwing.likelihood(node);
  const settles = uses.effects.get(body) ?? new Map<ts.Node, unknown>();
  const explored = explore(
    { graph: graphOf(body), acquire, settles, holders: uses.holders, missing, likelihood },
    engine.program,
  );
  const exits = [...explored.exits];
  const settled = [...explored.settledAt];
  let { gaveUp } = explored;
  // Callbacks of readers go on with the resource open.
  for (const fn of uses.continuations) {
    if (uses.effects.get(fn) === undefined) continue;
    const inner = explore(
      {
        graph: graphOf(fn),
        acquire: undefined,
        settles: uses.effects.get(fn) ?? new Map<ts.Node, unknown>(),
        holders: uses.holders,
        likelihood,
      },
      engine.program,
    );
    // What a callback throws goes to the runtime and ends the process.
    exits.push(...inner.exits.filter((exit) => exit.kind !== 'throw'));
    settled.push(...inner.settledAt);
    gaveUp ||= inner.gaveUp;
  }
  return { exits: isCallback(stretch) ? exits.filter((exit) => exit.kind !== 'throw') : exits, settled, gaveUp };
}

/** The function runs as a node callback: an exception in it ends the process, and no handle outlives that. */
function isCallback(stretch: Stretch): boolean {
  return stretch.acquire === undefined && stretch.missing.length > 0;
}

/** The stretches of an acquisition: its own function, or the callbacks that are given the resource. */
export function stretchesOf(acquisition: Acquisition, engine: Engine): readonly Stretch[] {
  const { kind, form, result, parameter } = acquisition;
  const { scopes, sourceFile } = engine.program;
  if (parameter) {
    const declaration = ts.isIdentifier(parameter.declaration.name)
      ? scopes.declarationOf(parameter.declaration)
      : undefined;
    if (!declaration) return [];
    // A callback is given an error or the resource; a handler of errors is given both.
    const isHandler = form.form === 'method-callback' && form.events !== undefined;
    const hasError =
      form.form === 'convention' ||
      ((form.form === 'callback' || form.form === 'method-callback') && form.parameter > 0 && !isHandler);
    const error = hasError ? parameter.callback.parameters[0] : undefined;
    const missing = error ? scopes.declarationOf(error) : undefined;
    return [
      {
        body: parameter.callback,
        uses: findHandleUses(
          {
            body: parameter.callback,
            kind,
            parameter: declaration,
            endedBy: endsOfWhole(acquisition, parameter.callback, engine),
          },
          engine,
        ),
        acquire: undefined,
        missing: missing ? [missing] : [],
      },
    ];
  }
  if (!result) return [];
  const body = enclosingFunction(result) ?? sourceFile;
  const isPromise =
    (form.form === 'call' || form.form === 'method') && form.promise === true && !ts.isAwaitExpression(result);
  const uses = findHandleUses({ body, kind, value: result, isPromise }, engine);
  const isOpen = isPromise || ts.isAwaitExpression(result) || ('promise' in form && form.promise === true);
  const own: Stretch = {
    body,
    uses,
    acquire: unwrap(result),
    missing: [],
    ...(isOpen ? {} : { unopened: acquisition.node }),
  };
  const fulfilled = uses.fulfilled.flatMap(({ fn, parameter: given }): readonly Stretch[] => {
    const declaration = ts.isIdentifier(given.name) ? scopes.declarationOf(given) : undefined;
    if (!declaration) return [];
    return [
      {
        body: fn,
        uses: findHandleUses({ body: fn, kind, parameter: declaration }, engine),
        acquire: undefined,
        missing: [],
      },
    ];
  });
  return fulfilled.length > 0 ? fulfilled : [own];
}
