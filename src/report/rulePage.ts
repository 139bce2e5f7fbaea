/** The page of a kind, from its catalogue entry: shown by Explain, by the hover's link and by `slo-lens explain`. */
import type { Family, Severity } from '../analyzer/findings/findings';
import { analyzer } from '../analyzer/onDemand';
import { seldomRight } from '../analyzer/resources/trackRecord';

export interface PageEntry {
  readonly id: string;
  /** Ids that it had before. */
  readonly formerly?: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  readonly family?: Family;
  readonly heldBy?: 'runtime' | 'receiver' | 'nothing';
  readonly pathSensitive?: boolean;
  readonly exits?: 'every' | 'likely' | 'certain' | 'never';
  readonly documentation: {
    readonly what: string;
    readonly why: string;
    readonly leaking: string;
    readonly safe: string;
    readonly releases: readonly string[];
  };
}

/** Where the pages stand in the repository. */
export const rulePageBase = 'https://github.com/slo-lens/slo-lens/blob/main/media/rules';

/** Link of a kind's page; a kind of the workspace's own has none. */
export function rulePageUri(kind: string): string | undefined {
  return analyzer().builtIn.kind(kind) ? `${rulePageBase}/${kind}.md` : undefined;
}

/** Markdown of the page. */
export function rulePage(entry: PageEntry): string {
  const { id, formerly = [], title, severity, documentation } = entry;
  const { what, why, leaking, safe, releases } = documentation;
  const weight = exampleWeight(entry);
  return `# ${title}

\`${id}\`${formerly.length === 0 ? '' : ` (formerly ${formerly.map((one) => `\`${one}\``).join(', ')}, which still counts in comments, settings and baselines)`} · weighs at most ${severity.toUpperCase()}

${what}

## Why it matters

${why}

${example('Leaks', leaking, weight === null ? '' : `Weighs ${weight.toUpperCase()} as it stands.`)}${example('Safe', safe)}
## What counts as a release

${releases.map((release) => `- ${release}`).join('\n')}

## Severity and confidence

${mostText(entry, weight)}The severity is lowered where its repetition is not proven or little is lost, by one level in examples and scripts, and to LOW in tests.${recordOf(id)} Confidence says how sure the proof is; findings of low confidence are hidden by default.

## Silence it

\`\`\`ts
// slo-lens-ignore-next-line ${id} -- the reason
\`\`\`

Or in \`.slo-lens/config.json\`: \`{ "severity": { "${id}": "off" } }\`.
`;
}

/** What readers of reports in unknown repositories have said of the kind, as far as it counts. */
function recordOf(id: string): string {
  return seldomRight.has(id)
    ? ' What would be MEDIUM is LOW here unless the code runs for each event or request, a teardown forgets it, or a removal misses it: of the rest readers of unknown repositories called less than a third right.'
    : '';
}

/** A kind of the workspace's own may have no example. */
function example(title: string, code: string, note = ''): string {
  return code === '' ? '' : `## ${title}\n\n\`\`\`ts\n${code}\n\`\`\`\n\n${note === '' ? '' : `${note}\n\n`}`;
}

/** What the analyzer says of the leaking example; null where it says nothing of the kind, as of a workspace's own. */
export function exampleWeight({ id, documentation }: PageEntry): Severity | null {
  const { leaking, safe } = documentation;
  if (leaking === '') return null;
  const path = /<\w+[ />]/.test(leaking + safe) ? 'src/example.tsx' : 'src/example.ts';
  const { findings } = analyzer().analyzeFile({ path, text: leaking }, { severityOverrides: {} }, undefined, 'later');
  const own = findings.findings.filter(({ kind }) => kind === id);
  return (['high', 'medium', 'low'] as const).find((severity) => own.some((one) => one.severity === severity)) ?? null;
}

/** When a finding weighs the most that its kind can: of HIGH, and where the example weighs less. */
function mostText({ id, severity, family, pathSensitive, exits, heldBy }: PageEntry, example: Severity | null): string {
  const isTold = severity === 'high' || (example !== null && example !== severity && !seldomRight.has(id));
  if (!isTold || severity === 'low') return '';
  const most = severity.toUpperCase();
  if (family === 'cache')
    return `It weighs ${most} where requests or events keep adding objects that nothing takes out again. `;
  if (pathSensitive)
    return `It weighs ${most} where nothing ever ends it in code that runs ${
      exits === 'never' ? 'for each event, request or mount' : 'with each call, event, request or mount'
    }${severity === 'high' && !seldomRight.has(id) ? ', MEDIUM where one way out leaves it open' : ''}. `;
  return `It weighs ${most} where it comes again for sure: with each mount, each ${
    heldBy === 'receiver' ? '' : 'event or '
  }request, or each instance of a class of which the code makes many. `;
}
