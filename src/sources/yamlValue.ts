/** One YAML document as plain data, with the limits that files of strangers need. */
import { isAlias, visit } from 'yaml';
import { composeYaml, maxYamlAliases } from './boundedYaml';
import type { JsonValue } from './jsonScan';
import type { Position } from './problems';

export type YamlReading =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly kind: string; readonly message: string; readonly position: Position };

/** As JSON: objects without a prototype, dates as the text they are; what JSON has no word for is null. */
function plain(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) {
    const object: Record<string, JsonValue> = Object.create(null);
    for (const [key, one] of value) object[String(key)] = plain(one);
    return object;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Reads a YAML text of one document. Syntax errors, bombs of aliases and nesting too deep are failures with a place; nothing throws. */
export function parseYamlValue(source: string): YamlReading {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const composed = composeYaml(text);
  const fail = (kind: string, message: string, offset: number): YamlReading => {
    const { line, col } = composed.lines.linePos(offset);
    return { ok: false, kind, message, position: { line: Math.max(1, line), column: Math.max(1, col), offset } };
  };
  if (!composed.ok) return fail(composed.fault.kind, composed.fault.message, composed.fault.range[0]);
  const [first, second] = composed.documents;
  if (!first || text.trim() === '') return fail('empty', 'The file is empty', 0);
  const [fault] = first.faults;
  if (fault) return fail(fault.kind, fault.message, fault.range[0]);
  if (second) return fail('several-documents', 'A second document follows the first', second.document.range?.[0] ?? 0);
  let aliases = 0;
  visit(first.document, (_, node) => {
    if (isAlias(node)) aliases++;
  });
  if (aliases > maxYamlAliases)
    return fail('too-many-aliases', `More than ${maxYamlAliases} aliases; they multiply what they stand for`, 0);
  try {
    return { ok: true, value: plain(first.document.toJS({ mapAsMap: true, maxAliasCount: maxYamlAliases })) };
  } catch (error) {
    // An alias to nothing, to itself, or to too much.
    return fail('syntax', error instanceof Error ? error.message : String(error), 0);
  }
}
