/** Where does a file acquire a resource? Matches the catalogue's forms on calls; judges nothing. */

import { type ApiIndex, indexByName, sameName } from './apiNames';
import { constantOf } from './constants';
import { helperArgument, helperCallsAt, helperIdentity } from './helpers';
import type { Imports } from './imports';
import { methodFactOf } from './methods';
import { visitNodes } from './nodeIndex';
import type { Name } from './origins';
import type { FileProgram } from './program';
import type { Catalogue } from './resources/catalogue';
import type { AcquireForm, ApiName, ResourceKind } from './resources/model';
import { callLikes } from './selections';
import { endlessSource, type StreamSource } from './streams';
import { type CallLike, type FunctionNode, propertyNameText, ts, unwrap, wrapped } from './syntax';
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

/** All acquisitions of a file, in order of position. */
export function findAcquisitions(
  program: FileProgram,
  types: Types,
  { acquired: kinds, lookAt }: Pick<Catalogue, 'acquired' | 'lookAt'>,
  imports: Imports,
): readonly Acquisition[] {
  const found: Acquisition[] = [];
  const look = lookAt(program.text);
  const possible = new Map<ResourceKind, boolean>();
  const isPossible = (kind: ResourceKind): boolean => {
    let known = possible.get(kind);
    if (known === undefined) {
      known = kind.isLinked === true || look.mayHold(kind);
      possible.set(kind, known);
    }
    return known;
  };
  const forms = formsOf(kinds);
  visitNodes(program.sourceFile, callLikes, (node) => {
    const given = ts.isCallExpression(node) ? givenBy(program, imports, kinds, node) : undefined;
    if (given) {
      found.push(acquisitionBy(program, types, given.kind, given.form, node));
      return undefined;
    }
    const helped = ts.isCallExpression(node) ? registeredBy(program, types, imports, forms, node) : undefined;
    if (helped) {
      found.push(helped);
      return undefined;
    }
    const isMatch = ({ kind, form }: Candidate): boolean =>
      isPossible(kind) && matches(program, types, imports, node, form);
    for (const candidate of candidates(program, forms, node)) {
      if (!isMatch(candidate)) continue;
      const { kind, form } = isGuess(candidate, types, node)
        ? (namedBy(candidate, program, forms, node).find(isMatch) ?? candidate)
        : candidate;
      const isEnded = hasEndingOption(kind, node) || isEmpty(kind, node, program);
      if (!isEnded) found.push(acquisitionBy(program, types, kind, promised(program, types, form, node) ?? form, node));
      // What ends by itself may give something that does not: a request its response.
      if (kind.endsByItself) continue;
      break;
    }
    return undefined;
  });
  return found;
}

/** A function of another file that opens the resource and gives it to its caller. */
function givenBy(
  program: FileProgram,
  imports: Imports,
  kinds: readonly ResourceKind[],
  node: ts.CallExpression,
): { readonly kind: ResourceKind; readonly form: AcquireForm } | undefined {
  const name = program.origins.nameOf(unwrap(node.expression));
  const gives = imports.factOf(name)?.gives ?? methodFactOf(node, program, imports)?.gives;
  const kind = gives && kinds.find(({ id }) => id === gives.kind);
  if (!gives || !kind || hasEndingOption(kind, node)) return undefined;
  return { kind, form: { form: 'call', callee: name ? [apiOf(name)] : [], promise: gives.promise } };
}

/** A function of this file or another that adds the handler it is given to the receiver it is given. */
function registeredBy(
  program: FileProgram,
  types: Types,
  imports: Imports,
  forms: Forms,
  node: ts.CallExpression,
): Acquisition | undefined {
  for (const call of helperCallsAt(node, program, imports)) {
    const receiver = node.arguments[call.on];
    for (const { kind, form } of forms.methods.get(call.method) ?? []) {
      if (form.form !== 'registration' || !receiver) continue;
      const identity = helperIdentity(call, node, form.identity);
      const event = helperArgument(call, node, form.identity.event);
      const name = typeof event === 'object' ? constantOf(event.value, program.scopes) : event;
      if (!identity) continue;
      if (form.events && !(typeof name === 'string' && form.events.includes(name))) continue;
      const of = types.of(receiver);
      const isOfType = form.on.some((id) => of.has(id));
      const text = dottedName(receiver).toLowerCase();
      if (!isOfType && !(of.size === 0 && form.named?.some((one) => text.endsWith(one)))) continue;
      return {
        kind,
        form: { ...form, identity },
        node,
        receiver,
        result: undefined,
        parameter: undefined,
        event: typeof name === 'string' ? name : undefined,
        assumed: !isOfType,
        source: undefined,
      };
    }
  }
  return undefined;
}

function apiOf({ module, name }: Name): ApiName {
  return module === undefined ? { name } : { module, name };
}

interface Candidate {
  readonly kind: ResourceKind;
  readonly form: AcquireForm;
  /** Precedence: the first that matches a call names it. */
  readonly order: number;
}

interface Forms {
  /** Forms whose callee is a name. */
  readonly named: ApiIndex<Candidate>;
  /** Forms whose callee is a method, by its name. */
  readonly methods: ReadonlyMap<string, readonly Candidate[]>;
  /** Methods that are given by a pattern, and what the name of each of them begins with. */
  readonly patterns: readonly Candidate[];
  readonly beginnings: RegExp;
  /** Forms that any `new` may be. */
  readonly instances: readonly Candidate[];
}

/** Forms by what a call must look like to be one of them, made once for each catalogue. */
const formTables = new WeakMap<readonly ResourceKind[], Forms>();

function formsOf(kinds: readonly ResourceKind[]): Forms {
  const known = formTables.get(kinds);
  if (known) return known;
  const all = kinds
    .flatMap((kind) => kind.acquire.map((form) => ({ kind, form })))
    .map((candidate, order): Candidate => ({ ...candidate, order }));
  const methods = new Map<string, Candidate[]>();
  const patterns: Candidate[] = [];
  for (const candidate of all)
    for (const method of 'method' in candidate.form ? candidate.form.method : [])
      if (method.endsWith('*')) patterns.push(candidate);
      else methods.set(method, [...(methods.get(method) ?? []), candidate]);
  const forms: Forms = {
    named: indexByName(all, ({ form }) => ('callee' in form ? form.callee : [])),
    methods,
    patterns,
    beginnings: beginningsOf(patterns),
    instances: all.filter(
      ({ form }) =>
        form.form === 'instance' ||
        (form.form === 'new' && form.given) ||
        (form.form === 'convention' && form.instances),
    ),
  };
  formTables.set(kinds, forms);
  return forms;
}

/** One test for all patterns: nearly no call passes it. */
function beginningsOf(patterns: readonly Candidate[]): RegExp {
  const parts = patterns.flatMap(({ form }) =>
    'method' in form ? form.method.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1)) : [],
  );
  return new RegExp(parts.length > 0 ? `^(?:${[...new Set(parts)].join('|')})` : '^(?!)');
}

/** Does only the name of the method tell, on a receiver of unknown type? */
function isGuess({ form }: Candidate, types: Types, node: CallLike): boolean {
  const callee = unwrap(node.expression);
  if (form.form !== 'method' || form.untyped !== true || !ts.isPropertyAccessExpression(callee)) return false;
  return isUntyped(types, callee);
}

/** What the callee is by its own name says more than that some methods are called so. */
function namedBy({ kind }: Candidate, program: FileProgram, forms: Forms, node: CallLike): readonly Candidate[] {
  const name = program.origins.nameOf(unwrap(node.expression));
  return name ? forms.named.candidates(name).filter((other) => other.kind === kind) : [];
}

/** Forms that a call may be, by its looks alone, in order of precedence. */
function candidates(program: FileProgram, forms: Forms, node: CallLike): readonly Candidate[] {
  const callee = unwrap(node.expression);
  const name = program.origins.nameOf(callee) ?? program.origins.promisedOf(callee);
  const byName = name ? forms.named.candidates(name) : [];
  const named = ts.isNewExpression(node) ? [...byName, ...forms.instances] : byName;
  const method = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee)
      ? callee.text
      : undefined;
  const methods = (method === undefined ? undefined : forms.methods.get(method)) ?? [];
  const patterns =
    method === undefined || !forms.beginnings.test(method)
      ? []
      : forms.patterns.filter(({ form }) => 'method' in form && form.method.some((one) => sameName(method, one)));
  if (methods.length === 0 && patterns.length === 0) return named;
  return [...named, ...methods, ...patterns].sort((a, b) => a.order - b.order);
}

function matches(program: FileProgram, types: Types, imports: Imports, node: CallLike, form: AcquireForm): boolean {
  const callee = unwrap(node.expression);
  switch (form.form) {
    case 'call':
      if (form.ownerArgument !== undefined && (node.arguments?.length ?? 0) > form.ownerArgument) return false;
      return (
        ts.isCallExpression(node) &&
        types.matches(program.origins.nameOf(callee), form.callee) &&
        (form.whenTrue === undefined || constantOf(node.arguments[form.whenTrue], program.scopes) === true) &&
        (form.when === undefined || isOfType(types, node.arguments[form.when.argument], form.when)) &&
        (form.onlyWith === undefined || isSet(form.onlyWith, node, program))
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
        : (lastCallback(program, node) === undefined || callbackOf(program, node, form) !== undefined) &&
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
      return (
        isReceiver(types, callee, form) ||
        isNamed(types, callee, form.named) ||
        isHandedBy(program, types, callee, form.handedBy) ||
        (form.untyped !== undefined &&
          node.arguments.length > form.identity.handler &&
          isUntyped(types, callee) &&
          !program.callees.ownerOfValue(callee.expression))
      );
    }
  }
}

/** `promisify(fs.open)(path)`: the promise gives what the callback would be given. */
function promised(program: FileProgram, types: Types, form: AcquireForm, node: CallLike): AcquireForm | undefined {
  if (form.form !== 'callback' || !ts.isCallExpression(node)) return undefined;
  const name = program.origins.promisedOf(unwrap(node.expression));
  return types.matches(name, form.callee) ? { form: 'call', callee: form.callee, promise: true } : undefined;
}

/** Is an option of the call true, as far as the text tells? */
function isSet(option: string, node: CallLike, program: FileProgram): boolean {
  return (node.arguments ?? []).some((argument) => {
    const value = unwrap(argument);
    return (
      ts.isObjectLiteralExpression(value) &&
      value.properties.some(
        (property) =>
          ts.isPropertyAssignment(property) &&
          propertyNameText(property.name) === option &&
          constantOf(property.initializer, program.scopes) === true,
      )
    );
  });
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

function isReceiver(types: Types, callee: ts.Expression, { on }: { readonly on: readonly string[] }): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const of = types.of(callee.expression);
  return on.some((id) => of.has(id));
}

/** Event that a function written as an argument is a handler of. */
export function eventOfHandler(fn: FunctionNode, program: FileProgram): string | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call) || call.arguments[0] === fn) return undefined;
  const event = constantOf(call.arguments[0], program.scopes);
  return typeof event === 'string' ? event : undefined;
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

/** A receiver of unknown type that has one of the names: `options.signal`, `abortSignal`, `req.socket`. */
function isNamed(types: Types, callee: ts.PropertyAccessExpression, names: readonly string[] | undefined): boolean {
  if (!names || !isUntyped(types, callee)) return false;
  const name = dottedName(callee.expression).toLowerCase();
  return names.some((one) => name.endsWith(one));
}

/** The last two parts of a name: `req.socket` of `this.req.socket`. */
function dottedName(expression: ts.Expression): string {
  const value = unwrap(expression);
  if (ts.isIdentifier(value)) return value.text;
  if (!ts.isPropertyAccessExpression(value)) return '';
  const before = unwrap(value.expression);
  const owner = ts.isPropertyAccessExpression(before) ? before.name.text : ts.isIdentifier(before) ? before.text : '';
  return `${owner}.${value.name.text}`;
}

/** `request.on('socket', (socket) => socket.on(…))` */
function isHandedBy(
  program: FileProgram,
  types: Types,
  callee: ts.PropertyAccessExpression,
  events: readonly string[] | undefined,
): boolean {
  if (!events || !isUntyped(types, callee)) return false;
  const receiver = unwrap(callee.expression);
  const declaration = ts.isIdentifier(receiver) ? program.scopes.resolve(receiver) : undefined;
  const handler = declaration?.kind === 'parameter' ? declaration.scope.func : undefined;
  if (!handler || handler.parameters[0]?.name !== nameNode(declaration?.node)) return false;
  const event = eventOfHandler(handler, program);
  return event !== undefined && events.includes(event);
}

function nameNode(node: ts.Node | undefined): ts.Node | undefined {
  return node && ts.isParameter(node) ? node.name : undefined;
}

/** A method of something whose type the catalogue knows: what it gives is known too. */
function isTyped(types: Types, callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && !isUntyped(types, callee);
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
      const given = unwrap(argument);
      const initial = ts.isIdentifier(given) ? program.scopes.resolve(given)?.initializer : given;
      const made = initial && unwrap(initial);
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

/** Nothing is known of the receiver's type. */
function isUntyped(types: Types, callee: ts.PropertyAccessExpression): boolean {
  return types.of(callee.expression).size === 0;
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
        : ts.isAwaitExpression(wrapped(node).parent)
          ? (wrapped(node).parent as ts.AwaitExpression)
          : node;
  const source = receiver && form.form === 'stream' ? endlessSource(receiver, form.source, program, types) : undefined;
  return {
    kind,
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

/** `await promised(request)`: what the function is given is settled when the promise is. */
function promisedBy(request: CallLike): ts.Expression | undefined {
  const outer = wrapped(request);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== outer) return undefined;
  const awaiting = wrapped(call).parent;
  return ts.isAwaitExpression(awaiting) ? awaiting : undefined;
}

/** A function written out, or a name or member that is not known to be something else. */
function isFunctionValue(program: FileProgram, argument: ts.Expression): boolean {
  const value = unwrap(argument);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) || program.callees.functionsOf(value).length > 0;
}

/** Parameter of an error-first callback that gets what a call by convention opens: `open(path, (error, archive) => …)`. */
function callbackOf(program: FileProgram, node: CallLike, form: AcquireForm): ts.ParameterDeclaration | undefined {
  if (form.form !== 'convention' || form.callback === undefined || !ts.isCallExpression(node)) return undefined;
  const fn = lastCallback(program, node);
  return fn && isErrorFirst(fn) ? fn.parameters[form.callback] : undefined;
}

/** Is its first parameter the error of what it is told of? */
export function isErrorFirst({ parameters: [first] }: FunctionNode): boolean {
  return first !== undefined && ts.isIdentifier(first.name) && /err(?:or)?$/i.test(first.name.text);
}

function lastCallback(program: FileProgram, node: ts.CallExpression): FunctionNode | undefined {
  const last = node.arguments.at(-1);
  return last ? program.callees.functionsOf(last)[0] : undefined;
}

/** `request({ method: 'HEAD' }, (response) => …)`: there is nothing to release. */
function isEmpty({ emptyWith }: ResourceKind, node: CallLike, { scopes }: FileProgram): boolean {
  if (!emptyWith) return false;
  return (node.arguments ?? []).some((argument) => {
    const given = unwrap(argument);
    const initial = ts.isIdentifier(given) ? scopes.resolve(given)?.initializer : given;
    const value = initial && unwrap(initial);
    return (
      value !== undefined &&
      ts.isObjectLiteralExpression(value) &&
      value.properties.some(
        (property) =>
          ts.isPropertyAssignment(property) &&
          propertyNameText(property.name) === emptyWith.option &&
          constantOf(property.initializer, scopes) === emptyWith.value,
      )
    );
  });
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
