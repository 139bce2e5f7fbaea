/**
 * Does what runs for each event also put in something new each time? Under the id of a thing each event writes over what the
 * last one wrote, and the table is as large as there are things: a few workspaces, checks, accounts. More it is where the keys
 * are of what keeps coming, where the event tells of something new, and where the entry is made for the key that was not
 * there yet, or holds what was made for it.
 */
import type { Engine } from '../engine';
import type { Occasion } from '../ownership/lifetime/frequency/occasions';
import { ts, unwrap } from '../syntax';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import { keysOf } from './collections';
import { keepsComing } from './evidence';
import { isUnnamed } from './listWeight';
import { isArrivalEvent, tellsOfNew } from './words';

/** Is there a sign that the next event brings another key? */
export function bringsNewKeys(
  insertion: Insertion,
  key: ts.Expression,
  occasion: Occasion,
  collection: Collection,
  engine: Engine,
): boolean {
  if (occasion.kind === 'event' && (tellsOfNew(occasion.name) || isArrivalEvent(occasion.name))) return true;
  const keys = keysOf(insertion, collection, engine);
  if (keys === 'open' || keys === 'transient') return true;
  // A handler of an event without a name may be of one that hardly ever comes.
  return !isUnnamed(occasion) && keepsComing(key, engine);
}

/** `table.get(id) ?? make(id)`: put in for each key that is not there yet, and for no other. */
export function isMadeWhereMissing({ key, value }: Insertion, { changes }: Collection, engine: Engine): boolean {
  const given = value && unwrap(value);
  const declaration = given && ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  const made = declaration?.initializer ? unwrap(declaration.initializer) : given;
  if (!key || !made || !ts.isBinaryExpression(made)) return false;
  const operator = made.operatorToken.kind;
  if (operator !== ts.SyntaxKind.BarBarToken && operator !== ts.SyntaxKind.QuestionQuestionToken) return false;
  const looked = unwrap(made.left);
  const maker = unwrap(made.right);
  return (
    (ts.isCallExpression(maker) || ts.isNewExpression(maker)) &&
    changes.lookups.some((lookup) => unwrap(lookup as ts.Expression) === looked || lookup === looked)
  );
}
