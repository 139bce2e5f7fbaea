/** Names for what is kept, and whether a piece of code means the same elsewhere in the file. */
import type { Engine } from '../engine';
import { accessText } from '../program/memberNames';
import type { Owner } from '../program/members';
import type { Declaration } from '../program/scopes';
import { isWithin, ts, unwrap, walk } from '../syntax/syntax';

const spelled = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** Every identifier that a file spells. */
function identifiersOf(sourceFile: ts.SourceFile): ReadonlySet<string> {
  let known = spelled.get(sourceFile);
  if (!known) {
    const found = new Set<string>();
    walk(sourceFile, (node) => {
      if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) found.add(node.text);
      return undefined;
    });
    known = found;
    spelled.set(sourceFile, known);
  }
  return known;
}

/** A name that the file does not use yet. */
export function freshName(base: string, engine: Engine, other = `${base}Handle`): string {
  const { sourceFile } = engine.program;
  for (const name of [base, other]) if (!isSpelled(name, sourceFile)) return name;
  for (let number = 2; ; number++) if (!isSpelled(`${base}${number}`, sourceFile)) return `${base}${number}`;
}

/** Most names that are asked for are nowhere in the text: only for the others its names are listed. */
function isSpelled(name: string, sourceFile: ts.SourceFile): boolean {
  return sourceFile.text.includes(name) && identifiersOf(sourceFile).has(name);
}

/** "position watch" → `watch`, "ResizeObserver" → `observer`. */
export function nameFromNoun(noun: string): string {
  const word = noun.split(/[^A-Za-z0-9]+/).findLast((part) => part !== '') ?? 'resource';
  const hump = /[A-Z][a-z0-9]+$/.exec(word)?.[0] ?? word;
  const name = hump.charAt(0).toLowerCase() + hump.slice(1);
  return reserved.has(name) ? `${name}Handle` : name;
}

const reserved = new Set([
  'switch',
  'function',
  'class',
  'import',
  'export',
  'interface',
  'package',
  'window',
  'document',
]);

/** "keydown" → `onKeydown`. */
export function handlerName(event: string | undefined): string {
  const words = (event ?? '').split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.length === 0
    ? 'handler'
    : `on${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

/** Declarations that a piece of code uses from outside itself, and whether it uses `this`. */
export function freeNames(
  node: ts.Node,
  engine: Engine,
): { readonly declarations: readonly Declaration[]; readonly usesThis: boolean; readonly usesArguments: boolean } {
  const declarations = new Set<Declaration>();
  let usesThis = false;
  let usesArguments = false;
  walk(node, (inner) => {
    if (inner.kind === ts.SyntaxKind.ThisKeyword || inner.kind === ts.SyntaxKind.SuperKeyword) usesThis = true;
    if (ts.isIdentifier(inner)) {
      if (inner.text === 'arguments') usesArguments = true;
      const declaration = engine.program.scopes.resolve(inner);
      if (declaration && !isWithin(declaration.node, node)) declarations.add(declaration);
    }
    return undefined;
  });
  return { declarations: [...declarations], usesThis, usesArguments };
}

/** Is the declaration in force at a node, and given its value by then? */
export function isVisible(declaration: Declaration, at: ts.Node): boolean {
  const { node } = declaration.scope;
  return ts.isSourceFile(node) || isWithin(at, node);
}

/** Where a release will stand: code of an owner, or code inside a function. */
export interface Vantage {
  readonly node: ts.Node;
  /** Whose `this` it has. */
  readonly owner: Owner | undefined;
}

/** The text of an expression that means the same at the vantage point; undefined when it may not. */
export function textThere(expression: ts.Expression, { node, owner }: Vantage, engine: Engine): string | undefined {
  const value = unwrap(expression);
  if (!isSteady(value)) return undefined;
  const { declarations, usesThis } = freeNames(expression, engine);
  const own = engine.program.members.ownerAt(expression);
  if (usesThis && (owner === undefined || own !== owner)) return undefined;
  if (declarations.every((declaration) => isVisible(declaration, node))) return expression.getText();
  // A parameter of the constructor that a field keeps.
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (!owner || !declaration || declaration.writes.length > 0) return undefined;
  for (const member of owner.members.values()) {
    const isIt =
      (member.parameter !== undefined && engine.program.scopes.declarationOf(member.parameter) === declaration) ||
      (member.values.length === 1 &&
        member.values.some(
          ({ value: given }) => given && ts.isIdentifier(given) && engine.program.scopes.resolve(given) === declaration,
        ));
    if (isIt && !member.isStatic) return accessText('this', [member.name]);
  }
  return undefined;
}

/** Names, members and literals: evaluated again they give the same. */
function isSteady(value: ts.Expression): boolean {
  const inner = unwrap(value);
  if (ts.isPropertyAccessExpression(inner)) return isSteady(inner.expression);
  return (
    ts.isIdentifier(inner) ||
    ts.isStringLiteralLike(inner) ||
    inner.kind === ts.SyntaxKind.ThisKeyword ||
    inner.kind === ts.SyntaxKind.TrueKeyword ||
    inner.kind === ts.SyntaxKind.FalseKeyword
  );
}
