/**
 * Helpers that add a handler with the options of their caller, and remove it without: what a caller asks to be told of while it
 * comes down (`capture`) is not removed.
 */

import type { Engine } from '../../engine';
import { parameterOf } from '../../facts/parameters';
import type { Draft } from '../../findings/draft';
import { argumentsFor } from '../../growth/keys';
import { methodCalls } from '../../program/methodCalls';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import type { Identity } from '../../resources/releaseForms';
import { lineOf, rangeOf, ts } from '../../syntax/syntax';
import { releasesItself } from '../registrations/endingOptions';
import { captureOf } from '../registrations/removals';

/** A call that adds or removes a handler in one of two phases. */
interface Phased {
  readonly call: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly identity: Identity;
}

const capturingKinds = kindsWith(({ acquire }) =>
  acquire.some((form) => form.form === 'registration' && form.identity.capture !== undefined),
);

/** Findings at what is added with options that the removal does not have. */
export function findGivenCapture(
  engine: Engine,
  kinds: readonly ResourceKind[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const kind of capturingKinds(kinds)) {
    if (!engine.look.hasWord(kind)) continue;
    const added = kind.acquire.flatMap((form) =>
      form.form === 'registration' && form.identity.capture !== undefined
        ? phased(form.method, form.identity, engine)
        : [],
    );
    if (added.length === 0) continue;
    const removed = kind.release.flatMap((form) =>
      form.form === 'removal' ? phased(form.method, form.identity, engine) : [],
    );
    for (const one of added) {
      const draft = told.has(one.call) ? undefined : judge(one, removed, kind, engine);
      if (draft) drafts.push(draft);
      told.add(one.call);
    }
  }
  return drafts;
}

function judge(added: Phased, removed: readonly Phased[], kind: ResourceKind, engine: Engine): Draft | undefined {
  const options = optionsOf(added);
  const declaration = options && parameterOf(options, engine);
  if (!declaration) return undefined;
  const same = removed.filter((removal) => isOfSame(added, removal, engine));
  const [removal] = same;
  if (!removal) return undefined;
  const flags = new Set(same.map((one) => captureOf(optionsOf(one), engine)));
  const [flag] = flags;
  if (flags.size !== 1 || flag === undefined) return undefined;
  const other = argumentsFor(declaration, engine).find(
    (given) => given !== undefined && captureOf(given, engine) === !flag && !releasesItself(given, engine),
  );
  if (!other) return undefined;
  return {
    kind: kind.id,
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener is added with the \`${declaration.name}\` of the caller, and removed on line ${lineOf(removal.call)} without: what line ${lineOf(other)} adds with capture ${String(!flag)} stays.`,
    advice: 'Pass the same options to both calls.',
    node: added.call,
    trail: [
      { role: 'acquired', message: `Added with capture ${String(!flag)} for this caller`, range: rangeOf(other) },
      { role: 'release', message: `Removed with capture ${String(flag)}`, range: rangeOf(removal.call) },
    ],
  };
}

function phased(methods: readonly string[], identity: Identity, engine: Engine): readonly Phased[] {
  return methodCalls(engine.program, new Set(methods)).map(({ call, receiver }) => ({ call, receiver, identity }));
}

function optionsOf({ call, identity }: Phased): ts.Expression | undefined {
  return identity.capture === undefined ? undefined : call.arguments[identity.capture];
}

/** Receiver, event and handler are the same values: also what the function around both was given. */
function isOfSame(added: Phased, removal: Phased, engine: Engine): boolean {
  const same = (a: ts.Expression | undefined, b: ts.Expression | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    (engine.program.places.same(a, b) || (ts.isStringLiteralLike(a) && a.getText() === b.getText()));
  const at = (one: Phased, index: number | undefined): ts.Expression | undefined =>
    index === undefined ? undefined : one.call.arguments[index];
  return (
    same(added.receiver, removal.receiver) &&
    same(at(added, added.identity.event), at(removal, removal.identity.event)) &&
    same(at(added, added.identity.handler), at(removal, removal.identity.handler))
  );
}
