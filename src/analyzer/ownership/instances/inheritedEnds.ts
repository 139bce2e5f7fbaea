/** The methods of a class, its own and inherited ones, by which an instance is ended in some sense that the caller names. */

import type { Engine } from '../../engine';
import type { Fact } from '../../facts/askedFact';
import type { Owner } from '../../program/members';
import type { FunctionNode } from '../../syntax/syntax';
import { factOfBase, withBases } from './bases';
import { endsItself, isHandedOver } from './endedAnyway';

export interface EndSense {
  /** Is a method of this name to be looked at? */
  readonly isNamed: (name: string) => boolean;
  /** Does a method end something in this sense? `at` is the class that declares it: the owner or a base of it. */
  readonly ends: (method: EndMethod, engine: Engine) => boolean;
  /** What another file says of a base that it declares. */
  readonly ofFact: (fact: Fact) => readonly string[] | undefined;
  /** Makes the table of answers in this sense: a function of its own, by which the engine keeps it. */
  readonly table: () => Map<Owner, readonly string[]>;
}

interface EndMethod {
  readonly name: string;
  readonly functions: readonly FunctionNode[];
  readonly owner: Owner;
  readonly at: Owner;
}

/** Names of such methods, the first is the one to call. A method that is overridden counts once; none where others end it. */
export function inheritedEnds(owner: Owner, engine: Engine, sense: EndSense): readonly string[] {
  const table = engine.once(sense.table);
  const before = table.get(owner);
  if (before) return before;
  // Classes may end each other in a circle.
  table.set(owner, []);
  const result = find(owner, engine, sense);
  table.set(owner, result);
  return result;
}

function find(owner: Owner, engine: Engine, { isNamed, ends, ofFact }: EndSense): readonly string[] {
  const found = new Set<string>();
  const overridden = new Set<string>();
  for (const at of withBases(owner, engine)) {
    for (const { name, isStatic, functions } of at.members.values()) {
      if (isStatic || functions.length === 0 || !isNamed(name) || overridden.has(name)) continue;
      overridden.add(name);
      if (ends({ name, functions, owner, at }, engine)) found.add(name);
    }
    const fact = factOfBase(at, engine);
    for (const name of (fact && ofFact(fact)) ?? []) if (!overridden.has(name)) found.add(name);
  }
  const functions = [...found].map((name) => ({ name, functions: owner.members.get(name)?.functions ?? [] }));
  const isOthers = found.size === 0 || isHandedOver(owner, engine) || endsItself(owner, functions, engine);
  return isOthers ? [] : [...found];
}
