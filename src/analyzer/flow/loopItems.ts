/**
 * `for await (const sample of samples()) { if (this.stopped) return; …; sample.close(); }`: what a loop is given to work with, one
 * after the other, and closes itself, but not on an early way out of the round.
 */

import type { Engine } from '../engine';
import { fileRoleOf } from '../files/fileRole';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import type { Declaration } from '../program/scopes';
import { kindsWith } from '../resources/kindsWith';
import type { ResourceKind } from '../resources/model';
import { select, visitNodes } from '../syntax/nodeIndex';
import {
  enclosingFunction,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { findHandleUses } from './handleUses';

const loops = select<ts.ForOfStatement>(ts.SyntaxKind.ForOfStatement);

const conventionKinds = kindsWith(({ acquire }) => acquire.some(({ form }) => form === 'convention'));

/** Findings for what a loop that waits for each item leaves open on an early way out. */
export function findLoopItems(engine: Engine, kinds: readonly ResourceKind[]): readonly Draft[] {
  const [kind] = conventionKinds(kinds);
  if (!kind || fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const drafts: Draft[] = [];
  visitNodes(engine.program.sourceFile, loops, (loop) => {
    const item = itemOf(loop, engine);
    const body = loop.statement;
    if (!item || !ts.isBlock(body) || engine.frequency.of(loop).level === 'once') return undefined;
    const statements = statementsOf(body);
    const ends = endsOf(item, loop, kind, engine);
    const close = statements.find((statement) => isEnd(statement, ends));
    const exit = close && exitOf(statements, close, item);
    if (!close || !exit) return undefined;
    drafts.push({
      kind: kind.id,
      mechanism: 'error-or-early-exit-path',
      severity: 'low',
      confidence: 'medium',
      message: `The ${kind.noun} \`${item.name}\` stays open when the round is left on line ${lineOf(exit)}: only the other way comes to line ${lineOf(close)}, where it is ended.`,
      advice: 'End it before each way out, or in `finally`.',
      node: loop.initializer,
      trail: [
        { role: 'acquired', message: 'Given to the round here', range: rangeOf(loop.initializer) },
        { role: 'exit', message: 'Left open here', range: rangeOf(exit) },
        { role: 'release', message: 'Ended on the other way', range: rangeOf(close) },
        frequencyStep(engine.frequency.of(loop), loop),
      ],
    });
    return undefined;
  });
  return drafts;
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

/** Calls that end it, by which nobody else has it. */
function endsOf(item: Declaration, loop: ts.Node, kind: ResourceKind, engine: Engine): readonly ts.Node[] {
  const body = enclosingFunction(loop) ?? engine.program.sourceFile;
  const effects = [...(findHandleUses({ body, kind, parameter: item }, engine).effects.get(body) ?? [])];
  return effects.every(([, effect]) => effect === 'released') ? effects.map(([at]) => at) : [];
}

/** `sample.close();`, or a function of this file that does it: a statement, behind no condition. */
function isEnd(statement: ts.Statement, ends: readonly ts.Node[]): boolean {
  return ts.isExpressionStatement(statement) && ends.some((end) => isWithin(end, statement));
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
