/** The same program written differently: edits of a text that must change no verdict. */

import { bindScopes } from '../../../../src/analyzer/program/binding';
import { collectMembers } from '../../../../src/analyzer/program/members';
import { createPlaces } from '../../../../src/analyzer/program/places';
import { isFunctionNode, parse, ts, walk } from '../../../../src/analyzer/syntax/syntax';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Variant {
  readonly name: string;
  /** The rewritten text; undefined where there is nothing to rewrite. */
  readonly of: (path: string, text: string) => string | undefined;
}

const apply = (text: string, edits: readonly Edit[]): string | undefined => {
  if (edits.length === 0) return undefined;
  let out = text;
  for (const { start, end, text: by } of [...edits].sort((a, b) => b.start - a.start || b.end - a.end))
    out = out.slice(0, start) + by + out.slice(end);
  return out;
};

const fromTree =
  (collect: (sourceFile: ts.SourceFile, text: string) => readonly Edit[]) =>
  (path: string, text: string): string | undefined =>
    apply(text, collect(parse(path, text).sourceFile, text));

/** Every variable and parameter that is no export takes another name. Names of functions and members carry meaning and stay. */
const renameVariables = fromTree((sourceFile) => {
  const scopes = bindScopes(sourceFile);
  const exported = new Set(scopes.exports.values());
  const edits: Edit[] = [];
  for (const declaration of scopes.declarations) {
    const { node } = declaration;
    const named = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if (!named || !node.name || !ts.isIdentifier(node.name) || declaration.imported || exported.has(declaration))
      continue;
    if (!/^[a-z]\w*$/.test(declaration.name) || declaration.name === 'arguments') continue;
    const isFunction = ts.isVariableDeclaration(node) && node.initializer && isFunctionNode(node.initializer);
    // A parameter property is a member too. A script's top level is global: its names are seen elsewhere.
    if (isFunction || (ts.isParameter(node) && (ts.getModifiers(node)?.length ?? 0) > 0)) continue;
    if (!scopes.isModule && declaration.scope.func === undefined) continue;
    const fresh = `q${declaration.name}`;
    const replace = (identifier: ts.Identifier, label: string): void => {
      edits.push({ start: identifier.getStart(sourceFile), end: identifier.end, text: label });
    };
    replace(
      node.name,
      ts.isBindingElement(node) && !node.propertyName && !node.dotDotDotToken && ts.isObjectBindingPattern(node.parent)
        ? `${declaration.name}: ${fresh}`
        : fresh,
    );
    for (const reference of declaration.references)
      replace(reference, ts.isShorthandPropertyAssignment(reference.parent) ? `${declaration.name}: ${fresh}` : fresh);
  }
  return edits.filter((edit, index) => edits.findIndex((other) => other.start === edit.start) === index);
});

/** Methods of each class in reverse order. */
const reverseMethods = fromTree((sourceFile, text) => {
  const edits: Edit[] = [];
  walk(sourceFile, (node) => {
    if (!ts.isClassLike(node)) return undefined;
    const methods = node.members.filter((member) => ts.isMethodDeclaration(member));
    for (const [index, method] of methods.entries()) {
      const other = methods[methods.length - 1 - index];
      if (other && other !== method)
        edits.push({
          start: method.getStart(sourceFile),
          end: method.end,
          text: text.slice(other.getStart(sourceFile), other.end),
        });
    }
    // Nested classes would be moved twice.
    return false;
  });
  return edits;
});

/** Each function body in a block of its own. */
const wrapBodies = fromTree((sourceFile) => {
  const edits: Edit[] = [];
  walk(sourceFile, (node) => {
    if (!isFunctionNode(node) || !node.body || !ts.isBlock(node.body)) return undefined;
    // super() must stay at the root of its constructor, and a directive the first statement.
    const [first] = node.body.statements;
    if (
      !first ||
      ts.isConstructorDeclaration(node) ||
      (ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression))
    )
      return undefined;
    edits.push({ start: node.body.getStart(sourceFile) + 1, end: node.body.getStart(sourceFile) + 1, text: '{' });
    edits.push({ start: node.body.end - 1, end: node.body.end - 1, text: '\n}' });
    return undefined;
  });
  return edits;
});

/** Single quotes to double quotes and back. */
const changeQuotes = fromTree((sourceFile, text) => {
  const edits: Edit[] = [];
  walk(sourceFile, (node) => {
    if (!ts.isStringLiteral(node) || ts.isJsxAttribute(node.parent) || /["'\\]/.test(node.text)) return undefined;
    const start = node.getStart(sourceFile);
    const quote = text[start] === '"' ? "'" : '"';
    edits.push({ start, end: node.end, text: `${quote}${node.text}${quote}` });
    return undefined;
  });
  return edits;
});

/** A comment and an empty line before each statement. */
const addComments = fromTree((sourceFile) => {
  const edits: Edit[] = [];
  walk(sourceFile, (node) => {
    if (ts.isStatement(node) && (ts.isBlock(node.parent) || ts.isSourceFile(node.parent)))
      edits.push({
        start: node.getStart(sourceFile),
        end: node.getStart(sourceFile),
        text: '/* clearInterval(x).close() */\n\n',
      });
    return undefined;
  });
  return edits;
});

/** Calls and receivers in parentheses, where that changes nothing. */
const parenthesize = fromTree((sourceFile) => {
  const edits: Edit[] = [];
  walk(sourceFile, (node) => {
    if (!ts.isVariableDeclaration(node) || !node.initializer || isFunctionNode(node.initializer)) return undefined;
    if (ts.isArrowFunction(node.initializer)) return undefined;
    edits.push({ start: node.initializer.getStart(sourceFile), end: node.initializer.getStart(sourceFile), text: '(' });
    edits.push({ start: node.initializer.end, end: node.initializer.end, text: ')' });
    return undefined;
  });
  return edits;
});

/** `x.close()` and `clearTimeout(x)` of a local variable move into a helper that takes it. */
const extractHelper = fromTree((sourceFile, text) => {
  const scopes = bindScopes(sourceFile);
  const members = collectMembers(sourceFile, scopes);
  const places = createPlaces(scopes, members);
  const edits: Edit[] = [];
  const helpers: string[] = [];
  walk(sourceFile, (node) => {
    if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return undefined;
    const { expression: callee, arguments: given } = node.expression;
    const [only] = given;
    const target =
      ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && given.length === 0
        ? callee.expression
        : ts.isIdentifier(callee) && only && ts.isIdentifier(only) && given.length === 1 && !scopes.resolve(callee)
          ? only
          : undefined;
    const declaration = target && scopes.resolve(target);
    if (!target || !declaration || declaration.imported || declaration.scope.func === undefined) return undefined;
    const place = places.of(target);
    if (place?.root.kind !== 'declaration' || place.root.declaration !== declaration) return undefined;
    // Only what is held as a value: a function is no resource, and who takes one may run it.
    if (
      ts.isVariableDeclaration(declaration.node) &&
      declaration.node.initializer &&
      isFunctionNode(declaration.node.initializer)
    )
      return undefined;
    if (!ts.isVariableDeclaration(declaration.node) && !ts.isParameter(declaration.node)) return undefined;
    const name = `extracted${helpers.length}`;
    const before = text.slice(node.getStart(sourceFile), target.getStart(sourceFile));
    const after = text.slice(target.end, node.end);
    helpers.push(
      `function ${name}(it${sourceFile.fileName.endsWith('.js') ? '' : ': any'}) {\n  ${before}it${after}\n}`,
    );
    edits.push({ start: node.getStart(sourceFile), end: node.end, text: `${name}(${target.text});` });
    return undefined;
  });
  if (helpers.length > 0) edits.push({ start: text.length, end: text.length, text: `\n${helpers.join('\n')}\n` });
  return edits;
});

/** A call of a parameterless local function gives way to its body in a block. */
const inlineHelper = fromTree((sourceFile, text) => {
  const scopes = bindScopes(sourceFile);
  const edits: Edit[] = [];
  for (const declaration of scopes.declarations) {
    const { node } = declaration;
    if (!ts.isFunctionDeclaration(node) || !node.body || node.parameters.length > 0 || node.asteriskToken) continue;
    if ([...scopes.exports.values()].includes(declaration) || (ts.getModifiers(node)?.length ?? 0) > 0) continue;
    const [reference] = declaration.references;
    if (!reference || declaration.references.length !== 1) continue;
    const call = reference.parent;
    if (!ts.isCallExpression(call) || call.expression !== reference || !ts.isExpressionStatement(call.parent)) continue;
    let returns = false;
    walk(node.body, (inner) => {
      if (ts.isReturnStatement(inner)) returns = true;
      return !isFunctionNode(inner);
    });
    if (returns) continue;
    edits.push({
      start: call.parent.getStart(sourceFile),
      end: call.parent.end,
      text: text.slice(node.body.getStart(sourceFile), node.body.end),
    });
    edits.push({ start: node.getStart(sourceFile), end: node.end, text: ';' });
  }
  return edits;
});

/** Printed by the compiler: other line breaks, indentation and semicolons. */
const reprint = (path: string, text: string): string =>
  ts
    .createPrinter({ removeComments: true, newLine: ts.NewLineKind.CarriageReturnLineFeed })
    .printFile(parse(path, text).sourceFile);

export const variants: readonly Variant[] = [
  { name: 'printed anew, with other line ends and no comments', of: reprint },
  { name: 'variables renamed', of: renameVariables },
  { name: 'methods in reverse order', of: reverseMethods },
  { name: 'bodies wrapped in blocks', of: wrapBodies },
  { name: 'other quotes', of: changeQuotes },
  { name: 'comments added', of: addComments },
  { name: 'initialisers in parentheses', of: parenthesize },
  { name: 'a helper extracted', of: extractHelper },
  { name: 'a helper inlined', of: inlineHelper },
];
