/** Binds the names of one file: first all scopes and declarations, then what uses and writes them. */

import { nodesIn, select } from '../syntax/nodeIndex';
import { NodeTable } from '../syntax/nodeTable';
import { names } from '../syntax/selections';
import { hasModifier, isFunctionNode, propertyNameText, ts, unwrap } from '../syntax/syntax';
import { collectExports } from './moduleExports';
import { isReference, recordWrite } from './references';
import type { Declaration, DeclarationKind, FileScopes, Scope } from './scopes';
import { specifierOf } from './specifiers';

/** A scope while its names are declared. */
interface OpenScope extends Scope {
  readonly parent: OpenScope | undefined;
  names: Map<string, Declaration>;
}

/** Of the scopes that declare none: half of the blocks. */
const noNames = new Map<string, Declaration>();

/** Builds the scopes of a parsed file (parents set). Linear in the size of the tree. */
export function bindScopes(sourceFile: ts.SourceFile): FileScopes {
  const scopeOf = new Map<ts.Node, OpenScope>();
  const declarations: Declaration[] = [];
  const byNode = new NodeTable<Declaration>(sourceFile);
  const resolved = new NodeTable<Declaration>(sourceFile);
  const exported = new Map<string, Declaration | undefined>();
  const module: OpenScope = { node: sourceFile, parent: undefined, names: new Map(), func: undefined };
  scopeOf.set(sourceFile, module);
  let isModule = false;

  const declare = (
    scope: OpenScope,
    name: string,
    kind: DeclarationKind,
    node: ts.Node,
    more: {
      readonly initializer?: ts.Expression | undefined;
      readonly path?: readonly string[] | undefined;
      readonly imported?: Declaration['imported'];
    } = {},
  ): void => {
    const before = scope.names.get(name);
    if (before && kind !== 'type') {
      // Overloads, `var` twice, a class merged with a namespace or type: one name, the first declaration with a value wins.
      if (before.kind !== 'type') {
        byNode.set(node, before);
        if (more.initializer && node.kind === ts.SyntaxKind.VariableDeclaration)
          before.writes.push({ node, value: more.initializer });
        return;
      }
    } else if (before) return;
    const declaration: Declaration = {
      id: declarations.length,
      name,
      kind,
      node,
      scope,
      initializer: more.initializer,
      path: more.path ?? (more.initializer ? [] : undefined),
      imported: more.imported,
      references: [],
      writes: [],
    };
    declarations.push(declaration);
    byNode.set(node, declaration);
    if (scope.names === noNames) scope.names = new Map();
    scope.names.set(name, declaration);
  };

  const declareBinding = (
    scope: OpenScope,
    name: ts.BindingName,
    kind: DeclarationKind,
    node: ts.Node,
    initializer: ts.Expression | undefined,
    path: readonly string[] | undefined,
  ): void => {
    if (ts.isIdentifier(name)) {
      const imported = initializer && path ? requiredFrom(initializer, path) : undefined;
      if (imported) isModule = true;
      declare(scope, name.text, kind, node, { initializer, path, imported });
      return;
    }
    name.elements.forEach((element, index) => {
      if (ts.isOmittedExpression(element)) return;
      const key = ts.isObjectBindingPattern(name)
        ? propertyNameText(element.propertyName ?? element.name)
        : String(index);
      const deeper = path && key !== undefined && !element.dotDotDotToken ? [...path, key] : undefined;
      declareBinding(scope, element.name, kind, element, initializer, deeper);
    });
  };

  const functionScope = (scope: OpenScope): OpenScope => {
    let at = scope;
    while (at.parent && at.node !== at.func && !isHoistTarget(at.node)) at = at.parent;
    return at;
  };

  /** Declares what a node declares. @returns the scope of what is below it */
  const declareIn = (node: ts.Node, scope: OpenScope): OpenScope => {
    let inner = scope;
    if (isFunctionNode(node)) {
      if (ts.isFunctionDeclaration(node) && node.name) declare(scope, node.name.text, 'function', node);
      inner = { node, parent: scope, names: noNames, func: node };
      scopeOf.set(node, inner);
      if (ts.isFunctionExpression(node) && node.name) declare(inner, node.name.text, 'function', node);
      for (const parameter of node.parameters)
        declareBinding(inner, parameter.name, 'parameter', parameter, undefined, undefined);
    } else if (ts.isClassDeclaration(node) || ts.isClassExpression(node)) {
      if (ts.isClassDeclaration(node) && node.name) declare(scope, node.name.text, 'class', node);
      inner = { node, parent: scope, names: noNames, func: scope.func };
      scopeOf.set(node, inner);
      if (ts.isClassExpression(node) && node.name) declare(inner, node.name.text, 'class', node);
    } else if (opensBlockScope(node)) {
      inner = { node, parent: scope, names: noNames, func: scope.func };
      scopeOf.set(node, inner);
    }
    if (ts.isVariableDeclarationList(node)) {
      const kind = variableKind(node);
      const target = kind === 'var' ? functionScope(scope) : scope;
      for (const variable of node.declarations) {
        if (scope === module && isOfProgram(variable, module.names)) continue;
        declareBinding(
          target,
          variable.name,
          kind,
          variable,
          variable.initializer,
          variable.initializer ? [] : undefined,
        );
      }
    } else if (ts.isCatchClause(node) && node.variableDeclaration) {
      declareBinding(inner, node.variableDeclaration.name, 'catch', node.variableDeclaration, undefined, undefined);
    } else if (ts.isImportDeclaration(node)) {
      isModule = true;
      declareImports(node, scope);
    } else if (ts.isImportEqualsDeclaration(node)) {
      isModule = true;
      const reference = node.moduleReference;
      const module =
        ts.isExternalModuleReference(reference) && ts.isStringLiteralLike(reference.expression)
          ? reference.expression.text
          : undefined;
      declare(scope, node.name.text, 'import', node, {
        imported: module === undefined ? undefined : { module, name: '*' },
      });
    } else if (ts.isEnumDeclaration(node)) declare(scope, node.name.text, 'enum', node);
    else if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name))
      declare(scope, node.name.text, 'namespace', node);
    else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      declare(scope, node.name.text, 'type', node);
    else if (ts.isExportDeclaration(node) || ts.isExportAssignment(node)) isModule = true;
    return inner;
  };

  const declareImports = (node: ts.ImportDeclaration, scope: OpenScope): void => {
    const clause = node.importClause;
    if (!clause || !ts.isStringLiteralLike(node.moduleSpecifier)) return;
    const module = node.moduleSpecifier.text;
    if (clause.name) declare(scope, clause.name.text, 'import', clause, { imported: { module, name: 'default' } });
    const bindings = clause.namedBindings;
    if (!bindings) return;
    if (ts.isNamespaceImport(bindings))
      declare(scope, bindings.name.text, 'import', bindings, { imported: { module, name: '*' } });
    else
      for (const element of bindings.elements)
        declare(scope, element.name.text, 'import', element, {
          imported: { module, name: (element.propertyName ?? element.name).text },
        });
  };

  const find = (name: string, from: OpenScope): Declaration | undefined => {
    for (let scope: OpenScope | undefined = from; scope; scope = scope.parent) {
      const hit = scope.names === noNames ? undefined : scope.names.get(name);
      if (hit) return hit;
    }
    return undefined;
  };

  const scopeAt = (node: ts.Node): OpenScope => {
    for (let up: ts.Node | undefined = node; up; up = up.parent) {
      const scope = scopeOf.get(up);
      if (scope) return scope;
    }
    return module;
  };

  // First all scopes and declarations: a name may be used above its declaration.
  const scopes: OpenScope[] = [];
  const declaredIn = scopeStack(module);
  for (const node of nodesIn(sourceFile, declaring)) {
    const scope = declaredIn.at(node);
    const inner = declareIn(node, scope);
    if (inner === scope) continue;
    scopes.push(inner);
    declaredIn.enter(inner);
  }
  // Then uses and writes.
  const usedIn = scopeStack(module);
  let entered = 0;
  for (const node of nodesIn(sourceFile, names)) {
    for (let scope = scopes[entered]; scope && scope.node.pos <= node.pos; scope = scopes[entered]) {
      usedIn.at(scope.node);
      usedIn.enter(scope);
      entered++;
    }
    if (!isReference(node)) continue;
    const declaration = find(node.text, usedIn.at(node));
    if (!declaration) continue;
    resolved.set(node, declaration);
    declaration.references.push(node);
    recordWrite(node, declaration);
  }
  collectExports(sourceFile, module, exported);
  if (exported.size > 0) isModule = true;

  return {
    sourceFile,
    module,
    declarations,
    resolve: (identifier) => resolved.get(identifier),
    lookup: (name, at) => find(name, scopeAt(at)),
    declarationOf: (node) => byNode.get(node),
    exports: exported,
    isModule,
  };
}

/** What opens a scope or declares a name. */
const declaring = select<ts.Node>(
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.Block,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.CatchClause,
  ts.SyntaxKind.CaseBlock,
  ts.SyntaxKind.ModuleBlock,
  ts.SyntaxKind.ClassStaticBlockDeclaration,
  ts.SyntaxKind.VariableDeclarationList,
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ImportEqualsDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ExportAssignment,
);

/** Follows the scopes along nodes in source order. */
function scopeStack(module: OpenScope): {
  readonly at: (node: ts.Node) => OpenScope;
  readonly enter: (scope: OpenScope) => void;
} {
  let current = module;
  return {
    at: (node) => {
      while (current.parent && current.node.end <= node.pos) current = current.parent;
      return current;
    },
    enter: (scope) => {
      current = scope;
    },
  };
}

function requiredFrom(initializer: ts.Expression, path: readonly string[]): Declaration['imported'] {
  let call = unwrap(initializer);
  const properties: string[] = [];
  while (ts.isPropertyAccessExpression(call)) {
    properties.unshift(call.name.text);
    call = unwrap(call.expression);
  }
  if (ts.isAwaitExpression(call)) call = unwrap(call.expression);
  if (!ts.isCallExpression(call)) return undefined;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
  const isImport = call.expression.kind === ts.SyntaxKind.ImportKeyword;
  const [specifier] = call.arguments;
  const module = (isRequire || isImport) && specifier ? specifierOf(specifier) : undefined;
  if (module === undefined) return undefined;
  const names = [...properties, ...path];
  return { module, name: names.length <= 1 ? (names[0] ?? '*') : names.join('.') };
}

function variableKind(list: ts.VariableDeclarationList): DeclarationKind {
  const flags = list.flags & ts.NodeFlags.BlockScoped;
  if (flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing) return 'using';
  if (flags === ts.NodeFlags.Const) return 'const';
  return flags === ts.NodeFlags.Let ? 'let' : 'var';
}

/**
 * `declare var window: any;` makes no variable: the name is the global's. One of an imported type is left a variable, which
 * its annotation describes; so is what is exported.
 */
function isOfProgram({ parent: { parent: statement }, type }: ts.VariableDeclaration, names: Scope['names']): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  if (!hasModifier(statement, ts.SyntaxKind.DeclareKeyword) || hasModifier(statement, ts.SyntaxKind.ExportKeyword))
    return false;
  if (!type || !ts.isTypeReferenceNode(type)) return true;
  let name = type.typeName;
  while (ts.isQualifiedName(name)) name = name.left;
  return names.get(name.text)?.kind !== 'import';
}

function isHoistTarget(node: ts.Node): boolean {
  return ts.isSourceFile(node) || ts.isModuleBlock(node) || ts.isClassStaticBlockDeclaration(node);
}

function opensBlockScope(node: ts.Node): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.Block:
      return !isFunctionNode(node.parent);
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.ForInStatement:
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.CatchClause:
    case ts.SyntaxKind.CaseBlock:
    case ts.SyntaxKind.ModuleBlock:
    case ts.SyntaxKind.ClassStaticBlockDeclaration:
      return true;
    default:
      return false;
  }
}
