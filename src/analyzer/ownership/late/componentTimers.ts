/**
 * `setTimeout(() => this.setState({ open: false }), 600)` in a component of a class: nothing clears it when the component goes,
 * and it then changes the state of what is gone.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { enclosingFunction, type FunctionNode, isWithin, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { stateSetter } from '../../words/components';
import { teardownHooks } from '../../words/hooks';
import { type Fate, fatesOf } from '../values/fate';
import { isClassComponent } from '../values/states';
import { releaseSites } from './releaseSites';

/** The finding for a timer that an event of a component arms, and that no end of the component clears; undefined when unsure. */
export function judgeComponentTimer(
  acquisition: Acquisition,
  kind: string | undefined,
  callback: FunctionNode,
  engine: Engine,
): Draft | undefined {
  const { node, result } = acquisition;
  const { noun } = acquisition.kind;
  const owner = engine.program.members.ownerAt(node);
  if (!kind || !result || !owner || !isClassComponent(owner)) return undefined;
  if (engine.frequency.instancesOf(owner) === 'single') return undefined;
  const [fate, ...others] = fatesOf(result, engine.program);
  if (!fate || others.length > 0) return undefined;
  const left =
    fate.kind === 'dropped' && changesState(callback, owner, engine)
      ? 'its handle is dropped'
      : whyKeptInVain(acquisition, fate, owner, callback, engine);
  if (left === undefined) return undefined;
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    severity: 'low',
    confidence: 'medium',
    message: `This ${noun} may still be armed when the component ${ownerText(owner.name)} goes, and then runs on what is gone: ${left}.`,
    advice: 'Keep its handle, and clear it when the component is unmounted.',
    node,
    trail: [{ role: 'acquired', message: `The ${noun} is armed here`, range: rangeOf(node) }],
  };
}

/** Does it change the component's state at once, not only after another wait? */
function changesState(callback: FunctionNode, owner: Owner, engine: Engine): boolean {
  return nodesIn(callback, calls).some((call) => {
    const callee = unwrap(call.expression);
    if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== stateSetter) return false;
    const root = engine.program.places.of(callee.expression)?.root;
    return root?.kind === 'owner' && root.owner === owner && enclosingFunction(call) === callback;
  });
}

/** Who clears it when somebody closes the component, and has no hook for its end, forgets all other ways in which it goes. */
function whyKeptInVain(
  { kind, node }: Acquisition,
  fate: Fate,
  owner: Owner,
  callback: FunctionNode,
  engine: Engine,
): string | undefined {
  if (fate.kind !== 'stored' || fate.place.root.kind !== 'owner' || fate.place.root.owner !== owner) return undefined;
  if (fate.place.path.length !== 1 || [...owner.members.keys()].some((name) => teardownHooks.has(name)))
    return undefined;
  const sites = releaseSites(fate.place, kind, engine);
  const arming = enclosingFunction(node);
  const cleared = sites.find((site) => !isWithin(site, callback) && enclosingFunction(site) !== arming);
  const uses = engine.uses.reads(fate.place.key);
  const isSeen = uses.every((use) => isWithin(use, owner.node));
  return cleared && isSeen && owner.members.get(fate.place.path[0] ?? '')?.isStatic !== true
    ? 'it is cleared on other occasions, and nothing runs at the end of the component'
    : undefined;
}
