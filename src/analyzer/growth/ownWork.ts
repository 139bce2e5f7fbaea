/**
 * Entries that are the work itself, `pending.set(key, load(key))`, and that the work takes out at its end: where it fails, the
 * rejected promise stays, and whoever asks for the key is given it again.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isFunctionNode,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { runsFunction } from '../words/functions';
import type { Insertion, Removal } from './changes';
import { type Collection, draftAt, isInWholeTeardown, isSameKey, textOf } from './collections';
import { firstRejection } from './rejections';

/** The entry that its own work leaves when it is rejected. */
export function leftByOwnWork(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (!insertion.key || !insertion.value || container.shape === 'array') return undefined;
  if (!changes.lookups.some((lookup) => isGivenOut(lookup, engine))) return undefined;
  const begun = begunBy(insertion.value, insertion.node, engine);
  if (!begun) return undefined;
  const { call, work } = begun;
  const sites = [...changes.removals.map(({ node }) => node), ...changes.resets].filter(
    (site) => !isInWholeTeardown(site),
  );
  const own = changes.removals.filter((removal) => isOfKey(removal, insertion, call, work, engine));
  // Another one may be for what fails.
  if (own.length === 0 || own.length !== sites.length) return undefined;
  const gaps = own.map(({ node }) =>
    isOnMainWay(node, work) ? firstRejection({ end: 0 }, node, work, engine) : undefined,
  );
  const [gap] = gaps;
  const [removal] = own;
  if (!gap || !removal || gaps.some((one) => one === undefined)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-rejection',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `The entry of \`${container.name}\` stays for ever when its work fails: the work takes it out on line ${lineOf(removal.node)}, only on success, and whoever asks for \`${textOf(insertion.key)}\` is given the rejected promise again.`,
    advice: 'Remove the entry in `finally`.',
    steps: [
      { role: 'exit', message: 'A rejection here leaves the entry', range: rangeOf(gap) },
      { role: 'shrinks', message: 'Removed on success', range: rangeOf(removal.node) },
    ],
  });
}

/** Returned, or awaited for its value: who only waits until the one before is over is given no failure. */
function isGivenOut(node: ts.Node, engine: Engine, depth = 0): boolean {
  if (depth > 4) return false;
  const value = wrapped(node as ts.Expression);
  const up = value.parent;
  if (ts.isReturnStatement(up) || ts.isArrowFunction(up)) return true;
  if (ts.isAwaitExpression(up)) return !ts.isExpressionStatement(wrapped(up).parent);
  if (ts.isConditionalExpression(up)) return up.condition !== value && isGivenOut(up, engine, depth + 1);
  const isKept = ts.isVariableDeclaration(up) || (isAssignment(up) && up.right === value);
  if (!isKept) return ts.isBinaryExpression(up) && !isAssignment(up) && isGivenOut(up, engine, depth + 1);
  const { scopes } = engine.program;
  const name = ts.isVariableDeclaration(up) ? up.name : unwrap(up.left);
  if (!ts.isIdentifier(name)) return false;
  const declaration = ts.isVariableDeclaration(up) ? scopes.declarationOf(up) : scopes.resolve(name);
  return declaration?.references.some((use) => use !== name && isGivenOut(use, engine, depth + 1)) ?? false;
}

interface Begun {
  readonly call: ts.CallExpression;
  readonly work: FunctionNode;
}

/** The asynchronous function of this file whose call the entry is. */
function begunBy(given: ts.Expression, before: ts.Node, engine: Engine): Begun | undefined {
  const { scopes, callees } = engine.program;
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
  // `let work = pending.get(key); if (!work) { work = load(); pending.set(key, work); }`
  const written = declaration?.writes.filter((write) => write.node.end <= before.pos).at(-1)?.value;
  const made = written ?? (declaration?.path?.length === 0 ? declaration.initializer : undefined);
  const call = unwrap(declaration ? (made ?? value) : value);
  if (!ts.isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  const isRun = ts.isPropertyAccessExpression(callee) && runsFunction(callee.name.text);
  const targets = isFunctionNode(callee) ? [callee] : isRun ? callees.functionsOf(callee.expression) : callees.of(call);
  const [work] = targets;
  return work && targets.length === 1 && hasModifier(work, ts.SyntaxKind.AsyncKeyword) ? { call, work } : undefined;
}

/** Taken out in the work, under the key that the entry has. */
function isOfKey(
  { node, key }: Removal,
  insertion: Insertion,
  call: ts.CallExpression,
  work: FunctionNode,
  engine: Engine,
): boolean {
  if (!key || !insertion.key || enclosingFunction(node) !== work) return false;
  if (isSameKey(key, insertion.key, engine)) return true;
  const name = unwrap(key);
  const declaration = ts.isIdentifier(name) ? engine.program.scopes.resolve(name) : undefined;
  const index = work.parameters.findIndex((one) => engine.program.scopes.declarationOf(one) === declaration);
  const argument = index < 0 ? undefined : call.arguments[index];
  return argument !== undefined && isSameKey(argument, insertion.key, engine);
}

/** In no condition, loop or `catch`: whoever gets so far takes the entry out. */
function isOnMainWay(node: ts.Node, work: FunctionNode): boolean {
  for (let at = node, up = node.parent; up && at !== work.body; at = up, up = up.parent)
    if (
      ts.isIfStatement(up) ||
      ts.isConditionalExpression(up) ||
      ts.isIterationStatement(up, false) ||
      ts.isCatchClause(up) ||
      ts.isCaseOrDefaultClause(up)
    )
      return false;
  return true;
}
