/** Growth by an API, as the catalogue describes it: stores of libraries, pinned targets, entered contexts, component state. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Confidence } from '../findings/findings';
import { withoutLoops } from '../ownership/lifetime/frequency/occasions';
import type { GrowthForm } from '../resources/growthForms';
import { kindsWith } from '../resources/kindsWith';
import type { ResourceKind } from '../resources/model';
import { shortText } from '../syntax/shortText';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  onlyResult,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { effectHooks } from '../words/hooks';
import { registryFault } from './apiRegistries';
import { sitesOf } from './apiSites';
import { cellFault, reducersFault } from './apiState';
import { operatorFault } from './apiStreams';
import { beginsWithCaptured } from './capturedStates';
import { keepsComing } from './evidence';
import { type Cardinality, keyCardinality } from './keys';
import { comesByItself, isByHand, isOfHappenings } from './listWeight';
import { isOfPage } from './pages';
import { isServiceName } from './words';

type Store = Extract<GrowthForm, { form: 'store' }>;

const growingKinds = kindsWith(({ growth }) => growth);

/** Findings of all kinds that have a growth form. */
export function findApiGrowth(engine: Engine, kinds: readonly ResourceKind[]): readonly Draft[] {
  const forms = growingKinds(kinds)
    .filter(engine.look.hasWord)
    .flatMap((kind) => (kind.growth ?? []).map((form) => ({ kind, form })));
  if (forms.length === 0) return [];
  const found: Draft[] = [];
  for (const [node, possible] of sitesOf(forms, engine))
    for (const { kind, form } of possible) {
      const draft = judge(node, form, kind, engine);
      if (!draft) continue;
      found.push(draft);
      break;
    }
  return found;
}

function judge(node: CallLike, form: GrowthForm, kind: ResourceKind, engine: Engine): Draft | undefined {
  switch (form.form) {
    case 'store':
      return storeFault(node, form, kind, engine);
    case 'pin':
      return pinFault(node, form, kind, engine);
    case 'ambient':
      return ambientFault(node, form, kind, engine);
    case 'state':
      return stateFault(node, form, kind, engine);
    case 'cell':
      return cellFault(node, form, kind, engine);
    case 'reducers':
      return reducersFault(node, form, kind, engine);
    case 'operator':
      return operatorFault(node, form, kind, engine);
    case 'registry':
      return registryFault(node, form, kind, engine);
  }
}

function storeFault(node: CallLike, form: Store, kind: ResourceKind, engine: Engine): Draft | undefined {
  if (ts.isNewExpression(node) !== (form.make === 'new')) return undefined;
  if (!engine.types.matches(engine.program.origins.nameOf(unwrap(node.expression)), form.callee)) return undefined;
  if (names(node, form, form.limits, engine)) return undefined;
  const holder = holderOf(node, engine);
  if (!holder) return undefined;
  const uses = usesOfStore(holder.name, engine);
  if (uses.some((use) => form.clears.includes(use.name))) return undefined;
  const puts = uses.filter((use) => form.puts.includes(use.name));
  if (
    form.expiryArgument !== undefined &&
    puts.some((put) => (put.call?.arguments.length ?? 0) > (form.expiryArgument ?? 0))
  )
    return undefined;
  let confidence: Confidence = holder.lasts ? 'medium' : 'low';
  // What is looked at again and renewed, by an object that may well go itself.
  let severity = holder.isOfInstance && names(node, form, form.ages ?? [], engine) ? 'low' : kind.severity;
  let by = '';
  if (form.keyedBy !== undefined) {
    const keys = keysOfFunction(node.arguments?.[form.keyedBy], engine);
    if (!keys || keys.cardinality === 'closed') return undefined;
    if (keys.cardinality !== 'open' && keys.cardinality !== 'transient') confidence = 'low';
    // A page is loaded anew, and asks for a handful; a server for what all its callers ask.
    if (!keys.isNew || isOfPage(engine.program)) severity = 'low';
    by = ` for each \`${keys.name}\``;
  } else {
    const repeated = puts.filter((put) => {
      const { level } = engine.frequency.of(put.access);
      return level === 'hot' || level === 'call';
    });
    if (puts.length > 0 && repeated.length === 0) return undefined;
    if (repeated.length === 0 && !form.fills) confidence = 'low';
    if (
      form.puts.includes('set') &&
      repeated.every((put) => keyCardinality(put.call?.arguments[0], undefined, engine) === 'closed') &&
      repeated.length > 0
    )
      return undefined;
  }
  return {
    kind: kind.id,
    mechanism: 'unbounded-growth',
    severity,
    confidence,
    message: `The ${kind.noun}${holder.label ? ` \`${holder.label}\`` : ''} is made without a limit and keeps an entry${by || ' for all that is put in'} for ever.`,
    advice: 'Give it a limit or an expiry.',
    node,
    trail: [
      { role: 'held', message: holder.lasts ? 'Lives as long as the process' : 'Made here', range: rangeOf(node) },
    ],
  };
}

/** Bounded by one of the options or by an argument, or by options that are not written here. */
function names(node: CallLike, form: Store, options: readonly string[], engine: Engine): boolean {
  const given = node.arguments ?? [];
  return given.some((argument, index) => {
    if (index === form.keyedBy || index < (form.optionsAt ?? 0)) return false;
    let value = unwrap(argument);
    if (ts.isIdentifier(value)) {
      const declaration = engine.program.scopes.resolve(value);
      const known =
        declaration?.kind === 'const' && declaration.path?.length === 0 ? declaration.initializer : undefined;
      if (known) value = unwrap(known);
    }
    if (isFunctionNode(value)) return false;
    if (!ts.isObjectLiteralExpression(value)) return form.limitArgument === index || form.keyedBy === undefined;
    return value.properties.some((property) => {
      const name = property.name ? propertyNameText(property.name) : undefined;
      return ts.isSpreadAssignment(property) || (name !== undefined && options.includes(name));
    });
  });
}

interface Holder {
  readonly name: ts.Node | undefined;
  readonly label: string;
  readonly lasts: boolean;
  /** A field of a class of which not only one is made, as far as known. */
  readonly isOfInstance?: boolean;
}

/** What keeps the store: a variable of the module or a field; undefined for one that dies with the call. */
function holderOf(node: CallLike, engine: Engine): Holder | undefined {
  const up = wrapped(node as ts.Expression).parent;
  const fn = enclosingFunction(node);
  const owner = engine.program.members.ownerAt(node);
  const field = ts.isPropertyDeclaration(up)
    ? propertyNameText(up.name)
    : ts.isBinaryExpression(up) &&
        ts.isPropertyAccessExpression(up.left) &&
        up.left.expression.kind === ts.SyntaxKind.ThisKeyword
      ? up.left.name.text
      : undefined;
  if (field !== undefined && owner) {
    const instances = engine.frequency.instancesOf(owner);
    if (instances === 'many') return undefined;
    const isOfInstance = instances !== 'single';
    return { name: up, label: `this.${field}`, lasts: !isOfInstance || isServiceName(owner.name), isOfInstance };
  }
  const once = !fn || engine.frequency.ofFunction(fn).level === 'once';
  if (!once) return undefined;
  const label = ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up) ? up.name.getText() : '';
  return { name: up, label, lasts: true };
}

interface Use {
  readonly name: string;
  readonly access: ts.PropertyAccessExpression;
  readonly call: ts.CallExpression | undefined;
}

/** Members used of the store, through its variable or field. */
function usesOfStore(holder: ts.Node | undefined, engine: Engine): readonly Use[] {
  if (!holder) return [];
  const { places, scopes, members } = engine.program;
  let key: string | undefined;
  if (ts.isVariableDeclaration(holder)) {
    const declaration = scopes.declarationOf(holder);
    key = declaration && places.ofDeclaration(declaration).key;
  } else if (ts.isBinaryExpression(holder)) key = places.of(holder.left)?.key;
  else if (ts.isPropertyDeclaration(holder)) {
    const owner = members.ownerOf(holder.parent);
    const name = propertyNameText(holder.name);
    key = owner && name !== undefined ? places.ofMember(owner, name).key : undefined;
  }
  if (key === undefined) return [];
  return engine.uses.reads(key).flatMap((use) => {
    const access = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== wrapped(use)) return [];
    const call = wrapped(access).parent;
    return [
      {
        name: access.name.text,
        access,
        call: ts.isCallExpression(call) && unwrap(call.expression) === access ? call : undefined,
      },
    ];
  });
}

/** Name and cardinality of what a memoized function is called with; undefined where it takes nothing. */
function keysOfFunction(
  argument: ts.Expression | undefined,
  engine: Engine,
): { readonly name: string; readonly cardinality: Cardinality; readonly isNew: boolean } | undefined {
  const fn: FunctionNode | undefined = argument && engine.program.callees.functionsOf(argument)[0];
  const parameter = fn?.parameters[0];
  if (!parameter || !ts.isIdentifier(parameter.name)) return undefined;
  const [use] = engine.program.scopes.declarationOf(parameter)?.references ?? [];
  return {
    name: parameter.name.text,
    cardinality: keyCardinality(use, undefined, engine),
    isNew: use !== undefined && keepsComing(use, engine),
  };
}

function pinFault(
  node: CallLike,
  form: Extract<GrowthForm, { form: 'pin' }>,
  kind: ResourceKind,
  engine: Engine,
): Draft | undefined {
  if (!isMethodOf(node, form, engine)) return undefined;
  const target = node.arguments?.[form.target];
  const held = node.arguments?.[form.held];
  if (!target || !held) return undefined;
  const key = engine.program.places.of(target)?.key;
  if (key === undefined || !reaches(held, key, engine)) return undefined;
  return {
    kind: kind.id,
    mechanism: 'release-never-matches',
    severity: 'high',
    confidence: 'high',
    message: `The held value reaches \`${shortText(target)}\`: the registry keeps its target alive, which is then never collected.`,
    advice: 'Hold an id or handle that does not refer to the target.',
    node,
    trail: [{ role: 'held', message: 'Held by the registry', range: rangeOf(held) }],
  };
}

/** Is the value the target, an object with it, or a function that uses it? A property of it is another value. */
function reaches(held: ts.Expression, key: string, engine: Engine): boolean {
  const value = unwrap(held);
  let found = false;
  walk(value, (node) => {
    if (found || (ts.isNewExpression(node) && node.expression.getText() === 'WeakRef')) return false;
    if (
      (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) &&
      engine.program.places.of(node as ts.Expression)?.key === key
    ) {
      const up = wrapped(node as ts.Expression).parent;
      const inFunction = enclosingFunction(node) !== enclosingFunction(value);
      const isOnlyRead = ts.isPropertyAccessExpression(up) && up.expression === wrapped(node as ts.Expression);
      const isArgument = (ts.isCallExpression(up) || ts.isNewExpression(up)) && isWithin(up, value) && !inFunction;
      if (inFunction || (!isOnlyRead && !isArgument)) found = true;
    }
    return undefined;
  });
  return found;
}

function ambientFault(
  node: CallLike,
  form: Extract<GrowthForm, { form: 'ambient' }>,
  kind: ResourceKind,
  engine: Engine,
): Draft | undefined {
  if (!isMethodOf(node, form, engine)) return undefined;
  const { level, why } = engine.frequency.of(node);
  if (level !== 'hot') return undefined;
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The context is entered ${why} and never left: all that runs after it, for whomever, holds this store.`,
    advice: 'Use `run`, which leaves it when its function ends.',
    node,
    trail: [{ role: 'acquired', message: 'Entered here', range: rangeOf(node) }],
  };
}

function isMethodOf(
  node: CallLike,
  form: { readonly on: readonly string[]; readonly method: readonly string[] },
  engine: Engine,
): boolean {
  const callee = unwrap(node.expression);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(callee)) return false;
  if (!form.method.includes(callee.name.text)) return false;
  const types = engine.types.of(callee.expression);
  return form.on.some((id) => types.has(id));
}

/** A listener or timer of an effect appends to the state, and no other call of the setter shortens it. */
function stateFault(
  node: CallLike,
  form: Extract<GrowthForm, { form: 'state' }>,
  kind: ResourceKind,
  engine: Engine,
): Draft | undefined {
  const { origins, scopes } = engine.program;
  if (!ts.isCallExpression(node) || !engine.types.matches(origins.nameOf(unwrap(node.expression)), form.callee))
    return undefined;
  const up = wrapped(node).parent;
  if (!ts.isVariableDeclaration(up) || !ts.isArrayBindingPattern(up.name)) return undefined;
  const [state, setter] = up.name.elements;
  if (!state || !setter || ts.isOmittedExpression(state) || ts.isOmittedExpression(setter)) return undefined;
  const stateName = scopes.declarationOf(state)?.name;
  const appends: ts.CallExpression[] = [];
  for (const reference of scopes.declarationOf(setter)?.references ?? []) {
    const call = wrapped(reference).parent;
    if (!ts.isCallExpression(call) || call.expression !== wrapped(reference)) {
      // a dependency list names it; anyone else who gets it may shorten the list
      if (ts.isArrayLiteralExpression(call)) continue;
      return undefined;
    }
    if (!isAppend(call.arguments[0], stateName)) return undefined;
    appends.push(call);
  }
  for (const call of appends) {
    const { level, why, occasion } = engine.frequency.of(call);
    if (level !== 'hot' || !isInEffect(call) || beginsWithCaptured(call, scopes.declarationOf(state), engine)) continue;
    const runsOn = withoutLoops(occasion);
    const isSeldom = isByHand(runsOn) || !(isOfHappenings(stateName ?? '') || comesByItself(runsOn));
    return {
      kind: kind.id,
      mechanism: 'unbounded-growth',
      severity: isSeldom ? 'low' : 'medium',
      confidence: 'medium',
      message: `The list \`${stateName ?? 'state'}\` of the component grows ${why}, and nothing shortens it while the component is shown.`,
      advice: 'Keep the last entries only: `.slice(-limit)`.',
      node: call,
      trail: [{ role: 'held', message: 'State of the component', range: rangeOf(node) }],
    };
  }
  return undefined;
}

/** `(before) => [...before, x]`, `(before) => before.concat(x)`, `[...rows, x]`. */
function isAppend(argument: ts.Expression | undefined, state: string | undefined): boolean {
  const value = argument && unwrap(argument);
  if (!value) return false;
  const updater = ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? value : undefined;
  const before = updater ? updater.parameters[0]?.name.getText() : state;
  const result = updater ? onlyResult(updater) : value;
  const made = result && unwrap(result);
  if (!made || before === undefined) return false;
  if (ts.isArrayLiteralExpression(made))
    return (
      made.elements.length > 1 &&
      made.elements.some((element) => ts.isSpreadElement(element) && unwrap(element.expression).getText() === before)
    );
  return ts.isCallExpression(made) && made.expression.getText() === `${before}.concat`;
}

function isInEffect(node: ts.Node): boolean {
  for (let up = node.parent; up; up = up.parent)
    if (ts.isCallExpression(up)) {
      const callee = unwrap(up.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      if (effectHooks.has(name)) return true;
    }
  return false;
}
