/** How often a function runs that is given to a call, by the name of what is called and by what that does with it. */
import {
  type CallLike,
  calledName,
  type FunctionNode,
  isFunctionNode,
  ts,
  unwrap,
  wrapped,
} from '../../../syntax/syntax';
import {
  continuations,
  isCommand,
  mayTakeHandler,
  readyCalls,
  runsAgain,
  storeCalls,
  synchronousCallbacks,
  testCalls,
  timerCalls,
} from '../../../words/callbacks';
import { watchGroups } from '../../../words/components';
import {
  goesForwardOnly,
  isEventMember,
  isEventMethod,
  isRareEvent,
  isReadyEvent,
  oneShotEvents,
  tellsOfStart,
} from '../../../words/events';
import { effectHooks, memoHooks, runsOnMount } from '../../../words/hooks';
import { handlerCalls, listenMethods } from '../../../words/listeners';
import { takesCleanUp } from '../../../words/releases';
import { endsItself, isFilledByView, takesItselfOff } from './callSites';
import { eachRequest, type Frequency, moreFrequent, runs } from './frequency';
import { answersRequests } from './handlers';
import type { Judge } from './judge';
import { isLoopBody } from './loops';
import { effectOfRoot } from './rootEffects';

/** A callee that is known by its name says it; one of this file is looked into. */
export function givenToCall(call: CallLike, argument: ts.Expression, judge: Judge): Frequency {
  const { callees, scopes } = judge.program;
  const { isStrict } = judge;
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  const [first] = call.arguments ?? [];
  const event = first && ts.isStringLiteralLike(first) ? first.text : undefined;
  if (event !== undefined && first !== argument && oneShotEvents.has(event) && listenMethods.has(name))
    return judge.of(call);
  if (storeCalls.has(name)) return runs('once', { kind: 'storeUse' });
  if (readyCalls.has(name) || (name === '$' && first === argument)) return judge.of(call);
  if (ts.isNewExpression(call) && name === 'Promise') return judge.of(call);
  if (isCommand(name, () => callee.getText())) return judge.of(call);
  if (ts.isNewExpression(call) && takesCleanUp(name)) return runs('call', { kind: 'subscription' });
  const isEach = synchronousCallbacks.has(name);
  if (isEach && isStrict) return runs('unknown', { kind: 'callMadeBy', name });
  // `server.listen(port, begin)`, but not `feed.listen(show)`
  const isHandler = isStrict && first === argument && mayTakeHandler(name);
  // `listen(source, 'change', show)`, but not `listen(server, port, begin)`.
  const second = call.arguments?.[1];
  const named = second && ts.isStringLiteralLike(second) && !oneShotEvents.has(second.text);
  if (ts.isIdentifier(callee) && named && mayTakeHandler(name) && call.arguments?.[2] === argument)
    return runs('hot', { kind: 'handler', name });
  if (isEach || (continuations.has(name) && !isHandler)) return judge.of(call);
  if (timerCalls.has(name)) return runsAgain(name) ? runs('hot', { kind: 'tick' }) : judge.of(call);
  const only = runsOnMount(name) ? judge.ofOwnFile() : undefined;
  if (only) return only;
  const root = effectHooks.has(name) ? effectOfRoot(call, judge) : undefined;
  if (root) return root;
  if (effectHooks.has(name)) return runs('mount', { kind: 'effect', name });
  if (memoHooks.has(name)) {
    const outer = wrapped(call as ts.Expression);
    return ts.isVariableDeclaration(outer.parent) ? runs('call', { kind: 'callbackCall' }) : judge.of(call);
  }
  if (testCalls.has(name)) return runs('call', { kind: 'test', name });
  if (listenMethods.has(name) || handlerCalls.has(name) || isEventMethod(name)) {
    if (watchGroups.has(name) && first !== argument && first && isFilledByView(first, scopes))
      return runs('mount', { kind: 'elementThere' });
    if (event !== undefined && goesForwardOnly(partOf(callee), event)) return judge.of(call);
    const told = event ?? eventMember(callee) ?? name;
    if (name === 'once' || isReadyEvent(told) || endsItself(call, argument, scopes)) return judge.of(call);
    if (takesItselfOff(argument, callees.functionsOf(argument), scopes)) return judge.of(call);
    return runs(
      'hot',
      { kind: event === undefined ? 'handler' : 'event', name: told },
      {
        ...(isRareEvent(told) || tellsOfStart(told) ? { isRare: true } : {}),
        ...(callees.functionsOf(argument).some(answersRequests) ? { isRequest: true } : {}),
      },
    );
  }
  const local = calledWith(call, argument, judge);
  if (local) return local;
  const [inner] = callees.functionsOf(argument);
  if (inner && answersRequests(inner)) return eachRequest;
  return runs('unknown', { kind: 'unseenCallBy', name });
}

/** `installing` of `registration.installing.addEventListener` */
function partOf(callee: ts.Expression): string {
  const on = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  if (!on) return '';
  return ts.isPropertyAccessExpression(on) ? on.name.text : on.getText();
}

/** `onMessage` of `host.onMessage.addListener(…)`: an event that is a member with methods of its own. */
function eventMember(callee: ts.Expression): string | undefined {
  const name = partOf(callee);
  return ts.isPropertyAccessExpression(callee) && isEventMember(name) ? name : undefined;
}

/** By what the functions of this file that are called do with the parameter; undefined where there is none. */
function calledWith(call: CallLike, argument: ts.Expression, judge: Judge): Frequency | undefined {
  const { callees, scopes } = judge.program;
  const index = ((call.arguments ?? []) as readonly ts.Node[]).indexOf(argument);
  let result: Frequency | undefined;
  for (const target of callees.of(call)) {
    const parameter = target.parameters[index];
    const declaration = parameter ? scopes.declarationOf(parameter) : undefined;
    for (const reference of declaration?.references ?? []) {
      const outer = wrapped(reference);
      const isCalled = ts.isCallExpression(outer.parent) && outer.parent.expression === outer;
      const frequency = !isCalled
        ? judge.ofValue(reference, target)
        : isOnceForEachCall(outer.parent, target)
          ? judge.of(call)
          : judge.of(outer.parent);
      result = result ? moreFrequent(result, frequency) : frequency;
    }
  }
  return result;
}

/**
 * Does a call in the function come once each time that the function is called: in no loop, and in no function but one that goes on
 * with what was waited for? Then it runs as often as who has given the argument, whoever else calls the function.
 */
function isOnceForEachCall(node: ts.Node, target: FunctionNode): boolean {
  for (let at: ts.Node = node, up = node.parent; at !== target && up; at = up, up = up.parent) {
    if (isLoopBody(up, at)) return false;
    if (up === target || !isFunctionNode(up)) continue;
    const taker = wrapped(up as ts.Expression).parent;
    if (!ts.isCallExpression(taker) || taker.expression === wrapped(up as ts.Expression)) return false;
    if (!continuations.has(calledName(taker))) return false;
  }
  return true;
}
