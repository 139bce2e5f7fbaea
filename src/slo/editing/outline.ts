/** The objects of a definition file as an outline, and where a name is defined. */
import { cursorAt } from './cursor';
import { isNameList, type NamedObject, referredKind } from './definitionNames';
import { unquoted } from './lineParts';

export interface OutlineEntry {
  readonly object: NamedObject;
  /** Inline objects inside of it. */
  readonly children: readonly NamedObject[];
}

/** Objects of one file in their order. */
export function outlineOf(names: readonly NamedObject[]): readonly OutlineEntry[] {
  const inside = (outer: NamedObject, one: NamedObject): boolean =>
    one.isInline && one.range[0] >= outer.range[0] && one.range[1] <= outer.range[1];
  return names
    .filter(({ isInline }) => !isInline)
    .map((object) => ({ object, children: names.filter((one) => inside(object, one)) }));
}

/** The objects that the name at a position refers to; those that it defines itself are none. */
export function referredAt(
  lines: readonly string[],
  position: { readonly line: number; readonly column: number },
  names: readonly NamedObject[],
): readonly NamedObject[] {
  const cursor = cursorAt(lines, position.line, position.column);
  if (!cursor || cursor.hasColon) return [];
  const kind = referredKind(cursor.path);
  if (!kind) return [];
  const text = unquoted(cursor.token.text);
  const before = (lines[position.line] ?? '').slice(cursor.token.start, position.column);
  const at = isNameList(cursor.path) ? before.split(',').length - 1 : 0;
  const name = isNameList(cursor.path) ? (text.split(',')[at]?.trim() ?? '') : text;
  return names.filter((one) => one.kind === kind && one.name === name);
}
