/** What a file exports under which names: declarations, and values that are written where they are exported. */

import { isAssignment, propertyNameText, ts, unwrap } from '../syntax/syntax';
import type { FileProgram } from './program';
import type { Declaration } from './scopes';

/** What stands behind an exported name: its declaration, or the value written where it is exported. */
export type Exported = Declaration | ts.Expression | ts.FunctionDeclaration | ts.ClassDeclaration;

/** By exported name; `module.exports` is the default, its properties are names as well. */
export function exportedBy({ scopes, sourceFile }: FileProgram): ReadonlyMap<string, Exported> {
  const found = new Map<string, Exported>();
  for (const [name, declaration] of scopes.exports)
    if (declaration && declaration.scope.func === undefined) found.set(name, declaration);
  for (const statement of sourceFile.statements) {
    if (ts.isExportAssignment(statement)) addMissing(found, 'default', assigned(statement.expression));
    else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && !statement.name)
      addMissing(found, 'default', statement);
    else if (ts.isExpressionStatement(statement) && isAssignment(statement.expression)) {
      const { left, right } = statement.expression;
      const target = left.getText(sourceFile).replace(/\s/g, '');
      const value = unwrap(right);
      const member = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
      if (member !== undefined) addMissing(found, member, value);
      else if (target === 'module.exports') {
        addMissing(found, 'default', value);
        if (ts.isObjectLiteralExpression(value))
          for (const property of value.properties) {
            const name = property.name && propertyNameText(property.name);
            if (name !== undefined && ts.isPropertyAssignment(property)) addMissing(found, name, property.initializer);
          }
      }
    }
  }
  return found;
}

/** `export default api = { … }`: what is assigned. */
function assigned(expression: ts.Expression): ts.Expression {
  const value = unwrap(expression);
  return isAssignment(value) ? unwrap(value.right) : value;
}

function addMissing(found: Map<string, Exported>, name: string, value: Exclude<Exported, Declaration>): void {
  if (!found.has(name)) found.set(name, value);
}

/** Is it known by its declaration? */
export function isDeclaration(exported: Exported): exported is Declaration {
  return 'references' in exported;
}

/** The names that a class, a function or an object is exported under, by its node. */
export function exportNames(program: FileProgram): ReadonlyMap<ts.Node, readonly string[]> {
  const found = new Map<ts.Node, string[]>();
  const add = (node: ts.Node, name: string): void => {
    const known = found.get(node);
    if (known) known.push(name);
    else found.set(node, [name]);
  };
  for (const [name, written] of program.once(exportedBy)) {
    // `module.exports = build`
    const named = !isDeclaration(written) && ts.isIdentifier(written) ? program.scopes.resolve(written) : undefined;
    const exported = named ?? written;
    if (!isDeclaration(exported)) add(ts.isExpression(exported) ? unwrap(exported) : exported, name);
    else {
      add(exported.node, name);
      const { initializer, path } = exported;
      if (initializer && path?.length === 0) add(unwrap(initializer), name);
    }
  }
  // Who imports the default of a CommonJS module has all names as its members.
  if (program.sourceFile.statements.some(isCommonJs))
    for (const names of found.values())
      names.push(...names.flatMap((name) => (name === 'default' ? [] : [`default.${name}`])));
  return found;
}

function isCommonJs(statement: ts.Statement): boolean {
  return (
    ts.isExpressionStatement(statement) &&
    isAssignment(statement.expression) &&
    /^(?:module\.)?exports\b/.test(statement.expression.left.getText())
  );
}
