/**
 * What a handler holds of the call that adds it: `const win = new BrowserWindow(); ipcMain.on('resize', () => win.setSize(1, 1))`.
 * Each such call leaves one more, where a handler that asks nothing but its module is set up for good.
 */
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import type { FileProgram } from '../../program/program';
import type { Declaration } from '../../program/scopes';
import { calledName, enclosingFunction, type FunctionNode, isWithin, ts, unwrap, walk } from '../../syntax/syntax';
import { namesWindow } from '../../words/owners';
import { isMaking } from '../../words/starts';

/** Does the handler hold what the same call has made, or the window of its instance? */
export function holdsOfCall(
  handler: ts.Expression,
  node: ts.Node,
  owner: Owner | undefined,
  { program, frequency }: Engine,
): boolean {
  const isOfMany = owner !== undefined && frequency.instancesOf(owner) !== 'single';
  return program.callees.functionsOf(handler).some((fn) => {
    let holds = false;
    walk(fn, (inner) => {
      if (holds) return false;
      if (ts.isIdentifier(inner)) {
        const declaration = program.scopes.resolve(inner);
        holds = declaration !== undefined && isMadeAround(declaration, fn, node);
      } else if (
        isOfMany &&
        ts.isPropertyAccessExpression(inner) &&
        inner.expression.kind === ts.SyntaxKind.ThisKeyword
      )
        holds = isWindowOf(owner, inner.name.text, program);
      return !holds;
    });
    return holds;
  });
}

/** A variable of a function around the call, which it makes what it has for. */
function isMadeAround({ node, kind, initializer }: Declaration, handler: FunctionNode, call: ts.Node): boolean {
  if (kind === 'parameter' || !initializer || isWithin(node, handler)) return false;
  const around = enclosingFunction(node);
  return around !== undefined && isWithin(call, around) && isMade(initializer);
}

function isMade(expression: ts.Expression): boolean {
  let value = unwrap(expression);
  if (ts.isAwaitExpression(value)) value = unwrap(value.expression);
  return ts.isNewExpression(value) || (ts.isCallExpression(value) && isMaking(calledName(value)));
}

/** A field that the class makes a window for, or is given one. */
function isWindowOf({ members }: Owner, field: string, { sourceFile }: FileProgram): boolean {
  const member = members.get(field);
  if (!member) return false;
  const type = member.type?.getText(sourceFile).replace(/\s*\|\s*(?:null|undefined)$/, '');
  if (type !== undefined && namesWindow(type)) return true;
  return member.values.some(({ value }) => {
    const made = value && unwrap(value);
    return made !== undefined && ts.isNewExpression(made) && namesWindow(calledName(made));
  });
}
