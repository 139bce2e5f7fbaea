/** Events that a program names by something else than a text. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Declaration } from '../../program/scopes';
import { ts, unwrap } from '../../syntax/syntax';

/**
 * Do two expressions, of which neither has a value that this file tells, plainly name two events?
 * `EVENT.OPEN` and `EVENT.CLOSE`: members of one table. `TAB_ADDED` and `TAB_REMOVED`: what two imports give.
 */
export function areDistinctEvents(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  const [left, right] = [unwrap(a), unwrap(b)];
  if (ts.isPropertyAccessExpression(left) && ts.isPropertyAccessExpression(right))
    return left.expression.getText() === right.expression.getText() && left.name.text !== right.name.text;
  if (!ts.isIdentifier(left) || !ts.isIdentifier(right)) return false;
  const { resolve } = engine.program.scopes;
  const [first, second] = [importedOf(resolve(left)), importedOf(resolve(right))];
  return first !== undefined && second !== undefined && first !== second;
}

function importedOf(declaration: Declaration | undefined): string | undefined {
  const imported = declaration?.imported;
  return imported && `${imported.module}\0${imported.name}`;
}

/** The event, or the word that stands for it: `disconnected` of `Browser.Events.Disconnected`. */
export function eventWord({ event, node }: Acquisition, position: number | undefined): string | undefined {
  const argument = position === undefined ? undefined : node.arguments?.[position];
  const named = argument && unwrap(argument);
  return event ?? (named && ts.isPropertyAccessExpression(named) ? named.name.text.toLowerCase() : undefined);
}
