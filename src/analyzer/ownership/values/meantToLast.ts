/** What is begun and dropped on purpose: a program's own clock, which nobody wants to stop. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  ts,
  unwrap,
  walk,
} from '../../syntax/syntax';
import { leavesPage, leavesProgram } from '../../words/pages';
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
  if (!kind.mostlyLasting) return false;
  const work = node.arguments?.[kind.mostlyLasting.work];
  if (work && endsProgram(work, engine)) return true;
  if (teardown || (level !== 'setup' && level !== 'call')) return false;
  const around = enclosingFunction(node);
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

/**
 * `setInterval(() => (left-- > 0 ? show(left) : location.reload()), 1000)`: with the page, or the process, its clock is gone. One
 * that does not count may wait for ever.
 */
function endsProgram(work: ts.Expression, { program: { callees } }: Engine): boolean {
  const ends = (body: ts.Node, depth: number): boolean => {
    let found = false;
    walk(body, (inner) => {
      if (ts.isCallExpression(inner))
        found ||=
          leavesProgram(unwrap(inner.expression).getText()) ||
          (depth < 1 && callees.of(inner).some((fn) => ends(fn, depth + 1)));
      else if (isAssignment(inner)) found ||= leavesPage(unwrap(inner.left).getText());
      return !found;
    });
    return found;
  };
  return callees.functionsOf(work).some((fn) => /--|\+\+|[-+]=? ?1\b/.test(fn.getText()) && ends(fn, 0));
}
