/** A resource that belongs to a whole ends with it. */
import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { fatesOf } from '../ownership/values/fate';
import { ts, unwrap, walk } from '../syntax/syntax';

/** `request.destroy()` in the callback that is given the response: calls on what the acquiring call itself gave, or that are given it. */
export function endsOfWhole({ kind, node }: Acquisition, callback: ts.Node, engine: Engine): readonly ts.Node[] {
  const { endedWith } = kind;
  if (!endedWith) return [];
  const { places } = engine.program;
  const kept = fatesOf(node as ts.Expression, engine.program).flatMap((fate) =>
    fate.kind === 'stored' ? [fate.place.key] : [],
  );
  const found: ts.Node[] = [];
  const isWhole = (value: ts.Expression): boolean => kept.includes(places.of(unwrap(value))?.key ?? '');
  walk(callback, (inner) => {
    if (!ts.isCallExpression(inner)) return undefined;
    const callee = unwrap(inner.expression);
    const isEnd = ts.isPropertyAccessExpression(callee) && endedWith.includes(callee.name.text);
    if ((isEnd && isWhole(callee.expression)) || inner.arguments.some(isWhole)) found.push(inner);
    return undefined;
  });
  return found;
}
