/** Many fixes for one text: those that do not touch each other at once, the others one after the other. */
import type { FileFindings, Finding, TextEdit } from '../findings/findings';
import { applyEdits, areApart } from './edits';

export interface FixedText {
  readonly text: string;
  /** What was fixed, in order; ranges are those of the text at that time. */
  readonly fixed: readonly { readonly finding: Finding; readonly title: string }[];
}

/** Fixes that touch each other need a round each. */
const maxRounds = 25;

/**
 * Applies the first fix of every wanted finding that has one.
 * @param analyze gives the findings of a text; asked again after each round, so that only what holds together is kept
 */
export function fixAll(
  original: string,
  isWanted: (finding: Finding) => boolean,
  analyze: (text: string) => FileFindings,
): FixedText {
  let text = original;
  let now = analyze(text);
  const fixed: { finding: Finding; title: string }[] = [];
  const failed = new Set<string>();
  for (let round = 0; round < maxRounds; round++) {
    const chosen: { readonly finding: Finding; readonly edits: readonly TextEdit[]; readonly title: string }[] = [];
    for (const finding of now.findings) {
      const [fix] = finding.fixes;
      if (!fix || !isWanted(finding) || failed.has(finding.fingerprint)) continue;
      if (chosen.every(({ edits }) => areApart(edits, fix.edits)))
        chosen.push({ finding, edits: fix.edits, title: fix.title });
    }
    const [first] = chosen;
    if (!first) break;
    const isApplied = [chosen, [first]].some((some) => {
      const edits = some.flatMap((one) => one.edits).sort((a, b) => a.start - b.start);
      const next = applyEdits(text, edits);
      const after = analyze(next);
      if (!isBetter(now, after, some.length)) return false;
      fixed.push(...some.map(({ finding, title }) => ({ finding, title })));
      text = next;
      now = after;
      return true;
    });
    if (!isApplied) failed.add(first.finding.fingerprint);
  }
  return { text, fixed };
}

/** As many findings fewer as were fixed, and none that was not there. */
function isBetter(before: FileFindings, after: FileFindings, fewer: number): boolean {
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  return (
    after.coverage.state === 'full' &&
    after.findings.length === before.findings.length - fewer &&
    after.suppressed.length === before.suppressed.length &&
    after.findings.every(({ fingerprint }) => known.has(fingerprint))
  );
}
