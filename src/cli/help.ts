/** What the command line says of itself: an overview, and a page for each command. */

export const commands = ['check', 'slo', 'refresh', 'bisect', 'history', 'explain'] as const;
export type CommandName = (typeof commands)[number];

const overview = `SLO Lens finds leaks in TypeScript and JavaScript, and says which service level objectives a workspace meets.

  slo-lens check [PATH…]       findings of files and folders (default: the current folder)
  slo-lens slo [PATH]          objectives of a workspace: scan, read, evaluate
  slo-lens refresh [PATH]      run the refresh commands of .slo-lens/config.json, then as slo
  slo-lens bisect [OBJECTIVE]  the first commit that crossed the limit of an objective over findings
  slo-lens history export      the remembered history as one file; import joins such a file with it
  slo-lens explain KIND        what a kind means, or why a line is reported (FILE:LINE)

slo-lens COMMAND --help shows the options of a command.
`;

const ending = `
The configuration is .slo-lens/config.json of the nearest folder above PATH that has .slo-lens.
SLO_LENS_DEBUG=1 shows where an internal error comes from.

Exit: 0 fine, 1 the gate is not met or a refresh command failed, 2 wrong usage or configuration, 3 internal error
`;

const ofObjectives = `  --format text|json|sarif|junit|markdown|html  (text); html is one page with charts
  --output FILE                            write there instead of standard output
  --definition FILE                        instead of .slo-lens/slo.yaml or the built-in one
  --now TIME                               evaluate as of this ISO 8601 date and time
  --time-zone TZ                           zone of times without offset (as configured, else this machine's)
  --history DIR                            remember what was measured there, and judge windows by it; with
                                           --now it is only read
`;

const pages: Readonly<Record<CommandName, string>> = {
  check: `slo-lens check [PATH…]: findings of files and folders (default: the current folder)

  --format text|json|sarif|junit|markdown  (text)
  --output FILE                            write there instead of standard output
  --fail-on high|medium|low|never          (high) exit 1 from this severity up; low also lists LOW in text
  --min-confidence high|medium|low         (as configured, else medium) leave out what is less sure
  --baseline FILE                          only findings that are not in it are listed and fail
  --update-baseline                        write the findings of now into it
  --fix                                    write the fixes that are certain, then list what is left
  --no-cache                               analyse every file again

Examples
  slo-lens check src --fail-on medium
  slo-lens check --format sarif --output leaks.sarif
  slo-lens check --baseline leaks.json --update-baseline   what is there now is known; later runs tell what is new
`,
  slo: `slo-lens slo [PATH]: objectives of a workspace: scan, read, evaluate

${ofObjectives}  --gate [--strict]                        exit 1 unless every measured objective is met; with --strict an
                                           unmeasured one fails too
  --since REV                              with --gate: what this branch does to the findings, against the
                                           commit where it left REV
  --baseline FILE                          with --gate: compare with what \`slo --format json\` wrote into FILE
  --no-worse                               with one of these two: exit 1 only for a new violation or one that grew
  --post-mortem INCIDENT                   with --history: draft the post-mortem of an incident as Markdown;
                                           last, an alert as POLICY/OBJECTIVE, or a time (all that fired then)

Examples
  slo-lens slo --gate
  slo-lens slo --gate --since origin/main --no-worse
  slo-lens slo --format html --output slo.html
`,
  refresh: `slo-lens refresh [PATH]: run the refresh commands of .slo-lens/config.json, then as slo

${ofObjectives}
Example
  slo-lens refresh
`,
  bisect: `slo-lens bisect [OBJECTIVE]: the first commit that crossed the limit of an objective over findings

  --path PATH                   (.) the folder; OBJECTIVE may be left out where one alone is violated
  --format text|json|markdown   (text)
  --output FILE                 write there instead of standard output
  --definition FILE             instead of .slo-lens/slo.yaml or the built-in one

Example
  slo-lens bisect memory-high-leaks
`,
  history: `slo-lens history export --history DIR       the history as one file (--output FILE, else standard output)
slo-lens history import FILE --history DIR  join such a file with it; twice is once

Example
  slo-lens history export --history .slo-lens/history --output history.json
`,
  explain: `slo-lens explain KIND       what a kind means: what leaks, why, how to end it, how to silence it
slo-lens explain FILE:LINE  why the findings of a line are reported, hidden ones included
slo-lens explain --list     all kinds, with their severity at most

Examples
  slo-lens explain listener/interval
  slo-lens explain src/clock.ts:7
`,
};

/** @param command null: the overview */
export function helpOf(command: CommandName | null): string {
  return `${command === null ? overview : `${pages[command]}`}${ending}`;
}
