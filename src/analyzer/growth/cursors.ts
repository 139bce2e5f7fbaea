/**
 * Queues that are read by a cursor which only goes on: `while (this.next < this.events.length) await send(this.events[this.next++])`.
 * Nobody comes back to what lies before it, and it stays.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { mayRepeat } from '../ownership/lifetime/frequency/frequency';
import { counts, givesPart, putsIntoList } from '../ownership/words/collections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import { type Collection, draftAt, isInWholeTeardown } from './collections';
import { renewalOf } from './renewals';
import { isShortLivedName } from './words';

/** The list whose cursor leaves behind what has been read. */
export function leftBehindCursor(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'array' || container.isPublic || isShortLivedName(container.owner?.name ?? ''))
    return undefined;
  if (![...changes.removals.map(({ node }) => node), ...changes.resets].every(isInWholeTeardown)) return undefined;
  const pushes = changes.insertions.filter(({ node }) => ts.isCallExpression(node) && putsIntoList(calledName(node)));
  if (pushes.length === 0) return undefined;
  const reads = readsOf(collection, engine);
  const [first] = reads ?? [];
  const cursor = first && cursorOf(first.from, engine);
  // A parser goes through what it has cut up at one go; a queue waits for each.
  if (!reads || !cursor || !first || !reads.some(({ at }) => isOfWork(at, engine))) return undefined;
  if (!reads.every(({ from }) => cursorOf(from, engine) === cursor) || !onlyGoesOn(cursor, engine)) return undefined;
  const insertion = pushes.find((one) => {
    const frequency = renewalOf(one, engine);
    return !frequency.isLooped && mayRepeat(frequency) && frequency.level !== 'instance';
  });
  if (!insertion) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/queue-not-drained',
    severity: 'medium',
    confidence: 'medium',
    message: `The list \`${container.name}\` keeps what has been read: the cursor \`${first.from.getText()}\` on line ${lineOf(first.at)} only goes on, and nothing takes out what lies before it.`,
    advice: 'Take out what has been read, and begin at the front again.',
    steps: [
      { role: 'shrinks', message: 'Reads from the cursor on, and leaves the list as it is', range: rangeOf(first.at) },
    ],
  });
}

interface Read {
  readonly at: ts.Expression;
  /** Where it begins. */
  readonly from: ts.Expression;
}

/** The places that give entries, if each begins somewhere: `list.slice(next, …)`, `list[next++]`; undefined for any other look. */
function readsOf({ container, changes }: Collection, engine: Engine): readonly Read[] | undefined {
  const found: Read[] = [];
  for (const use of engine.uses.reads(container.place.key)) {
    if (changes.insertions.some(({ node }) => isWithin(use, node)) || isInWholeTeardown(use)) continue;
    const outer = wrapped(use);
    const access = outer.parent;
    if (ts.isElementAccessExpression(access) && access.expression === outer) {
      found.push({ at: access, from: bare(access.argumentExpression) });
      continue;
    }
    if (!ts.isPropertyAccessExpression(access) || access.expression !== outer) return undefined;
    if (counts(access.name.text)) continue;
    const call = wrapped(access).parent;
    const [from] = ts.isCallExpression(call) && unwrap(call.expression) === access ? call.arguments : [];
    if (!from || !ts.isCallExpression(call) || !givesPart(access.name.text)) return undefined;
    found.push({ at: call, from: bare(from) });
  }
  return found;
}

/** `next` of `next++` */
function bare(index: ts.Expression): ts.Expression {
  const value = unwrap(index);
  return ts.isPostfixUnaryExpression(value) ? unwrap(value.operand) : value;
}

function cursorOf(from: ts.Expression, engine: Engine): string | undefined {
  return ts.isIdentifier(from) || ts.isPropertyAccessExpression(from) ? engine.program.places.of(from)?.key : undefined;
}

/** Begins at zero, and is only ever raised. */
function onlyGoesOn(cursor: string, engine: Engine): boolean {
  let isRaised = false;
  const areWrites = engine.uses.writes(cursor).every((write) => {
    if (!isAssignment(write)) return true;
    if (write.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) isRaised = true;
    else if (unwrap(write.right).getText() !== '0' || !isMade(write)) return false;
    return true;
  });
  for (const use of engine.uses.reads(cursor)) {
    const up = wrapped(use).parent;
    if (!ts.isPostfixUnaryExpression(up) && !ts.isPrefixUnaryExpression(up)) continue;
    if (up.operator === ts.SyntaxKind.PlusPlusToken) isRaised = true;
    else if (up.operator === ts.SyntaxKind.MinusMinusToken) return false;
  }
  return areWrites && isRaised;
}

function isMade(write: ts.Node): boolean {
  const fn = enclosingFunction(write);
  return !fn || ts.isConstructorDeclaration(fn);
}

/** In a function that waits for each, or that runs for events. */
function isOfWork(at: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(at);
  if (!fn) return false;
  const { level, isLooped = false } = engine.frequency.of(at);
  return (level === 'hot' && !isLooped) || waits(fn);
}

function waits(fn: FunctionNode): boolean {
  let found = false;
  walk(fn, (node) => {
    found ||= ts.isAwaitExpression(node) && enclosingFunction(node) === fn;
    return !found;
  });
  return found;
}
