/**
 * The calls of a file by the name of what they call: who looks for calls of some names is asked about each name of the file
 * once, and visits these calls alone. A pass over all calls for each judge was a third of an edit.
 */
import { nodesIn, orderOf } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { calledName, type ts } from '../syntax/syntax';
import type { FileProgram } from './program';

/** Names that are looked for: listed, or told by a question. */
export type Names = { readonly has: (name: string) => boolean } | ((name: string) => boolean);

interface CallNames {
  readonly all: readonly string[];
  readonly byName: ReadonlyMap<string, readonly ts.CallExpression[]>;
  /** What was found for those that ask more than once. */
  readonly found: Map<Names, readonly ts.CallExpression[]>;
}

function callNames({ sourceFile }: FileProgram): CallNames {
  const byName = new Map<string, ts.CallExpression[]>();
  for (const call of nodesIn(sourceFile, calls)) {
    const name = calledName(call);
    const known = byName.get(name);
    if (known) known.push(call);
    else byName.set(name, [call]);
  }
  return { all: [...byName.keys()], byName, found: new Map() };
}

/**
 * Calls of a function, or of a method of whatever object, by its name, in source order; what has no name is called ''.
 * @param names the same object each time, where it is asked for again
 */
export function callsNamed(program: FileProgram, names: Names): readonly ts.CallExpression[] {
  const { all, found } = program.once(callNames);
  let known = found.get(names);
  if (!known) {
    const lists: (readonly ts.CallExpression[])[] = [];
    for (const name of all)
      if (typeof names === 'function' ? names(name) : names.has(name)) lists.push(callsOf(program, name));
    const [first = []] = lists;
    known = lists.length < 2 ? first : lists.flat().sort(inOrder);
    found.set(names, known);
  }
  return known;
}

/** The calls of one name. */
export function callsOf(program: FileProgram, name: string): readonly ts.CallExpression[] {
  return program.once(callNames).byName.get(name) ?? [];
}

/** For sorting: as they stand in the file, parents first. */
export function inOrder(a: ts.Node, b: ts.Node): number {
  return orderOf(a) - orderOf(b);
}
