/** The page of a kind, from its catalogue entry: shown by Explain, by the hover's link and by `slo-lens explain`. */
import type { Severity } from '../analyzer/findings';
import { analyzer } from '../analyzer/onDemand';
import { seldomRight } from '../analyzer/resources/trackRecord';

export interface PageEntry {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
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
export function rulePage({ id, title, severity, documentation }: PageEntry): string {
  const { what, why, leaking, safe, releases } = documentation;
  return `# ${title}

\`${id}\` · weighs at most ${severity.toUpperCase()}

${what}

## Why it matters

${why}

${example('Leaks', leaking)}${example('Safe', safe)}
## What counts as a release

${releases.map((release) => `- ${release}`).join('\n')}

## Severity and confidence

The severity is lowered where its repetition is not proven or little is lost, by one level in examples and scripts, and to LOW in tests.${recordOf(id)} Confidence says how sure the proof is; findings of low confidence are hidden by default.

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
function example(title: string, code: string): string {
  return code === '' ? '' : `## ${title}\n\n\`\`\`ts\n${code}\n\`\`\`\n\n`;
}
