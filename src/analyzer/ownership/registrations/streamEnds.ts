/** What of the catalogue ends a stream, and what a stream begins with. */
import { perObject } from '../../once';
import type { ResourceKind } from '../../resources/model';
import { ts, unwrap } from '../../syntax/syntax';
import { pipes } from '../../words/streams';

/** Names of the operators by which a stream ends. */
export const endingNames = perObject(
  (kinds: readonly ResourceKind[]): ReadonlySet<string> =>
    new Set(
      kinds
        .flatMap(({ acquire }) =>
          acquire.flatMap((form) =>
            form.form === 'stream' ? [...form.source.endedBy, ...form.source.endedByOwner] : [],
          ),
        )
        .map(({ name }) => name),
    ),
);

/** `store.changes.pipe(debounceTime(9))`: what the steps begin with. */
export function sourceOf(stream: ts.Expression): ts.Expression {
  let at = unwrap(stream);
  while (ts.isCallExpression(at)) {
    const callee = unwrap(at.expression);
    if (!ts.isPropertyAccessExpression(callee) || !pipes(callee.name.text)) break;
    at = unwrap(callee.expression);
  }
  return at;
}
