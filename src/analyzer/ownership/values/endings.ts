/**
 * Calls that end something, by the catalogue's words and by convention: `x.dispose()`, `clearInterval(x)`, `x?.()`. What
 * they end need not be a resource that the catalogue knows: who writes such a call states that the thing has to end.
 */

import { apiCalls } from '../../acquiring/apiCalls';
import { type ApiIndex, indexByName } from '../../acquiring/apiNames';
import type { Engine } from '../../engine';
import type { Family } from '../../findings/findings';
import { inOrder } from '../../program/callNames';
import { methodCalls } from '../../program/methodCalls';
import type { ApiName } from '../../resources/apiTypes';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { enclosingFunction, type FunctionNode, ts, unwrap, wrapped } from '../../syntax/syntax';
import { endsRegistration, isNoEnding } from '../../words/releases';
import { isWholeTeardown } from '../../words/teardowns';
import { addUnder } from './nodesByKey';

export interface Ending {
  readonly site: ts.CallExpression;
  /** What is ended. */
  readonly target: ts.Expression;
  /** A method of it, a function that it is given to, or itself: a function that ends what it stands for. */
  readonly by: 'method' | 'function' | 'itself';
  /** `dispose`, `clearInterval`; empty where it is called itself. */
  readonly name: string;
  readonly family: Family;
  /** `x?.close()`, `x && x.close()`, `clearInterval(x)`: nothing happens where there is none. */
  readonly ignoresMissing: boolean;
}

/** `() => stop?.()`: what may be missing is no function of the file's own. */
function isWholeBody(call: ts.CallExpression): boolean {
  const outer = wrapped(call);
  return call.questionDotToken !== undefined && ts.isArrowFunction(outer.parent) && outer.parent.body === outer;
}

/** All endings of a file, in order of position. */
export function endingsOf(engine: Engine, kinds: readonly ResourceKind[]): readonly Ending[] {
  const kept = engine.once(slot);
  kept.endings ??= collect(engine, kinds);
  return kept.endings;
}

/** Those that end what stands in the place, by its key. */
export function endingsAt(key: string, engine: Engine, kinds: readonly ResourceKind[]): readonly Ending[] {
  const kept = engine.once(slot);
  kept.byPlace ??= byPlaceEnded(endingsOf(engine, kinds), engine);
  return kept.byPlace.get(key) ?? noEndings;
}

const noEndings: readonly Ending[] = [];

function byPlaceEnded(endings: readonly Ending[], { program }: Engine): ReadonlyMap<string, readonly Ending[]> {
  const found = new Map<string, Ending[]>();
  for (const ending of endings) {
    const place = program.places.of(unwrap(ending.target));
    if (place) addUnder(found, place.key, ending);
  }
  return found;
}

interface Kept {
  endings?: readonly Ending[];
  byPlace?: ReadonlyMap<string, readonly Ending[]>;
  byFunction?: ReadonlyMap<FunctionNode, readonly Ending[]>;
}

const slot = (): Kept => ({});

/** Those that stand in any of the functions, or in functions within them, in order of position. */
export function endingsIn(
  fns: Iterable<FunctionNode>,
  engine: Engine,
  kinds: readonly ResourceKind[],
): readonly Ending[] {
  const kept = engine.once(slot);
  kept.byFunction ??= byFunctionAround(endingsOf(engine, kinds));
  const found = new Set<Ending>();
  for (const fn of fns) for (const ending of kept.byFunction.get(fn) ?? []) found.add(ending);
  return [...found].sort(byPosition);
}

function byFunctionAround(endings: readonly Ending[]): ReadonlyMap<FunctionNode, readonly Ending[]> {
  const found = new Map<FunctionNode, Ending[]>();
  for (const ending of endings)
    for (let fn = enclosingFunction(ending.site); fn; fn = enclosingFunction(fn)) addUnder(found, fn, ending);
  return found;
}

function byPosition(a: Ending, b: Ending): number {
  return a.site.pos - b.site.pos;
}

interface Words {
  readonly methods: ReadonlyMap<string, Family>;
  readonly calls: ApiIndex<CallForm>;
}

interface CallForm {
  readonly callee: readonly ApiName[];
  readonly argument: number;
  readonly family: Family;
  readonly ignoresMissing: boolean;
}

const tables = new WeakMap<readonly ResourceKind[], Words>();

function wordsOf(kinds: readonly ResourceKind[]): Words {
  let found = tables.get(kinds);
  if (!found) {
    const methods = new Map<string, Family>();
    const counts = new Map<string, number>();
    const calls: CallForm[] = [];
    for (const { release, family } of kinds)
      for (const form of release)
        if (form.form === 'method') {
          for (const method of form.method) {
            // Of the family that most kinds with this word are of.
            const count = (counts.get(method) ?? 0) + (family === 'handle' ? 1 : -1);
            counts.set(method, count);
            methods.set(method, endsRegistration(method) || count <= 0 ? 'listener' : 'handle');
          }
        } else if (form.form === 'call')
          calls.push({
            callee: form.callee,
            argument: form.argument,
            family,
            ignoresMissing: form.ignoresMissing === true,
          });
    found = { methods, calls: indexByName(calls, ({ callee }) => callee) };
    tables.set(kinds, found);
  }
  return found;
}

function collect(engine: Engine, kinds: readonly ResourceKind[]): readonly Ending[] {
  const { program, types } = engine;
  const { methods, calls: functions } = wordsOf(kinds);
  const found: Ending[] = [];
  const familyOf = (name: string): Ending['family'] | undefined =>
    isNoEnding(name) ? undefined : (methods.get(name) ?? (isWholeTeardown(name) ? 'handle' : undefined));
  for (const { call, callee, method } of methodCalls(program, (name) => familyOf(name) !== undefined)) {
    const family = familyOf(method);
    if (family)
      found.push({
        site: call,
        target: callee.expression,
        by: 'method',
        name: method,
        family,
        ignoresMissing: callee.questionDotToken !== undefined,
      });
  }
  for (const node of nodesIn(program.sourceFile, calls)) {
    if (node.arguments.length > 0) continue;
    const callee = unwrap(node.expression);
    const used = wrapped(node).parent;
    if (
      (ts.isExpressionStatement(used) || ts.isBinaryExpression(used) || isWholeBody(node)) &&
      program.places.of(callee)
    )
      found.push({
        site: node,
        target: callee,
        by: 'itself',
        name: '',
        family: 'listener',
        ignoresMissing: node.questionDotToken !== undefined,
      });
  }
  for (const { name, nodes } of program.once(apiCalls).named) {
    const entries = functions.candidates(name).filter(({ callee }) => types.matches(name, callee));
    if (entries.length === 0) continue;
    for (const site of nodes) {
      if (!ts.isCallExpression(site)) continue;
      const entry = entries.find(({ argument }) => site.arguments[argument] !== undefined);
      const target = entry && site.arguments[entry.argument];
      if (!target) continue;
      const { family, ignoresMissing } = entry;
      found.push({ site, target, by: 'function', name: unwrap(site.expression).getText(), family, ignoresMissing });
    }
  }
  // One that is more than one of these is a method before it is another.
  found.sort((a, b) => inOrder(a.site, b.site));
  return [...found, ...found.flatMap((ending) => throughHelper(ending, engine))].sort(byPosition);
}

/** `end(socket)`, where a function of this file ends what it is given. */
function throughHelper({ target, family, ignoresMissing }: Ending, { program }: Engine): readonly Ending[] {
  const value = unwrap(target);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  const helper = declaration?.kind === 'parameter' ? declaration.scope.func : undefined;
  const position = helper?.parameters.findIndex(
    ({ name }) => name === declaration?.node || name.parent === declaration?.node,
  );
  if (!helper || position === undefined || position < 0) return [];
  return program.callees.usesOf(helper).calls.flatMap((site): readonly Ending[] => {
    const given = ts.isCallExpression(site) ? site.arguments[position] : undefined;
    if (!given || !ts.isCallExpression(site)) return [];
    return [{ site, target: given, by: 'function', name: site.expression.getText(), family, ignoresMissing }];
  });
}
