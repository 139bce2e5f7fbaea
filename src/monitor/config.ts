/**
 * `.slo-lens/config.json`: what a workspace says about how it is analysed. Read by the server and the command line alike.
 * Its JSON schema is the one truth of its form, for the editor's completion and for this reader. Faults carry their place;
 * a broken file changes nothing, and a faulty part only itself.
 */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import schema from '../../media/schemas/config.schema.json';
import type { Severity } from '../analyzer/findings/findings';
import { analyzer } from '../analyzer/onDemand';
import { type CustomEntries, noCustomEntries } from '../analyzer/resources/custom';
import { nearest } from '../sources/nearest';
import { positionAt, type SourceProblem } from '../sources/problems';
import { type ErrorObject, schemaCompiler, type ValidateFunction } from '../sources/schemaChecks';
import { isTimeZone } from '../sources/timestamps';

export interface WorkspaceConfig {
  readonly exclude: readonly string[];
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  readonly minConfidence: 'high' | 'medium' | 'low' | null;
  readonly agents: {
    readonly activeMinutes?: number;
    readonly restingMinutes?: number;
    readonly futureToleranceSeconds?: number;
    readonly timeZone?: string;
  };
  readonly refresh: { readonly commands: readonly string[]; readonly timeoutSeconds: number | null };
  /** Kinds and types of the workspace's own. */
  readonly custom: CustomEntries;
}

export const emptyConfig: WorkspaceConfig = {
  exclude: [],
  severity: {},
  minConfidence: null,
  agents: {},
  refresh: { commands: [], timeoutSeconds: null },
  custom: noCustomEntries,
};

/** The value of a configuration file that fits the schema. */
interface Written {
  readonly exclude?: readonly string[];
  readonly severity?: WorkspaceConfig['severity'];
  readonly minConfidence?: 'high' | 'medium' | 'low';
  readonly agents?: WorkspaceConfig['agents'];
  readonly refresh?: { readonly commands?: readonly string[]; readonly timeoutSeconds?: number };
  readonly kinds?: CustomEntries['kinds'];
  readonly types?: CustomEntries['types'];
}

type Path = readonly (string | number)[];

interface Fault {
  readonly path: Path;
  /** The name itself is wrong, not its value. */
  readonly isKey: boolean;
  readonly message: string;
}

/** What the parser misses, by its name of the fault. */
const syntaxFaults: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing `}` is missing',
  CloseBracketExpected: 'a closing `]` is missing',
  EndOfFileExpected: 'something stands after its end',
  InvalidSymbol: 'this word is no value',
  InvalidNumberFormat: 'this number is not written like one',
  UnexpectedEndOfComment: 'a comment does not end',
  UnexpectedEndOfString: 'a text does not end',
  UnexpectedEndOfNumber: 'a number does not end',
  InvalidUnicode: 'a `\\u` needs four digits',
  InvalidEscapeCharacter: 'there is no such escape',
  InvalidCharacter: 'this character cannot stand in a text',
};

let validator: ValidateFunction<Written> | null = null;

/** Reads the text of a configuration file (JSON with comments). */
export function readConfig(
  text: string,
  file: string,
): { readonly config: WorkspaceConfig; readonly problems: readonly SourceProblem[] } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const syntax: SourceProblem[] = errors.map(({ error, offset }) => ({
    kind: 'config-syntax',
    message: `The configuration is no JSON: ${syntaxFaults[printParseErrorCode(error)] ?? 'this cannot stand here'}`,
    file,
    ...place(text, offset),
  }));
  if (!root && syntax.length === 0 && text.trim() !== '')
    syntax.push({ kind: 'config-syntax', message: 'The configuration is no JSON object', file, line: 1, column: 1 });
  if (!root || syntax.length > 0) return { config: emptyConfig, problems: syntax };

  const value: unknown = getNodeValue(root);
  const faults = [...faultsOf(value), ...duplicates(value), ...unknownKinds(value)];
  const problems = faults
    .map((fault) => ({ message: fault.message, offset: nodeAt(root, fault).offset }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ message, offset }): SourceProblem => ({ kind: 'config-value', message, file, ...place(text, offset) }));
  for (const fault of faults) removeFaulty(value, fault.path);
  const isTree = typeof value === 'object' && value !== null && !Array.isArray(value);
  return { config: isTree ? configOf(value as Written) : emptyConfig, problems };
}

function configOf(written: Written): WorkspaceConfig {
  const { kinds = [], types = [] } = written;
  return {
    exclude: written.exclude ?? [],
    severity: written.severity ?? {},
    minConfidence: written.minConfidence ?? null,
    agents: written.agents ?? {},
    refresh: {
      commands: written.refresh?.commands ?? [],
      timeoutSeconds: written.refresh?.timeoutSeconds ?? null,
    },
    custom:
      kinds.length === 0 && types.length === 0
        ? noCustomEntries
        : { kinds: kinds.filter((kind) => kind !== undefined), types: types.filter((type) => type !== undefined) },
  };
}

function faultsOf(value: unknown): readonly Fault[] {
  if (!validator) {
    const ajv = schemaCompiler({ allErrors: true, verbose: true });
    ajv.addFormat('time-zone', isTimeZone);
    validator = ajv.compile<Written>(schema);
  }
  if (validator(value)) return [];
  const seen = new Set<string>();
  return (validator.errors ?? []).flatMap((error) => {
    // What stands in `then` is reported by itself.
    if (error.keyword === 'if') return [];
    const fault = describe(error);
    const key = `${fault.path.join('/')} ${fault.message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [fault];
  });
}

function describe(error: ErrorObject): Fault {
  const path: Path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const params = error.params as Readonly<Record<string, unknown>>;
  const name = path.length === 0 ? 'The configuration' : `\`${path.join('.')}\``;
  const at = (message: string): Fault => ({ path, isKey: false, message });
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties ?? {}) as object).filter((key) => !key.startsWith('$'));
      return {
        path: [...path, unknown],
        isKey: true,
        message: `\`${unknown}\` is not known here; known are ${known.join(', ')}`,
      };
    }
    case 'required':
      return at(`${name} lacks \`${String(params.missingProperty)}\``);
    case 'type':
      return at(`${name} must be ${nouns[String(params.type)] ?? String(params.type)}`);
    case 'enum': {
      const allowed = (params.allowedValues as readonly unknown[]).join(', ');
      return at(
        path[0] === 'severity' ? `The severity must be one of ${allowed}` : `${name} must be one of ${allowed}`,
      );
    }
    case 'exclusiveMinimum':
    case 'minimum':
      return at(`${name} must be a number ${error.keyword === 'minimum' ? 'from' : 'above'} ${String(params.limit)}`);
    case 'minItems':
    case 'minLength':
      return at(`${name} must not be empty`);
    case 'pattern':
      return at(`${name} must be ${String(error.parentSchema?.description ?? params.pattern)}`);
    case 'format':
      return at(`${name} must be the name of a time zone, \`UTC\` or \`local\``);
    default:
      return at(`${name} ${error.message ?? 'is wrong'}`);
  }
}

const nouns: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

/** Kinds that have the name of another one. */
function duplicates(value: unknown): readonly Fault[] {
  const kinds = (value as { readonly kinds?: unknown } | null)?.kinds;
  if (!Array.isArray(kinds)) return [];
  const seen = new Set<string>();
  return kinds.flatMap((kind: { readonly id?: unknown } | null, index): readonly Fault[] => {
    const id = kind?.id;
    if (typeof id !== 'string') return [];
    const known = analyzer().builtIn.kind(id)
      ? 'the built-in catalogue has'
      : seen.has(id)
        ? 'an entry above has'
        : undefined;
    seen.add(id);
    const path = ['kinds', index, 'id'];
    return known ? [{ path, isKey: false, message: `\`${id}\` is a kind that ${known} already` }] : [];
  });
}

/** Kinds that are given a severity and are neither built in nor of this configuration. */
function unknownKinds(value: unknown): readonly Fault[] {
  const { severity, kinds } = (value ?? {}) as { readonly severity?: unknown; readonly kinds?: unknown };
  if (typeof severity !== 'object' || severity === null || Array.isArray(severity)) return [];
  const own = (Array.isArray(kinds) ? kinds : []).map((kind: { readonly id?: unknown } | null) => String(kind?.id));
  const known = [...Object.keys(schema.properties.severity.properties), ...own];
  return Object.keys(severity)
    .filter((name) => !known.includes(name) && !(name.includes('/') && analyzer().builtIn.kind(name)))
    .map((name): Fault => {
      const meant = nearest(name, known);
      const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
      return { path: ['severity', name], isKey: true, message: `There is no kind \`${name}\`${hint}` };
    });
}

/** Takes the faulty part out: the kind or type as a whole, elsewhere the value itself. */
function removeFaulty(value: unknown, path: Path): void {
  const entry = (path[0] === 'kinds' || path[0] === 'types') && path.length > 2 ? path.slice(0, 2) : path;
  // An entry of a list takes the list with it, but for kinds and types, which stand for themselves.
  const lists = entry.findIndex((part) => typeof part === 'number');
  const target = lists !== -1 && path[0] !== 'kinds' && path[0] !== 'types' ? entry.slice(0, lists) : entry;
  const last = target.at(-1);
  let holder: unknown = value;
  for (const part of target.slice(0, -1)) holder = (holder as Record<string | number, unknown> | undefined)?.[part];
  if (last === undefined || typeof holder !== 'object' || holder === null) return;
  if (Array.isArray(holder) && typeof last === 'number') {
    // Holes keep the positions of what is still to be taken out.
    delete holder[last];
  } else delete (holder as Record<string, unknown>)[String(last)];
}

function nodeAt(root: Node, { path, isKey }: Fault): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (!node) continue;
    const property = node.parent;
    return isKey && length === path.length && property?.type === 'property' ? (property.children?.[0] ?? node) : node;
  }
  return root;
}

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const { line, column } = positionAt(text, offset);
  return { line, column };
}
