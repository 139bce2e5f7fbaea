/** Which parts of an expression are evaluated with it, and in what order. */

import { ts } from '../syntax/syntax';
import { isWholeTeardown } from '../words/teardowns';

/** Methods of an object literal are created with it. */
export type Part = ts.Expression | ts.MethodDeclaration | ts.AccessorDeclaration;

/** Expressions directly below a node that are evaluated with it, in order. */
export function collectParts(node: ts.Node, parts: Part[]): void {
  if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
  if (
    ts.isObjectLiteralElementLike(node) ||
    ts.isTemplateSpan(node) ||
    ts.isComputedPropertyName(node) ||
    ts.isJsxOpeningElement(node) ||
    ts.isJsxAttributes(node) ||
    ts.isJsxAttribute(node) ||
    ts.isJsxSpreadAttribute(node)
  ) {
    if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) {
      parts.push(node);
      return;
    }
    if (ts.isShorthandPropertyAssignment(node)) {
      parts.push(node.name);
      return;
    }
    if (ts.isPropertyAssignment(node)) {
      if (ts.isComputedPropertyName(node.name)) parts.push(node.name.expression);
      parts.push(node.initializer);
      return;
    }
    ts.forEachChild(node, (child) => collectParts(child, parts));
    return;
  }
  if (isExpressionLike(node)) parts.push(node);
}

function isExpressionLike(node: ts.Node): node is ts.Expression {
  return ts.isExpression(node) && !ts.isPrivateIdentifier(node);
}

export function isAssigning(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

export function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

/** In `a?.b.c(…)` and `a.b?.(…)`, what must be present for the call to happen. */
export function optionalHead(node: ts.CallExpression): ts.Expression | undefined {
  if (!ts.isOptionalChain(node)) return undefined;
  let head: ts.Expression | undefined;
  let at: ts.Expression = node;
  for (;;) {
    if (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) {
      if (at.questionDotToken) head = at.expression;
      // Only calls that are this one: `a?.b().c()` has its own inner call.
      if (ts.isCallExpression(at) && at !== node) return head ?? undefined;
      at = at.expression;
    } else return head && isOwnEnd(node, head) ? undefined : head;
  }
}

/** `client.close?.()`: what has no such method has no end to be called. */
function isOwnEnd(call: ts.CallExpression, head: ts.Expression): boolean {
  return call.expression === head && ts.isPropertyAccessExpression(head) && isWholeTeardown(head.name.text);
}
