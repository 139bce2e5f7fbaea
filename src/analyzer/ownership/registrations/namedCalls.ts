/** Calls that only the name of their method tells for registrations, on receivers of any type: each is judged by the code's own words. */
import type { Acquisition } from '../../acquisitions';
import { callsNamed } from '../../callNames';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { ResourceKind } from '../../resources/model';
import type { ts } from '../../syntax';
import { kindOfRegistration } from './registrationKinds';

/** What is told of a call; of what kind it is, the call itself says. */
export type NamedDraft = Omit<Draft, 'kind'>;

/**
 * Drafts for the calls that nobody has told of yet; a hidden report does not count as telling.
 * @param methodsOf names of the methods of a kind that are looked at; undefined for a kind that has none
 */
export function judgeNamedCalls(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
  methodsOf: (kind: ResourceKind) => readonly string[] | undefined,
  judge: (node: ts.CallExpression, engine: Engine, kind: ResourceKind) => NamedDraft | undefined,
): readonly Draft[] {
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  return kinds.flatMap((kind) => {
    const methods = methodsOf(kind);
    if (!methods) return [];
    return callsNamed(engine.program, new Set(methods)).flatMap((node) => {
      const draft = told.has(node) ? undefined : judge(node, engine, kind);
      return draft ? [{ ...draft, kind: kindOfRegistration(node, kinds, acquisitions, engine) ?? kind.id }] : [];
    });
  });
}
