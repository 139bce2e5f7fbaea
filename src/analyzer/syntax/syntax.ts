/** Syntax trees: parsing, and the questions about nodes that everyone asks. */

import type { TextRange } from '../findings/findings';
import { ts } from './compiler';
import type { EditedTree } from './editedTree';
import { isFlow, withoutCasts } from './flowCasts';
import { indexNodes } from './nodeIndex';
import { scriptsOf } from './singleFile';

export { ts };

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

export type ClassNode = ts.ClassDeclaration | ts.ClassExpression;
export type CallLike = ts.CallExpression | ts.NewExpression;

export interface ParsedFile {
  readonly sourceFile: ts.SourceFile;
  /** Syntax errors in order of position; a file with any is only partly analysed. */
  readonly syntaxErrors: readonly { readonly message: string; readonly range: TextRange }[];
}

const scriptKinds: Readonly<Record<string, ts.ScriptKind>> = {
  '.js': ts.ScriptKind.JSX,
  '.jsx': ts.ScriptKind.JSX,
  '.cjs': ts.ScriptKind.JSX,
  '.mjs': ts.ScriptKind.JSX,
  '.ts': ts.ScriptKind.TS,
  '.cts': ts.ScriptKind.TS,
  '.mts': ts.ScriptKind.TS,
  '.tsx': ts.ScriptKind.TSX,
};

/** File endings the analyzer reads, lower case, with the dot. */
export const scriptExtensions: readonly string[] = [...Object.keys(scriptKinds), '.vue', '.svelte'];

/**
 * Parses one file without touching the disk. Never throws: a file with errors still has a tree.
 * @param edited the tree of what the text was before, if it is being edited
 */
export function parse(path: string, text: string, edited?: EditedTree): ParsedFile {
  const scripts = scriptsOf(path, text);
  const extension = scripts?.extension ?? /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? '.ts';
  const code = scripts?.text ?? text;
  const kind = scriptKinds[extension] ?? ts.ScriptKind.TS;
  const make = (content: string): ts.SourceFile =>
    ts.createSourceFile(
      path,
      content,
      { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
      false,
      kind,
    );
  const tree = edited?.next(path, code, kind) ?? make(code);
  const sourceFile = kind === ts.ScriptKind.JSX && isFlow(code) ? withoutCasts(tree, make) : tree;
  edited?.keep(sourceFile);
  indexNodes(sourceFile);
  return { sourceFile, syntaxErrors: syntaxErrorsOf(sourceFile) };
}

function syntaxErrorsOf(sourceFile: ts.SourceFile): ParsedFile['syntaxErrors'] {
  // The parser records its diagnostics on the node, but the public type does not show them.
  const { parseDiagnostics = [] } = sourceFile as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  // "Type annotations can only be used in TypeScript files" and the like (8xxx) are no syntax errors of JavaScript engines' users.
  return parseDiagnostics
    .filter((diagnostic) => diagnostic.code < 8000 || diagnostic.code >= 9000)
    .map((diagnostic) => ({
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
      range: rangeOfSpan(sourceFile, diagnostic.start, diagnostic.start + diagnostic.length),
    }));
}

/** Range of a span of offsets, with lines and columns from 0. */
export function rangeOfSpan(sourceFile: ts.SourceFile, start: number, end: number): TextRange {
  const from = sourceFile.getLineAndCharacterOfPosition(start);
  const to = sourceFile.getLineAndCharacterOfPosition(Math.max(start, end));
  return {
    start,
    end: Math.max(start, end),
    startLine: from.line,
    startColumn: from.character,
    endLine: to.line,
    endColumn: to.character,
  };
}

/** Range of a node without its leading trivia. */
export function rangeOf(node: ts.Node): TextRange {
  const sourceFile = node.getSourceFile();
  return rangeOfSpan(sourceFile, node.getStart(sourceFile), node.end);
}

/** Line of a node, from 1, as people say it. */
export function lineOf(node: ts.Node): number {
  const sourceFile = node.getSourceFile();
  return sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile)).line + 1;
}

export function isFunctionNode(node: ts.Node): node is FunctionNode {
  switch (node.kind) {
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.Constructor:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
      return true;
    default:
      return false;
  }
}

export function isClassNode(node: ts.Node): node is ClassNode {
  return node.kind === ts.SyntaxKind.ClassDeclaration || node.kind === ts.SyntaxKind.ClassExpression;
}

/** `new Promise(…)` */
export function isNewPromise(node: ts.Node): node is ts.NewExpression {
  if (!ts.isNewExpression(node)) return false;
  const made = unwrap(node.expression);
  // `new Library.Promise(…)`: one's own choice of a promise
  const name = ts.isPropertyAccessExpression(made) ? made.name : made;
  return ts.isIdentifier(name) && name.text === 'Promise';
}

/** `null` or `undefined`, as it is written. */
export function isNullish(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined');
}

/** Is a promise made with it: `new Promise((resolve, reject) => …)`? */
export function isExecutor(fn: FunctionNode): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const made = wrapped(fn).parent;
  return isNewPromise(made) && made.arguments?.[0] === wrapped(fn);
}

/** The function that begins the work of a node: around the executor of a promise, which runs at once, or the one that it stands in. */
export function workBegunBy(node: ts.Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && isExecutor(fn)) fn = enclosingFunction(fn);
  return fn;
}

/** Visits a node and everything below it, parents first. Return `false` from `visit` to skip what is below. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean | undefined): void {
  const step = (child: ts.Node): void => {
    if (visit(child) !== false) ts.forEachChild(child, step);
  };
  step(node);
}

/** Innermost function around a node (not the node itself); undefined at module level. Class field initialisers count as the class. */
export function enclosingFunction(node: ts.Node): FunctionNode | undefined {
  for (let up = node.parent; up; up = up.parent) if (isFunctionNode(up)) return up;
  return undefined;
}

/** The outermost function around a node. */
export function outermostFunction(node: ts.Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) found = fn;
  return found;
}

export function isWithin(node: ts.Node, ancestor: ts.Node): boolean {
  // Most that are asked about stand elsewhere.
  if (node.pos < ancestor.pos || node.end > ancestor.end) return false;
  for (let up: ts.Node | undefined = node; up; up = up.parent) if (up === ancestor) return true;
  return false;
}

/** Is it one of the functions, or does it stand in one of them? */
export function isWithinAny(node: ts.Node, functions: ReadonlySet<ts.Node>): boolean {
  for (let up: ts.Node | undefined = node; up; up = up.parent) if (isFunctionNode(up) && functions.has(up)) return true;
  return false;
}

/** The block around a node, or the file. */
export function blockAround(node: ts.Node): ts.Node {
  let up = node.parent;
  while (up.parent && !ts.isBlock(up)) up = up.parent;
  return up;
}

/** The block around a node within the function that it stands in; undefined where there is none. */
export function ownBlockAround(node: ts.Node): ts.Block | undefined {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent) if (ts.isBlock(up)) return up;
  return undefined;
}

/** Statements of a body, also where a block is all that is in it; none of one that is an expression. */
export function statementsOf(body: ts.Node | undefined): readonly ts.Statement[] {
  if (!body || !ts.isBlock(body)) return [];
  const [only] = body.statements;
  return only && body.statements.length === 1 && ts.isBlock(only) ? statementsOf(only) : body.statements;
}

/** What a function returns, where that is one expression. */
export function onlyResult(fn: FunctionNode): ts.Expression | undefined {
  if (!fn.body || !ts.isBlock(fn.body)) return fn.body;
  const results: ts.Expression[] = [];
  walk(fn.body, (node) => {
    if (isFunctionNode(node)) return false;
    if (ts.isReturnStatement(node) && node.expression) results.push(node.expression);
    return undefined;
  });
  return results.length === 1 ? results[0] : undefined;
}

/** What stands around a value and does not change it. */
type Wrapper =
  | ts.ParenthesizedExpression
  | ts.NonNullExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.TypeAssertion;

/** By its kind, which is read once: hardly anything else is asked as often. */
function isWrapper(node: ts.Node): node is Wrapper {
  switch (node.kind) {
    case ts.SyntaxKind.ParenthesizedExpression:
    case ts.SyntaxKind.NonNullExpression:
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
      return true;
    default:
      return false;
  }
}

/** Strips parentheses, `!`, `as`, `satisfies` and type assertions: none changes the value. */
export function unwrap(expression: ts.Expression): ts.Expression {
  let inner = expression;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

/** The outermost node that is the same value as `node`: climbs what `unwrap` strips. */
export function wrapped(node: ts.Expression): ts.Expression {
  let outer: ts.Expression = node;
  for (let up: ts.Node = outer.parent; isWrapper(up); up = outer.parent) outer = up;
  return outer;
}

export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** Name of a property, method or member where it is written out; undefined for computed names that are no literal. */
export function propertyNameText(name: ts.PropertyName | ts.BindingName | undefined): string | undefined {
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name)) {
    if (ts.isStringLiteralLike(name.expression)) return name.expression.text;
    // [Symbol.dispose] and friends
    if (ts.isPropertyAccessExpression(name.expression)) return `[${name.expression.getText()}]`;
  }
  return undefined;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

/** The last name of a chain of members, or of a variable; empty for anything else. */
export function lastName(expression: ts.Expression): string {
  const value = unwrap(expression);
  return ts.isPropertyAccessExpression(value) ? value.name.text : ts.isIdentifier(value) ? value.text : '';
}

export function isThis(expression: ts.Expression): boolean {
  return unwrap(expression).kind === ts.SyntaxKind.ThisKeyword;
}

/** Name of what is called, whatever it is called on; empty where it has none. */
export function calledName({ expression }: { readonly expression: ts.Expression }): string {
  return lastName(expression);
}

/** What holds where a node runs, by the branches of its function that it is in. */
export function conditionsAround(node: ts.Node): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  for (let at = node; at.parent && !isFunctionNode(at); at = at.parent)
    if (ts.isIfStatement(at.parent) && at.parent.thenStatement === at) found.push(unwrap(at.parent.expression));
  return found;
}

/**
 * Is nothing after the statement reached: does it return or throw, or end by that?
 * @param orRound a loop that goes on, or is left, counts as well
 */
export function leaves(statement: ts.Statement, orRound = false): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (last === undefined) return false;
  if (ts.isReturnStatement(last) || ts.isThrowStatement(last)) return true;
  return orRound && (ts.isContinueStatement(last) || ts.isBreakStatement(last));
}

/** Is the statement one of the body of the function, in no condition or loop? Ways out before it are not looked at. */
export function isOfBody(statement: ts.Node, fn: FunctionNode): boolean {
  let up = statement.parent;
  while (up !== fn.body && ts.isBlock(up) && ts.isBlock(up.parent)) up = up.parent;
  return up === fn.body;
}

/** Does an identifier of that name stand in the node? */
export function mentionsName(node: ts.Node, name: string): boolean {
  let found = false;
  walk(node, (inner) => {
    if (ts.isIdentifier(inner) && inner.text === name) found = true;
    return !found;
  });
  return found;
}

/** Name of a member, or the text of anything else. */
export function memberOrText(expression: ts.Expression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** `&&`, `||`, `??` */
export function isLogical(kind: ts.SyntaxKind): boolean {
  return joinsConditions(kind) || kind === ts.SyntaxKind.QuestionQuestionToken;
}

/** `&&`, `||` */
export function joinsConditions(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

/** `==`, `===`, `!=`, `!==` */
export function isEquality(kind: ts.SyntaxKind): boolean {
  return equalities.has(kind);
}

const equalities: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);
