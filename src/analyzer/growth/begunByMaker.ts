/** Entries that only their maker begins: once stopped, nobody starts them again. */

import type { Engine } from '../engine';
import type { MemberUse } from '../program/callees';
import { enclosingFunction, isThis, isWithin, isWithinAny, ownBlockAround, ts, unwrap } from '../syntax/syntax';
import { beginsAll } from '../words/starts';
import type { Insertion } from './changes';

/** Made where it is put in, and nothing elsewhere in the file begins, opens or connects anything like it. */
export function begunByMaker({ node, key, value }: Insertion, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  const item = value ?? key;
  const held = item && unwrap(item);
  if (!fn || !held) return false;
  const declaration = ts.isIdentifier(held) ? engine.program.scopes.resolve(held) : undefined;
  const made = [
    ...(declaration ? [] : [held]),
    ...(declaration?.scope.func && declaration.kind !== 'parameter' && (declaration.path?.length ?? 0) === 0
      ? [declaration.initializer, ...declaration.writes.map((write) => write.value)]
      : []),
  ];
  if (!made.some((one) => one !== undefined && isMaking(one))) return false;
  // Behind the branch that makes one, what was found there already is begun again.
  const branch = ownBlockAround(node) ?? fn;
  const others = new Set(engine.program.callees.reachedFrom(fn));
  others.delete(fn);
  return engine.once(beginnings).every((begins) => {
    if (isWithin(begins, branch)) return true;
    const helper = enclosingFunction(begins);
    const on = unwrap(begins.expression);
    const isGiven = ts.isIdentifier(on) && engine.program.scopes.resolve(on)?.kind === 'parameter';
    // A helper begins what it is given by whoever calls it.
    if (helper && isGiven) return engine.program.callees.usesOf(helper).calls.every((call) => isWithin(call, branch));
    return isWithinAny(begins, others);
  });
}

function isMaking(value: ts.Expression): boolean {
  const inner = unwrap(value);
  const made = ts.isAwaitExpression(inner) ? unwrap(inner.expression) : inner;
  return ts.isNewExpression(made) || ts.isCallExpression(made) || ts.isObjectLiteralExpression(made);
}

/** Members of a file that begin, open or connect what a variable or a table holds; a field of its own is another thing. */
function beginnings({ program }: Engine): readonly MemberUse[] {
  return [...program.callees.accesses].flatMap(([name, accesses]) =>
    beginsAll(name)
      ? accesses.filter(({ expression }) => !ts.isPropertyAccessExpression(unwrap(expression)) && !isThis(expression))
      : [],
  );
}
