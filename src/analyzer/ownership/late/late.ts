/**
 * What is acquired after its end: a function hands back a clean-up that ends a variable, and the variable is only given
 * its value after a wait. When the clean-up runs during the wait it finds nothing, and what comes later stays.
 * `let sub; load().then((items) => { sub = items.subscribe(show); }); return () => sub?.unsubscribe();`
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { callsNamed, inOrder } from '../../program/callNames';
import { type Place, textOf } from '../../program/places';
import { nodesIn, visitNodes } from '../../syntax/nodeIndex';
import { calls, returns } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isEquality,
  isFunctionNode,
  isWithin,
  joinsConditions,
  lineOf,
  memberOrText,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { registersEnd } from '../../words/hooks';
import { listenMethods } from '../../words/listeners';
import { endsHeld } from '../../words/releases';
import { beginsSubscription } from '../../words/starts';
import { endWords, givesUp as givesUpByName, unwantedWords } from '../../words/states';
import { isStrictTeardown, isTeardown } from '../../words/teardowns';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import { continuedFrom } from './promiseSteps';

export const lateKind = 'listener/subscribed-after-dispose';

/** A function that hands back how to end what it began. */
export interface Beginning {
  readonly fn: FunctionNode;
  readonly ends: readonly FunctionNode[];
}

/** The findings for what a wait may bring after the clean-up has run. */
export function findLate(engine: Engine, acquisitions: readonly Acquisition[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const beginning of beginningsOf(engine)) {
    const { fn, ends } = beginning;
    if (engine.frequency.ofFunction(fn).level === 'once' || ends.some((end) => givesUp(end, engine))) continue;
    const judged = new Set<string>();
    for (const { place, site } of ends.flatMap((end) => releasedBy(end, engine))) {
      if (judged.has(place.key)) continue;
      judged.add(place.key);
      for (const write of engine.uses.writes(place.key)) {
        const made = creationOf(write.right);
        if (!made || !isWithin(write, fn) || ends.some((end) => isWithin(write, end))) continue;
        const late = latenessOf(write, fn);
        if (!late || mayBeStopped(late, place.key, ends, engine) || endsByItself(made, late, acquisitions, engine))
          continue;
        if (isOfOwnSource(made, late.wait, engine)) continue;
        drafts.push(draftOf(made, `\`${textOf(place)}\``, late.wait, site));
      }
    }
    for (const acquisition of acquisitions) {
      const { form, node } = acquisition;
      if (form.form !== 'registration' || !isWithin(node, fn)) continue;
      const late = latenessOf(node, fn);
      const site = late && removalAmong(acquisition, ends, engine);
      if (late && site && !mayBeStopped(late, undefined, ends, engine))
        drafts.push(draftOf(node, 'The handler', late.wait, site));
    }
  }
  const seen = new Set<ts.Node>();
  return drafts.filter(({ node }) => !seen.has(node) && seen.add(node));
}

function draftOf(node: ts.Node, subject: string, wait: ts.Node, site: ts.Node): Draft {
  return {
    kind: lateKind,
    mechanism: 'race-or-after-await',
    severity: 'low',
    confidence: 'medium',
    message: `${subject} comes after a wait (line ${lineOf(wait)}), and nothing asks whether it is still wanted: when the clean-up on line ${lineOf(site)} runs before, it finds nothing to end, and this stays.`,
    advice: 'Set a flag in the clean-up, and test it after the wait.',
    node,
    trail: [
      { role: 'acquired', message: 'Begun here, after the wait', range: rangeOf(node) },
      { role: 'release', message: 'May have run by then', range: rangeOf(site) },
    ],
  };
}

/**
 * Functions of the file that return their clean-up, or give it to what ends the scope around them.
 * @param alsoAsync those of which the clean-up is had only when all has been waited for
 */
export function beginningsOf(engine: Engine, alsoAsync = false): readonly Beginning[] {
  return engine.once(alsoAsync ? anyBeginnings : plainBeginnings);
}

function plainBeginnings(engine: Engine): readonly Beginning[] {
  return engine.once(anyBeginnings).filter(({ fn }) => !hasModifier(fn, ts.SyntaxKind.AsyncKeyword));
}

function anyBeginnings(engine: Engine): readonly Beginning[] {
  const ends = new Map<FunctionNode, FunctionNode[]>();
  const add = (fn: FunctionNode | undefined, found: readonly FunctionNode[]): void => {
    if (!fn || found.length === 0) return;
    const inner = found.filter((end) => isWithin(end, fn) && end !== fn);
    if (inner.length > 0) ends.set(fn, [...(ends.get(fn) ?? []), ...inner]);
  };
  const registering = callsNamed(engine.program, registersEnd);
  for (const node of [...nodesIn(engine.program.sourceFile, returns), ...registering].sort(inOrder)) {
    if (ts.isReturnStatement(node)) {
      if (node.expression) add(enclosingFunction(node), cleanUps(node.expression, engine));
      continue;
    }
    const [first] = node.arguments;
    if (first && ts.isIdentifier(unwrap(node.expression)))
      add(enclosingFunction(node), engine.program.callees.functionsOf(first));
  }
  return [...ends].map(([fn, found]) => ({ fn, ends: found }));
}

/** A function, or the members of an object that are called like an end. */
function cleanUps(value: ts.Expression, engine: Engine): readonly FunctionNode[] {
  const given = unwrap(value);
  if (!ts.isObjectLiteralExpression(given)) return engine.program.callees.functionsOf(given);
  return given.properties.flatMap((property) => {
    const name = property.name ? propertyNameText(property.name) : undefined;
    if (name === undefined || !(isStrictTeardown(name) || endsHeld(name))) return [];
    if (isFunctionNode(property)) return [property];
    if (ts.isPropertyAssignment(property)) return engine.program.callees.functionsOf(property.initializer);
    return ts.isShorthandPropertyAssignment(property) ? engine.program.callees.functionsOf(property.name) : [];
  });
}

/** Whoever aborts or waits for the work in the clean-up has thought of it. */
function givesUp(end: FunctionNode, engine: Engine): boolean {
  let does = hasModifier(end, ts.SyntaxKind.AsyncKeyword);
  for (const fn of engine.program.callees.reachedFrom(end))
    visitNodes(fn, calls, (inner) => {
      if (ts.isCallExpression(inner)) {
        const callee = unwrap(inner.expression);
        const isMember = ts.isPropertyAccessExpression(callee);
        const name = isMember ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
        does ||= givesUpByName(name);
      }
      return !does;
    });
  return does;
}

/** Variables and refs that the clean-up ends, with where: itself, or by a function of this file. */
function releasedBy(end: FunctionNode, engine: Engine): readonly { readonly place: Place; readonly site: ts.Node }[] {
  const found: { readonly place: Place; readonly site: ts.Node }[] = [];
  const add = (value: ts.Expression | undefined, site: ts.Node): void => {
    const place = value && engine.program.places.of(unwrap(value));
    if (place && isKept(place)) found.push({ place, site });
  };
  for (const fn of engine.program.callees.reachedFrom(end))
    visitNodes(fn, calls, (inner) => {
      const ended = endedBy(inner, engine);
      if (ended) add(ended, inner);
      else
        inner.arguments.forEach((argument, index) => {
          const isEnded = engine.program.callees.of(inner).some((callee) => endsParameter(callee, index, engine));
          if (isEnded) add(argument, inner);
        });
      return undefined;
    });
  return found;
}

/** What a call ends: `it.close()`, `it()`, `clearInterval(it)`. */
export function endedBy(call: ts.CallExpression, engine: Engine): ts.Expression | undefined {
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee)) return endsHeld(callee.name.text) ? callee.expression : undefined;
  if (!ts.isIdentifier(callee)) return undefined;
  const declaration = engine.program.scopes.resolve(callee);
  if (!declaration) return isTeardown(callee.text) ? call.arguments[0] : undefined;
  return engine.program.callees.of(call).length === 0 ? callee : undefined;
}

/** Does the function end what it is given there? */
function endsParameter(fn: FunctionNode, index: number, engine: Engine): boolean {
  const parameter = fn.parameters[index];
  if (!parameter) return false;
  const known = engine.once(endingParameters);
  const before = known.get(parameter);
  if (before !== undefined) return before;
  const ends = isEnded(parameter, fn, engine);
  known.set(parameter, ends);
  return ends;
}

/** Functions that call each other are asked again for each call. */
function endingParameters(): Map<ts.ParameterDeclaration, boolean> {
  return new Map();
}

function isEnded(parameter: ts.ParameterDeclaration, fn: FunctionNode, engine: Engine): boolean {
  const declaration = engine.program.scopes.declarationOf(parameter);
  if (!declaration) return false;
  let ends = false;
  visitNodes(fn, calls, (inner) => {
    const ended = ts.isCallExpression(inner) ? endedBy(inner, engine) : undefined;
    if (ended && ts.isIdentifier(unwrap(ended))) ends ||= declaration.references.some((one) => one === unwrap(ended));
    return !ends;
  });
  return ends;
}

/** A variable that is given its value later, or what a ref holds. */
function isKept({ root, path }: Place): boolean {
  if (root.kind !== 'declaration' || root.declaration.scope.func === undefined) return false;
  if (path.length === 0) return root.declaration.kind === 'let' || root.declaration.kind === 'var';
  return path.length === 1 && (path[0] === 'current' || path[0] === 'value');
}

/** The call that makes the value; undefined where it may be any value. */
export function creationOf(value: ts.Expression): ts.Expression | undefined {
  const given = unwrap(value);
  const made = ts.isAwaitExpression(given) ? unwrap(given.expression) : given;
  return ts.isCallExpression(made) || ts.isNewExpression(made) ? made : undefined;
}

/**
 * `const view = new View(); this.off = view.onLost(draw);` after the wait: what is added to an object that is made there goes with
 * it, and whether that one stays is its own question.
 */
export function isOfOwnSource(made: ts.Expression, wait: ts.Node, engine: Engine): boolean {
  const callee = ts.isCallExpression(made) ? unwrap(made.expression) : undefined;
  const source = callee && ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  if (!callee || !source || !ts.isIdentifier(source) || !ts.isPropertyAccessExpression(callee)) return false;
  const { initializer, scope } = engine.program.scopes.resolve(source) ?? {};
  const value = initializer && unwrap(initializer);
  return (
    value !== undefined &&
    ts.isNewExpression(value) &&
    value.pos >= wait.end &&
    scope?.func === enclosingFunction(made) &&
    beginsSubscription(callee.name.text)
  );
}

interface Late {
  /** Functions from the acquisition out to the beginning, which is not one of them. */
  readonly around: readonly FunctionNode[];
  readonly wait: ts.Node;
}

/** Does the node run only after a promise has settled, seen from the function around it? */
function latenessOf(node: ts.Node, beginning: FunctionNode): Late | undefined {
  const around: FunctionNode[] = [];
  let wait: ts.Node | undefined;
  for (let fn = enclosingFunction(node); fn && fn !== beginning; fn = enclosingFunction(fn)) {
    around.push(fn);
    wait ??= continuedFrom(fn) ?? awaitBefore(node, fn);
  }
  return wait && { around, wait };
}

function awaitBefore(node: ts.Node, fn: FunctionNode): ts.Node | undefined {
  let found: ts.Node | undefined;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (found || isFunctionNode(inner)) return false;
      if (ts.isAwaitExpression(inner) && (inner.pos < node.pos || isWithin(inner, node))) found = inner;
      return !found;
    });
  return found;
}

/** Does anything between the wait and the end ask whether it is still wanted? */
function mayBeStopped(
  { around }: Late,
  key: string | undefined,
  ends: readonly FunctionNode[],
  engine: Engine,
): boolean {
  const set = new Set<string>();
  for (const end of ends)
    walk(end, (inner) => {
      if (!isAssignment(inner)) return undefined;
      const left = unwrap(inner.left);
      if (engine.program.places.of(left)?.key !== key) set.add(memberOrText(left));
      return undefined;
    });
  let asks = false;
  const look = (condition: ts.Node): void =>
    walk(condition, (inner) => {
      if (ts.isIdentifier(inner) && engine.program.places.of(inner)?.key !== key)
        asks ||= set.has(inner.text) || endWords.test(inner.text) || unwantedWords.test(inner.text);
      if (ts.isBinaryExpression(inner) && isEquality(inner.operatorToken.kind))
        asks ||= ts.isIdentifier(unwrap(inner.left)) && ts.isIdentifier(unwrap(inner.right));
      return !asks;
    });
  for (const fn of around)
    walk(fn, (inner) => {
      // What a handler asks, it asks when an event comes; what follows a failed wait does not come after it.
      if (
        inner !== fn &&
        (ts.isCatchClause(inner) ||
          (isHandler(inner) &&
            !around.includes(inner) &&
            !releasedBy(inner, engine).some(({ place }) => place.key === key)))
      )
        return false;
      if (ts.isIfStatement(inner) || ts.isWhileStatement(inner)) look(inner.expression);
      else if (ts.isConditionalExpression(inner)) look(inner.condition);
      else if (ts.isBinaryExpression(inner) && joinsConditions(inner.operatorToken.kind)) look(inner.left);
      // Given a signal, or a call that throws when it is too late.
      else if (ts.isIdentifier(inner) && givesUpByName(inner.text)) asks = true;
      return !asks;
    });
  return asks;
}

/** `source.onclose = () => …`, `source.on('close', () => …)` */
function isHandler(node: ts.Node): node is FunctionNode {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  const outer = wrapped(node);
  const up = outer.parent;
  if (isAssignment(up)) return ts.isPropertyAccessExpression(unwrap(up.left));
  if (!ts.isCallExpression(up) || up.arguments.at(-1) !== outer) return false;
  const callee = unwrap(up.expression);
  return ts.isPropertyAccessExpression(callee) && listenMethods.has(callee.name.text);
}

/** One that runs once, unless it arms the function again that waits. */
function endsByItself(
  made: ts.Expression,
  { around }: Late,
  acquisitions: readonly Acquisition[],
  engine: Engine,
): boolean {
  const acquisition = acquisitions.find(({ node }) => node === made);
  const oneShot = acquisition?.kind.oneShot;
  if (!acquisition || !oneShot) return false;
  const callback = acquisition.node.arguments?.[oneShot.callback];
  const targets = callback ? engine.program.callees.functionsOf(callback) : [];
  return !targets.some((target) => around.some((fn) => engine.program.callees.reachedFrom(target).has(fn)));
}

/** The removal that ends the handler, if every one stands in a clean-up. */
function removalAmong(acquisition: Acquisition, ends: readonly FunctionNode[], engine: Engine): ts.Node | undefined {
  const removals = findRemovals(acquisition, engine).filter(
    (removal) => matchesRemoval(acquisition, removal, engine) === undefined,
  );
  return removals.length > 0 && removals.every(({ node }) => ends.some((end) => isWithin(node, end)))
    ? removals[0]?.node
    : undefined;
}
