/**
 * Entries that are put in and looked up under one form of a key, and removed under another: another member of the same thing
 * (`uri.toString()`, `uri.fsPath`), or the raw value of what is made uniform everywhere else (`path.resolve(file)`, `file`).
 */
import type { Engine } from '../engine';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, unwrap } from '../syntax/syntax';
import type { Changes, Insertion, Removal } from './changes';
import type { Collection } from './collections';
import { functionName } from './holders';
import { isMessageName, isRelationName, isUniformer } from './words';

/** A removal whose key is of another form than those of all entries. */
export interface OtherForm {
  readonly removal: Removal;
  readonly insertion: Insertion;
  /** The key that entries have, as it is written. */
  readonly written: string;
}

/** The removals of a collection, where all of them use another form of the key. */
export function otherForm(collection: Collection, engine: Engine): OtherForm | undefined {
  const { changes, container } = collection;
  const [insertion] = changes.insertions;
  const [removal] = changes.removals;
  if (container.shape === 'array' || !insertion?.key || !removal?.key) return undefined;
  if (changes.removals.some(({ key }) => key === undefined)) return undefined;
  const isOther = isOtherMember(changes, engine) || isUnlike(changes, engine) || isOnePart(changes, engine);
  return isOther ? { removal, insertion, written: writtenOf(insertion.key, engine) } : undefined;
}

function writtenOf(key: ts.Expression, engine: Engine): string {
  return meant(key, engine).getText().replace(/\s+/g, ' ');
}

/** Keys by which entries are asked for. */
function askedKeys({ lookups, tests }: Changes): readonly ts.Expression[] {
  return [...lookups, ...tests].flatMap((look) => {
    const key = ts.isCallExpression(look)
      ? look.arguments[0]
      : ts.isElementAccessExpression(look)
        ? look.argumentExpression
        : undefined;
    return key ?? [];
  });
}

interface Chain {
  /** Names from the root to the thing: `document.uri`. */
  readonly of: readonly string[];
  /** The member of it: `fsPath`, `toString()`. */
  readonly member: string;
  readonly root: ts.Identifier;
}

/** `document.uri.fsPath` removes what `document.uri.toString()` has put in. */
function isOtherMember(changes: Changes, engine: Engine): boolean {
  const put = changes.insertions.map(({ key }) => key && chainOf(key, engine));
  const [first] = put;
  if (!first || !put.every((one) => one && isOfSame(one, first, engine) && one.member === first.member)) return false;
  const gone = changes.removals.map(({ key }) => key && chainOf(key, engine));
  if (!gone.every((one) => one && isOfSame(one, first, engine) && one.member !== first.member)) return false;
  if (gone.some((one) => !one || areRelated(one.member, first.member))) return false;
  const asked = askedKeys(changes).map((key) => chainOf(key, engine));
  return asked.some((one) => one !== undefined && one.member === first.member && isOfSame(one, first, engine));
}

function chainOf(key: ts.Expression, engine: Engine): Chain | undefined {
  let value = meant(key, engine);
  const names: string[] = [];
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    if (value.arguments.length > 0 || !ts.isPropertyAccessExpression(callee)) return undefined;
    names.push(`${callee.name.text}()`);
    value = unwrap(callee.expression);
  }
  while (ts.isPropertyAccessExpression(value)) {
    names.unshift(value.name.text);
    value = unwrap(value.expression);
  }
  const member = names.pop();
  if (!ts.isIdentifier(value) || member === undefined) return undefined;
  return { of: [value.text, ...names], member, root: value };
}

/** The same thing by its last two names, or a variable of the same name and type that stands for no message. */
function isOfSame(a: Chain, b: Chain, engine: Engine): boolean {
  const [lastA, lastB] = [a.of.at(-1), b.of.at(-1)];
  if (lastA !== lastB || lastA === undefined || isMessageName(lastA)) return false;
  if (a.of.length > 1 && b.of.length > 1) return a.of.at(-2) === b.of.at(-2);
  if (a.of.length !== b.of.length) return true;
  return typeText(a.root, engine) === typeText(b.root, engine);
}

function typeText(name: ts.Identifier, engine: Engine): string | undefined {
  const node = engine.program.scopes.resolve(name)?.node;
  return node && (ts.isParameter(node) || ts.isVariableDeclaration(node)) ? node.type?.getText() : undefined;
}

/** Two names for one value, or for that of another thing. */
function areRelated(a: string, b: string): boolean {
  const [left = '', right = ''] = [a, b].map((name) => name.toLowerCase().replace(/^_+|\(\)$/g, ''));
  return left.endsWith(right) || right.endsWith(left) || [a, b].some((name) => isRelationName(name));
}

interface Form {
  readonly form: string;
  readonly bases: readonly string[];
}

/** All entries are under a uniform spelling of a name, which the removal uses as it comes. */
function isUnlike(changes: Changes, engine: Engine): boolean {
  const put = changes.insertions.map(({ key }) => key && formOf(key, engine));
  const [first] = put;
  if (!first || first.form === '·' || !put.every((one) => one?.form === first.form)) return false;
  const asked = askedKeys(changes).map((key) => formOf(key, engine));
  const isSpelled = asked.some((one) => one?.form === first.form && one.bases.join() === first.bases.join());
  if (!isSpelled || asked.some((one) => one === undefined || one.form === '·')) return false;
  return changes.removals.every(({ key }) => {
    const form = key && formOf(key, engine);
    if (!key || !form || form.form === first.form) return false;
    if (!form.bases.every((base) => first.bases.includes(base))) return false;
    return form.form === '·' ? isRawParameter(key, first, engine) : form.form.includes('`') && first.form.includes('`');
  });
}

/** Entries are put in and looked up under several names joined, `guild:channel`, and removed by one of them. */
function isOnePart(changes: Changes, engine: Engine): boolean {
  const put = changes.insertions.map(({ key }) => key && partsOf(key, engine));
  const [first] = put;
  if (!first || !put.every((parts) => parts?.join() === first.join())) return false;
  const asked = askedKeys(changes);
  if (!asked.some((key) => partsOf(key, engine)?.join() === first.join())) return false;
  return changes.removals.every(({ key }) => {
    const value = key && meant(key, engine);
    const declaration = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
    if (declaration && (declaration.kind !== 'parameter' || declaration.writes.length > 0)) return false;
    const part = value && nameOfPart(value);
    return part !== undefined && first.includes(part);
  });
}

/** `guildId`, `channelId` of `` `${guildId}:${channel.id}` ``, of `guildId + ':' + channelId`. */
function partsOf(key: ts.Expression, engine: Engine): readonly string[] | undefined {
  const value = meant(key, engine);
  const parts = ts.isTemplateExpression(value)
    ? value.templateSpans.map(({ expression }) => expression)
    : ts.isBinaryExpression(value)
      ? operands(value)
      : [];
  const names = parts.flatMap((part) => nameOfPart(part) ?? []);
  return names.length > 1 ? names : undefined;
}

function operands(value: ts.Expression): readonly ts.Expression[] {
  const inner = unwrap(value);
  return ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.PlusToken
    ? [...operands(inner.left), ...operands(inner.right)]
    : [inner];
}

/** `channelId` also of `channel.id`. */
function nameOfPart(part: ts.Expression): string | undefined {
  const value = unwrap(part);
  if (ts.isIdentifier(value)) return value.text;
  if (!ts.isPropertyAccessExpression(value)) return undefined;
  const base = unwrap(value.expression);
  const of = ts.isIdentifier(base) ? base.text : ts.isPropertyAccessExpression(base) ? base.name.text : '';
  return value.name.text === 'id' ? `${of}Id` : value.name.text;
}

/** How a key is made of names: `path.resolve(·)`, `` `user:·` ``. */
function formOf(key: ts.Expression, engine: Engine, depth = 0): Form | undefined {
  const value = meant(key, engine);
  if (depth > 3) return undefined;
  if (ts.isIdentifier(value)) return { form: '·', bases: [value.text] };
  if (ts.isPropertyAccessExpression(value)) return { form: '·', bases: [value.name.text] };
  if (ts.isTemplateExpression(value)) {
    const parts = value.templateSpans.map((span) => formOf(span.expression, engine, depth + 1));
    if (parts.some((part) => part === undefined)) return undefined;
    const texts = value.templateSpans.map((span, index) => `${parts[index]?.form ?? ''}${span.literal.text}`);
    return { form: `\`${value.head.text}${texts.join('')}\``, bases: parts.flatMap((part) => part?.bases ?? []) };
  }
  if (!ts.isCallExpression(value)) return undefined;
  const callee = unwrap(value.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (!isUniformer(name)) return undefined;
  const of =
    value.arguments.length === 0 && ts.isPropertyAccessExpression(callee)
      ? callee.expression
      : value.arguments.length === 1
        ? value.arguments[0]
        : undefined;
  const inner = of && formOf(of, engine, depth + 1);
  return inner && { form: `${name}(${inner.form})`, bases: inner.bases };
}

/** A parameter of a named function, which this file gives nothing that is uniform already. */
function isRawParameter(key: ts.Expression, { form }: Form, engine: Engine): boolean {
  const value = unwrap(key);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (declaration?.kind !== 'parameter' || !ts.isParameter(declaration.node) || declaration.writes.length > 0)
    return false;
  const fn: FunctionNode | undefined = isFunctionNode(declaration.node.parent) ? declaration.node.parent : undefined;
  if (!fn || fn !== enclosingFunction(value) || functionName(fn) === '') return false;
  const index = fn.parameters.indexOf(declaration.node);
  return engine.program.callees.usesOf(fn).calls.every((call) => {
    const given = call.arguments?.[index];
    const own = given && formOf(given, engine);
    return (
      own !== undefined &&
      own.form !== form &&
      own.form === '·' &&
      given !== undefined &&
      ts.isIdentifier(meant(given, engine))
    );
  });
}

/** What a constant of the function stands for. */
function meant(given: ts.Expression, engine: Engine): ts.Expression {
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (!declaration?.initializer || declaration.writes.length > 0 || declaration.path?.length !== 0) return value;
  const made = unwrap(declaration.initializer);
  return ts.isCallExpression(made) ||
    ts.isTemplateExpression(made) ||
    ts.isBinaryExpression(made) ||
    ts.isPropertyAccessExpression(made)
    ? made
    : value;
}
