/** The command line's words, checked: a wrong one is told in one line. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Confidence, Severity } from '../analyzer/findings/findings';
import { isTimeZone, parseTimestamp } from '../sources/timestamps';
import { type CommandName, commands } from './help';

const formats = ['text', 'json', 'sarif', 'junit', 'markdown'] as const;
const sloFormats = [...formats, 'html'] as const;
export type Format = (typeof formats)[number];
export type SloFormat = (typeof sloFormats)[number];
const bisectFormats = ['text', 'json', 'markdown'] as const;
export type BisectFormat = (typeof bisectFormats)[number];

export interface CheckArguments {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output: string | null;
  readonly failOn: Severity | 'never';
  /** null: as the configuration says. */
  readonly minConfidence: Confidence | null;
  readonly baseline: string | null;
  readonly updateBaseline: boolean;
  readonly cache: boolean;
  readonly fix: boolean;
}

export interface SloArguments {
  readonly command: 'slo' | 'refresh';
  readonly path: string;
  readonly format: SloFormat;
  readonly output: string | null;
  readonly definition: string | null;
  /** Milliseconds since the epoch; null: now. */
  readonly now: number | null;
  readonly timeZone: string | null;
  /** Folder of the history; null: nothing is remembered. */
  readonly history: string | null;
  readonly gate: boolean;
  readonly strict: boolean;
  /** Fail only on what is worse than at the base. */
  readonly noWorse: boolean;
  /** Revision whose merge base with HEAD is the base of the comparison. */
  readonly since: string | null;
  /** Report of a former run, the base of the comparison. */
  readonly baseline: string | null;
  /** Incident whose post-mortem is drafted instead of the report: `last`, the key of an alert, or a time. */
  readonly postMortem: string | null;
}

export interface HistoryArguments {
  readonly command: 'history';
  readonly action: 'export' | 'import';
  /** Folder of the history. */
  readonly folder: string;
  /** What is imported; null for an export. */
  readonly file: string | null;
  /** Where an export goes; null: standard output. */
  readonly output: string | null;
}

export interface BisectArguments {
  readonly command: 'bisect';
  /** Name of an objective; null: the one that is violated. */
  readonly objective: string | null;
  readonly path: string;
  readonly format: BisectFormat;
  readonly output: string | null;
  readonly definition: string | null;
}

export type Arguments =
  | CheckArguments
  | SloArguments
  | HistoryArguments
  | BisectArguments
  | { readonly command: 'explain'; readonly what: string | null }
  | { readonly command: 'help'; readonly of: CommandName | null }
  | { readonly command: 'version' };

/** Wrong usage or configuration; its message is one line. */
export class UsageError extends Error {
  /** Tells it, whichever bundle has made it. */
  override readonly name = 'UsageError';
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const helpFlag = { help: { type: 'boolean', short: 'h' } } as const;

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${name} takes ${allowed.join(', ')}, not \`${value}\``);
  return found;
}

/** The strict parse of node:util, its complaint cut to its first sentence. */
function parse<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message.split(/\. |\n/)[0] ?? error.message);
  }
}

/** Reads the words after the program's name. Throws UsageError. */
export function readArguments(words: readonly string[]): Arguments {
  const [command, ...rest] = words;
  switch (command) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return readHelp(rest);
    case '--version':
    case '-v':
      return { command: 'version' };
    case 'check':
      return readCheck(rest);
    case 'slo':
    case 'refresh':
      return readSlo(command, rest);
    case 'explain':
      return readExplain(rest);
    case 'bisect':
      return readBisect(rest);
    case 'history':
      return readHistory(rest);
    default:
      throw new UsageError(noCommand(command));
  }
}

function readHelp([of]: readonly string[]): Arguments {
  const found = commands.find((name) => name === of);
  if (of !== undefined && found === undefined) throw new UsageError(noCommand(of));
  return { command: 'help', of: found ?? null };
}

function noCommand(word: string): string {
  return `there is no command \`${word}\`; there are ${commands.join(', ')}`;
}

function readCheck(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words, {
    format: text,
    output: text,
    'fail-on': text,
    'min-confidence': text,
    baseline: text,
    'update-baseline': flag,
    'no-cache': flag,
    fix: flag,
    ...helpFlag,
  });
  if (values.help) return { command: 'help', of: 'check' };
  if (values['update-baseline'] && values.baseline === undefined)
    throw new UsageError('--update-baseline needs --baseline FILE');
  if (values['update-baseline'] && values.fix)
    throw new UsageError('--fix changes what --update-baseline would record; run one after the other');
  const minConfidence = values['min-confidence'];
  return {
    command: 'check',
    paths: positionals.length === 0 ? ['.'] : positionals,
    format: oneOf('format', values.format, formats, 'text'),
    output: values.output ?? null,
    failOn: oneOf('fail-on', values['fail-on'], ['high', 'medium', 'low', 'never'], 'high'),
    minConfidence:
      minConfidence === undefined
        ? null
        : oneOf<Confidence>('min-confidence', minConfidence, ['high', 'medium', 'low'], 'medium'),
    baseline: values.baseline ?? null,
    updateBaseline: values['update-baseline'] === true,
    cache: values['no-cache'] !== true,
    fix: values.fix === true,
  };
}

function readSlo(command: 'slo' | 'refresh', words: readonly string[]): Arguments {
  const shared = {
    format: text,
    output: text,
    definition: text,
    now: text,
    'time-zone': text,
    history: text,
    ...helpFlag,
  };
  const ofSlo = { gate: flag, strict: flag, 'no-worse': flag, since: text, baseline: text, 'post-mortem': text };
  const { values, positionals } = parse(words, command === 'slo' ? { ...shared, ...ofSlo } : shared);
  if (values.help) return { command: 'help', of: command };
  if (positionals.length > 1) throw new UsageError(`${command} takes one PATH, not ${positionals.length}`);
  const gate = 'gate' in values && values.gate === true;
  const strict = 'strict' in values && values.strict === true;
  const noWorse = 'no-worse' in values && values['no-worse'] === true;
  const since = 'since' in values && typeof values.since === 'string' ? values.since : null;
  const baseline = 'baseline' in values && typeof values.baseline === 'string' ? values.baseline : null;
  if (!gate)
    for (const [name, given] of Object.entries({ strict, 'no-worse': noWorse, since, baseline }))
      if (given !== false && given !== null) throw new UsageError(`--${name} goes with --gate`);
  if (since !== null && baseline !== null) throw new UsageError('there is one base: --since REV or --baseline FILE');
  if (noWorse && since === null && baseline === null)
    throw new UsageError('--no-worse needs a base: --since REV or --baseline FILE');
  const postMortem =
    'post-mortem' in values && typeof values['post-mortem'] === 'string' ? values['post-mortem'] : null;
  if (postMortem !== null) refuseBesidePostMortem({ gate, format: values.format, history: values.history });
  const timeZone = values['time-zone'] ?? null;
  if (timeZone !== null && !isTimeZone(timeZone))
    throw new UsageError(`--time-zone takes the name of a time zone, not \`${timeZone}\``);
  return {
    command,
    path: positionals[0] ?? '.',
    format: oneOf('format', values.format, sloFormats, 'text'),
    output: values.output ?? null,
    definition: values.definition ?? null,
    now: values.now === undefined ? null : readInstant(values.now, timeZone ?? 'local'),
    timeZone,
    history: values.history ?? null,
    gate,
    strict,
    noWorse,
    since,
    baseline,
    postMortem,
  };
}

/** Throws UsageError for what does not go with a draft. */
function refuseBesidePostMortem({
  gate,
  format,
  history,
}: {
  readonly gate: boolean;
  readonly format: string | undefined;
  readonly history: string | undefined;
}): void {
  if (history === undefined) throw new UsageError('--post-mortem needs --history DIR, which remembers the incidents');
  if (gate) throw new UsageError('--post-mortem is a draft, and --gate an answer; run one after the other');
  if (format !== undefined && format !== 'markdown') throw new UsageError('--post-mortem writes Markdown');
}

function readBisect(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words, {
    path: text,
    format: text,
    output: text,
    definition: text,
    ...helpFlag,
  });
  if (values.help) return { command: 'help', of: 'bisect' };
  if (positionals.length > 1) throw new UsageError(`bisect takes one OBJECTIVE, not ${positionals.length}`);
  return {
    command: 'bisect',
    objective: positionals[0] ?? null,
    path: values.path ?? '.',
    format: oneOf('format', values.format, bisectFormats, 'text'),
    output: values.output ?? null,
    definition: values.definition ?? null,
  };
}

function readHistory(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words, { history: text, output: text, ...helpFlag });
  if (values.help) return { command: 'help', of: 'history' };
  const [action, file, ...more] = positionals;
  if (action !== 'export' && action !== 'import')
    throw new UsageError('history takes export or import, then --history DIR');
  if (values.history === undefined) throw new UsageError(`history ${action} needs --history DIR`);
  if (action === 'import' && (file === undefined || more.length > 0))
    throw new UsageError('history import takes one FILE, as history export wrote it');
  if (action === 'export' && file !== undefined) throw new UsageError('history export writes to --output FILE');
  if (action === 'import' && values.output !== undefined) throw new UsageError('--output goes with history export');
  return { command: 'history', action, folder: values.history, file: file ?? null, output: values.output ?? null };
}

function readInstant(value: string, timeZone: string): number {
  const time = parseTimestamp(value, timeZone);
  if (time.precision !== 'instant' && time.precision !== 'no-zone')
    throw new UsageError(`--now takes an ISO 8601 date and time such as 2025-10-06T20:30:00Z, not \`${value}\``);
  return time.ms;
}

function readExplain(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words, { list: flag, ...helpFlag });
  if (values.help) return { command: 'help', of: 'explain' };
  const [what] = positionals;
  if (values.list === true) {
    if (what !== undefined) throw new UsageError('explain takes one KIND or FILE:LINE, or --list');
    return { command: 'explain', what: null };
  }
  if (what === undefined || positionals.length > 1)
    throw new UsageError('explain takes one KIND or FILE:LINE; --list shows the kinds');
  return { command: 'explain', what };
}
