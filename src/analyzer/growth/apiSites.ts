/** Where growth of a form may be seen, by what is called there: each call is still to be judged. */
import { apiCalls } from '../acquiring/apiCalls';
import type { Engine } from '../engine';
import { callsNamed, inOrder } from '../program/callNames';
import type { GrowthForm } from '../resources/growthForms';
import { nodesIn } from '../syntax/nodeIndex';
import { callLikes } from '../syntax/selections';
import type { CallLike } from '../syntax/syntax';

/** The calls of a file that some forms may be about, in source order, with these forms in the order given. */
export function sitesOf<T extends { readonly form: GrowthForm }>(
  forms: readonly T[],
  engine: Engine,
): readonly (readonly [CallLike, readonly T[]])[] {
  const found = new Map<CallLike, T[]>();
  for (const one of forms)
    for (const node of callsOf(one.form, engine)) {
      const known = found.get(node);
      if (known) known.push(one);
      else found.set(node, [one]);
    }
  return [...found].sort(([a], [b]) => inOrder(a, b));
}

function callsOf(form: GrowthForm, { program, types }: Engine): readonly CallLike[] {
  if ('method' in form) return callsNamed(program, new Set(form.method));
  // Such a one may be named by what is called before it.
  if (form.form === 'reducers') return nodesIn(program.sourceFile, callLikes);
  return program.once(apiCalls).named.flatMap(({ name, nodes }) => (types.matches(name, form.callee) ? nodes : []));
}
