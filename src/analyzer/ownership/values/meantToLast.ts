/** What is begun and dropped on purpose: a program's own clock, which nobody wants to stop. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, unwrap, walk } from '../../syntax/syntax';
import type { Assessment } from '../assess';

/**
 * Is what is dropped in a function that is called, and that belongs to nothing that ends, meant to last as long as the program?
 * Not where it works for the caller, by a function that was given: then each call begins one more.
 */
export function isMeantToLast(
  { kind, node }: Acquisition,
  { teardown, frequency: { level } }: Assessment,
  engine: Engine,
): boolean {
  if (!kind.mostlyLasting || teardown || (level !== 'setup' && level !== 'call')) return false;
  const around = enclosingFunction(node);
  const work = node.arguments?.[kind.mostlyLasting.work];
  return !around || !work || !worksForCaller(work, around, engine);
}

/** `setInterval(poll, 1000)` or `setInterval(() => poll(), 1000)` of a `poll` that the function was given. */
function worksForCaller(work: ts.Expression, around: FunctionNode, engine: Engine): boolean {
  const isGiven = (name: ts.Expression): boolean => {
    const declaration = ts.isIdentifier(name) ? engine.program.scopes.resolve(name) : undefined;
    return declaration?.kind === 'parameter' && declaration.scope.func === around;
  };
  const value = unwrap(work);
  if (!isFunctionNode(value)) return isGiven(value);
  let calls = false;
  walk(value, (inner) => {
    calls ||= ts.isCallExpression(inner) && isGiven(unwrap(inner.expression));
    return !calls;
  });
  return calls;
}
