/**
 * Lexical names of one file: every identifier to the declaration it means, every declaration to its uses,
 * imports to module and export. No types, no other files.
 */
import type { FunctionNode, ts } from '../syntax/syntax';

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
  readonly names: ReadonlyMap<string, Declaration>;
  /** Innermost function of the scope; undefined at module level. */
  readonly func: FunctionNode | undefined;
}

export interface FileScopes {
  readonly sourceFile: ts.SourceFile;
  readonly module: Scope;
  readonly declarations: readonly Declaration[];
  /** Those of them that are imported. */
  readonly imports: readonly Declaration[];
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
