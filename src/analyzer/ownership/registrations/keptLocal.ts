/**
 * `const sub = source.subscribe(show)` in an effect, or in a function that hands out a clean-up, where nothing ends `sub` and
 * nobody else has it: whoever kept it knew that it has to end, and the clean-up is where it would.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isEmptyValue } from '../../program/emptyValues';
import type { Declaration } from '../../program/scopes';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { continuations } from '../../words/callbacks';
import { endsHeld, takesFrom } from '../../words/releases';
import { goesOn as goesOnByName } from '../../words/starts';
import { observes } from '../../words/streams';
import { isTeardown } from '../../words/teardowns';
import { isLook } from '../instances/partUses';
import { rerunsOf } from '../lost/reassigned';
import { returnedBy } from '../values/returned';
import { goesOn, isObserving, keptDraft } from './keptLeft';
import { endingNames } from './streamEnds';

const keptKinds = kindsWith(({ kept }) => kept);

/** Findings for subscriptions in a variable that a clean-up does not end. */
export function findKeptLocal(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const [kind] = keptKinds(kinds);
  if (!kind) return [];
  const told = new Set(known.map(({ node }) => node));
  const kindOf = new Map<ts.Node, string>(acquisitions.map(({ node, kind: { id } }) => [node, id]));
  const ending = endingNames(kinds);
  const drafts: Draft[] = [];
  for (const declaration of engine.program.scopes.declarations) {
    const made = givenTo(declaration);
    if (!made || !(ts.isNewExpression(made) || ts.isCallExpression(made)) || told.has(made)) continue;
    if (!(ts.isNewExpression(made) ? observes(made.expression.getText()) : goesOn(made, undefined, ending, engine)))
      continue;
    const fn = enclosingFunction(made);
    const end = fn && endOf(fn, ts.isNewExpression(made), engine);
    if (!end || !declaration.references.every((use) => staysHere(use, made))) continue;
    if (ts.isNewExpression(made) && !declaration.references.some(isObserving)) continue;
    drafts.push(
      keptDraft(
        kindOf.get(made) ?? kind.id,
        made,
        `\`${declaration.name}\` is kept to be ended, and nothing ends it: ${end.text} leaves it going on.`,
        'End it in the clean-up.',
        end.node,
      ),
    );
  }
  return drafts;
}

/** The one value that a variable is given, where it is declared or later. */
function givenTo({ initializer, path, writes, kind }: Declaration): ts.Expression | undefined {
  if (kind === 'parameter' || kind === 'catch') return undefined;
  const first = path?.length === 0 && initializer && !isEmptyValue(unwrap(initializer)) ? initializer : undefined;
  // Most variables are given no other.
  if (writes.length === 0) return first && unwrap(first);
  const others = writes.filter(({ value }) => !value || !isEmptyValue(unwrap(value)));
  const [given] = others;
  if (others.length + (first ? 1 : 0) !== 1) return undefined;
  const value = first ?? given?.value;
  return value && unwrap(value);
}

interface End {
  readonly text: string;
  readonly node: ts.Node;
}

/** Where it would be ended: an effect that runs again, or the clean-up that the function gives back. */
function endOf(fn: FunctionNode, isObserver: boolean, engine: Engine): End | undefined {
  const hook = rerunsOf(fn);
  if (hook !== undefined) return { text: `each run of \`${hook}\``, node: fn };
  if (isObserver) return undefined;
  if (engine.frequency.ofFunction(fn).level === 'mount') return { text: 'each mount', node: fn };
  const cleanUp = returnedBy(fn).find((value) => isCleanUp(unwrap(value), engine));
  return cleanUp && { text: `the clean-up on line ${lineOf(cleanUp)}`, node: cleanUp };
}

function isCleanUp(value: ts.Expression, engine: Engine): boolean {
  if (ts.isObjectLiteralExpression(value))
    return value.properties.some(({ name }) => name && endsHeld(propertyNameText(name) ?? ''));
  return engine.program.callees
    .functionsOf(value)
    .some(({ parameters, body }) => parameters.length === 0 && body !== undefined && ts.isBlock(body));
}

/** `started.then((end) => end())`: whoever is given what a promise of it gives may end that. */
function isWaitedFor(use: ts.Expression): boolean {
  const access = use.parent;
  if (ts.isAwaitExpression(access)) return true;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== use || !continuations.has(access.name.text))
    return false;
  const call = wrapped(access).parent;
  const [given] = ts.isCallExpression(call) && call.expression === access ? call.arguments : [];
  const fn = given && unwrap(given);
  return fn !== undefined && !(isFunctionNode(fn) && fn.parameters.length === 0);
}

/** Looked at, or told something that does not end it. */
function staysHere(use: ts.Identifier, made: CallLike): boolean {
  if (isWithin(use, made)) return false;
  const outer = wrapped(use);
  const up = outer.parent;
  if (isLook(up, outer) || (isAssignment(up) && up.left === outer)) return true;
  if (isWaitedFor(outer)) return false;
  return (
    ts.isPropertyAccessExpression(up) &&
    up.expression === outer &&
    !isTeardown(up.name.text) &&
    !takesFrom(up.name.text) &&
    // What is subscribed to is no subscription.
    (ts.isNewExpression(made) || !goesOnByName(up.name.text)) &&
    ts.isCallExpression(up.parent) &&
    up.parent.expression === up &&
    !up.parent.arguments.some((argument) => ts.isIdentifier(unwrap(argument)) && up.name.text === 'add')
  );
}
