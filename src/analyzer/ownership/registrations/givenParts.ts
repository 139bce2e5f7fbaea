/** Subscriptions to what an owner is given for itself alone, such as the route that shows it: both end together. */
import type { Engine } from '../../engine';
import { perObject } from '../../once';
import type { Name } from '../../program/origins';
import type { ApiName } from '../../resources/apiTypes';
import type { ResourceKind } from '../../resources/model';
import { injectors } from '../../resources/scopes';
import { type CallLike, ts, unwrap } from '../../syntax/syntax';
import { sourceOf } from './streamEnds';

/** The types of such parts, by the kinds that know of them. */
export const endingWithOwner = perObject((kinds: readonly ResourceKind[]): readonly ApiName[] =>
  kinds.flatMap(({ acquire }) =>
    acquire.flatMap((form) => (form.form === 'stream' ? (form.source.injected?.ending ?? []) : [])),
  ),
);

/** `this.route.params.subscribe(…)` */
export function isOfGivenPart(call: CallLike, parts: readonly ApiName[], engine: Engine): boolean {
  const callee = unwrap(call.expression);
  let at = ts.isPropertyAccessExpression(callee) ? sourceOf(callee.expression) : callee;
  for (;;) {
    if (typesOf(at, engine).some((name) => engine.types.matches(name, parts))) return true;
    if (!ts.isPropertyAccessExpression(at)) return false;
    at = unwrap(at.expression);
  }
}

/** By an annotation, or as what it is asked for: `inject(ActivatedRoute)`. */
function typesOf(value: ts.Expression, { program, types }: Engine): readonly (Name | undefined)[] {
  return program.origins.of(value).map((origin) => {
    if (origin.kind === 'annotated') return origin.type;
    if (origin.kind !== 'call' || !types.matches(origin.callee, injectors)) return undefined;
    const wanted = origin.node.arguments?.[0];
    return wanted && program.origins.nameOf(unwrap(wanted));
  });
}
