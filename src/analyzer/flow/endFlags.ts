/**
 * Flags that are set together with the release alone: `settled = true; socket.close();`. A way out that such a flag leads to
 * comes after the release, wherever that stands.
 */
import type { Engine } from '../engine';
import type { ResourceKind } from '../resources/model';
import { enclosingFunction, isFunctionNode, ts, unwrap, walk, wrapped } from '../syntax/syntax';
import { saysOver } from '../words/states';
import { presenceOf, readCondition } from './conditions';
import type { OpenExit } from './paths';
import type { HandleUses } from './useFacts';

/** Does the way out meet a condition that holds only once the resource is released? */
export function isAfterEnd(
  { conditions }: OpenExit,
  { endedWith }: ResourceKind,
  all: readonly HandleUses[],
  engine: Engine,
): boolean {
  return conditions.some(({ node, outcome }) => {
    const { program } = engine;
    // `if (request.destroyed) return;`: the whole that it is a part of is gone.
    if (endedWith && outcome && ts.isPropertyAccessExpression(node) && saysOver(node.name.text)) return true;
    const tested = readCondition(node as ts.Expression, program);
    const [declaration] = tested?.variables ?? [];
    if (!tested || !declaration || tested.key !== program.places.ofDeclaration(declaration).key) return false;
    const isSet = outcome === tested.presentWhen;
    if (declaration.kind === 'parameter' || declaration.path?.length !== 0) return false;
    // The flag begins with the other outcome, and each later value is this one.
    if (declaration.writes.length === 0 || presenceOf(declaration.initializer) !== !isSet) return false;
    return declaration.writes.every((write) => presenceOf(write.value) === isSet && isSetWithEnd(write.node, all));
  });
}

/** The release is a statement beside the one that sets the flag, and nothing leaves between them. */
function isSetWithEnd(write: ts.Node, all: readonly HandleUses[]): boolean {
  const fn = enclosingFunction(write);
  const setting = ts.isExpression(write) ? wrapped(write).parent : undefined;
  const block = setting?.parent;
  if (!fn || !setting || !ts.isExpressionStatement(setting) || !block || !ts.isBlock(block)) return false;
  const ends = all
    .flatMap(({ effects }) => [...(effects.get(fn) ?? [])])
    .flatMap(([at, effect]) => (effect === 'released' && ts.isCallExpression(at) ? [at] : []));
  const at = block.statements.indexOf(setting);
  return block.statements.some((statement, index) => {
    const call = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    const done = call && ts.isAwaitExpression(call) ? unwrap(call.expression) : call;
    if (!done || !ends.some((end) => end === done)) return false;
    return !block.statements.slice(at, index).some(mayLeave);
  });
}

function mayLeave(statement: ts.Statement): boolean {
  let found = false;
  walk(statement, (node) => {
    if (isFunctionNode(node)) return false;
    if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) found = true;
    return !found;
  });
  return found;
}
