/** How a file is written: line ends, indentation, semicolons. What is added is written alike. */
import type { TextEdit } from '../findings/findings';
import { nodesIn, select } from '../syntax/nodeIndex';
import type { FunctionNode } from '../syntax/syntax';
import { ts, walk } from '../syntax/syntax';

export interface Layout {
  readonly text: string;
  readonly newline: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly semicolon: ';' | '';
  readonly isTypeScript: boolean;
  /** White space at the start of the line. */
  readonly indentAt: (position: number) => string;
  /** End of the line when only a comment or nothing follows there, else the position itself. */
  readonly lineEnd: (position: number) => number;
  readonly areOnOneLine: (a: number, b: number) => boolean;
}

/** Reads the layout of a file. */
export function layoutOf(sourceFile: ts.SourceFile): Layout {
  const { text, fileName } = sourceFile;
  const lineOf = (position: number): number => sourceFile.getLineAndCharacterOfPosition(position).line;
  let unit: string | undefined;
  return {
    text,
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    // Most fixes indent nothing further, and all lines are looked at for it.
    get unit() {
      unit ??= unitOf(text);
      return unit;
    },
    semicolon: usesSemicolons(sourceFile) ? ';' : '',
    isTypeScript: /\.[cm]?tsx?$/i.test(fileName),
    indentAt: (position) => {
      const start = text.lastIndexOf('\n', position - 1) + 1;
      return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
    },
    lineEnd: (position) => {
      const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?=\r|\n|$)/.exec(text.slice(position, position + 400));
      return position + (rest?.[0].length ?? 0);
    },
    areOnOneLine: (a, b) => lineOf(a) === lineOf(b),
  };
}

function unitOf(text: string): string {
  if (/^\t[ \t]*[^\s*]/m.test(text)) return '\t';
  let smallest = Number.POSITIVE_INFINITY;
  for (const [, indent = ''] of text.matchAll(/^( [ \t]*)[^\s*]/gm)) {
    if (indent.length > 1) smallest = Math.min(smallest, indent.length);
    if (smallest === 2) break;
  }
  return ' '.repeat(smallest === Number.POSITIVE_INFINITY || smallest > 8 ? 2 : smallest);
}

/** What mostly ends with a semicolon, if anything does. */
const endedBySemicolon = select<ts.Statement>(
  ts.SyntaxKind.ExpressionStatement,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.ImportDeclaration,
);

function usesSemicolons(sourceFile: ts.SourceFile): boolean {
  const first = nodesIn(sourceFile, endedBySemicolon).slice(0, 200);
  const withOne = first.filter(({ end }) => sourceFile.text[end - 1] === ';');
  return withOne.length * 2 >= first.length;
}

/** Replaces nothing, adds text. */
export function insertAt(position: number, newText: string): TextEdit {
  return { start: position, end: position, newText };
}

/** A statement of its own line or lines, with the indentation of each further line. */
export type StatementText = (indent: string) => string;

/** Adds a statement behind another one of a block. */
export function insertAfter(statement: ts.Node, added: StatementText, layout: Layout): TextEdit {
  const indent = layout.indentAt(statement.getStart());
  if (!startsLine(statement, layout)) return insertAt(statement.end, ` ${added(indent)}`);
  return insertAt(layout.lineEnd(statement.end), `${layout.newline}${indent}${added(indent)}`);
}

/** Adds a statement before another one of a block. */
export function insertBefore(statement: ts.Node, added: StatementText, layout: Layout): TextEdit {
  const indent = layout.indentAt(statement.getStart());
  const between = startsLine(statement, layout) ? `${layout.newline}${indent}` : ' ';
  return insertAt(statement.getStart(), `${added(indent)}${between}`);
}

function startsLine(node: ts.Node, layout: Layout): boolean {
  const start = node.getStart();
  return layout.text.slice(layout.text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
}

/** Adds a statement to the end of a function, or to its start where the end is not always reached. */
export function insertInto(
  fn: FunctionNode,
  added: StatementText,
  layout: Layout,
  place: 'start' | 'end' = endsOpenly(fn) ? 'end' : 'start',
): readonly TextEdit[] | undefined {
  const { body } = fn;
  if (!body) return undefined;
  const { newline, unit, semicolon } = layout;
  if (!ts.isBlock(body)) {
    const indent = layout.indentAt(fn.getStart());
    const inner = indent + unit;
    return [
      insertAt(body.getStart(), `{${newline}${inner}`),
      insertAt(body.end, `${semicolon}${newline}${inner}${added(inner)}${newline}${indent}}`),
    ];
  }
  const first = body.statements[0];
  const last = body.statements.at(-1);
  const open = body.getStart() + 1;
  if (!first || !last) {
    const indent = layout.indentAt(fn.getStart());
    const inner = indent + unit;
    const isBlank = layout.text.slice(open, body.end - 1).trim() === '';
    return isBlank
      ? [{ start: open, end: body.end - 1, newText: `${newline}${inner}${added(inner)}${newline}${indent}` }]
      : [insertAt(layout.lineEnd(open), `${newline}${inner}${added(inner)}`)];
  }
  if (place === 'end') return [insertAfter(last, added, layout)];
  const guard = body.statements.findIndex((statement) => !isOpening(statement));
  const before = guard > 0 ? body.statements[guard - 1] : undefined;
  if (before) return [insertAfter(before, added, layout)];
  if (layout.areOnOneLine(open, first.getStart())) return [insertAt(open, ` ${added(layout.indentAt(open))}`)];
  const indent = layout.indentAt(first.getStart());
  return [insertAt(layout.lineEnd(open), `${newline}${indent}${added(indent)}`)];
}

const ended = /dispos|destroy|clos|ended|stopp|torn|unmounted|dead/i;

/** `if (this.disposed) return;`, `this.disposed = true;`: what a teardown does before all else. */
function isOpening(statement: ts.Statement): boolean {
  if (ts.isIfStatement(statement))
    return (
      !statement.elseStatement &&
      ended.test(statement.expression.getText()) &&
      /^\{?\s*return\b/.test(statement.thenStatement.getText()) &&
      !/\(/.test(statement.thenStatement.getText())
    );
  return (
    ts.isExpressionStatement(statement) &&
    ts.isBinaryExpression(statement.expression) &&
    ended.test(statement.expression.left.getText()) &&
    statement.expression.right.kind === ts.SyntaxKind.TrueKeyword
  );
}

/** Is the end of the function reached unless something throws? */
function endsOpenly(fn: FunctionNode): boolean {
  if (!fn.body || !ts.isBlock(fn.body)) return true;
  const last = fn.body.statements.at(-1);
  if (last && (ts.isThrowStatement(last) || /^(?:await )?super\b/.test(last.getText()))) return false;
  return ownReturns(fn).length === 0;
}

/** Return statements of a function, not of those inside it. */
export function ownReturns(fn: FunctionNode): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  if (fn.body)
    walk(fn.body, (node) => {
      if (ts.isReturnStatement(node)) found.push(node);
      return !ts.isFunctionLike(node) && !ts.isClassLike(node);
    });
  return found;
}
