/** Objects that add themselves to what outlives them, and have a teardown that leaves them there. */
import type { Engine } from '../engine';
import type { Owner } from '../program/members';
import { outermostFunction, ts, unwrap } from '../syntax/syntax';
import { isWholeTeardown } from '../words/teardowns';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import type { End } from './entryEnd';
import { functionName } from './holders';
import { isStarting, isStopping } from './words';

/** An object adds itself to what outlives it, and has a teardown. */
export function ownTeardown(insertion: Insertion, { container }: Collection, engine: Engine): End | undefined {
  if (container.holder !== 'module' && container.holder !== 'global') return undefined;
  const { node, key, value } = insertion;
  const adder = outermostFunction(node);
  const owner = engine.program.members.ownerAt(node);
  if (!adder || !owner || owner.kind === 'object' || engine.frequency.instancesOf(owner) === 'single') return undefined;
  if (![key, value].some((one) => one !== undefined && isOfThis(unwrap(one), owner))) return undefined;
  for (const {
    name,
    functions: [fn],
    isStatic,
  } of owner.members.values())
    if (fn && !isStatic && isWholeTeardown(name) && !(isUndone(name, owner) && !isStarting(functionName(adder))))
      return { node: fn.name ?? fn, what: `\`${name}\` leaves it there` };
  return undefined;
}

/** `stop` of what has a `start`: it may go on. */
function isUndone(name: string, { members }: Owner): boolean {
  return isStopping(name) && [...members.values()].some((one) => one.functions.length > 0 && isStarting(one.name));
}

/** `this`, `this.handler`, `this.onChange.bind(this)`. */
function isOfThis(value: ts.Expression, owner: Owner): boolean {
  if (value.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isCallExpression(value))
    return /\.bind$/.test(value.expression.getText()) && value.arguments[0]?.kind === ts.SyntaxKind.ThisKeyword;
  if (!ts.isPropertyAccessExpression(value) || value.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  const { text } = value.name;
  return (owner.members.get(text)?.functions.length ?? 0) > 0 || /(?:Listener|Handler|Callback)$/i.test(text);
}
