/** What a file hands to others about resources, small enough to keep for every file. Plain JSON. */
import type { Engine } from './engine';
import { releasingTeardowns, releasingType } from './ownership/superCalls';
import { ts, unwrap } from './syntax';

export interface FileSummary {
  readonly version: 1;
  /** Exported long-lived values: name → catalogue types they are known to be. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** `export … from './other'`: exported name (`*` for all) → module and name there. */
  readonly reexports: readonly { readonly name: string; readonly module: string; readonly from: string }[];
}

export const emptySummary: FileSummary = { version: 1, values: {}, reexports: [] };

/** Summary of a bound file. */
export function summarize(engine: Engine): FileSummary {
  const { program } = engine;
  const values: Record<string, readonly string[]> = {};
  for (const [name, declaration] of program.scopes.exports) {
    if (!declaration || declaration.scope.func !== undefined) continue;
    const owner = program.members.ownerOf(declaration.node);
    const teardowns = owner?.kind === 'class' ? releasingTeardowns(owner).map(releasingType) : [];
    if (teardowns.length > 0) values[name] = teardowns;
    const value =
      declaration.initializer && declaration.path?.length === 0 ? unwrap(declaration.initializer) : undefined;
    if (!value || declaration.writes.length > 0 || !(ts.isNewExpression(value) || ts.isCallExpression(value))) continue;
    const types = engine.types.of(value);
    if (types.size > 0) values[name] = [...types];
  }
  for (const statement of program.sourceFile.statements) {
    // export default new Emitter()
    if (!ts.isExportAssignment(statement)) continue;
    const value = unwrap(statement.expression);
    const types = ts.isNewExpression(value) ? engine.types.of(value) : undefined;
    if (types && types.size > 0) values.default = [...types];
  }
  return { version: 1, values, reexports: reexportsOf(program.sourceFile) };
}

function reexportsOf(sourceFile: ts.SourceFile): FileSummary['reexports'] {
  const found: { name: string; module: string; from: string }[] = [];
  for (const statement of sourceFile.statements) {
    if (
      !ts.isExportDeclaration(statement) ||
      !statement.moduleSpecifier ||
      !ts.isStringLiteralLike(statement.moduleSpecifier)
    )
      continue;
    const module = statement.moduleSpecifier.text;
    const clause = statement.exportClause;
    if (!clause) found.push({ name: '*', module, from: '*' });
    else if (ts.isNamedExports(clause))
      for (const element of clause.elements)
        found.push({ name: element.name.text, module, from: (element.propertyName ?? element.name).text });
  }
  return found;
}

/** Does the text re-export from another file? Such files are read for links though they hold no word of the catalogue. */
export function mayReexport(text: string): boolean {
  return /\bexport\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b/.test(text);
}
