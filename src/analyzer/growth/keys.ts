/** Is the set of keys small and closed, or as large as the input? */

import { ownCopy } from '../detached';
import type { Engine } from '../engine';
import { constantOf } from '../program/constants';
import { fixedKey } from '../program/memberNames';
import type { Declaration } from '../program/scopes';
import { isAssignment, isFunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { isPartOfRequest } from '../words/requests';

export type Cardinality =
  /** Literals, enum members, types, fixed tables. */
  | 'closed'
  /** URLs, queries, texts, times, counters, objects: a new one may come each time. */
  | 'open'
  /** Ids of what comes and goes: sessions, requests, connections, jobs. */
  | 'transient'
  /** Ids of things: as many as there are things. */
  | 'id'
  /** Not told by the code. */
  | 'unknown';

/** Last words of names that hold texts, addresses, times and whole questions: as many as the users and the network make. */
const openWords = new Set(
  'url href origin query search message msg text input prompt term hash digest uuid guid jti fingerprint signature etag checksum timestamp params args sql statement expression pattern nonce cursor payload body mtime ctime mtimems lastmodified sha sha1 sha256 md5 content contents html markdown css xml svg formula latitude longitude lat lng bbox revision sentence phrase keyword'.split(
    ' ',
  ),
);
/** What comes and goes: by itself (`socket`) or as the word before `id`, `key` or `token`. */
const transientWords = new Set(
  'session request req user conn connection socket client job task message msg thread conversation chat peer call transaction tx txn order run execution trace span correlation invocation player room game match customer visitor stream upload download operation rpc worker timer transfer interaction prompt turn batch tenant account member sender recipient guild lobby ticket invoice payment subscription query document doc editor tab terminal webview panel build event visit comment deployment'.split(
    ' ',
  ),
);
const transientAlone = new Set('pid request req socket client connection conn ws email address ip'.split(' '));
const keyWords = new Set(['id', 'ids', 'key', 'token', 'uuid']);
/** Names of things: how many there are the code does not say. (Paths are as many as there are files.) */
/** Kinds of things of which a program knows a few dozen. */
const closedWords = new Set('language locale theme scheme mimetype extension'.split(' '));
/** What a program is written with, each by its id: `command.id`, `plugin.key`. */
const partWords = new Set('command plugin feature setting option provider service'.split(' '));
const idWords = new Set('id ids key token session user'.split(' '));
const closedNames =
  /^(?:type|kind|event|eventName|eventType|level|category|locale|lang|language|view|theme|mode|state|status|color|format|extension|ext|method|plugin|pluginName|className|tag|tagName|tagname|scope|severity|role|unit|field|property|prop|attribute|attr|selector|component|feature|flag|option|setting|channel|topic|name|module|namespace|provider|service|phase|stage|side|direction|icon|command|commandId|prefix|suffix)$/i;

/** Cardinality of the keys that an insertion may use. */
export function keyCardinality(
  key: ts.Expression | undefined,
  keyType: ts.TypeNode | undefined,
  engine: Engine,
  depth = 0,
): Cardinality {
  if (isClosedType(keyType, engine)) return 'closed';
  if (isObjectType(keyType)) return 'unknown';
  if (!key) return 'unknown';
  const value = unwrap(key);
  if (constantOf(value, engine.program.scopes) !== undefined || ts.isTypeOfExpression(value)) return 'closed';
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken) return 'closed';
  if (ts.isTemplateExpression(value))
    return worst(value.templateSpans.map((span) => keyCardinality(span.expression, undefined, engine, depth + 1)));
  if (ts.isBinaryExpression(value))
    return value.operatorToken.kind === ts.SyntaxKind.PlusToken ||
      value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      value.operatorToken.kind === ts.SyntaxKind.BarBarToken
      ? worst([value.left, value.right].map((side) => keyCardinality(side, undefined, engine, depth + 1)))
      : 'unknown';
  if (ts.isConditionalExpression(value))
    return worst([value.whenTrue, value.whenFalse].map((side) => keyCardinality(side, undefined, engine, depth + 1)));
  if (ts.isCallExpression(value)) return callCardinality(value, engine, depth);
  if (ts.isPostfixUnaryExpression(value) || ts.isPrefixUnaryExpression(value)) return 'open';
  if (isOfConstants(value, engine)) return 'closed';
  if (ts.isPropertyAccessExpression(value)) return ofVisitor(value) ?? byName(memberName(value));
  if (ts.isElementAccessExpression(value)) return ofVisitor(value) ?? 'unknown';
  if (
    ts.isNewExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isFunctionExpression(value) ||
    ts.isObjectLiteralExpression(value)
  )
    return 'open';
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    if (!declaration || depth > 4) return byName(value.text);
    // What is imported, and a symbol of the module, is one key.
    if (fixedKey(value, engine.program.scopes) !== undefined) return 'closed';
    const type =
      ts.isParameter(declaration.node) || ts.isVariableDeclaration(declaration.node)
        ? declaration.node.type
        : undefined;
    if (isClosedType(type, engine)) return 'closed';
    if (isObjectType(type)) return 'unknown';
    // for (const key of ['a', 'b'])
    const list =
      ts.isVariableDeclaration(declaration.node) && ts.isForOfStatement(declaration.node.parent.parent)
        ? unwrap(declaration.node.parent.parent.expression)
        : undefined;
    if (list && (ts.isArrayLiteralExpression(list) || isConstantTable(list, engine))) return 'closed';
    if (declaration.initializer && declaration.path?.length === 0 && declaration.writes.length === 0) {
      const through = keyCardinality(declaration.initializer, undefined, engine, depth + 1);
      // `const hash = hashOf(key)`: what a call makes of a key its name may tell better.
      const isBetterNamed = ts.isCallExpression(unwrap(declaration.initializer)) && byName(value.text) === 'open';
      if (through !== 'unknown' && !(through === 'id' && isBetterNamed)) return through;
    }
    const named = byName(value.text);
    // `const { slug } = req.params`
    const taken = declaration.initializer && (declaration.path?.length ?? 0) > 0 && named !== 'closed';
    if (taken && declaration.initializer && isOfRequest(declaration.initializer, declaration.path?.length === 1))
      return 'transient';
    if (isOwnAddress(value.text)) return named;
    return named === 'id' || named === 'unknown' ? (givenCardinality(declaration, engine, depth) ?? named) : named;
  }
  return 'unknown';
}

/** What a variable is given later, or a parameter by the calls of this file; undefined where that says no more than its name. */
function givenCardinality(declaration: Declaration, engine: Engine, depth: number): Cardinality | undefined {
  const given = isAlone(declaration)
    ? declaration.writes.map((write) => write.value)
    : argumentsFor(declaration, engine).filter((argument) => argument !== undefined);
  const all = given.map((value) => (value ? keyCardinality(value, undefined, engine, depth + 1) : 'unknown'));
  return all.find((one) => one === 'open' || one === 'transient');
}

/** `let key;`, given a value once. */
function isAlone({ kind, initializer, writes }: Declaration): boolean {
  return kind !== 'parameter' && initializer === undefined && writes.length === 1;
}

/** What the calls of this file give to a parameter. */
export function argumentsFor(
  { kind, node, writes }: Declaration,
  engine: Engine,
): readonly (ts.Expression | undefined)[] {
  if (kind !== 'parameter' || writes.length > 0 || !ts.isParameter(node) || !isFunctionNode(node.parent)) return [];
  const index = node.parent.parameters.indexOf(node);
  return engine.program.callees.usesOf(node.parent).calls.map((call) => call.arguments?.[index]);
}

/** A part of a request that its sender writes: `req.params.slug`, `request.headers['x-key']`. */
function ofVisitor(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): Cardinality | undefined {
  if (!isOfRequest(access.expression, true)) return undefined;
  const name = ts.isPropertyAccessExpression(access) ? access.name.text : '';
  const named = byName(name);
  return named === 'id' || named === 'unknown' ? 'transient' : named;
}

function isOfRequest(expression: ts.Expression, whole: boolean): boolean {
  const value = unwrap(expression);
  if (!whole || !ts.isPropertyAccessExpression(value)) return false;
  return isPartOfRequest(value.name.text, value.expression.getText());
}

const freshCalls = /^(?:now|random|randomUUID|uuid|uuidv4|v4|nanoid|stringify|digest|createId|ulid|cuid)$/i;
const keyCalls =
  /key|hash|digest|(?:id|join|toString|serialize|normali[sz]e|encode|toLowerCase|toUpperCase|trim|mask\w*|canonical\w*)$/i;

function receiverOf(callee: ts.Expression): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(callee) ? callee.expression : undefined;
}

/** A key made by a call: fresh by its name, or as open as what it is made of. */
function callCardinality(call: ts.CallExpression, engine: Engine, depth: number): Cardinality {
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (freshCalls.test(name)) return 'open';
  // `String(x)`, `x.toString()`: another spelling of the same
  const spelled = name === 'String' ? call.arguments[0] : name === 'toString' ? receiverOf(callee) : undefined;
  if (spelled && depth <= 4) return keyCardinality(spelled, undefined, engine, depth + 1);
  if (depth > 4 || !keyCalls.test(name)) return 'unknown';
  const of = call.arguments.length > 0 ? call.arguments : [receiverOf(callee) ?? callee];
  const parts = of.map((argument) => keyCardinality(argument, undefined, engine, depth + 1));
  const made = worst(parts);
  return made === 'closed' || made === 'unknown' ? 'id' : made;
}

/** `socket.id` is a `socketId`. */
function memberName(access: ts.PropertyAccessExpression): string {
  const { text } = access.name;
  const base = unwrap(access.expression);
  // What is opened and closed, by its address.
  const opened =
    /\b\w*?(document|doc|editor|terminal|webview|panel)\.(?:uri\.|resource\.)?(?:uri|fileName|fsPath|path|resource)$/i;
  const [, thing] = opened.exec(access.getText().replace(/[?!\s]/g, '')) ?? [];
  if (thing) return `${thing.toLowerCase()}_id`;
  const of = ts.isIdentifier(base) ? base.text : ts.isPropertyAccessExpression(base) ? base.name.text : undefined;
  return of !== undefined && keyWords.has(text.replace(/^_/, '').toLowerCase())
    ? `${of}_${text.replace(/^_/, '')}`
    : text;
}

/** Cardinality by a name alone, by its last words: `userSessionId` ends in `session` and `id`. */
export function byName(name: string): Cardinality {
  if (closedNames.test(name)) return 'closed';
  const words = wordsOf(name);
  const last = words.at(-1) === 'ms' ? (words.at(-2) ?? '') : lastWord(name);
  const before = words.at(-2) ?? '';
  if (closedWords.has(last) || (keyWords.has(last) && (closedWords.has(before) || partWords.has(before))))
    return 'closed';
  if (transientAlone.has(last) || (keyWords.has(last) && isTransientWord(words.at(-2) ?? ''))) return 'transient';
  if (isOwnAddress(name)) return 'unknown';
  // `deviceUuid`: as many as there are devices
  if (/^(?:uuid|guid)$/.test(last) && words.length > 1) return 'id';
  if (openWords.has(last)) return 'open';
  return idWords.has(last) ? 'id' : 'unknown';
}

/** `importMetaUrl`, `baseUrl`, `serverUrl`: addresses of the program's own parts. */
function isOwnAddress(name: string): boolean {
  const [before = '', last = ''] = wordsOf(name).slice(-2);
  return (
    last === 'url' && /^(?:meta|module|base|api|server|endpoint|registry|origin|root|db|database|redis)$/.test(before)
  );
}

function isTransientWord(word: string): boolean {
  return transientWords.has(word) || (word.length > 3 && transientWords.has(word.slice(1)));
}

function isKnown(word: string): boolean {
  return openWords.has(word) || transientAlone.has(word) || idWords.has(word);
}

const visitorWords = new Set(
  'session user connection conn socket client request req ip address email tenant customer visitor account peer player member'.split(
    ' ',
  ),
);

/** Does the key, or the table's name (`triesByIp`), name somebody who comes and goes: a session, a socket, an address? */
export function isOfVisitor(key: ts.Expression, table: string): boolean {
  const value = unwrap(key);
  const name = ts.isIdentifier(value) ? value.text : ts.isPropertyAccessExpression(value) ? memberName(value) : '';
  return [name, byWord(table) ?? ''].some((one) =>
    wordsOf(one)
      .slice(-2)
      .some((word) => visitorWords.has(word) || (word.length > 3 && visitorWords.has(word.slice(1)))),
  );
}

const endlessWords = new Set(
  'request req trace span transaction txn tx correlation message msg invocation execution call rpc'.split(' '),
);

/** A key by whose meaning there is a new one for each piece of work: `requestId`, `traceId`, `uuid`, `nonce`. */
export function isEndless(key: ts.Expression): boolean {
  const value = unwrap(key);
  const name = ts.isIdentifier(value) ? value.text : ts.isPropertyAccessExpression(value) ? memberName(value) : '';
  const [before = '', last = ''] = wordsOf(name).slice(-2);
  const isWord = (word: string): boolean =>
    endlessWords.has(word) || (word.length > 3 && endlessWords.has(word.slice(1)));
  const isBare = last === '' && /^\w?(?:uuid|guid)$/.test(before);
  return isBare || /^\w?nonce$/.test(last || before) || (keyWords.has(last) && last !== 'token' && isWord(before));
}

const peopleWords = new Set(
  'search query message msg text input prompt term body content contents html markdown sentence phrase keyword timestamp cursor'.split(
    ' ',
  ),
);

/** Texts that people write, and times: by its name alone the next one is another. */
export function isEverNew(name: string): boolean {
  return peopleWords.has(lastWord(name));
}

const byValue = new Set('pid email address ip'.split(' '));

/** `taskId`, `ip`: names one of what comes and goes. A bare `client` may be one that the program has for good. */
export function namesPassing(name: string): boolean {
  const last = lastWord(name);
  return byName(name) === 'transient' && (byValue.has(last) || !transientAlone.has(last));
}

/** The last word of a name, without a letter for its type: `text` of `sText`, `client` of `rclient`. */
function lastWord(name: string): string {
  const written = wordsOf(name).at(-1) ?? '';
  const bare = written.slice(1);
  return written.length > 3 && !isKnown(written) && isKnown(bare) ? bare : written;
}

/** Texts that the program itself is written with: statements, patterns, expressions. */
export function isProgramText(key: ts.Expression): boolean {
  const value = unwrap(key);
  const name = ts.isIdentifier(value) ? value.text : ts.isPropertyAccessExpression(value) ? memberName(value) : '';
  return /^(?:sql|statement|pattern|expression|formula|args|params|revision|xml|svg|css|nonce)$/.test(
    wordsOf(name).at(-1) ?? '',
  );
}

/** `Ip` of `connectionsByIp`, `Session` of `countsPerSession`. */
export function byWord(table: string): string | undefined {
  return /(?:By|Per|_by_|_per_)([A-Za-z]+)$/.exec(table)?.[1];
}

/** Names that were taken apart: the tables of a file are asked for again and again, and files use the same ones. */
const taken = new Map<string, readonly string[]>();
const mostTaken = 5_000;

function wordsOf(name: string): readonly string[] {
  let words = taken.get(name);
  if (!words) {
    const own = ownCopy(name);
    words = split(own);
    if (taken.size >= mostTaken) taken.clear();
    taken.set(own, words);
  }
  return words;
}

function split(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _$]+/)
    .flatMap((word) => {
      // `requestid`
      const joined = /^(\w+?)(id|ids|uuid)$/.exec(word);
      return joined?.[1] && transientWords.has(joined[1]) ? joined.slice(1) : [word];
    })
    .filter((word) => word !== '');
}

const openness: readonly Cardinality[] = ['open', 'transient', 'id', 'unknown'];

function worst(all: readonly Cardinality[]): Cardinality {
  return openness.find((one) => all.includes(one)) ?? 'closed';
}

/** `presets[name].url`: one of those that the program itself writes down. */
function isOfConstants(expression: ts.Expression, engine: Engine, depth = 0): boolean {
  const value = unwrap(expression);
  if (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value))
    return isOfConstants(value.expression, engine, depth + 1);
  const declaration = ts.isIdentifier(value) && depth < 9 ? engine.program.scopes.resolve(value) : undefined;
  if (!declaration?.initializer || declaration.writes.length > 0 || !ts.isVariableDeclaration(declaration.node))
    return false;
  const made = unwrap(declaration.initializer);
  if (!ts.isObjectLiteralExpression(made) && !ts.isArrayLiteralExpression(made))
    return isOfConstants(made, engine, depth + 1);
  return declaration.scope.func === undefined && declaration.references.every(isLookedAt);
}

/** `table[name].url`, `Object.keys(table)`; not `table.name = one`, `list.push(one)`, `fill(table)`. */
function isLookedAt(use: ts.Expression): boolean {
  let at = wrapped(use);
  while (
    ts.isPropertyAccessExpression(at.parent) ||
    (ts.isElementAccessExpression(at.parent) && at.parent.expression === at)
  )
    at = wrapped(at.parent);
  const { parent } = at;
  if (ts.isCallExpression(parent))
    return at !== wrapped(use) ? parent.expression !== at : isOfObject(parent.expression);
  return !(isAssignment(parent) && parent.left === at) && !ts.isDeleteExpression(parent);
}

function isOfObject(callee: ts.Expression): boolean {
  return /^Object\.(?:keys|values|entries)$/.test(callee.getText());
}

function isConstantTable(expression: ts.Expression, engine: Engine): boolean {
  if (!ts.isIdentifier(expression)) return false;
  const declaration = engine.program.scopes.resolve(expression);
  const value =
    declaration?.initializer && declaration.writes.length === 0 ? unwrap(declaration.initializer) : undefined;
  return value !== undefined && ts.isArrayLiteralExpression(value);
}

/** A written type that is no text, number or id: how many such objects there are, their name does not say. */
function isObjectType(type: ts.TypeNode | undefined): boolean {
  if (!type || !ts.isTypeReferenceNode(type)) return false;
  const name = type.typeName.getText();
  return !/(?:Id|ID|Key|Url|URL|Path|Token|Uuid|UUID|Hash|Name|String)$/.test(name);
}

/** Literal unions, enums, `keyof`, boolean. */
export function isClosedType(type: ts.TypeNode | undefined, engine: Pick<Engine, 'program'>, depth = 0): boolean {
  if (!type || depth > 4) return false;
  if (ts.isUnionTypeNode(type)) return type.types.every((member) => isClosedType(member, engine, depth + 1));
  if (
    ts.isLiteralTypeNode(type) ||
    type.kind === ts.SyntaxKind.BooleanKeyword ||
    (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.KeyOfKeyword)
  )
    return true;
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  const declaration = engine.program.scopes.lookup(type.typeName.text, type);
  if (!declaration) return false;
  if (ts.isEnumDeclaration(declaration.node)) return true;
  return ts.isTypeAliasDeclaration(declaration.node) && isClosedType(declaration.node.type, engine, depth + 1);
}
