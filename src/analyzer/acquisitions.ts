/** Where does a file acquire a resource? Matches the catalogue's forms on calls; judges nothing. */
import { constantOf } from './constants';
import type { Condition } from './link';
import type { FileProgram } from './program';
import type { AcquireForm, ResourceKind } from './resources/model';
import { type CallLike, type FunctionNode, propertyNameText, ts, unwrap, walk, wrapped } from './syntax';
import { pendingExport, sameName, type Types } from './types';

export interface Acquisition {
  readonly kind: ResourceKind;
  readonly form: AcquireForm;
  /** The acquiring call. */
  readonly node: CallLike;
  /** Receiver of a method or registration. */
  readonly receiver: ts.Expression | undefined;
  /**
   * Expression whose value is the resource: the call, or the `await` around it where the call gives a promise.
   * Undefined for registrations and callback forms.
   */
  readonly result: ts.Expression | undefined;
  /** Parameter that receives the resource (callback form). */
  readonly parameter: { readonly declaration: ts.ParameterDeclaration; readonly callback: FunctionNode } | undefined;
  /** Event name of a registration, where it is constant. */
  readonly event: string | undefined;
  /** What another file must export for this to be an acquisition; undefined when this file decides. */
  readonly condition: Condition | undefined;
}

/** All acquisitions of a file, in order of position. */
export function findAcquisitions(
  program: FileProgram,
  types: Types,
  kinds: readonly ResourceKind[],
): readonly Acquisition[] {
  const found: Acquisition[] = [];
  const candidates = kinds.filter((kind) => kind.words.some((word) => program.text.includes(word)));
  if (candidates.length === 0) return found;
  walk(program.sourceFile, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
    for (const kind of candidates) {
      const form = kind.acquire.find((candidate) => matches(program, types, node, candidate));
      if (form) {
        if (hasEndingOption(kind, node)) break;
        found.push(describe(program, types, kind, form, node));
        break;
      }
    }
    return undefined;
  });
  return found;
}

function matches(program: FileProgram, types: Types, node: CallLike, form: AcquireForm): boolean {
  const callee = unwrap(node.expression);
  switch (form.form) {
    case 'call':
      if (form.ownerArgument !== undefined && (node.arguments?.length ?? 0) > form.ownerArgument) return false;
      return (
        ts.isCallExpression(node) &&
        types.matches(program.origins.nameOf(callee), form.callee) &&
        (form.when === undefined || isOfType(types, node.arguments[form.when.argument], form.when))
      );
    case 'new':
      return ts.isNewExpression(node) && types.matches(program.origins.nameOf(callee), form.callee);
    case 'callback':
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
    case 'registration': {
      if (
        !ts.isCallExpression(node) ||
        !ts.isPropertyAccessExpression(callee) ||
        !form.method.includes(callee.name.text)
      ) {
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
      const of = types.of(callee.expression);
      return form.on.some((id) => of.has(id)) || (form.form === 'registration' && pendingExport(of) !== undefined);
    }
  }
}

/** Is the argument, or the property of the object written there, of the type? */
function isOfType(
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

function describe(
  program: FileProgram,
  types: Types,
  kind: ResourceKind,
  form: AcquireForm,
  node: CallLike,
): Acquisition {
  const callee = unwrap(node.expression);
  const receiver =
    ts.isPropertyAccessExpression(callee) &&
    (form.form === 'method' || form.form === 'registration' || form.form === 'distinctive')
      ? callee.expression
      : undefined;
  const event =
    form.form === 'registration' && form.identity.event !== undefined
      ? constantOf(node.arguments?.[form.identity.event], program.scopes)
      : undefined;
  const callback = form.form === 'callback' && ts.isCallExpression(node) ? lastCallback(program, node) : undefined;
  const parameter = callback && form.form === 'callback' ? callback.parameters[form.parameter] : undefined;
  const outer = wrapped(node as ts.Expression);
  const result =
    form.form === 'registration' || form.form === 'callback'
      ? undefined
      : ts.isAwaitExpression(outer.parent)
        ? outer.parent
        : (node as ts.Expression);
  const pending = receiver && form.form === 'registration' ? pendingExport(types.of(receiver)) : undefined;
  return {
    kind,
    form,
    node,
    receiver,
    result,
    parameter: callback && parameter ? { declaration: parameter, callback } : undefined,
    event: typeof event === 'string' ? event : undefined,
    condition: pending && form.form === 'registration' ? { ...pending, types: form.on } : undefined,
  };
}

/** A function written out, or a name or member that is not known to be something else. */
function isFunctionValue(program: FileProgram, argument: ts.Expression): boolean {
  const value = unwrap(argument);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) || program.callees.functionsOf(value).length > 0;
}

function lastCallback(program: FileProgram, node: ts.CallExpression): FunctionNode | undefined {
  const last = node.arguments.at(-1);
  return last ? program.callees.functionsOf(last)[0] : undefined;
}

/** `spawn(file, { timeout })`, `watch(path, { signal })`: the resource ends by its options. */
function hasEndingOption(kind: ResourceKind, node: CallLike): boolean {
  const { endingOptions } = kind;
  if (!endingOptions) return false;
  return (node.arguments ?? []).some((argument) => {
    const value = unwrap(argument);
    return (
      ts.isObjectLiteralExpression(value) &&
      value.properties.some((property) => {
        const name = property.name ? propertyNameText(property.name) : undefined;
        // A spread may hold any option.
        return ts.isSpreadAssignment(property) || (name !== undefined && endingOptions.includes(name));
      })
    );
  });
}
