/** What might mend a problem of a definition. Each is tried before it is offered (`fixes.ts`). */

import { nearest } from '../../sources/nearest';
import { parseWhen } from '../alerts/whenExpression';
import type { DefinitionProblem } from '../definition/model';
import { OBJECT_KINDS } from '../definition/schemaValidation';
import { V2ALPHA } from '../definition/v2alpha';
import type { Path } from '../definition/yamlDocuments';
import { parseDuration } from '../duration';
import { isNameList, type NamedObject, referredKind } from './definitionNames';
import { isDuration, keysOf, objectSchema, type SchemaNode, schemasAt, valuesOf } from './schemaAt';
import type { TextReplacement, TreeEditor } from './textEdits';

export interface FixCandidate {
  readonly title: string;
  readonly edits: readonly TextReplacement[];
  /** The one thing to do; else one of several that can be meant. */
  readonly isPreferred: boolean;
}

export interface Fixable {
  readonly problem: DefinitionProblem;
  readonly text: string;
  readonly editor: TreeEditor;
  readonly names: readonly NamedObject[];
}

const shown = (text: unknown): string => String(text).slice(0, 60);

function fix(title: string, ...edits: readonly (TextReplacement | null)[]): readonly FixCandidate[] {
  const known = edits.filter((edit) => edit !== null);
  return known.length === edits.length ? [{ title, edits: known, isPreferred: true }] : [];
}

function change(editor: TreeEditor, path: Path, value: string, quote?: '"' | ''): readonly FixCandidate[] {
  return fix(`Change ${shown(editor.scalarAt(path)?.value)} to ${value}`, editor.replace(path, value, quote));
}

function rename(editor: TreeEditor, path: Path, name: string): readonly FixCandidate[] {
  return fix(`Rename ${shown(path.at(-1))} to ${name}`, editor.rename(path, name));
}

/** Candidates for one problem, the likeliest first. */
export function fixCandidates(fixable: Fixable): readonly FixCandidate[] {
  const { problem } = fixable;
  const at = problem.at ?? [];
  switch (problem.code) {
    case 'slo/yaml':
      return yamlFixes(fixable);
    case 'slo/openslo':
    case 'slo/query':
      return structureFixes(fixable, at);
    case 'slo/target-range':
      return targetFixes(fixable, at);
    case 'slo/duplicate-name':
      return duplicateFixes(fixable, at);
    case 'slo/unknown-service':
    case 'slo/unknown-reference':
      return referenceFixes(fixable, at);
    case 'slo/unknown-annotation':
    case 'slo/unknown-detail':
      return unknownKey(fixable, at);
    case 'slo/severity':
      return nearValue(fixable, at, ['P1', 'P2', 'P3']);
    case 'slo/when-syntax':
      return conditionFixes(fixable, at);
    case 'slo/alert-direction':
      return directionFixes(fixable, at);
    case 'slo/alert-gap':
      return gapFixes(fixable, at);
    case 'slo/assumed':
      return fix('Remove the mark: these are decided', fixable.editor.remove(at)).map((one) => ({
        ...one,
        isPreferred: false,
      }));
    default:
      return [];
  }
}

function schemaOf(editor: TreeEditor): SchemaNode | null {
  const text = (key: string): string | null => {
    const value = editor.scalarAt([key])?.value;
    return typeof value === 'string' ? value : null;
  };
  return objectSchema(text('apiVersion'), text('kind'));
}

function reader(editor: TreeEditor): (at: Path, key: string) => string | null {
  return (at, key) => {
    const value = editor.scalarAt([...at, key])?.value;
    if (value !== undefined && value !== null) return String(value);
    return editor.pairAt([...at, key]) ? '' : null;
  };
}

function nearValue({ editor }: Fixable, at: Path, values: readonly string[]): readonly FixCandidate[] {
  const value = editor.scalarAt(at)?.value;
  const meant = typeof value === 'string' ? nearest(value, values) : null;
  return meant === null ? [] : change(editor, at, meant);
}

/** A key that is none, near to one that is not there yet. */
function unknownKey({ editor }: Fixable, at: Path): readonly FixCandidate[] {
  const key = at.at(-1);
  const object = schemaOf(editor);
  if (typeof key !== 'string' || !object) return [];
  const map = at.slice(0, -1);
  const read = reader(editor);
  const there = new Set(editor.keysAt(map));
  const keys = keysOf(schemasAt(object, map, read), map, read).map((one) => one.key);
  if (keys.includes(key)) return [];
  const free = keys.filter((one) => !there.has(one));
  const renamed = key === 'indicator' ? 'sli' : key === 'indicatorRef' ? 'sliRef' : null;
  const meant = renamed !== null && free.includes(renamed) ? renamed : nearest(key, free);
  return meant === null ? [] : rename(editor, at, meant);
}

function structureFixes(fixable: Fixable, at: Path): readonly FixCandidate[] {
  const { editor, problem } = fixable;
  const key = at.at(-1);
  if (at.length === 1 && key === 'apiVersion') return versionFixes(fixable);
  if (at.length === 1 && key === 'kind') return nearValue(fixable, at, OBJECT_KINDS);
  const object = schemaOf(editor);
  if (!object || key === undefined) return [];
  const read = reader(editor);
  const schemas = schemasAt(object, at, read);
  if (!editor.pairAt(at)) return missing(fixable, at, schemas);
  const renamed = unknownKey(fixable, at);
  if (renamed.length > 0) return renamed;
  const scalar = editor.scalarAt(at);
  const found = scalar ? valueFixes(fixable, at, schemas, scalar.value) : [];
  if (found.length > 0) return found;
  // A ratio is compared with its target: op and value say nothing.
  const saysNothing =
    (key === 'op' || key === 'value') && at.at(-3) === 'objectives' && problem.message.includes('not allowed');
  return saysNothing ? fix(`Remove ${key}`, editor.remove(at)) : [];
}

/** A field that is missing, where only one value can stand. */
function missing({ editor }: Fixable, at: Path, schemas: readonly SchemaNode[]): readonly FixCandidate[] {
  const key = String(at.at(-1));
  const map = at.slice(0, -1);
  const only = schemas.find(({ const: value }) => value !== undefined)?.const;
  if (only !== undefined) return fix(`Add ${key}: ${String(only)}`, editor.insert(map, key, String(only)));
  if (at.length === 1 && key === 'spec' && editor.scalarAt(['kind'])?.value === 'Service')
    return fix('Add spec: {}', editor.insert(map, key, '{}'));
  return [];
}

function valueFixes(
  fixable: Fixable,
  at: Path,
  schemas: readonly SchemaNode[],
  value: unknown,
): readonly FixCandidate[] {
  const { editor } = fixable;
  const types = schemas.map(({ type }) => type);
  const isText = typeof value === 'string';
  if (types.includes('string') && (typeof value === 'boolean' || typeof value === 'number')) {
    const source = editor.scalarAt(at)?.source ?? String(value);
    return fix(`Write "${source}" as text`, editor.replace(at, source, '"'));
  }
  if (isText && types.includes('boolean')) {
    const word = value.trim().toLowerCase();
    const meant = ['true', 'yes', 'on'].includes(word)
      ? 'true'
      : ['false', 'no', 'off'].includes(word)
        ? 'false'
        : null;
    return meant === null ? [] : change(editor, at, meant, '');
  }
  if (isText && types.includes('number')) return numberFixes(fixable, at, value);
  if (!isText) return [];
  const { values, isClosed } = valuesOf(schemas);
  if (isClosed || fixable.problem.code === 'slo/query') return nearValue(fixable, at, values);
  if (isDuration(schemas) || ['over', 'minSpan'].includes(String(at.at(-1)))) {
    const meant = durationMeant(value);
    return meant === null ? [] : change(editor, at, meant);
  }
  if (at.at(-1) === 'name' && at.at(-2) === 'metadata') {
    const name = labelOf(value);
    return name === null ? [] : change(editor, at, name);
  }
  return [];
}

function numberFixes({ editor }: Fixable, at: Path, value: string): readonly FixCandidate[] {
  if (/^-?\d+(?:\.\d+)?$/.test(value.trim())) return change(editor, at, value.trim(), '');
  const percent = /^(\d{1,2}(?:\.\d+)?)\s*%$/.exec(value.trim())?.[1];
  if (percent === undefined || at.at(-1) !== 'target') return [];
  return fix(
    `Change to targetPercent: ${percent}`,
    editor.rename(at, 'targetPercent'),
    editor.replace(at, percent, ''),
  );
}

const UNIT_WORDS: readonly (readonly [unit: string, words: readonly string[]])[] = [
  ['m', ['m', 'min', 'mins', 'minute', 'minutes']],
  ['h', ['h', 'hr', 'hrs', 'hour', 'hours']],
  ['d', ['d', 'day', 'days']],
  ['w', ['w', 'wk', 'week', 'weeks']],
  ['M', ['mo', 'mon', 'month', 'months']],
  ['Q', ['q', 'quarter', 'quarters']],
  ['Y', ['y', 'yr', 'year', 'years']],
];

/** `1 hour`, `30days`, `120s`: the OpenSLO duration that is exactly as long; null for anything else. */
export function durationMeant(text: string): string | null {
  const match = /^\s*(\d{1,9})\s*([a-z]+)\s*$/i.exec(text);
  if (!match) return null;
  const count = Number(match[1]);
  const word = (match[2] ?? '').toLowerCase();
  if (['s', 'sec', 'secs', 'second', 'seconds'].includes(word))
    return count > 0 && count % 60 === 0 ? `${count / 60}m` : null;
  const unit = UNIT_WORDS.find(([, words]) => words.includes(word))?.[0];
  const meant = unit === undefined ? null : `${count}${unit}`;
  return meant !== null && parseDuration(meant) ? meant : null;
}

/** A name in the form that OpenSLO asks for; null when nothing of it is left, or too much. */
function labelOf(text: string): string | null {
  const label = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return label === '' || label.length > 63 ? null : label;
}

/** OpenSLO in words that are nearly its own. Other families of files have versions too: those are left alone. */
function versionFixes({ editor }: Fixable): readonly FixCandidate[] {
  const kind = editor.scalarAt(['kind'])?.value;
  if (!OBJECT_KINDS.some((known) => known === kind)) return [];
  const speaksV2 = ['sli', 'sliRef', 'serviceRef'].some((key) => editor.pairAt(['spec', key]));
  const meant = speaksV2 ? V2ALPHA : 'openslo/v1';
  if (!editor.pairAt(['apiVersion'])) return fix(`Add apiVersion: ${meant}`, editor.insert([], 'apiVersion', meant));
  const value = editor.scalarAt(['apiVersion'])?.value;
  return typeof value === 'string' && /^open[-_ ]?slo/i.test(value) ? change(editor, ['apiVersion'], meant) : [];
}

function targetFixes({ editor }: Fixable, at: Path): readonly FixCandidate[] {
  const value = editor.scalarAt(at)?.value;
  if (typeof value !== 'number') return [];
  const isPercent = at.at(-1) === 'targetPercent';
  if (!isPercent && value > 1 && value < 100)
    return fix(`Change to targetPercent: ${value}`, editor.rename(at, 'targetPercent'));
  if (value !== 100 && (isPercent || value !== 1)) return [];
  const annotation: Path = ['metadata', 'annotations', 'slo-lens/zero-tolerance'];
  const mark = '"true"';
  const zero = editor.pairAt(annotation)
    ? editor.replace(annotation, 'true', '"')
    : editor.mapAt(annotation.slice(0, -1))
      ? editor.insert(annotation.slice(0, -1), 'slo-lens/zero-tolerance', mark)
      : editor.mapAt(['metadata'])?.flow
        ? editor.insert(['metadata'], 'annotations', `{ slo-lens/zero-tolerance: ${mark} }`)
        : editor.insert(['metadata'], 'annotations', '', [`  slo-lens/zero-tolerance: ${mark}`]);
  return fix('All of it: tolerate no failure', editor.replace(at, isPercent ? '99.99' : '0.9999'), zero);
}

function duplicateFixes({ editor, names }: Fixable, at: Path): readonly FixCandidate[] {
  const value = editor.scalarAt(at)?.value;
  const kind = editor.scalarAt([...at.slice(0, -2), 'kind'])?.value;
  if (typeof value !== 'string') return [];
  const taken = new Set(names.filter((one) => one.kind === kind).map(({ name }) => name));
  for (let number = 2; number < 100; number++) {
    const name = `${value.slice(0, 60)}-${number}`;
    if (!taken.has(name)) return change(editor, at, name);
  }
  return [];
}

function referenceFixes({ editor, names }: Fixable, at: Path): readonly FixCandidate[] {
  const kind = referredKind(at);
  const value = editor.scalarAt(at)?.value;
  if (!kind || typeof value !== 'string') return [];
  const known = names.filter((one) => one.kind === kind).map(({ name }) => name);
  if (!isNameList(at)) {
    const meant = nearest(value, known);
    return meant === null ? [] : change(editor, at, meant);
  }
  const parts = value.split(',').map((part) => part.trim());
  return parts
    .filter((part) => !known.includes(part))
    .flatMap((part) => {
      const meant = nearest(part, known);
      if (meant === null) return [];
      const list = parts.map((one) => (one === part ? meant : one)).join(', ');
      return fix(`Change ${shown(part)} to ${meant}`, editor.replace(at, list));
    });
}

/** Marks and words that are meant beyond doubt. */
function conditionFixes({ editor }: Fixable, at: Path): readonly FixCandidate[] {
  const value = editor.scalarAt(at)?.value;
  if (typeof value !== 'string' || value.length > 200) return [];
  const terms = value
    .toLowerCase()
    .replaceAll('≥', '>=')
    .replaceAll('≤', '<=')
    .replaceAll('≠', '!=')
    .replace(/=>/g, '>=')
    .replace(/=</g, '<=')
    .replace(/<>/g, '!=')
    .replace(/===/g, '==')
    .replace(/(^|[^<>=!])=(?!=)/g, '$1==');
  const meant = /^\s*[<>=!]/.test(terms) ? `value ${terms.trim()}` : terms;
  return meant !== value && parseWhen(meant).ok ? change(editor, at, meant) : [];
}

function directionFixes({ editor }: Fixable, at: Path): readonly FixCandidate[] {
  const value = editor.scalarAt(at)?.value;
  if (at.at(-1) !== 'op') return [];
  return value === 'lt' ? change(editor, at, 'gt') : value === 'lte' ? change(editor, at, 'gte') : [];
}

function gapFixes({ editor, problem }: Fixable, at: Path): readonly FixCandidate[] {
  const suggested = /`([^`]{1,60})`/.exec(problem.message)?.[1];
  return suggested !== undefined && parseWhen(suggested).ok ? change(editor, at, suggested) : [];
}

/** Tabs where YAML wants spaces, and a pair that is there twice in the same words. */
function yamlFixes({ text, problem }: Fixable): readonly FixCandidate[] {
  const lines = text.split('\n');
  const { line } = problem.place;
  const own = lines[line] ?? '';
  const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  const indent = /^[ \t]*/.exec(own)?.[0] ?? '';
  if (indent.includes('\t'))
    return fix('Replace tabs with spaces', {
      start,
      end: start + indent.length,
      newText: indent.replaceAll('\t', '  '),
    });
  const isTwice = own.trim() !== '' && lines.slice(Math.max(0, line - 200), line).includes(own);
  return isTwice && problem.message.includes('unique')
    ? fix('Remove the second of two equal lines', {
        start,
        end: Math.min(text.length, start + own.length + 1),
        newText: '',
      })
    : [];
}
