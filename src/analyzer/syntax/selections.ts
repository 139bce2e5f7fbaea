/** Kinds of nodes that many ask for. */
import { ts } from './compiler';
import { select } from './nodeIndex';
import type { FunctionNode } from './syntax';

export const calls = select<ts.CallExpression>(ts.SyntaxKind.CallExpression);
export const instantiations = select<ts.NewExpression>(ts.SyntaxKind.NewExpression);
export const callLikes = select<ts.CallExpression | ts.NewExpression>(
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
);
export const binaries = select<ts.BinaryExpression>(ts.SyntaxKind.BinaryExpression);
export const accesses = select<ts.PropertyAccessExpression | ts.ElementAccessExpression>(
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ElementAccessExpression,
);
export const names = select<ts.Identifier>(ts.SyntaxKind.Identifier);
export const functions = select<FunctionNode>(
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
);
export const propertyAccesses = select<ts.PropertyAccessExpression>(ts.SyntaxKind.PropertyAccessExpression);
export const returns = select<ts.ReturnStatement>(ts.SyntaxKind.ReturnStatement);
export const thisWords = select<ts.Node>(ts.SyntaxKind.ThisKeyword);
/** For walks that stop at functions within. */
export const functionsAndCalls = select<FunctionNode | ts.CallExpression>(
  ...functions.kinds,
  ts.SyntaxKind.CallExpression,
);
