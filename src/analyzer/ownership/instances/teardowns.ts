/** Methods that end an instance as a whole, and what they reach: its own and those of its bases. */

import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import type { Place } from '../../program/places';
import { visitNodes } from '../../syntax/nodeIndex';
import { propertyAccesses } from '../../syntax/selections';
import { type FunctionNode, isWithin, ts } from '../../syntax/syntax';
import { teardownHooks } from '../../words/hooks';
import { isSureTeardown, isWholeTeardown } from '../../words/teardowns';
import { endsAPart } from '../assess';
import { factOfBase, withBases } from './bases';

export interface Teardown {
  readonly name: string;
  /** Empty for one that is inherited from another file. */
  readonly functions: readonly FunctionNode[];
}

/** Teardowns of an owner, its own and inherited ones, unless they end a part of it. */
export function wholeTeardowns(owner: Owner, engine: Engine): readonly Teardown[] {
  const known = engine.once(byOwner);
  let found = known.get(owner);
  if (!found) {
    found = findTeardowns(owner, engine);
    known.set(owner, found);
  }
  return found;
}

const byOwner = (): Map<Owner, readonly Teardown[]> => new Map();

function findTeardowns(owner: Owner, engine: Engine): readonly Teardown[] {
  const found = new Map<string, readonly FunctionNode[]>();
  for (const at of withBases(owner, engine)) {
    for (const member of at.members.values()) {
      const fn = member.functions[0];
      if (!fn || member.isStatic || !isWholeTeardown(member.name) || found.has(member.name)) continue;
      if (!endsAPart(member.name, fn, at)) found.set(member.name, member.functions);
    }
    const fact = factOfBase(at, engine);
    for (const name of [...(fact?.teardowns ?? []), ...(fact?.holds?.flatMap(({ until }) => until) ?? [])])
      if (!found.has(name) && isWholeTeardown(name)) found.set(name, []);
  }
  return [...found].map(([name, functions]) => ({ name, functions }));
}

/** `ngOnDestroy`: a framework calls it, and nothing else, when the owner ends. */
export function isCalledByFramework({ name }: Teardown): boolean {
  return teardownHooks.has(name) && !name.startsWith('[');
}

/** Those that may be the end: of a component its hooks, as a `close` that it has besides is called on some occasion. */
export function finalTeardowns(ends: readonly Teardown[]): readonly Teardown[] {
  const isComponent = ends.some(isCalledByFramework);
  return isComponent ? ends.filter(({ name }) => isSureTeardown(name)) : ends;
}

/** Every function of the file that runs when one of the teardowns does. */
export function reachedBy(ends: readonly Teardown[], engine: Engine): ReadonlySet<FunctionNode> {
  return new Set(
    ends.flatMap(({ functions }) => functions.flatMap((fn) => [...engine.program.callees.reachedFrom(fn)])),
  );
}

/** Teardowns that a class itself writes, for what its own method keeps; an override of one calls it. */
export function endsOf({ members }: Owner, ends: readonly Teardown[]): readonly string[] {
  return ends
    .filter(({ name, functions }) => {
      const own = members.get(name)?.functions ?? [];
      return own.length > 0 && functions.every((fn) => own.includes(fn) || callsSuper(fn, name));
    })
    .map(({ name }) => name);
}

/** Inherited ones whose bodies are not seen here, or that call those of a base. */
export function foreign(ends: readonly Teardown[]): readonly string[] {
  return ends
    .filter(({ functions, name }) => functions.length === 0 || functions.some((fn) => callsSuper(fn, name)))
    .map(({ name }) => name);
}

/** Those that reach one of the sites. */
export function namesReaching(sites: readonly ts.Node[], ends: readonly Teardown[], engine: Engine): readonly string[] {
  if (sites.length === 0) return [];
  return ends
    .filter(({ functions }) =>
      functions.some((fn) =>
        [...engine.program.callees.reachedFrom(fn)].some((inner) => sites.some((site) => isWithin(site, inner))),
      ),
    )
    .map(({ name }) => name);
}

/** The class does not override the method, or calls that of its base there. */
export function isExtending(owner: Owner, name: string): boolean {
  const member = owner.members.get(name);
  return !member || member.functions.length === 0 || member.functions.some((fn) => callsSuper(fn, name));
}

/**
 * A teardown of a base in another file is about the field: `this.part?.destroy()`, which an heir has filled. An override that
 * does not go on to it is told of by itself (`superCalls.ts`).
 */
export function isInEndOfBase({ root, path }: Place, ends: readonly Teardown[], engine: Engine): boolean {
  const [field] = path;
  if (root.kind !== 'owner' || field === undefined) return false;
  return withBases(root.owner, engine).some((at) => {
    const known = factOfBase(at, engine)?.baseEnds;
    return ends.some(({ name }) => {
      const end = known?.[name];
      return end?.parts.includes(field) || end?.above?.includes(field);
    });
  });
}

function callsSuper(fn: FunctionNode, name: string): boolean {
  let found = false;
  visitNodes(fn, propertyAccesses, (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.SuperKeyword &&
      node.name.text === name
    )
      found = true;
    return !found;
  });
  return found;
}
