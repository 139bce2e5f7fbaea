/**
 * Handles that live in local variables: each acquisition must be released or handed over on every way out of the
 * function, the one where a call throws or an `await` rejects included.
 */

import { type Acquisition, activatorsOf } from '../acquiring/acquisitions';
import { isOff } from '../acquiring/options';
import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { fatesOf } from '../ownership/values/fate';
import { isUnreferenced } from '../ownership/values/unreferenced';
import type { Declaration } from '../program/scopes';
import { isInCatch } from '../program/tryStatements';
import type { AcquireForm } from '../resources/acquireForms';
import type { Steps } from '../steps';
import { visitNodes } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { isFunctionNode, ts, unwrap } from '../syntax/syntax';
import { judgeAfterRelease } from './afterRelease';
import { isClosedByItself } from './closedHere';
import { isAfterEnd } from './endFlags';
import { isFinished, likelihoodOf, rank } from './exitLikelihood';
import { describeMissed, describeNever, type Holding } from './explain';
import { isFirstStep, isOwnStep } from './firstSteps';
import { opensTheSame } from './fixedSources';
import { buildGraph, type Graph } from './graph';
import { usesThis } from './implicitNames';
import { isGivenToLaunched, weightOfLaunched } from './launched';
import { isMildExit } from './mildExits';
import { dependsOnOtherCondition, isOfAnother } from './otherConditions';
import { failsItself } from './ownErrors';
import type { OpenExit } from './paths';
import { skippedByRejection } from './promiseChains';
import { isReleasedByReceiver } from './receiverReleases';
import { judgeStretch, type Stretch, stretchesOf } from './stretches';
import { createThrowing, type Likelihood, type Throwing } from './throwing';
import type { Body, Effect } from './useFacts';

/**
 * Judges the acquisitions of path-sensitive kinds whose resource stays in a local variable, or is dropped.
 * @returns findings in order of position; fields and module variables are judged elsewhere (`ownership/values/held`)
 */
export function* findLocalHandleLeaks(engine: Engine, acquisitions: readonly Acquisition[]): Steps<readonly Draft[]> {
  const relevant = acquisitions.filter(({ kind }) => kind.pathSensitive || kind.endedHere);
  if (relevant.length === 0) return [];
  const throwing = createThrowing(engine);
  const graphs = new Map<Body, Graph>();
  const graphOf = (body: Body): Graph => {
    let graph = graphs.get(body);
    if (!graph) {
      graph = buildGraph(body, throwing);
      graphs.set(body, graph);
    }
    return graph;
  };
  const drafts: Draft[] = [];
  for (const acquisition of relevant) {
    yield;
    if (isPartOfWhole(acquisition, acquisitions, engine)) continue;
    const draft = judgeLocal(acquisition, engine, throwing, graphOf);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

/** A page of a browser that is opened here, a channel of a connection that is: it ends with the whole. */
function isPartOfWhole(acquisition: Acquisition, all: readonly Acquisition[], engine: Engine): boolean {
  const receiver = acquisition.receiver && unwrap(acquisition.receiver);
  if (acquisition.kind.givenForGood || !receiver || !ts.isIdentifier(receiver)) return false;
  const declaration = engine.program.scopes.resolve(receiver);
  if (!declaration?.scope.func) return false;
  const given = [declaration.initializer, ...declaration.writes.map(({ value }) => value)];
  return given.some((value) => {
    const initial = value && unwrap(value);
    if (!initial) return false;
    const call = ts.isAwaitExpression(initial) ? unwrap(initial.expression) : initial;
    return ts.isNewExpression(call) || all.some((other) => other !== acquisition && other.node === call);
  });
}

function judgeLocal(
  acquisition: Acquisition,
  engine: Engine,
  throwing: Throwing,
  graphOf: (body: Body) => Graph,
): Draft | undefined {
  const { kind, node, form } = acquisition;
  if (form.form === 'call' && form.endsByItself) return undefined;
  // `connect(url, function () { this.destroy(); })`
  const mayEndThis = (given: ts.Node): boolean =>
    isFunctionNode(given) && !ts.isArrowFunction(given) && usesThis(given);
  if (form.form === 'call' && node.arguments?.some(mayEndThis)) return undefined;
  // What a handler is given comes with each event.
  const given = acquisition.kind.givenForGood ? acquisition.parameter?.callback : undefined;
  const frequency = given ? engine.frequency.ofFunction(given) : engine.frequency.of(node);
  if (frequency.level === 'once') return undefined;
  const stretches = stretchesOf(acquisition, engine);
  if (stretches.length === 0) return undefined;
  const [first] = stretches;
  if (!first) return undefined;
  const activatedBy = activatorsOf(form);
  if (activatedBy && !stretches.some(({ uses }) => activatedBy.some((method) => uses.called.has(method))))
    return undefined;
  const holder = [...stretches.flatMap(({ uses }) => [...uses.holders])][0];
  // What only an inner function does that no path comes to (a handler of the handle's own errors) is no release.
  const effects = stretches.flatMap(({ body, uses }) =>
    [body, ...uses.continuations].flatMap((each) => [...(uses.effects.get(each) ?? [])]),
  );
  if (kind.endedHere && !isEndedHere(effects, first)) return undefined;
  // `timer.unref();`: meant to run beside all else.
  if (kind.endedHere && holder?.references.some((use) => isUnreferenced(use, undefined, engine))) return undefined;
  const isReleased = effects.some(([, effect]) => effect === 'released');
  const after =
    isReleased && kind.afterRelease
      ? judgeAfterRelease(acquisition, first.body, first.uses, graphOf(first.body), throwing)
      : undefined;
  if (after || isForOthers(acquisition, stretches, effects, holder, engine)) return after;
  const verdicts = stretches.map((stretch) => judgeStretch(stretch, acquisition, engine, throwing, graphOf));
  if (verdicts.some((verdict) => verdict.gaveUp)) return undefined;
  const all = stretches.map(({ uses }) => uses);
  const open = verdicts.flatMap((verdict) => verdict.exits).filter((exit) => !isAfterEnd(exit, kind, all, engine));
  const mayFail = (call: ts.CallExpression): boolean => rank[throwing.rejection(call)] >= rank.possible;
  const skipping = kind.exits === 'never' ? undefined : skippedByRejection(first.body, first.uses, mayFail, engine);
  if (skipping && stretches.length === 1) open.push({ kind: 'reject', node: skipping, conditions: [] });
  if (open.length === 0) return undefined;
  const holding: Holding = { acquisition, holder, frequency };
  if (
    form.form === 'convention' &&
    !isClosedByItself(
      effects,
      verdicts.flatMap(({ settled }) => settled),
      acquisition,
      engine,
    )
  )
    return undefined;
  if (effects.length === 0) {
    if (kind.finishedBy && open.every((exit) => exit.kind === 'throw' || isFinished(exit, kind, engine)))
      return undefined;
    // A file that ends the process is a program: what it starts to listen to or watch is meant to last as long.
    const draft = describeNever(holding, open, kind.exits === 'never' && isProgram(engine, throwing));
    const isUnseen = frequency.level === 'mount' && engine.frequency.isShownByNobody();
    // One that a program has once, dropped, and that each call would open for the same thing, is mostly opened once.
    const isSame =
      holder === undefined && kind.exits === 'never' && frequency.level !== 'hot' && opensTheSame(acquisition, engine);
    const isLaunched = holder !== undefined && isGivenToLaunched(holder, kind, engine);
    const isBeside = kind.besideWithout !== undefined && isOff(kind.besideWithout, node, engine.program);
    const isHot = frequency.level === 'hot';
    const isLow = isUnseen || isSame || (isBeside && !isHot);
    const weight = isLow ? 'low' : isLaunched && !isHot ? weightOfLaunched(node, engine) : undefined;
    return withOpen(draft && (weight ? { ...draft, severity: weight } : draft), holding, []);
  }
  // Where it may also be the caller's, a path that meets another condition than the release says nothing.
  const isConditional = acquisition.shared === true || stretches.some(({ uses }) => uses.conditional);
  const releases = effects.filter(([, effect]) => effect === 'released').map(([at]) => at);
  const settlers = effects.map(([at]) => at);
  // What hardly ever fails does where it is done all the time.
  const isFirst = ({ kind: way, node: at }: OpenExit): boolean =>
    frequency.level !== 'hot' &&
    at !== undefined &&
    stretches.some(
      ({ uses }) =>
        isFirstStep(at, acquisition, uses, engine) || (way === 'throw' && isOwnStep(at, acquisition, uses, engine)),
    );
  interface Ranked {
    readonly exit: OpenExit;
    readonly likelihood: Likelihood;
  }
  const isMild = ({ exit, likelihood }: Ranked): boolean =>
    isFirst(exit) || isMildExit(exit, likelihood, acquisition, effects, engine);
  const weightOf = (one: Ranked): number =>
    isMild(one) ? Math.min(rank[one.likelihood], rank.unlikely + 0.5) : rank[one.likelihood];
  const ranked = open
    .filter((exit) => !isOfAnother(exit, settlers, holder, engine))
    .map((exit) => ({
      exit,
      likelihood: likelihoodOf(
        exit,
        kind,
        throwing,
        effects.map(([at]) => at),
        holder,
        engine,
        form.form === 'convention' && form.endedAs !== undefined,
        first.unopened,
      ),
    }))
    .sort((a, b) => weightOf(b) - weightOf(a) || (a.exit.node?.pos ?? 0) - (b.exit.node?.pos ?? 0));
  const isOurs = ({ exit, likelihood }: (typeof ranked)[number]): boolean =>
    likelihood === 'likely' &&
    !dependsOnOtherCondition(
      exit,
      effects.map(([at]) => at),
      holder,
      engine,
    );
  const [worst] = isConditional ? ranked.filter(isOurs) : ranked;
  if ((kind.exits === 'certain' || kind.exits === 'likely') && worst?.likelihood !== 'likely') return undefined;
  if (!worst || worst.likelihood === 'never') return undefined;
  const draft = describeMissed(holding, worst.exit, worst.likelihood, releases);
  const isOwnFailure =
    kind.collected === true && holder !== undefined && ranked.every(({ exit }) => failsItself(exit, holder, engine));
  return withOpen(
    {
      ...draft,
      ...(isOwnFailure || isMild(worst) ? { severity: 'low' } : {}),
      ...(acquisition.assumed && draft.confidence === 'high' ? { confidence: 'medium' } : {}),
    },
    holding,
    effects,
  );
}

/** Does the function itself end it, by a statement of its own, and nobody else get it or end it some other time? */
function isEndedHere(effects: readonly (readonly [ts.Node, Effect])[], { body, uses }: Stretch): boolean {
  return (
    [...uses.effects.keys()].every((home) => home === body) &&
    effects.every(([, effect]) => effect === 'released') &&
    effects.some(([at]) => !isInCatch(at))
  );
}

/**
 * Is it told by the uses of the handle alone that nothing is to be said here, or by other judges? Most are, and their paths need
 * not be followed.
 */
function isForOthers(
  acquisition: Acquisition,
  stretches: readonly Stretch[],
  effects: readonly (readonly [ts.Node, Effect])[],
  holder: Declaration | undefined,
  engine: Engine,
): boolean {
  const { kind, form } = acquisition;
  // Of a receiver that is not known, only a release that the code itself writes tells what the result is.
  if (
    acquisition.assumed &&
    !kind.givenForGood &&
    !effects.some(([, effect]) => effect === 'released') &&
    !(
      form.form !== 'convention' &&
      holder === undefined &&
      (acquisition.shared ? isUsedAtOnce(acquisition, engine) : isUsedAndDropped(stretches)) &&
      releasesAnother(acquisition, engine)
    )
  )
    return true;
  // Not even if each of the ends is come to.
  const ends = effects.map(([at]) => at);
  if (form.form === 'convention' && !isClosedByItself(effects, ends, acquisition, engine)) return true;
  // A way out only tells of a leak when the function has another way on which it settles the matter.
  if (effects.length > 0) return kind.exits === 'never';
  // Whether anybody ends it at all is asked elsewhere.
  if (kind.mayLast || isReleasedByReceiver(acquisition, engine)) return true;
  if (holder === undefined && (kind.mayBeDropped || isMeantToBeDropped(form, engine))) return true;
  // `given ? open() : standardOutput`: one of two, and which one is for the caller to know.
  if (stretches.some(({ uses }) => uses.conditional)) return true;
  // Kept in a variable it is asked later whose it is; used at once and dropped, nobody can release it.
  return acquisition.shared === true && !(holder === undefined && isUsedAtOnce(acquisition, engine));
}

function withOpen(
  draft: Draft | undefined,
  { acquisition, holder, frequency }: Holding,
  effects: readonly (readonly [ts.Node, Effect])[],
): Draft | undefined {
  return (
    draft && {
      ...draft,
      open: {
        acquisition,
        level: frequency.level,
        local: {
          holder,
          releases: effects.flatMap(([at, effect]) => (effect === 'released' ? [at] : [])),
          isHandedOver: effects.some(([, effect]) => effect !== 'released'),
        },
      },
    }
  );
}

/** `pool.take().query(sql)`: worked with at once, and nobody has it any more. */
function isUsedAndDropped(stretches: readonly Stretch[]): boolean {
  return stretches.length === 1 && stretches.every(({ uses }) => uses.called.size > 0);
}

/** Does the file release what another call of the same method gave: so that this one needs it too? */
function releasesAnother({ kind, node, shared }: Acquisition, engine: Engine): boolean {
  const { sites } = engine.releasesOf(kind);
  if (shared) return sites.length > 0;
  const method = methodOf(node);
  return sites.some((site) => {
    const target = ts.isPropertyAccessExpression(site) ? unwrap(site.expression) : undefined;
    const variable = target && ts.isIdentifier(target) ? engine.program.scopes.resolve(target) : undefined;
    const initial = variable?.initializer && unwrap(variable.initializer);
    const call = initial && ts.isAwaitExpression(initial) ? unwrap(initial.expression) : initial;
    return call !== undefined && ts.isCallExpression(call) && methodOf(call) === method;
  });
}

function methodOf({ expression }: { readonly expression: ts.Expression }): string | undefined {
  const callee = unwrap(expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** `this.runner(given).manager.find(…)` */
function isUsedAtOnce({ result }: Acquisition, engine: Engine): boolean {
  return result !== undefined && fatesOf(result, engine.program).every(({ kind }) => kind === 'used');
}

function isProgram(engine: Engine, throwing: Throwing): boolean {
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (node) => {
    if (ts.isCallExpression(node) && throwing.neverReturns(node)) found = true;
    return !found;
  });
  return found;
}

/** A result that is dropped: it lasts, or is given back by what it is called. */
function isMeantToBeDropped(form: AcquireForm, { program }: Engine): boolean {
  if (form.form !== 'call') return false;
  return form.mayBeDropped === true || (form.givenBackBy !== undefined && program.text.includes(form.givenBackBy));
}
