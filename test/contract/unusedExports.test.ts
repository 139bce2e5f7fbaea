/** What `src/` exports, the program uses: a function that tests alone call proves nothing about the program. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ts } from '@ts-morph/common';
import { filesIn, root, src } from '../support/sourceFiles';

/** Taken by their file's name: the bundles of `esbuild.config.mjs`. */
const ENTRIES = [
  'analyzer/analyzer.ts',
  'extension.ts',
  'cli/commands.ts',
  'cli/main.ts',
  'server/main.ts',
  'dashboard/main.ts',
];
interface SourceFile {
  readonly exports: ReadonlySet<string>;
  /** Names that the file uses itself, beside the place where it declares them. */
  readonly ownUses: ReadonlySet<string>;
  /** Absolute file → names that are taken from it. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
}

function readSource(file: string): SourceFile {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const exports = new Set<string>();
  const imports = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  const namespaces = new Map<string, ts.Expression>();
  const take = (specifier: ts.Expression, names: readonly string[]): void => {
    if (!ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return;
    const target = resolve(dirname(file), `${specifier.text.replace(/\.ts$/, '')}.ts`);
    imports.set(target, new Set([...(imports.get(target) ?? []), ...names]));
  };
  for (const statement of tree.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings)) namespaces.set(bindings.name.text, statement.moduleSpecifier);
      if (bindings && ts.isNamedImports(bindings))
        take(
          statement.moduleSpecifier,
          bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text),
        );
    } else if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && statement.exportClause) {
      if (ts.isNamedExports(statement.exportClause))
        take(
          statement.moduleSpecifier,
          statement.exportClause.elements.map(({ propertyName, name }) => (propertyName ?? name).text),
        );
    } else if (
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    ) {
      if (ts.isVariableStatement(statement)) {
        for (const { name } of statement.declarationList.declarations)
          if (ts.isIdentifier(name)) exports.add(name.text);
      } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name)
        exports.add(statement.name.text);
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const module = namespaces.get(node.expression.text);
      if (module) take(module, [node.name.text]);
    }
    if (ts.isIdentifier(node)) counts.set(node.text, (counts.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { exports, imports, ownUses: new Set([...exports].filter((name) => (counts.get(name) ?? 0) > 1)) };
}

describe('exports', () => {
  it('of src are used by src or by a script', () => {
    const files = new Map([...filesIn(src), ...filesIn(join(root, 'scripts'))].map((file) => [file, readSource(file)]));
    const taken = new Map<string, Set<string>>();
    for (const { imports } of files.values())
      for (const [file, names] of imports) taken.set(file, new Set([...(taken.get(file) ?? []), ...names]));
    const unused = [...files].flatMap(([file, { exports, ownUses }]) => {
      const name = relative(src, file).replaceAll('\\', '/');
      return name.startsWith('..') || ENTRIES.includes(name)
        ? []
        : [...exports].filter((one) => !ownUses.has(one) && !taken.get(file)?.has(one)).map((one) => `${name}: ${one}`);
    });
    assert.ok(files.size > 100, 'the files are found');
    assert.deepEqual(unused, [], 'only tests use these, or nobody');
  });
});
