/** Mends a removal that can never match: the capture flag, the handler's identity, the target. */

import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { Fix, TextEdit } from '../findings/findings';
import { captureOf } from '../ownership/registrations/removals';
import { isBindCall } from '../program/bound';
import type { Identity } from '../resources/releaseForms';
import { isClassNode, ts, unwrap, walk } from '../syntax/syntax';
import { declareField } from './keeping';
import { insertAt, insertBefore, type Layout } from './layout';
import { freeNames, freshName, handlerName, isVisible, textThere } from './names';

/** The candidates for one registration and the removal that was meant for it. */
export function mend(open: Open, removal: ts.CallExpression, engine: Engine, layout: Layout): readonly Fix[] {
  const { form } = open.acquisition;
  if (form.form !== 'registration') return [];
  const { identity } = form;
  return [
    sameCapture(open, removal, identity, engine),
    sameHandler(open, removal, identity, engine, layout),
    sameTarget(open, removal, engine),
  ].filter((fix) => fix !== undefined);
}

function sameCapture(open: Open, removal: ts.CallExpression, identity: Identity, engine: Engine): Fix | undefined {
  if (identity.capture === undefined) return undefined;
  const wanted = captureOf(open.acquisition.node.arguments?.[identity.capture], engine);
  const given = removal.arguments[identity.capture];
  if (wanted === undefined || captureOf(given, engine) === wanted) return undefined;
  const last = removal.arguments.at(-1);
  const edits: TextEdit[] = given
    ? [{ start: given.getStart(), end: given.end, newText: String(wanted) }]
    : last && removal.arguments.length === identity.capture
      ? [insertAt(last.end, `, ${wanted}`)]
      : [];
  return edits.length > 0 ? { title: `Remove it with capture ${wanted}`, edits } : undefined;
}

/** One reference for both calls: a field of the class, or a constant before the registration. */
function sameHandler(
  open: Open,
  removal: ts.CallExpression,
  identity: Identity,
  engine: Engine,
  layout: Layout,
): Fix | undefined {
  const { node, event } = open.acquisition;
  const added = node.arguments?.[identity.handler];
  const removed = removal.arguments[identity.handler];
  if (!added || !removed) return undefined;
  const value = unwrap(added);
  const other = unwrap(removed);
  const isInline = (one: ts.Expression): boolean =>
    ts.isArrowFunction(one) || ts.isFunctionExpression(one) || isBindCall(one);
  if (!isInline(other)) {
    // Added as the result of `bind`, removed by the plain name.
    return isBindCall(value) ? shareBound(value, added, removed, open, removal, engine, layout) : undefined;
  }
  if (!isInline(value)) {
    const text = textThere(added, { node: removal, owner: engine.program.members.ownerAt(removal) }, engine);
    return text === undefined
      ? undefined
      : { title: `Remove \`${text}\``, edits: [{ start: removed.getStart(), end: removed.end, newText: text }] };
  }
  if (isBindCall(value)) return shareBound(value, added, removed, open, removal, engine, layout);
  const hasUntyped =
    (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) &&
    value.parameters.some(({ type }) => type === undefined);
  if (layout.isTypeScript && hasUntyped) return undefined;
  return shareLocally(value, added, removed, handlerName(event), removal, engine, layout) ?? undefined;
}

function replaced(node: ts.Node, newText: string): TextEdit {
  return { start: node.getStart(), end: node.end, newText };
}

function shareBound(
  value: ts.CallExpression,
  added: ts.Expression,
  removed: ts.Expression,
  open: Open,
  removal: ts.CallExpression,
  engine: Engine,
  layout: Layout,
): Fix | undefined {
  const access = unwrap(value.expression);
  const method = ts.isPropertyAccessExpression(access) ? unwrap(access.expression) : undefined;
  const owner = engine.program.members.ownerAt(open.acquisition.node);
  const base =
    method && ts.isPropertyAccessExpression(method)
      ? `bound${method.name.text.charAt(0).toUpperCase()}${method.name.text.slice(1)}`
      : handlerName(open.acquisition.event);
  const { declarations, usesThis } = freeNames(value, engine);
  if (owner && isClassNode(owner.node) && usesThis && engine.program.members.ownerAt(removal) === owner) {
    const { node } = owner;
    if (!declarations.every((declaration) => isVisible(declaration, node))) return undefined;
    if (!layout.isTypeScript && !hasFields(node)) return undefined;
    const name = freshName(base, engine);
    const modifiers = layout.isTypeScript ? 'private readonly ' : '';
    return {
      title: `Keep the handler in \`this.${name}\``,
      edits: [
        declareField(node, `${modifiers}${name} = ${value.getText()}${layout.semicolon}`, layout),
        replaced(added, `this.${name}`),
        replaced(removed, `this.${name}`),
      ],
    };
  }
  return shareLocally(value, added, removed, base, removal, engine, layout);
}

function hasFields(node: ts.ClassLikeDeclaration): boolean {
  return node.members.some((member) => ts.isPropertyDeclaration(member));
}

/** A constant before the registration, in the block that the removal stands in too. */
function shareLocally(
  value: ts.Expression,
  added: ts.Expression,
  removed: ts.Expression,
  base: string,
  removal: ts.CallExpression,
  engine: Engine,
  layout: Layout,
): Fix | undefined {
  let statement: ts.Node = added;
  while (!ts.isStatement(statement)) {
    if (ts.isFunctionLike(statement.parent)) return undefined;
    statement = statement.parent;
  }
  const block = statement.parent;
  if (!ts.isBlock(block) && !ts.isSourceFile(block)) return undefined;
  let isInside = false;
  walk(block, (inner) => {
    if (inner === removal && inner.pos > statement.end) isInside = true;
    return !isInside;
  });
  if (!isInside) return undefined;
  const name = freshName(base, engine);
  return {
    title: `Keep the handler in \`${name}\``,
    edits: [
      insertBefore(statement, () => `const ${name} = ${value.getText()}${layout.semicolon}`, layout),
      replaced(added, name),
      replaced(removed, name),
    ],
  };
}

function sameTarget(open: Open, removal: ts.CallExpression, engine: Engine): Fix | undefined {
  const { receiver } = open.acquisition;
  const callee = unwrap(removal.expression);
  if (!receiver || !ts.isPropertyAccessExpression(callee)) return undefined;
  if (engine.program.places.same(receiver, callee.expression)) return undefined;
  const text = textThere(receiver, { node: removal, owner: engine.program.members.ownerAt(removal) }, engine);
  return text === undefined
    ? undefined
    : { title: `Remove it from \`${text}\``, edits: [replaced(callee.expression, text)] };
}
