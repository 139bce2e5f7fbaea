/**
 * What would end a subscription is kept in a field that nobody ever reads: whoever kept it knew that it has to be ended.
 * Judged on receivers of any type, where they are shared or given and the owner has a life of its own.
 */

import { sameName } from '../../acquiring/apiNames';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Member, Owner } from '../../program/members';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { hasModifier, isClassNode, propertyNameText, rangeOf, ts, unwrap, walk } from '../../syntax/syntax';
import { mountHooks, teardownHooks } from '../../words/hooks';
import { frequencyStep, wholeTeardownOf } from '../assess';
import { holdsInstance } from './bindings';
import { isForeign } from './foreign';
import { endingWithOwner, isOfGivenPart } from './givenParts';
import { endingNames, sourceOf } from './streamEnds';

const keptKinds = kindsWith(({ kept }) => kept);

/** Findings for subscriptions whose end is kept for nothing. */
export function findKeptUnread(
  engine: Engine,
  kinds: readonly ResourceKind[],
  isJudged: (node: ts.Node) => boolean,
): readonly Draft[] {
  const [kind] = keptKinds(kinds);
  if (!kind || !engine.look.hasWord(kind)) return [];
  const ending = endingNames(kinds);
  const given = endingWithOwner(kinds);
  const drafts: Draft[] = [];
  for (const owner of engine.program.members.owners) {
    if (owner.kind !== 'class') continue;
    let insight: Insight | undefined;
    const isInternal = (member: Member): boolean => {
      insight ??= insightInto(owner);
      return isHidden(member, insight);
    };
    for (const member of owner.members.values()) {
      const call = keptIn(member, owner, kind, isInternal, engine);
      if (!call || isJudged(call) || endsItself(call, ending) || isOfGivenPart(call, given, engine)) continue;
      if (engine.frequency.instancesOf(owner) === 'single') break;
      const frequency = engine.frequency.of(call);
      const { level } = frequency;
      if (level !== 'instance' && level !== 'mount') continue;
      if (!isReadNowhere(member, owner, engine)) continue;
      const teardown = wholeTeardownOf(owner, call);
      drafts.push({
        kind: kind.id,
        mechanism: 'no-release-on-dispose',
        severity: kind.severity,
        confidence: 'medium',
        message: `The ${kind.noun} is never ${kind.participle ?? 'released'}: \`this.${member.name}\` keeps what would end it, and nothing reads it.`,
        advice: `End it in ${teardown ? `\`${teardown.name}\`` : 'the teardown'} with \`this.${member.name}\`.`,
        node: call,
        trail: [
          { role: 'acquired', message: `The ${kind.noun} begins here`, range: rangeOf(call) },
          frequencyStep(frequency, call),
        ],
      });
    }
  }
  return drafts;
}

/** The one call that the field is given: a handler of the instance, handed to somebody else's object. */
function keptIn(
  member: Member,
  owner: Owner,
  kind: ResourceKind,
  isInternal: (member: Member) => boolean,
  engine: Engine,
): ts.CallExpression | undefined {
  if (member.isStatic || member.parameter || member.functions.length > 0) return undefined;
  const calls = member.values.flatMap(({ value }) => {
    const given = value && unwrap(value);
    return given && ts.isCallExpression(given) ? [given] : [];
  });
  const [call] = calls;
  const callee = call && unwrap(call.expression);
  if (!call || calls.length > 1 || !callee || !ts.isPropertyAccessExpression(callee)) return undefined;
  if (!kind.kept?.some((method) => sameName(callee.name.text, method)) || !isInternal(member)) return undefined;
  if (!call.arguments.some((argument) => holdsInstance(argument, owner, engine))) return undefined;
  return isForeign(sourceOf(callee.expression), owner, engine) ? call : undefined;
}

/** Does a step of the stream end it? What a method gives may end too, after one value. */
function endsItself(call: ts.CallExpression, ending: ReadonlySet<string>): boolean {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return true;
  let ends = false;
  walk(callee.expression, (inner) => {
    if (ts.isCallExpression(inner) && ending.has(inner.expression.getText())) ends = true;
    return !ends;
  });
  return ends || (callee.name.text === 'subscribe' && ts.isCallExpression(sourceOf(callee.expression)));
}

/** What tells of a class which of its fields others hardly read. */
interface Insight {
  readonly isComponent: boolean;
  readonly isEnded: boolean;
  readonly privates: ReadonlySet<string>;
}

function insightInto(owner: Owner): Insight {
  const declared = isClassNode(owner.node) ? owner.node.members : [];
  return {
    isComponent: [...owner.members.keys()].some((name) => teardownHooks.has(name) || mountHooks.has(name)),
    isEnded: wholeTeardownOf(owner) !== undefined,
    privates: new Set(
      declared.flatMap((one) => {
        const isPrivate = ts.isPropertyDeclaration(one) && hasModifier(one, ts.SyntaxKind.PrivateKeyword);
        return (isPrivate && propertyNameText(one.name)) || [];
      }),
    ),
  };
}

/** Private by word or name, or a field of a component, which nobody has. */
function isHidden({ name }: Member, { isComponent, isEnded, privates }: Insight): boolean {
  return isComponent || (isEnded && (/^[_#]/.test(name) || privates.has(name)));
}

/** How many names and texts of the file have each word. */
function mentions({ program }: Engine): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  walk(program.sourceFile, (node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node))
      for (const word of new Set(node.text.split(/\W/))) found.set(word, (found.get(word) ?? 0) + 1);
    return undefined;
  });
  return found;
}

/** Is the name nowhere in the file but where the field is declared and given its value? */
function isReadNowhere({ name, values }: Member, owner: Owner, engine: Engine): boolean {
  if (engine.uses.reads(engine.program.places.ofMember(owner, name).key).length > 0) return false;
  const named = engine.once(mentions).get(name.replace('#', '')) ?? 0;
  const isDeclared =
    isClassNode(owner.node) &&
    owner.node.members.some((one) => ts.isPropertyDeclaration(one) && propertyNameText(one.name) === name);
  const written = values.filter(({ node }) => !ts.isPropertyDeclaration(node)).length;
  return named <= written + (isDeclared ? 1 : 0);
}
