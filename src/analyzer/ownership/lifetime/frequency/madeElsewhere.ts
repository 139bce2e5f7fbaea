/** Classes of which other files may have instances, and end them: by uses that do not say that there is one. */
import { exportNames } from '../../../program/exported';
import type { Owner } from '../../../program/members';
import { ts, wrapped } from '../../../syntax/syntax';
import type { Judge } from './judge';

/** Exported and used by somebody, or given to who asks for one; and not known to be made once. */
export function isMadeElsewhere(owner: Owner, judge: Judge): boolean {
  if (judge.countOf(owner).instances === 'single') return false;
  if (owner.declaration?.references.some(isGivenAway)) return true;
  const exported = judge.program.once(exportNames);
  const names = exported.get(owner.node) ?? exported.get(owner.declaration?.node ?? owner.node);
  return names !== undefined && judge.asked('unused', names) === undefined;
}

/** `return new Player();` */
function isGivenAway(use: ts.Expression): boolean {
  const made = wrapped(use).parent;
  if (!ts.isNewExpression(made)) return false;
  const outer = wrapped(made);
  return ts.isReturnStatement(outer.parent) || (ts.isArrowFunction(outer.parent) && outer.parent.body === outer);
}
