/** An acquisition: the call, its form, and what of it is the resource. */

import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import type { AcquireForm } from '../resources/acquireForms';
import type { ResourceKind } from '../resources/model';
import { type CallLike, type FunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { callbackOf, lastCallback } from './callbacks';
import { isReceiver } from './receivers';
import { endlessSource, type StreamSource } from './streams';
import type { Types } from './types';

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
  /** The receiver is not known to be of the type: only what the code itself does to the result can tell. */
  readonly assumed: boolean;
  /** It may also be one that the caller gave, which is the caller's to release. */
  readonly shared?: boolean;
  /** Where a subscription's stream starts. */
  readonly source: StreamSource | undefined;
}

/** Methods that make a resource of what the form gives, where not the call itself does. */
export function activatorsOf(form: AcquireForm): readonly string[] | undefined {
  return form.form === 'call' || form.form === 'new' || form.form === 'method' ? form.activatedBy : undefined;
}

/** The acquisition that a call is, by a form of the kind. */
export function acquisitionBy(
  program: FileProgram,
  types: Types,
  kind: ResourceKind,
  form: AcquireForm,
  node: CallLike,
): Acquisition {
  const callee = unwrap(node.expression);
  const receiver =
    ts.isPropertyAccessExpression(callee) &&
    (form.form === 'method' ||
      form.form === 'method-callback' ||
      form.form === 'registration' ||
      form.form === 'stream' ||
      form.form === 'distinctive')
      ? callee.expression
      : undefined;
  const event =
    form.form === 'registration' && form.identity.event !== undefined
      ? constantOf(node.arguments?.[form.identity.event], program.scopes)
      : undefined;
  const conventional = callbackOf(program, node, form);
  const inCallback = form.form === 'callback' || form.form === 'method-callback' || conventional !== undefined;
  const callback = inCallback && ts.isCallExpression(node) ? lastCallback(program, node) : undefined;
  const parameter = conventional ?? (callback && 'parameter' in form ? callback.parameters[form.parameter] : undefined);
  const result =
    form.form === 'registration' || form.form === 'operator' || inCallback
      ? undefined
      : form.form === 'call' && form.request
        ? promisedBy(node)
        : form.form === 'call' && form.settledAs !== undefined
          ? settledAs(form.settledAs, node)
          : ts.isAwaitExpression(wrapped(node).parent)
            ? (wrapped(node).parent as ts.AwaitExpression)
            : node;
  const source = receiver && form.form === 'stream' ? endlessSource(receiver, form.source, program, types) : undefined;
  return {
    kind: calledAs(kind, form),
    form,
    node,
    receiver,
    result,
    parameter: callback && parameter ? { declaration: parameter, callback } : undefined,
    event: typeof event === 'string' ? event : undefined,
    assumed:
      form.form === 'convention' ||
      ((form.form === 'method' || form.form === 'method-callback' || form.form === 'registration') &&
        ts.isPropertyAccessExpression(callee) &&
        !isReceiver(types, callee, form)),
    source,
  };
}

const byNoun = new WeakMap<AcquireForm, ResourceKind>();

/** The kind with the noun of what the form gives: of one kind are charts and maps. */
function calledAs(kind: ResourceKind, form: AcquireForm): ResourceKind {
  if ((form.form !== 'call' && form.form !== 'new') || form.noun === undefined) return kind;
  const known = byNoun.get(form);
  if (known) return known;
  const named = { ...kind, noun: form.noun };
  byNoun.set(form, named);
  return named;
}

/** `await call().promise` */
function settledAs(member: string, call: CallLike): ts.Expression | undefined {
  const access = wrapped(call).parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== member) return undefined;
  const awaiting = wrapped(access).parent;
  return ts.isAwaitExpression(awaiting) ? awaiting : undefined;
}

/** `await promised(request)`: what the function is given is settled when the promise is. */
function promisedBy(request: CallLike): ts.Expression | undefined {
  const outer = wrapped(request);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== outer) return undefined;
  const awaiting = wrapped(call).parent;
  return ts.isAwaitExpression(awaiting) ? awaiting : undefined;
}
