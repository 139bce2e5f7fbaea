/** Is what ends an entry asked to do so by itself, and not only on the way to the next entry or to the end of all? */
import type { Engine } from '../engine';
import { reaches } from '../reached';
import { type FunctionNode, hasModifier, outermostFunction, ts } from '../syntax/syntax';
import { isInWholeTeardown } from './collections';
import { functionName } from './holders';

/** Is there somebody who has it ended and puts no other in, nor ends the whole? Who is not seen may be. */
export function isCalledAlone(fn: FunctionNode, sites: readonly ts.Node[], engine: Engine, depth = 0): boolean {
  const { calls, values } = engine.program.callees.usesOf(fn);
  if (calls.length === 0 || values.length > 0 || depth > 3 || !isPrivate(fn)) return true;
  return calls.some((call) => {
    const caller = outermostFunction(call);
    if (!caller || caller === fn) return false;
    return (
      !isInWholeTeardown(call) && !reaches(caller, sites, engine) && isCalledAlone(caller, sites, engine, depth + 1)
    );
  });
}

function isPrivate(fn: FunctionNode): boolean {
  return (
    hasModifier(fn, ts.SyntaxKind.PrivateKeyword) ||
    hasModifier(fn, ts.SyntaxKind.ProtectedKeyword) ||
    /^[_#]/.test(functionName(fn)) ||
    (ts.isFunctionDeclaration(fn) && !hasModifier(fn, ts.SyntaxKind.ExportKeyword))
  );
}
