/** Acquisitions of which each opens the same: `watch(Config.usersPath(), …)`, and not `watch(folder, …)`. */
import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { isFunctionNode, ts, unwrap, walk } from '../syntax/syntax';

/** Do the arguments say nothing but what the module knows, or what the owner keeps? */
export function opensTheSame({ node }: Acquisition, { program }: Engine): boolean {
  const [source, ...more] = node.arguments ?? [];
  const given = more.filter((one) => program.callees.functionsOf(one).length === 0);
  return source !== undefined && isName(source, program) && [source, ...given].every((one) => isFixed(one, program));
}

/** Options and handlers do not say what is opened. */
function isName(argument: ts.Expression, { callees }: Engine['program']): boolean {
  return !ts.isObjectLiteralExpression(unwrap(argument)) && callees.functionsOf(argument).length === 0;
}

function isFixed(argument: ts.Expression, { scopes }: Engine['program']): boolean {
  let fixed = true;
  walk(argument, (inner) => {
    if (isFunctionNode(inner)) return false;
    const declaration = ts.isIdentifier(inner) ? scopes.resolve(inner) : undefined;
    if (declaration?.scope.func !== undefined) fixed = false;
    return fixed;
  });
  return fixed;
}
