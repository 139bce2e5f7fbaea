/** Every place in a file where a resource of a kind may be released, by the storage it is released from. */

import type { Types } from '../../acquiring/types';
import { memberAccessOf } from '../../program/memberNames';
import type { FileProgram } from '../../program/program';
import type { ResourceKind } from '../../resources/model';
import { type FunctionNode, isFunctionNode, propertyNameText, ts, unwrap, wrapped } from '../../syntax/syntax';
import { givesElement, givesElements } from '../../words/collections';
import { addUnder } from './nodesByKey';
import type { Spellings } from './spellings';

export interface Releases {
  /** Release sites by place key of the released value. */
  readonly byPlace: ReadonlyMap<string, readonly ts.Node[]>;
  /** Release sites of elements, by place key of their collection. */
  readonly byContainer: ReadonlyMap<string, readonly ts.Node[]>;
  /** Property names released on values that are not resolved (`session.timer` of a parameter). */
  readonly byProperty: ReadonlyMap<string, readonly ts.Node[]>;
  /** All sites, in order. */
  readonly sites: readonly ts.Node[];
}

/** Collects the releases of one kind in a file. Linear in the number of its candidates. */
export function findReleases(program: FileProgram, spellings: Spellings, types: Types, kind: ResourceKind): Releases {
  const byPlace = new Map<string, ts.Node[]>();
  const byContainer = new Map<string, ts.Node[]>();
  const byProperty = new Map<string, ts.Node[]>();
  const sites: ts.Node[] = [];
  const methods = new Set<string>();
  const calls = kind.release.filter((form) => form.form === 'call');
  for (const form of kind.release) if (form.form === 'method') for (const method of form.method) methods.add(method);

  const isInvoked = kind.release.some((form) => form.form === 'invoked');

  const release = (target: ts.Expression, site: ts.Node): void => {
    sites.push(site);
    const value = withoutWait(target);
    const place = program.places.of(value);
    if (place) {
      addUnder(byPlace, place.key, site);
      const last = place.path.at(-1);
      const loose =
        place.root.kind !== 'owner' &&
        !(place.root.kind === 'declaration' && place.root.declaration.scope.func === undefined);
      if (last !== undefined && loose) addUnder(byProperty, last, site);
    } else {
      const access = memberAccessOf(value, program.scopes);
      if (access) addUnder(byProperty, access.name, site);
    }
    const container = containerOf(value, program);
    if (container !== undefined) addUnder(byContainer, container, site);
    // `const t = this.timer` where the alias is not a constant: the source of its value
    const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
    for (const given of declaration
      ? [declaration.initializer, ...declaration.writes.map((write) => write.value)]
      : []) {
      const source = given && declaration?.path?.length === 0 ? program.places.of(unwrap(given)) : undefined;
      if (source) addUnder(byPlace, source.key, site);
    }
  };

  const look = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && methods.has(node.name.text)) release(node.expression, node);
    else if (
      // `child.stdin.end()`: release through a part
      ts.isPropertyAccessExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      methods.has(`${node.expression.name.text}.${node.name.text}`)
    )
      release(node.expression.expression, node);
    else if (ts.isElementAccessExpression(node)) {
      const key = unwrap(node.argumentExpression);
      if (ts.isStringLiteralLike(key) && methods.has(key.text)) release(node.expression, node);
    } else if (
      ts.isBindingElement(node) &&
      ts.isObjectBindingPattern(node.parent) &&
      ts.isVariableDeclaration(node.parent.parent)
    ) {
      // const { close } = server
      const name = propertyNameText(node.propertyName ?? node.name);
      const { initializer } = node.parent.parent;
      if (name !== undefined && methods.has(name) && initializer) release(initializer, node);
    } else if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      if (ts.isPropertyAccessExpression(callee))
        for (const form of kind.release) {
          const argument = form.form === 'method-argument' ? node.arguments[form.argument] : undefined;
          if (argument && form.form === 'method-argument' && form.method.includes(callee.name.text))
            release(argument, node);
        }
      if (isInvoked && program.places.of(withoutWait(node.expression))) release(node.expression, node);
      const called = unwrap(node.expression);
      const name =
        calls.length > 0 ? (program.origins.nameOf(called) ?? program.origins.promisedOf(called)) : undefined;
      for (const form of calls) {
        const argument = node.arguments[form.argument];
        if (argument && types.matches(name, form.callee)) release(argument, node);
      }
    } else if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
      // timers.forEach(clearInterval)
      const up = wrapped(node).parent;
      if (!ts.isCallExpression(up) || up.expression === (wrapped(node) as ts.Node)) return;
      const callee = unwrap(up.expression);
      if (!ts.isPropertyAccessExpression(callee)) return;
      const name = calls.length > 0 ? program.origins.nameOf(node) : undefined;
      if (name && calls.some((form) => types.matches(name, form.callee))) {
        const container = collectionPlace(callee.expression, program);
        sites.push(up);
        if (container !== undefined) addUnder(byContainer, container, up);
      }
    }
  };
  for (const node of spellings.of(kind, types)) look(node);
  return { byPlace, byContainer, byProperty, sites };
}

/** Place key of the collection that a value is an element of: loop variable, callback parameter, `map.get(k)`, `list[i]`. */
export function containerOf(expression: ts.Expression, program: FileProgram, depth = 0): string | undefined {
  if (depth > 4) return undefined;
  const value = unwrap(expression);
  if (ts.isElementAccessExpression(value)) return collectionPlace(value.expression, program);
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    return ts.isPropertyAccessExpression(callee) && givesElement.has(callee.name.text)
      ? collectionPlace(callee.expression, program)
      : undefined;
  }
  if (ts.isPropertyAccessExpression(value)) return containerOf(value.expression, program, depth + 1);
  if (!ts.isIdentifier(value)) return undefined;
  const declaration = program.scopes.resolve(value);
  if (!declaration) return undefined;
  for (let at: ts.Node = declaration.node; ; at = at.parent) {
    if (ts.isParameter(at)) {
      const fn = at.parent;
      if (!isFunctionNode(fn)) return undefined;
      return iteratedBy(fn, program);
    }
    if (ts.isVariableDeclaration(at)) {
      const statement = at.parent.parent;
      if (ts.isForOfStatement(statement) || ts.isForInStatement(statement))
        return collectionPlace(statement.expression, program);
      return declaration.initializer ? containerOf(declaration.initializer, program, depth + 1) : undefined;
    }
    if (!ts.isBindingElement(at) && !ts.isObjectBindingPattern(at) && !ts.isArrayBindingPattern(at)) return undefined;
  }
}

/** Place key of the collection whose elements a callback is given: `list.forEach(fn)`. */
function iteratedBy(fn: FunctionNode, program: FileProgram): string | undefined {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) ? collectionPlace(callee.expression, program) : undefined;
}

/** Place key of a collection behind `Object.values(x)`, `[...x]`, `Array.from(x)`, `x.values()`. */
export function collectionPlace(expression: ts.Expression, program: FileProgram): string | undefined {
  const value = unwrap(expression);
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    const base = callee.expression.getText();
    const [first] = value.arguments;
    if ((base === 'Object' || base === 'Array') && first) return collectionPlace(first, program);
    if (givesElements.has(callee.name.text)) return collectionPlace(callee.expression, program);
    // a collection inside a collection
    return givesElement.has(callee.name.text) ? collectionPlace(callee.expression, program) : undefined;
  }
  if (ts.isArrayLiteralExpression(value)) {
    const [only] = value.elements;
    return only && ts.isSpreadElement(only) ? collectionPlace(only.expression, program) : undefined;
  }
  return program.places.of(value)?.key ?? containerOf(value, program);
}

/** `(await listening).remove()`: what the promise gives stands for it. */
function withoutWait(expression: ts.Expression): ts.Expression {
  const value = unwrap(expression);
  return ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
}
