/** Registrations that are ended by what they give: `this.entry = bus.on('change', fn)`, and later `this.entry.off()`. */
import type { Engine } from '../../engine';
import { isAssignment, propertyNameText, ts, unwrap, wrapped } from '../../syntax/syntax';
import { isTeardown } from '../../words/teardowns';

/** Is what the call gives kept, and ended later by a call that needs nothing more? */
export function isEndedByResult(node: ts.CallExpression, engine: Engine): boolean {
  const outer = wrapped(node);
  const up = outer.parent;
  const declared = ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
  if (declared?.references.some((use) => endsIt(use) || isCalled(use))) return true;
  const place = isAssignment(up) && up.right === outer ? engine.program.places.of(unwrap(up.left)) : undefined;
  return place !== undefined && engine.uses.reads(place.key).some(endsIt);
}

/** `off()`, of a variable that has nothing else: a place that is given another one forgets the first. */
function isCalled(use: ts.Expression): boolean {
  const { parent } = wrapped(use);
  return ts.isCallExpression(parent) && parent.expression === wrapped(use);
}

function endsIt(use: ts.Expression): boolean {
  const access = wrapped(use).parent;
  if (!ts.isPropertyAccessExpression(access)) return false;
  const call = wrapped(access).parent;
  return (
    ts.isCallExpression(call) &&
    unwrap(call.expression) === access &&
    call.arguments.length === 0 &&
    isTeardown(access.name.text)
  );
}

/** `bus.on('change', fn, { signal })`: whoever aborts it removes the handler. */
export function isGivenSignal(node: ts.CallExpression, handler: number): boolean {
  return node.arguments.slice(handler + 1).some((argument) => {
    const value = unwrap(argument);
    return (
      ts.isObjectLiteralExpression(value) &&
      value.properties.some((property) => property.name !== undefined && propertyNameText(property.name) === 'signal')
    );
  });
}
