/** The clean-up that the adding function gives its caller: what ends the entry. */

import type { Engine } from '../engine';
import { isEffect } from '../ownership/lifetime/effects';
import { nodesIn } from '../syntax/nodeIndex';
import { returns } from '../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lineOf,
  outermostFunction,
  ts,
  unwrap,
} from '../syntax/syntax';
import { nameOf } from './assignedNames';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import type { End } from './entryEnd';
import { itemsOf } from './items';
import { isAdding, isCleanUpType, isDisposerName } from './words';

/** The adding function gives its caller something to end the entry with. */
export function returnedCleanUp(insertion: Insertion, { container }: Collection, engine: Engine): End | undefined {
  const fn = enclosingFunction(insertion.node);
  if (!fn?.body) return undefined;
  const items = [...itemsOf(insertion, isEffect(fn) ? (outermostFunction(fn) ?? fn) : fn, engine, 0)];
  // A handle that is kept for the end of the owner is another matter.
  const isGiven = items.some(({ kind }) => kind === 'parameter');
  if (items.length === 0 || (!isGiven && isDisposerName(container.name))) return undefined;
  if (
    !isGiven &&
    !insertion.key &&
    !isEffect(fn) &&
    items.every(({ initializer }) => !initializer || ts.isCallExpression(unwrap(initializer)))
  )
    return undefined;
  const isAdder = isAdding(nameOf(fn)) || isCleanUpType(fn.type?.getText() ?? '') || isEffect(fn);
  let end: FunctionNode | undefined;
  const look = (value: ts.Expression): void => {
    const inner = unwrap(value);
    const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
    const made = declaration?.initializer && declaration.scope.func === fn ? unwrap(declaration.initializer) : inner;
    if (isFunctionNode(made) && made.parameters.length === 0) {
      if (isAdder) end ??= made;
    } else if (ts.isObjectLiteralExpression(made) && made.properties.length < 3) {
      for (const property of made.properties) {
        const name = property.name && ts.isIdentifier(property.name) ? property.name.text : '';
        if (!isAdder || !/^(?:dispose|unsubscribe|remove|off|close|destroy|stop|cancel|release)$/.test(name)) continue;
        if (ts.isMethodDeclaration(property)) end ??= property;
        else if (ts.isPropertyAssignment(property)) look(property.initializer);
      }
    } else if (
      (ts.isCallExpression(made) || ts.isNewExpression(made)) &&
      /Disposable|Subscription|Teardown|Cleanup/i.test(made.expression.getText())
    ) {
      const [first] = made.arguments ?? [];
      const given = first && unwrap(first);
      if (given && isFunctionNode(given) && given.parameters.length === 0) end ??= given;
    }
  };
  for (const node of nodesIn(fn.body, returns))
    if (node.expression && enclosingFunction(node) === fn) look(node.expression);
  if (!end || isWithin(insertion.node, end)) return undefined;
  return { node: end, fn: end, what: `what is returned on line ${lineOf(end)} ends it` };
}
