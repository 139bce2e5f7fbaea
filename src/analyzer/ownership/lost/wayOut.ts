/** Early ways out of a function, by what is asked for: who goes on past one has done nothing of what it does. */
import type { Engine } from '../../engine';
import type { Place } from '../../places';
import { enclosingFunction, isWithin, ts, walk } from '../../syntax';

/**
 * `if (!target) { observer?.disconnect(); return; }`: who goes on past it has ended nothing. The condition is about what the
 * function is given or finds out, not about a state that tells whether there is one.
 */
export function isInWayOut(site: ts.Node, key: string, write: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(site);
  for (let at: ts.Node = site; fn && at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if (!ts.isIfStatement(up) || up.thenStatement !== at || up.elseStatement) continue;
    // `if (local) { revoke(last); last = make(); return; }`: it ends what the write takes the place of.
    return !isWithin(write, at) && isWayOut(up, key, engine);
  }
  return false;
}

/** The same of the statement itself. */
export function isWayOut(statement: ts.Statement, key: string, engine: Engine): boolean {
  if (!ts.isIfStatement(statement) || statement.elseStatement) return false;
  const { thenStatement: then } = statement;
  const last = ts.isBlock(then) ? then.statements.at(-1) : then;
  return last !== undefined && ts.isReturnStatement(last) && asksOthers(statement.expression, key, engine);
}

function asksOthers(condition: ts.Expression, key: string, { program }: Engine): boolean {
  let asks = true;
  walk(condition, (inner) => {
    if (ts.isPropertyAccessExpression(inner) && isOfPart(program.places.of(inner))) return false;
    if (inner.kind === ts.SyntaxKind.ThisKeyword) asks = false;
    const declaration = ts.isIdentifier(inner) ? program.scopes.resolve(inner) : undefined;
    if (declaration?.kind === 'let' || declaration?.kind === 'var') asks = false;
    if (declaration?.initializer && program.places.of(declaration.initializer)?.key === key) asks = false;
    return asks;
  });
  return asks;
}

/** `this.host.editable`: what another object says, which the instance was made with. */
function isOfPart(place: Place | undefined): boolean {
  if (place?.root.kind !== 'owner' || place.path.length < 2) return false;
  const { members, construct } = place.root.owner;
  const part = members.get(place.path[0] ?? '');
  return (
    part !== undefined &&
    (part.parameter !== undefined || part.values.length > 0) &&
    part.values.every(({ node }) => construct !== undefined && isWithin(node, construct))
  );
}
