/** The JSON schema of definitions, asked by place: what may stand there, and what it means. */
import schema from '../definition/openslo.schema.json';
import { OBJECT_KINDS } from '../definition/schemaValidation';
import { V2ALPHA } from '../definition/v2alpha';
import { withV2alpha } from '../definition/v2alphaSchema';
import type { Path } from '../definition/yamlDocuments';

/** A schema as it is written, read with care: it is data. */
export type SchemaNode = Readonly<Record<string, unknown>>;

export interface KeyDescription {
  readonly key: string;
  readonly schema: SchemaNode;
  readonly description: string;
  readonly isRequired: boolean;
}

/** Text of the value of a key in the map at a path; null where it is not known. Decides between alternatives. */
export type ValueReader = (at: Path, key: string) => string | null;

const DEFINITIONS: SchemaNode = withV2alpha(schema).definitions;
const NOTHING: ValueReader = () => null;

function isMap(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapsOf(value: unknown): readonly SchemaNode[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** Own property, never one of the prototype: keys come from files. */
function own(map: unknown, key: string): unknown {
  return isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Does the condition of an `if` hold? null: it depends on what is not written yet. */
function holds(condition: SchemaNode, at: Path, read: ValueReader): boolean | null {
  const properties = isMap(condition.properties) ? condition.properties : {};
  const required = Array.isArray(condition.required) ? condition.required.map(String) : [];
  let isOpen = false;
  for (const key of new Set([...Object.keys(properties), ...required])) {
    const value = read(at, key);
    const wanted = own(own(properties, key), 'const');
    if (value === null) isOpen = true;
    else if (wanted !== undefined && value !== wanted) return false;
  }
  return isOpen ? null : true;
}

/** The alternatives that a schema stands for at a place, without references. */
function alternatives(node: SchemaNode, at: Path, read: ValueReader, depth = 0): readonly SchemaNode[] {
  if (depth > 20) return [];
  const next = (part: SchemaNode): readonly SchemaNode[] => alternatives(part, at, read, depth + 1);
  if (typeof node.$ref === 'string') {
    const target = own(DEFINITIONS, node.$ref.replace('#/definitions/', ''));
    // What is said beside a reference is said of this place.
    const { $ref: _, ...rest } = node;
    return isMap(target) ? next({ ...target, ...rest }) : [];
  }
  const branches: SchemaNode[] = [];
  for (const part of [node, ...mapsOf(node.allOf)]) {
    if (part !== node && part.if === undefined) branches.push(part);
    if (!isMap(part.if)) continue;
    const is = holds(part.if, at, read);
    if (is !== false && isMap(part.then)) branches.push(part.then);
    if (is !== true && isMap(part.else)) branches.push(part.else);
  }
  return [node, ...branches.flatMap(next)];
}

/** The schema of an object of this kind; null for a kind or version that is none. */
export function objectSchema(apiVersion: string | null, kind: string | null): SchemaNode | null {
  const known = OBJECT_KINDS.find((one) => one === kind);
  const found = known && own(DEFINITIONS, apiVersion === V2ALPHA ? `v2alpha.${known}` : known);
  return isMap(found) ? found : null;
}

/** What may stand at a path of an object; several schemas where alternatives are open, none where nothing is known. */
export function schemasAt(object: SchemaNode, path: Path, read: ValueReader = NOTHING): readonly SchemaNode[] {
  let found = alternatives(object, [], read);
  for (const [depth, step] of path.entries()) {
    const at = path.slice(0, depth + 1);
    found = found
      .map((node) => {
        if (typeof step === 'number') return node.items;
        const named = own(node.properties, step);
        return named ?? (isMap(node.additionalProperties) ? node.additionalProperties : undefined);
      })
      .filter(isMap)
      .flatMap((node) => alternatives(node, at, read));
    if (found.length === 0) break;
  }
  return found;
}

/** Text of the schema's description; the first that has one. */
export function descriptionOf(schemas: readonly SchemaNode[]): string {
  const described = schemas.find(({ description }) => typeof description === 'string');
  return typeof described?.description === 'string' ? described.description : '';
}

/** Keys of a map with these schemas, in the order of the schema. */
export function keysOf(
  schemas: readonly SchemaNode[],
  at: Path,
  read: ValueReader = NOTHING,
): readonly KeyDescription[] {
  const found = new Map<string, KeyDescription>();
  for (const node of schemas) {
    const required = Array.isArray(node.required) ? node.required : [];
    for (const [key, value] of Object.entries(isMap(node.properties) ? node.properties : {})) {
      if (!isMap(value) || found.has(key)) continue;
      const [first = value, ...more] = alternatives(value, [...at, key], read);
      const description = descriptionOf([value, first, ...more]);
      found.set(key, { key, schema: first, description, isRequired: required.includes(key) });
    }
  }
  return [...found.values()];
}

/** Values that are allowed, or the usual ones where others are too. */
export function valuesOf(schemas: readonly SchemaNode[]): {
  readonly values: readonly string[];
  readonly isClosed: boolean;
} {
  const closed = new Set<string>();
  const usual = new Set<string>();
  for (const node of schemas) {
    if (node.const !== undefined) closed.add(String(node.const));
    if (Array.isArray(node.enum)) for (const value of node.enum) closed.add(String(value));
    if (node.type === 'boolean') for (const value of ['true', 'false']) closed.add(value);
    if (Array.isArray(node.examples)) for (const value of node.examples) usual.add(String(value));
  }
  return closed.size > 0 ? { values: [...closed], isClosed: true } : { values: [...usual], isClosed: false };
}

/** Of a description such as `current: the newest value. window: the budget.` the part about one value; empty without one. */
export function meaningOf(description: string, value: string): string {
  const start = description.search(new RegExp(`(?:^|[.;] )${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}: `));
  if (start < 0) return '';
  const rest = description.slice(description.indexOf(': ', start) + 2);
  const end = rest.search(/[.;] (?:[\w-]+: |Default: )|\.$/);
  return end < 0 ? rest : rest.slice(0, end);
}

/** Must the value be written in quotes? Annotations are strings, `true` and `4` are none. */
export function mustBeQuoted(schemas: readonly SchemaNode[], value: string): boolean {
  return schemas.some(({ type }) => type === 'string') && /^(?:true|false|null|~|[-+]?\d[\d_.eE+-]*)$/.test(value);
}

/** Is the place that of a duration? */
export function isDuration(schemas: readonly SchemaNode[]): boolean {
  return schemas.some(({ pattern }) => typeof pattern === 'string' && pattern.includes('[mhdwMQY]'));
}
