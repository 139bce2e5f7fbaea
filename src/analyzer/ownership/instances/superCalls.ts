/**
 * Teardowns that hide their base's: an override of `dispose` and the like that does not call `super`, though the base
 * releases something there.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Member, Owner } from '../../program/members';
import { releasingBases } from '../../resources/scopes';
import { visitNodes } from '../../syntax/nodeIndex';
import { accesses, calls, propertyAccesses } from '../../syntax/selections';
import { type FunctionNode, isClassNode, lineOf, propertyNameText, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { isTeardown, isWholeTeardown, superTeardowns } from '../../words/teardowns';
import { type BaseEnd, baseEndOf, doesWithout, isAbstract, passedOn } from './baseEnds';
import { factOfBase, localBaseOf, withBases } from './bases';
import { isExtending } from './teardowns';

/** Kind of these findings. */
export const missingSuperKind = 'listener/missing-super-dispose';

/** Findings for all classes of a file; what a base in another file releases is known from that file. */
export function findMissingSuper(engine: Engine): readonly Draft[] {
  return engine.program.members.owners.flatMap((owner) => {
    if (owner.kind !== 'class' || !owner.base) return [];
    const { base } = owner;
    return [...owner.members.values()].flatMap((member) => {
      const fn = overrideOf(owner, member);
      // Of a base that is seen, more names are ends.
      const isEnd =
        superTeardowns.has(member.name) || (isWholeTeardown(member.name) && localBaseOf(owner, engine) !== undefined);
      if (!fn || !isEnd || hasSuperCall(fn, member.name)) return [];
      const draft = judge(owner, member.name, fn, base, engine);
      return draft ? [draft] : [];
    });
  });
}

/** A teardown method in which a class releases something; what an override must know of it, where it is seen. */
export interface ReleasingTeardown {
  readonly name: string;
  readonly end?: BaseEnd;
}

/** The teardown methods of a class in which it, or a base whose method it does not override, releases something. */
export function releasingTeardowns(owner: Owner, engine: Engine): readonly ReleasingTeardown[] {
  const found = new Map<string, ReleasingTeardown>();
  const overridden = new Set<string>();
  const between: Owner[] = [];
  for (const at of withBases(owner, engine)) {
    for (const member of at.members.values()) {
      const { name } = member;
      if (!superTeardowns.has(name) || overridden.has(name)) continue;
      const [fn] = member.functions;
      if (!fn && !isAbstract(at, name)) continue;
      overridden.add(name);
      if (!fn || !member.functions.some(releasesSomething)) continue;
      const end = baseEndOf(at, fn, engine);
      const base = isExtending(at, name) ? factOfBase(at, engine)?.baseEnds?.[name] : undefined;
      const above = base ? { above: [...base.parts, ...(base.above ?? [])] } : {};
      found.set(name, { name, ...(end ? { end: { ...passedOn(end, between), ...above } } : {}) });
    }
    between.push(at);
    const base = factOfBase(at, engine);
    for (const name of base?.teardowns ?? []) {
      if (overridden.has(name)) continue;
      const end = base?.baseEnds?.[name];
      found.set(name, { name, ...(end ? { end: passedOn(end, between) } : {}) });
    }
  }
  return [...found.values()];
}

function overrideOf(owner: Owner, member: Member): ts.MethodDeclaration | undefined {
  const fn = member.functions.find((candidate) => candidate.parent === owner.node);
  return fn && ts.isMethodDeclaration(fn) && !member.isStatic && fn.body ? fn : undefined;
}

function judge(
  owner: Owner,
  name: string,
  fn: ts.MethodDeclaration,
  base: ts.Expression,
  engine: Engine,
): Draft | undefined {
  const value = unwrap(base);
  const local = localBaseOf(owner, engine);
  if (local) {
    const hidden = teardownInBases(local, name, engine);
    const end = hidden && baseEndOf(hidden.owner, hidden.fn, engine);
    if (!hidden || (end && doesWithout(owner, fn, passedOn(end, hidden.between), engine))) return undefined;
    return draft(fn, name, hidden.owner.name, hidden.fn, 'high');
  }
  const known = engine.program.origins.nameOf(value);
  if (!known?.module) return undefined;
  const library = releasingBases.find(
    ({ names, method, except }) =>
      method === name && engine.types.matches(known, names) && !except?.includes(known.module ?? ''),
  );
  if (library) return uses(owner, library.when) ? draft(fn, name, value.getText(), undefined, 'medium') : undefined;
  const fact = factOfBase(owner, engine);
  const end = fact?.baseEnds?.[name];
  if (!fact?.teardowns?.includes(name) || (end && doesWithout(owner, fn, end, engine))) return undefined;
  return draft(fn, name, value.getText(), undefined, 'medium');
}

function draft(
  fn: ts.MethodDeclaration,
  name: string,
  base: string,
  hidden: FunctionNode | undefined,
  confidence: Draft['confidence'],
): Draft {
  const where = hidden ? ` (line ${lineOf(hidden.name ?? hidden)})` : '';
  return {
    kind: missingSuperKind,
    mechanism: 'missing-super-or-registration',
    severity: 'medium',
    confidence,
    message: `\`${name}\` overrides that of \`${base}\`${where} without calling it: what \`${base}\` releases there stays.`,
    advice: `Call \`super.${name}()\`.`,
    node: fn.name,
    trail: [
      { role: 'forgotten', message: `\`${name}\` does not call \`super.${name}()\``, range: rangeOf(fn.name) },
      ...(hidden
        ? [{ role: 'release' as const, message: 'The release that is hidden', range: rangeOf(hidden.name ?? hidden) }]
        : []),
    ],
  };
}

/** The nearest base of this file whose teardown releases something; bases in between must not define it anew. */
function teardownInBases(
  owner: Owner,
  name: string,
  engine: Engine,
): { readonly owner: Owner; readonly fn: FunctionNode; readonly between: readonly Owner[] } | undefined {
  const between: Owner[] = [];
  for (const at of withBases(owner, engine)) {
    const member = at.members.get(name);
    const fn = member?.functions[0];
    if (fn) return releasesSomething(fn) ? { owner: at, fn, between } : undefined;
    if (isAbstract(at, name)) return undefined;
    between.push(at);
  }
  return undefined;
}

/** Calls something that by its name ends, removes or empties something; a body that only throws or logs does not. */
function releasesSomething(fn: FunctionNode): boolean {
  let found = false;
  if (fn.body)
    visitNodes(fn.body, calls, (node) => {
      const callee = unwrap(node.expression);
      const name = ts.isPropertyAccessExpression(callee)
        ? callee.name.text
        : ts.isIdentifier(callee)
          ? callee.text
          : undefined;
      if (name !== undefined && (isTeardown(name) || /^(?:next|complete|forEach)$/.test(name))) found = true;
      return !found;
    });
  return found;
}

function hasSuperCall(fn: FunctionNode, name: string): boolean {
  let found = false;
  visitNodes(fn, accesses, (node) => {
    if (
      (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) ||
      (ts.isElementAccessExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
    )
      found = true;
    // Base.prototype.dispose.call(this)
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === name &&
      /\.prototype$/.test(node.expression.getText())
    )
      found = true;
    return !found;
  });
  return found;
}

/** Does the class use what makes its base hold something? */
function uses(owner: Owner, members: readonly string[]): boolean {
  if (!isClassNode(owner.node)) return false;
  let found = false;
  visitNodes(owner.node, propertyAccesses, (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      members.includes(propertyNameText(node.name) ?? '')
    )
      found = true;
    return !found;
  });
  return found;
}
