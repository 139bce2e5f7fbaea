/** Releases behind a condition under which there is nothing to release. */

import type { Engine } from '../../engine';
import { readCondition } from '../../flow/conditions';
import { callsNamed } from '../../program/callNames';
import { visitNodes } from '../../syntax/nodeIndex';
import { binaries, calls } from '../../syntax/selections';
import { isWithin, leaves, lineOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { listenMethods, unlistenMethods } from '../../words/listeners';
import { mayAssign, ownPlaceKey, runsIn, statementsBefore, waits } from '../lost/sequence';
import type { Ending } from '../values/endings';
import type { Vain } from './vainReleases';

/** `if (!this.timer) clearInterval(this.timer)`: the guard is the wrong way round. */
export function guardFault(ending: Ending, engine: Engine, endings: readonly Ending[]): Vain | undefined {
  const cause = excludingGuard(ending, engine);
  if (!cause) return undefined;
  const key = ownPlaceKey(ending.target, engine);
  // Another release may be the one that counts, and this one a leftover.
  const others = endings.filter((other) => other !== ending && ownPlaceKey(other.target, engine) === key);
  if (others.some((other) => excludingGuard(other, engine) === undefined)) return undefined;
  return {
    why: `the condition on line ${lineOf(cause)} lets it run only while there is none`,
    advice: 'Turn the condition round.',
    cause,
  };
}

/** The condition around or before an ending that holds only where its target is missing. */
function excludingGuard({ target, site, by }: Ending, engine: Engine): ts.Expression | undefined {
  const key = ownPlaceKey(target, engine);
  const fn = runsIn(site);
  if (key === undefined || !fn || by === 'itself') return undefined;
  for (let at: ts.Node = site, up = site.parent; up && at !== fn; at = up, up = up.parent) {
    const guard = guardAt(up, at);
    if (guard && impliesMissing(guard.condition, guard.holds, key, engine))
      return isUnchanged(guard.condition, site, fn, key, engine) ? guard.condition : undefined;
  }
  for (const statement of statementsBefore(site, fn)) {
    if (ts.isIfStatement(statement) && !statement.elseStatement && leaves(statement.thenStatement, true))
      if (impliesMissing(statement.expression, false, key, engine))
        return isUnchanged(statement.expression, site, fn, key, engine) ? statement.expression : undefined;
  }
  return undefined;
}

/** The condition that decides whether a child of a node runs. */
function guardAt(
  up: ts.Node,
  child: ts.Node,
): { readonly condition: ts.Expression; readonly holds: boolean } | undefined {
  if (ts.isIfStatement(up) && child !== up.expression)
    return { condition: up.expression, holds: child === up.thenStatement };
  if (ts.isConditionalExpression(up) && child !== up.condition)
    return { condition: up.condition, holds: child === up.whenTrue };
  if (ts.isBinaryExpression(up) && child === up.right) {
    if (up.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return { condition: up.left, holds: true };
    if (up.operatorToken.kind === ts.SyntaxKind.BarBarToken) return { condition: up.left, holds: false };
  }
  return undefined;
}

/** Does the outcome of the condition tell that nothing is in the place? */
function impliesMissing(condition: ts.Expression, holds: boolean, key: string, engine: Engine): boolean {
  const value = unwrap(condition);
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken)
    return impliesMissing(value.operand, !holds, key, engine);
  if (ts.isBinaryExpression(value)) {
    const both = holds ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
    if (value.operatorToken.kind === both)
      return impliesMissing(value.left, holds, key, engine) || impliesMissing(value.right, holds, key, engine);
  }
  // `raf !== true`: it may be anything else.
  if (ts.isBinaryExpression(value) && [value.left, value.right].some((side) => side.kind === ts.SyntaxKind.TrueKeyword))
    return false;
  const tested = readCondition(value, engine.program);
  return tested !== undefined && tested.key === key && tested.presentWhen !== holds;
}

/** Nothing between the condition and the release may have filled the place. */
function isUnchanged(condition: ts.Expression, site: ts.Node, fn: ts.Node, key: string, engine: Engine): boolean {
  if (
    engine.uses.writes(key).some((write) => write.pos >= condition.pos && write.end <= site.end && isWithin(write, fn))
  )
    return false;
  return statementsBefore(site, fn)
    .filter((statement) => statement.pos > condition.end)
    .every((statement) => !waits(statement) && !mayAssign(statement, key, engine));
}

/** `if ('removeEventListener' in handler)`: a function has no such member, so what the condition guards never runs. */
export function operandFault(
  engine: Engine,
): readonly { readonly vain: Vain; readonly site: ts.Node; readonly left: ts.Node }[] {
  const found: { readonly vain: Vain; readonly site: ts.Node; readonly left: ts.Node }[] = [];
  // A removal of the name is called below the condition.
  if (callsNamed(engine.program, unlistenMethods).length === 0 || !/['"`] in /.test(engine.program.text)) return found;
  visitNodes(engine.program.sourceFile, binaries, (node) => {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.InKeyword) return undefined;
    const name = unwrap(node.left);
    if (!ts.isStringLiteralLike(name) || !unlistenMethods.has(name.text)) return undefined;
    if (engine.program.callees.functionsOf(node.right).length === 0) return undefined;
    const up = wrapped(node).parent;
    if (!ts.isIfStatement(up) || wrapped(node) !== up.expression) return undefined;
    const removal = callOf(up.thenStatement, (method) => method === name.text, node.right, engine);
    const left =
      removal && callOf(engine.program.sourceFile, (method) => listenMethods.has(method), node.right, engine);
    if (removal && left)
      found.push({
        site: removal,
        left,
        vain: {
          why: `\`${node.right.getText()}\` is a function and has no \`${name.text}\``,
          advice: 'Ask the object that the listener is on.',
          cause: node,
        },
      });
    return undefined;
  });
  return found;
}

/** The first call of such a method that is given the function. */
function callOf(
  within: ts.Node,
  isWanted: (method: string) => boolean,
  handler: ts.Expression,
  engine: Engine,
): ts.CallExpression | undefined {
  let found: ts.CallExpression | undefined;
  visitNodes(within, calls, (node) => {
    if (found || !ts.isCallExpression(node)) return !found;
    const callee = unwrap(node.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      isWanted(callee.name.text) &&
      node.arguments.some((argument) => engine.program.places.same(unwrap(argument), unwrap(handler)))
    )
      found = node;
    return !found;
  });
  return found;
}
