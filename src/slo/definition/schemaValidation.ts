/** OpenSLO v1 as our JSON schema states it, applied to one document at a time so that messages name the fault and not the alternatives. */
import { nearest } from '../../sources/nearest';
import { type ErrorObject, schemaCompiler, type ValidateFunction } from '../../sources/schemaChecks';
import schema from './openslo.schema.json';
import type { Path } from './yamlDocuments';

export const OBJECT_KINDS = [
  'DataSource',
  'Service',
  'SLI',
  'SLO',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

export interface SchemaIssue {
  readonly path: Path;
  /** The unknown field, when that is the fault. */
  readonly key: string | null;
  readonly message: string;
}

let validators: ReadonlyMap<ObjectKind, ValidateFunction> | null = null;

function compiled(): ReadonlyMap<ObjectKind, ValidateFunction> {
  if (validators) return validators;
  const ajv = schemaCompiler({ allErrors: true, allowUnionTypes: true, strictRequired: false, verbose: true });
  ajv.addSchema(schema, 'slo');
  const map = new Map<ObjectKind, ValidateFunction>();
  for (const kind of OBJECT_KINDS) {
    const validate = ajv.getSchema(`slo#/definitions/${kind}`);
    if (validate) map.set(kind, validate);
  }
  validators = map;
  return map;
}

function pathOf(error: ErrorObject): Path {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(', ') : String(values);
}

/** The field that is meant by an unknown one, if that is beyond doubt. */
function meantBy({ params, parentSchema }: ErrorObject): string | null {
  const { additionalProperty } = params as Readonly<Record<string, unknown>>;
  return nearest(String(additionalProperty), Object.keys((parentSchema?.properties ?? {}) as object));
}

/** A field that is missing because its name is misspelt is one fault, at the name that is there. */
function isMisspelt({ keyword, instancePath, params }: ErrorObject, all: readonly ErrorObject[]): boolean {
  if (keyword !== 'required') return false;
  const { missingProperty } = params as Readonly<Record<string, unknown>>;
  return all.some(
    (other) =>
      other.keyword === 'additionalProperties' &&
      other.instancePath === instancePath &&
      meantBy(other) === missingProperty,
  );
}

function describe(error: ErrorObject): string {
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const meant = meantBy(error);
      if (meant !== null) return `unknown field ${String(params.additionalProperty)}; did you mean ${meant}?`;
      if (error.instancePath.startsWith('/spec/connectionDetails'))
        return `unknown field ${String(params.additionalProperty)}; known are ${Object.keys(error.parentSchema?.properties ?? {}).join(', ')}`;
      return `unknown field ${String(params.additionalProperty)}; what OpenSLO v1 cannot say goes into metadata.annotations`;
    }
    case 'required':
      return `the field ${String(params.missingProperty)} is missing`;
    case 'type':
      return `must be a ${list(params.type)}`;
    case 'enum':
      return `must be one of ${list(params.allowedValues)}`;
    case 'const':
      return `must be ${String(params.allowedValue)}`;
    case 'pattern':
      return `${JSON.stringify(error.data)} does not have the form that is needed here: ${String(error.parentSchema?.description ?? params.pattern)}`;
    default:
      return error.message ?? error.keyword;
  }
}

/** Everything that OpenSLO's structure forbids in an object of this kind; empty when it is valid. */
export function validateStructure(kind: ObjectKind, value: unknown): readonly SchemaIssue[] {
  const validate = compiled().get(kind);
  if (!validate || validate(value)) return [];
  return (validate.errors ?? [])
    .filter((error, _, all) => error.keyword !== 'if' && !isMisspelt(error, all))
    .map((error) => {
      const params = error.params as Readonly<Record<string, unknown>>;
      const path = pathOf(error);
      const missing = error.keyword === 'required' ? [String(params.missingProperty)] : [];
      const unknown = error.keyword === 'additionalProperties' ? String(params.additionalProperty) : null;
      return { path: unknown === null ? [...path, ...missing] : path, key: unknown, message: describe(error) };
    });
}
