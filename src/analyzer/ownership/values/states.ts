/**
 * The state of a component is storage, too: `this.setState({ url })` is kept in `this.state.url`, `setUrl(url)` in the
 * `url` of `const [url, setUrl] = useState()`.
 */
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import type { Place } from '../../program/places';
import type { FileProgram } from '../../program/program';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  enclosingFunction,
  mentionsName,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { componentBases, componentMembers, stateField, stateHooks, stateSetter } from '../../words/components';
import { effectHooks } from '../../words/hooks';
import type { Releases } from './releases';

/** Place that a property is kept in, whose object is given to the state of the component around it. */
export function placeInState(
  property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  program: FileProgram,
): Place | undefined {
  const name = propertyNameText(property.name);
  const call = name === undefined ? undefined : givenTo(property.parent);
  const callee = call && unwrap(call.expression);
  if (name === undefined || !callee || !ts.isPropertyAccessExpression(callee) || callee.name.text !== stateSetter)
    return undefined;
  const component = program.places.of(unwrap(callee.expression));
  if (component?.root.kind !== 'owner' || component.path.length > 0) return undefined;
  const { owner } = component.root;
  if (!isClassComponent(owner)) return undefined;
  const state = program.places.ofMember(owner, stateField);
  return { root: state.root, path: [...state.path, name], key: `${state.key}.${name}` };
}

/** Is it a component of a class, by its base or its hooks? */
export function isClassComponent({ base, members }: Owner): boolean {
  return componentBases.test(base?.getText() ?? '') || componentMembers.some((member) => members.has(member));
}

/** The call that is given the object, or a function whose result it is. */
function givenTo(literal: ts.Expression): ts.CallExpression | undefined {
  const outer = wrapped(literal);
  const up = outer.parent;
  const fn = ts.isArrowFunction(up) && up.body === outer ? up : ts.isReturnStatement(up) ? enclosingFunction(up) : null;
  const given = fn === null ? outer : fn && wrapped(fn as ts.Expression);
  const call = given?.parent;
  return call && ts.isCallExpression(call) && call.arguments[0] === given ? call : undefined;
}

/** Place of the state that a call of its setter changes: `setUrl(…)`. */
export function placeOfSetter(call: CallLike, { scopes, places }: FileProgram): Place | undefined {
  const callee = unwrap(call.expression);
  const setter = ts.isIdentifier(callee) ? scopes.resolve(callee) : undefined;
  const pattern = setter?.node.parent;
  if (!setter || !pattern || !ts.isArrayBindingPattern(pattern) || pattern.elements[1] !== setter.node)
    return undefined;
  const made = ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer : undefined;
  const making = made && unwrap(made);
  if (!making || !ts.isCallExpression(making)) return undefined;
  const hook = unwrap(making.expression);
  const name = ts.isPropertyAccessExpression(hook) ? hook.name.text : ts.isIdentifier(hook) ? hook.text : '';
  const [state] = pattern.elements;
  const declaration = state && !ts.isOmittedExpression(state) ? scopes.declarationOf(state) : undefined;
  return declaration && stateHooks.has(name) ? places.ofDeclaration(declaration) : undefined;
}

/** Is it the state of a component, of a class or of a function? */
export function isStatePlace({ root, path }: Place): boolean {
  if (root.kind === 'owner') return path.length === 2 && path[0] === stateField;
  if (root.kind !== 'declaration' || path.length > 0) return false;
  const pattern = root.declaration.node.parent;
  if (!pattern || !ts.isArrayBindingPattern(pattern) || pattern.elements[0] !== root.declaration.node) return false;
  const made = ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer : undefined;
  const making = made && unwrap(made);
  const hook = making && ts.isCallExpression(making) ? unwrap(making.expression) : undefined;
  const name = hook && (ts.isPropertyAccessExpression(hook) ? hook.name.text : hook.getText());
  return name !== undefined && stateHooks.has(name);
}

/**
 * Rendering looks at the state: an attribute that it is given to, a list of dependencies. What views only show may be taken
 * over by a component that is given it under a name of its own.
 */
export function isRendered(use: ts.Expression, { sinks }: ResourceKind): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isJsxExpression(up))
    return ts.isJsxAttribute(up.parent)
      ? !sinks?.view || sinks.properties?.includes(up.parent.name.getText()) === true
      : ts.isJsxElement(up.parent);
  if (!ts.isArrayLiteralExpression(up) || !ts.isCallExpression(up.parent) || up.parent.arguments[1] !== up)
    return false;
  const callee = unwrap(up.parent.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return effectHooks.has(name) || /^use(?:Memo|Callback)$/.test(name);
}

/**
 * What the next step of a chain of promises does with the result of a step: the uses of its parameter. Undefined where the
 * function that gives the result is no step, or nobody takes it in this function.
 * @param node the `return`, or the arrow function whose body is the result
 */
export function promisedUses(node: ts.Node, program: FileProgram): readonly ts.Expression[] | undefined {
  const fn = ts.isReturnStatement(node) ? enclosingFunction(node) : node;
  if (!fn || (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn))) return undefined;
  const outer = wrapped(fn);
  const step = outer.parent;
  if (!ts.isCallExpression(step) || !isStep(step) || step.arguments[0] !== outer) return undefined;
  return usesOfPromise(step, program, 0);
}

/** Whoever waits for the promise; one that is returned by a step is what that step gives. */
function usesOfPromise(
  promise: ts.CallExpression,
  program: FileProgram,
  depth: number,
): readonly ts.Expression[] | undefined {
  const outer = wrapped(promise);
  const up = outer.parent;
  if (depth > 4) return undefined;
  if (ts.isAwaitExpression(up)) return [up];
  if (ts.isReturnStatement(up) || (ts.isArrowFunction(up) && up.body === outer)) {
    const fn = ts.isReturnStatement(up) ? enclosingFunction(up) : up;
    const around = fn && wrapped(fn as ts.Expression);
    const step = around?.parent;
    return step && ts.isCallExpression(step) && isStep(step) && step.arguments[0] === around
      ? usesOfPromise(step, program, depth + 1)
      : undefined;
  }
  const next = ts.isPropertyAccessExpression(up) && ts.isCallExpression(up.parent) ? up.parent : undefined;
  if (!next || !isStep(next)) return undefined;
  const [taken] = next.arguments;
  const [fn] = taken ? program.callees.functionsOf(taken) : [];
  const parameter = fn?.parameters[0];
  if (!parameter || !ts.isIdentifier(parameter.name)) return undefined;
  const declaration = program.scopes.declarationOf(parameter);
  return declaration?.references.filter((reference) => reference !== declaration.node && reference !== parameter.name);
}

/** `promise.then(…)`; `done` is how some libraries end a chain. */
function isStep(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && /^(?:then|done)$/.test(callee.name.text);
}

/**
 * The state before a change, or of another instance, is released by its name: `revoke(previous.url)`. Who is given the
 * whole state may do so, too.
 */
export function isStateReleased({ root, path }: Place, releases: Releases, engine: Engine): boolean {
  const name = path.at(-1);
  if (root.kind !== 'owner' || name === undefined) return false;
  if (releases.sites.some((site) => mentionsName(site, name))) return true;
  const [field = ''] = path;
  return engine.uses.reads(engine.program.places.ofMember(root.owner, field).key).some((use) => {
    const up = wrapped(use).parent;
    return !(
      ts.isPropertyAccessExpression(up) ||
      (ts.isVariableDeclaration(up) && ts.isObjectBindingPattern(up.name) && !up.name.elements.some(isRest))
    );
  });
}

function isRest({ dotDotDotToken }: ts.BindingElement): boolean {
  return dotDotDotToken !== undefined;
}
