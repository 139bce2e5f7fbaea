/** Findings that one omission brings about, told once: "3 DOM listeners of `init` are not removed in `destroy`". */
import type { Omission } from '../analyzer/findings/findings';
import type { FindingReport } from '../report/report';

export interface Told {
  /** Of one omission, of one file and severity, in order; mostly a single one. */
  readonly findings: readonly [FindingReport, ...FindingReport[]];
  /** What they have in common; null of a single one, which says it itself. */
  readonly text: string | null;
}

/** In the order in which the first of each stands. */
export function toldOnce(findings: readonly FindingReport[]): readonly Told[] {
  const groups = new Map<string, [FindingReport, ...FindingReport[]]>();
  for (const [index, finding] of findings.entries()) {
    const { omission, place, severity } = finding;
    const key = omission ? JSON.stringify([place.uri, place.path, severity, omission.id]) : String(index);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => {
    const [{ omission }] = group;
    return { findings: group, text: omission && group.length > 1 ? omissionText(omission, group.length) : null };
  });
}

/** How many causes findings have; equal to their number where each has its own. */
export function causesIn(findings: readonly FindingReport[]): number {
  return toldOnce(findings).length;
}

/** @param number of findings, more than one */
export function omissionText({ things, ended, of, by }: Omission, number: number): string {
  const begun = of === null ? '' : ` of \`${of}\``;
  return by === null
    ? `${number} ${plural(things)}${begun} are never ${ended}`
    : `${number} ${plural(things)}${begun} are not ${ended} in \`${by}\``;
}

/** Title of the action that mends all of them: the editor offers it, the panel asks for it. */
export function fixAllTitle({ things, by }: Omission, number: number): string {
  return `Fix all ${number} ${plural(things)}${by === null ? ' of this cause' : ` that \`${by}\` forgets`}`;
}

/** "DOM listeners", "response bodies", "sources of a stream" */
function plural(things: string): string {
  const [, head = things, rest = ''] = /^(.*?)( of .*)?$/.exec(things) ?? [];
  if (/[^aeiou]y$/.test(head)) return `${head.slice(0, -1)}ies${rest}`;
  return `${head}${/(?:s|x|ch|sh)$/.test(head) ? 'es' : 's'}${rest}`;
}
