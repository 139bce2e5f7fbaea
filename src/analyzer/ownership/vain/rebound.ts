/**
 * Handlers that are replaced after they were registered: `on('resize', this.draw)`, then `this.draw = this.draw.bind(this)`.
 * The removal names the new function, and the one that was registered stays. So it does where the place is emptied.
 */

import type { Engine } from '../../engine';
import { isBindCall } from '../../program/bound';
import { methodCalls } from '../../program/methodCalls';
import { isAssignment, isFunctionNode, isNullish, isWithin, lineOf, ts, unwrap, walk } from '../../syntax/syntax';
import { addsOrRemoves, listenMethods, unlistenMethods } from '../../words/listeners';
import { runsIn, statementsBefore } from '../lost/sequence';
import type { Vain } from './vainReleases';

/** Registrations of a file whose handler another one replaces before anything removes it. */
export function reboundHandlers(
  engine: Engine,
): readonly { readonly vain: Vain; readonly site: ts.Node; readonly left: ts.CallExpression }[] {
  const { program, uses } = engine;
  if (![...unlistenMethods].some((name) => program.text.includes(`${name}(`))) return [];
  const added: Call[] = [];
  const removed: Call[] = [];
  for (const { call: node, receiver, method } of methodCalls(program, addsOrRemoves)) {
    const [event, handler] = node.arguments;
    if (!event || !handler) continue;
    const place = program.places.of(unwrap(handler));
    if (place?.path.length !== 1) continue;
    const list = listenMethods.has(method) ? added : removed;
    list.push({ node, receiver: receiver.getText(), event: event.getText(), key: place.key });
  }
  return added.flatMap((add) => {
    const fn = runsIn(add.node);
    const removals = removed.filter(
      ({ key, event, receiver }) => key === add.key && event === add.event && receiver === add.receiver,
    );
    const [site] = removals;
    if (!fn || !site) return [];
    // Written after it, in the same run; and no removal in between.
    const cause = uses
      .writes(add.key)
      .find(
        (write) =>
          write.pos > add.node.end &&
          runsIn(write) === fn &&
          isAssignment(write) &&
          ts.isExpressionStatement(write.parent) &&
          (givesFunction(write.right) || isNullish(write.right)) &&
          statementsBefore(write.parent, fn).some(
            (statement) => isWithin(add.node, statement) && comesBack(add.node, statement),
          ),
      );
    if (!cause || removals.some(({ node }) => runsIn(node) === fn)) return [];
    return [
      {
        site: site.node,
        left: add.node,
        vain: {
          why: `line ${lineOf(cause)} ${isNullish(cause.right) ? 'forgets' : 'replaces'} the handler after it was registered`,
          advice: 'Assign the handler before it is registered.',
          cause,
        },
      },
    ];
  });
}

interface Call {
  readonly node: ts.CallExpression;
  readonly receiver: string;
  readonly event: string;
  readonly key: string;
}

/** Does what comes after the statement run whenever the registration in it does? */
function comesBack(node: ts.Node, statement: ts.Statement): boolean {
  for (let at = node; at !== statement; at = at.parent) {
    const { parent } = at;
    if (ts.isIterationStatement(parent, false) || ts.isCaseClause(parent) || ts.isDefaultClause(parent)) return false;
    // A branch of its own that is left early.
    if (ts.isBlock(parent) && parent.statements.some((one) => one.pos > at.pos && leaves(one))) return false;
  }
  return !ts.isReturnStatement(statement);
}

function leaves(node: ts.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    found ||=
      ts.isReturnStatement(inner) ||
      ts.isThrowStatement(inner) ||
      ts.isBreakStatement(inner) ||
      ts.isContinueStatement(inner);
    return !found && !isFunctionNode(inner);
  });
  return found;
}

function givesFunction(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
  return isBindCall(value);
}
