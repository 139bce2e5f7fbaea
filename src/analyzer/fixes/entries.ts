/** Fixes of single entries: deleted rather than emptied; and collections that let their keys go. */

import type { Engine } from '../engine';
import type { Fix, TextEdit } from '../findings/findings';
import type { Place } from '../program/places';
import { isAssignment, ts, unwrap } from '../syntax/syntax';
import { weakMembers } from '../words/collections';

/** `x[k] = null` → `delete x[k]`, `x.set(k, undefined)` → `x.delete(k)`; undefined unless all can be written so. */
export function deleteEntries(nullings: readonly ts.Node[]): Fix | undefined {
  const edits: TextEdit[] = [];
  for (const nulling of nullings) {
    const text = deletion(nulling);
    if (text === undefined || !ts.isExpressionStatement(nulling.parent)) return undefined;
    edits.push({ start: nulling.getStart(), end: nulling.end, newText: text });
  }
  return edits.length > 0 ? { title: 'Delete the entry', edits } : undefined;
}

function deletion(nulling: ts.Node): string | undefined {
  if (isAssignment(nulling)) return `delete ${nulling.left.getText()}`;
  if (!ts.isCallExpression(nulling)) return undefined;
  const callee = unwrap(nulling.expression);
  const [key] = nulling.arguments;
  return key && ts.isPropertyAccessExpression(callee)
    ? `${callee.expression.getText()}.delete(${key.getText()})`
    : undefined;
}

/** `new Map()` → `new WeakMap()`, where it is only asked for what a weak collection has. */
export function weaken(place: Place, declaration: ts.Node, engine: Engine): Fix | undefined {
  const { initializer, type } = (
    ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) ? declaration : {}
  ) as { readonly initializer?: ts.Expression; readonly type?: ts.TypeNode };
  const made = initializer && unwrap(initializer);
  if (!made || !ts.isNewExpression(made) || !ts.isIdentifier(made.expression)) return undefined;
  if ((made.arguments?.length ?? 0) > 0) return undefined;
  const isPlain = engine.uses.reads(place.key).every((use) => {
    const access = use.parent;
    return (
      ts.isPropertyAccessExpression(access) &&
      access.expression === use &&
      weakMembers.has(access.name.text) &&
      ts.isCallExpression(access.parent)
    );
  });
  if (!isPlain || engine.uses.writes(place.key).length > 0) return undefined;
  const name = made.expression.text;
  const annotated =
    type && ts.isTypeReferenceNode(type) && type.typeName.getText() === name ? type.typeName : undefined;
  if (type && !annotated) return undefined;
  const edit = (node: ts.Node): TextEdit => ({ start: node.getStart(), end: node.end, newText: `Weak${name}` });
  return {
    title: `Make it a \`Weak${name}\``,
    edits: [edit(made.expression), ...(annotated ? [edit(annotated)] : [])],
  };
}
