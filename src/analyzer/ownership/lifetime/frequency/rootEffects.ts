/** Effects of a component that is put at the root of a page, and so is there once. */
import type { Question } from '../../../exportFacts';
import { type CallLike, enclosingFunction, type FunctionNode, unwrap } from '../../../syntax';
import { isEmptyArray } from './emptyValues';
import { type Frequency, onlyInstance } from './frequency';
import { nameOf } from './functionNames';
import type { Judge } from './judge';
import { isComponent } from './renders';
import { routesOf } from './routes';

/** An effect of a component of which there is one, and that depends on nothing. */
export function effectOfRoot(call: CallLike, judge: Judge): Frequency | undefined {
  const depends = call.arguments?.[1];
  const component = depends && isEmptyArray(unwrap(depends)) ? enclosingFunction(call) : undefined;
  if (!component) return undefined;
  if (judge.rootElements.has(nameOf(component, judge.program.scopes))) return onlyInstance;
  const question = putOnce(component, judge);
  return question && { ...onlyInstance, given: [question] };
}

/** Asks whether another file puts a function component at the root of a page, and nobody else puts it up. */
function putOnce(component: FunctionNode, judge: Judge): Question | undefined {
  const { callees, scopes } = judge.program;
  const uses = callees.usesOf(component);
  const routes = routesOf(component, uses.values, judge.program);
  const isClosed = uses.calls.length === 0 && uses.values.every((value) => routes?.values.has(value));
  return isClosed && isComponent(component, nameOf(component, scopes)) ? judge.asked('put', routes?.names) : undefined;
}
