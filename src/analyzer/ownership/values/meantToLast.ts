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
 * `setInterval(() => (left-- > 0 ? show(left) : location.reload()), 1000)`: with the page, or the process, its clock is gone. Only
 * where a count decides: what waits for something else may wait for ever.
 */
function endsProgram(work: ts.Expression, { program: { callees } }: Engine): boolean {
  const leaves = (body: ts.Node, depth: number): boolean => {
    let found = false;
    walk(body, (inner) => {
      if (isFunctionNode(inner) && inner !== body) return false;
      if (ts.isCallExpression(inner))
        found ||=
          leavesProgram(unwrap(inner.expression).getText()) ||
          (depth < 1 && callees.of(inner).some((fn) => leaves(fn, depth + 1)));
      else if (isAssignment(inner)) found ||= leavesPage(unwrap(inner.left).getText());
      return !found;
    });
    return found;
  };
  return callees.functionsOf(work).some((fn) => {
    const counted = new Set([...fn.getText().matchAll(counting)].flatMap((match) => match.slice(1)).filter(Boolean));
    let found = false;
    walk(fn, (inner) => {
      const asked = ts.isIfStatement(inner)
        ? inner.expression
        : ts.isConditionalExpression(inner)
          ? inner.condition
          : undefined;
      found ||=
        asked
          ?.getText()
          .match(/[\w$.]+/g)
          ?.some((name) => counted.has(name)) === true && leaves(inner, 0);
      return !found;
    });
    return found;
  });
}

/** `left--`, `--left`, `left -= 1`, `const next = left - 1`, `seconds++` */
const counting =
  /([\w$.]+)\s*(?:--|\+\+|[-+]=|[-+]\s*1\b)|(?:--|\+\+)\s*([\w$.]+)|([\w$]+)\s*=\s*[\w$.]+\s*[-+]\s*1\b/g;
