/** What a language model asks of the tools, checked: it may be anything. */
import type { ObjectiveState } from '../report';

const STATES: readonly ObjectiveState[] = ['meeting', 'at_risk', 'violating', 'no_data', 'stale', 'error'];
const POLICIES = ['any', 'no-worse'] as const;
/** No name, path or revision is longer. */
const MAX_TEXT = 500;
/** Answers are never longer, nor are they asked to be shorter than this. */
const MAX_CHARACTERS = 16_000;
const MIN_CHARACTERS = 1_000;

export interface StatusInput {
  readonly service: string | null;
  readonly state: ObjectiveState | null;
}

export interface ExplainInput {
  readonly what: string;
}

export interface GateInput {
  /** Revision that the branch is compared with; null: the main branch, where one is found. */
  readonly since: string | null;
  readonly policy: (typeof POLICIES)[number];
  readonly strict: boolean;
}

export type ToolCall =
  | { readonly tool: 'slo_status'; readonly input: StatusInput }
  | { readonly tool: 'slo_explain'; readonly input: ExplainInput }
  | { readonly tool: 'slo_gate'; readonly input: GateInput };

/** `message`: what is wrong, and what would be right. */
export type ReadCall =
  | { readonly ok: true; readonly call: ToolCall; readonly maxCharacters: number }
  | { readonly ok: false; readonly message: string };

class InputFault extends Error {}

type Given = Readonly<Record<string, unknown>>;

function textOf(given: Given, name: string): string | null {
  const value = given[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new InputFault(`\`${name}\` takes a text`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are in no name, path or revision
  if (value.length > MAX_TEXT || /[\u0000-\u001f\u007f]/.test(value))
    throw new InputFault(`\`${name}\` takes one line of at most ${MAX_TEXT} characters`);
  return value.trim() === '' ? null : value.trim();
}

function oneOf<T extends string>(given: Given, name: string, allowed: readonly T[]): T | null {
  const value = textOf(given, name);
  if (value === null) return null;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new InputFault(`\`${name}\` takes ${allowed.join(', ')}`);
  return found;
}

/** Own properties only, and none but those of the tool: a misspelt one would be answered as if it were not there. */
function mapOf(input: unknown, names: readonly string[]): Given {
  if (input === undefined || input === null) return {};
  if (typeof input !== 'object' || Array.isArray(input)) throw new InputFault('the input is an object');
  const given = new Map(Object.entries(input));
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new InputFault(
      `there is no \`${unknown.slice(0, 40).replace(/[^\w-]/g, '?')}\` in the input; there are ${names.join(', ')}`,
    );
  return Object.fromEntries(given);
}

function callOf(tool: string, input: unknown): ToolCall {
  switch (tool) {
    case 'slo_status': {
      const given = mapOf(input, ['service', 'state']);
      return { tool, input: { service: textOf(given, 'service'), state: oneOf(given, 'state', STATES) } };
    }
    case 'slo_explain': {
      const what = textOf(mapOf(input, ['what']), 'what');
      if (what === null)
        throw new InputFault(
          '`what` takes the name of an objective, a kind of finding such as listener/interval, or file:line',
        );
      return { tool, input: { what } };
    }
    case 'slo_gate': {
      const given = mapOf(input, ['since', 'policy', 'strict']);
      const { strict } = given;
      if (strict !== undefined && strict !== null && typeof strict !== 'boolean')
        throw new InputFault('`strict` takes true or false');
      const since = textOf(given, 'since');
      if (since?.startsWith('-')) throw new InputFault('`since` takes a branch, a tag or a commit');
      return { tool, input: { since, policy: oneOf(given, 'policy', POLICIES) ?? 'any', strict: strict === true } };
    }
    default:
      throw new InputFault('there is no such tool; there are slo_status, slo_explain and slo_gate');
  }
}

/** Reads a call of a tool. Never throws. */
export function readCall(tool: string, input: unknown, maxCharacters: unknown): ReadCall {
  try {
    const asked = typeof maxCharacters === 'number' && Number.isFinite(maxCharacters) ? maxCharacters : MAX_CHARACTERS;
    const bound = Math.floor(Math.min(MAX_CHARACTERS, Math.max(MIN_CHARACTERS, asked)));
    return { ok: true, call: callOf(tool, input), maxCharacters: bound };
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    return { ok: false, message: `Wrong input: ${error.message}.` };
  }
}
