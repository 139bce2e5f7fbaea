/** State of a component as a handler of an effect has captured it: `setRows([...rows, one])` with `rows` of the run of the effect. */
import { effectAround } from '../ownership/lifetime/effects';
import { enclosingFunction, isFunctionNode, ts, unwrap } from '../syntax';

/**
 * Does each call of the setter begin with the state of one and the same render? The effect that made the handler does not
 * run again when the state changes, so the list is what it was then, and one more.
 */
export function beginsWithCaptured(call: ts.CallExpression, state: string | undefined): boolean {
  const [given] = call.arguments;
  // `(before) => [...before, one]` is given the newest.
  if (!given || state === undefined || isFunctionNode(unwrap(given))) return false;
  for (let fn = enclosingFunction(call); fn; fn = enclosingFunction(fn)) {
    const effect = effectAround(fn);
    if (!effect) continue;
    const [, listed] = effect.arguments;
    const dependencies = listed && unwrap(listed);
    return (
      dependencies !== undefined &&
      ts.isArrayLiteralExpression(dependencies) &&
      dependencies.elements.every((one) => !ts.isSpreadElement(one) && unwrap(one).getText() !== state)
    );
  }
  return false;
}
