/**
 * `finish() { if (this.finished) return; this.finished = true; this.client.release(); }` and
 * `rollback() { this.finished = true; return this.client.query('rollback'); }`: the flag says that it has been ended, so that who
 * sets it without ending it keeps everybody else from doing so.
 */
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import { fileRoleOf } from '../../fileRole';
import type { Owner } from '../../members';
import { textOf } from '../../places';
import type { ResourceKind } from '../../resources/model';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isWithin,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  statementsOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax';
import { frequencyStep } from '../assess';
import { endingsAt, endingsOf } from '../values/endings';
import { unreachableKinds } from '../words/fallbackKinds';

/** A function that ends a field, once: the first statements ask for the flag and set it. */
interface Guarded {
  readonly owner: Owner;
  readonly fn: FunctionNode;
  readonly flag: string;
  readonly held: string;
}

/** Findings for flags of an end that are set by who does not end it. */
export function findSpentFlags(engine: Engine, kinds: readonly ResourceKind[]): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  return guardedEnds(engine, kinds).flatMap((guarded) => spentIn(guarded, engine, kinds) ?? []);
}

/** The functions of a class by which alone a field is ended, behind a flag that they set themselves. */
function guardedEnds(engine: Engine, kinds: readonly ResourceKind[]): readonly Guarded[] {
  const found: Guarded[] = [];
  for (const { site, target, family } of endingsOf(engine, kinds)) {
    const fn = family === 'handle' ? enclosingFunction(site) : undefined;
    const flag = fn && flagOf(fn, engine);
    if (!fn || flag === undefined) continue;
    const place = engine.program.places.of(unwrap(target));
    if (place?.root.kind !== 'owner' || place.path.length !== 1) continue;
    const { owner } = place.root;
    if (owner.kind !== 'class' || isGivenByAnybody(owner, place.path[0])) continue;
    if (endingsAt(place.key, engine, kinds).every((one) => enclosingFunction(one.site) === fn))
      found.push({ owner, fn, flag, held: place.key });
  }
  return found;
}

/** A parameter of a constructor that everybody may call: who has opened it may end it as well. */
function isGivenByAnybody({ members, construct }: Owner, field = ''): boolean {
  const isClosed =
    construct !== undefined &&
    (hasModifier(construct, ts.SyntaxKind.PrivateKeyword) || hasModifier(construct, ts.SyntaxKind.ProtectedKeyword));
  const member = members.get(field);
  const names = new Set(construct?.parameters.map(({ name }) => name.getText()));
  const isGiven = member?.values.some(({ value }) => value !== undefined && names.has(unwrap(value).getText()));
  return !isClosed && (member?.parameter !== undefined || isGiven === true);
}

/** `if (this.done) return; this.done = true;` at the beginning: the key of the flag. */
function flagOf({ body }: FunctionNode, engine: Engine): string | undefined {
  const [first, second] = statementsOf(body);
  if (!first || !ts.isIfStatement(first) || !leaves(first.thenStatement)) return undefined;
  const asked = engine.program.places.of(unwrap(first.expression));
  const set = second && setBy(second, engine);
  return asked?.root.kind === 'owner' && set === asked.key ? set : undefined;
}

function leaves(statement: ts.Statement): boolean {
  const [only, ...others] = ts.isBlock(statement) ? statementsOf(statement) : [statement];
  return only !== undefined && others.length === 0 && ts.isReturnStatement(only);
}

/** By a statement of its own, behind no condition. */
function isAlwaysSet(write: ts.BinaryExpression, { body }: FunctionNode): boolean {
  const statement = wrapped(write).parent;
  return statementsOf(body).some((one) => one === statement);
}

/** `this.done = true;`: the key of what is set. */
function setBy(statement: ts.Statement, engine: Engine): string | undefined {
  const value = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  return value && isAssignment(value) && unwrap(value.right).kind === ts.SyntaxKind.TrueKeyword
    ? engine.program.places.of(unwrap(value.left))?.key
    : undefined;
}

/** A method that sets the flag in any case, works with what the field holds, and neither ends nor gives it away. */
function spentIn(
  { owner, fn: ending, flag, held }: Guarded,
  engine: Engine,
  kinds: readonly ResourceKind[],
): Draft | undefined {
  const { callees, members } = engine.program;
  const writes = engine.uses.writes(flag);
  // A flag that is taken back is one of a state.
  if (writes.some((write) => unwrap(write.right).kind !== ts.SyntaxKind.TrueKeyword)) return undefined;
  for (const write of writes) {
    const fn = enclosingFunction(write);
    if (!fn || fn === ending || !ts.isMethodDeclaration(fn) || members.ownerAt(fn) !== owner) continue;
    if (!isAlwaysSet(write, fn) || callees.usesOf(fn).values.length > 0) continue;
    const reached = callees.reachedFrom(fn);
    const uses = engine.uses.reads(held).filter((use) => isWithinAny(use, reached) && !isWithin(use, ending));
    if (uses.length === 0 || !uses.every(isCalledOn)) continue;
    // Ended before the flag is set, by whoever asks for it.
    if (callees.usesOf(ending).calls.some((call) => isWithin(call, fn) && call.pos < write.pos)) continue;
    const [end] = endingsAt(held, engine, kinds);
    const place = engine.program.places.of(unwrap(end?.target ?? write.left));
    if (!end || !place) continue;
    const name = fn.name ? (propertyNameText(fn.name) ?? '') : '';
    return {
      kind: unreachableKinds.handle,
      mechanism: 'release-never-matches',
      severity: 'medium',
      confidence: 'medium',
      message: `\`${textOf(place)}\` is never ended after \`${name}\`: line ${lineOf(write)} sets the flag that says that it has been, and line ${lineOf(end.site)} ends it only where the flag is not set.`,
      advice: 'End it where the flag is set, and leave the flag to what ends it.',
      node: write,
      trail: [
        { role: 'held', message: 'Says here that it has been ended', range: rangeOf(write) },
        { role: 'release', message: 'Does nothing from then on', range: rangeOf(end.site) },
        frequencyStep(engine.frequency.ofFunction(fn), write),
      ],
    };
  }
  return undefined;
}

/** `this.client.query(…)` */
function isCalledOn(use: ts.Expression): boolean {
  const access = wrapped(use).parent;
  return (
    ts.isPropertyAccessExpression(access) && ts.isCallExpression(access.parent) && access.parent.expression === access
  );
}
