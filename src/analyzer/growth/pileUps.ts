/**
 * Handles that are put into the list which the end of a whole owner goes through, and ended one by one before that: by a
 * handler for the end of one item, or by whoever is given them. The list keeps what is over.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { asSentence } from '../ownership/lifetime/frequency/occasions';
import { pilingCause } from '../ownership/lost/repeats';
import { callsNamed } from '../program/callNames';
import type { Declaration } from '../program/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lineOf,
  outermostFunction,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { callsWithEach, putsOne, seeksOne, takesBackOne } from '../words/collections';
import { isTeardown } from '../words/teardowns';
import { isInWholeTeardown, repeats } from './collections';
import { freshShape } from './containers';
import { functionName } from './holders';
import { isDisposerName, isOwnedByCall, isRegistering } from './words';

/** Pushes of what is ended alone and stays in the list of its owner. */
export function findPileUps(engine: Engine): readonly Draft[] {
  const found: Draft[] = [];
  for (const node of callsNamed(engine.program, isAdding)) {
    const draft = pileUp(node, engine);
    if (draft) found.push(draft);
  }
  return found;
}

function pileUp(call: ts.CallExpression, engine: Engine): Draft | undefined {
  const list = listOf(call);
  const fn = list && enclosingFunction(call);
  if (!fn || isInWholeTeardown(call)) return undefined;
  return endedAlone(call, fn, list, engine) ?? addedByHandler(call, fn, list, engine);
}

/** Each event adds what it makes, to a list that only ever grows. */
function addedByHandler(call: ts.CallExpression, fn: FunctionNode, list: List, engine: Engine): Draft | undefined {
  const { level, why, isLooped = false } = engine.frequency.of(call);
  if (level !== 'hot' || isLooped || isRegistering(functionName(fn))) return undefined;
  const made = call.arguments.find((argument) => isMadeHere(argument, fn, engine));
  if (!made) return undefined;
  if (list.access && !(isPlain(list.access, undefined, engine) && isOnlyFilled(list.access, list.text, engine)))
    return undefined;
  return {
    kind: 'cache/disposers-pile-up',
    mechanism: 'unbounded-growth',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${list.text}\` is given one more ${why}, and nothing takes one out before all of them end.`,
    advice: 'End and remove each with what it belongs to.',
    node: call,
    trail: [{ role: 'grows', message: asSentence(why), range: rangeOf(call) }],
    cause: pilingCause(call, list.text, engine),
  };
}

/** Made by this run: a call or an instance, itself or under a name. */
function isMadeHere(argument: ts.Expression, fn: FunctionNode, engine: Engine): boolean {
  const value = unwrap(argument);
  if (ts.isCallExpression(value) || ts.isNewExpression(value)) return true;
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return (
    declaration?.initializer !== undefined &&
    declaration.scope.func === fn &&
    declaration.path?.length === 0 &&
    isMadeHere(declaration.initializer, fn, engine)
  );
}

/** Put in, and ended before the owner is. */
function endedAlone(call: ts.CallExpression, fn: FunctionNode, list: List, engine: Engine): Draft | undefined {
  const ends = call.arguments
    .map((argument) => endOf(argument, fn, list.text, engine))
    .find((end) => end !== undefined);
  if (!ends || isRegistering(functionName(outermostFunction(call) ?? fn))) return undefined;
  // Who gives a handle back is called by others, however often it is called here.
  if (!repeats(call, engine) && (!ends.isGiven || engine.frequency.of(call).level === 'once')) return undefined;
  if (list.access && !(isPlain(list.access, ends, engine) && isOnlyFilled(list.access, list.text, engine)))
    return undefined;
  return {
    kind: 'cache/disposers-pile-up',
    mechanism: 'unbounded-growth',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${list.text}\` keeps \`${ends.name}\` after it has ended (line ${lineOf(ends.node)}): nothing takes it out before all of them end.`,
    advice: 'Take it out of the list where it is ended.',
    node: call,
    trail: [
      { role: 'grows', message: asSentence(engine.frequency.of(call).why), range: rangeOf(call) },
      { role: 'release', message: 'Ends it, and leaves it in the list', range: rangeOf(ends.node) },
    ],
  };
}

interface List {
  readonly text: string;
  /** Undefined where a method keeps the list. */
  readonly access: ts.Expression | undefined;
}

function isAdding(method: string): boolean {
  return putsOne(method) || isOwnedByCall(method);
}

/** The list of an owner that a call adds to: `this.disposables.push(…)`, `this._register(…)`. */
function listOf({ expression }: ts.CallExpression): List | undefined {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const receiver = unwrap(callee.expression);
  if (receiver.kind === ts.SyntaxKind.ThisKeyword && isOwnedByCall(callee.name.text))
    return { text: `this.${callee.name.text}`, access: undefined };
  if (!putsOne(callee.name.text)) return undefined;
  if (!ts.isPropertyAccessExpression(receiver) || !isDisposerName(receiver.name.text)) return undefined;
  return { text: receiver.getText().replace(/\s+/g, ''), access: receiver };
}

interface End {
  readonly name: string;
  readonly node: ts.Node;
  /** By the caller, whom the function gives it. */
  readonly isGiven: boolean;
  /** Together with others, as functions. */
  readonly isEach: boolean;
}

/** How an added handle ends alone; undefined when it does not, as far as known. */
function endOf(argument: ts.Expression, fn: FunctionNode, list: string, engine: Engine): End | undefined {
  const spread = ts.isSpreadElement(argument);
  const value = unwrap(spread ? argument.expression : argument);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  // Made by this very call: each call adds one.
  if (!declaration?.initializer || declaration.scope.func !== fn || declaration.path?.length !== 0) return undefined;
  for (const use of declaration.references) {
    const site = spread ? eachEnded(use) : endingOf(use);
    if (site && isOfItem(site, fn, list)) return { name: declaration.name, node: site, isGiven: false, isEach: spread };
  }
  const given = spread ? undefined : givenBack(declaration, fn);
  return given && { name: declaration.name, node: given, isGiven: true, isEach: false };
}

/** `handle.dispose()`, `handle()`, with or without a question mark. */
function endingOf(use: ts.Identifier): ts.Node | undefined {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isCallExpression(up) && up.expression === outer) return up;
  if (!ts.isPropertyAccessExpression(up) || up.expression !== outer || !isTeardown(up.name.text)) return undefined;
  const call = wrapped(up).parent;
  return ts.isCallExpression(call) && unwrap(call.expression) === up ? call : undefined;
}

/** `handles.forEach((handle) => handle())`, `for (const handle of handles) handle.dispose()`. */
function eachEnded(use: ts.Identifier): ts.Node | undefined {
  const outer = wrapped(use);
  const up = outer.parent;
  const body =
    ts.isForOfStatement(up) && up.expression === outer
      ? up.statement
      : ts.isPropertyAccessExpression(up) && callsWithEach(up.name.text) && ts.isCallExpression(up.parent)
        ? up.parent.arguments[0]
        : undefined;
  if (!body) return undefined;
  let ends = false;
  walk(body, (node) => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      if (ts.isIdentifier(callee) || (ts.isPropertyAccessExpression(callee) && isTeardown(callee.name.text)))
        ends = true;
    }
    return !ends;
  });
  return ends ? up : undefined;
}

/**
 * Runs later than the function that adds the handle, in something that is given to another: a handler, or what the
 * function returns. What is itself given to the list, or to the end of the owner, is no end of its own.
 */
function isOfItem(site: ts.Node, fn: FunctionNode, list: string): boolean {
  let later = enclosingFunction(site);
  if (!later || later === fn || !isWithin(site, fn)) return false;
  for (let up = enclosingFunction(later); up && up !== fn; up = enclosingFunction(up)) later = up;
  for (let up: ts.Node = later.parent; up !== fn; up = up.parent) {
    if (isAssigned(up)) return false;
    if (!ts.isCallExpression(up) && !ts.isNewExpression(up)) continue;
    const callee = unwrap(up.expression);
    const text = callee.getText().replace(/\s+/g, '');
    if (text.startsWith(list) || /^(?:this\.)?(?:on|once|addListener)$|this\.on/.test(text)) return false;
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : text;
    if (/^(?:push|add)$|register|dispos|teardown|destroy|clean|unmount/i.test(name)) return false;
  }
  return later !== undefined;
}

function isAssigned(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** Given back to the caller, with an end that the code writes itself: to be called alone. */
function givenBack(declaration: Declaration, fn: FunctionNode): ts.Node | undefined {
  const made = declaration.initializer && unwrap(declaration.initializer);
  const end = made && endingFunctionOf(made);
  if (!end || !takesBack(end)) return undefined;
  const isGiven = declaration.references.some((use) => {
    const up = wrapped(use).parent;
    return ts.isReturnStatement(up) && enclosingFunction(up) === fn;
  });
  return isGiven ? end : undefined;
}

/** `{ dispose: () => … }`, `() => …`, `toDisposable(() => …)`. */
function endingFunctionOf(made: ts.Expression): FunctionNode | undefined {
  if (isFunctionNode(made)) return made;
  if (ts.isObjectLiteralExpression(made)) {
    for (const property of made.properties) {
      const name = property.name && propertyNameText(property.name);
      if (name === undefined || !isTeardown(name)) continue;
      const value = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : property;
      if (isFunctionNode(value)) return value;
    }
    return undefined;
  }
  if (!ts.isCallExpression(made) && !ts.isNewExpression(made)) return undefined;
  const [only] = made.arguments ?? [];
  const value = only && unwrap(only);
  return /dispos/i.test(made.expression.getText()) && value && isFunctionNode(value) ? value : undefined;
}

/** The end takes something out of another collection: what it stands for comes and goes. */
function takesBack(end: FunctionNode): boolean {
  let found = false;
  walk(end, (node) => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      takesBackOne(node.expression.name.text)
    )
      found = true;
    return !found;
  });
  return found;
}

/**
 * Keeps what is put in until it is taken out: a list of the language. Others may notice that something of theirs has
 * ended; of a list that another file declares only bare functions are known not to tell.
 */
function isPlain(list: ts.Expression, end: End | undefined, engine: Engine): boolean {
  const place = engine.program.places.of(list);
  const member =
    place?.root.kind === 'owner' && place.path.length === 1
      ? place.root.owner.members.get(place.path[0] ?? '')
      : undefined;
  const value = member?.values[0]?.value;
  if (value) return freshShape(value) !== undefined || /^new \w*DisposableStore\(\)$/.test(value.getText());
  if (member?.type) return /\[\]$|^(?:Array|Set)</.test(member.type.getText());
  if (/context\.subscriptions$/i.test(list.getText())) return true;
  if (!end) return false;
  return ts.isCallExpression(end.node) ? ts.isIdentifier(unwrap(end.node.expression)) : end.isEach;
}

/** Nothing but the end of the owner takes from the list, and nobody else is given it. */
function isOnlyFilled(list: ts.Expression, text: string, engine: Engine): boolean {
  const key = engine.program.places.of(list)?.key;
  const name = text.slice(text.lastIndexOf('.') + 1);
  return (engine.program.callees.accesses.get(name) ?? []).every((node) => {
    if (!ts.isPropertyAccessExpression(node)) return true;
    const place = engine.program.places.of(node);
    // The list of another class.
    if (key !== undefined && place?.root.kind === 'owner' && place.key !== key) return true;
    const outer = wrapped(node);
    const up = outer.parent;
    const member = ts.isPropertyAccessExpression(up) ? up.name.text : '';
    // `onDidClose(fn, undefined, context.subscriptions)` adds, too.
    const isGivenOn = ts.isCallExpression(up) && up.arguments.indexOf(outer) === 2;
    const adds = putsOne(member) || isGivenOn;
    // A `dispose` may be that of one handle, which takes itself out.
    return !seeksOne(member) && (adds || isInWholeTeardown(node) || isMade(up));
  });
}

/** Given its first value, in the constructor. */
function isMade(up: ts.Node): boolean {
  if (!isAssigned(up)) return false;
  const fn = enclosingFunction(up);
  return fn === undefined || ts.isConstructorDeclaration(fn);
}
