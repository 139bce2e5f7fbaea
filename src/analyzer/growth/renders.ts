/**
 * Entries that rendering puts into a collection of the module, and only the clean-up of an effect takes out: a render that
 * is thrown away (suspended, repeated, on a server) has no effects, and leaves its entry.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { isEffect } from '../ownership/lifetime/effects';
import {
  enclosingFunction,
  type FunctionNode,
  lineOf,
  memberOrText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { effectHooks } from '../words/hooks';
import { type Collection, draftAt, keysOf, nounOf } from './collections';
import { functionName } from './holders';

/** An entry per render whose removal waits for a mount. */
export function leftByRender(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.holder !== 'module' || changes.checks.length + changes.resets.length > 0) return undefined;
  if (changes.removals.length === 0 || !changes.removals.every(({ node }) => isInCleanUp(node))) return undefined;
  const [removal] = changes.removals;
  const insertion = changes.insertions.find(
    (one) => (container.shape === 'array' || keysOf(one, collection, engine) !== 'closed') && isRendered(one.node),
  );
  if (!insertion || !removal) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `Each render puts an entry into the ${nounOf[container.shape]} \`${container.name}\`, which only the clean-up of an effect takes out (line ${lineOf(removal.node)}): a render that is thrown away, or runs on a server, leaves it.`,
    advice: 'Put the entry in within the effect.',
    steps: [{ role: 'shrinks', message: 'Runs only after the component was mounted', range: rangeOf(removal.node) }],
  });
}

/** Within the function that an effect returns. */
function isInCleanUp(node: ts.Node): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const outer = enclosingFunction(fn);
    if (outer && isEffect(outer) && gives(outer, fn)) return true;
  }
  return false;
}

/** Returns the function, as it is or by its name. */
function gives(outer: FunctionNode, fn: FunctionNode): boolean {
  const { body } = outer;
  if (!body) return false;
  const isIt = (value: ts.Expression): boolean => {
    const inner = unwrap(value);
    return inner === fn || (ts.isIdentifier(inner) && inner.text === functionName(fn));
  };
  if (!ts.isBlock(body)) return isIt(body);
  let found = false;
  walk(body, (node) => {
    if (ts.isReturnStatement(node) && node.expression && isIt(node.expression)) found = true;
    return !found;
  });
  return found;
}

/** Runs with the body of a hook or component: nothing puts it off until the mount. */
function isRendered(node: ts.Node): boolean {
  let fn = enclosingFunction(node);
  while (fn) {
    const up = wrapped(fn as ts.Expression).parent;
    const runsNow =
      ts.isCallExpression(up) &&
      up.arguments[0] === wrapped(fn as ts.Expression) &&
      /^use(?:Memo|State)$/.test(memberOrText(unwrap(up.expression)));
    if (!runsNow) break;
    fn = enclosingFunction(fn);
  }
  return fn !== undefined && (/^use[A-Z]/.test(functionName(fn)) || /^[A-Z]/.test(functionName(fn))) && usesEffect(fn);
}

/** Has an effect of its own: a hook or component of such a library. */
function usesEffect(fn: FunctionNode): boolean {
  let found = false;
  walk(fn, (node) => {
    if (ts.isCallExpression(node) && effectHooks.has(memberOrText(unwrap(node.expression)))) found = true;
    return !found;
  });
  return found;
}
