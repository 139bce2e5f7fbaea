/** Lists of what a method makes for each caller: who was given one ends it, and the list never learns of it. */
import type { Engine } from '../engine';
import { returnedBy } from '../ownership/values/returned';
import { enclosingFunction, ts, unwrap } from '../syntax/syntax';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import { isCallersName, isShortLivedName } from './words';

/** `const feed = new Feed(); this.listeners.push(feed); return feed;` */
export function isGivenOut({ container }: Collection, { node, key, value }: Insertion, engine: Engine): boolean {
  const item = value ?? key;
  const held = item && unwrap(item);
  const fn = enclosingFunction(node);
  // What is kept under a key is found again.
  if (container.shape === 'map' || container.shape === 'record') return false;
  if (!held || !fn || !ts.isIdentifier(held) || !isCallersName(container.name)) return false;
  if (container.owner && isShortLivedName(container.owner.name)) return false;
  const declaration = engine.program.scopes.resolve(held);
  const made = declaration?.initializer && unwrap(declaration.initializer);
  if (!made || !ts.isNewExpression(made) || declaration.scope.func !== fn) return false;
  return returnedBy(fn).some((given) => {
    const value = unwrap(given);
    return ts.isIdentifier(value) && engine.program.scopes.resolve(value) === declaration;
  });
}
