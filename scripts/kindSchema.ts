/**
 * The definitions of the configuration's schema, made from the types of the catalogue's data format: a workspace writes its
 * kinds and types in the same form as the built-in ones, and what an editor completes is what the engine reads.
 */
import { createGenerator, type Schema } from 'ts-json-schema-generator';
import { builtIn } from '../src/analyzer/resources/catalogue';

const model = 'src/analyzer/resources/model.ts';
/** What every kind of a workspace must say; the rest has a default (`resources/custom.ts`). */
const required = ['id', 'noun', 'words', 'acquire', 'release'];
/** The family follows from the id, and a pattern cannot be written in JSON. */
const notWritten = ['family', 'patterns'];
/** Lists that say nothing when they are empty. */
const filled = new Set(['callee', 'method', 'words', 'acquire']);
const named = new Set(['id', 'noun', 'name', 'module']);

/** @returns the definitions by name; `ResourceKind` and `TypeEntry` are what a configuration's lists consist of. */
export function kindDefinitions(): Readonly<Record<string, Schema>> {
  const generator = createGenerator({ path: model, tsconfig: 'tsconfig.json', skipTypeCheck: true });
  const definitions: Record<string, Schema> = Object.assign(
    {},
    ...['ResourceKind', 'TypeEntry'].map((name) => generator.createSchema(name).definitions),
  );
  for (const [name, definition] of Object.entries(definitions)) definitions[name] = refined(definition) as Schema;
  const kind = definitions.ResourceKind;
  const documentation = definitions.KindDocumentation;
  const id = kind?.properties?.id;
  if (!kind?.properties || !documentation || typeof id !== 'object') throw new Error(`${model} declares no kinds`);
  for (const name of notWritten) delete kind.properties[name];
  kind.required = required;
  kind.properties.id = {
    ...id,
    pattern: '^(listener|handle|cache)/[a-z0-9][a-z0-9-]*$',
    description: 'listener/, handle/ or cache/ and a name in small letters',
  };
  delete documentation.required;
  definitions.Weight = { enum: ['high', 'medium', 'low', 'off'] };
  return definitions;
}

/** What a configuration may give a severity: all, a family, a kind. Kinds of its own it may name besides. */
export function severityNames(): Readonly<Record<string, Schema>> {
  const ids = builtIn.kinds.map(({ id }) => id).toSorted();
  const families = new Set(builtIn.kinds.map(({ family }) => `${family}/*`));
  return Object.fromEntries(
    ['*', ...[...families].toSorted(), ...ids].map((id) => [id, { $ref: '#/definitions/Weight' }]),
  );
}

/** Numbers are positions, counts and ms; unions by `form` become conditions, which tell faults of the one form only. */
function refined(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => refined(item));
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === 'properties'
        ? Object.fromEntries(
            Object.entries(part as object).map(([property, one]) => [property, refined(one, property)]),
          )
        : refined(part),
    ]),
  ) as Schema;
  if (schema.type === 'number') return { ...schema, type: 'integer', minimum: 0 };
  if (schema.type === 'array' && filled.has(key)) return { ...schema, minItems: 1 };
  if (schema.type === 'string' && named.has(key)) return { ...schema, minLength: 1 };
  const forms = schema.anyOf?.map((one) => (typeof one === 'object' ? formOf(one) : undefined));
  if (!schema.anyOf || !forms?.every((form) => form !== undefined)) return schema;
  const { anyOf, ...rest } = schema;
  return {
    ...rest,
    type: 'object',
    required: ['form'],
    properties: { form: { enum: [...new Set(forms)] } },
    allOf: anyOf.map((one, index) => ({
      if: { properties: { form: { const: forms[index] } }, required: ['form'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
      then: one,
    })),
  };
}

function formOf(schema: Schema): unknown {
  const form = schema.properties?.form;
  return typeof form === 'object' ? form.const : undefined;
}
