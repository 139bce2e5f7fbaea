/**
 * `api.start = () => { app.on('data', send); server = listen(); }` and `api.stop = () => server.close()`: two functions that undo
 * each other by their names, or by the events that they handle. What one adds to somebody else's object is to go with the
 * other, which ends something else of what that one began.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import { acquisitionsIn } from '../../acquiring/acquisitionsIn';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { functionName } from '../../growth/holders';
import { inOrder } from '../../program/callNames';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls, functions } from '../../syntax/selections';
import {
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
} from '../../syntax/syntax';
import { areOppositeWithin, oppositeEvents, oppositesWithin, plainEvent } from '../../words/opposites';
import { demote, frequencyStep, wholeTeardownOf } from '../assess';
import { lifetimeOf } from '../lifetime/lifetime';
import { endingsIn } from '../values/endings';
import { isEmpty } from './bindings';
import { releasesItself } from './endingOptions';
import { fluentRoot, isDropped } from './fluent';
import { isInline, isOneListener } from './handlerIdentity';
import { mayBe } from './possibleRemovals';
import { outlives } from './receiverLife';
import { findRemovals, matchesRemoval } from './removals';
import { isTakenBack } from './takenBack';
import { isMadeHere } from './uneven';
import { isParameterOfWrapper } from './wrapperParameters';

/** A function by what it is called, and where its counterpart would stand. */
interface Named {
  readonly fn: FunctionNode;
  readonly name: string;
  readonly event: string | undefined;
  readonly home: string | ts.Node | undefined;
}

/** The findings for handlers that a function adds and its counterpart leaves. */
export function findLeftByCounterpart(
  engine: Engine,
  kinds: readonly ResourceKind[],
  all: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  return all.flatMap((acquisition) => {
    const draft = told.has(acquisition.node) ? undefined : judge(acquisition, kinds, all, engine);
    return draft ? [draft] : [];
  });
}

function judge(
  acquisition: Acquisition,
  kinds: readonly ResourceKind[],
  all: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  const { form, node, kind, receiver, event } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !receiver || !ts.isCallExpression(node))
    return undefined;
  if (form.identity.event === undefined || !isDropped(node)) return undefined;
  const handler = node.arguments[form.identity.handler];
  if (!handler || isEmpty(handler, engine) || isParameterOfWrapper(handler, node, engine)) return undefined;
  const options = form.identity.options === undefined ? undefined : node.arguments[form.identity.options];
  if (options && releasesItself(options, engine)) return undefined;
  const setUp = enclosingFunction(node);
  if (!setUp || isOneListener(acquisition, handler, engine)) return undefined;
  const owner = engine.program.members.ownerAt(node);
  if (owner && (wholeTeardownOf(owner, node) || engine.frequency.instancesOf(owner) === 'single')) return undefined;
  // Who hears of the end of the program hears of it to the last.
  if (event !== undefined && [form.lastEvents, form.lifecycleEvents].some((all) => all?.includes(event)))
    return undefined;
  const run = new Set(
    engine.program.callees.functionsOf(handler).flatMap((fn) => [...engine.program.callees.reachedFrom(fn)]),
  );
  // A handler that runs the counterpart is how it comes about.
  const counterparts = counterpartsOf(setUp, engine).filter(({ fn }) => !run.has(fn));
  if (counterparts.length === 0) return undefined;
  if (isMadeHere(receiver, node, engine) || !isThereBefore(receiver, setUp, engine)) return undefined;
  const removals = findRemovals(acquisition, engine);
  if (
    removals.some(
      (removal) => matchesRemoval(acquisition, removal, engine) !== 'other' || mayBe(acquisition, removal, all, engine),
    ) ||
    isTakenBack(node, handler, engine.program.places.of(fluentRoot(receiver))?.key, form, engine)
  )
    return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once' || isMarkedDone(node, setUp, engine)) return undefined;
  for (const { fn, name, event: ended } of counterparts) {
    const other = endOf(setUp, fn, acquisition, kinds, all, engine);
    if (!other) continue;
    const text = receiver.getText();
    const named = event === undefined ? '' : ` for \`${event}\``;
    const by = ended === undefined ? `\`${name}\`` : `the handler of \`${ended}\``;
    // An event target takes the same function once.
    const isOne = form.identity.capture !== undefined && !isMadeBy(setUp, handler, engine);
    return {
      kind: kind.id,
      mechanism: 'no-release-on-dispose',
      severity: isOne ? 'low' : demote(kind.severity) === 'low' ? 'low' : 'medium',
      confidence: 'medium',
      message: `The listener${named} on \`${text}\` is never removed: ${by} (line ${lineOf(fn)}) ends another thing that is begun with it (line ${lineOf(other)}) and leaves this one.`,
      advice: 'Remove it there too, with the same function.',
      node,
      trail: [
        { role: 'acquired', message: `Listener${named} added here`, range: rangeOf(node) },
        { role: 'held', message: `\`${text}\` is there before and afterwards`, range: rangeOf(receiver) },
        { role: 'release', message: 'This is ended instead', range: rangeOf(other) },
        frequencyStep(frequency, node),
      ],
    };
  }
  return undefined;
}

/** Is the receiver not of this run: a variable of the function around that the function itself does not fill, or what all share? */
function isThereBefore(receiver: ts.Expression, setUp: FunctionNode, engine: Engine): boolean {
  if (outlives(lifetimeOf(receiver, engine))) return true;
  const place = engine.program.places.of(fluentRoot(receiver));
  if (place?.root.kind !== 'declaration') return false;
  const { declaration } = place.root;
  const home = declaration.scope.func;
  if (home === setUp) return declaration.kind === 'parameter';
  return (
    (home === undefined || isWithin(setUp, home)) && declaration.writes.every((write) => !isWithin(write.node, setUp))
  );
}

/** Functions of the same object, scope or receiver whose name or event undoes that of the first, in source order. */
function counterpartsOf(setUp: FunctionNode, engine: Engine): readonly Named[] {
  const { byFunction, byHome } = engine.once(namedFunctions);
  const own = byFunction.get(setUp);
  const beside = own?.home === undefined ? undefined : byHome.get(own.home);
  if (!own || !beside) return [];
  const ends =
    own.event === undefined
      ? oppositesWithin(own.name).map((name) => beside.byName.get(name))
      : oppositeEvents(own.event).map((event) => beside.byEvent.get(event));
  const found = new Set(ends.flatMap((named = []) => named).filter(({ fn }) => fn !== setUp));
  return [...found].sort((a, b) => inOrder(a.fn, b.fn));
}

/** The functions of one object, scope or receiver, by what `words/opposites` makes of their names and events. */
interface Beside {
  readonly byName: Map<string, Named[]>;
  readonly byEvent: Map<string, Named[]>;
}

interface NamedFunctions {
  readonly byFunction: ReadonlyMap<FunctionNode, Named>;
  readonly byHome: ReadonlyMap<string | ts.Node, Beside>;
}

function namedFunctions(engine: Engine): NamedFunctions {
  const byFunction = new Map<FunctionNode, Named>();
  const byHome = new Map<string | ts.Node, Beside>();
  for (const fn of nodesIn(engine.program.sourceFile, functions)) {
    const named = namedBy(fn, engine);
    if (named?.home === undefined) continue;
    byFunction.set(fn, named);
    const beside = byHome.get(named.home) ?? { byName: new Map(), byEvent: new Map() };
    byHome.set(named.home, beside);
    const [table, key] =
      named.event === undefined ? [beside.byName, named.name.toLowerCase()] : [beside.byEvent, plainEvent(named.event)];
    const known = table.get(key);
    if (known) known.push(named);
    else table.set(key, [named]);
  }
  return { byFunction, byHome };
}

function namedBy(fn: FunctionNode, engine: Engine): Named | undefined {
  if (ts.isFunctionDeclaration(fn)) return { fn, name: functionName(fn), event: undefined, home: scopeOf(fn) };
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) {
    return ts.isMethodDeclaration(fn) ? { fn, name: functionName(fn), event: undefined, home: fn.parent } : undefined;
  }
  const outer = wrapped(fn);
  const up = outer.parent;
  if (isAssignment(up) && up.right === outer) {
    const target = unwrap(up.left);
    if (ts.isIdentifier(target)) return { fn, name: target.text, event: undefined, home: scopeOf(fn) };
    const home = ts.isPropertyAccessExpression(target) ? engine.program.places.of(target.expression)?.key : undefined;
    return home !== undefined && ts.isPropertyAccessExpression(target)
      ? { fn, name: target.name.text, event: undefined, home }
      : undefined;
  }
  if (ts.isVariableDeclaration(up)) return { fn, name: functionName(fn), event: undefined, home: scopeOf(fn) };
  if (ts.isPropertyAssignment(up) || ts.isPropertyDeclaration(up))
    return { fn, name: functionName(fn), event: undefined, home: up.parent };
  const [event] = ts.isCallExpression(up) && up.arguments[1] === outer ? up.arguments : [];
  const callee = event ? unwrap((up as ts.CallExpression).expression) : undefined;
  if (!event || !callee || !ts.isPropertyAccessExpression(callee) || !ts.isStringLiteralLike(event)) return undefined;
  const key = engine.program.places.of(callee.expression)?.key;
  return key === undefined ? undefined : { fn, name: '', event: event.text, home: `${key} ${scopeOf(fn)?.pos}` };
}

function scopeOf(fn: FunctionNode): ts.Node | undefined {
  return enclosingFunction(fn) ?? fn.getSourceFile();
}

/** What the counterpart ends of what the function began: another handler, what it puts into a variable, or what it asks of a receiver. */
function endOf(
  setUp: FunctionNode,
  fn: FunctionNode,
  { node, receiver }: Acquisition,
  kinds: readonly ResourceKind[],
  all: readonly Acquisition[],
  engine: Engine,
): ts.Node | undefined {
  const reached = engine.program.callees.reachedFrom(fn);
  if (reached.has(setUp)) return undefined;
  const isReached = (site: ts.Node): boolean => [...reached].some((one) => isWithin(site, one) && one !== setUp);
  for (const other of acquisitionsIn(setUp, all, engine)) {
    if (other.node === node || other.form.form !== 'registration') continue;
    const removal = findRemovals(other, engine).find(
      (one) => isReached(one.node) && matchesRemoval(other, one, engine) === undefined,
    );
    if (removal) return removal.node;
  }
  const given = givenTo(setUp, fn, receiver, engine);
  if (given) return undoneAt(setUp, fn, given, engine);
  if (isParameterOf(setUp, receiver, engine)) return undefined;
  for (const { site, target } of endingsIn(reached, engine, kinds)) {
    const place = engine.program.places.of(unwrap(target));
    const isBegun =
      place !== undefined &&
      engine.uses.writes(place.key).some((write) => enclosingFunction(write) === setUp && isGivenMade(write));
    if (isBegun) return site;
  }
  return undefined;
}

/** Names of the parameter that both are given, where the receiver is one. */
function givenTo(
  setUp: FunctionNode,
  fn: FunctionNode,
  receiver: ts.Expression | undefined,
  engine: Engine,
): string | undefined {
  const value = receiver && unwrap(receiver);
  const declaration = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (declaration?.kind !== 'parameter' || declaration.scope.func !== setUp) return undefined;
  const [at, by] = [setUp, fn].map(({ parameters }) =>
    parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === declaration.name),
  );
  return at === by ? declaration.name : undefined;
}

function isParameterOf(setUp: FunctionNode, receiver: ts.Expression | undefined, engine: Engine): boolean {
  const place = receiver && engine.program.places.of(fluentRoot(receiver));
  return (
    place?.root.kind === 'declaration' &&
    place.root.declaration.kind === 'parameter' &&
    place.root.declaration.scope.func === setUp
  );
}

/** `client.subscribe(channel)` and `client.unsubscribe(channel)` of what both are given. */
function undoneAt(setUp: FunctionNode, fn: FunctionNode, given: string, { program }: Engine): ts.Node | undefined {
  const [begun = [], undone = []] = [setUp, fn].map((of) =>
    nodesIn(of, calls).filter((call) => {
      const callee = unwrap(call.expression);
      return ts.isPropertyAccessExpression(callee) && callee.expression.getText() === given;
    }),
  );
  return undone.find((end) =>
    begun.some(
      (begin) =>
        areOppositeWithin(calledName(begin), calledName(end)) &&
        isOfSame(begin.arguments[0], end.arguments[0], program),
    ),
  );
}

function isOfSame(
  a: ts.Expression | undefined,
  b: ts.Expression | undefined,
  { sourceFile }: { readonly sourceFile: ts.SourceFile },
): boolean {
  return a !== undefined && b !== undefined && a.getText(sourceFile) === b.getText(sourceFile);
}

/** `server = createServer()` */
function isGivenMade(write: ts.Node): boolean {
  const value = isAssignment(write) ? unwrap(write.right) : undefined;
  return value !== undefined && (ts.isCallExpression(value) || ts.isNewExpression(value));
}

/** Written in the function, so that each call has another one. */
function isMadeBy(setUp: FunctionNode, handler: ts.Expression, engine: Engine): boolean {
  if (isInline(handler, engine)) return true;
  const value = unwrap(handler);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration?.scope.func === setUp;
}

/** `if (!bound) { bound = true; app.on(…); }`: what is done once for all. */
function isMarkedDone(node: ts.Node, setUp: FunctionNode, engine: Engine): boolean {
  for (let at = node; at.parent && at !== setUp; at = at.parent) {
    const up = at.parent;
    if (!ts.isIfStatement(up) || up.thenStatement !== at) continue;
    const asked = new Set<string>();
    ts.forEachChild(up.expression, function look(inner: ts.Node): void {
      const key = engine.program.places.of(inner as ts.Expression)?.key;
      if (key !== undefined) asked.add(key);
      ts.forEachChild(inner, look);
    });
    const own = engine.program.places.of(unwrap(up.expression))?.key;
    if (own !== undefined) asked.add(own);
    if ([...asked].some((key) => engine.uses.writes(key).some((write) => isWithin(write, at)))) return true;
  }
  return false;
}
