/**
 * `timer.current = setTimeout(() => setOpen(false), 2000)` in a component that never clears it at its end: who keeps the handle
 * in a ref clears it when the next one is armed, and the last one fires on a component that is gone.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Declaration } from '../../program/scopes';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { enclosingFunction, type FunctionNode, isWithin, rangeOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { unmountHooks } from '../../words/hooks';
import { fatesOf } from '../values/fate';
import { placeOfSetter } from '../values/states';
import { weightOf } from './delays';

/** The finding for a timer in a ref that no clean-up looks at; undefined when one does, or others have the ref. */
export function judgeRefTimer(
  acquisition: Acquisition,
  kind: string | undefined,
  callback: FunctionNode,
  engine: Engine,
): Draft | undefined {
  const {
    node,
    result,
    kind: { noun },
  } = acquisition;
  if (!kind || !result) return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  const root = stored?.kind === 'stored' && stored.place.path.length === 1 ? stored.place.root : undefined;
  const ref = root?.kind === 'declaration' ? root.declaration : undefined;
  const component = ref?.scope.func;
  if (!ref || !component || !isRef(ref) || !isWithin(node, component)) return undefined;
  const cleared = ref.references.filter((use) => isCleared(use));
  if (cleared.length === 0 || !ref.references.every((use) => ts.isPropertyAccessExpression(wrapped(use).parent)))
    return undefined;
  if (ref.references.some((use) => isAtTheEnd(use, component, engine)) || !changesState(callback, component, engine))
    return undefined;
  const held = `\`${ref.name}.current\``;
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    ...weightOf(acquisition, callback, engine),
    message: `The ${noun} in ${held} is still armed when the component goes: it is cleared when the next one is armed, and no clean-up clears the last.`,
    advice: 'Clear it in the clean-up of an effect too.',
    node,
    trail: [{ role: 'acquired', message: `The ${noun} is armed here`, range: rangeOf(node) }],
  };
}

/** The finding for one that an event of a function component arms and drops, and that changes its state later. */
export function judgeStateTimer(
  acquisition: Acquisition,
  kind: string | undefined,
  callback: FunctionNode,
  engine: Engine,
): Draft | undefined {
  const { node, result } = acquisition;
  const { noun } = acquisition.kind;
  if (!kind || !result || !fatesOf(result, engine.program).every((fate) => fate.kind === 'dropped')) return undefined;
  const component = componentAround(node, callback, engine);
  if (!component || engine.frequency.ofMounts(component)?.level === 'once') return undefined;
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    ...weightOf(acquisition, callback, engine),
    message: `This ${noun} changes the state of its component, which may be gone by then: its handle is dropped, so nothing can clear it, and each event arms another.`,
    advice: 'Keep its handle in a ref; clear it before the next one is armed, and in the clean-up of an effect.',
    node,
    trail: [{ role: 'acquired', message: `The ${noun} is armed here, and its handle dropped`, range: rangeOf(node) }],
  };
}

/** The function around the event's own whose state the callback changes. */
function componentAround(node: ts.Node, callback: FunctionNode, engine: Engine): FunctionNode | undefined {
  const arming = enclosingFunction(node);
  for (let fn = arming && enclosingFunction(arming); fn; fn = enclosingFunction(fn))
    if (changesState(callback, fn, engine)) return changesNothingElse(callback, engine) ? fn : undefined;
  return undefined;
}

/** What it does besides (closing, going on to another page) may have to be done when the component is gone, too. */
function changesNothingElse(callback: FunctionNode, engine: Engine): boolean {
  return nodesIn(callback, calls).every((call) => placeOfSetter(call, engine.program) !== undefined);
}

function isRef({ initializer, kind, path }: Declaration): boolean {
  const made = initializer && unwrap(initializer);
  if (!made || kind !== 'const' || path?.length !== 0 || !ts.isCallExpression(made))
    return kind === 'let' && isUseRef(made);
  return isUseRef(made);
}

function isUseRef(made: ts.Expression | undefined): boolean {
  return made !== undefined && ts.isCallExpression(made) && /(?:^|\.)useRef$/.test(made.expression.getText());
}

/** `clearTimeout(timer.current)` */
function isCleared(use: ts.Identifier): boolean {
  const up = wrapped(use).parent;
  const call = wrapped(up as ts.Expression).parent;
  return ts.isCallExpression(call) && (call.expression as ts.Node) !== up;
}

/** In the clean-up that an effect returns, in what is run at the end, or in a function that one of these names. */
function isAtTheEnd(use: ts.Node, component: FunctionNode, engine: Engine, depth = 0): boolean {
  for (let fn = enclosingFunction(use); fn && fn !== component; fn = enclosingFunction(fn)) {
    let outer = wrapped(fn as ts.Expression);
    let up = outer.parent;
    if (ts.isReturnStatement(up) || (ts.isArrowFunction(up) && up.body === outer)) return true;
    if (ts.isCallExpression(up)) {
      if (unmountHooks.has(up.expression.getText())) return true;
      outer = wrapped(up);
      up = outer.parent;
    }
    const declared = ts.isFunctionDeclaration(fn) ? fn : ts.isVariableDeclaration(up) ? up : undefined;
    const declaration = declared && engine.program.scopes.declarationOf(declared);
    if (!declaration || depth > 3) continue;
    if (declaration.references.some((one) => isAtTheEnd(one, component, engine, depth + 1))) return true;
  }
  return ts.isReturnStatement(wrapped(use as ts.Expression).parent) && enclosingFunction(use) !== component;
}

/** Does the callback use what the component has? */
function changesState(callback: FunctionNode, component: FunctionNode, engine: Engine): boolean {
  return engine.program.scopes.declarations.some(
    ({ scope, initializer, path, references }) =>
      scope.func === component &&
      path?.length === 1 &&
      initializer !== undefined &&
      ts.isCallExpression(unwrap(initializer)) &&
      /(?:^|\.)use(?:State|Reducer)$/.test((unwrap(initializer) as ts.CallExpression).expression.getText()) &&
      references.some((reference) => isWithin(reference, callback)),
  );
}
