/**
 * Effects that depend on nothing but what they listen to: a further run has another receiver, so that handlers pile up only
 * where the receiver outlives the component.
 */

import type { Engine } from '../../engine';
import { calledName, type FunctionNode, ts, unwrap } from '../../syntax/syntax';
import { givesContext, givesShared, makesOwn } from '../../words/hooks';
import { effectAround } from '../lifetime/effects';
import { fluentRoot } from './fluent';

/** `outside`: others share it; `given`: to the component or hook, by whom is not seen; `own`: it goes with the component. */
export type Origin = 'outside' | 'given' | 'own';

/** Where the receiver comes from; undefined where the effect depends on more than it. */
export function onlyDependency(fn: FunctionNode, receiver: ts.Expression, engine: Engine): Origin | undefined {
  const dependencies = effectAround(fn)?.arguments[1];
  if (!dependencies || !ts.isArrayLiteralExpression(dependencies) || dependencies.elements.length === 0)
    return undefined;
  const { places } = engine.program;
  const place = places.of(fluentRoot(receiver));
  const isOfIt = (one: ts.Expression): boolean => {
    const key = places.of(one)?.key;
    return key !== undefined && place !== undefined && (key === place.key || place.key.startsWith(`${key}.`));
  };
  if (!place || !dependencies.elements.every(isOfIt)) return undefined;
  const declaration = place.root.kind === 'declaration' ? place.root.declaration : undefined;
  if (!declaration?.scope.func) return 'outside';
  if (declaration.kind === 'parameter') return 'given';
  const made = declaration.initializer && unwrap(declaration.initializer);
  if (made && ts.isNewExpression(made)) return 'own';
  const maker = made && ts.isCallExpression(made) ? calledName(made) : '';
  if (makesOwn(maker)) return 'own';
  return givesContext(maker) || givesShared(maker) ? 'outside' : 'given';
}
