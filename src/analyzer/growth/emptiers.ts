/**
 * Functions beside a registration that empty the whole table (`clearAllShortcuts()` beside `addShortcut(keys, run)`): who
 * calls one at its end leaves nothing, whether or not it takes back the entries one by one.
 */

import type { Engine } from '../engine';
import type { Keeping } from '../facts/exportFacts';
import { runsAlways } from '../flow/runsAlways';
import { effectAround } from '../ownership/lifetime/effects';
import { isAtEnd } from '../ownership/lost/emptied';
import { returnedBy } from '../ownership/values/returned';
import { callsNamed } from '../program/callNames';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isClassNode,
  isFunctionNode,
  isWithin,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { callsWithEach } from '../words/collections';
import { registersEnd } from '../words/hooks';
import { nameOf } from './assignedNames';
import type { Insertion, Removal } from './changes';
import type { Collection } from './collections';

/** Names of the functions that need no word of what they take out, and leave nothing. */
export function emptiersOf(
  { container, changes }: Collection,
  removals: readonly Removal[],
  engine: Engine,
): readonly string[] {
  const names = new Set<string>();
  const note = (site: ts.Node, isSure: (fn: FunctionNode) => boolean): void => {
    const fn = enclosingFunction(site);
    if (!fn || fn.parameters.length > 0 || ts.isConstructorDeclaration(fn) || !isSure(fn)) return;
    if (changes.insertions.some(({ node }) => isWithin(node, fn))) return;
    const name = nameOf(fn);
    if (name !== '') names.add(name);
  };
  for (const reset of changes.resets) if (reset !== container.node) note(reset, (fn) => runsAlways(reset, fn));
  // `Object.keys(table).forEach(remove)`, `for (const key of table.keys()) remove(key)`
  const removers = new Set(removals.map(({ node }) => enclosingFunction(node)));
  for (const use of engine.uses.reads(container.place.key)) note(use, (fn) => goesThrough(use, fn, removers, engine));
  return [...names];
}

/** A loop over the table, of which each round runs a function that takes out what it is given. */
function goesThrough(
  use: ts.Node,
  fn: FunctionNode,
  removers: ReadonlySet<FunctionNode | undefined>,
  engine: Engine,
): boolean {
  for (let at = use; at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if ((ts.isForOfStatement(up) || ts.isForInStatement(up)) && up.expression === at)
      return runsAlways(up, fn) && isRemovedBy(up.statement, removers, engine);
    const call = ts.isPropertyAccessExpression(up) && callsWithEach(up.name.text) ? wrapped(up).parent : undefined;
    if (call && ts.isCallExpression(call)) {
      const [given] = call.arguments;
      return given !== undefined && runsAlways(call, fn) && isGivenRemover(unwrap(given), removers, engine);
    }
  }
  return false;
}

function isGivenRemover(
  given: ts.Expression,
  removers: ReadonlySet<FunctionNode | undefined>,
  engine: Engine,
): boolean {
  if (isFunctionNode(given)) return given.body !== undefined && isRemovedBy(given.body, removers, engine);
  return engine.program.callees.functionsOf(given).some((one) => removers.has(one));
}

/** The round is nothing but the call. */
function isRemovedBy(round: ts.Node, removers: ReadonlySet<FunctionNode | undefined>, { program }: Engine): boolean {
  let only: ts.Node | undefined = round;
  if (ts.isBlock(only)) only = only.statements.length === 1 ? only.statements[0] : undefined;
  if (only && ts.isExpressionStatement(only)) only = unwrap(only.expression);
  return only !== undefined && ts.isCallExpression(only) && program.callees.of(only).some((one) => removers.has(one));
}

/** The parameter that is the key, as it is, of a table that holds one entry under each. */
export function keyParameter({ key }: Insertion, fn: FunctionNode, { program }: Engine): number | undefined {
  const value = key && unwrap(key);
  const declaration = value && ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (declaration?.kind !== 'parameter' || declaration.writes.length > 0) return undefined;
  const { node } = declaration;
  const index = ts.isParameter(node) ? fn.parameters.indexOf(node) : -1;
  return index === -1 ? undefined : index;
}

/** Is such a function called whenever what the node belongs to comes to its end? */
export function isEmptiedAtEnd(node: ts.Node, { emptiers = [] }: Keeping, engine: Engine): boolean {
  if (emptiers.length === 0) return false;
  const names = new Set(emptiers);
  return callsNamed(engine.program, names).some((call) => {
    const fn = enclosingFunction(call);
    return (
      fn !== undefined &&
      runsAlways(call, fn) &&
      (isCleanUp(fn, node) || (nameOf(fn) !== '' && isAtEnd(call, engine) && classAround(call) === classAround(node)))
    );
  });
}

/** `useEffect(() => { add(); return () => clearAll(); })`, `onUnmounted(() => clearAll())` */
function isCleanUp(fn: FunctionNode, node: ts.Node): boolean {
  const call = wrapped(fn as ts.Expression).parent;
  if (ts.isCallExpression(call) && registersEnd(calledName(call))) return true;
  const effect = enclosingFunction(fn);
  return (
    effect !== undefined &&
    effectAround(effect) !== undefined &&
    isWithin(node, effect) &&
    returnedBy(effect).some((given) => unwrap(given) === fn)
  );
}

function classAround(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) if (isClassNode(at)) return at;
  return undefined;
}
