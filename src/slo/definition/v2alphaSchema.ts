/** The definitions of OpenSLO v2alpha, from those of v1: what `mapV2alpha` reads, said as a schema. */
import { OBJECT_KINDS } from './schemaValidation';
import { V2ALPHA } from './v2alpha';

type Json = unknown;
type JsonMap = Readonly<Record<string, Json>>;

const PREFIX = 'v2alpha.';
const METRICS = ['thresholdMetric', 'good', 'bad', 'total', 'raw'];
const RENAMED: Readonly<Record<string, string>> = { indicator: 'sli', indicatorRef: 'sliRef' };
/** The same in both versions. */
const isShared = (name: string): boolean => name === 'name' || name === 'displayName' || name.endsWith('Details');

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reference(ref: string): string {
  const name = ref.replace('#/definitions/', '');
  return isShared(name) ? ref : `#/definitions/${PREFIX}${name}`;
}

/** A metric without the level `metricSource`. */
function metric(source: JsonMap): JsonMap {
  const { spec } = source.properties as JsonMap;
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      dataSourceRef: { type: 'string', minLength: 1, description: 'Name of the DataSource.' },
      dataSourceSpec: { type: 'object', description: 'An inline source.', properties: { type: { type: 'string' } } },
      spec,
    },
    required: ['spec'],
  };
}

function properties(own: JsonMap, isMetadata: boolean): JsonMap {
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, schema]): readonly (readonly [string, Json])[] => {
      if (isMetadata && name === 'displayName') return [];
      if (METRICS.includes(name) && isMap(schema))
        return [[name, { description: schema.description, allOf: [{ $ref: `#/definitions/${PREFIX}metric` }] }]];
      const mapped = convert(schema, name);
      if (name === 'service')
        return [
          [name, mapped],
          ['serviceRef', mapped],
        ];
      return [[RENAMED[name] ?? name, mapped]];
    }),
  );
}

function convert(value: Json, name = ''): Json {
  if (Array.isArray(value)) return value.map((one) => convert(one));
  if (!isMap(value)) return value;
  // Free maps are their author's.
  if (name === 'annotations' || name === 'labels' || name === 'connectionDetails') return value;
  const entries = Object.entries(value).flatMap(([key, part]): readonly (readonly [string, Json])[] => {
    if (key === '$ref' && typeof part === 'string') return [[key, reference(part)]];
    if (key === 'properties' && isMap(part)) return [[key, properties(part, name === 'metadata')]];
    if (key === 'required' && Array.isArray(part) && part.includes('service'))
      return [
        [key, part.filter((one) => one !== 'service')],
        ['anyOf', [{ required: ['service'] }, { required: ['serviceRef'] }]],
      ];
    if (key === 'required' && Array.isArray(part)) return [[key, part.map((one) => RENAMED[String(one)] ?? one)]];
    return [[key, convert(part)]];
  });
  return Object.fromEntries(entries);
}

/** `schema` with the definitions of v2alpha made anew from those of v1, and both named at its top. */
export function withV2alpha(schema: JsonMap): JsonMap & { readonly definitions: JsonMap } {
  const own = Object.entries(schema.definitions as JsonMap).filter(([name]) => !name.startsWith(PREFIX));
  const source = Object.fromEntries(own).metricSource as JsonMap;
  const made = own
    .filter(([name]) => !isShared(name) && name !== 'metricSource')
    .map(([name, part]): readonly [string, Json] => [
      PREFIX + name,
      name === 'apiVersion'
        ? {
            const: V2ALPHA,
            description: `Version of the OpenSLO format; ${V2ALPHA} is read by mapping it to openslo/v1.`,
          }
        : convert(part),
    ]);
  const oneOf = ['', PREFIX].flatMap((prefix) =>
    OBJECT_KINDS.map((kind) => ({ $ref: `#/definitions/${prefix}${kind}` })),
  );
  return { ...schema, oneOf, definitions: Object.fromEntries([...own, ...made, [`${PREFIX}metric`, metric(source)]]) };
}
