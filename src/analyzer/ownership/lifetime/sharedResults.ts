/**
 * Functions that give the one object which their module has made to all who ask: `getBus() { return (bus ??= new Bus()); }`. It
 * lives on when who has asked ends.
 */
import { isEmptyValue } from '../../emptyValues';
import type { Engine } from '../../engine';
import { methodFactOf } from '../../methods';
import type { Place } from '../../places';
import { returnedBy } from '../../returned';
import { enclosingFunction, type FunctionNode, isAssignment, isWithin, ts, unwrap } from '../../syntax';

/** Does the call ask for such an object? A function of this file or of another. */
export function asksForShared(value: ts.Expression, engine: Engine): boolean {
  if (!ts.isCallExpression(value)) return false;
  const [fn, ...others] = engine.program.callees.of(value);
  if (fn) return others.length === 0 && givesSharedObject(fn, engine);
  const known =
    engine.imports.factOf(engine.program.origins.nameOf(unwrap(value.expression))) ??
    methodFactOf(value, engine.program, engine.imports);
  return known?.shared === true;
}

/** A name for such an object, or a part of it, the same wherever it is asked for: by the function that gives it. */
export function sharedObject(value: ts.Expression, engine: Engine): string | undefined {
  const parts: string[] = [];
  let at = unwrap(value);
  while (ts.isPropertyAccessExpression(at)) {
    const kept = engine.program.places.of(at)?.root.kind === 'owner' ? initialOf(at, engine) : undefined;
    if (!kept) parts.unshift(at.name.text);
    at = unwrap(kept?.value ?? at.expression);
  }
  const kept = ts.isIdentifier(at) ? initialOf(at, engine) : undefined;
  const call = kept ? callBehind(kept.value) : at;
  if (!ts.isCallExpression(call) || !asksForShared(call, engine)) return undefined;
  const callee = engine.program.places.of(unwrap(call.expression));
  return callee && [callee.key, ...(kept?.parts ?? []), ...parts].join('.');
}

/** What a variable is given once, or a field; `parts` are those that destructuring takes of it. */
function initialOf(
  value: ts.Identifier | ts.PropertyAccessExpression,
  { program }: Engine,
): { readonly value: ts.Expression; readonly parts: readonly string[] } | undefined {
  if (ts.isIdentifier(value)) {
    const variable = program.scopes.resolve(value);
    if (!variable?.initializer || !variable.path || variable.writes.length > 0) return undefined;
    return { value: variable.initializer, parts: variable.path };
  }
  const place = program.places.of(value);
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return undefined;
  const [given, ...others] = place.root.owner.members.get(value.name.text)?.values ?? [];
  return given?.value && others.length === 0 ? { value: given.value, parts: [] } : undefined;
}

/** The call that a value is taken from, itself or as parts of what it gives: `getProvider().awareness`. */
export function callBehind(value: ts.Expression): ts.Expression {
  let at = unwrap(value);
  while (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return at;
}

/** Does every return give what the module has made, once for all? */
export function givesSharedObject(fn: FunctionNode, engine: Engine): boolean {
  const known = engine.once(table);
  const before = known.get(fn);
  if (before !== undefined) return before;
  known.set(fn, false);
  const results = fn.asteriskToken ? [] : returnedBy(fn);
  const found = results.length > 0 && results.every((result) => isShared(result, fn, engine));
  known.set(fn, found);
  return found;
}

const table = (): Map<FunctionNode, boolean> => new Map();

function isShared(result: ts.Expression, fn: FunctionNode, engine: Engine): boolean {
  const value = unwrap(result);
  // `return (bus ??= new Bus())`
  const place = engine.program.places.of(isAssignment(value) ? unwrap(value.left) : value);
  const given = place && valuesOf(place, engine);
  if (!given) return false;
  const made = given.filter((one) => one.value === undefined || !isEmptyValue(one.value));
  return (
    made.length > 0 &&
    made.every(
      ({ value: one, node }) =>
        one !== undefined &&
        isMaking(unwrap(one)) &&
        // What each call makes anew is no one object.
        (!isWithin(node, fn) || (enclosingFunction(node) === fn && engine.frequency.of(one).level === 'once')),
    )
  );
}

interface Given {
  readonly value: ts.Expression | undefined;
  readonly node: ts.Node;
}

/** What a variable of the module or a static member is ever given. */
function valuesOf({ root, path, key }: Place, { program, uses }: Engine): readonly Given[] | undefined {
  if (root.kind === 'declaration' && path.length === 0) {
    const { scope, kind, initializer, node, writes, path: taken } = root.declaration;
    const isVariable = kind === 'const' || kind === 'let' || kind === 'var';
    if (scope.func !== undefined || !isVariable || taken?.length) return undefined;
    return [...(initializer ? [{ value: initializer, node }] : []), ...writes];
  }
  const [field, ...others] = path;
  const owner =
    root.kind === 'owner'
      ? root.owner
      : root.kind === 'declaration'
        ? program.members.ownerOf(root.declaration.node)
        : undefined;
  const member = field === undefined || others.length > 0 ? undefined : owner?.members.get(field);
  if (!member?.isStatic) return undefined;
  // `Bus.only ??= new Bus()`
  const byName = uses.writes(key).filter((write) => !member.values.some(({ node }) => node === write));
  return [...member.values, ...byName.map((write) => ({ value: write.right, node: write }))].filter(
    ({ value }) => value !== undefined,
  );
}

function isMaking(value: ts.Expression): boolean {
  if (ts.isAwaitExpression(value)) return isMaking(unwrap(value.expression));
  return ts.isNewExpression(value) || ts.isCallExpression(value);
}
