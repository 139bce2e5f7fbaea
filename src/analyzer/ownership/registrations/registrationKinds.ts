/** What kind a registration is reported as: rule pages, overrides and suppressions go by it, whoever the judge is. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { perObject } from '../../once';
import type { ResourceKind } from '../../resources/model';
import { calledName, type ts } from '../../syntax/syntax';

/** The kinds that methods add registrations of, by the name of the method. */
export const kindsByMethod = perObject((kinds: readonly ResourceKind[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const kind of kinds)
    for (const form of kind.acquire)
      if (form.form === 'registration' && form.untyped && !form.givesUp)
        for (const method of form.method) if (!found.has(method)) found.set(method, kind.id);
  return found;
});

/** What the catalogue says of the receiver where it is known, else of the method; undefined where it says neither. */
export function kindOfRegistration(
  call: ts.CallExpression,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  engine: Engine,
): string | undefined {
  return kindsByReceiver(acquisitions, engine).get(call) ?? kindsByMethod(kinds).get(calledName(call));
}

/** Of each list that was asked about. */
const tables = (): Map<readonly Acquisition[], ReadonlyMap<ts.Node, string>> => new Map();

function kindsByReceiver(acquisitions: readonly Acquisition[], engine: Engine): ReadonlyMap<ts.Node, string> {
  const known = engine.once(tables);
  let found = known.get(acquisitions);
  if (!found) {
    found = byReceiver(acquisitions);
    known.set(acquisitions, found);
  }
  return found;
}

/** Where two kinds are of a receiver, the first one says more of it. */
function byReceiver(acquisitions: readonly Acquisition[]): ReadonlyMap<ts.Node, string> {
  const found = new Map<ts.Node, string>();
  for (const { node, form, kind, assumed } of acquisitions)
    if (form.form === 'registration' && !assumed && !found.has(node)) found.set(node, kind.id);
  return found;
}
