/** What of the catalogue ends a stream. */
import { perObject } from '../../once';
import type { ResourceKind } from '../../resources/model';

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
