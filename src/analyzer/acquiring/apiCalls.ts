/** The calls of a file by what they name: an entry of the catalogue is compared with each name once, and not with each call. */

import type { Name } from '../program/origins';
import type { FileProgram } from '../program/program';
import { nodesIn } from '../syntax/nodeIndex';
import { callLikes } from '../syntax/selections';
import { type CallLike, unwrap } from '../syntax/syntax';

export interface NamedCalls {
  readonly name: Name;
  readonly nodes: readonly CallLike[];
}

interface ApiCalls {
  /** Calls and instantiations whose name is known; names that say the same may stand there more than once. */
  readonly named: readonly NamedCalls[];
  readonly unnamed: readonly CallLike[];
}

/** To be asked for through `program.once`. */
export function apiCalls({ sourceFile, origins }: FileProgram): ApiCalls {
  const byName = new Map<Name, CallLike[]>();
  const unnamed: CallLike[] = [];
  for (const node of nodesIn(sourceFile, callLikes)) {
    const name = origins.nameOf(unwrap(node.expression));
    const known = name && byName.get(name);
    if (!name) unnamed.push(node);
    else if (known) known.push(node);
    else byName.set(name, [node]);
  }
  return { named: [...byName].map(([name, nodes]) => ({ name, nodes })), unnamed };
}
