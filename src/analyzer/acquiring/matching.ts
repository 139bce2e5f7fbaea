/** Is a call of a form of the catalogue? */

import type { Imports } from '../facts/imports';
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import type { AcquireForm } from '../resources/acquireForms';
import type { ApiName } from '../resources/apiTypes';
import { type CallLike, isAssignment, propertyNameText, ts, unwrap, wrapped } from '../syntax/syntax';
import { isMemberOfFunctions, isMemberOfMadeFunctions } from '../words/functions';
import { isNodeModule } from '../words/program';
import { sameName } from './apiNames';
import { callbackOf, lastCallback } from './callbacks';
import type { Candidate } from './forms';
import { isOtherType } from './functionTypes';
import { initialOf, isSet } from './options';
import { isHandedBy, isNamed, isReceiver, isTyped, isUntyped } from './receivers';
import { endlessSource } from './streams';
import type { Types } from './types';

/** Does only the name of the method tell, on a receiver of unknown type? */
export function isGuess({ form }: Candidate, types: Types, node: CallLike): boolean {
  const callee = unwrap(node.expression);
  if (form.form !== 'method' || form.untyped !== true || !ts.isPropertyAccessExpression(callee)) return false;
  return isUntyped(types, callee);
}

/** Is the call of the form? */
export function matches(
  program: FileProgram,
  types: Types,
  imports: Imports,
  node: CallLike,
  form: AcquireForm,
): boolean {
  const callee = unwrap(node.expression);
  switch (form.form) {
    case 'call':
      if (form.ownerArgument !== undefined && (node.arguments?.length ?? 0) > form.ownerArgument) return false;
      // Only its name says that it is an event: `onDidSave(document)` is a function that is told of one.
      if (form.ownerArgument !== undefined && form.callee.every(({ module }) => module === '*'))
        if (isNoFunction(program, node.arguments?.[0])) return false;
      return (
        ts.isCallExpression(node) &&
        types.matches(program.origins.nameOf(callee), form.callee) &&
        (form.whenTrue === undefined || constantOf(node.arguments[form.whenTrue], program.scopes) === true) &&
        (form.when === undefined || isOfType(types, node.arguments[form.when.argument], form.when)) &&
        (form.onlyWith === undefined || isSet(form.onlyWith, node, program)) &&
        (form.inNode !== true || program.once(isOfNode))
      );
    case 'new':
      return (
        ts.isNewExpression(node) &&
        (types.matches(program.origins.nameOf(callee), form.callee) || isGiven(types, program, node, form.given)) &&
        (form.onlyWith === undefined || isSet(form.onlyWith, node, program)) &&
        (form.awaited !== true || ts.isAwaitExpression(wrapped(node).parent))
      );
    case 'convention':
      return ts.isNewExpression(node)
        ? form.instances === true && isNamedInstance(types, program, node)
        : // What a variable keeps and ends is the resource, whatever function the call is given besides.
          (form.endedAs !== undefined ||
            lastCallback(program, node) === undefined ||
            callbackOf(program, node, form) !== undefined) &&
            !isTyped(types, callee) &&
            (form.awaited !== true || ts.isAwaitExpression(wrapped(node).parent)) &&
            (form.endedAs === undefined || isEndedAs(program, node, form.endedAs));
    case 'instance':
      return ts.isNewExpression(node) && hasMember(program, imports, node, form.member);
    case 'callback':
      if (promised(program, types, form, node)) return true;
      return (
        ts.isCallExpression(node) &&
        types.matches(program.origins.nameOf(callee), form.callee) &&
        lastCallback(program, node) !== undefined
      );
    case 'distinctive':
      return (
        ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(callee) &&
        node.arguments.length >= form.minArguments &&
        node.arguments.length <= form.maxArguments &&
        form.method.some((pattern) => sameName(callee.name.text, pattern)) &&
        node.arguments.slice(0, 1).every((argument) => isFunctionValue(program, argument))
      );
    case 'method':
    case 'method-callback': {
      if (!ts.isCallExpression(node) || !isMethodCall(callee, form.method)) return false;
      if (form.form === 'method-callback') {
        const callback = lastCallback(program, node);
        if (form.events && !isEventOf(program, node, 0, form.events)) return false;
        if (!callback || (form.releaser !== undefined && callback.parameters[form.releaser])) return false;
      }
      if (form.form === 'method' && node.arguments.length > (form.maxArguments ?? Number.POSITIVE_INFINITY))
        return false;
      if (isReceiver(types, callee, form)) return true;
      // Given a function, it may be the form that calls it and gives nothing to release.
      const runs = form.form === 'method' && lastCallback(program, node) !== undefined;
      return form.untyped === true && !runs && isUntyped(types, callee);
    }
    case 'operator':
      return ts.isCallExpression(node) && types.matches(program.origins.nameOf(callee), form.callee);
    case 'stream':
      return (
        ts.isCallExpression(node) &&
        isMethodCall(callee, form.method) &&
        endlessSource(callee.expression, form.source, program, types) !== undefined
      );
    case 'registration': {
      if (!ts.isCallExpression(node) || !isMethodCall(callee, form.method)) {
        // `addEventListener(…)` alone is a method of the global object
        return (
          ts.isCallExpression(node) &&
          ts.isIdentifier(callee) &&
          form.method.includes(callee.text) &&
          program.scopes.resolve(callee) === undefined &&
          form.on.some((id) =>
            types.entry(id)?.values?.some((value) => value.module === undefined && value.name === 'window'),
          )
        );
      }
      if (form.events && !isEventOf(program, node, form.identity.event, form.events)) return false;
      // `on('click', '.item', handler)`: what comes there is no handler.
      const handler = node.arguments[form.identity.handler];
      if (handler && ts.isStringLiteralLike(unwrap(handler))) return false;
      return (
        isReceiver(types, callee, form) ||
        isNamed(program, types, callee, form.named) ||
        isHandedBy(program, types, callee, form.handedBy) ||
        (form.untyped !== undefined &&
          node.arguments.length > form.identity.handler &&
          isUntyped(types, callee) &&
          !program.callees.ownerOfValue(callee.expression))
      );
    }
  }
}

/** Does the file import a module of Node? */
function isOfNode({ scopes }: FileProgram): boolean {
  return scopes.imports.some(({ imported }) => imported !== undefined && isNodeModule(imported.module));
}

/** `promisify(fs.open)(path)`: the promise gives what the callback would be given. */
export function promised(
  program: FileProgram,
  types: Types,
  form: AcquireForm,
  node: CallLike,
): AcquireForm | undefined {
  if (form.form !== 'callback' || !ts.isCallExpression(node)) return undefined;
  const name = program.origins.promisedOf(unwrap(node.expression));
  return types.matches(name, form.callee) ? { form: 'call', callee: form.callee, promise: true } : undefined;
}

/** Has the class that is instantiated the member: written in this file, or releasing something in another? */
function hasMember(program: FileProgram, imports: Imports, node: ts.NewExpression, member: string): boolean {
  const owner = program.callees.ownerOfValue(node);
  if (owner) return owner.members.has(member);
  return imports.factOf(program.origins.nameOf(unwrap(node.expression)))?.teardowns?.includes(member) === true;
}

function isMethodCall(callee: ts.Expression, methods: readonly string[]): callee is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(callee) && methods.includes(callee.name.text);
}

function isEventOf(
  program: FileProgram,
  node: ts.CallExpression,
  at: number | undefined,
  events: readonly string[],
): boolean {
  const event = at === undefined ? undefined : constantOf(node.arguments[at], program.scopes);
  return typeof event === 'string' && events.includes(event);
}

/** An instance of a class of some module or of this file, not of the language or the platform. */
function isNamedInstance(types: Types, program: FileProgram, node: ts.NewExpression): boolean {
  const name = program.origins.nameOf(unwrap(node.expression));
  return (name === undefined || name.module !== undefined) && types.of(node).size === 0;
}

/** Is it given what one of the calls makes, directly or by way of a constant? */
function isGiven(
  types: Types,
  program: FileProgram,
  node: ts.NewExpression,
  makers: readonly ApiName[] | undefined,
): boolean {
  return (
    makers !== undefined &&
    (node.arguments ?? []).some((argument) => {
      const made = initialOf(argument, program.scopes);
      return (
        made !== undefined &&
        ts.isCallExpression(made) &&
        types.matches(program.origins.nameOf(unwrap(made.expression)), makers)
      );
    })
  );
}

/** `const lease = await slots.take(); …; lease.release()`, `end(lease)` */
function isEndedAs(program: FileProgram, node: CallLike, methods: readonly string[]): boolean {
  let value = wrapped(node);
  if (ts.isAwaitExpression(value.parent)) value = wrapped(value.parent);
  const up = value.parent;
  const name = ts.isVariableDeclaration(up) ? up.name : undefined;
  const variable = name && ts.isIdentifier(name) ? program.scopes.declarationOf(up) : undefined;
  return (
    variable?.scope.func !== undefined &&
    variable.references.some((use) => {
      const outer = wrapped(use).parent;
      if (ts.isPropertyAccessExpression(outer))
        return outer.expression === wrapped(use) && methods.includes(outer.name.text);
      return ts.isCallExpression(outer) && isReleaseCall(program, outer, wrapped(use), methods);
    })
  );
}

function isReleaseCall(
  program: FileProgram,
  call: ts.CallExpression,
  given: ts.Node,
  methods: readonly string[],
): boolean {
  if ((call.expression as ts.Node) === given) return false;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee)
    ? methods.includes(callee.name.text)
    : program.callees.of(call).length > 0;
}

/** Is the argument, or the property of the object written there, of the type? */
export function isOfType(
  types: Types,
  argument: ts.Expression | undefined,
  wanted: { readonly property: string; readonly ofType: string },
): boolean {
  const value = argument && unwrap(argument);
  if (!value) return false;
  if (!ts.isObjectLiteralExpression(value)) return types.of(value).has(wanted.ofType);
  return value.properties.some(
    (property) =>
      property.name !== undefined &&
      propertyNameText(property.name) === wanted.property &&
      (ts.isPropertyAssignment(property)
        ? types.of(property.initializer).has(wanted.ofType)
        : ts.isShorthandPropertyAssignment(property) && types.of(property.name).has(wanted.ofType)),
  );
}

/** A function written out, or a name or member that is not known to be something else. */
function isFunctionValue(program: FileProgram, argument: ts.Expression): boolean {
  const value = unwrap(argument);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) || program.callees.functionsOf(value).length > 0;
}

/** Is it a value that nobody can call: no function by its form, its type, or what is read of it? */
function isNoFunction(program: FileProgram, argument: ts.Expression | undefined): boolean {
  const value = argument && unwrap(argument);
  if (!value) return false;
  if (ts.isLiteralExpression(value) || ts.isObjectLiteralExpression(value) || ts.isTemplateExpression(value))
    return true;
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  return declaration?.kind === 'parameter' && isOfObjects(program, declaration, 0);
}

/** Does the access read what functions do not have? What is written there is a note that any value may carry. */
function tellsOfObject(access: ts.PropertyAccessExpression): boolean {
  const { text } = access.name;
  if (isMemberOfFunctions(text) || isMemberOfMadeFunctions(text)) return false;
  const outer = wrapped(access);
  return !(isAssignment(outer.parent) && outer.parent.left === outer);
}

/** A parameter of another type, or one of which members are read, here or by functions of this file that are given it. */
function isOfObjects(program: FileProgram, { node, references }: Declaration, depth: number): boolean {
  const type = ts.isParameter(node) ? node.type : undefined;
  if (type && isOtherType(type, program)) return true;
  return references.some((use) => {
    const up = wrapped(use).parent;
    if (ts.isPropertyAccessExpression(up)) return up.expression === wrapped(use) && tellsOfObject(up);
    if (!ts.isCallExpression(up) || up.expression === wrapped(use) || depth > 1) return false;
    return program.callees.of(up).some((fn) => {
      const parameter = fn.parameters[up.arguments.indexOf(wrapped(use))];
      const declaration = parameter && program.scopes.declarationOf(parameter);
      return declaration !== undefined && isOfObjects(program, declaration, depth + 1);
    });
  });
}
