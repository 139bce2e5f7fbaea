/** Keys that are certainly objects, by what the code does with them or by a type of the file. */
import type { Engine } from '../engine';
import { ts, unwrap, wrapped } from '../syntax/syntax';

/** Members that texts, numbers and symbols have too. */
const ofPrimitives = new Set(
  [String.prototype, Number.prototype, Symbol.prototype, Object.prototype, Boolean.prototype].flatMap((prototype) =>
    Object.getOwnPropertyNames(prototype),
  ),
);

/** Classes and their like: there are as many as the program has, and they stay anyway. */
const fixedThings =
  /^(?:_*(?:ctor|constructor|klass|clazz|cls|proto|prototype|target|type|token|schema|module|model|entity)|\w*(?:Class|Type|Ctor|Constructor|Prototype|Token|Schema|Module|Model|Entity|Definition|Def))$/i;

/** A parameter that is certainly an object or a function, and no class. */
export function isObjectKey(key: ts.Expression, engine: Engine): boolean {
  const value = unwrap(key);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (declaration?.kind !== 'parameter' || !ts.isParameter(declaration.node) || fixedThings.test(declaration.name))
    return false;
  const { type } = declaration.node;
  if (type && (isClassType(type) || isTextType(type))) return false;
  if (type && isObjectType(type, engine)) return true;
  return declaration.references.some((use) => usesAsObject(use));
}

/** `typeof Base`, `new () => T`, `Type<T>`. */
function isClassType(type: ts.TypeNode): boolean {
  if (ts.isTypeQueryNode(type) || ts.isConstructorTypeNode(type)) return true;
  return ts.isTypeReferenceNode(type) && fixedThings.test(type.typeName.getText());
}

function isTextType(type: ts.TypeNode): boolean {
  return (
    type.kind === ts.SyntaxKind.StringKeyword ||
    type.kind === ts.SyntaxKind.NumberKeyword ||
    type.kind === ts.SyntaxKind.SymbolKeyword ||
    (ts.isUnionTypeNode(type) && type.types.some((member) => isTextType(member)))
  );
}

/** A class, interface or function type of this file. */
function isObjectType(type: ts.TypeNode, engine: Engine, depth = 0): boolean {
  if (ts.isFunctionTypeNode(type) || ts.isTypeLiteralNode(type)) return true;
  if (depth > 3 || !ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  const node = engine.program.scopes.lookup(type.typeName.text, type)?.node;
  if (!node) return false;
  if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) return true;
  return ts.isTypeAliasDeclaration(node) && isObjectType(node.type, engine, depth + 1);
}

/** Called, or asked for a member that no text or number has. */
function usesAsObject(use: ts.Identifier): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isCallExpression(up)) return up.expression === outer;
  return ts.isPropertyAccessExpression(up) && up.expression === outer && !ofPrimitives.has(up.name.text);
}
