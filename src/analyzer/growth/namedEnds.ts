/** Functions that by their name end one of several things: `removeJob(job)`, or the handler of `onDidCloseTerminal`. */
import type { Engine } from '../engine';
import { nodesIn } from '../syntax/nodeIndex';
import { functions } from '../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { putsIntoList } from '../words/collections';
import { nameOf } from './assignedNames';
import type { Collection } from './collections';
import { endedNoun } from './words';

export interface NamedEnd {
  readonly fn: FunctionNode;
  readonly name: string;
  /** What it ends: `job`; empty for a mere `remove`. */
  readonly noun: string;
  /** Called by the host when one of them has ended. */
  readonly isHostHandler: boolean;
}

/** Those that may end an entry of the collection: they stand beside it, and put none in. In source order. */
export function endsBeside({ container, changes }: Collection, engine: Engine): readonly NamedEnd[] {
  const { owner } = container;
  // The methods of a constructor function stand beside it.
  const isFunctions = owner !== undefined && isFunctionNode(owner.node);
  const scope = isFunctions ? undefined : (owner?.node ?? enclosingFunction(container.node));
  const filling = new Set<FunctionNode>();
  for (const { node } of changes.insertions)
    for (let fn = enclosingFunction(node); fn && !filling.has(fn); fn = enclosingFunction(fn)) filling.add(fn);
  return engine
    .once(namedEnds)
    .filter(
      ({ fn }) =>
        !filling.has(fn) &&
        (!scope || isWithin(fn, scope)) &&
        !(isFunctions && fn.body && engine.program.members.ownerAt(fn.body) !== owner),
    );
}

/** All of a file: hardly any function of a file is one, and each is asked once, whatever the tables are. */
function namedEnds({ program }: Engine): readonly NamedEnd[] {
  return nodesIn(program.sourceFile, functions).flatMap((fn): readonly NamedEnd[] => {
    if (!fn.body) return [];
    const host = hostEvent(fn);
    const name = host ?? nameOf(fn);
    const noun = endedNoun(name);
    // What `close` is called for may be opened again.
    if (noun === undefined || (!host && /^_*close/.test(name)) || onlyNotes(fn)) return [];
    return [{ fn, name, noun, isHostHandler: host !== undefined }];
  });
}

/** `closeTerminal` of `window.onDidCloseTerminal((terminal) => …)`. */
function hostEvent(fn: FunctionNode): string | undefined {
  const { parent } = wrapped(fn as ts.Expression);
  const callee = ts.isCallExpression(parent) ? unwrap(parent.expression) : undefined;
  const [, name] =
    (callee &&
      ts.isPropertyAccessExpression(callee) &&
      /^onDid((?:Close|Delete|Remove)[A-Z]\w*)$/.exec(callee.name.text)) ||
    [];
  return name;
}

/** `remove(filter) { this.removed.push({ filter }); }`: it notes what is to be done with others, and ends none. */
function onlyNotes({ body }: FunctionNode): boolean {
  let only: ts.Node | undefined = body;
  while (only && ts.isBlock(only)) only = only.statements.length === 1 ? only.statements[0] : undefined;
  const call = only && ts.isExpressionStatement(only) ? unwrap(only.expression) : undefined;
  return call !== undefined && ts.isCallExpression(call) && putsIntoList(calledName(call));
}
