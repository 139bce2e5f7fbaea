/** A kind of many libraries, with the word for what each of them makes: "The chart in `this.sales` is never destroyed". */
import type { ApiName } from './apiTypes';

/** Noun → modules, or `module#name` where a module makes several things. */
export type Nouns = Readonly<Record<string, readonly string[]>>;

/** The form once for each noun of its callees, and once for those that have only the kind's. */
export function withNouns<Form extends { readonly callee: readonly ApiName[] }>(
  form: Form,
  nouns: Nouns,
): readonly (Form & { readonly noun?: string })[] {
  const nounOf = new Map(Object.entries(nouns).flatMap(([noun, of]) => of.map((name) => [name, noun] as const)));
  const groups = new Map<string | undefined, ApiName[]>();
  for (const api of form.callee) {
    const { module = '' } = api;
    const noun = nounOf.get(`${module}#${api.name}`) ?? nounOf.get(module);
    groups.set(noun, [...(groups.get(noun) ?? []), api]);
  }
  return [...groups].map(([noun, callee]) => ({ ...form, callee, ...(noun === undefined ? {} : { noun }) }));
}
