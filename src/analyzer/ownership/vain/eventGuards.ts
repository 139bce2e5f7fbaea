/**
 * What only an event sets or fills: `onPeer = () => { this.seen = true }`. Before the first one comes it does not hold, and a
 * teardown that asks for it first, `if (!this.seen) return;`, ends nothing then.
 */
import { isEmptyValue } from '../../emptyValues';
import type { Engine } from '../../engine';
import type { Owner } from '../../members';
import { methodCalls } from '../../methodCalls';
import type { Place } from '../../places';
import { enclosingFunction, type FunctionNode, isWithin, ts, unwrap } from '../../syntax';
import { withoutLoops } from '../lifetime/frequency/occasions';
import { counts, inserts } from '../words/collections';

/** Does the place hold only once an event has come, of which the set-up knows nothing? */
export function isSetByEvents({ root, path }: Place, setUp: FunctionNode, engine: Engine): boolean {
  const [field = '', count] = path;
  if (root.kind !== 'owner' || path.length > 2 || (count !== undefined && !counts(count))) return false;
  const { owner } = root;
  const member = owner.members.get(field);
  if (!member || member.parameter || member.functions.length > 0) return false;
  const isInitial = (node: ts.Node): boolean =>
    ts.isPropertyDeclaration(node) || (owner.construct !== undefined && isWithin(node, owner.construct));
  const fills =
    count === undefined
      ? member.values.filter(({ value }) => !value || !isNothing(value)).map(({ node }) => node)
      : insertionsInto(owner, field, engine);
  // A part that is declared without a value is nothing, too.
  const fillsLater = fills.filter((node) => !(ts.isPropertyDeclaration(node) && !node.initializer));
  return fillsLater.length > 0 && fillsLater.every((node) => !isInitial(node) && isOfEvent(node, setUp, engine));
}

function isNothing(value: ts.Expression): boolean {
  const given = unwrap(value);
  return (
    isEmptyValue(given) ||
    given.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isNumericLiteral(given) && given.text === '0')
  );
}

/** `this.field.add(…)` */
function insertionsInto(owner: Owner, field: string, { program }: Engine): readonly ts.Node[] {
  const { key } = program.places.ofMember(owner, field);
  return methodCalls(program, (name) => inserts.has(name)).flatMap(({ call, callee }) =>
    program.places.of(callee.expression)?.key === key ? [call] : [],
  );
}

/** Does it run in a handler, which the set-up does not call itself? */
function isOfEvent(node: ts.Node, setUp: FunctionNode, engine: Engine, depth = 0): boolean {
  const { level, occasion } = engine.frequency.of(node);
  if (level !== 'hot' || !/^(?:event|handler)$/.test(withoutLoops(occasion).kind)) return false;
  const fn = enclosingFunction(node);
  if (!fn || fn === setUp || depth > 4) return false;
  return engine.program.callees
    .usesOf(fn)
    .calls.every((call) => isWithin(call, fn) || isOfEvent(call, setUp, engine, depth + 1));
}
