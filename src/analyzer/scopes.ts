/**
 * Lexical names of one file: every identifier to the declaration it means, every declaration to its uses,
 * imports to module and export. No types, no other files.
 */
import { nodesIn, select } from './nodeIndex';
import { NodeTable } from './nodeTable';
import { names } from './selections';
import { type FunctionNode, isAssignment, isFunctionNode, propertyNameText, ts, unwrap } from './syntax';

export type DeclarationKind =
  | 'const'
  | 'let'
  | 'var'
  | 'using'
  | 'parameter'
  | 'function'
  | 'class'
  | 'import'
  | 'catch'
  | 'enum'
  | 'namespace'
  | 'type';

export interface Declaration {
  readonly id: number;
  readonly name: string;
  readonly kind: DeclarationKind;
  /** VariableDeclaration, BindingElement, Parameter, FunctionDeclaration, ClassDeclaration, import clause part … */
  readonly node: ts.Node;
  readonly scope: Scope;
  /** What the name is bound to at its declaration: initialiser, or the destructured expression (then see `path`). */
  readonly initializer: ts.Expression | undefined;
  /** Properties walked from `initializer` by destructuring; undefined where a rest or computed name hides it. */
  readonly path: readonly string[] | undefined;
  /** Module and export name (`default`, `*` for a namespace) of an import or a `require`. */
  readonly imported: { readonly module: string; readonly name: string } | undefined;
  readonly references: ts.Identifier[];
  /** Assignments after the declaration: `x = value`, `x += …`, `x++`; `value` undefined where it is no plain assignment. */
  readonly writes: { readonly node: ts.Node; readonly value: ts.Expression | undefined }[];
}

export interface Scope {
  readonly node: ts.Node;
  readonly parent: Scope | undefined;
  readonly names: Map<string, Declaration>;
  /** Innermost function of the scope; undefined at module level. */
  readonly func: FunctionNode | undefined;
}

export interface FileScopes {
  readonly sourceFile: ts.SourceFile;
  readonly module: Scope;
  readonly declarations: readonly Declaration[];
  /** Declaration that an identifier in expression position means; undefined for globals and property names. */
  readonly resolve: (identifier: ts.Identifier) => Declaration | undefined;
  /** Declaration that the name would mean at `at` (also for names in type positions). */
  readonly lookup: (name: string, at: ts.Node) => Declaration | undefined;
  readonly declarationOf: (node: ts.Node) => Declaration | undefined;
  /** Names the module exports, with the declaration behind each where it is in this file. */
  readonly exports: ReadonlyMap<string, Declaration | undefined>;
  /** True where control may be a script of a page rather than a module: no import, export or require. */
  readonly isModule: boolean;
}

/** Builds the scopes of a parsed file (parents set). Linear in the size of the tree. */
export function bindScopes(sourceFile: ts.SourceFile): FileScopes {
  const scopeOf = new Map<ts.Node, Scope>();
  const declarations: Declaration[] = [];
  const byNode = new NodeTable<Declaration>(sourceFile);
  const resolved = new NodeTable<Declaration>(sourceFile);
  const exported = new Map<string, Declaration | undefined>();
  const module: Scope = { node: sourceFile, parent: undefined, names: new Map(), func: undefined };
  scopeOf.set(sourceFile, module);
  let isModule = false;

  const declare = (
    scope: Scope,
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
    scope.names.set(name, declaration);
  };

  const declareBinding = (
    scope: Scope,
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

  const functionScope = (scope: Scope): Scope => {
    let at = scope;
    while (at.parent && at.node !== at.func && !isHoistTarget(at.node)) at = at.parent;
    return at;
  };

  /** Declares what a node declares. @returns the scope of what is below it */
  const declareIn = (node: ts.Node, scope: Scope): Scope => {
    let inner = scope;
    if (isFunctionNode(node)) {
      if (ts.isFunctionDeclaration(node) && node.name) declare(scope, node.name.text, 'function', node);
      inner = { node, parent: scope, names: new Map(), func: node };
      scopeOf.set(node, inner);
      if (ts.isFunctionExpression(node) && node.name) declare(inner, node.name.text, 'function', node);
      for (const parameter of node.parameters)
        declareBinding(inner, parameter.name, 'parameter', parameter, undefined, undefined);
    } else if (ts.isClassDeclaration(node) || ts.isClassExpression(node)) {
      if (ts.isClassDeclaration(node) && node.name) declare(scope, node.name.text, 'class', node);
      inner = { node, parent: scope, names: new Map(), func: scope.func };
      scopeOf.set(node, inner);
      if (ts.isClassExpression(node) && node.name) declare(inner, node.name.text, 'class', node);
    } else if (opensBlockScope(node)) {
      inner = { node, parent: scope, names: new Map(), func: scope.func };
      scopeOf.set(node, inner);
    }
    if (ts.isVariableDeclarationList(node)) {
      const kind = variableKind(node);
      const target = kind === 'var' ? functionScope(scope) : scope;
      for (const variable of node.declarations)
        declareBinding(
          target,
          variable.name,
          kind,
          variable,
          variable.initializer,
          variable.initializer ? [] : undefined,
        );
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

  const declareImports = (node: ts.ImportDeclaration, scope: Scope): void => {
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

  const find = (name: string, from: Scope): Declaration | undefined => {
    for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
      const hit = scope.names.get(name);
      if (hit) return hit;
    }
    return undefined;
  };

  const scopeAt = (node: ts.Node): Scope => {
    for (let up: ts.Node | undefined = node; up; up = up.parent) {
      const scope = scopeOf.get(up);
      if (scope) return scope;
    }
    return module;
  };

  // First all scopes and declarations: a name may be used above its declaration.
  const scopes: Scope[] = [];
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
function scopeStack(module: Scope): { readonly at: (node: ts.Node) => Scope; readonly enter: (scope: Scope) => void } {
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

function recordWrite(node: ts.Identifier, declaration: Declaration): void {
  let target: ts.Node = node;
  while (ts.isParenthesizedExpression(target.parent) || ts.isNonNullExpression(target.parent)) target = target.parent;
  const up = target.parent;
  if (isAssignment(up) && up.left === target) {
    const plain = up.operatorToken.kind === ts.SyntaxKind.EqualsToken || isLogicalAssignment(up.operatorToken.kind);
    declaration.writes.push({ node: up, value: plain ? up.right : undefined });
  } else if ((ts.isPrefixUnaryExpression(up) || ts.isPostfixUnaryExpression(up)) && isStep(up.operator)) {
    declaration.writes.push({ node: up, value: undefined });
  } else if ((ts.isForOfStatement(up) || ts.isForInStatement(up)) && up.initializer === target) {
    declaration.writes.push({ node: up, value: undefined });
  } else if (isDestructuringTarget(target)) {
    declaration.writes.push({ node: up, value: undefined });
  }
}

function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

function isStep(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function isDestructuringTarget(node: ts.Node): boolean {
  let at = node;
  for (;;) {
    const up = at.parent;
    if (
      ts.isArrayLiteralExpression(up) ||
      ts.isSpreadElement(up) ||
      ts.isShorthandPropertyAssignment(up) ||
      ts.isObjectLiteralExpression(up)
    )
      at = up;
    else if (ts.isPropertyAssignment(up) && up.initializer === at) at = up;
    else return at !== node && isAssignment(up) && up.left === at;
  }
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
  if (!(isRequire || isImport) || !specifier || !ts.isStringLiteralLike(specifier)) return undefined;
  const names = [...properties, ...path];
  return names.length <= 1
    ? { module: specifier.text, name: names[0] ?? '*' }
    : { module: `${specifier.text}`, name: names.join('.') };
}

function variableKind(list: ts.VariableDeclarationList): DeclarationKind {
  const flags = list.flags & ts.NodeFlags.BlockScoped;
  if (flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing) return 'using';
  if (flags === ts.NodeFlags.Const) return 'const';
  return flags === ts.NodeFlags.Let ? 'let' : 'var';
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

/** Is the identifier a use of a value (not a property name, label, declaration name or attribute)? */
function isReference(node: ts.Identifier): boolean {
  const up = node.parent;
  switch (up.kind) {
    case ts.SyntaxKind.PropertyAccessExpression:
      return (up as ts.PropertyAccessExpression).expression === node;
    case ts.SyntaxKind.QualifiedName:
      return (up as ts.QualifiedName).left === node;
    case ts.SyntaxKind.PropertyAssignment:
    case ts.SyntaxKind.BindingElement:
    case ts.SyntaxKind.VariableDeclaration:
    case ts.SyntaxKind.Parameter:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.EnumMember:
      return (up as ts.HasInitializer).initializer === node;
    case ts.SyntaxKind.ShorthandPropertyAssignment: {
      const { name, objectAssignmentInitializer } = up as ts.ShorthandPropertyAssignment;
      return name === node || objectAssignmentInitializer === node;
    }
    case ts.SyntaxKind.ExportSpecifier: {
      const specifier = up as ts.ExportSpecifier;
      return (
        specifier.parent.parent.moduleSpecifier === undefined && (specifier.propertyName ?? specifier.name) === node
      );
    }
    case ts.SyntaxKind.JsxOpeningElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
    case ts.SyntaxKind.JsxClosingElement:
      return !/^[a-z]/.test(node.text);
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.ClassExpression:
      return (up as ts.FunctionDeclaration | ts.ClassDeclaration).name !== node;
    case ts.SyntaxKind.JsxAttribute:
    case ts.SyntaxKind.JsxNamespacedName:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
    case ts.SyntaxKind.ImportClause:
    case ts.SyntaxKind.ImportSpecifier:
    case ts.SyntaxKind.NamespaceImport:
    case ts.SyntaxKind.ImportEqualsDeclaration:
    case ts.SyntaxKind.NamespaceExport:
    case ts.SyntaxKind.EnumDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
    case ts.SyntaxKind.MetaProperty:
    case ts.SyntaxKind.LabeledStatement:
    case ts.SyntaxKind.BreakStatement:
    case ts.SyntaxKind.ContinueStatement:
      return false;
    default:
      return true;
  }
}

function collectExports(
  sourceFile: ts.SourceFile,
  module: Scope,
  exported: Map<string, Declaration | undefined>,
): void {
  const exportedBy = (expression: ts.Expression): Declaration | undefined => {
    const value = unwrap(expression);
    return ts.isIdentifier(value) ? module.names.get(value.text) : undefined;
  };
  for (const statement of sourceFile.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) {
      const isDefault = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
      if (ts.isVariableStatement(statement)) {
        for (const declaration of statement.declarationList.declarations)
          for (const name of boundNames(declaration.name)) exported.set(name, module.names.get(name));
      } else if (
        (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
        (statement.name || isDefault)
      ) {
        exported.set(
          isDefault ? 'default' : (statement.name?.text ?? 'default'),
          statement.name ? module.names.get(statement.name.text) : undefined,
        );
      } else if (ts.isEnumDeclaration(statement))
        exported.set(statement.name.text, module.names.get(statement.name.text));
    } else if (ts.isExportAssignment(statement)) exported.set('default', exportedBy(statement.expression));
    else if (
      ts.isExportDeclaration(statement) &&
      !statement.moduleSpecifier &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    ) {
      for (const element of statement.exportClause.elements)
        exported.set(element.name.text, module.names.get((element.propertyName ?? element.name).text));
    } else if (ts.isExpressionStatement(statement) && isAssignment(statement.expression)) {
      // CommonJS: module.exports = x, module.exports = { a, b: c }, exports.a = x
      const left = statement.expression.left.getText(sourceFile).replace(/\s/g, '');
      const right = unwrap(statement.expression.right);
      if (left === 'module.exports' || left === 'exports') {
        if (ts.isObjectLiteralExpression(right)) {
          for (const property of right.properties) {
            const name = propertyNameText(property.name);
            if (name === undefined) continue;
            if (ts.isShorthandPropertyAssignment(property)) exported.set(name, module.names.get(name));
            else if (ts.isPropertyAssignment(property)) exported.set(name, exportedBy(property.initializer));
          }
        } else exported.set('default', exportedBy(right));
      } else if (/^(module\.)?exports\.\w+$/.test(left))
        exported.set(left.slice(left.lastIndexOf('.') + 1), exportedBy(right));
    }
  }
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}
