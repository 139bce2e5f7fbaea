/** Resources that hold nothing until a method activates them, like an observer that is given something to observe. */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { ts, unwrap, wrapped } from '../../syntax/syntax';
import { lifetimeOf } from '../lifetime/lifetime';
import { fatesOf } from './fate';

/** Is one of the methods called on it, here or by a function of this file that is given it? */
export function isActivated(acquisition: Acquisition, methods: readonly string[], engine: Engine): boolean {
  const { result } = acquisition;
  if (!result) return false;
  for (const fate of fatesOf(result, engine.program)) {
    if (fate.kind === 'used' && methods.includes(fate.member)) return true;
    if (fate.kind !== 'stored') continue;
    for (const use of engine.uses.reads(fate.place.key)) {
      const up = wrapped(use).parent;
      if (ts.isPropertyAccessExpression(up) && methods.includes(up.name.text) && givesSomething(up, acquisition))
        return true;
      if (ts.isCallExpression(up) && isActivatedBy(up, wrapped(use), methods, engine)) return true;
    }
  }
  return false;
}

/** `start(observer)`, a function of this file that calls one of the methods on what it is given. */
function isActivatedBy(call: ts.CallExpression, use: ts.Node, methods: readonly string[], engine: Engine): boolean {
  const position = (call.arguments as readonly ts.Node[]).indexOf(use);
  return engine.program.callees.of(call).some((fn) => {
    const parameter = fn.parameters[position];
    const declaration = parameter && engine.program.scopes.declarationOf(parameter);
    return declaration?.references.some((reference) => {
      const up = wrapped(reference).parent;
      return ts.isPropertyAccessExpression(up) && methods.includes(up.name.text);
    });
  });
}

/** A collection of disposables matters by what it is given: the result of a call, not what the owner made for itself. */
function givesSomething(access: ts.PropertyAccessExpression, { kind }: Acquisition): boolean {
  if (kind.heldBy !== 'nothing') return true;
  const call = access.parent;
  return ts.isCallExpression(call) && call.arguments.some((argument) => ts.isCallExpression(unwrap(argument)));
}

/** How long the targets live that the methods are given; one that lives long is enough. */
export function lifeOfObserved(
  acquisition: Acquisition,
  methods: readonly string[],
  engine: Engine,
): 'long' | 'short' | 'unknown' {
  const observed = (access: ts.Node): ts.Expression | undefined =>
    ts.isCallExpression(access.parent) && access.parent.expression === access ? access.parent.arguments[0] : undefined;
  const targets: (ts.Expression | undefined)[] = [];
  for (const fate of acquisition.result ? fatesOf(acquisition.result, engine.program) : []) {
    if (fate.kind === 'used' && methods.includes(fate.member)) targets.push(observed(fate.node));
    if (fate.kind !== 'stored') continue;
    for (const use of engine.uses.reads(fate.place.key))
      if (ts.isPropertyAccessExpression(use.parent) && methods.includes(use.parent.name.text))
        targets.push(observed(use.parent));
  }
  const isLong = targets.some((target) => {
    if (!target || ts.isObjectLiteralExpression(unwrap(target))) return true;
    const { level } = lifetimeOf(target, engine);
    return level === 'process' || level === 'module';
  });
  return isLong ? 'long' : targets.length > 0 ? 'short' : 'unknown';
}
