/**
 * Functions of the file that open a resource and give it to their caller: each call of one is an acquisition of its own.
 */

import type { Engine } from '../engine';
import type { ExportFact } from '../facts/exportFacts';
import { nameOfParameter, parameterOf } from '../facts/parameters';
import { findHandleUses } from '../flow/handleUses';
import { fatesOf } from '../ownership/values/fate';
import { gives, returnedBy } from '../ownership/values/returned';
import { isEmptyValue } from '../program/emptyValues';
import type { Declaration } from '../program/scopes';
import type { AcquireForm } from '../resources/acquireForms';
import { enclosingFunction, type FunctionNode, isNewPromise, ts, unwrap, wrapped } from '../syntax/syntax';
import { runsFunction } from '../words/functions';
import { type Acquisition, acquisitionBy, activatorsOf } from './acquisitions';
import { acquisitionsIn } from './acquisitionsIn';

/** What a function gives: its own acquisition, unless the caller gave one to be given back. */
interface Gift {
  readonly acquisition: Acquisition;
  readonly promise: boolean;
  /** Position of a parameter that is given back where it is set. */
  readonly unlessGiven: number | undefined;
}

const maxRounds = 3;

/** The acquisitions of a file, with the calls of its own functions that give what they open. In order of position. */
export function withGiven(acquisitions: readonly Acquisition[], engine: Engine): readonly Acquisition[] {
  // What a call of this file gives is known better than what its name may mean.
  const known = new Set<ts.Node>(acquisitions.flatMap(({ node, assumed }) => (assumed ? [] : [node])));
  const given: Acquisition[] = [];
  const promised = acquisitions.flatMap((acquisition) => promisedBy(acquisition, engine) ?? []);
  given.push(...promised);
  let round: readonly Acquisition[] = [...acquisitions.filter(({ form }) => form.form !== 'convention'), ...promised];
  for (let count = 0; count < maxRounds && round.length > 0; count++) {
    const found: Acquisition[] = [];
    const seen = new Set<FunctionNode>();
    for (const { node } of round) {
      const fn = enclosingFunction(node);
      if (!fn || seen.has(fn)) continue;
      seen.add(fn);
      const gift = giftOf(fn, round, engine);
      const state = gift && stateIn(fn, gift.acquisition, engine);
      if (!gift || !state || state.isManaged) continue;
      for (const call of engine.program.callees.usesOf(fn).calls) {
        if (!ts.isCallExpression(call) || known.has(call) || isCalledOtherwise(call)) continue;
        const sharing = sharingOf(call, gift);
        if (sharing === 'given') continue;
        known.add(call);
        const { kind } = gift.acquisition;
        const acquisition = acquisitionBy(engine.program, engine.types, kind, formOf(gift, state.isActive), call);
        found.push({ ...acquisition, assumed: gift.acquisition.assumed, shared: sharing === 'may be given' });
      }
    }
    given.push(...found);
    round = found;
  }
  if (given.length === 0) return acquisitions;
  const calls = new Set<ts.Node>(given.map(({ node }) => node));
  return [...acquisitions.filter(({ node }) => !calls.has(node)), ...given].sort(
    (a, b) => a.node.pos - b.node.pos || b.node.end - a.node.end,
  );
}

/**
 * `new Promise((resolve) => open(path, (error, handle) => resolve(handle)))`: the promise gives what is opened in it.
 * @returns the acquisition that the promise is
 */
function promisedBy(acquisition: Acquisition, engine: Engine): Acquisition | undefined {
  const { kind, form, node, parameter, result, assumed } = acquisition;
  const promise = kind.endsByItself || form.form === 'convention' ? undefined : promiseAround(node);
  if (!promise) return undefined;
  const { executor } = promise;
  const resolve = executor.parameters[0] && engine.program.scopes.declarationOf(executor.parameters[0]);
  if (!resolve) return undefined;
  const given = resolve.references.flatMap((reference) => {
    const call = wrapped(reference).parent;
    return ts.isCallExpression(call) && call.expression === wrapped(reference) ? (call.arguments[0] ?? []) : [];
  });
  const holder = parameter
    ? engine.program.scopes.declarationOf(parameter.declaration)
    : result && heldIn(result, engine);
  if (!holder || !given.some((value) => isNamed(value, holder, engine))) return undefined;
  const state = parameter ? undefined : stateIn(enclosingFunction(node) ?? executor, acquisition, engine);
  if (state && (state.isManaged || !state.isActive)) return undefined;
  const made = acquisitionBy(
    engine.program,
    engine.types,
    kind,
    { form: 'call', callee: [], promise: true },
    promise.node,
  );
  return { ...made, assumed };
}

function heldIn(result: ts.Expression, engine: Engine): Declaration | undefined {
  const [only, ...others] = fatesOf(result, engine.program);
  if (others.length > 0 || only?.kind !== 'stored' || only.place.path.length > 0) return undefined;
  return only.place.root.kind === 'declaration' ? only.place.root.declaration : undefined;
}

function isNamed(value: ts.Expression, declaration: Declaration, engine: Engine): boolean {
  const inner = unwrap(value);
  return ts.isIdentifier(inner) && engine.program.scopes.resolve(inner) === declaration;
}

/** The promise whose executor the node stands in. */
function promiseAround(
  node: ts.Node,
): { readonly node: ts.NewExpression; readonly executor: ts.ArrowFunction | ts.FunctionExpression } | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
    const up = wrapped(fn).parent;
    if (isNewPromise(up)) return { node: up, executor: fn };
  }
  return undefined;
}

/** The resource that every return of the function gives anew, and that nobody else is given. */
function giftOf(fn: FunctionNode, acquisitions: readonly Acquisition[], engine: Engine): Gift | undefined {
  if (fn.asteriskToken) return undefined;
  const returned = returnedBy(fn);
  const own = returned.filter((value) => positionOf(value, fn, engine) === undefined);
  if (own.length === 0) return undefined;
  const isAsync = fn.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) === true;
  for (const acquisition of acquisitions) {
    const { kind, form, result, node } = acquisition;
    if (!result || kind.endsByItself || acquisition.shared || enclosingFunction(node) !== fn) continue;
    if (form.form !== 'call' && form.form !== 'new' && form.form !== 'method') continue;
    if (!own.every((value) => gives(value, result, engine))) continue;
    const back = returned.flatMap((value) => positionOf(value, fn, engine) ?? []);
    const [first] = back;
    if (back.some((position) => position !== first)) continue;
    const isPending = 'promise' in form && form.promise === true && result === (node as ts.Expression);
    return { acquisition, promise: isAsync || isPending, unlessGiven: first };
  }
  return undefined;
}

/** What other files are told of it: nothing where it may also be the caller's own, or no more than a guess. */
export function givenBy(fn: FunctionNode, engine: Engine, acquisitions: readonly Acquisition[]): ExportFact['gives'] {
  const own = acquisitionsIn(fn, acquisitions, engine);
  const gift = own.length === 0 ? undefined : giftOf(fn, own, engine);
  if (!gift || gift.unlessGiven !== undefined || gift.acquisition.assumed) return undefined;
  const { isManaged, isActive } = stateIn(fn, gift.acquisition, engine);
  if (isManaged) return undefined;
  const opens = isActive ? undefined : activatorsOf(gift.acquisition.form);
  return { kind: gift.acquisition.kind.id, promise: gift.promise, ...(opens ? { opens } : {}) };
}

/** `if (given) return given;`: which one it is. */
function positionOf(value: ts.Expression, fn: FunctionNode, engine: Engine): number | undefined {
  const given = nameOfParameter(parameterOf(value, engine, fn)?.node);
  const position = fn.parameters.findIndex(({ name }) => name === given);
  return position < 0 ? undefined : position;
}

/** Is it ended on some way of the function's own (at a timeout, when it closes), and is it a resource already? */
function stateIn(
  fn: FunctionNode,
  { kind, form, result }: Acquisition,
  engine: Engine,
): { readonly isManaged: boolean; readonly isActive: boolean } {
  if (!result || (form.form === 'call' && form.endsByItself) || (form.form === 'method' && form.outlives))
    return { isManaged: true, isActive: true };
  const isPromise =
    (form.form === 'call' || form.form === 'method') && form.promise === true && !ts.isAwaitExpression(result);
  const { effects, called } = findHandleUses({ body: fn, kind, value: result, isPromise }, engine);
  const activators = activatorsOf(form);
  return {
    isManaged: [...effects.values()].some((inBody) => [...inBody.values()].includes('released')),
    isActive: activators === undefined || activators.some((method) => called.has(method)),
  };
}

/** `open.call(…)`: its arguments are others. */
function isCalledOtherwise(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && runsFunction(callee.name.text);
}

function sharingOf(call: ts.CallExpression, { unlessGiven }: Gift): 'own' | 'given' | 'may be given' {
  const argument = unlessGiven === undefined ? undefined : call.arguments[unlessGiven];
  if (unlessGiven === undefined || (!argument && !call.arguments.some(ts.isSpreadElement))) return 'own';
  if (!argument) return 'given';
  if (isEmptyValue(unwrap(argument))) return 'own';
  return isOptional(unwrap(argument), call) ? 'may be given' : 'given';
}

/** A parameter that the caller's own caller need not give. */
function isOptional(argument: ts.Expression, call: ts.Node): boolean {
  if (!ts.isIdentifier(argument)) return false;
  for (let fn = enclosingFunction(call); fn; fn = enclosingFunction(fn)) {
    const parameter = fn.parameters.find(({ name }) => ts.isIdentifier(name) && name.text === argument.text);
    if (parameter) return parameter.questionToken !== undefined;
  }
  return false;
}

function formOf({ acquisition: { form }, promise }: Gift, isActive: boolean): AcquireForm {
  const activatedBy = isActive ? undefined : activatorsOf(form);
  return { form: 'call', callee: [], promise, ...(activatedBy ? { activatedBy } : {}) };
}
