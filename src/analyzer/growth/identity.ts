/** Removals that cannot remove: the value looked for is made on the spot, or what `filter` gives is dropped. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { isBindCall } from '../program/bound';
import { methodCalls } from '../program/methodCalls';
import type { FileProgram } from '../program/program';
import { shortText } from '../syntax/shortText';
import {
  calledName,
  enclosingFunction,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { cutsOut, deletesKey, givesShorterCopy, keyedInserts, listInserts, seeksMember } from '../words/collections';
import { freshShape } from './containers';

/** Methods that are looked at. */
function mayRemove(method: string): boolean {
  return seeksMember(method) || givesShorterCopy(method) || cutsOut(method);
}

const kind = 'cache/removal-wrong-identity';

/** All removals of a file that never match. */
export function findIdentityFaults(engine: Engine): readonly Draft[] {
  const found: Draft[] = [];
  for (const { call, callee, method } of methodCalls(engine.program, mayRemove)) {
    const draft = givesShorterCopy(method)
      ? (droppedCopy(call, callee, engine) ?? otherThanAdded(call, callee, engine))
      : cutsOut(method)
        ? (firstKept(call, callee, engine) ?? cutsNothing(call, callee, engine))
        : (freshKey(call, callee, engine) ?? otherThanAdded(call, callee, engine));
    if (draft) found.push(draft);
  }
  return found;
}

/** `handlers.delete(fn.bind(this))`, `list.splice(list.indexOf({ id }), 1)`. */
function freshKey(call: ts.CallExpression, callee: ts.PropertyAccessExpression, engine: Engine): Draft | undefined {
  const method = callee.name.text;
  if (!deletesKey(method) && method !== 'indexOf') return undefined;
  const [argument, from] = call.arguments;
  // `arrays.indexOf(list, one)` of a module of helpers: the first is what is looked through.
  if (from && !ts.isNumericLiteral(unwrap(from))) return undefined;
  const made = argument && madeHere(argument, engine);
  if (!argument || !made || !isCollection(callee.expression, method, engine)) return undefined;
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'high',
    message: `\`${shortText(argument)}\` is ${made} made here: nothing in \`${shortText(callee.expression)}\` equals it, so nothing is removed.`,
    advice: 'Keep the value that was added and remove that one.',
    node: call,
    trail: [{ role: 'release', message: 'Cannot match anything that was added', range: rangeOf(argument) }],
  };
}

/** `const at = list.indexOf(x); if (at > 0) list.splice(at, 1);`: the first one stays. */
function firstKept(call: ts.CallExpression, callee: ts.PropertyAccessExpression, engine: Engine): Draft | undefined {
  const [at] = call.arguments;
  const index = at && unwrap(at);
  const declaration = index && ts.isIdentifier(index) ? engine.program.scopes.resolve(index) : undefined;
  const found = declaration?.initializer && unwrap(declaration.initializer);
  if (!index || !found || !ts.isCallExpression(found) || declaration.writes.length > 0) return undefined;
  const search = unwrap(found.expression);
  if (!ts.isPropertyAccessExpression(search) || !/^(?:indexOf|findIndex|lastIndexOf)$/.test(search.name.text))
    return undefined;
  if (search.expression.getText() !== callee.expression.getText()) return undefined;
  for (let up: ts.Node = call.parent; up && !isFunctionNode(up); up = up.parent) {
    if (!ts.isIfStatement(up) || !isWithin(call, up.thenStatement)) continue;
    const test = unwrap(up.expression);
    const isTruth = ts.isIdentifier(test) && test.text === index.getText();
    const isAboveZero =
      ts.isBinaryExpression(test) &&
      test.operatorToken.kind === ts.SyntaxKind.GreaterThanToken &&
      unwrap(test.left).getText() === index.getText() &&
      unwrap(test.right).getText() === '0';
    if (!isTruth && !isAboveZero) continue;
    // Moved to the front, or asked for before: the first one is meant to stay. A copy is gone after the call.
    const around = enclosingFunction(call)?.getText() ?? '';
    if (around.includes('.unshift(') || new RegExp(`\\b${index.getText()} ===? 0\\b`).test(around)) return undefined;
    if (isCopy(callee.expression, call, engine)) return undefined;
    return {
      kind,
      mechanism: 'release-never-matches',
      severity: 'medium',
      confidence: 'medium',
      message: `\`${test.getText()}\` is false for the first entry of \`${shortText(callee.expression)}\`, which is never taken out.`,
      advice: 'Compare with -1, or with `>= 0`.',
      node: call,
      trail: [{ role: 'release', message: 'Leaves the first one', range: rangeOf(test) }],
    };
  }
  return undefined;
}

/** `const parts = chain.filter(isText)`, of the same function. */
function isCopy(list: ts.Expression, at: ts.Node, engine: Engine): boolean {
  const given = ts.isIdentifier(list) ? engine.program.scopes.resolve(list)?.initializer : undefined;
  const made = given && unwrap(given);
  return (
    made !== undefined &&
    ts.isCallExpression(made) &&
    givesShorterCopy(calledName(made)) &&
    isOfOneCall(list, at, engine)
  );
}

/** `list.splice(at, -1)`: as many as none. */
function cutsNothing(call: ts.CallExpression, callee: ts.PropertyAccessExpression, engine: Engine): Draft | undefined {
  const [at, given, more] = call.arguments;
  const count = given && unwrap(given);
  if (!at || !count || more || !ts.isExpressionStatement(wrapped(call).parent)) return undefined;
  if (isOfOneCall(callee.expression, call, engine)) return undefined;
  const isNone = ts.isPrefixUnaryExpression(count)
    ? count.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(count.operand)
    : ts.isNumericLiteral(count) && Number(count.text) === 0;
  if (!isNone) return undefined;
  const root = engine.program.places.of(unwrap(callee.expression))?.root;
  // A list of what the function is given may be gone after the call.
  const lasts = root?.kind === 'owner' || (root?.kind === 'declaration' && root.declaration.scope.func === undefined);
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: lasts ? 'medium' : 'low',
    confidence: 'high',
    message: `\`${shortText(call)}\` takes nothing out of \`${shortText(callee.expression)}\`: the number of those to take out is ${count.getText()}.`,
    advice: 'Pass 1.',
    node: call,
    trail: [{ role: 'release', message: 'Takes out none', range: rangeOf(count) }],
  };
}

/** What a value made by the expression is; undefined where it may be one that exists already. */
function madeHere(expression: ts.Expression, engine: Engine): string | undefined {
  const value = unwrap(expression);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return 'a function';
  if (ts.isObjectLiteralExpression(value)) return 'an object';
  if (ts.isArrayLiteralExpression(value)) return 'a list';
  if (ts.isNewExpression(value)) return 'an object';
  if (isBindCall(value)) return 'a bound function';
  if (ts.isIdentifier(value)) {
    // const handler = fn.bind(this); handlers.delete(handler) — made in the same call, and never added
    const declaration = engine.program.scopes.resolve(value);
    const given = declaration?.kind === 'const' && declaration.path?.length === 0 ? declaration.initializer : undefined;
    if (
      given &&
      declaration?.scope.func !== undefined &&
      declaration.references.length === 1 &&
      !ts.isNewExpression(unwrap(given))
    )
      return madeHere(given, engine);
  }
  return undefined;
}

/** A list or set of this file: a class of one's own may compare by value. */
function isCollection(expression: ts.Expression, method: string, engine: Engine): boolean {
  const value = unwrap(expression);
  if (method === 'indexOf') return true;
  const place = engine.program.places.of(value);
  if (!place) return false;
  if (place.root.kind === 'declaration') return place.path.length === 0 && isNative(place.root.declaration.initializer);
  if (place.root.kind !== 'owner' || place.path.length !== 1) return false;
  const member = place.root.owner.members.get(place.path[0] ?? '');
  return member?.values.some((given) => isNative(given.value)) ?? false;
}

function isNative(value: ts.Expression | undefined): boolean {
  const shape = freshShape(value);
  const inner = value && unwrap(value);
  const weak =
    inner &&
    ts.isNewExpression(inner) &&
    ts.isIdentifier(inner.expression) &&
    /^Weak(?:Map|Set)$/.test(inner.expression.text);
  return shape === 'map' || shape === 'set' || weak === true;
}

/** `this.items.filter((item) => item !== gone);`, `log.slice(-100);` as a statement of its own. */
function droppedCopy(call: ts.CallExpression, callee: ts.PropertyAccessExpression, engine: Engine): Draft | undefined {
  if (!ts.isExpressionStatement(wrapped(call).parent)) return undefined;
  const method = callee.name.text;
  const of = callee.expression.getText();
  // Other types have methods of these names, too; a queue that is gone through is told of where it grows.
  if (method === 'filter' ? !comparedIn(call) : !isPushedTo(of, engine) || call.arguments[0]?.getText() === '0')
    return undefined;
  const list = unwrap(callee.expression);
  if (!engine.program.places.of(ts.isElementAccessExpression(list) ? list.expression : list)) return undefined;
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'high',
    message: `\`${method}\` makes a new list and leaves \`${shortText(callee.expression)}\` as it is; its result is dropped, so nothing is removed.`,
    advice: method === 'slice' ? 'Assign the result back, or use `splice`.' : 'Assign the result back.',
    node: call,
    trail: [{ role: 'release', message: 'The shortened list is dropped here', range: rangeOf(call) }],
  };
}

function isPushedTo(list: string, { program }: Engine): boolean {
  return [...listInserts].some((method) => program.text.includes(`${list}.${method}(`));
}

/** What `(one) => one !== gone` leaves out. */
function comparedIn({ arguments: [argument] }: ts.CallExpression): ts.Expression | undefined {
  const test = argument && unwrap(argument);
  if (!test || !isFunctionNode(test) || !test.body) return undefined;
  const [only] = ts.isBlock(test.body) ? test.body.statements : [];
  const result = ts.isBlock(test.body) ? (only && ts.isReturnStatement(only) ? only.expression : undefined) : test.body;
  const value = result && unwrap(result as ts.Expression);
  return value && ts.isBinaryExpression(value) && isComparing(value) ? value.right : undefined;
}

/** `rooms[name].push(socket)`, and `rooms[name].filter((one) => one !== socket.id)`: a member of it, and not itself. */
function otherThanAdded(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  engine: Engine,
): Draft | undefined {
  const method = callee.name.text;
  const [first, second] = call.arguments;
  if (!seeksMember(method)) return undefined;
  const list = method === 'inArray' ? second : callee.expression;
  const sought = method === 'filter' ? comparedIn(call) : first;
  if (!list || !sought) return undefined;
  if (method === 'filter' && !isItself(call, sought)) return undefined;
  // An object of one's own may take an instance, and take it out by its name.
  if (deletesKey(method) && !isCollection(list, method, engine)) return undefined;
  if (isOfOneCall(list, call, engine) || isCompared(call)) return undefined;
  const all = engine.once(deletesKey(method) ? keyedAdditions : listedAdditions).get(listText(list)) ?? [];
  const added = all.flatMap(({ to, value }) => (isOtherVariable(to, list, engine) ? [] : [value]));
  const [one] = added;
  // What is called like a thing may be its id, unless members of it are used.
  const isOther = (value: ts.Expression): boolean =>
    (isPartOf(sought, value) && (isSame(value, sought, engine) || isObject(value, engine))) ||
    (isPartOf(value, sought) && isObject(sought, engine));
  if (!one || !added.every(isOther) || isKnownText(sought, call)) return undefined;
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${shortText(list)}\` is given \`${shortText(one)}\` (line ${lineOf(one)}), and \`${shortText(sought)}\` is looked for in it here: nothing is removed.`,
    advice: 'Look for what was added.',
    node: call,
    trail: [{ role: 'release', message: 'Matches nothing that was added', range: rangeOf(sought) }],
  };
}

/** `list.indexOf(one) >= 0`: only asks. */
function isCompared(call: ts.CallExpression): boolean {
  const up = wrapped(call).parent;
  return ts.isBinaryExpression(up) ? !isAssignment(up) : ts.isPrefixUnaryExpression(up);
}

/** Two variables that bear one name by chance; two parameters may be given the same list. */
function isOtherVariable(one: ts.Expression, other: ts.Expression, { program }: Engine): boolean {
  const [left, right] = [unwrap(one), unwrap(other)];
  if (!ts.isIdentifier(left) || !ts.isIdentifier(right)) return false;
  const [first, second] = [program.scopes.resolve(left), program.scopes.resolve(right)];
  return first !== second && !(first?.kind === 'parameter' && second?.kind === 'parameter');
}

/** `if (typeof given === 'string') names.delete(given);`: here it is the name of a thing, and no thing. */
function isKnownText(sought: ts.Expression, at: ts.Node): boolean {
  const name = unwrap(sought).getText();
  for (let up: ts.Node = at; up.parent && !isFunctionNode(up); up = up.parent)
    if (ts.isIfStatement(up.parent) && up.parent.thenStatement === up && asksForText(up.parent.expression, name))
      return true;
  return false;
}

function asksForText(condition: ts.Expression, name: string): boolean {
  const test = unwrap(condition);
  if (!ts.isBinaryExpression(test)) return false;
  if (test.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return asksForText(test.left, name) || asksForText(test.right, name);
  const [asked, type] = [unwrap(test.left), unwrap(test.right)];
  return (
    ts.isTypeOfExpression(asked) &&
    asked.expression.getText() === name &&
    ts.isStringLiteralLike(type) &&
    (type.text === 'string' || type.text === 'number')
  );
}

/** A list that the function around makes for itself: what stays in it goes with it. */
function isOfOneCall(list: ts.Expression, at: ts.Node, { program }: Engine): boolean {
  const name = unwrap(list);
  const declaration = ts.isIdentifier(name) ? program.scopes.resolve(name) : undefined;
  const fn = declaration?.kind === 'parameter' ? undefined : declaration?.scope.func;
  return fn !== undefined && fn === enclosingFunction(at);
}

interface Addition {
  readonly to: ts.Expression;
  readonly value: ts.Expression;
}

const keyedAdditions = ({ program }: Engine) => additions(program, keyedInserts);
const listedAdditions = ({ program }: Engine) => additions(program, listInserts);

/** What is added to each list, by how the list is written. */
function additions(program: FileProgram, adders: ReadonlySet<string>): ReadonlyMap<string, readonly Addition[]> {
  const found = new Map<string, Addition[]>();
  for (const { call, receiver } of methodCalls(program, adders)) {
    const [value] = call.arguments;
    if (!value) continue;
    const text = listText(receiver);
    const known = found.get(text);
    const addition = { to: receiver, value };
    if (known) known.push(addition);
    else found.set(text, [addition]);
  }
  return found;
}

/** Compared is the entry, and no member of it. */
function isItself({ arguments: [argument] }: ts.CallExpression, sought: ts.Expression): boolean {
  const test = argument && unwrap(argument);
  const { parent } = wrapped(sought);
  return (
    test !== undefined &&
    isFunctionNode(test) &&
    ts.isBinaryExpression(parent) &&
    test.parameters[0]?.name.getText() === unwrap(parent.left).getText()
  );
}

/** `rooms[]` of `rooms[name]`. */
function listText(list: ts.Expression): string {
  const value = unwrap(list);
  return ts.isElementAccessExpression(value) ? `${value.expression.getText()}[]` : value.getText();
}

/** `socket.id` and `socket`. */
function isPartOf(part: ts.Expression, whole: ts.Expression): boolean {
  const [inner, outer] = [unwrap(part), unwrap(whole)];
  if (!ts.isPropertyAccessExpression(inner)) return false;
  const base = unwrap(inner.expression);
  if (outer.kind === ts.SyntaxKind.ThisKeyword) return base.kind === outer.kind;
  return ts.isIdentifier(base) && ts.isIdentifier(outer) && base.text === outer.text;
}

/** Is the whole what the part is a member of, or the same thing given to another function, and no variable that happens to bear its name? */
function isSame(whole: ts.Expression, part: ts.Expression, { program }: Engine): boolean {
  const [thing, member] = [unwrap(whole), unwrap(part)];
  if (!ts.isIdentifier(thing) || !ts.isPropertyAccessExpression(member)) return true;
  const base = unwrap(member.expression);
  if (!ts.isIdentifier(base)) return true;
  const [added, sought] = [program.scopes.resolve(thing), program.scopes.resolve(base)];
  if (added === sought) return true;
  // What a call or another object gives may be the id that is looked for.
  const given = added?.path?.length === 0 && added.initializer ? unwrap(added.initializer) : undefined;
  return !given || ts.isNewExpression(given) || ts.isObjectLiteralExpression(given) || ts.isAwaitExpression(given);
}

function isObject(value: ts.Expression, { program }: Engine): boolean {
  const name = unwrap(value);
  const uses = ts.isIdentifier(name) ? (program.scopes.resolve(name)?.references ?? []) : [];
  return uses.some((use) => ts.isPropertyAccessExpression(use.parent) && use.parent.expression === use);
}

function isComparing(body: ts.Expression): boolean {
  const value = unwrap(body);
  return (
    ts.isBinaryExpression(value) &&
    (value.operatorToken.kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
      value.operatorToken.kind === ts.SyntaxKind.ExclamationEqualsToken)
  );
}
