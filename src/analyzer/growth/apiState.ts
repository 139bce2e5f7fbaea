/** State of stores that its updates only ever add to. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { asSentence, nameIn, type Occasion } from '../ownership/lifetime/frequency/occasions';
import type { GrowthForm } from '../resources/growthForms';
import type { ResourceKind } from '../resources/model';
import { select, visitNodes } from '../syntax/nodeIndex';
import { accesses } from '../syntax/selections';
import {
  type CallLike,
  enclosingFunction,
  hasModifier,
  isAssignment,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { changesOtherwise, putsIntoList } from '../words/collections';
import { addedTo, isAppend } from './appends';
import { freshShape } from './containers';
import { functionName } from './holders';
import { isHandlerProperty, isNoticeName, isRecordName, isRegistering } from './words';

const assigned = select<ts.PropertyAssignment>(ts.SyntaxKind.PropertyAssignment);

/** `const toasts = new BehaviorSubject([])`, and every `next` or `update` of it appends. */
export function cellFault(
  node: CallLike,
  form: Extract<GrowthForm, { form: 'cell' }>,
  kind: ResourceKind,
  engine: Engine,
): Draft | undefined {
  const { origins, places, scopes, members } = engine.program;
  if (!engine.types.matches(origins.nameOf(unwrap(node.expression)), form.callee)) return undefined;
  if (freshShape(node.arguments?.[0]) !== 'array') return undefined;
  const up = wrapped(node as ts.Expression).parent;
  let key: string | undefined;
  let name = '';
  if (ts.isVariableDeclaration(up)) {
    const declaration = scopes.declarationOf(up);
    if (!declaration || declaration.scope.func || [...scopes.exports.values()].includes(declaration)) return undefined;
    key = places.ofDeclaration(declaration).key;
    name = declaration.name;
  } else if (ts.isPropertyDeclaration(up)) {
    const owner = members.ownerOf(up.parent);
    const member = propertyNameText(up.name);
    if (!owner || member === undefined || hasModifier(up, ts.SyntaxKind.PublicKeyword)) return undefined;
    if (engine.frequency.instancesOf(owner) === 'many') return undefined;
    key = places.ofMember(owner, member).key;
    name = `this.${member}`;
  }
  if (key === undefined) return undefined;
  let added: ts.Node | undefined;
  for (const use of engine.uses.reads(key)) {
    const access = wrapped(use).parent;
    // read as `cell()`, or looked at as a whole
    if (ts.isCallExpression(access) && access.expression === wrapped(use)) continue;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== wrapped(use)) return undefined;
    const call = wrapped(access).parent;
    if (!form.updates.includes(access.name.text)) continue;
    if (!ts.isCallExpression(call) || call.expression !== wrapped(access)) return undefined;
    const [given] = call.arguments;
    const value = given && unwrap(given);
    if (!value) return undefined;
    const appended =
      ts.isArrowFunction(value) || ts.isFunctionExpression(value)
        ? addedTo(value)
        : isAppend(value, (of) => mentionsCell(of, key, engine))
          ? value
          : undefined;
    if (!appended) return undefined;
    if (isOften(call, name, engine)) added ??= call;
  }
  return added && draftOf(added, name, kind, engine);
}

/** `this.cell.value`, `cell()`, `cell.getValue()`. */
function mentionsCell(of: ts.Expression, key: string | undefined, engine: Engine): boolean {
  let found = false;
  walk(of, (node) => {
    if ((ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) && engine.program.places.of(node)?.key === key)
      found = true;
    return !found;
  });
  return found;
}

/** By each event, or by a function that tells of something that happened. */
function isOften(node: ts.Node, name: string, engine: Engine): boolean {
  const { level, isLooped = false } = engine.frequency.of(node);
  if (level === 'hot') return !isLooped;
  if (level !== 'call' && level !== 'unknown') return false;
  const fn = enclosingFunction(node);
  return isNotice(name) && !isRegistering(fn ? functionName(fn) : '');
}

function isNotice(name: string): boolean {
  const bare = name.replace(/^.*\./, '').replace(/[$_]+$/, '');
  return isNoticeName(bare) || (isRecordName(bare) && !/messages|requests|transactions|responses|records$/i.test(bare));
}

function draftOf(node: ts.Node, name: string, kind: ResourceKind, engine: Engine): Draft {
  const { why } = engine.frequency.of(node);
  return {
    kind: kind.id,
    mechanism: 'unbounded-growth',
    // What fails is little, and kept to be shown.
    severity: /errors$/i.test(name) ? 'low' : 'medium',
    confidence: 'medium',
    message: `The list \`${name}\` of the state grows here ${why}, and no update ever shortens it.`,
    advice: 'Keep the last entries only, `.slice(-limit)`, or take each out when it is done.',
    node,
    trail: [{ role: 'grows', message: asSentence(why), range: rangeOf(node) }],
  };
}

/** A list of the first state to which the functions of the store append, and which nothing in the file shortens. */
export function reducersFault(
  node: CallLike,
  form: Extract<GrowthForm, { form: 'reducers' }>,
  kind: ResourceKind,
  engine: Engine,
): Draft | undefined {
  const { origins, sourceFile } = engine.program;
  if (!engine.types.matches(calledName(node, origins.nameOf), form.callee)) return undefined;
  if (/\$reset|\breset\w*\s*[(:=]/i.test(sourceFile.text)) return undefined;
  for (const name of listsOf(node, engine)) {
    const appended = onlyAppended(name, engine);
    if (appended && (isOften(appended, name, engine) || isDispatched(node, engine)))
      return draftOf(appended, name, kind, engine);
  }
  return undefined;
}

/** `const [state, dispatch] = useReducer(…)`, where each event dispatches. */
function isDispatched(node: CallLike, engine: Engine): boolean {
  const up = wrapped(node as ts.Expression).parent;
  const dispatch = ts.isVariableDeclaration(up) && ts.isArrayBindingPattern(up.name) ? up.name.elements[1] : undefined;
  if (!dispatch || ts.isOmittedExpression(dispatch)) return false;
  const calls = engine.program.scopes.declarationOf(dispatch)?.references ?? [];
  return calls.some((use) => {
    const { level, occasion, isLooped = false } = engine.frequency.of(use);
    return level === 'hot' && !isLooped && !isByHand(occasion);
  });
}

/** In a render, or by what somebody does with an element, which a property `onClick` tells. */
function isByHand(occasion: Occasion): boolean {
  return occasion.kind === 'render' || occasion.kind === 'elementEvent' || isHandlerProperty(nameIn(occasion));
}

/** `create<State>()(…)` calls what `create` gives. */
function calledName(node: CallLike, nameOf: Engine['program']['origins']['nameOf']): ReturnType<typeof nameOf> {
  const callee = unwrap(node.expression);
  return nameOf(ts.isCallExpression(callee) ? unwrap(callee.expression) : callee);
}

/** Names of lists that are empty in the first state of a store, wherever that is written. */
function listsOf(node: CallLike, engine: Engine): ReadonlySet<string> {
  const found = new Set<string>();
  const see = (root: ts.Node, depth: number): void =>
    walk(root, (inner) => {
      if (ts.isPropertyAssignment(inner) && isEmptyList(inner.initializer)) {
        const name = propertyNameText(inner.name);
        if (name !== undefined) found.add(name);
      }
      const declaration = depth < 2 && ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
      const made = declaration?.initializer && unwrap(declaration.initializer);
      // A first state that is named twice is also what one goes back to.
      const isFirst = declaration?.scope.func === undefined && declaration?.references.length === 1;
      if (made && ts.isObjectLiteralExpression(made) && isFirst) see(made, depth + 1);
      return undefined;
    });
  for (const argument of node.arguments ?? []) see(argument, 0);
  return found;
}

function isEmptyList(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return freshShape(value) === 'array' && !(ts.isArrayLiteralExpression(value) && value.elements.length > 0);
}

/** The place where a property is appended to; undefined where anything else happens to it. */
function onlyAppended(name: string, engine: Engine): ts.Node | undefined {
  let added: ts.Node | undefined;
  let isOther = false;
  let fresh = 0;
  const isThat = (of: ts.Expression): boolean => {
    const value = unwrap(of);
    if (ts.isPropertyAccessExpression(value)) return value.name.text === name;
    return ts.isIdentifier(value) && value.text === name;
  };
  const see = (value: ts.Expression, at: ts.Node): void => {
    const inner = unwrap(value);
    if (isAppend(inner, isThat)) added ??= at;
    else if (freshShape(inner) === 'array' && ts.isArrayLiteralExpression(inner) && inner.elements.length === 0)
      fresh++;
    else if (!isThat(inner) && !isMapped(inner, isThat)) isOther = true;
  };
  visitNodes(engine.program.sourceFile, assigned, (node) => {
    if (propertyNameText(node.name) === name) see(node.initializer, node);
    return !isOther;
  });
  visitNodes(engine.program.sourceFile, accesses, (node) => {
    if (isOther || !ts.isPropertyAccessExpression(node) || node.name.text !== name) return !isOther;
    const outer = wrapped(node);
    const up = outer.parent;
    if (isAssignment(up) && up.left === outer) see(up.right, up);
    else if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
      const call = wrapped(up).parent;
      if (putsIntoList(up.name.text) && ts.isCallExpression(call)) added ??= call;
      else if (changesOtherwise(up.name.text)) isOther = !isRead(up);
    } else if (ts.isCallExpression(up) && up.expression !== outer && isTaking(up)) isOther = true;
    return !isOther;
  });
  return isOther || fresh > 1 ? undefined : added;
}

/** `state.rows.length` that is only shown. */
function isRead(access: ts.PropertyAccessExpression): boolean {
  const { parent } = wrapped(access);
  const isShown = !ts.isBinaryExpression(parent) || (isAssignment(parent) && parent.right === wrapped(access));
  return access.name.text === 'length' && isShown;
}

/** `state.rows.map(…)` */
function isMapped(value: ts.Expression, isThat: (of: ts.Expression) => boolean): boolean {
  if (!ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'map' && isThat(callee.expression);
}

/** A call that may take something out of the list that it is given. */
function isTaking({ expression }: ts.CallExpression): boolean {
  return /remove|delete|filter|trim|limit|cap|prune|slice|take|drop|pull|without/i.test(expression.getText());
}
