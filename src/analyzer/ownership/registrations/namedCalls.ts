/** Calls that only the name of their method tells for registrations, on receivers of any type: each is judged by the code's own words. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { perObject } from '../../once';
import { callsNamed } from '../../program/callNames';
import type { ResourceKind } from '../../resources/model';
import type { ts } from '../../syntax/syntax';
import { kindOfRegistration } from './registrationKinds';

/** What is told of a call; of what kind it is, the call itself says. */
export type NamedDraft = Omit<Draft, 'kind'>;

/** The methods of each kind that are looked at, for a catalogue. */
type MethodsOf = (kinds: readonly ResourceKind[]) => readonly {
  readonly kind: ResourceKind;
  readonly methods: ReadonlySet<string>;
}[];

function methodsOf(of: (kind: ResourceKind) => readonly string[] | undefined): MethodsOf {
  return perObject((kinds: readonly ResourceKind[]) =>
    kinds.flatMap((kind) => {
      const methods = of(kind);
      return methods ? [{ kind, methods: new Set(methods) }] : [];
    }),
  );
}

export const byEvent = methodsOf((kind) => kind.byEvent);
export const byEventOrCall = methodsOf((kind) => kind.byEvent ?? kind.byCall);

/** Drafts for the calls that nobody has told of yet; a hidden report does not count as telling. */
export function judgeNamedCalls(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
  looked: MethodsOf,
  judge: (node: ts.CallExpression, engine: Engine, kind: ResourceKind) => NamedDraft | undefined,
): readonly Draft[] {
  const told = new Set(known.flatMap(({ confidence, node }) => (confidence === 'low' ? [] : [node])));
  return looked(kinds).flatMap(({ kind, methods }) =>
    callsNamed(engine.program, methods).flatMap((node) => {
      const draft = told.has(node) ? undefined : judge(node, engine, kind);
      return draft ? [{ ...draft, kind: kindOfRegistration(node, kinds, acquisitions, engine) ?? kind.id }] : [];
    }),
  );
}
