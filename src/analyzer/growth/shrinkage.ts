/** Do entries leave a collection, other than all together at the end of the owner or when somebody says so? */
import type { Engine } from '../engine';
import { isInCatch } from '../program/tryStatements';
import { blockAround, enclosingFunction, isAssignment, isWithin, outermostFunction, ts } from '../syntax/syntax';
import { isWholeTeardown } from '../words/teardowns';
import { nameOf } from './assignedNames';
import type { Changes, Removal } from './changes';
import { type Collection, isInWholeTeardown, textOf } from './collections';
import { isFresh } from './containers';
import { functionName } from './holders';
import { endedNoun, isClearing } from './words';

/** Entries leave, other than all together at the end of the owner or when somebody says so. */
export function isShrunk({ container, changes }: Collection, engine: Engine): boolean {
  const ofOwner = (node: ts.Node): boolean => {
    const fn = outermostFunction(node);
    return (
      container.holder === 'instance' &&
      fn !== undefined &&
      isWholeTeardown(functionName(fn)) &&
      isInWholeTeardown(node)
    );
  };
  const adders = changes.insertions.map(({ node }) => enclosingFunction(node));
  return (
    changes.removals.some((removal) => !ofOwner(removal.node) && !isTakenBack(removal, changes)) ||
    changes.resets.some((node) => {
      const fn = enclosingFunction(node);
      // Given what is left of it.
      if (ts.isBinaryExpression(node) && !isFresh(node.right)) return true;
      if (ofOwner(node)) return false;
      // `this.items = remaining`
      if (isAssignment(node) && !isFresh(node.right) && !ts.isNumericLiteral(node.right)) return true;
      // `off()` without a listener empties all.
      const isWhole = fn && (isClearing(nameOf(fn)) || endedNoun(nameOf(fn)) !== undefined);
      // What is gone through and emptied is served.
      const isDrained = engine.uses.reads(container.place.key).some((use) => enclosingFunction(use) === fn);
      return !isWhole || adders.includes(fn) || (isDrained && /^_*(?:init|start|setup)/.test(nameOf(fn)));
    })
  );
}

/** Put in again right after, or taken out where putting it in has failed. */
function isTakenBack({ node, key }: Removal, { insertions }: Changes): boolean {
  const fn = enclosingFunction(node);
  return insertions.some((insertion) => {
    if (!key || !insertion.key || enclosingFunction(insertion.node) !== fn || textOf(insertion.key) !== textOf(key))
      return false;
    return isInCatch(node) || (insertion.node.pos > node.pos && isWithin(insertion.node, blockAround(node)));
  });
}
