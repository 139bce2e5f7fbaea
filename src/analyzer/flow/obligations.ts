/**
 * Handles that live in local variables: each acquisition must be released or handed over on every way out of the
 * function, the one where a call throws or an `await` rejects included.
 */
import { type Acquisition, activatorsOf } from '../acquisitions';
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { visitNodes } from '../nodeIndex';
import { fatesOf } from '../ownership/values/fate';
import { opensIt } from '../ownership/words/starts';
import type { ResourceKind } from '../resources/model';
import type { Declaration } from '../scopes';
import { calls } from '../selections';
import type { Steps } from '../steps';
import { enclosingFunction, isFunctionNode, isWithin, propertyNameText, ts, unwrap, walk } from '../syntax';
import { judgeAfterRelease } from './afterRelease';
import { isClosedByItself } from './closedHere';
import { isMissingValue, readCondition } from './conditions';
import { describeMissed, describeNever, type Holding } from './explain';
import { buildGraph, type Graph } from './graph';
import { type Body, type Effect, findHandleUses, type HandleUses, usesThis } from './handleUses';
import { failsItself, isCallOf, rejectsByOwnEnd } from './ownErrors';
import { explore, type OpenExit } from './paths';
import { skippedByRejection } from './promiseChains';
import { isReleasedByReceiver } from './receiverReleases';
import { createThrowing, type Likelihood, type Throwing } from './throwing';
import { endsOfWhole } from './wholes';

/** One function in which the resource is open from some point on. */
interface Stretch {
  readonly body: Body;
  readonly uses: HandleUses;
  /** Undefined when it is open from the start. */
  readonly acquire: ts.Node | undefined;
  readonly missing: readonly Declaration[];
}

interface Verdict {
  readonly exits: readonly OpenExit[];
  /** Some path releases it or hands it over. */
  readonly settled: readonly ts.Node[];
  readonly gaveUp: boolean;
}

/**
 * Judges the acquisitions of path-sensitive kinds whose resource stays in a local variable, or is dropped.
 * @returns findings in order of position; fields and module variables are judged elsewhere (`ownership/values/held`)
 */
export function* findLocalHandleLeaks(engine: Engine, acquisitions: readonly Acquisition[]): Steps<readonly Draft[]> {
  const relevant = acquisitions.filter(({ kind }) => kind.pathSensitive);
  if (relevant.length === 0) return [];
  const throwing = createThrowing(engine.program);
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
  const after = judgeAfterRelease(acquisition, first.body, first.uses, graphOf(first.body), throwing);
  if (after) return after;
  const verdicts = stretches.map((stretch) => judgeStretch(stretch, kind, engine, throwing, graphOf));
  if (verdicts.some((verdict) => verdict.gaveUp)) return undefined;
  const open = verdicts.flatMap((verdict) => verdict.exits);
  const skipping = kind.exits === 'never' ? undefined : skippedByRejection(first.body, first.uses, engine);
  if (skipping && stretches.length === 1) open.push({ kind: 'reject', node: skipping, conditions: [] });
  if (open.length === 0) return undefined;
  const holder = [...stretches.flatMap(({ uses }) => [...uses.holders])][0];
  // What only an inner function does that no path comes to (a handler of the handle's own errors) is no release.
  const effects = stretches.flatMap(({ body, uses }) =>
    [body, ...uses.continuations].flatMap((each) => [...(uses.effects.get(each) ?? [])]),
  );
  const holding: Holding = { acquisition, holder, frequency };
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
    return undefined;
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
    // Whether anybody ends it at all is asked elsewhere.
    if (kind.mayLast || isReleasedByReceiver(acquisition, engine)) return undefined;
    if (holder === undefined && (kind.mayBeDropped || (form.form === 'call' && form.mayBeDropped))) return undefined;
    // `given ? open() : standardOutput`: one of two, and which one is for the caller to know.
    if (stretches.some(({ uses }) => uses.conditional)) return undefined;
    // Kept in a variable it is asked later whose it is; used at once and dropped, nobody can release it.
    if (acquisition.shared && !(holder === undefined && isUsedAtOnce(acquisition, engine))) return undefined;
    if (kind.finishedBy && open.every((exit) => exit.kind === 'throw' || isFinished(exit, kind, engine)))
      return undefined;
    // A file that ends the process is a program: what it starts to listen to or watch is meant to last as long.
    const draft = describeNever(holding, open, kind.exits === 'never' && isProgram(engine, throwing));
    const isUnseen = frequency.level === 'mount' && engine.frequency.isShownByNobody();
    return withOpen(draft && (isUnseen ? { ...draft, severity: 'low' } : draft), holding, []);
  }
  // A way out only tells of a leak when the function has another way on which it settles the matter.
  if (kind.exits === 'never') return undefined;
  // Where it may also be the caller's, a path that meets another condition than the release says nothing.
  const isConditional = acquisition.shared === true || stretches.some(({ uses }) => uses.conditional);
  const releases = effects.filter(([, effect]) => effect === 'released').map(([at]) => at);
  const settlers = effects.map(([at]) => at);
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
      ),
    }))
    .sort((a, b) => rank[b.likelihood] - rank[a.likelihood] || (a.exit.node?.pos ?? 0) - (b.exit.node?.pos ?? 0));
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
      ...(isOwnFailure ? { severity: 'low' } : {}),
      ...(acquisition.assumed && draft.confidence === 'high' ? { confidence: 'medium' } : {}),
    },
    holding,
    effects,
  );
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

const rank: Readonly<Record<Likelihood, number>> = { never: 0, unlikely: 1, possible: 2, likely: 3 };

/** How sure is it that a way out is really taken with the resource open? */
function likelihoodOf(
  exit: OpenExit,
  kind: ResourceKind,
  throwing: Throwing,
  settlers: readonly ts.Node[],
  holder: Declaration | undefined,
  engine: Engine,
  isLoose: boolean,
): Likelihood {
  switch (exit.kind) {
    case 'throw':
      // What is known by one word only may end itself when its own work fails.
      if (isLoose && holder && exit.node && isCallOf(exit.node, holder, engine)) return 'never';
      // A stream that fails destroys itself: a call on it that fails leaves nothing open.
      if (kind.exits === 'certain' && holder && exit.node && mentions(exit.node, holder, engine)) return 'never';
      if (exit.node && holder && rejectsByOwnEnd(exit.node, holder, engine)) return 'never';
      if (exit.node && holder && isBeforeOpening(exit.node, holder)) return 'never';
      if (exit.node && holder && isActivation(exit.node, kind, new Set([holder]), engine)) return 'never';
      if (!exit.node) return 'unlikely';
      return [exit.node, ...(exit.alsoThrown ?? [])]
        .map((node) => throwing.likelihood(node))
        .reduce((least, each) => (rank[each] < rank[least] ? each : least));
    case 'abandon':
      return 'possible';
    case 'reject':
    case 'again':
    case 'overwritten':
    case 'return':
    case 'end':
      if (isFinished(exit, kind, engine)) return 'never';
      return dependsOnOtherCondition(exit, settlers, holder, engine) ? 'unlikely' : 'likely';
  }
}

/** `for (;;) { const { done } = await reader.read(); if (done) break; }`: the way out on which nothing is left to read. */
function isFinished({ conditions }: OpenExit, { finishedBy }: ResourceKind, engine: Engine): boolean {
  return (
    finishedBy !== undefined &&
    conditions.some(({ node, outcome }) => outcome && isInLoop(node) && asksFor(finishedBy, node, engine))
  );
}

function isInLoop(node: ts.Node): boolean {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent)
    if (ts.isIterationStatement(up, false)) return true;
  return false;
}

/** Is the condition that member, or a variable that was taken from it? */
function asksFor(member: string, condition: ts.Node, engine: Engine): boolean {
  let asked = false;
  walk(condition, (inner) => {
    if (ts.isPropertyAccessExpression(inner) && inner.name.text === member) asked = true;
    const taken = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner)?.node : undefined;
    if (taken && ts.isBindingElement(taken) && propertyNameText(taken.propertyName ?? taken.name) === member)
      asked = true;
    return !asked;
  });
  return asked;
}

/** `const client = create(); if (!url) throw …; await client.connect();`: so far there is nothing to close. */
function isBeforeOpening(exit: ts.Node, holder: Declaration): boolean {
  return holder.references.some((use) => {
    const access = use.parent;
    return (
      use.pos >= exit.end &&
      ts.isPropertyAccessExpression(access) &&
      access.expression === use &&
      opensIt(access.name.text) &&
      ts.isCallExpression(access.parent) &&
      access.parent.expression === access &&
      enclosingFunction(use) === enclosingFunction(exit)
    );
  });
}

/** `await client.connect()`: the call that makes it a resource. What was never opened needs no closing. */
function isActivation(node: ts.Node, kind: ResourceKind, holders: ReadonlySet<Declaration>, engine: Engine): boolean {
  const awaited = ts.isAwaitExpression(node) ? unwrap(node.expression) : node;
  const call = ts.isCallExpression(awaited) ? beforePromiseMethods(awaited) : awaited;
  if (!ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(callee.expression);
  const held = ts.isIdentifier(receiver) ? engine.program.scopes.resolve(receiver) : undefined;
  if (!held || !holders.has(held)) return false;
  return kind.acquire.some((form) => {
    const activators = form.form === 'convention' ? form.activatedBy : activatorsOf(form);
    return activators?.includes(callee.name.text) === true;
  });
}

/** `server.listen().catch(…)`: the call that gives the promise. */
function beforePromiseMethods(call: ts.CallExpression): ts.Expression {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && /^(?:then|catch|finally)$/.test(callee.name.text)
    ? unwrap(callee.expression)
    : call;
}

/** `'end' in worker`, `typeof worker.end === 'function'`: it may be one of several things. */
function asksWhatItIs(condition: ts.Node, holder: Declaration, engine: Engine): boolean {
  let asks = false;
  walk(condition, (inner) => {
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.InKeyword)
      asks ||= mentions(inner.right, holder, engine);
    if (ts.isTypeOfExpression(inner)) asks ||= mentions(inner.expression, holder, engine);
    return !asks;
  });
  return asks;
}

function mentions(node: ts.Node, holder: Declaration, engine: Engine): boolean {
  let found = false;
  walk(ts.isForOfStatement(node) ? node.expression : node, (inner) => {
    if (ts.isIdentifier(inner) && engine.program.scopes.resolve(inner) === holder) found = true;
    return !found;
  });
  return found;
}

/**
 * The release stands behind a condition that this path did not meet, and leaving early is not what the path does:
 * `if (owns) close(fd)`. Whether `owns` can be false here is beyond this analysis.
 */
function dependsOnOtherCondition(
  exit: OpenExit,
  settlers: readonly ts.Node[],
  holder: Declaration | undefined,
  engine: Engine,
): boolean {
  return exit.conditions.some(({ node }) => {
    const tested = readCondition(node as ts.Expression, engine.program);
    // A flag that was computed before says what the variable held then.
    const isFlag = ts.isIdentifier(node) && engine.program.scopes.resolve(node) !== holder;
    const isOther = holder !== undefined && asksWhatItIs(node, holder, engine);
    if (holder && !isFlag && !isOther && tested?.variables.includes(holder)) return false;
    const branching = branchingOf(node);
    if (!branching) return false;
    // The exit itself stands in the branch: an early return, throw or continue.
    if (exit.node && exit.kind !== 'again' && isWithin(exit.node, branching)) return false;
    return settlers.some(
      (settler) => isWithin(settler, branching) && !isWithin(settler, node) && !leavesBehind(settler, branching),
    );
  });
}

/** `finally { if (runner !== this.runner) await runner.release(); }`: on the other way it is one that somebody gave. */
function isOfAnother(
  exit: OpenExit,
  settlers: readonly ts.Node[],
  holder: Declaration | undefined,
  engine: Engine,
): boolean {
  return (
    holder !== undefined &&
    exit.conditions.some(({ node }) => {
      const branching = comparesIt(node, holder, engine) ? branchingOf(node) : undefined;
      return branching !== undefined && settlers.some((settler) => isWithin(settler, branching));
    })
  );
}

/** `runner !== this.runner`: with something else that may be it. */
function comparesIt(condition: ts.Node, holder: Declaration, engine: Engine): boolean {
  const value = ts.isExpression(condition) ? unwrap(condition) : undefined;
  if (!value || !ts.isBinaryExpression(value) || !equality.has(value.operatorToken.kind)) return false;
  const sides = [unwrap(value.left), unwrap(value.right)];
  return sides.some((side, index) => {
    const other = sides[1 - index];
    return (
      ts.isIdentifier(side) &&
      engine.program.scopes.resolve(side) === holder &&
      other !== undefined &&
      (ts.isIdentifier(other) || ts.isPropertyAccessExpression(other)) &&
      !isMissingValue(other)
    );
  });
}

const equality: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** `if (!found) { close(fd); return; }`: who closes on the way out of a branch knows that the others have to, too. */
function leavesBehind(settler: ts.Node, branching: ts.Node): boolean {
  for (let at: ts.Node = settler; at.parent && at !== branching; at = at.parent) {
    if (!ts.isBlock(at.parent)) continue;
    const last = at.parent.statements.at(-1);
    if (last && last !== at && (ts.isReturnStatement(last) || ts.isThrowStatement(last))) return true;
  }
  return false;
}

/** Statement or expression whose parts depend on a condition. */
function branchingOf(condition: ts.Node): ts.Node | undefined {
  for (let up: ts.Node = condition; up; up = up.parent) {
    if (
      ts.isIfStatement(up) ||
      ts.isConditionalExpression(up) ||
      ts.isIterationStatement(up, false) ||
      ts.isExpressionStatement(up)
    )
      return up;
    if (ts.isStatement(up) || ts.isSourceFile(up)) return undefined;
  }
  return undefined;
}

function isProgram(engine: Engine, throwing: Throwing): boolean {
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (node) => {
    if (ts.isCallExpression(node) && throwing.neverReturns(node)) found = true;
    return !found;
  });
  return found;
}

function judgeStretch(
  stretch: Stretch,
  kind: ResourceKind,
  engine: Engine,
  throwing: Throwing,
  graphOf: (body: Body) => Graph,
): Verdict {
  const { body, uses, acquire, missing } = stretch;
  const likelihood = (node: ts.Node): Likelihood =>
    isActivation(node, kind, uses.holders, engine) ? 'never' : throwing.likelihood(node);
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

function stretchesOf(acquisition: Acquisition, engine: Engine): readonly Stretch[] {
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
  const own: Stretch = { body, uses, acquire: unwrap(result), missing: [] };
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
