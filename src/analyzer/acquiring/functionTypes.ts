/** Types of functions, as far as a file tells. */

import type { FileProgram } from '../program/program';
import { ts } from '../syntax/syntax';
import { namesFunction } from '../words/functions';

const maxDepth = 4;

/** Is it a type that has a name and is none of a function: by its declaration in the file, else by the name? */
export function isOtherType(type: ts.TypeNode, program: FileProgram): boolean {
  return ts.isTypeReferenceNode(type) && !mayBeFunction(type, program, 0);
}

/** Of a type that is written out otherwise, or leads further than is followed, nothing is known. */
function mayBeFunction(type: ts.TypeNode, program: FileProgram, depth: number): boolean {
  if (ts.isParenthesizedTypeNode(type)) return mayBeFunction(type.type, program, depth);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type))
    return type.types.some((one) => mayBeFunction(one, program, depth));
  if (ts.isTypeLiteralNode(type)) return hasCallSignature(type.members);
  if (ts.isArrayTypeNode(type) || ts.isTupleTypeNode(type) || ts.isLiteralTypeNode(type)) return false;
  if (!ts.isTypeReferenceNode(type) || depth > maxDepth) return true;
  const declared = ts.isIdentifier(type.typeName) ? program.scopes.lookup(type.typeName.text, type)?.node : undefined;
  if (declared && ts.isTypeAliasDeclaration(declared)) return mayBeFunction(declared.type, program, depth + 1);
  if (declared && ts.isInterfaceDeclaration(declared)) {
    const bases = declared.heritageClauses?.flatMap(({ types }) => types) ?? [];
    return hasCallSignature(declared.members) || bases.some((base) => namesFunction(base.expression.getText()));
  }
  if (declared && (ts.isClassDeclaration(declared) || ts.isEnumDeclaration(declared))) return false;
  return namesFunction(type.typeName.getText());
}

function hasCallSignature(members: ts.NodeArray<ts.TypeElement>): boolean {
  return members.some((member) => ts.isCallSignatureDeclaration(member));
}
