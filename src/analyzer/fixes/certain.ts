/**
 * Which fixes are certain? Each is applied to the text and the result analysed again: it must parse, the finding must be
 * gone, and no other may appear.
 */
import type { Fix } from '../findings/findings';
import type { Steps } from '../steps';
import { applyEdits, areApart } from './edits';

export interface Candidates {
  readonly fingerprint: string;
  /** The best first. */
  readonly candidates: readonly Fix[];
}

/** Characters analysed again per file while trying, and how often at most; what is left then gets no fix. */
const budget = { characters: 1_500_000, times: 24 };
/** Above this length an analysis takes too long to be repeated. */
const maxLength = 400_000;

/**
 * The first certain fix of each finding.
 * @param judge analyses a text: the fingerprints of all its findings, null when it does not parse
 */
export function* certainFixes(
  text: string,
  findings: readonly Candidates[],
  judge: (text: string) => Steps<readonly string[] | null>,
): Steps<readonly (readonly Fix[])[]> {
  const certain: (readonly Fix[])[] = findings.map(() => []);
  if (text.length > maxLength || findings.every(({ candidates }) => candidates.length === 0)) return certain;
  const before = findings.map(({ fingerprint }) => fingerprint);
  let left = Math.min(budget.times, Math.floor(budget.characters / Math.max(1, text.length)));
  const holds = function* (fixes: readonly Fix[], gone: readonly string[]): Steps<boolean> {
    left--;
    const edits = fixes.flatMap(({ edits }) => edits).sort((a, b) => a.start - b.start);
    const after = yield* judge(applyEdits(text, edits));
    return after !== null && isRest(after, before, gone);
  };

  // All first choices that do not touch each other at once: mostly this is the only analysis needed.
  const together: { readonly index: number; readonly fix: Fix }[] = [];
  findings.forEach(({ candidates: [first] }, index) => {
    if (first && together.every(({ fix }) => areApart(fix.edits, first.edits))) together.push({ index, fix: first });
  });
  const joint =
    together.length > 1 &&
    (yield* holds(
      together.map(({ fix }) => fix),
      together.map(({ index }) => before[index] ?? ''),
    ));
  if (joint) for (const { index, fix } of together) certain[index] = [fix];
  for (const [index, { candidates, fingerprint }] of findings.entries()) {
    if (certain[index]?.length !== 0) continue;
    for (const fix of candidates)
      if (left > 0 && (yield* holds([fix], [fingerprint]))) {
        certain[index] = [fix];
        break;
      }
  }
  return certain;
}

/** The findings after are those before without the ones that should be gone. Of equal ones, which differ by number only, some is gone. */
function isRest(after: readonly string[], before: readonly string[], gone: readonly string[]): boolean {
  if (after.length !== before.length - gone.length) return false;
  const known = new Set(before);
  return after.every((fingerprint) => known.has(fingerprint));
}
