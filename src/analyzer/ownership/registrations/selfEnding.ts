/** Registrations that need no removal of their own: they come off by themselves, or with all that the receiver has. */
import type { Engine } from '../../engine';
import { isAssignment, ts, unwrap, wrapped } from '../../syntax/syntax';
import { releasesItself } from './endingOptions';
import { removingCalls } from './removingCalls';

/** `{ once: true }`, `{ signal }` among what the call is given. */
export function comesOffItself(call: ts.CallExpression, engine: Engine): boolean {
  return call.arguments.some((one) => ts.isObjectLiteralExpression(unwrap(one)) && releasesItself(one, engine));
}

/** `el.off()`, `bus.removeAllListeners('done')`, `map.remove()`: somewhere all is taken from the receiver at once. */
export function isEmptiedAtOnce(receiver: ts.Expression, engine: Engine): boolean {
  const { places } = engine.program;
  const keys = namesOf(receiver, engine);
  return removingCalls(engine).some(({ call, receiver: other, takes }) => {
    if (takes === 'one' && call.arguments.length > 0) return false;
    const key = places.of(other)?.key;
    return key !== undefined && keys.has(key);
  });
}

/** The places that have an object, also by `this.map = map` or `const map = this.map`. */
export function namesOf(receiver: ts.Expression, engine: Engine): ReadonlySet<string> {
  const { places } = engine.program;
  const place = places.of(receiver);
  if (!place) return new Set();
  const keys = new Set([place.key]);
  for (const use of engine.uses.reads(place.key)) {
    const given = wrapped(use);
    const { parent } = given;
    const name = isAssignment(parent) && parent.right === given ? places.of(unwrap(parent.left)) : undefined;
    if (name) keys.add(name.key);
  }
  // A constant that stands for a field.
  const made = place.root.kind === 'declaration' && place.path.length === 0 ? place.root.declaration : undefined;
  const source = made?.initializer && made.kind !== 'parameter' ? places.of(unwrap(made.initializer)) : undefined;
  if (source) keys.add(source.key);
  return keys;
}
