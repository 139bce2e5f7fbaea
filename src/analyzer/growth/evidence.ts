/**
 * What shows that new keys keep coming? A name such as `url` or `key` of what a function is given says nothing of that: it may
 * be one of five that the program is set up with. Ids of work and of visitors, texts that people write, and what is taken out
 * of data do.
 */
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import { isFunctionNode, ts, unwrap } from '../syntax/syntax';
import { argumentsFor, isEndless, isEverNew, isProgramText, keyCardinality, namesPassing } from './keys';
import { isSetupName } from './words';

/** Is there a sign in the code that the next key is a new one? */
export function keepsComing(key: ts.Expression, engine: Engine, depth = 0): boolean {
  const value = unwrap(key);
  if (depth > 4) return false;
  const all = (parts: readonly ts.Expression[]): boolean => parts.some((part) => keepsComing(part, engine, depth + 1));
  if (isEndless(value)) return true;
  if (ts.isTemplateExpression(value)) return all(value.templateSpans.map(({ expression }) => expression));
  if (ts.isBinaryExpression(value)) return all([value.left, value.right]);
  if (ts.isConditionalExpression(value)) return all([value.whenTrue, value.whenFalse]);
  if (ts.isAwaitExpression(value)) return all([value.expression]);
  if (ts.isCallExpression(value)) return isOfCall(value, engine, depth);
  if (ts.isNewExpression(value) || isFunctionNode(value) || ts.isObjectLiteralExpression(value)) return true;
  if (ts.isPostfixUnaryExpression(value) || ts.isPrefixUnaryExpression(value)) return true;
  if (ts.isPropertyAccessExpression(value)) return isOfMember(value, engine);
  if (ts.isElementAccessExpression(value)) return !isSetup(value.expression);
  if (!ts.isIdentifier(value)) return false;
  const declaration = engine.program.scopes.resolve(value);
  if (!declaration || isProgramText(value)) return false;
  if (isEverNew(value.text) || namesPassing(value.text)) return true;
  return declaration.kind === 'parameter' && ts.isParameter(declaration.node)
    ? all(argumentsFor(declaration, engine).filter((one) => one !== undefined))
    : isOfVariable(declaration, value, engine, depth);
}

/** A variable that is filled from data: of a loop, a pattern, a part of something. */
function isOfVariable(declaration: Declaration, value: ts.Identifier, engine: Engine, depth: number): boolean {
  const { initializer, path, writes, node } = declaration;
  const list = ts.isVariableDeclaration(node) ? node.parent.parent : undefined;
  const isOpen = (): boolean => /^(?:open|transient)$/.test(keyCardinality(value, undefined, engine));
  if (list && (ts.isForOfStatement(list) || ts.isForInStatement(list))) return isOpen() && !isSetup(list.expression);
  if (declaration.kind === 'parameter' || (initializer && path?.length !== 0))
    return isOpen() && !(initializer && isSetup(initializer));
  const given = [initializer, ...writes.map((write) => write.value)].filter((one) => one !== undefined);
  return given.some((one) => keepsComing(one, engine, depth + 1));
}

function isOfMember(access: ts.PropertyAccessExpression, engine: Engine): boolean {
  const { text } = access.name;
  if (isSetup(access.expression) || isProgramText(access)) return false;
  if (isEverNew(text) || namesPassing(text)) return true;
  const keys = keyCardinality(access, undefined, engine);
  // A field of the object itself is one for each object.
  const isOwn = unwrap(access.expression).kind === ts.SyntaxKind.ThisKeyword;
  return !isOwn && (keys === 'open' || keys === 'transient');
}

/** As new as what a call makes it of; `Date.now()` and the like are each time another. */
function isOfCall(call: ts.CallExpression, engine: Engine, depth: number): boolean {
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  const receiver = ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
  if (call.arguments.length === 0 && keyCardinality(call, undefined, engine) === 'open' && name !== 'stringify')
    return true;
  const given = call.arguments.length === 0 ? receiver : call.arguments.flatMap((one) => partsOf(one, engine));
  return given.some((part) => keepsComing(part, engine, depth + 1));
}

/** What an object or a list consists of: its text is made of that. */
function partsOf(given: ts.Expression, { program }: Engine): readonly ts.Expression[] {
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  const made = declaration?.path?.length === 0 && declaration.initializer ? unwrap(declaration.initializer) : value;
  if (ts.isArrayLiteralExpression(made))
    return made.elements.map((one) => (ts.isSpreadElement(one) ? one.expression : one));
  if (!ts.isObjectLiteralExpression(made)) return [value];
  return made.properties.flatMap((one) =>
    ts.isPropertyAssignment(one)
      ? one.initializer
      : ts.isShorthandPropertyAssignment(one)
        ? one.name
        : ts.isSpreadAssignment(one)
          ? one.expression
          : [],
  );
}

/** What the program is set up with: `options.url`, `config`, `this.settings.hosts`. */
function isSetup(expression: ts.Expression): boolean {
  let at = unwrap(expression);
  for (;;) {
    const name = ts.isPropertyAccessExpression(at) ? at.name.text : ts.isIdentifier(at) ? at.text : '';
    if (isSetupName(name)) return true;
    if (ts.isCallExpression(at)) at = unwrap(at.arguments[0] ?? at.expression);
    else if (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) at = unwrap(at.expression);
    else return false;
  }
}
