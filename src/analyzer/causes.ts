/** What the drafts of one file have in common: several lines with one cause, and events that hardly ever come. */
import type { Draft } from './draft';
import type { Engine } from './engine';
import type { TrailStep } from './findings';
import { rangeOf } from './syntax';

/** Drafts of one cause are told once, at the first; its trail names the others. */
export function toldOnce(drafts: readonly Draft[]): readonly Draft[] {
  const byCause = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (draft.cause === undefined) continue;
    const same = byCause.get(draft.cause);
    if (same) same.push(draft);
    else byCause.set(draft.cause, [draft]);
  }
  return drafts.flatMap((draft): readonly Draft[] => {
    const same = draft.cause === undefined ? undefined : byCause.get(draft.cause);
    if (!same || same.length === 1) return [draft];
    const [first, ...others] = same.toSorted((a, b) => a.node.pos - b.node.pos);
    return first === draft ? [{ ...draft, trail: [...draft.trail, ...others.map(alsoAt)] }] : [];
  });
}

function alsoAt({ node }: Draft): TrailStep {
  return { role: 'grows', message: 'So is this one', range: rangeOf(node) };
}

/** What each event adds weighs little where the event comes a few times in a session. */
export function weighed(draft: Draft, engine: Engine): Draft {
  const adds =
    draft.mechanism === 'repeated-registration' ||
    draft.mechanism === 'unbounded-growth' ||
    draft.mechanism === 'overwritten-before-release';
  return adds && draft.severity !== 'low' && engine.frequency.of(draft.node).isRare
    ? { ...draft, severity: 'low' }
    : draft;
}
