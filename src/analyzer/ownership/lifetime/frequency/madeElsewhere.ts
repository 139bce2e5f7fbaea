/** Classes of which other files may have instances, and end them: by uses that do not say that there is one. */
import { exportNames } from '../../../exported';
import type { Owner } from '../../../members';
import type { Judge } from './judge';

/** Exported, used by somebody, and not known to be made once. */
export function isMadeElsewhere(owner: Owner, judge: Judge): boolean {
  const exported = judge.program.once(exportNames);
  const names = exported.get(owner.node) ?? exported.get(owner.declaration?.node ?? owner.node);
  if (!names || judge.countOf(owner).instances === 'single') return false;
  return judge.asked('unused', names) === undefined;
}
