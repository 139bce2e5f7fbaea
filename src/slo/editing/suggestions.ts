/** Completion in definition files: keys by place, values, names that exist, the grammar of alerts, whole objects. */
import { splitNames } from '../definition/readSlo';
import type { Path } from '../definition/yamlDocuments';
import { type Cursor, cursorAt, valueAround } from './cursor';
import { isNameList, type NamedObject, referredKind } from './definitionNames';
import { objectSnippets } from './objectSnippets';
import {
  isDuration,
  type KeyDescription,
  keysOf,
  meaningOf,
  mustBeQuoted,
  objectSchema,
  type SchemaNode,
  schemasAt,
  type ValueReader,
  valuesOf,
} from './schemaAt';
import { type Suggestion, snippetText } from './suggestion';
import { whenSuggestions } from './whenSuggestions';

export interface SuggestOptions {
  /** Names of every definition file. */
  readonly names: readonly NamedObject[];
  /** Another extension offers what the schema says: keys and values are left to it. */
  readonly schemaElsewhere: boolean;
  /** Conditions without a gap to the objectives that the policy at the position alerts of. */
  readonly conditionsHere?: () => readonly string[];
}

/** Fields that records of a source have without being named in `fields`. */
const OWN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  AgentStatusFiles: ['active', 'state', 'agent'],
  LeakFindings: ['severity', 'kind', 'path'],
  SnapshotFiles: ['current', 'path'],
};
const TESTS: readonly (readonly [string, string])[] = [
  ['lt', 'less than a number'],
  ['lte', 'at most a number'],
  ['gt', 'more than a number'],
  ['gte', 'at least a number'],
  ['exists', 'true: the field is there; false: it is not'],
  ['matches', 'a glob that the text matches'],
];
const UNITS: readonly (readonly [string, string])[] = [
  ['m', 'minutes'],
  ['h', 'hours'],
  ['d', 'days'],
  ['w', 'weeks'],
  ['M', 'months of 30 days as a rolling window'],
  ['Q', 'quarters of 90 days as a rolling window'],
  ['Y', 'years of 365 days as a rolling window'],
];

let zones: readonly string[] | undefined;
function timeZones(): readonly string[] {
  zones ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  return zones;
}

/** A cursor with what the schema says of its place. */
interface Place {
  readonly cursor: Cursor;
  readonly line: string;
  readonly read: ValueReader;
  readonly schemas: readonly SchemaNode[];
  readonly options: SuggestOptions;
}

/** Everything that may be typed at a position; empty where nothing is known. */
export function suggestionsAt(
  lines: readonly string[],
  position: { readonly line: number; readonly column: number },
  options: SuggestOptions,
): readonly Suggestion[] {
  const cursor = cursorAt(lines, position.line, position.column);
  if (!cursor) return [];
  const read: ValueReader = (at, key) => valueAround(cursor, key, at);
  const object = objectSchema(read([], 'apiVersion'), read([], 'kind'));
  const place: Place = {
    cursor,
    line: lines[position.line] ?? '',
    read,
    schemas: object ? schemasAt(object, cursor.path, read) : [],
    options,
  };
  const isTop = cursor.role === 'key' && cursor.path.length === 0 && !cursor.inFlow;
  if (isTop) return [...(object ? keys(place) : topKeys(place)), ...wholeObjects(place)];
  if (cursor.role === 'value' && cursor.path.length === 1 && !object) return topValues(place);
  const values = cursor.hasColon ? [] : scalars(place);
  return cursor.role === 'key' ? [...keys(place), ...fieldKeys(place), ...values] : values;
}

function entry(place: Place, label: string, more: Partial<Suggestion> & Pick<Suggestion, 'kind'>): Suggestion {
  const { start, end } = place.cursor.token;
  return {
    label,
    insert: label,
    isSnippet: false,
    detail: '',
    documentation: '',
    replace: { start, end },
    rank: 5,
    goesOn: false,
    ...more,
  };
}

/** The value as it is to be written: quoted where it would else be no text, or where a quote is open. */
function written({ cursor, line, schemas }: Place, value: string): string {
  const quote =
    /^["']/.exec(cursor.token.text)?.[0] ??
    (mustBeQuoted(schemas, value) || /[:#] |[>|&*!%@`]|^-? /.test(value) ? '"' : '');
  const space = cursor.role === 'value' && cursor.token.text === '' && line[cursor.column - 1] === ':' ? ' ' : '';
  return `${space}${quote}${value}${quote}`;
}

function keySnippet(schema: SchemaNode, { cursor }: Place): { readonly after: string; readonly goesOn: boolean } {
  if (cursor.inFlow) return { after: ': ', goesOn: true };
  const inner = ' '.repeat(2);
  if (schema.type === 'array') return { after: `:\n${inner}- $0`, goesOn: true };
  if (schema.type === 'object') return { after: `:\n${inner}$0`, goesOn: true };
  return { after: ': ', goesOn: true };
}

function keyEntry(place: Place, { key, schema, description, isRequired }: KeyDescription): Suggestion {
  const { cursor } = place;
  const { after, goesOn } = keySnippet(schema, place);
  const isSnippet = !cursor.hasColon && after.includes('$0');
  return entry(place, key, {
    kind: 'key',
    insert: cursor.hasColon ? key : isSnippet ? snippetText(key) + after : key + after,
    isSnippet,
    detail: isRequired ? 'required' : '',
    documentation: description,
    rank: isRequired ? 1 : key.includes('/') ? 3 : 2,
    goesOn: goesOn && !cursor.hasColon,
  });
}

/** Keys of the map that are not there yet. */
function keys(place: Place): readonly Suggestion[] {
  const { cursor, schemas, read, options } = place;
  if (options.schemaElsewhere) return [];
  const written = cursor.levels.find(({ path }) => path.length === cursor.path.length)?.keys;
  const current = cursor.hasColon ? cursor.token.text : null;
  return keysOf(schemas, cursor.path, read)
    .filter(({ key }) => key === current || !written?.has(key))
    .map((key) => keyEntry(place, key));
}

const TOP: readonly (readonly [string, string, string])[] = [
  ['apiVersion', 'apiVersion: openslo/v1', 'Version of the OpenSLO format.'],
  [
    'kind',
    'kind: ',
    'Kind of this object: SLO, Service, DataSource, SLI, AlertPolicy, AlertCondition, AlertNotificationTarget.',
  ],
  ['metadata', 'metadata:\n  name: $0', 'Name, labels and annotations of this object.'],
  ['spec', 'spec:\n  $0', 'What the object says.'],
];

/** Keys of an object whose kind is not written yet. */
function topKeys(place: Place): readonly Suggestion[] {
  const { cursor, options } = place;
  if (options.schemaElsewhere) return [];
  const there = cursor.levels[0]?.keys;
  return TOP.filter(([key]) => !there?.has(key)).map(([key, insert, documentation], rank) =>
    entry(place, key, {
      kind: 'key',
      insert: cursor.hasColon ? key : insert,
      isSnippet: !cursor.hasColon && insert.includes('$0'),
      documentation,
      detail: 'required',
      rank,
      goesOn: insert.endsWith(' '),
    }),
  );
}

function topValues(place: Place): readonly Suggestion[] {
  if (place.options.schemaElsewhere) return [];
  const [key] = place.cursor.path;
  const kinds = ['SLO', 'Service', 'DataSource', 'SLI', 'AlertPolicy', 'AlertCondition', 'AlertNotificationTarget'];
  const values = key === 'kind' ? kinds : key === 'apiVersion' ? ['openslo/v1', 'openslo.com/v2alpha'] : [];
  return values.map((value, rank) => entry(place, value, { kind: 'value', insert: written(place, value), rank }));
}

/** Snippets, where a new object may begin: in an empty document, or below one that is complete. */
function wholeObjects(place: Place): readonly Suggestion[] {
  const { cursor, options } = place;
  if (cursor.indent !== 0 || cursor.hasColon) return [];
  const there = cursor.levels[0]?.keys;
  const isEmpty = (there?.size ?? 0) === 0;
  if (!isEmpty && !(there?.has('kind') && there.has('spec'))) return [];
  return objectSnippets(options.names).map(({ label, documentation, body }) =>
    entry(place, label, {
      kind: 'snippet',
      insert: isEmpty ? body : `---\n${body}`,
      isSnippet: true,
      detail: 'whole object',
      documentation,
      rank: 9,
    }),
  );
}

/** Name of the source of a query whose map is at `query`. */
function sourceOf({ read }: Place, query: Path): string | null {
  const metric = query.slice(0, -1);
  return read(metric, 'metricSourceRef') ?? read(metric, 'dataSourceRef');
}

function fieldsAt(place: Place, query: Path): readonly string[] {
  const name = sourceOf(place, query);
  const source = place.options.names.find((one) => one.kind === 'DataSource' && one.name === name);
  return source ? [...source.fields, ...(OWN_FIELDS[source.sourceType] ?? [])] : [];
}

/** Fields of the source in `where`, and the tests of a field. */
function fieldKeys(place: Place): readonly Suggestion[] {
  const { path, hasColon } = place.cursor;
  if (path.at(-1) === 'where')
    return fieldsAt(place, path.slice(0, -1)).map((field) =>
      entry(place, field, { kind: 'name', insert: hasColon ? field : `${field}: `, detail: 'field of the source' }),
    );
  if (path.at(-2) !== 'where') return [];
  return TESTS.map(([test, meaning], rank) =>
    entry(place, test, { kind: 'key', insert: hasColon ? test : `${test}: `, documentation: meaning, rank }),
  );
}

/** Scalars that may stand at the place: names, conditions, zones, durations, values of the schema. */
function scalars(place: Place): readonly Suggestion[] {
  const { cursor, options } = place;
  const key = cursor.path.at(-1);
  if (key === 'slo-lens/when' || key === 'slo-lens/clear-when') return conditions(place);
  const kind = referredKind(cursor.path);
  if (kind) return namesAt(place, kind);
  if (key === 'field' && cursor.path.at(-2) === 'spec')
    return fieldsAt(place, cursor.path.slice(0, -1)).map((field) =>
      entry(place, field, { kind: 'name', insert: written(place, field), detail: 'field of the source' }),
    );
  if (key === 'timeZone' || key === 'assumeTimezone')
    return timeZones().map((zone) =>
      entry(place, zone, { kind: 'value', insert: written(place, zone), detail: 'time zone' }),
    );
  if (key === 'startTime') return starts(place);
  if (isDuration(place.schemas)) {
    const count = /^["']?(\d{1,9})["']?$/.exec(cursor.token.text)?.[1];
    if (count !== undefined)
      return UNITS.map(([unit, name], rank) =>
        entry(place, `${count}${unit}`, {
          kind: 'value',
          insert: written(place, `${count}${unit}`),
          documentation: `${count} ${name}`,
          rank,
        }),
      );
  }
  return options.schemaElsewhere ? [] : schemaValues(place);
}

function schemaValues(place: Place): readonly Suggestion[] {
  const { schemas } = place;
  const { values, isClosed } = valuesOf(schemas);
  const texts = schemas.flatMap(({ description }) => (typeof description === 'string' ? [description] : []));
  return values.map((value, rank) =>
    entry(place, value, {
      kind: 'value',
      insert: written(place, value),
      detail: isClosed ? '' : 'for example',
      documentation: texts.map((text) => meaningOf(text, value)).find((text) => text !== '') ?? '',
      rank,
    }),
  );
}

function starts(place: Place): readonly Suggestion[] {
  const year = new Date().getUTCFullYear();
  return [`${year}-01-01 00:00:00`, `${year - 1}-01-01 00:00:00`].map((start, rank) =>
    entry(place, start, { kind: 'value', insert: written(place, start), detail: 'start of a year, local time', rank }),
  );
}

function namesAt(place: Place, kind: NamedObject['kind']): readonly Suggestion[] {
  const { cursor, options, line } = place;
  const found = options.names.filter((one) => one.kind === kind);
  const unique = [...new Map(found.map((one) => [one.name, one])).values()];
  const describe = (one: NamedObject): Pick<Suggestion, 'detail' | 'documentation' | 'kind'> => ({
    kind: 'name',
    detail: one.displayName || kind,
    documentation: one.description,
  });
  if (!isNameList(cursor.path))
    return unique.map((one) => entry(place, one.name, { ...describe(one), insert: written(place, one.name) }));
  const before = line.slice(cursor.token.start, cursor.column).replace(/^["']/, '');
  const typed = /[^,\s]*$/.exec(before)?.[0] ?? '';
  const others = new Set(splitNames(cursor.token.text.replaceAll(/["']/g, '')).filter((name) => name !== typed));
  const isOpen = cursor.token.text !== '';
  return unique
    .filter(({ name }) => !others.has(name))
    .map((one) =>
      entry(place, one.name, {
        ...describe(one),
        insert: isOpen ? one.name : written(place, one.name),
        replace: { start: cursor.column - typed.length, end: cursor.column },
      }),
    );
}

/** The grammar of conditions, between quotes that are added where they are missing. */
function conditions(place: Place): readonly Suggestion[] {
  const { cursor, line, options } = place;
  const start = cursor.token.text === '' ? cursor.column : cursor.token.start;
  const quoted = /^["']/.test(line.slice(start));
  const before = line.slice(start + (quoted ? 1 : 0), cursor.column);
  if (/["']/.test(before)) return [];
  const limits = options.conditionsHere?.() ?? [];
  const { entries, typed } = whenSuggestions(before, limits);
  const isFirst = cursor.token.text === '';
  const space = isFirst && line[cursor.column - 1] === ':' ? ' ' : '';
  return entries.map((one) => ({
    ...one,
    insert: isFirst ? `${space}"${one.isSnippet ? one.insert : snippetText(one.insert)}$0"` : one.insert,
    isSnippet: isFirst || one.isSnippet,
    replace: { start: cursor.column - typed, end: cursor.column },
  }));
}
