/** Effects of a component that is put at the root of a page, and so is there once; also those in hooks that only it uses. */
import type { Question } from '../../../facts/exportFacts';
import { type CallLike, enclosingFunction, type FunctionNode, ts, unwrap } from '../../../syntax/syntax';
import { isHookName, runsOnMount, staysTheSame } from '../../../words/hooks';
import { isCalledByHost } from '../../../words/starts';
import { type Frequency, onlyInstance } from './frequency';
import { nameOf } from './functionNames';
import type { Judge } from './judge';
import { isComponent } from './renders';
import { routesOf, wrappedRoutesOf } from './routes';
import { shownHere } from './shownHere';

/** An effect of a component of which there is one, and that depends on nothing. */
export function effectOfRoot(call: CallLike, judge: Judge): Frequency | undefined {
  const callee = unwrap(call.expression);
  const depends = call.arguments?.[1];
  const isOfMount = depends
    ? neverChanges(unwrap(depends), judge)
    : ts.isIdentifier(callee) && runsOnMount(callee.text);
  const component = isOfMount ? enclosingFunction(call) : undefined;
  return component && mountOfRoot(component, judge);
}

/** `[]`, `[apiKey]`: nothing, or what the module has and nobody assigns. */
function neverChanges(depends: ts.Expression, { program }: Judge): boolean {
  return (
    ts.isArrayLiteralExpression(depends) &&
    depends.elements.every((element) => {
      const declaration = ts.isIdentifier(element) ? program.scopes.resolve(element) : undefined;
      return declaration !== undefined && declaration.scope.func === undefined && declaration.writes.length === 0;
    })
  );
}

/** Nothing of it changes: `[]`, `[dispatch, setRows, rowsRef]`. */
export function dependsOnStable(depends: ts.Expression, judge: Judge): boolean {
  const list = unwrap(depends);
  return (
    neverChanges(list, judge) ||
    (ts.isArrayLiteralExpression(list) && list.elements.every((element) => staysTheSame(element.getText())))
  );
}

/** Once, where a component or hook is there once: at the root of a page, or only used by what is. */
export function mountOfRoot(
  fn: FunctionNode,
  judge: Judge,
  seen: ReadonlySet<FunctionNode> = new Set(),
): Frequency | undefined {
  const { callees, scopes } = judge.program;
  const name = nameOf(fn, scopes);
  if (seen.has(fn)) return undefined;
  if (judge.rootElements.has(name)) return onlyInstance;
  const isHook = isHookName(name);
  if (!isHook && !isComponent(fn, name)) return undefined;
  const uses = callees.usesOf(fn);
  const routes = routesOf(fn, uses.values, judge.program) ?? (isHook ? undefined : wrappedRoutesOf(uses.values));
  const shown = uses.values.filter((value) => !routes?.values.has(value));
  if ((isHook && shown.length > 0) || (!isHook && uses.calls.length > 0)) return undefined;
  const here = shownHere(shown, judge, (one) => mountOfRoot(one, judge, new Set([...seen, fn])));
  if (!here) return undefined;
  const given = new Set<Question>(here.given);
  for (const call of uses.calls) {
    const around = enclosingFunction(call);
    const user = around && mountOfRoot(around, judge, new Set([...seen, fn]));
    if (!user) return undefined;
    for (const question of user.given ?? []) given.add(question);
  }
  if (routes) {
    const isOwn = shown.length > 0 && !routes.names.some(isCalledByHost);
    const question = judge.asked('put', routes.names) ?? (isOwn ? judge.asked('unused', routes.names) : undefined);
    if (!question) return undefined;
    given.add(question);
  } else if (uses.calls.length + shown.length === 0) return undefined;
  return { ...onlyInstance, given: [...given] };
}
