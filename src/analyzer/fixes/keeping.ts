/** How a resource that is a value gets a name that its release can use: the place it is kept in, or a new one. */
import { matchesApi } from '../acquiring/apiNames';
import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { TextEdit } from '../findings/findings';
import { fatesOf } from '../ownership/values/fate';
import type { Owner } from '../program/members';
import { type Place, textOf } from '../program/places';
import type { ApiName } from '../resources/apiTypes';
import { hasModifier, isClassNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { insertAt, type Layout } from './layout';
import { freeNames, freshName, isVisible, nameFromNoun } from './names';
import type { Named } from './release';
import { memberAround, type Site } from './sites';

export interface Kept {
  readonly named: Named;
  /** The list that it is one of, where it has no name of its own. */
  readonly list?: string;
  readonly edits: readonly TextEdit[];
}

/** The resource under a name that can be used at the site; undefined where there is none and none can be given. */
export function keep(open: Open, site: Site, engine: Engine, layout: Layout): Kept | undefined {
  const { form, result } = open.acquisition;
  // The promise of a resource is not the resource.
  if ((form.form === 'call' || form.form === 'method') && form.promise && result && !ts.isAwaitExpression(result))
    return undefined;
  return open.place ? kept(open, site, engine) : keptAnew(open, site, engine, layout);
}

function kept({ place, acquisition }: Open, site: Site, engine: Engine): Kept | undefined {
  if (!place) return undefined;
  const { root, path } = place;
  if (root.kind === 'owner') {
    if (site.vantage.owner !== root.owner || path.length !== 1) return undefined;
    const member = root.owner.members.get(path[0] ?? '');
    if (!member || member.isStatic) return undefined;
    if (!isStoredIn(place, acquisition, engine)) {
      const isList = member.values.some(
        ({ value }) => value !== undefined && ts.isArrayLiteralExpression(unwrap(value)),
      );
      return isList ? { named: { text: 'each', missing: 'never' }, list: textOf(place), edits: [] } : undefined;
    }
    return { named: { text: textOf(place), missing: missingIn(root.owner, member.name, acquisition.node) }, edits: [] };
  }
  if (root.kind !== 'declaration' || path.length > 0) return undefined;
  const { declaration } = root;
  if (!isStoredIn(place, acquisition, engine)) return undefined;
  if (!isVisible(declaration, site.vantage.node) || declaration.imported) return undefined;
  const isLater = declaration.kind !== 'const' && declaration.initializer === undefined;
  const type = ts.isVariableDeclaration(declaration.node) ? declaration.node.type?.getText() : undefined;
  const isNull = declaration.initializer?.kind === ts.SyntaxKind.NullKeyword || /\bnull\b/.test(type ?? '');
  return {
    named: { text: declaration.name, missing: isNull ? 'null' : isLater ? 'undefined' : 'never' },
    edits: [],
  };
}

/** The place holds the resource itself, not a collection with it. */
function isStoredIn(place: Place, { result }: Open['acquisition'], engine: Engine): boolean {
  const follow = (value: ts.Expression, depth: number): boolean =>
    fatesOf(value, engine.program).some(
      (fate) =>
        fate.kind === 'stored' &&
        (fate.place.key === place.key ||
          (depth < 3 && engine.uses.reads(fate.place.key).some((use) => follow(use, depth + 1)))),
    );
  return result !== undefined && (follow(result, 0) || isChained(result));
}

/** Stored behind methods that return it. */
function isChained(result: ts.Expression): boolean {
  const up = wrapped(result).parent;
  return ts.isPropertyAccessExpression(up);
}

function missingIn(owner: Owner, name: string, node: ts.Node): Named['missing'] {
  const member = owner.members.get(name);
  if (!member) return 'undefined';
  const isNull =
    /\bnull\b/.test(member.type?.getText() ?? '') ||
    member.values.some(({ value }) => value !== undefined && unwrap(value).kind === ts.SyntaxKind.NullKeyword);
  if (isNull) return 'null';
  const declared = isClassNode(owner.node)
    ? owner.node.members.find((one) => ts.isPropertyDeclaration(one) && one.name.getText() === name)
    : undefined;
  const isOptional =
    declared !== undefined && ts.isPropertyDeclaration(declared) && declared.questionToken !== undefined;
  const mayBe = isOptional || /\bundefined\b/.test(member.type?.getText() ?? '');
  return !mayBe && memberAround(node, owner) === 'constructor' ? 'never' : 'undefined';
}

/** Gives a dropped resource a variable or a field. */
function keptAnew({ acquisition, level }: Open, site: Site, engine: Engine, layout: Layout): Kept | undefined {
  const { result, kind, node } = acquisition;
  const dropped = result && droppedIn(result, kind.fluent ?? []);
  if (!result || !dropped) return undefined;
  const { statement, start, isChain } = dropped;
  const noun = nameFromNoun(kind.noun);
  // A function is called what it does.
  const isFunction = kind.release[0]?.form === 'invoked';
  const base = isFunction ? `stop${noun.charAt(0).toUpperCase()}${noun.slice(1)}` : noun;
  const indent = layout.indentAt(start);
  // `new Observer(…).observe(el)` gives something else: the resource is kept first, then used.
  const split = (name: string): readonly TextEdit[] =>
    isChain ? [insertAt(result.end, `${layout.semicolon}${layout.newline}${indent}${name}`)] : [];
  if (site.scope === 'local') {
    // What is declared in an inner block is not seen by the clean-up.
    if (!site.body || statement.parent !== site.body) return undefined;
    const name = freshName(base, engine);
    return {
      named: { text: name, missing: 'never' },
      edits: [insertAt(start, `const ${name} = `), ...split(name)],
    };
  }
  const { owner } = site.vantage;
  if (!owner || !isClassNode(owner.node) || statement.getSourceFile() !== owner.node.getSourceFile()) return undefined;
  // A field keeps one: what is acquired by each call needs more than that.
  if (level === 'call' || level === 'hot' || level === 'unknown') return undefined;
  if (engine.program.members.ownerAt(statement) !== owner) return undefined;
  const name = freshName(base, engine);
  const text = `this.${name}`;
  const atOnce =
    memberAround(node, owner) === 'constructor' &&
    ts.isBlock(statement.parent) &&
    ts.isConstructorDeclaration(statement.parent.parent);
  const edits = [insertAt(start, `${text} = `), ...split(text)];
  if (!layout.isTypeScript) return { named: { text, missing: atOnce ? 'never' : 'undefined' }, edits };
  const known = importedType(kind.type, engine) ?? typeOf(result, owner.node, engine);
  const imports = known === undefined ? importType(kind.type, engine, layout) : undefined;
  const type = known ?? (imports ? kind.type?.name : undefined);
  if (type === undefined) return undefined;
  const declaration = atOnce ? `private readonly ${name}: ${type}` : `private ${name}?: ${type}`;
  return {
    named: { text, missing: atOnce ? 'never' : 'undefined' },
    edits: [
      ...(imports ? [imports] : []),
      declareField(owner.node, `${declaration}${layout.semicolon}`, layout),
      ...edits,
    ],
  };
}

/** The statement that drops a value: by itself, behind methods that return it, or behind one that does not. */
function droppedIn(
  result: ts.Expression,
  fluent: readonly string[],
): { readonly statement: ts.ExpressionStatement; readonly start: number; readonly isChain: boolean } | undefined {
  let at: ts.Expression = wrapped(result);
  let isChain = false;
  for (;;) {
    const up: ts.Node = at.parent;
    if (ts.isExpressionStatement(up)) return { statement: up, start: up.getStart(), isChain };
    if (isChain || !ts.isPropertyAccessExpression(up) || !ts.isCallExpression(up.parent)) return undefined;
    isChain = !fluent.includes(up.name.text);
    if (isChain && at !== result) return undefined;
    at = wrapped(up.parent);
  }
}

/** The name under which a file imports a type. */
function importedType(type: ApiName | undefined, engine: Engine): string | undefined {
  const { scopes, path } = engine.program;
  return type
    ? scopes.imports.find(
        ({ imported, scope }) => imported && scope.func === undefined && matchesApi(imported, [type], path),
      )?.name
    : undefined;
}

/** Imports a type behind the last import; undefined where there is none, or the name is taken. */
function importType(type: ApiName | undefined, { program }: Engine, layout: Layout): TextEdit | undefined {
  const last = program.sourceFile.statements.findLast((statement) => ts.isImportDeclaration(statement));
  if (!type?.module || !last || !ts.isImportDeclaration(last)) return undefined;
  const isUsed = program.scopes.imports.some(({ imported }) => imported?.module.split('/')[0] === type.module);
  if (!isUsed || program.scopes.declarations.some(({ name }) => name === type.name)) return undefined;
  const quote = last.moduleSpecifier.getText().charAt(0);
  return insertAt(
    layout.lineEnd(last.end),
    `${layout.newline}import type { ${type.name} } from ${quote}${type.module}${quote}${layout.semicolon}`,
  );
}

/** The type of a resource, written without a checker. */
export function typeOf(result: ts.Expression, at: ts.Node, engine: Engine): string | undefined {
  const isAwaited = ts.isAwaitExpression(result);
  const value = unwrap(isAwaited ? result.expression : result);
  if (ts.isNewExpression(value)) return value.typeArguments ? undefined : value.expression.getText();
  if (!ts.isCallExpression(value) || value.questionDotToken || !isEntityName(value.expression)) return undefined;
  if (!freeNames(value.expression, engine).declarations.every((declaration) => isVisible(declaration, at)))
    return undefined;
  const type = `ReturnType<typeof ${value.expression.getText()}>`;
  return isAwaited ? `Awaited<${type}>` : type;
}

function isEntityName(expression: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(expression)
    ? expression.questionDotToken === undefined && isEntityName(expression.expression)
    : ts.isIdentifier(expression);
}

/** Declares a field behind the last one, or first of all. */
export function declareField(node: ts.ClassLikeDeclaration, text: string, layout: Layout): TextEdit {
  const [first] = node.members;
  const fields = node.members.filter(
    (member) => ts.isPropertyDeclaration(member) && !hasModifier(member, ts.SyntaxKind.StaticKeyword),
  );
  const last = fields.at(-1);
  const indent = layout.indentAt((first ?? node).getStart());
  if (last) return insertAt(layout.lineEnd(last.end), `${layout.newline}${indent}${text}`);
  const blank = first ? layout.newline : '';
  return insertAt(layout.lineEnd(node.members.pos), `${layout.newline}${indent}${text}${blank}`);
}
