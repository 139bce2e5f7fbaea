/** What the place is in which a value is kept: of its owner or of others, a collection, a box. */

import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import { ts, unwrap } from '../../syntax/syntax';
import { withBases } from '../instances/bases';
import { fatesOf } from './fate';

/** The place itself, and the same field as the base classes of this file know it. */
export function keysInBases(place: Place, engine: Engine): readonly string[] {
  const [field, ...rest] = place.path;
  if (place.root.kind !== 'owner' || field === undefined || rest.length > 0) return [place.key];
  return withBases(place.root.owner, engine).map((at) => engine.program.places.ofMember(at, field).key);
}

/** Does someone else have what is kept there: who imports or gave it, a box, or who is given the object around it? */
export function isOthers(place: Place, engine: Engine): boolean {
  const { root, path } = place;
  // `this.listener.value = …`: a box that may end its old content, and is ended itself.
  if (path.at(-1) === 'value' && isBox(place)) return true;
  if (root.kind === 'unknown-this' || root.kind === 'import') return true;
  // exports.server = …: whoever imports it may release it.
  if (root.kind === 'global') return root.name === 'exports' || root.name === 'module';
  if (root.kind !== 'declaration') return false;
  const { declaration } = root;
  if (declaration.kind === 'parameter' || declaration.kind === 'using') return true;
  if (path.length === 0) return [...engine.program.scopes.exports.values()].includes(declaration);
  // A property of a local object goes where the object goes.
  return engine.uses.reads(engine.program.places.ofDeclaration(declaration).key).some((use) => {
    const kind = fatesOf(use, engine.program)[0]?.kind;
    return kind === 'handed-over' || kind === 'passed' || kind === 'collected' || kind === 'stored';
  });
}

function isBox({ root, path }: Place): boolean {
  if (root.kind === 'declaration' && path.length === 1) return isMadeBox(root.declaration.initializer);
  if (root.kind !== 'owner' || path.length !== 2) return false;
  const given = root.owner.members.get(path[0] ?? '')?.values ?? [];
  return given.some(({ value }) => isMadeBox(value));
}

/** `new Slot()`, `store.add(new Slot())`, `this._register(new Slot())` */
function isMadeBox(value: ts.Expression | undefined): boolean {
  const made = value && unwrap(value);
  const given = made && ts.isCallExpression(made) && made.arguments.length === 1 ? made.arguments[0] : made;
  return given !== undefined && ts.isNewExpression(unwrap(given));
}

/** Created here as an array, a record, a Map or a Set. */
export function isPlainCollection(container: Place): boolean {
  const { root, path } = container;
  const given =
    root.kind === 'owner' && path.length === 1
      ? (root.owner.members.get(path[0] ?? '')?.values.map(({ value }) => value) ?? [])
      : root.kind === 'declaration' && path.length === 0
        ? [root.declaration.initializer]
        : [];
  return given.some((value) => {
    const initial = value && unwrap(value);
    if (!initial) return false;
    if (ts.isArrayLiteralExpression(initial) || ts.isObjectLiteralExpression(initial)) return true;
    return (
      ts.isNewExpression(initial) &&
      ts.isIdentifier(initial.expression) &&
      /^(?:Map|Set|Array|WeakMap|WeakSet)$/.test(initial.expression.text)
    );
  });
}

/** Does it live as long as an owner, the module or the process? */
export function isHeldByOwnerOrModule(place: Place | undefined): boolean {
  if (!place) return false;
  if (place.root.kind === 'owner') return place.path.length > 0;
  if (place.root.kind === 'global') return true;
  return place.root.kind === 'declaration' && place.root.declaration.scope.func === undefined;
}
