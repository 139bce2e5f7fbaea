/**
 * What is acquired once, beside a parameter that is there to own such things: `activate(context)` drops the registration
 * that `context.subscriptions` would dispose. It stays when the rest of the program ends its parts and goes on.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { ownerLists } from '../../resources/scopes';
import { enclosingFunction, type FunctionNode, rangeOf, ts, walk } from '../../syntax/syntax';
import { fatesOf } from './fate';

/** The finding for a dropped result whose owner is at hand; undefined where none is. */
export function judgeUnowned(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!result || kind.heldBy !== 'receiver' || acquisition.assumed) return undefined;
  if (!fatesOf(result, engine.program).every((fate) => fate.kind === 'dropped')) return undefined;
  const fn = enclosingFunction(node);
  const list = fn && ownerListOf(fn, engine);
  const { level } = engine.frequency.of(node);
  if (!fn || !list || (level !== 'once' && level !== 'setup')) return undefined;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'missing-super-or-registration',
    severity: 'low',
    confidence: 'medium',
    message: `This ${kind.noun} is never ${participle}: its result is dropped, and \`${list}\` is not given it.`,
    advice: `Push it to \`${list}\`.`,
    node,
    open: { acquisition, level },
    trail: [{ role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) }],
  };
}

/** `context.subscriptions`, where a parameter is of the type, or where the function uses it as one. */
function ownerListOf(fn: FunctionNode, engine: Engine): string | undefined {
  for (const { types, method } of ownerLists) {
    const list = method.slice(0, method.lastIndexOf('.'));
    for (const parameter of fn.parameters) {
      if (!ts.isIdentifier(parameter.name)) continue;
      const text = `${parameter.name.text}.${list}`;
      if (engine.types.matches(engine.program.origins.typeName(parameter.type), types)) return text;
      if (!parameter.type && gives(fn, `${parameter.name.text}.${method}`)) return text;
    }
  }
  return undefined;
}

function gives(fn: FunctionNode, callee: string): boolean {
  let found = false;
  walk(fn, (inner) => {
    found ||= ts.isCallExpression(inner) && inner.expression.getText() === callee;
    return !found;
  });
  return found;
}
