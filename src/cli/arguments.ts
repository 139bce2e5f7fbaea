/** The command line's words, checked: a wrong one is told in one line. */
import { parseArgs } from 'node:util';
import type { Confidence, Severity } from '../analyzer/findings';

export type Format = 'text' | 'json' | 'sarif';

export interface CheckArguments {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output: string | null;
  readonly failOn: Severity | 'never';
  readonly minConfidence: Confidence | null;
  readonly baseline: string | null;
  readonly updateBaseline: boolean;
  readonly cache: boolean;
}

export interface SloArguments {
  readonly command: 'slo' | 'refresh';
  readonly path: string;
  readonly format: Exclude<Format, 'sarif'> | 'sarif';
  readonly output: string | null;
  readonly definition: string | null;
  readonly now: number | null;
  readonly timeZone: string | null;
  readonly gate: boolean;
  readonly strict: boolean;
}

export type Arguments =
  | CheckArguments
  | SloArguments
  | { readonly command: 'explain'; readonly what: string }
  | { readonly command: 'help' }
  | { readonly command: 'version' };

/** Wrong usage; its message is one line. */
export class UsageError extends Error {}

export const help = `SLO Lens finds leaks in TypeScript and JavaScript, and says which service level objectives a workspace meets.

Usage
  slo-lens check [PATH…]      findings of files and folders (default: the current folder)
  slo-lens slo [PATH]         objectives of a workspace: scan, read, evaluate
  slo-lens refresh [PATH]     run the refresh commands of .slo-lens/config.json, then as slo
  slo-lens explain KIND       what a kind means (such as listener/interval)
  slo-lens explain FILE:LINE  why the findings of a line are reported

Options of check
  --format text|json|sarif          (text)
  --output FILE                     write there instead of standard output
  --fail-on high|medium|low|never   (high) exit 1 from this severity up
  --min-confidence high|medium|low  (medium)
  --baseline FILE                   only findings that are not in it count
  --update-baseline                 write the findings of now into it
  --no-cache                        analyse every file again

Options of slo and refresh
  --format text|json|sarif          (text)
  --output FILE
  --definition FILE                 instead of .slo-lens/slo.yaml or the built-in one
  --now ISO                         evaluate as of this instant
  --time-zone TZ                    zone of times without offset (default: this machine's)
  --gate [--strict]                 slo only: exit 1 unless every measured objective is met;
                                    with --strict an unmeasured one fails too

Exit: 0 fine, 1 the gate is not met or a refresh command failed, 2 wrong usage or configuration, 3 internal error
`;

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${name} takes ${allowed.join(', ')}, not \`${value}\``);
  return found;
}

/** Reads the words after the program's name. Throws UsageError. */
export function readArguments(words: readonly string[]): Arguments {
  const [command, ...rest] = words;
  if (command === undefined || command === 'help' || command === '--help' || command === '-h')
    return { command: 'help' };
  if (command === '--version' || command === '-v') return { command: 'version' };
  const parse = (
    options: Parameters<typeof parseArgs>[0],
  ): {
    readonly values: Readonly<Record<string, string | boolean | undefined>>;
    readonly positionals: readonly string[];
  } => {
    try {
      return parseArgs({ ...options, args: [...rest], allowPositionals: true, strict: true }) as never;
    } catch (error) {
      throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error));
    }
  };
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const string = (value: string | boolean | undefined): string | undefined =>
    typeof value === 'string' ? value : undefined;
  switch (command) {
    case 'check': {
      const { values, positionals } = parse({
        options: {
          format: text,
          output: text,
          'fail-on': text,
          'min-confidence': text,
          baseline: text,
          'update-baseline': flag,
          'no-cache': flag,
          help: { type: 'boolean', short: 'h' },
        },
      });
      if (values.help) return { command: 'help' };
      if (values['update-baseline'] && values.baseline === undefined)
        throw new UsageError('--update-baseline needs --baseline FILE');
      return {
        command,
        paths: positionals.length === 0 ? ['.'] : positionals,
        format: oneOf('format', string(values.format), ['text', 'json', 'sarif'], 'text'),
        output: string(values.output) ?? null,
        failOn: oneOf('fail-on', string(values['fail-on']), ['high', 'medium', 'low', 'never'], 'high'),
        minConfidence:
          values['min-confidence'] === undefined
            ? null
            : oneOf<Confidence>(
                'min-confidence',
                string(values['min-confidence']),
                ['high', 'medium', 'low'],
                'medium',
              ),
        baseline: string(values.baseline) ?? null,
        updateBaseline: values['update-baseline'] === true,
        cache: values['no-cache'] !== true,
      };
    }
    case 'slo':
    case 'refresh': {
      const gate = command === 'slo' ? { gate: flag, strict: flag } : {};
      const { values, positionals } = parse({
        options: {
          format: text,
          output: text,
          definition: text,
          now: text,
          'time-zone': text,
          help: { type: 'boolean', short: 'h' },
          ...gate,
        },
      });
      if (values.help) return { command: 'help' };
      if (positionals.length > 1) throw new UsageError(`${command} takes one PATH, not ${positionals.length}`);
      if (values.strict && !values.gate) throw new UsageError('--strict goes with --gate');
      const instant = string(values.now);
      const now = instant === undefined ? null : Date.parse(instant);
      if (now !== null && Number.isNaN(now))
        throw new UsageError(`--now takes an ISO 8601 instant, not \`${instant}\``);
      return {
        command,
        path: positionals[0] ?? '.',
        format: oneOf('format', string(values.format), ['text', 'json', 'sarif'], 'text'),
        output: string(values.output) ?? null,
        definition: string(values.definition) ?? null,
        now,
        timeZone: string(values['time-zone']) ?? null,
        gate: values.gate === true,
        strict: values.strict === true,
      };
    }
    case 'explain': {
      const { positionals } = parse({ options: {} });
      const [what] = positionals;
      if (what === undefined || positionals.length > 1) throw new UsageError('explain takes one KIND or FILE:LINE');
      return { command, what };
    }
    default:
      throw new UsageError(`There is no command \`${command}\`; there are check, slo, refresh and explain`);
  }
}
