/** The methods by which a kind says that a resource ends, or goes over to another. */
import type { ResourceKind } from '../resources/model';

/** Names of the methods that end one of the kind. */
export function releaseMethodsOf({ release }: ResourceKind): ReadonlySet<string> {
  return new Set(release.flatMap((form) => (form.form === 'method' ? form.method : [])));
}

/** The methods that hand the resource, given to them, to what they are called on. */
export function transferMethodsOf({ release }: ResourceKind): ReadonlySet<string> {
  return new Set(release.flatMap((form) => (form.form === 'transfer-method' ? form.method : [])));
}
