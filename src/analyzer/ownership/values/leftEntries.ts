/** Resources kept as a part of an entry of a table: looked up for its other parts, deleted, and never ended. */

import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { propertyNameText, ts, unwrap, wrapped } from '../../syntax/syntax';
import { looksUpKey } from '../../words/collections';

const leaving = new Set(['delete', 'clear']);
const givesEntry = new Set(['get', 'has', 'set', 'size', ...leaving]);

/**
 * @param node the property of the entry that the resource is given to
 * @returns true where entries leave the table, and nobody who looks one up comes to the resource
 */
export function leavesWithEntry(node: ts.Node, container: Place, engine: Engine): boolean {
  const name =
    ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) ? propertyNameText(node.name) : undefined;
  if (name === undefined || engine.program.scopes.exports.size === 0) return false;
  if (container.root.kind === 'declaration') {
    const { declaration } = container.root;
    if ([...engine.program.scopes.exports.values()].includes(declaration) || declaration.scope.func) return false;
  }
  const reads = engine.uses.reads(container.key);
  let leaves = false;
  for (const use of reads) {
    const access = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(access) || !givesEntry.has(access.name.text)) return false;
    leaves ||= leaving.has(access.name.text);
    const call = access.parent;
    if (looksUpKey(access.name.text) && !(ts.isCallExpression(call) && isOnlyAskedForOthers(call, name, engine)))
      return false;
  }
  return leaves && !isNamedElsewhere(name, node, engine);
}

/** `const entry = table.get(key)`, of which only other members are used; a test, or a member at once. */
function isOnlyAskedForOthers(call: ts.CallExpression, name: string, engine: Engine): boolean {
  const isOther = (value: ts.Expression): boolean => {
    const up = wrapped(value).parent;
    if (ts.isPropertyAccessExpression(up)) return up.name.text !== name;
    return ts.isPrefixUnaryExpression(up) || ts.isIfStatement(up) || ts.isExpressionStatement(up);
  };
  const up = wrapped(call).parent;
  if (!ts.isVariableDeclaration(up) || !ts.isIdentifier(up.name)) return isOther(call);
  const declaration = engine.program.scopes.declarationOf(up);
  return declaration !== undefined && declaration.writes.length === 0 && declaration.references.every(isOther);
}

/** Somebody calls a method of a member of that name: it may be this one, by a way that is not followed. */
function isNamedElsewhere(name: string, node: ts.Node, engine: Engine): boolean {
  return nodesIn(engine.program.sourceFile, calls).some((call) => {
    const callee = unwrap(call.expression);
    const target = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
    const isMember = target !== undefined && ts.isPropertyAccessExpression(target) && target.name.text === name;
    const isGiven = call.arguments.some((one) => {
      const value = unwrap(one);
      return ts.isPropertyAccessExpression(value) && value.name.text === name;
    });
    return (isMember || isGiven) && call !== node;
  });
}
