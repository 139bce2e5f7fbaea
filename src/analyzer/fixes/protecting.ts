/** A local handle that some way out leaves open: what follows its acquisition goes into `try`, its release into `finally`. */

import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { Fix, TextEdit } from '../findings/findings';
import type { Declaration } from '../program/scopes';
import { hasModifier, isFunctionNode, isWithin, ts, walk } from '../syntax/syntax';
import { insertAt, type Layout } from './layout';
import { isAwaited, releaseOf } from './release';

/** Undefined unless the rest of the block can be wrapped as it stands. */
export function releaseInFinally({ acquisition, local }: Open, engine: Engine, layout: Layout): Fix | undefined {
  const holder = local?.holder;
  if (!local || !holder || local.isHandedOver || holder.writes.length > 0) return undefined;
  const declaration = holder.node;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list)) return undefined;
  const statement = list.parent;
  if (!ts.isVariableStatement(statement) || list.declarations.length !== 1) return undefined;
  const block = statement.parent;
  if (!ts.isBlock(block) || !isWithin(acquisition.node, declaration)) return undefined;
  const rest = block.statements.filter((one) => one.pos >= statement.end);
  const releases = [...new Set(local.releases.map((release) => releaseStatement(release)))];
  if (releases.some((one) => one === undefined)) return undefined;
  const dropped = releases.filter((one) => one !== undefined);
  if (!dropped.every((one) => isWithin(one, block) && mayGo(one, block, layout))) return undefined;
  const kept = rest.filter((one) => !dropped.some((release) => release === one));
  if (!standAlone(statement, kept, block, layout)) return undefined;
  const isAsync = isInAsync(block);
  // Nobody has written when it is done: what goes on behind the end of the function must not lose it.
  if (dropped.length === 0 && (goesOn(kept, holder) || (worksByItself(acquisition) && !isWaitedFor(kept, holder))))
    return undefined;
  const waited = awaitReturns(kept, holder, dropped, isAsync, acquisition);
  const text = releaseText(acquisition, holder.name, dropped[0], statement, isAsync, engine, layout);
  if (text === undefined || waited === undefined) return undefined;
  return {
    title: `Release \`${holder.name}\` in \`finally\``,
    edits: protect({ statement, block, kept, dropped, text, waited }, layout),
  };
}

/** Removes on every way out what an insertion added: its removals go into `finally`. */
export function removeInFinally(insertion: ts.Node, removals: readonly ts.Node[], layout: Layout): Fix | undefined {
  const statement = ts.isExpressionStatement(insertion.parent) ? insertion.parent : undefined;
  const block = statement?.parent;
  if (!statement || !block || !ts.isBlock(block)) return undefined;
  const found = removals.map((removal) => releaseStatement(removal));
  const dropped = found.filter((one) => one !== undefined);
  const [first] = dropped;
  if (!first || dropped.length !== found.length) return undefined;
  if (!dropped.every((one) => isWithin(one, block) && mayGo(one, block, layout))) return undefined;
  const rest = block.statements.filter((one) => one.pos >= statement.end);
  const kept = rest.filter((one) => !dropped.some((removal) => removal === one));
  if (!standAlone(statement, kept, block, layout) || !isInAsync(block)) return undefined;
  const waited = awaitReturns(kept, undefined, dropped, true);
  const text = first.getText();
  return waited
    ? {
        title: `Move \`${text}\` into \`finally\``,
        edits: protect({ statement, block, kept, dropped, text, waited }, layout),
      }
    : undefined;
}

interface Wrapping {
  readonly statement: ts.Statement;
  readonly block: ts.Block;
  /** What goes into `try`, and what of it goes away. */
  readonly kept: readonly ts.Statement[];
  readonly dropped: readonly ts.Node[];
  /** The release. */
  readonly text: string;
  readonly waited: readonly TextEdit[];
}

function protect({ statement, block, kept, dropped, text, waited }: Wrapping, layout: Layout): readonly TextEdit[] {
  const { newline, unit } = layout;
  const indent = layout.indentAt(statement.getStart());
  const clause = ` finally {${newline}${indent}${unit}${text}${newline}${indent}}`;
  const [first] = kept;
  const shared = [...waited, ...dropped.map((one) => removeLine(one, layout))];
  // It is protected already, by a `try` that lacks its `finally`.
  if (kept.length === 1 && first && ts.isTryStatement(first) && !first.finallyBlock) {
    const useless = first.catchClause && onlyThrowsAgain(first.catchClause, dropped) ? first.catchClause : undefined;
    if (!useless) return [...shared, insertAt(first.end, clause)];
    const outside = dropped.filter((one) => !isWithin(one, useless)).map((one) => removeLine(one, layout));
    return [...waited, ...outside, { start: first.tryBlock.end, end: first.end, newText: clause }];
  }
  const end = layout.lineEnd(kept.at(-1)?.end ?? statement.end);
  // Blank lines stay before the `try`.
  const after = layout.lineEnd(statement.end);
  const start = after + (/^(?:\r?\n[ \t]*(?=\r?\n))*/.exec(layout.text.slice(after, after + 200))?.[0].length ?? 0);
  return [
    insertAt(start, `${newline}${indent}try {`),
    ...indentLines(start, end, dropped, block, layout),
    ...shared,
    insertAt(end, `${newline}${indent}}${clause}`),
  ];
}

/** `catch (error) { release; throw error; }`: nothing is left of it without the release. */
function onlyThrowsAgain({ block, variableDeclaration }: ts.CatchClause, dropped: readonly ts.Node[]): boolean {
  const left = block.statements.filter((one) => !dropped.some((release) => release === one));
  const [only] = left;
  return (
    left.length === 1 &&
    only !== undefined &&
    ts.isThrowStatement(only) &&
    variableDeclaration !== undefined &&
    only.expression.getText() === variableDeclaration.name.getText()
  );
}

function isInAsync(block: ts.Node): boolean {
  for (let up: ts.Node | undefined = block; up; up = up.parent)
    if (isFunctionNode(up)) return hasModifier(up, ts.SyntaxKind.AsyncKeyword);
  return false;
}

/** A callback is given to it, or an inner function uses it. */
function goesOn(kept: readonly ts.Statement[], holder: Declaration): boolean {
  return holder.references.some((use) => {
    for (let at: ts.Node = use; !kept.some((one) => one === at) && at.parent; at = at.parent) {
      if (isFunctionNode(at)) return true;
      if (
        ts.isCallExpression(at) &&
        !ts.isAwaitExpression(at.parent) &&
        at.arguments.some((argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument))
      )
        return true;
    }
    return false;
  });
}

/** It does its work after the call that started it: a server, a child process. */
function worksByItself({ kind }: Open['acquisition']): boolean {
  return (
    kind.exits === 'never' || kind.release.some((form) => form.form === 'observed' || form.form === 'transfer-method')
  );
}

/** Each use ends before the next statement. */
function isWaitedFor(kept: readonly ts.Statement[], holder: Declaration): boolean {
  return holder.references.every((use) => {
    for (let at: ts.Node = use; !kept.some((one) => one === at) && at.parent; at = at.parent)
      if (ts.isAwaitExpression(at)) return true;
    return use.parent === holder.node || use === holder.node;
  });
}

/** What a call gives is waited for before the release; undefined where it may be a promise and nobody can wait. */
function awaitReturns(
  kept: readonly ts.Statement[],
  holder: Declaration | undefined,
  dropped: readonly ts.Node[],
  isAsync: boolean,
  acquisition?: Open['acquisition'],
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  let isSafe = true;
  const isSync = acquisition !== undefined && /Sync$/.test(acquisition.node.expression.getText());
  for (const statement of kept)
    walk(statement, (inner) => {
      if (ts.isFunctionLike(inner)) return false;
      if (!ts.isReturnStatement(inner) || !inner.expression) return undefined;
      const { expression } = inner;
      // Behind a release the handle was done with.
      if (dropped.some((one) => one.parent === inner.parent && one.pos < inner.pos)) return undefined;
      const { calls, awaits } = contents(expression);
      if (ts.isAwaitExpression(expression) || !calls) return undefined;
      if (isAsync) {
        if (awaits && !ts.isCallExpression(expression)) return undefined;
        const isSimple = ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression);
        edits.push(insertAt(expression.getStart(), isSimple ? 'await ' : 'await ('));
        if (!isSimple) edits.push(insertAt(expression.end, ')'));
      } else if (!isSync && holder?.references.some((use) => isWithin(use, expression))) isSafe = false;
      return undefined;
    });
  return isSafe ? edits : undefined;
}

function contents(expression: ts.Expression): { readonly calls: boolean; readonly awaits: boolean } {
  let calls = false;
  let awaits = false;
  walk(expression, (inner) => {
    if (ts.isCallExpression(inner)) calls = true;
    if (ts.isAwaitExpression(inner)) awaits = true;
    return !ts.isFunctionLike(inner);
  });
  return { calls, awaits };
}

function releaseStatement(release: ts.Node): ts.ExpressionStatement | undefined {
  let at: ts.Node = release;
  while (ts.isCallExpression(at.parent) || ts.isAwaitExpression(at.parent) || ts.isPropertyAccessExpression(at.parent))
    at = at.parent;
  return ts.isExpressionStatement(at.parent) ? at.parent : undefined;
}

/** A line of its own in a block that has more, which the end of the block follows: nothing is done there after it but leave. */
function mayGo(statement: ts.ExpressionStatement, block: ts.Block, layout: Layout): boolean {
  const { parent } = statement;
  if (!ts.isBlock(parent) || parent.statements.length < 2) return false;
  for (let up: ts.Node = parent; up !== block; up = up.parent) {
    if (isFunctionNode(up) || ts.isIterationStatement(up, false)) return false;
    if (ts.isBlock(up) && ts.isTryStatement(up.parent) && up.parent.finallyBlock === up) return false;
  }
  const start = statement.getStart();
  const lineStart = layout.text.lastIndexOf('\n', start - 1) + 1;
  return (
    layout.text.slice(lineStart, start).trim() === '' &&
    /^[\r\n]/.test(layout.text.slice(layout.lineEnd(statement.end)))
  );
}

function removeLine(statement: ts.Node, layout: Layout): TextEdit {
  const start = layout.text.lastIndexOf('\n', statement.getStart() - 1);
  // Comments before it speak of it or of what follows: they stay.
  const isWindows = layout.text[start - 1] === '\r';
  return { start: isWindows ? start - 1 : start, end: layout.lineEnd(statement.end), newText: '' };
}

function standAlone(statement: ts.Statement, kept: readonly ts.Statement[], block: ts.Block, layout: Layout): boolean {
  const [first] = kept;
  const last = kept.at(-1);
  return (
    first !== undefined &&
    last !== undefined &&
    !layout.areOnOneLine(statement.end, first.getStart()) &&
    !layout.areOnOneLine(last.end, block.end - 1) &&
    // What a `var` or function declares is used from outside its block.
    !kept.some(
      (one) =>
        ts.isFunctionDeclaration(one) ||
        (ts.isVariableStatement(one) && (one.declarationList.flags & ts.NodeFlags.BlockScoped) === 0),
    )
  );
}

/** The release as the author wrote it, else as the catalogue does. */
function releaseText(
  acquisition: Open['acquisition'],
  name: string,
  written: ts.ExpressionStatement | undefined,
  statement: ts.Statement,
  isAsync: boolean,
  engine: Engine,
  layout: Layout,
): string | undefined {
  if (written) return isPlain(written, acquisition) ? written.getText() : undefined;
  const vantage = { node: statement.parent, owner: engine.program.members.ownerAt(statement) };
  const release = releaseOf(acquisition, { text: name, missing: 'never' }, vantage, engine);
  return (
    release && `${isAsync && isAwaited(acquisition, release) ? 'await ' : ''}${release.expression}${layout.semicolon}`
  );
}

/** Does the statement only release? `stream.pipe(target)` counts as a release, and does work. */
function isPlain(written: ts.ExpressionStatement, { kind }: Open['acquisition']): boolean {
  const value = ts.isAwaitExpression(written.expression) ? written.expression.expression : written.expression;
  if (!ts.isCallExpression(value)) return false;
  const { expression } = value;
  if (kind.release.some((form) => form.form === 'method' && form.written === '')) return false;
  if (!ts.isPropertyAccessExpression(expression)) return true;
  const { text } = expression.name;
  return kind.release.every((form) => form.form !== 'method' || form.method[0] === text || !form.method.includes(text));
}

/** One step more for each line, those inside templates excepted. */
function indentLines(
  from: number,
  to: number,
  dropped: readonly ts.Node[],
  block: ts.Block,
  { text, unit }: Layout,
): readonly TextEdit[] {
  const fixed: { readonly start: number; readonly end: number }[] = [];
  walk(block, (node) => {
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node))
      fixed.push({ start: node.getStart(), end: node.end });
    return !ts.isTemplateExpression(node);
  });
  const edits: TextEdit[] = [];
  for (let at = text.indexOf('\n', from - 1) + 1; at > 0 && at < to; at = text.indexOf('\n', at) + 1) {
    const isBlank = /^[ \t]*(?:\r?\n|$)/.test(text.slice(at, at + 200));
    const isFixed = fixed.some(({ start, end }) => start < at && at <= end);
    const goes = dropped.some((one) => at <= one.end && text.lastIndexOf('\n', one.getStart() - 1) < at);
    if (!isBlank && !isFixed && !goes) edits.push(insertAt(at, unit));
    if (text.indexOf('\n', at) < 0) break;
  }
  return edits;
}
