/**
 * Classes whose instances have to be ended: something that a teardown of the class releases is open from the time that the
 * instance is made (or one of its methods called). Whoever makes an instance then owns a resource, in this file or another.
 */

import type { Acquisition } from '../../acquisitions';
import type { Engine } from '../../engine';
import type { ExportFact, Holding } from '../../exportFacts';
import type { Owner } from '../../members';
import { methodFactOf } from '../../methods';
import { visitNodes } from '../../nodeIndex';
import type { Place } from '../../places';
import type { ResourceKind } from '../../resources/model';
import { callLikes, calls, propertyAccesses, thisWords } from '../../selections';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isClassNode,
  isFunctionNode,
  isWithin,
  lineOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax';
import { endsAPart } from '../assess';
import { type Lifetime, lifetimeOf, lifetimeOfStream } from '../lifetime/lifetime';
import { releasesItself } from '../registrations/registrations';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import { fatesOf } from '../values/fate';
import { registrarNames } from '../words/listeners';
import { isTeardown, isWholeTeardown } from '../words/teardowns';
import { localBaseOf } from './bases';
import { constructionOf, runBy } from './construction';
import * as conventions from './instanceWords';
import { wrappedBy } from './wrappers';

export interface Instances {
  /** What instances of a class of this file keep open. */
  readonly of: (owner: Owner) => readonly Holding[];
  /** What the instance that is made here keeps open: its class is of this file, or another file tells of it or of the function that makes it. */
  readonly made: (node: CallLike) => readonly Holding[];
  /** Methods that end an instance as a whole, its own and inherited ones. */
  readonly teardowns: (owner: Owner) => readonly Teardown[];
}

export interface Teardown {
  readonly name: string;
  /** Empty for one that is inherited from another file. */
  readonly functions: readonly FunctionNode[];
}

/** Every function of the file that runs when one of the teardowns does. */
export function reachedBy(ends: readonly Teardown[], engine: Engine): ReadonlySet<FunctionNode> {
  return new Set(
    ends.flatMap(({ functions }) => functions.flatMap((fn) => [...engine.program.callees.reachedFrom(fn)])),
  );
}

const slot = (): { instances?: Instances } => ({});

/** What the classes of a file, and those that it makes instances of, keep open. */
export function instancesOf(engine: Engine, acquisitions: readonly Acquisition[]): Instances {
  const kept = engine.once(slot);
  if (kept.instances) return kept.instances;
  const holdings = new Map<Owner, readonly Holding[]>();

  const of = (owner: Owner): readonly Holding[] => {
    const found = holdings.get(owner);
    if (found) return found;
    // A class that makes instances of itself says nothing of them.
    holdings.set(owner, []);
    const result = holdingsOf(owner);
    holdings.set(owner, result);
    return result;
  };

  const wrappers = new Map<FunctionNode, readonly Holding[]>();
  const wrappedHere = (node: ts.CallExpression): readonly Holding[] => {
    const [fn, ...others] = engine.program.callees.of(node);
    if (!fn || others.length > 0) return [];
    const found = wrappers.get(fn) ?? wrappedBy(fn, acquisitions, engine);
    wrappers.set(fn, found);
    return found;
  };

  const made = (node: CallLike): readonly Holding[] => {
    if (ts.isCallExpression(node))
      return (
        engine.imports.factOf(engine.program.origins.nameOf(unwrap(node.expression)))?.makes ??
        methodFactOf(node, engine.program, engine.imports)?.makes ??
        wrappedHere(node)
      );
    const callee = classExpression(node, engine);
    const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
    const owner = declaration && engine.program.members.ownerOf(declaration.node);
    if (owner) return owner.kind === 'class' ? of(owner) : [];
    return engine.imports.factOf(engine.program.origins.nameOf(callee))?.holds ?? [];
  };

  const holdingsOf = (owner: Owner): readonly Holding[] => {
    if (owner.kind !== 'class') return [];
    const ends = teardowns(owner);
    if (ends.length === 0) return [];
    const scope: Scope = {
      owner,
      engine,
      ends,
      construction: lazily(() => constructionOf(owner, engine)),
      runs: lazily(() => runsOf(owner, engine)),
    };
    const found: Holding[] = [];
    for (const acquisition of acquisitions)
      if (engine.program.members.ownerAt(acquisition.node) === owner) {
        const holding = held(acquisition, scope);
        if (holding) found.push(holding);
      }
    const known = new Set<ts.Node>(acquisitions.map(({ node }) => node));
    visitNodes(owner.node, callLikes, (node) => {
      if (!(ts.isNewExpression(node) || ts.isCallExpression(node)) || !isKept(node) || known.has(node))
        return undefined;
      if (engine.program.members.ownerAt(node) !== owner) return undefined;
      found.push(...passedUp(node, made(node), scope), ...opened(node, scope));
      if (ts.isCallExpression(node)) found.push(...subscribed(node, scope));
      return undefined;
    });
    const all = [...found, ...inherited(owner).flatMap((holding) => openedByHeir(holding, scope))];
    if (all.length === 0 || isHandedOver(owner, engine) || endsItself(owner, ends, engine)) return [];
    return mostCertain(all).map((holding) => withWait(holding, ends));
  };

  /** What the base class keeps open, unless a teardown of this class hides that of the base. */
  const inherited = (owner: Owner): readonly Holding[] => {
    const base = localBaseOf(owner, engine);
    const holds = base ? of(base) : (factOfBase(owner, engine)?.holds ?? []);
    return holds.flatMap((holding) => {
      const until = holding.until.filter((name) => isExtending(owner, name));
      if (until.length === 0) return [];
      if (holding.keptBy === undefined) return [{ ...holding, until }];
      const argument = superArgument(owner, holding.keptBy);
      if (argument === 'same') return [{ ...holding, until }];
      const kept = argument && keeper(lifetimeOf(argument, engine), argument, owner, engine);
      return kept ? [withKeeper({ ...holding, until }, kept)] : [];
    });
  };

  const teardowns = (owner: Owner): readonly Teardown[] => {
    const found = new Map<string, readonly FunctionNode[]>();
    const seen = new Set<Owner>();
    for (let at: Owner | undefined = owner; at && !seen.has(at); at = localBaseOf(at, engine)) {
      seen.add(at);
      for (const member of at.members.values()) {
        const fn = member.functions[0];
        if (!fn || member.isStatic || !isWholeTeardown(member.name) || found.has(member.name)) continue;
        if (!endsAPart(member.name, fn, at)) found.set(member.name, member.functions);
      }
      const fact = factOfBase(at, engine);
      for (const name of [...(fact?.teardowns ?? []), ...(fact?.holds?.flatMap(({ until }) => until) ?? [])])
        if (!found.has(name) && isWholeTeardown(name)) found.set(name, []);
    }
    return [...found].map(([name, functions]) => ({ name, functions }));
  };

  const instances: Instances = { of, made, teardowns };
  kept.instances = instances;
  return instances;
}

interface Scope {
  readonly owner: Owner;
  readonly engine: Engine;
  readonly ends: readonly Teardown[];
  readonly construction: () => ReadonlySet<FunctionNode>;
  /** Members by the functions that a call of them runs; made on first need. */
  readonly runs: () => readonly { readonly name: string; readonly runs: ReadonlySet<FunctionNode> }[];
}

/** What keeps it: for good, or the argument of the constructor at a position. */
type Keeper = { readonly by: 'all' } | { readonly by: 'argument'; readonly position: number };

/** An acquisition that the class keeps, and that one of its teardowns releases. */
function held(acquisition: Acquisition, scope: Scope): Holding | undefined {
  const { kind, form, node } = acquisition;
  const { engine } = scope;
  if (kind.family === 'cache' || kind.oneShot || kind.heldBy === 'nothing') return undefined;
  if ('endsByItself' in form && form.endsByItself) return undefined;
  if (isAlternative(node)) return undefined;
  const kept = keeperOf(acquisition, scope);
  if (!kept) return undefined;
  const until =
    form.form === 'registration'
      ? removedIn(acquisition, scope)
      : acquisition.assumed
        ? []
        : releasedIn(acquisition.result, kind, scope);
  const opens = until.length > 0 ? openedIn(node, scope) : undefined;
  if (!opens) return undefined;
  return withKeeper(
    {
      noun: kind.noun,
      family: kind.family,
      at: `${engine.program.path}:${lineOf(node)}`,
      until,
      ...(opens === 'construction' ? {} : { opens }),
    },
    kept,
  );
}

const subscription: ResourceKind = {
  ...emptyKind('listener', 'subscription'),
  id: 'listener/subscription-of-unknown-type',
  release: [{ form: 'method', method: conventions.subscriptionEnds }, { form: 'invoked' }],
};

/** `this.listener = service.onMessage(…)`, which the class disposes: what is no kind of the catalogue, but treated as one by its owner. */
function subscribed(node: ts.CallExpression, scope: Scope): readonly Holding[] {
  const { owner, engine } = scope;
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !registrarNames.test(callee.name.text)) return [];
  const handlers = node.arguments.filter((argument) => engine.program.callees.functionsOf(argument).length > 0);
  const until = handlers.length > 0 ? releasedIn(node, subscription, scope) : [];
  if (until.length === 0) return [];
  // A function of a module listens to what it is given: `dom.listen(element, 'click', handler)`.
  const isOfModule = engine.program.origins.nameOf(callee)?.module !== undefined;
  const target = isOfModule
    ? node.arguments.find((argument) => !handlers.includes(argument) && !ts.isLiteralExpression(unwrap(argument)))
    : callee.expression;
  const kept: Keeper | undefined = target ? keeper(lifetimeOf(target, engine), target, owner, engine) : { by: 'all' };
  const opens = kept && openedIn(node, scope);
  if (!kept || !opens) return [];
  const at = `${engine.program.path}:${lineOf(node)}`;
  const { noun, family } = subscription;
  return [withKeeper({ noun, family, at, until, assumed: true, ...(opens === 'construction' ? {} : { opens }) }, kept)];
}

/** What a library gives, and the class closes: no kind of the catalogue, but its owner treats it as a handle. */
function opened(node: CallLike, scope: Scope): readonly Holding[] {
  const { engine } = scope;
  const name = engine.program.origins.nameOf(unwrap(node.expression));
  const isOfLibrary = name?.module !== undefined && /^(?:@[\w-]+\/)?[\w-]/.test(name.module);
  if (!name || !isOfLibrary || conventions.plainMemory.test(name.name) || isAlternative(node)) return [];
  const noun = `\`${name.name === 'default' || name.name === '*' ? name.module : name.name}\` of \`${name.module}\``;
  const until = releasedIn(node, closable, scope);
  const opens = until.length > 0 ? openedIn(node, scope) : undefined;
  if (!opens) return [];
  const at = `${engine.program.path}:${lineOf(node)}`;
  return [{ noun, family: closable.family, at, until, assumed: true, ...(opens === 'construction' ? {} : { opens }) }];
}

const closable: ResourceKind = {
  ...emptyKind('handle', 'resource'),
  id: 'handle/closable-of-unknown-type',
  release: [{ form: 'method', method: conventions.closes }],
};

/** What an instance that the class makes, keeps and ends itself keeps open. */
function passedUp(node: CallLike, holdings: readonly Holding[], scope: Scope): readonly Holding[] {
  if (holdings.length === 0 || isAlternative(node)) return [];
  const { engine } = scope;
  const opens = openedIn(node, scope);
  const [fate] = fatesOf(node, engine.program);
  if (!opens || !fate) return [];
  return holdings.flatMap((holding) => {
    const started = holding.opens
      ? startedIn(fate.kind === 'stored' ? fate.place : undefined, holding.opens, scope)
      : opens;
    const kept = keeperOfHolding(node, holding, scope.owner, engine);
    if (!started || !kept) return [];
    const until = releasedIn(node, instanceKind(holding), scope);
    if (until.length === 0) return [];
    const { opens: _, keptBy: __, ...rest } = holding;
    return [withKeeper({ ...rest, until, ...(started === 'construction' ? {} : { opens: started }) }, kept)];
  });
}

function withWait(holding: Holding, ends: readonly Teardown[]): Holding {
  const { waits: _, ...rest } = holding;
  const functions = ends.find(({ name }) => name === holding.until[0])?.functions ?? [];
  const isPlain = functions.length > 0 && functions.every((fn) => !givesPromise(fn));
  return isPlain ? rest : { ...rest, waits: true };
}

function givesPromise(fn: FunctionNode): boolean {
  if (hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || (fn.type && fn.type.kind !== ts.SyntaxKind.VoidKeyword))
    return true;
  let found = false;
  if (fn.body)
    walk(fn.body, (node) => {
      if (isFunctionNode(node)) return false;
      if (ts.isReturnStatement(node) && node.expression) found = true;
      return !found;
    });
  return found || (fn.body !== undefined && !ts.isBlock(fn.body));
}

/** What keeps alive what an instance holds, seen from the class that makes the instance. */
function keeperOfHolding(node: CallLike, { keptBy }: Holding, owner: Owner, engine: Engine): Keeper | undefined {
  if (keptBy === undefined) return { by: 'all' };
  const argument = node.arguments?.[keptBy];
  return argument && keeper(lifetimeOf(argument, engine), argument, owner, engine);
}

/** The kind of resource that an instance is: its class's own teardown releases it, and so does any other end of it. */
export function instanceKind({ noun, family, until }: Holding): ResourceKind {
  const method = [...new Set([...until, ...conventions.wholeEnds])];
  return {
    ...emptyKind(family, noun),
    id: `${family}/instance-until-${until.join('-')}`,
    release: [{ form: 'method', method }],
  };
}

/** A kind that no call acquires by its name: the code around it tells that it is one. */
function emptyKind(family: ResourceKind['family'], noun: string): ResourceKind {
  return {
    id: `${family}/${noun}`,
    family,
    noun,
    title: noun,
    severity: 'medium',
    words: [],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    documentation: { what: '', why: '', leaking: '', safe: '', releases: [] },
  };
}

function withKeeper(holding: Holding, keeper: Keeper): Holding {
  const { keptBy: _, ...rest } = holding;
  return keeper.by === 'argument' ? { ...rest, keptBy: keeper.position } : rest;
}

function keeperOf(acquisition: Acquisition, { owner, engine }: Scope): Keeper | undefined {
  const { kind, form, receiver, source, node } = acquisition;
  if (form.form === 'registration') {
    if (form.once || form.givesUp) return undefined;
    const options = form.identity.options === undefined ? undefined : node.arguments?.[form.identity.options];
    if (releasesItself(options, engine)) return undefined;
    return keeper(lifetimeOf(receiver, engine), receiver, owner, engine);
  }
  if (source) return keeper(lifetimeOfStream(source, engine), source.root, owner, engine);
  if (form.form === 'distinctive' || (form.form === 'method' && kind.heldBy === 'receiver'))
    return keeper(lifetimeOf(receiver, engine), receiver, owner, engine);
  return { by: 'all' };
}

function keeper(
  { level }: Lifetime,
  receiver: ts.Expression | undefined,
  owner: Owner,
  engine: Engine,
): Keeper | undefined {
  if (level === 'process' || level === 'module') return { by: 'all' };
  if (level !== 'injected' || !receiver) return undefined;
  const position = argumentBehind(receiver, owner, engine);
  return position === undefined ? undefined : { by: 'argument', position };
}

/** Position of the constructor's parameter that an expression is taken from. */
function argumentBehind(expression: ts.Expression, owner: Owner, engine: Engine): number | undefined {
  const positionOf = (place: Place | undefined): number | undefined => {
    if (place?.root.kind !== 'declaration') return undefined;
    const { node } = place.root.declaration;
    const position = owner.construct && ts.isParameter(node) ? owner.construct.parameters.indexOf(node) : -1;
    return position === -1 ? undefined : position;
  };
  let value = unwrap(expression);
  while (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    value = unwrap(callee.expression);
  }
  const place = engine.program.places.of(value);
  if (place?.root.kind !== 'owner') return positionOf(place);
  const member = place.root.owner === owner ? owner.members.get(place.path[0] ?? '') : undefined;
  if (!member) return undefined;
  if (member.parameter) {
    const position = owner.construct?.parameters.indexOf(member.parameter) ?? -1;
    return position === -1 ? undefined : position;
  }
  for (const { value: given } of member.values) {
    const position = given && positionOf(engine.program.places.of(unwrap(given)));
    if (position !== undefined) return position;
  }
  return undefined;
}

/** When does a node of the class run: while an instance is made, or in some methods that others call? */
function openedIn(node: ts.Node, scope: Scope): 'construction' | readonly string[] | undefined {
  const fn = enclosingFunction(node);
  if (!fn || (isClassNode(scope.owner.node) && !isWithin(fn, scope.owner.node))) return 'construction';
  if (scope.construction().has(fn)) return 'construction';
  const names = scope
    .runs()
    .filter(({ runs }) => runs.has(fn))
    .map(({ name }) => name);
  return names.length === 0 ? undefined : names;
}

/** Given to a field, a collection or a method of the instance: only then can a teardown of it release the value. */
function isKept(node: CallLike): boolean {
  let outer: ts.Expression = wrapped(node);
  while (
    ts.isAwaitExpression(outer.parent) ||
    ts.isConditionalExpression(outer.parent) ||
    (ts.isBinaryExpression(outer.parent) && outer.parent.right === outer && !isAssignment(outer.parent))
  )
    outer = wrapped(outer.parent);
  const up = outer.parent;
  if (ts.isPropertyDeclaration(up)) return true;
  if (isAssignment(up)) return up.right === outer;
  return (
    (ts.isCallExpression(up) && up.expression !== outer && ts.isPropertyAccessExpression(unwrap(up.expression))) ||
    ts.isArrayLiteralExpression(up)
  );
}

/** What a method of the base opens is open as soon as this class calls the method. */
function openedByHeir(holding: Holding, scope: Scope): readonly Holding[] {
  const { opens: methods, ...rest } = holding;
  if (!methods) return [holding];
  const names = new Set(methods);
  let atOnce = false;
  visitNodes(scope.owner.node, calls, (node) => {
    if (!ts.isCallExpression(node) || atOnce) return !atOnce;
    const callee = unwrap(node.expression);
    if (!ts.isPropertyAccessExpression(callee) || !methods.includes(callee.name.text)) return undefined;
    const { kind } = unwrap(callee.expression);
    if (kind !== ts.SyntaxKind.ThisKeyword && kind !== ts.SyntaxKind.SuperKeyword) return undefined;
    const when = openedIn(node, scope);
    if (when === 'construction') atOnce = true;
    else for (const name of when ?? []) names.add(name);
    return undefined;
  });
  return [atOnce ? rest : { ...holding, opens: [...names] }];
}

function runsOf(owner: Owner, engine: Engine): ReturnType<Scope['runs']> {
  return [...owner.members.values()]
    .filter(({ name, isStatic, functions }) => !isStatic && functions.length > 0 && !isTeardown(name))
    .map(({ name, functions }) => ({ name, runs: runBy(functions, engine) }));
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Where the class calls one of the methods that open what its field keeps. */
function startedIn(place: Place | undefined, methods: readonly string[], scope: Scope): ReturnType<typeof openedIn> {
  let found: string[] | undefined;
  for (const use of place ? scope.engine.uses.reads(place.key) : []) {
    const up = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(up) || !methods.includes(up.name.text) || !ts.isCallExpression(up.parent))
      continue;
    const opens = openedIn(up, scope);
    if (opens === 'construction') return opens;
    if (opens) found = [...(found ?? []), ...opens];
  }
  return found && [...new Set(found)];
}

/** `given ?? new Client()`: who gives one keeps it. */
function isAlternative(node: ts.Node): boolean {
  const up = wrapped(node as ts.Expression).parent;
  if (ts.isConditionalExpression(up) || ts.isParameter(up) || ts.isBindingElement(up)) return true;
  return (
    ts.isBinaryExpression(up) &&
    (up.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
      up.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
  );
}

/** Teardowns in which a registration is removed. */
function removedIn(acquisition: Acquisition, { ends, engine }: Scope): readonly string[] {
  const removals = findRemovals(acquisition, engine).filter(
    (removal) => matchesRemoval(acquisition, removal, engine) === undefined,
  );
  return namesReaching(
    removals.map(({ node }) => node),
    ends,
    engine,
  );
}

/** Teardowns in which a value that the class keeps is released, by itself or with the collection that it is put into. */
function releasedIn(result: ts.Expression | undefined, kind: ResourceKind, scope: Scope): readonly string[] {
  const { ends, engine, owner } = scope;
  const found = new Set<string>();
  for (const fate of result ? fatesOf(result, engine.program) : []) {
    if (fate.kind === 'stored' && fate.place.root.kind === 'owner' && fate.place.path.length === 1) {
      const { key } = fate.place;
      const releases = engine.releasesOf(kind);
      const sites = [...(releases.byPlace.get(key) ?? []), ...(releases.byContainer.get(key) ?? [])];
      for (const name of namesReaching(sites, ends, engine)) found.add(name);
    } else if (fate.kind === 'collected' && fate.container?.root.kind === 'owner') {
      const [field] = fate.container.path;
      // Inherited from another file, like the teardown that empties it.
      const isForeign = field !== undefined && !owner.members.has(field) && localBaseOf(owner, engine) === undefined;
      const sites = engine.uses.reads(fate.container.key).filter((use) => !isInsertion(use));
      for (const name of isForeign ? foreign(ends) : namesReaching(sites, ends, engine)) found.add(name);
    } else if (fate.kind === 'passed' && isOwnRegister(fate.call)) {
      const callee = unwrap(fate.call.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
      const keeping = declaring(owner, name, engine);
      for (const end of keeping ? endsOf(keeping, ends) : foreign(ends)) found.add(end);
    }
  }
  return [...found];
}

/** The class of this file that declares a method: the owner, or a base of it. */
function declaring(owner: Owner, name: string, engine: Engine): Owner | undefined {
  const seen = new Set<Owner>();
  for (let at: Owner | undefined = owner; at && !seen.has(at); at = localBaseOf(at, engine)) {
    seen.add(at);
    if (at.members.has(name)) return at;
  }
  return undefined;
}

/** Teardowns that a class itself writes, for what its own method keeps; an override of one calls it. */
function endsOf({ members }: Owner, ends: readonly Teardown[]): readonly string[] {
  return ends
    .filter(({ name, functions }) => {
      const own = members.get(name)?.functions ?? [];
      return own.length > 0 && functions.every((fn) => own.includes(fn) || callsSuper(fn, name));
    })
    .map(({ name }) => name);
}

/** Inherited ones whose bodies are not seen here, or that call those of a base. */
function foreign(ends: readonly Teardown[]): readonly string[] {
  return ends
    .filter(({ functions, name }) => functions.length === 0 || functions.some((fn) => callsSuper(fn, name)))
    .map(({ name }) => name);
}

function isOwnRegister(call: ts.Node): boolean {
  if (!ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    unwrap(callee.expression).kind === ts.SyntaxKind.ThisKeyword &&
    conventions.keepsForDisposal(callee.name.text)
  );
}

const insertions = new Set(['push', 'add', 'set', 'unshift']);

function isInsertion(use: ts.Expression): boolean {
  const up = wrapped(use).parent;
  return ts.isPropertyAccessExpression(up) && insertions.has(up.name.text);
}

function namesReaching(sites: readonly ts.Node[], ends: readonly Teardown[], engine: Engine): readonly string[] {
  if (sites.length === 0) return [];
  return ends
    .filter(({ functions }) =>
      functions.some((fn) =>
        [...engine.program.callees.reachedFrom(fn)].some((inner) => sites.some((site) => isWithin(site, inner))),
      ),
    )
    .map(({ name }) => name);
}

/** The class does not override the method, or calls that of its base there. */
function isExtending(owner: Owner, name: string): boolean {
  const member = owner.members.get(name);
  return !member || member.functions.length === 0 || member.functions.some((fn) => callsSuper(fn, name));
}

function callsSuper(fn: FunctionNode, name: string): boolean {
  let found = false;
  visitNodes(fn, propertyAccesses, (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.SuperKeyword &&
      node.name.text === name
    )
      found = true;
    return !found;
  });
  return found;
}

/** What a class gives its base's constructor at a position; `same` where it has no constructor of its own. */
function superArgument({ construct }: Owner, position: number): ts.Expression | 'same' | undefined {
  if (!construct) return 'same';
  let found: ts.Expression | undefined;
  visitNodes(construct, calls, (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
      found = node.arguments.slice(0, position + 1).some(ts.isSpreadElement) ? undefined : node.arguments[position];
    return undefined;
  });
  return found;
}

/** `parent.children.push(this)`: an instance that others are given while it is made may be ended by them. */
export function isHandedOver(owner: Owner, engine: Engine): boolean {
  if (isClassNode(owner.node) && hasModifier(owner.node, ts.SyntaxKind.AbstractKeyword)) return false;
  let found = false;
  for (const fn of constructionOf(owner, engine))
    visitNodes(fn, thisWords, (node) => {
      if (
        node.kind === ts.SyntaxKind.ThisKeyword &&
        ts.isCallExpression(node.parent) &&
        node.parent.expression !== node &&
        conventions.takesOver(calledName(node.parent))
      )
        found = true;
      return !found;
    });
  return found;
}

/** Calls one of its own teardowns on some other occasion: it may end when its work is done. */
export function endsItself(owner: Owner, ends: readonly Teardown[], engine: Engine): boolean {
  const names = new Set(ends.map(({ name }) => name));
  const reached = reachedBy(ends, engine);
  let found = false;
  visitNodes(owner.node, propertyAccesses, (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      names.has(node.name.text) &&
      ![...reached].some((fn) => isWithin(node, fn))
    )
      found = true;
    return !found;
  });
  return found;
}

function calledName(call: ts.CallExpression): string {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
}

function factOfBase({ base }: Owner, engine: Engine): ExportFact | undefined {
  return base && engine.imports.factOf(engine.program.origins.nameOf(unwrap(base)));
}

/** The class that is instantiated: also the default of a parameter, `constructor(Connection = RedisConnection)`. */
export function classExpression({ expression }: CallLike, engine: Engine): ts.Expression {
  const callee = unwrap(expression);
  const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
  const fallback = declaration && ts.isParameter(declaration.node) ? declaration.node.initializer : undefined;
  return fallback ? unwrap(fallback) : callee;
}

/** One for each way to open it: what is open from the start, what an argument keeps, what a method opens. */
function mostCertain(holdings: readonly Holding[]): readonly Holding[] {
  const rank = ({ opens, keptBy, assumed }: Holding): number =>
    (opens ? 4 : 0) + (keptBy === undefined ? 0 : 2) + (assumed ? 1 : 0);
  return [...holdings].sort((a, b) => rank(a) - rank(b)).slice(0, 3);
}
