/** Loops that never run: a callback is given to a function that takes none, `Object.keys(table, (key) => table[key].end())`. */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { methodCalls } from '../../program/methodCalls';
import { type FunctionNode, isFunctionNode, lineOf, rangeOf, ts, unwrap, walk } from '../../syntax/syntax';
import { listsOnly, mayListOnly } from '../../words/callbacks';
import { unreachableKinds } from '../../words/fallbackKinds';
import { isEndingCall, isTakingAway } from '../../words/releases';

/** Findings at the calls whose callback would release something. */
export function findUnrunLoops(engine: Engine): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { call: node, callee, method } of methodCalls(engine.program, mayListOnly)) {
    if (!ts.isIdentifier(callee.expression)) continue;
    const takes = listsOnly(callee.expression.text, method);
    if (takes === undefined || engine.program.scopes.resolve(callee.expression)) continue;
    const surplus = node.arguments[takes];
    const callback = surplus && unwrap(surplus);
    if (!callback || !isFunctionNode(callback)) continue;
    const release = releaseIn(callback, engine);
    if (!release) continue;
    drafts.push({
      kind: unreachableKinds.handle,
      mechanism: 'release-never-matches',
      severity: 'medium',
      confidence: 'high',
      message: `\`${callee.getText()}\` takes no function: this one never runs, and what line ${lineOf(release)} would release stays.`,
      advice: `Go through what \`${callee.getText()}\` gives: \`${callee.getText()}(…).forEach(…)\`.`,
      node,
      trail: [{ role: 'release', message: 'Never runs', range: rangeOf(release) }],
    });
  }
  return drafts;
}

/** `delete table[key]`, `table[key].remove()`: the first of what the function would take away, also by a helper. */
function releaseIn(callback: FunctionNode, engine: Engine): ts.Node | undefined {
  let found: ts.Node | undefined;
  for (const fn of engine.program.callees.reachedFrom(callback))
    walk(fn, (node) => {
      if (ts.isDeleteExpression(node)) found ??= node;
      if (ts.isCallExpression(node)) {
        const callee = unwrap(node.expression);
        const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
        if (isTakingAway(name) || isEndingCall(name)) found ??= node;
      }
      return found === undefined;
    });
  return found;
}
