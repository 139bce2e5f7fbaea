/**
 * Lists in a field that are filled with what wants an end, and that nobody empties by ending it: `this.disposables.push(…)`
 * in a class whose teardown does not come to them, tables of instances that their class says how to end.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isDisposerName } from '../../growth/words';
import type { Member } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { textOf } from '../../program/places';
import { visitNodes } from '../../syntax/nodeIndex';
import { names } from '../../syntax/selections';
import { type CallLike, calledName, isWithin, rangeOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { callsWithEach, deletesKey, looksOrEmpties, putsIn, takesFromList } from '../../words/collections';
import { listenMethods } from '../../words/listeners';
import { isEndingCall } from '../../words/releases';
import { goesOn } from '../../words/starts';
import { isStrictTeardown, isWholeTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { endingElements, type Leaving, leavesText } from './leaving';
import { isLook } from './partUses';
import { madeIn, wantedEnd } from './wantsEnd';

/** The finding for such a list; undefined when somebody may end what is in it. */
export function judgeList(
  member: Member,
  { owner, last, reached }: Leaving,
  engine: Engine,
  described: ReadonlySet<ts.Node>,
): Draft | undefined {
  if (!member.values.some(({ value }) => value && isPlainList(unwrap(value)))) return undefined;
  const place = engine.program.places.ofMember(owner, member.name);
  const isDisposers = isDisposerName(member.name);
  let first: ts.Expression | undefined;
  for (const use of engine.uses.reads(place.key)) {
    const inserted = insertedBy(use, isDisposers);
    if (inserted) {
      if (inserted !== use && !isInsertedOnly(inserted, engine)) return undefined;
      first ??= inserted === use ? use : wantingIn(inserted, isDisposers, engine, described);
    } else if (
      mayEnd(
        use,
        reached.some((fn) => isWithin(use, fn)),
      )
    )
      return undefined;
  }
  const { byContainer, byPlace } = engine.releasesOf(endingElements);
  if (!first || byContainer.has(place.key) || byPlace.has(place.key)) return undefined;
  const frequency = engine.frequency.of(first);
  if (frequency.level === 'once') return undefined;
  const held = `\`${textOf(place)}\``;
  return {
    kind: 'handle/field-without-teardown',
    mechanism: 'no-release-on-dispose',
    // After a `stop` the list may be asked again.
    severity: isStrictTeardown(last.name) ? 'medium' : 'low',
    confidence: 'medium',
    message: `Nothing ends what ${held} holds: ${leavesText(last, 'it')}.`,
    advice: `End each of them when ${ownerText(owner.name)} ends.`,
    node: first,
    trail: [{ role: 'acquired', message: 'Added here', range: rangeOf(first) }, frequencyStep(frequency, first)],
  };
}

function isPlainList(value: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  if (ts.isObjectLiteralExpression(value)) return value.properties.length === 0;
  return ts.isNewExpression(value) && /^(?:Map|Set|Array)$/.test(value.expression.getText());
}

/** What is put in: `list.push(x)`, `map.set(k, x)`; the list itself where a call is given it to put something in. */
function insertedBy(use: ts.Expression, isDisposers: boolean): ts.Expression | undefined {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isPropertyAccessExpression(up) && up.expression === outer && putsIn(up.name.text)) {
    const call = wrapped(up).parent;
    return ts.isCallExpression(call) ? call.arguments.at(-1) : undefined;
  }
  if (ts.isElementAccessExpression(up) && up.expression === outer)
    return ts.isBinaryExpression(up.parent) && up.parent.left === up ? up.parent.right : undefined;
  // `workspace.onDidOpen(handler, this, this.disposables)`
  if (!isDisposers || !ts.isCallExpression(up) || up.arguments.length < 2 || up.arguments.at(-1) !== outer)
    return undefined;
  const callee = unwrap(up.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return goesOn(name) || /^on[A-Z]?/.test(name) ? use : undefined;
}

/** What is put into a list of disposables is one, when a call gives it; into others, what wants an end. */
function wantingIn(
  inserted: ts.Expression,
  isDisposers: boolean,
  engine: Engine,
  described: ReadonlySet<ts.Node>,
): ts.Expression | undefined {
  const made = madeIn(inserted, engine);
  if (!made || isOnItself(made)) return undefined;
  if (isDisposers) return ts.isIdentifier(unwrap(inserted)) ? undefined : made;
  return !described.has(made) && wantedEnd(made, '', engine) ? made : undefined;
}

/** `this.on('change', handler)`: who listens to itself ends with what it listens to. */
function isOnItself({ expression }: CallLike): boolean {
  const callee = unwrap(expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    unwrap(callee.expression).kind === ts.SyntaxKind.ThisKeyword &&
    (goesOn(callee.name.text) || listenMethods.has(callee.name.text))
  );
}

/** Nobody else gets what the variable holds that is put in. */
function isInsertedOnly(inserted: ts.Expression, engine: Engine): boolean {
  const value = unwrap(inserted);
  const variable = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return (
    variable === undefined ||
    variable.references.every((use) => {
      const outer = wrapped(use);
      const up = outer.parent;
      if (use === value || use === variable.node || isLook(up, outer) || ts.isVariableDeclaration(up)) return true;
      if (ts.isPropertyAccessExpression(up) && up.expression === outer) return !isWholeTeardown(up.name.text);
      return ts.isBinaryExpression(up) && up.left === outer;
    })
  );
}

/** May the use lead to the end of what is in the list, other than by what is said to end its elements? */
function mayEnd(use: ts.Expression, inTeardown: boolean): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (isLook(up, outer) || ts.isExpressionStatement(up)) return false;
  if (ts.isForOfStatement(up)) return mayEndElement(up.statement, up.initializer, inTeardown);
  if (ts.isElementAccessExpression(up) && up.expression === outer) return inTeardown;
  if (!ts.isPropertyAccessExpression(up) || up.expression !== outer) return true;
  const name = up.name.text;
  if (looksOrEmpties(name)) return false;
  const call = wrapped(up).parent;
  if (!ts.isCallExpression(call)) return true;
  const [fn] = call.arguments;
  if (callsWithEach(name) && fn && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)))
    return mayEndElement(fn.body, fn.parameters[0]?.name, inTeardown);
  const loop = call.parent;
  if (name === 'values' && ts.isForOfStatement(loop))
    return mayEndElement(loop.statement, loop.initializer, inTeardown);
  // What is taken out is ended, or not, where it is used.
  if (takesFromList(name)) return !inTeardown;
  return inTeardown || deletesKey(name);
}

/** In a teardown whoever is given it; elsewhere who by its name ends what it is given: `destroyTarget(target)`. */
function mayEndElement(body: ts.Node, element: ts.Node | undefined, inTeardown: boolean): boolean {
  return mentions(body, element, (node) => {
    const { parent } = wrapped(node);
    return (
      inTeardown || (ts.isCallExpression(parent) && parent.expression !== node && isEndingCall(calledName(parent)))
    );
  });
}

function mentions(body: ts.Node, element: ts.Node | undefined, counts: (name: ts.Identifier) => boolean): boolean {
  const wanted = new Set(element?.getText().match(/[\w$]+/g));
  let found = false;
  visitNodes(body, names, (node) => {
    if (wanted.has(node.text) && counts(node)) found = true;
    return !found;
  });
  return found;
}
