/**
 * `room.addGuest(one); room.addHost(other); return () => room.removeGuest(one)`: an effect whose clean-up takes one thing back of
 * what it has given to somebody else's object, and forgets the other. The author's own end of the one tells that the object
 * keeps what it is given; without it, only the object knows.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { returnedBy } from '../ownership/values/returned';
import { callsNamed } from '../program/callNames';
import { constantOf } from '../program/constants';
import { nodesIn } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
} from '../syntax/syntax';
import { effectHooks } from '../words/hooks';
import { addedNoun, endedNoun, isRemoving } from './words';

/** Findings at the calls of effects by which something is kept that the clean-up forgets. */
export function findKeptForGood(engine: Engine): readonly Draft[] {
  return callsNamed(engine.program, effectHooks).flatMap((hook) => leftBy(hook, engine));
}

function leftBy({ arguments: [effect] }: ts.CallExpression, engine: Engine): readonly Draft[] {
  const fn = effect && unwrap(effect);
  if (!fn || !isFunctionNode(fn) || !fn.body || !ts.isBlock(fn.body)) return [];
  const cleanUps = returnedBy(fn).map(unwrap);
  if (cleanUps.length === 0 || !cleanUps.every(isFunctionNode)) return [];
  const given = fn.body.statements.flatMap((statement) => {
    const call = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : statement;
    return ts.isCallExpression(call) && addedNoun(calledName(call)) && isOfInstance(call, fn, engine) ? [call] : [];
  });
  if (given.length < 2) return [];
  const ends = cleanUps.flatMap((cleanUp) => nodesIn(cleanUp, calls));
  return given.flatMap((call) => {
    const receiver = receiverOf(call);
    const own = ends.filter((end) => isSame(receiver, receiverOf(end), engine));
    const undone = given.find((other) => other !== call && own.some((end) => undoes(end, other)));
    const end = undone && own.find((one) => undoes(one, undone));
    // What ends more than one thing by its name may end this, too.
    if (!end || !own.every((one) => endedNoun(calledName(one)))) return [];
    const isEnded = callsNamed(engine.program, (name) => endedNoun(name) === addedNoun(calledName(call))).length > 0;
    const frequency = engine.frequency.of(call);
    if (isEnded || (frequency.level !== 'mount' && frequency.level !== 'hot')) return [];
    const draft: Draft = {
      kind: 'cache/kept-by-registry',
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `\`${call.expression.getText()}\` keeps what it is given ${frequency.why}: the clean-up (line ${lineOf(end)}) takes back what \`${calledName(undone)}\` was given, and not this.`,
      advice: 'Take it back there, too.',
      node: call,
      trail: [
        { role: 'forgotten', message: 'What is kept stays', range: rangeOf(call) },
        { role: 'release', message: 'This is taken back instead', range: rangeOf(end) },
        frequencyStep(frequency, call),
      ],
    };
    return [draft];
  });
}

/** Is it given a function of the component, and not under a fixed name, where the next one takes its place? */
function isOfInstance(call: ts.CallExpression, effect: FunctionNode, { program }: Engine): boolean {
  const [first] = call.arguments;
  const home = enclosingFunction(effect);
  return (
    first !== undefined &&
    home !== undefined &&
    constantOf(first, program.scopes) === undefined &&
    call.arguments.some((one) => program.callees.functionsOf(one).some((fn) => isWithin(fn, home)))
  );
}

function receiverOf(call: ts.CallExpression): ts.Expression | undefined {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.expression : undefined;
}

function isSame(one: ts.Expression | undefined, other: ts.Expression | undefined, { program }: Engine): boolean {
  return one !== undefined && other !== undefined && program.places.same(one, other);
}

/** `removeGuest` undoes `addGuest`. */
function undoes(end: ts.CallExpression, begin: ts.CallExpression): boolean {
  return isRemoving(calledName(end)) && endedNoun(calledName(end)) === addedNoun(calledName(begin));
}
