/** How often a function runs that is used as a value, by who takes it. */
import { type FunctionNode, isAssignment, propertyNameText, ts, unwrap, wrapped } from '../../../syntax/syntax';
import { oneShotEvents } from '../../../words/events';
import { mountHooks, tellsOfBeginning } from '../../../words/hooks';
import { isExportsObject } from '../../../words/program';
import { isSetup } from '../../../words/starts';
import { eachRequest, type Frequency, runs } from './frequency';
import { nameOf } from './functionNames';
import { answersRequests, isOfOwnObject } from './handlers';
import type { Judge } from './judge';

/** Called, given to a call, put into an object or an element, returned, assigned or exported. */
export function takenBy(value: ts.Expression, fn: FunctionNode, judge: Judge): Frequency {
  const outer = wrapped(value);
  const up = outer.parent;
  if (ts.isCallExpression(up) || ts.isNewExpression(up)) {
    const called: ts.Node = up.expression;
    return called === outer ? judge.of(up) : judge.ofGiven(up, outer);
  }
  if (ts.isPropertyAssignment(up) || ts.isShorthandPropertyAssignment(up)) {
    const name = propertyNameText(up.name) ?? '';
    if (mountHooks.has(name)) return judge.ofOwnFile() ?? runs('mount', { kind: 'mount', name });
    if (/^on[A-Z]/.test(name) && !isExported(up.parent)) return runs('hot', { kind: 'event', name });
    // { setup, stop } as an API: callers decide
    return isSetup(name) ? runs('setup', { kind: 'unseenCall', name }) : runs('call', { kind: 'call', name });
  }
  if (ts.isJsxExpression(up)) {
    const attribute = ts.isJsxAttribute(up.parent) ? up.parent.name.getText() : '';
    return tellsOfBeginning(attribute)
      ? runs('mount', { kind: 'mount', name: attribute })
      : runs('hot', { kind: 'elementEvent' });
  }
  if (ts.isReturnStatement(up) || (ts.isArrowFunction(up) && up.body === outer))
    return answersRequests(fn) ? eachRequest : runs('unknown', { kind: 'returnedCall' });
  if (isAssignment(up)) {
    const left = unwrap(up.left);
    const name = ts.isPropertyAccessExpression(left) ? left.name.text : '';
    if (/^on[a-z]/.test(name) && !isOfOwnObject(up, judge.program))
      return oneShotEvents.has(name.slice(2)) ? judge.of(up) : runs('hot', { kind: 'event', name });
    if (ts.isPropertyAccessExpression(left) && isExportsObject(left.expression.getText())) {
      return isSetup(name) ? runs('setup', { kind: 'unseenCall', name }) : runs('call', { kind: 'exportedCall', name });
    }
  }
  if (ts.isExportAssignment(up) || ts.isExportSpecifier(up))
    return runs('call', { kind: 'exportedCall', name: nameOf(fn, judge.program.scopes) });
  return runs('unknown', { kind: 'unseen' });
}

/** `module.exports = { onSignal }`: others are given it to call. */
function isExported(object: ts.Node): boolean {
  const { parent } = object;
  return isAssignment(parent) && isExportsObject(unwrap(parent.left).getText());
}
