/** Code of components that are shown at one place of the program: nothing tells that there are many of them. */
import { elementNames } from '../../../census/elements';
import { isComponentFile } from '../../../syntax/singleFile';
import { calledName, enclosingFunction, type FunctionNode, isClassNode, ts, wrapped } from '../../../syntax/syntax';
import { effectHooks, runsOnMount } from '../../../words/hooks';
import { type Sole, soleOf } from '../solePlaces';
import { nameOf } from './functionNames';
import type { Judge } from './judge';
import { isComponent } from './renders';
import { dependsOnStable } from './rootEffects';

/** Is the place run for a component of which that holds, and in no effect that may run again? */
export function isAtOnePlace(node: ts.Node, judge: Judge): boolean {
  const { members, path, scopes, callees } = judge.program;
  if (judge.isStrict) return false;
  const holds = (sole: Sole | undefined): boolean =>
    sole?.every((question) => judge.asked(question.as, question.of)) === true;
  const owner = isClassNode(node) ? members.ownerOf(node) : members.ownerAt(node);
  if (owner && isClassNode(owner.node)) {
    const element = elementNames(owner, judge.program);
    return holds(element ? [{ as: 'sole', of: element }] : soleOf(owner.node, judge.program));
  }
  if (isComponentFile(path)) return holds([{ as: 'sole', of: ['default'] }]);
  const mayRunAgain = (fn: FunctionNode): boolean =>
    [fn as ts.Expression, ...callees.usesOf(fn).values].some((value) => {
      const call = wrapped(value).parent;
      if (!ts.isCallExpression(call) || !effectHooks.has(calledName(call))) return false;
      const [, depends] = call.arguments;
      return depends ? !dependsOnStable(depends, judge) : !runsOnMount(calledName(call));
    });
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (isComponent(fn, nameOf(fn, scopes))) return holds(soleOf(fn, judge.program));
    if (mayRunAgain(fn)) return false;
  }
  return false;
}
