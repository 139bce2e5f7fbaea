/**
 * Removals that name another function than the one that was added: a variable that is only ever removed, a property in the place of
 * an entry under a symbol, the handler of another object.
 */

import type { Engine } from '../../engine';
import { isBindCall } from '../../program/bound';
import { visitNodes } from '../../syntax/nodeIndex';
import { names } from '../../syntax/selections';
import { isComponentFile } from '../../syntax/singleFile';
import { blockAround, calledName, isAssignment, isFunctionNode, ts, unwrap, wrapped } from '../../syntax/syntax';
import { givesNoHandle, isHandling } from '../../words/listeners';
import { fluentRoot } from '../registrations/fluent';
import {
  areOtherEvents,
  type Binding,
  type Bindings,
  isSameEvent,
  isSameHandler,
  isSameObject,
  type Vain,
} from './bindingPairs';

/** The handler that stays since the removal names another one. */
export function misnamed(removal: Binding, bindings: Bindings, engine: Engine): Vain | undefined {
  return (
    madeAnew(removal, bindings, engine) ??
    onlyRemoved(removal, bindings, engine) ??
    propertyForEntry(removal, bindings) ??
    ofOther(removal, bindings, engine)
  );
}

/** `off('change', { handleEvent: show })` beside `on('change', { handleEvent: show })`: written alike, and two objects. */
function madeAnew(removal: Binding, { added }: Bindings, engine: Engine): Vain | undefined {
  const made = unwrap(removal.handler);
  if (!isFunctionNode(made) && !isHandlerObject(made)) return undefined;
  const left = added.find(
    (one) =>
      one.handler.getText().replace(/\s+/g, '') === removal.handler.getText().replace(/\s+/g, '') &&
      isSameObject(one.receiver, removal.receiver, engine) &&
      isSameEvent(one.event, removal.event, engine),
  );
  const what = isFunctionNode(made) ? 'function' : 'object';
  return left && { added: left, why: `it makes a new ${what}, which was never added` };
}

/** An object that handles events; others are options, or data. */
function isHandlerObject(value: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(value) &&
    value.properties.some(
      (one) =>
        ts.isMethodDeclaration(one) ||
        (ts.isPropertyAssignment(one) && isFunctionNode(unwrap(one.initializer))) ||
        (one.name !== undefined && isHandling(one.name.getText())),
    )
  );
}

/** `off('change', onChange)`, where nobody adds `onChange`, if there is one at all, and a function without a name is added. */
function onlyRemoved(removal: Binding, { added, removed }: Bindings, engine: Engine): Vain | undefined {
  const value = unwrap(removal.handler);
  if (!ts.isIdentifier(value) || value.text === 'undefined' || isGiven(value, engine)) return undefined;
  const left = added.find(
    (one) =>
      isFunctionNode(unwrap(one.handler)) &&
      isSameObject(one.receiver, removal.receiver, engine) &&
      isSameEvent(one.event, removal.event, engine),
  );
  if (!left || isReadElsewhere(value, removed, engine)) return undefined;
  return { added: left, why: `\`${value.text}\` was never added` };
}

/** By a caller, by another file, or by a script that shares its variables. */
function isGiven(name: ts.Identifier, { program }: Engine): boolean {
  const declaration = program.scopes.resolve(name);
  if (declaration)
    return (
      !ts.isVariableDeclaration(declaration.node) ||
      !ts.isIdentifier(declaration.node.name) ||
      isComponentFile(program.path) ||
      (declaration.scope.func === undefined && !isModule(program.text)) ||
      [...program.scopes.exports.values()].includes(declaration)
    );
  return (
    isComponentFile(program.path) ||
    !isModule(program.text) ||
    /\/[*/]\s*globals?\s|\bdeclare (?:var|let|const|function|global)\b/.test(program.text)
  );
}

function isModule(text: string): boolean {
  return /\brequire\(|\bmodule\.exports\b|^\s*(?:import|export)\b/m.test(text);
}

/** Called, given away or added somewhere: the removal may then be of that one. */
function isReadElsewhere(name: ts.Identifier, removed: readonly Binding[], { program }: Engine): boolean {
  const declaration = program.scopes.resolve(name);
  let found = false;
  visitNodes(program.sourceFile, names, (node) => {
    if (node.text !== name.text || found) return undefined;
    const outer = wrapped(node);
    const { parent } = outer;
    const isMember =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      (ts.isPropertyAssignment(parent) && parent.name === node);
    const isWritten =
      (isAssignment(parent) && parent.left === outer && ts.isExpressionStatement(parent.parent)) ||
      (ts.isVariableDeclaration(parent) && parent.name === node);
    // What a call gives may be a handle that the removal takes.
    const given = isAssignment(parent)
      ? parent.right
      : ts.isVariableDeclaration(parent)
        ? parent.initializer
        : undefined;
    if (isWritten && given && !isMember && mayBeHandle(given)) found = true;
    if (isMember || isWritten || removed.some(({ handler }) => unwrap(handler) === node)) return undefined;
    if (program.scopes.resolve(node) === declaration) found = true;
    return undefined;
  });
  return found;
}

/** A value that the adding method gives for the removing one. */
function mayBeHandle(given: ts.Expression): boolean {
  const value = unwrap(given);
  if (ts.isCallExpression(value)) return !isBindCall(value) && !givesNoHandle(calledName(value));
  return !isFunctionNode(value) && value.kind !== ts.SyntaxKind.NullKeyword && value.getText() !== 'undefined';
}

/** `off('change', view.marker)` beside `on('change', view[marker])`. */
function propertyForEntry(removal: Binding, { added, removed }: Bindings): Vain | undefined {
  const value = unwrap(removal.handler);
  if (!ts.isPropertyAccessExpression(value)) return undefined;
  const owner = unwrap(value.expression).getText();
  const isEntry = ({ handler }: Binding): boolean => {
    const one = unwrap(handler);
    return (
      ts.isElementAccessExpression(one) &&
      unwrap(one.expression).getText() === owner &&
      ts.isIdentifier(unwrap(one.argumentExpression)) &&
      unwrap(one.argumentExpression).getText() === value.name.text
    );
  };
  const left = added.find((one) => isEntry(one) && isPair(one, removal));
  if (!left || removed.some((one) => isEntry(one) && isPair(one, removal))) return undefined;
  return { added: left, why: `\`${value.getText()}\` is another place than \`${left.handler.getText()}\`` };
}

function isPair(one: Binding, other: Binding): boolean {
  return one.receiver.getText() === other.receiver.getText() && one.event.getText() === other.event.getText();
}

/**
 * Two handlers are added side by side, each to an object of its own, and the removals name one of them for both objects: the
 * other one is named nowhere else.
 */
function ofOther(removal: Binding, { added, addedWith, removedWith }: Bindings, engine: Engine): Vain | undefined {
  const isOn = (one: Binding, other: Binding): boolean => isSameObject(one.receiver, other.receiver, engine);
  const own = addedWith(removal).filter((one) => isSameHandler(one, removal, engine));
  const [only] = own;
  if (own.length !== 1 || !only || isOn(only, removal) || areOtherEvents(only.event, removal.event, engine))
    return undefined;
  // It is taken from its own object, too.
  if (!removedWith(only).some((one) => one !== removal && isSameHandler(only, one, engine) && isOn(one, only)))
    return undefined;
  const left = added.find(
    (one) =>
      one !== only &&
      isOn(one, removal) &&
      isSameEvent(one.event, removal.event, engine) &&
      blockAround(one.call) === blockAround(only.call) &&
      isOnlyAdded(one, added, engine),
  );
  return (
    left && {
      added: left,
      why: `it names \`${removal.handler.getText()}\`, which is added to \`${fluentRoot(only.receiver).getText()}\``,
    }
  );
}

/** A constant of the file with a function, which is given to registrations and to nobody else. */
function isOnlyAdded({ handler }: Binding, added: readonly Binding[], { program }: Engine): boolean {
  const value = unwrap(handler);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  const made = declaration?.kind === 'const' && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  const isFunction =
    declaration?.kind === 'function' || (made !== undefined && (isFunctionNode(made) || isBindCall(made)));
  return (
    declaration?.scope.func !== undefined &&
    isFunction &&
    declaration.references.every((use) => added.some((one) => unwrap(one.handler) === use))
  );
}
