/**
 * Functions that are told whether to add or to remove: `source[method]('change', this.draw)`, called with `'on'` and with
 * `'off'`. What such a function adds by name is added both times, and never removed.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { functionName } from '../../growth/holders';
import { argumentsFor } from '../../growth/keys';
import { callsNamed } from '../../program/callNames';
import { constantOf } from '../../program/constants';
import type { Declaration } from '../../program/scopes';
import type { ResourceKind } from '../../resources/model';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { type FunctionNode, isFunctionNode, isWithin, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { unreachableKinds } from '../../words/fallbackKinds';
import { listenMethods, unlistenMethods } from '../../words/listeners';
import { runsIn } from '../lost/sequence';
import { kindsByMethod } from '../registrations/registrationKinds';
import { comesOffItself, isEmptiedAtOnce } from '../registrations/selfEnding';

/** What such functions add whatever they are told. */
export function findHalfToggles(
  engine: Engine,
  kinds: readonly ResourceKind[],
  known: readonly Draft[],
): readonly Draft[] {
  const toggles = engine.once(togglesOf);
  if (toggles.size === 0) return [];
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  visitNodes(engine.program.sourceFile, calls, (node) => {
    const callee = unwrap(node.expression);
    if (!ts.isPropertyAccessExpression(callee) || told.has(node)) return undefined;
    const fn = runsIn(node);
    const toggle = fn && toggles.get(fn);
    const [event, handler] = node.arguments;
    if (!fn || !toggle || !event || !handler || callee.name.text !== toggle.adds) return undefined;
    if (comesOffItself(node, engine) || isEmptiedAtOnce(callee.expression, engine)) return undefined;
    if (!isLasting(handler, engine) || isAskedBefore(node, fn, toggle.told) || isRemoved(event, toggle, engine))
      return undefined;
    drafts.push({
      kind: kindsByMethod(kinds).get(toggle.adds) ?? unreachableKinds.listener,
      mechanism: 'release-never-matches',
      severity: 'medium',
      confidence: 'medium',
      message: `The listener for ${event.getText()} is added here whatever \`${toggle.told.name}\` says, also when the others are removed: nothing ever removes it.`,
      advice: `Call \`[${toggle.told.name}]\` here too.`,
      node,
      trail: [
        { role: 'acquired', message: 'Listener added here, both times', range: rangeOf(node) },
        { role: 'release', message: 'This one is added or removed, as it is told', range: rangeOf(toggle.sibling) },
      ],
    });
    return undefined;
  });
  return drafts;
}

interface Toggle {
  /** The parameter that names the method. */
  readonly told: Declaration;
  /** The method by which the function adds, when it is told so. */
  readonly adds: string;
  readonly sibling: ts.CallExpression;
}

/** What a parameter names has no name here. */
const unnamed: ReadonlySet<string> = new Set(['']);

function togglesOf(engine: Engine): ReadonlyMap<FunctionNode, Toggle> {
  const found = new Map<FunctionNode, Toggle>();
  for (const node of callsNamed(engine.program, unnamed)) {
    const told = toldBy(node, engine);
    const fn = told?.scope.func;
    if (!fn || found.has(fn) || node.arguments.length < 2) continue;
    const methods = givenFor(told, fn, engine).map((given) => constantOf(given, engine.program.scopes));
    const adds = methods.find((method) => typeof method === 'string' && listenMethods.has(method));
    if (typeof adds !== 'string' || !methods.some((one) => typeof one === 'string' && unlistenMethods.has(one)))
      continue;
    found.set(fn, { told, adds, sibling: node });
  }
  return found;
}

/** What the function is given for a parameter, by whoever calls it or a method of its name: a prototype may be written apart. */
function givenFor(told: Declaration, fn: FunctionNode, engine: Engine): readonly (ts.Expression | undefined)[] {
  const known = argumentsFor(told, engine);
  const name = functionName(fn);
  const at = fn.parameters.findIndex((parameter) => parameter.name === nameOf(told.node));
  if (name === '' || at < 0) return known;
  const found = [...known];
  visitNodes(engine.program.sourceFile, calls, (node) => {
    const callee = unwrap(node.expression);
    if (ts.isPropertyAccessExpression(callee) && callee.name.text === name) found.push(node.arguments[at]);
    return undefined;
  });
  return found;
}

function nameOf(node: ts.Node): ts.Node | undefined {
  return ts.isParameter(node) ? node.name : undefined;
}

/** The parameter that a method is named by: `source[method](…)`. */
function toldBy({ expression }: ts.CallExpression, { program }: Engine): Declaration | undefined {
  const callee = unwrap(expression);
  const key = ts.isElementAccessExpression(callee) ? unwrap(callee.argumentExpression) : undefined;
  const declaration = key && ts.isIdentifier(key) ? program.scopes.resolve(key) : undefined;
  return declaration?.kind === 'parameter' && declaration.writes.length === 0 ? declaration : undefined;
}

/** The same function both times. */
function isLasting(handler: ts.Expression, { program }: Engine): boolean {
  const value = unwrap(handler);
  if (isFunctionNode(value)) return false;
  const place = program.places.of(value);
  return place !== undefined && (place.path.length > 0 || place.root.kind !== 'declaration');
}

/** Is what the function is told looked at on the way to the node, other than by naming a method? */
function isAskedBefore(node: ts.Node, fn: FunctionNode, told: Declaration): boolean {
  return told.references.some((reference) => {
    const up = reference.parent;
    if (ts.isElementAccessExpression(up) && up.argumentExpression === reference) return false;
    return isWithin(reference, fn) && reference.pos < node.pos && !ts.isParameter(up);
  });
}

/** Another call of the function, or of the file, removes a handler of that event. */
function isRemoved(event: ts.Expression, { told }: Toggle, engine: Engine): boolean {
  const wanted = textOf(event, engine);
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (node) => {
    const callee = unwrap(node.expression);
    const [removed] = node.arguments;
    if (found || !removed) return undefined;
    const isRemoving =
      (ts.isPropertyAccessExpression(callee) && unlistenMethods.has(callee.name.text)) || toldBy(node, engine) === told;
    found = isRemoving && textOf(removed, engine) === wanted;
    return undefined;
  });
  return found;
}

function textOf(event: ts.Expression, engine: Engine): string {
  return String(constantOf(event, engine.program.scopes) ?? event.getText());
}
