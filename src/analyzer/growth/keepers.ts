/**
 * `room.addGuest(one); room.addHost(other); return () => room.removeGuest(one)`: an effect whose clean-up takes one thing back of
 * what it has given to somebody else's object, and forgets the other. Or it gives something to a context of which the file itself
 * says how that is taken back, and nobody does. The author's own end tells that the object keeps what it is given; without it,
 * only the object knows.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { returnedBy } from '../ownership/values/returned';
import { callsNamed, callsOf } from '../program/callNames';
import { constantOf } from '../program/constants';
import { nodesIn } from '../syntax/nodeIndex';
import { calls, functions } from '../syntax/selections';
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
import { effectHooks, givesContext } from '../words/hooks';
import { addedNoun, endedNoun, isRemoving } from './words';

/** Findings at the calls of effects by which something is kept that the clean-up forgets. */
export function findKeptForGood(engine: Engine): readonly Draft[] {
  return callsNamed(engine.program, effectHooks).flatMap((hook) => leftBy(hook, engine));
}

function leftBy({ arguments: [effect] }: ts.CallExpression, engine: Engine): readonly Draft[] {
  const fn = effect && unwrap(effect);
  if (!fn || !isFunctionNode(fn) || !fn.body || !ts.isBlock(fn.body)) return [];
  const cleanUps = returnedBy(fn).map(unwrap);
  if (!cleanUps.every(isFunctionNode)) return [];
  const given = statementsOf(fn.body).flatMap((statement) => {
    const call = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : statement;
    return ts.isCallExpression(call) && addedNoun(calledName(call)) !== undefined && isOfInstance(call, fn, engine)
      ? [call]
      : [];
  });
  const ends = cleanUps.flatMap((cleanUp) => nodesIn(cleanUp, calls));
  return given.flatMap((call) => {
    const known = cleanUps.length > 0 ? forgotten(call, given, ends, engine) : declaredEnd(call, engine);
    if (!known) return [];
    const frequency = engine.frequency.of(call);
    if (frequency.level !== 'mount' && frequency.level !== 'hot') return [];
    const draft: Draft = {
      kind: 'cache/kept-by-registry',
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `\`${call.expression.getText()}\` keeps what it is given ${frequency.why}: ${known.why}.`,
      advice: 'Take it back in the clean-up.',
      node: call,
      trail: [
        { role: 'forgotten', message: 'What is kept stays', range: rangeOf(call) },
        { role: 'release', message: known.end, range: rangeOf(known.node) },
        frequencyStep(frequency, call),
      ],
    };
    return [draft];
  });
}

/** With those of the blocks that stand among them. */
function statementsOf({ statements }: ts.Block): readonly ts.Statement[] {
  return statements.flatMap((one) => (ts.isBlock(one) ? statementsOf(one) : [one]));
}

/** How it is known that what is given stays until it is taken back. */
interface Known {
  readonly why: string;
  readonly node: ts.Node;
  readonly end: string;
}

/** The clean-up takes back another one, from the same object. */
function forgotten(
  call: ts.CallExpression,
  given: readonly ts.CallExpression[],
  ends: readonly ts.CallExpression[],
  engine: Engine,
): Known | undefined {
  const own = ends.filter((end) => isSame(call, end, engine));
  const noun = addedNoun(calledName(call));
  // What ends more than one thing by its name may end this, too; so may another function.
  if (noun === '' || !own.every((end) => endedNoun(calledName(end)))) return undefined;
  if (callsNamed(engine.program, (name) => endedNoun(name) === noun).length > 0) return undefined;
  for (const undone of given) {
    const node = undone === call ? undefined : own.find((end) => undoes(calledName(end), calledName(undone)));
    if (node)
      return {
        why: `the clean-up (line ${lineOf(node)}) takes back what \`${calledName(undone)}\` was given, and not this`,
        node,
        end: 'This is taken back instead',
      };
  }
  return undefined;
}

/** `const rows = useContext(Rows); useEffect(() => { rows.register(id, row); })`, where the file declares `unregister` beside it. */
function declaredEnd(call: ts.CallExpression, engine: Engine): Known | undefined {
  const receiver = receiverOf(call);
  const made = receiver && engine.program.places.of(receiver)?.root;
  const value = made?.kind === 'declaration' && made.declaration.initializer && unwrap(made.declaration.initializer);
  if (!value || !ts.isCallExpression(value) || !givesContext(calledName(value))) return undefined;
  for (const type of engine.program.sourceFile.statements) {
    const members = ts.isInterfaceDeclaration(type)
      ? type.members
      : ts.isTypeAliasDeclaration(type) && ts.isTypeLiteralNode(type.type)
        ? type.type.members
        : [];
    const names = members.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name] : []));
    const end = names.find((name) => undoes(name.text, calledName(call)));
    if (!end || !names.some(({ text }) => text === calledName(call))) continue;
    if (callsOf(engine.program, end.text).length === 0)
      return {
        why: `there is no clean-up, and nothing here calls \`${end.text}\` (line ${lineOf(end)})`,
        node: end,
        end: 'This would take it back',
      };
  }
  return undefined;
}

/** Is it given a function of the component, and not under a fixed name, where the next one takes its place? */
function isOfInstance(call: ts.CallExpression, effect: FunctionNode, { program }: Engine): boolean {
  const [first] = call.arguments;
  const home = enclosingFunction(effect);
  return (
    first !== undefined &&
    home !== undefined &&
    constantOf(first, program.scopes) === undefined &&
    call.arguments.some(
      (one) => nodesIn(one, functions).length > 0 || program.callees.functionsOf(one).some((fn) => isWithin(fn, home)),
    )
  );
}

function receiverOf(call: ts.CallExpression): ts.Expression | undefined {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.expression : undefined;
}

/** Are both called on the same object? */
function isSame(one: ts.CallExpression, other: ts.CallExpression, { program }: Engine): boolean {
  const [left, right] = [receiverOf(one), receiverOf(other)];
  return left !== undefined && right !== undefined && program.places.same(left, right);
}

/** `removeGuest` undoes `addGuest`. */
function undoes(end: string, begin: string): boolean {
  return isRemoving(end) && endedNoun(end) === addedNoun(begin);
}
