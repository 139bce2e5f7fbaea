/** Where alerts are sent besides the editor: the user's own settings, checked. A workspace cannot name a command or a URL. */
import * as v from 'valibot';
import type { AlertSeverity } from '../slo/definition/model';

export type OutputTarget =
  | { readonly type: 'command'; readonly command: string; readonly args: readonly string[] }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'webhook'; readonly url: string; readonly headers: Readonly<Record<string, string>> };

export interface OutputSetting {
  /** Unique; what the views call it. */
  readonly name: string;
  readonly levels: readonly AlertSeverity[];
  readonly timeoutMs: number;
  readonly target: OutputTarget;
}

const DEFAULT_TIMEOUT_S = 10;
const LEVELS: readonly AlertSeverity[] = ['P1', 'P2'];
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;

const line = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
  v.regex(/^[^\u0000-\u001f\u007f]*$/, 'must not hold control characters'),
);
const argument = v.pipe(
  v.string(),
  v.check((text) => !text.includes('\0'), 'must not hold a NUL'),
);
const common = {
  name: v.optional(v.pipe(line, v.maxLength(100, 'must have at most 100 characters'))),
  levels: v.optional(v.array(v.picklist(LEVELS, 'must be P1 or P2: P3 alerts are never announced')), [...LEVELS]),
  timeoutSeconds: v.optional(
    v.pipe(v.number(), v.minValue(1, 'must be at least 1'), v.maxValue(300, 'must be at most 300')),
    DEFAULT_TIMEOUT_S,
  ),
};
const url = v.pipe(
  line,
  v.check((text) => /^https?:$/.test(parsedUrl(text)?.protocol ?? ''), 'must be an http or https URL'),
);
const schema = v.variant(
  'type',
  [
    v.strictObject({ ...common, type: v.literal('command'), command: line, args: v.optional(v.array(argument), []) }),
    v.strictObject({
      ...common,
      type: v.literal('file'),
      path: v.pipe(line, v.regex(ABSOLUTE, 'must be an absolute path')),
    }),
    v.strictObject({
      ...common,
      type: v.literal('webhook'),
      url,
      headers: v.optional(v.record(v.pipe(v.string(), v.regex(/^[\w-]+$/, 'must be the name of a header')), line), {}),
    }),
  ],
  'must have the type command, file or webhook',
);

function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A URL as it may be shown: user, password and query are secrets. */
function shownUrl(text: string): string {
  const { origin, pathname } = parsedUrl(text) ?? { origin: 'a URL', pathname: '' };
  return `${origin}${pathname}`;
}

function nameOf(target: OutputTarget): string {
  switch (target.type) {
    case 'command':
      return `command ${target.command}`;
    case 'file':
      return `file ${target.path}`;
    case 'webhook':
      return `webhook ${shownUrl(target.url)}`;
  }
}

/**
 * Reads the setting `sloLens.alerts.outputs`.
 * @returns the outputs that are understood, and what is wrong with the others, in words
 */
export function readOutputs(setting: unknown): {
  readonly outputs: readonly OutputSetting[];
  readonly problems: readonly string[];
} {
  if (setting === undefined || setting === null) return { outputs: [], problems: [] };
  if (!Array.isArray(setting)) return { outputs: [], problems: ['sloLens.alerts.outputs must be a list of outputs'] };
  const outputs: OutputSetting[] = [];
  const problems: string[] = [];
  for (const [index, one] of setting.entries()) {
    const read = v.safeParse(schema, one);
    if (!read.success) {
      const [issue] = read.issues;
      const key = issue.path?.map((item) => String(item.key)).join('.') ?? '';
      problems.push(
        `sloLens.alerts.outputs, entry ${index + 1}${key === '' ? '' : `, ${key}`}: ${issue.message}; nothing is sent to it`,
      );
      continue;
    }
    const { name, levels, timeoutSeconds, ...target } = read.output;
    const wanted = name ?? nameOf(target);
    const taken = outputs.filter((other) => other.name === wanted || other.name.startsWith(`${wanted} (`)).length;
    outputs.push({
      name: taken === 0 ? wanted : `${wanted} (${taken + 1})`,
      levels,
      timeoutMs: timeoutSeconds * 1000,
      target,
    });
  }
  return { outputs, problems };
}
