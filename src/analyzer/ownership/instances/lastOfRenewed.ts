/**
 * `this.sub?.unsubscribe(); this.sub = stream.subscribe(…)`: whoever ends the old one before each new one knows that they
 * have to end, and a teardown that does not come to the field leaves the last one open.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Member, Owner } from '../../program/members';
import { textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  enclosingFunction,
  isWithinAny,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { makesForContainer } from '../../words/components';
import { endsRegistration } from '../../words/releases';
import { goesOn } from '../../words/starts';
import { isWholeTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { type Ending, endingsAt, endingsOf } from '../values/endings';
import { isOfUnseenBase } from './bases';
import { leavesIt } from './forgottenInstances';
import { isLook } from './partUses';
import { reachedBy, type Teardown } from './teardowns';
import { isStore } from './wantsEnd';

/** A field that is renewed: where the old one is ended, and the new one made. */
interface Renewal {
  readonly ending: Ending;
  readonly made: CallLike;
}

/**
 * The finding for a field of which only the last value is left open; undefined when the teardown ends it, others have it, or
 * it is ended on some occasion of its own, before which the teardown may always be called.
 * @param last the teardown that is told
 * @param kindOf the kind that is reported
 */
export function judgeLastOfRenewed(
  owner: Owner,
  member: Member,
  last: Teardown,
  ends: readonly Teardown[],
  engine: Engine,
  kinds: readonly ResourceKind[],
  kindOf: (made: CallLike) => string,
): Draft | undefined {
  const place = engine.program.places.ofMember(owner, member.name);
  const [written] = last.functions;
  if (member.isStatic || member.parameter || !written || isOfUnseenBase(owner, member.name, engine)) return undefined;
  const endings = endingsAt(place.key, engine, kinds);
  const renewals = endings.map((ending) => renewalAt(ending, member));
  const [first] = renewals;
  if (!first || renewals.includes(undefined) || !endings.every(isEnd) || mayEndItself(first)) return undefined;
  if (!endsAnother(ends, endings, engine, kinds) || !leavesIt(place, ends, [first.ending.name], engine))
    return undefined;
  if (!isOwn(engine.uses.reads(place.key))) return undefined;
  // `source.onDid(handler, this, this.disposables)` is put into the store as well.
  if (first.made.arguments?.slice(1).some(isStore)) return undefined;
  const frequency = engine.frequency.of(first.made);
  if (frequency.level === 'once') return undefined;
  const held = `\`${textOf(place)}\``;
  return {
    kind: kindOf(first.made),
    mechanism: 'no-release-on-dispose',
    // At most the last one.
    severity: 'low',
    confidence: 'medium',
    message: `The last one in ${held} is never ended: each is ended before the next (line ${lineOf(first.ending.site)}), but \`${last.name}\` (line ${lineOf(written)}) leaves it.`,
    advice: `End it in \`${last.name}\` too.`,
    node: first.made,
    trail: [
      { role: 'acquired', message: 'Made here', range: rangeOf(first.made) },
      { role: 'release', message: 'The one before is ended here', range: rangeOf(first.ending.site) },
      {
        role: 'forgotten',
        message: `\`${last.name}\` ends without it`,
        range: rangeOf(written.name ?? written),
      },
      frequencyStep(frequency, first.made),
    ],
  };
}

/** The field gets a new value in the function that ends the old one, afterwards. */
function renewalAt(ending: Ending, { values }: Member): Renewal | undefined {
  const fn = enclosingFunction(ending.site);
  if (!fn) return undefined;
  for (const { value, node } of values) {
    const made = value && madeIn(value);
    if (made && node.pos > ending.site.pos && enclosingFunction(node) === fn) return { ending, made };
  }
  return undefined;
}

function madeIn(value: ts.Expression): CallLike | undefined {
  let made = unwrap(value);
  while (ts.isAwaitExpression(made)) made = unwrap(made.expression);
  return ts.isCallExpression(made) || ts.isNewExpression(made) ? made : undefined;
}

/**
 * A function that ends what was begun may stand for one frame or one request, unless its name says that it goes on; what a
 * method gives to subscribe to may end after one value; a part that a container was told to make ends with the container.
 */
export function mayEndItself({ ending, made }: Renewal): boolean {
  const callee = unwrap(made.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  if (makesForContainer(name)) return true;
  if (ending.by === 'itself' && !goesOn(name)) return true;
  return goesOn(name) && ts.isPropertyAccessExpression(callee) && ts.isCallExpression(unwrap(callee.expression));
}

/** Words that end for good: what is cancelled, aborted or cleared mostly ends by itself soon. */
function isEnd({ by, name }: Ending): boolean {
  return by === 'itself' || (by === 'method' && (isWholeTeardown(name) || endsRegistration(name)));
}

/** Does the teardown end anything else? Then it is the place for this, too. */
export function endsAnother(
  ends: readonly Teardown[],
  own: readonly Ending[],
  engine: Engine,
  kinds: readonly ResourceKind[],
): boolean {
  const reached = reachedBy(ends, engine);
  return endingsOf(engine, kinds).some((ending) => !own.includes(ending) && isWithinAny(ending.site, reached));
}

/** Only asked for, looked into, or called: nobody else has it. */
function isOwn(uses: readonly ts.Expression[]): boolean {
  return uses.every((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    return (
      isLook(up, outer) ||
      (ts.isPropertyAccessExpression(up) && up.expression === outer) ||
      (ts.isCallExpression(up) && up.expression === outer)
    );
  });
}
