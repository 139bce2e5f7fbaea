/**
 * `for await (const sample of samples()) { if (this.stopped) return; …; sample.close(); }`: what a loop is given to work with, one
 * after the other, and closes itself, but not on an early way out of the round.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { fileRoleOf } from '../fileRole';
import { select, visitNodes } from '../nodeIndex';
import { frequencyStep } from '../ownership/assess';
import { kindsWith } from '../resources/kindsWith';
import type { ResourceKind } from '../resources/model';
import type { Declaration } from '../scopes';
import {
  enclosingFunction,
  isFunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import { findHandleUses } from './handleUses';
import type { Effect } from './useFacts';

const loops = select<ts.IterationStatement>(
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.ForStatement,
);

/** What a round is given, and the statements that follow. */
interface Round {
  readonly item: Declaration;
  readonly given: ts.Node;
  readonly statements: readonly ts.Statement[];
}

const conventionKinds = kindsWith(({ acquire }) => acquire.some(({ form }) => form === 'convention'));

/** Findings for what a loop that waits for each item leaves open on an early way out. */
export function findLoopItems(engine: Engine, kinds: readonly ResourceKind[]): readonly Draft[] {
  const [kind] = conventionKinds(kinds);
  if (!kind || fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const drafts: Draft[] = [];
  visitNodes(engine.program.sourceFile, loops, (loop) => {
    const body = loop.statement;
    const round = ts.isBlock(body) ? roundOf(loop, statementsOf(body), engine) : undefined;
    if (!round || engine.frequency.of(loop).level === 'once') return undefined;
    const { item, given, statements } = round;
    const effects = effectsOn(item, loop, kind, engine);
    const close = statements.find((statement) => isEnd(statement, effects));
    const exit = close && isAlone(close, effects) ? exitOf(statements, close, item) : undefined;
    if (!close || !exit) return undefined;
    drafts.push({
      kind: kind.id,
      mechanism: 'error-or-early-exit-path',
      severity: 'low',
      confidence: 'medium',
      message: `The ${kind.noun} \`${item.name}\` stays open when the round is left on line ${lineOf(exit)}: only the other way comes to line ${lineOf(close)}, where it is ended.`,
      advice: 'End it before each way out, or in `finally`.',
      node: given,
      trail: [
        { role: 'acquired', message: 'Given to the round here', range: rangeOf(given) },
        { role: 'exit', message: 'Left open here', range: rangeOf(exit) },
        { role: 'release', message: 'Ended on the other way', range: rangeOf(close) },
        frequencyStep(engine.frequency.of(loop), loop),
      ],
    });
    return undefined;
  });
  return drafts;
}

/** What each round of a loop is given that waits for it. */
function roundOf(loop: ts.IterationStatement, statements: readonly ts.Statement[], engine: Engine): Round | undefined {
  if (ts.isForOfStatement(loop)) {
    const item = itemOf(loop, engine);
    return item && { item, given: loop.initializer, statements };
  }
  for (const [index, statement] of statements.entries()) {
    const read = ts.isVariableStatement(statement) ? readIn(statement, engine) : undefined;
    if (read) return { ...read, statements: statements.slice(index + 1).filter((one) => !asksFor(one, read.done)) };
  }
  return undefined;
}

/** `const { value: frame, done } = await reader.read();` */
function readIn(
  statement: ts.VariableStatement,
  { program: { callees, scopes } }: Engine,
): (Pick<Round, 'item' | 'given'> & { readonly done: Declaration }) | undefined {
  const [only, ...others] = statement.declarationList.declarations;
  const waited = only?.initializer && unwrap(only.initializer);
  const call = waited && ts.isAwaitExpression(waited) ? unwrap(waited.expression) : undefined;
  if (!only || others.length > 0 || !ts.isObjectBindingPattern(only.name)) return undefined;
  if (!call || !ts.isCallExpression(call) || callees.of(call).length > 0) return undefined;
  const taken = (member: string): Declaration | undefined => {
    if (!ts.isObjectBindingPattern(only.name)) return undefined;
    const element = only.name.elements.find(
      ({ name, propertyName, initializer }) =>
        !initializer && ts.isIdentifier(name) && propertyNameText(propertyName ?? name) === member,
    );
    return element && scopes.declarationOf(element);
  };
  const [item, done] = [taken('value'), taken('done')];
  return item && done ? { item, done, given: only.name } : undefined;
}

function asksFor(statement: ts.Statement, done: Declaration): boolean {
  return ts.isIfStatement(statement) && done.references.some((use) => isWithin(use, statement.expression));
}

/** What an iteration that is waited for gives: made for this loop. */
function itemOf(loop: ts.ForOfStatement, { program }: Engine): Declaration | undefined {
  if (!loop.awaitModifier || !ts.isVariableDeclarationList(loop.initializer)) return undefined;
  // A list has them for others, too; a generator of the file may end them itself, and `using` does.
  const source = unwrap(loop.expression);
  if (!ts.isCallExpression(source) || program.callees.of(source).length > 0) return undefined;
  if ((loop.initializer.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) return undefined;
  const [only] = loop.initializer.declarations;
  return only && ts.isIdentifier(only.name) ? program.scopes.declarationOf(only) : undefined;
}

type Effects = readonly (readonly [ts.Node, Effect])[];

function effectsOn(item: Declaration, loop: ts.Node, kind: ResourceKind, engine: Engine): Effects {
  const body = enclosingFunction(loop) ?? engine.program.sourceFile;
  return [...(findHandleUses({ body, kind, parameter: item }, engine).effects.get(body) ?? [])];
}

/**
 * `sample.close();`, or a function of this file that does it: a statement, behind no condition. Also what follows a `try` in any
 * case.
 */
function isEnd(statement: ts.Statement, effects: Effects): boolean {
  if (ts.isTryStatement(statement))
    return statement.finallyBlock?.statements.some((one) => isEnd(one, effects)) === true;
  return (
    ts.isExpressionStatement(statement) &&
    effects.some(([at, effect]) => effect === 'released' && isWithin(at, statement))
  );
}

/** Nobody else has it: whoever is given it between a `try` and what ends it in any case has only worked with it. */
function isAlone(close: ts.Statement, effects: Effects): boolean {
  return effects.every(([at, effect]) => effect === 'released' || (ts.isTryStatement(close) && isWithin(at, close)));
}

/** The statements of a block, and of those that do nothing but hold some. */
function statementsOf(block: ts.Block): readonly ts.Statement[] {
  return block.statements.flatMap((one) => (ts.isBlock(one) ? statementsOf(one) : [one]));
}

/** A way out of the round before that, in a branch that has nothing to do with the item, which nobody else has by then. */
function exitOf(statements: readonly ts.Statement[], close: ts.Statement, item: Declaration): ts.Node | undefined {
  for (const statement of statements) {
    if (statement === close) return undefined;
    const isAsked = item.references.some((use) => isWithin(use, statement));
    const exit = isAsked ? undefined : leavingIn(statement);
    if (exit) return exit;
    if (item.references.some((use) => isWithin(use, statement) && !isRead(use))) return undefined;
  }
  return undefined;
}

/** `if (stopped) return;` */
function leavingIn(statement: ts.Statement): ts.Node | undefined {
  let found: ts.Node | undefined;
  if (ts.isIfStatement(statement))
    walk(statement, (inner) => {
      if (isFunctionNode(inner) || ts.isIterationStatement(inner, false) || ts.isSwitchStatement(inner)) return false;
      if (ts.isReturnStatement(inner) || ts.isBreakStatement(inner) || ts.isContinueStatement(inner)) found ??= inner;
      return !found;
    });
  return found;
}

/** A member is looked at. */
function isRead(use: ts.Expression): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  return (
    ts.isPropertyAccessExpression(up) &&
    up.expression === outer &&
    !(ts.isCallExpression(up.parent) && up.parent.expression === up)
  );
}
