/** What a key or value of a definition means: the words of a hover, as plain text. */
import { parseWhen, type WhenTerm } from '../alerts/whenExpression';
import type { Path } from '../definition/yamlDocuments';
import { parseDuration } from '../duration';
import { durationText } from '../text';
import { cursorAt, valueAround } from './cursor';
import { isNameList, type NamedObject, referredKind } from './definitionNames';
import { unquoted } from './lineParts';
import {
  descriptionOf,
  isDuration,
  keysOf,
  meaningOf,
  objectSchema,
  schemasAt,
  type ValueReader,
  valuesOf,
} from './schemaAt';
import { zoneOffsetText } from './zoneOffset';

export interface Explanation {
  readonly line: number;
  /** Columns of what is explained. */
  readonly start: number;
  readonly end: number;
  readonly path: Path;
  readonly role: 'key' | 'value';
  /** `target`, `value < 6`. */
  readonly title: string;
  /** Plain text, one sentence or more each; empty when only the place is known. */
  readonly paragraphs: readonly string[];
}

export interface ExplainOptions {
  readonly names: readonly NamedObject[];
  /** Another extension shows the descriptions of the schema: they are left to it. */
  readonly schemaElsewhere: boolean;
  readonly now: number;
}

/** "30 days", "1 month (30 days as a rolling window)". */
function durationWords(text: string): string | null {
  const duration = parseDuration(text);
  if (!duration) return null;
  const { unit, ms } = duration;
  const words = durationText(duration);
  return unit === 'M' || unit === 'Q' || unit === 'Y' ? `${words}; ${ms / 86_400_000} days as a rolling window` : words;
}

const ms = (value: number): string => {
  const minutes = value / 60_000;
  if (minutes % 1440 === 0) return `${minutes / 1440} d`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
};

function termWords(term: WhenTerm): string {
  switch (term.kind) {
    case 'value':
      return 'the current value';
    case 'remaining':
      return 'the share of the error budget that is left';
    case 'age':
      return 'the minutes since the newest valid sample';
    case 'sli':
      return `the share of good over the last ${ms(term.overMs)}`;
    case 'burn':
      return `the burn rate of the last ${ms(term.overMs)}`;
    case 'delta':
      return `the change of the value against ${ms(term.overMs)} ago`;
    case 'p95':
      return `the 95th percentile of the last ${ms(term.overMs)}`;
    case 'medianP95':
      return `the median of the hourly p95 of the last ${ms(term.overMs)}`;
  }
}

const COMPARED: Readonly<Record<string, string>> = {
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
  '==': 'equals',
  '!=': 'differs from',
};

/** A condition in words, or what is wrong with it. */
export function conditionWords(text: string): string {
  const parsed = parseWhen(text);
  if (!parsed.ok) return `Not a condition: ${parsed.message} (character ${parsed.at + 1}).`;
  const { left, operator, factor, right } = parsed.expression;
  const times = right === null ? '' : ` times ${termWords(right)}`;
  return `True when ${termWords(left)} ${COMPARED[operator] ?? operator} ${factor}${times}. Unknown while a term is unknown; then the alert keeps its state.`;
}

function objectWords(kind: string, name: string, names: readonly NamedObject[]): readonly string[] {
  const found = names.find((one) => one.kind === kind && one.name === name);
  if (!found) return [`There is no ${kind} ${name} in the definition files of this workspace.`];
  const type = found.sourceType === '' ? '' : ` of type ${found.sourceType}`;
  const title = found.displayName === '' ? found.name : `${found.name}, ${found.displayName}`;
  return [
    `${kind} ${title}${type}, defined in ${found.file}.`,
    ...(found.description === '' ? [] : [found.description]),
  ];
}

/** Explains what stands at a position; null where there is nothing that it knows. */
export function explainAt(
  lines: readonly string[],
  position: { readonly line: number; readonly column: number },
  options: ExplainOptions,
): Explanation | null {
  const cursor = cursorAt(lines, position.line, position.column);
  if (!cursor || cursor.token.text === '') return null;
  const { token, role, hasColon } = cursor;
  if (role === 'key' && !hasColon && typeof cursor.path.at(-1) !== 'number') return null;
  const read: ValueReader = (at, key) => valueAround(cursor, key, at);
  const object = objectSchema(read([], 'apiVersion'), read([], 'kind'));
  const isKey = role === 'key' && hasColon;
  const text = unquoted(token.text);
  const path = isKey ? [...cursor.path, text] : cursor.path;
  const base = {
    line: position.line,
    start: token.start,
    end: token.end,
    path,
    role: isKey ? ('key' as const) : ('value' as const),
  };
  if (!object) return { ...base, title: text, paragraphs: [] };
  const schemas = schemasAt(object, path, read);
  if (isKey) {
    const own = keysOf(schemasAt(object, cursor.path, read), cursor.path, read).find(({ key }) => key === text);
    return {
      ...base,
      title: text,
      paragraphs: options.schemaElsewhere ? [] : keyWords(own?.description ?? '', own?.isRequired === true, schemas),
    };
  }
  return { ...base, title: text, paragraphs: valueWords(text, path, schemas, cursor.column - token.start, options) };
}

function keyWords(
  description: string,
  isRequired: boolean,
  schemas: Parameters<typeof valuesOf>[0],
): readonly string[] {
  const { values, isClosed } = valuesOf(schemas);
  const list =
    values.length === 0 || description === '' ? '' : `${isClosed ? 'Values' : 'For example'}: ${values.join(', ')}.`;
  return [description, list, isRequired ? 'Required.' : ''].filter((text) => text !== '');
}

function valueWords(
  text: string,
  path: Path,
  schemas: Parameters<typeof valuesOf>[0],
  offset: number,
  options: ExplainOptions,
): readonly string[] {
  const key = path.at(-1);
  if (key === 'slo-lens/when' || key === 'slo-lens/clear-when') return [conditionWords(text)];
  const kind = referredKind(path);
  if (kind) {
    const name = isNameList(path) ? nameAt(text, offset) : text;
    return objectWords(kind, name, options.names);
  }
  if (key === 'timeZone' || key === 'assumeTimezone') {
    const offsetText = zoneOffsetText(text, options.now);
    return [offsetText === null ? `${text} is not a time zone that is known here.` : `Now ${offsetText}.`];
  }
  const duration = isDuration(schemas) ? durationWords(text) : null;
  if (duration !== null) return [`${duration}.`];
  const description = descriptionOf(schemas);
  const meaning = meaningOf(description, text);
  if (meaning !== '') return [`${meaning[0]?.toUpperCase() ?? ''}${meaning.slice(1)}.`];
  return options.schemaElsewhere || description === '' ? [] : [description];
}

/** The name of a comma-separated list that an offset is in. */
function nameAt(list: string, offset: number): string {
  let end = 0;
  for (const part of list.split(',')) {
    end += part.length + 1;
    if (offset <= end) return part.trim();
  }
  return list.trim();
}
