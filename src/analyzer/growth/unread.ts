/** Collections that nobody reads: what is put in is of no use, however much of it there is. */

import type { Engine } from '../engine';
import { fatesOf } from '../ownership/values/fate';
import { isComponentFile } from '../syntax/singleFile';
import {
  enclosingFunction,
  hasModifier,
  isClassNode,
  isFunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { asksForEntry, counts } from '../words/collections';
import type { Collection } from './collections';
import type { Container } from './containers';

/** Whatever is put in, nobody ever looks at it, and nobody else can: only insertions name it, and questions of how many there are. */
export function isWriteOnly({ container, changes }: Collection, engine: Engine): boolean {
  const { insertions, resets } = changes;
  const uses = engine.uses.reads(container.place.key);
  // A function that is given it looks at it under another name.
  if (uses.some((use) => fatesOf(use, engine.program).some(({ kind }) => kind === 'passed'))) return false;
  const sites = new Set(insertions.map(({ node }) => enclosingFunction(node)));
  const reads = uses.filter((use) => !isCount(use) && !isAskedWhether(use) && !isSearchForFreeKey(use, sites));
  if (resets.length > 0 || reads.length > insertions.length) return false;
  // The markup beside the scripts may show it.
  return !container.exported && isHidden(container) && !isComponentFile(engine.program.path);
}

/** Does the file only ever ask how many there are? Then they are meant to be different ones. */
export function isOnlyCounted({ container }: Collection, engine: Engine): boolean {
  return engine.uses.reads(container.place.key).some((use) => isCount(use));
}

/** `seen.size`: a number, whatever it is used for. */
function isCount(use: ts.Expression): boolean {
  const access = wrapped(use).parent;
  return (
    ts.isPropertyAccessExpression(access) &&
    access.expression === wrapped(use) &&
    counts(access.name.text) &&
    !ts.isBinaryExpression(wrapped(access).parent) &&
    !ts.isElementAccessExpression(wrapped(access).parent)
  );
}

/** `if (!this.items) this.items = [];`: whether it is there at all. */
function isAskedWhether(use: ts.Expression): boolean {
  const up = wrapped(use).parent;
  return ts.isPrefixUnaryExpression(up) && up.operator === ts.SyntaxKind.ExclamationToken;
}

/** `while (table[id]) id = next();`, where one is put in afterwards: to be unlike the others is all that is asked of them. */
function isSearchForFreeKey(use: ts.Expression, sites: ReadonlySet<ts.Node | undefined>): boolean {
  for (let at: ts.Node = use; at.parent && !isFunctionNode(at.parent); at = at.parent) {
    const up = at.parent;
    if ((ts.isWhileStatement(up) || ts.isDoStatement(up)) && up.expression === at)
      return isAskedFor(use) && sites.has(enclosingFunction(up)) && !isWithin(use, up.statement);
    if (ts.isStatement(at)) return false;
  }
  return false;
}

/** `table[id]`, `table.has(id)`. */
function isAskedFor(use: ts.Expression): boolean {
  const access = wrapped(use).parent;
  if (ts.isElementAccessExpression(access)) return access.expression === wrapped(use) && isCondition(access);
  return (
    ts.isPropertyAccessExpression(access) &&
    asksForEntry(access.name.text) &&
    ts.isCallExpression(access.parent) &&
    isCondition(access.parent)
  );
}

function isCondition(node: ts.Expression): boolean {
  const up = wrapped(node).parent;
  return (
    ts.isWhileStatement(up) ||
    ts.isDoStatement(up) ||
    (ts.isBinaryExpression(up) && unwrap(up) === up && ts.isWhileStatement(up.parent))
  );
}

/** Nobody outside of the file can name it: a module variable, or a private field. */
function isHidden({ holder, name, place, owner }: Container): boolean {
  if (holder !== 'instance') return holder === 'module';
  if (name.includes('#')) return true;
  const [field] = place.path;
  return (
    owner !== undefined &&
    isClassNode(owner.node) &&
    place.path.length === 1 &&
    owner.node.members.some(
      (member) =>
        ts.isPropertyDeclaration(member) &&
        propertyNameText(member.name) === field &&
        hasModifier(member, ts.SyntaxKind.PrivateKeyword),
    )
  );
}
