/**
 * Elements that a component renders itself and reaches by a `ref`. What is left on one goes with it; where the effect that adds
 * the handler does not run again either, a removal that misses it costs nothing.
 */
import type { Engine } from '../../engine';
import type { Declaration } from '../../program/scopes';
import { calledName, enclosingFunction, ts, unwrap } from '../../syntax/syntax';
import { givesOneForAll, holdsElement } from '../../words/hooks';
import { effectAround, isOnceIn } from '../lifetime/effects';

/** Is the receiver such an element, in an effect that depends on nothing which changes? */
export function isRenderedByItself(receiver: ts.Expression | undefined, node: ts.Node, engine: Engine): boolean {
  const place = receiver && engine.program.places.of(unwrap(receiver));
  if (place?.root.kind !== 'declaration' || place.path.length !== 1) return false;
  const { declaration } = place.root;
  return isMadeBy(declaration, holdsElement) && declaration.references.some(isShown) && runsOnce(node, engine);
}

/** `<ul ref={list}>` */
function isShown(use: ts.Identifier): boolean {
  const { parent } = use;
  return ts.isJsxExpression(parent) && ts.isJsxAttribute(parent.parent) && parent.parent.name.getText() === 'ref';
}

function isMadeBy({ initializer }: Declaration, makes: (hook: string) => boolean): boolean {
  const made = initializer && unwrap(initializer);
  return made !== undefined && ts.isCallExpression(made) && makes(calledName(made));
}

function runsOnce(node: ts.Node, engine: Engine): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const effect = effectAround(fn);
    if (!effect) continue;
    const [, listed] = effect.arguments;
    const dependencies = listed && unwrap(listed);
    return (
      isOnceIn(fn, node, engine.program) &&
      dependencies !== undefined &&
      ts.isArrayLiteralExpression(dependencies) &&
      dependencies.elements.every((one) => isFixed(one, engine))
    );
  }
  return false;
}

/** What a hook gives once for all renders: a `ref`, a state without a setter, the setter of one. */
function isFixed(dependency: ts.Expression, { program }: Engine): boolean {
  const value = unwrap(dependency);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (!declaration) return false;
  if (declaration.scope.func === undefined) return declaration.kind !== 'let';
  if (isMadeBy(declaration, holdsElement)) return true;
  const pattern = declaration.node.parent;
  if (!isMadeBy(declaration, givesOneForAll) || !ts.isArrayBindingPattern(pattern)) return false;
  return pattern.elements.length === 1 || pattern.elements[1] === declaration.node;
}
