/** When an instance opens what it holds: while it is made, or in some of its methods. */

import type { Engine } from '../../engine';
import type { Holding } from '../../facts/exportFacts';
import type { Owner } from '../../program/members';
import type { Place } from '../../program/places';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { enclosingFunction, type FunctionNode, isClassNode, isWithin, ts, unwrap, wrapped } from '../../syntax/syntax';
import { isTeardown } from '../../words/teardowns';
import { constructionOf, runBy } from './construction';
import type { Teardown } from './teardowns';

/** A class whose holdings are asked for. */
export interface Scope {
  readonly owner: Owner;
  readonly engine: Engine;
  readonly ends: readonly Teardown[];
  readonly construction: () => ReadonlySet<FunctionNode>;
  /** Members by the functions that a call of them runs; made on first need. */
  readonly runs: () => readonly { readonly name: string; readonly runs: ReadonlySet<FunctionNode> }[];
}

/** The scope of a class with its teardowns. */
export function scopeOf(owner: Owner, ends: readonly Teardown[], engine: Engine): Scope {
  const construction = lazily(() => constructionOf(owner, engine));
  return { owner, engine, ends, construction, runs: lazily(() => runsOf(owner, engine)) };
}

/** When does a node of the class run: while an instance is made, or in some methods that others call? */
export function openedIn(node: ts.Node, scope: Scope): 'construction' | readonly string[] | undefined {
  const fn = enclosingFunction(node);
  if (!fn || (isClassNode(scope.owner.node) && !isWithin(fn, scope.owner.node))) return 'construction';
  if (scope.construction().has(fn)) return 'construction';
  const names = scope
    .runs()
    .filter(({ runs }) => runs.has(fn))
    .map(({ name }) => name);
  return names.length === 0 ? undefined : names;
}

/** What a method of the base opens is open as soon as this class calls the method. */
export function openedByHeir(holding: Holding, scope: Scope): readonly Holding[] {
  const { opens: methods, ...rest } = holding;
  if (!methods) return [holding];
  const names = new Set(methods);
  let atOnce = false;
  visitNodes(scope.owner.node, calls, (node) => {
    if (!ts.isCallExpression(node) || atOnce) return !atOnce;
    const callee = unwrap(node.expression);
    if (!ts.isPropertyAccessExpression(callee) || !methods.includes(callee.name.text)) return undefined;
    const { kind } = unwrap(callee.expression);
    if (kind !== ts.SyntaxKind.ThisKeyword && kind !== ts.SyntaxKind.SuperKeyword) return undefined;
    const when = openedIn(node, scope);
    if (when === 'construction') atOnce = true;
    else for (const name of when ?? []) names.add(name);
    return undefined;
  });
  return [atOnce ? rest : { ...holding, opens: [...names] }];
}

function runsOf(owner: Owner, engine: Engine): ReturnType<Scope['runs']> {
  return [...owner.members.values()]
    .filter(({ name, isStatic, functions }) => !isStatic && functions.length > 0 && !isTeardown(name))
    .map(({ name, functions }) => ({ name, runs: runBy(functions, engine) }));
}

/** Where the class calls one of the methods that open what its field keeps. */
export function startedIn(
  place: Place | undefined,
  methods: readonly string[],
  scope: Scope,
): ReturnType<typeof openedIn> {
  let found: string[] | undefined;
  for (const use of place ? scope.engine.uses.reads(place.key) : []) {
    const up = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(up) || !methods.includes(up.name.text) || !ts.isCallExpression(up.parent))
      continue;
    const opens = openedIn(up, scope);
    if (opens === 'construction') return opens;
    if (opens) found = [...(found ?? []), ...opens];
  }
  return found && [...new Set(found)];
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
