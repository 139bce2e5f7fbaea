/**
 * Listeners on what goes back to a pool: the connection lives on and is given to the next caller, with every listener that
 * was left on it.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { constantOf } from '../../program/constants';
import type { Declaration } from '../../program/scopes';
import { enclosingFunction, rangeOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { frequencyStep } from '../assess';
import { fatesOf } from '../values/fate';
import { isForEachPoolOnce } from './freshPools';

/** The findings for handlers that a function leaves on a pooled resource which it gives back. */
export function judgePooledListeners(acquisition: Acquisition, engine: Engine): readonly Draft[] {
  const { kind, node } = acquisition;
  const { pooled } = kind;
  const holder = holderOf(acquisition, engine);
  const fn = enclosingFunction(node);
  if (!pooled || !holder || !fn) return [];
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once' || frequency.level === 'setup') return [];
  const calls = callsOn(holder, engine, 0);
  // Whoever else is given it may remove what stands on it.
  if (!calls) return [];
  const back = calls.find(({ method, call }) => pooled.back.includes(method) && call.arguments.length === 0);
  if (!back || calls.some(({ method }) => pooled.removes.includes(method))) return [];
  const handlers = calls.flatMap(({ method, call }) =>
    pooled.registers.includes(method) ? call.arguments.slice(1) : [],
  );
  if (isForEachPoolOnce(fn, node, handlers, engine)) return [];
  return calls.flatMap(({ method, call }): readonly Draft[] => {
    const [event, handler] = call.arguments;
    if (!pooled.registers.includes(method) || !event || !handler) return [];
    const name = constantOf(event, engine.program.scopes);
    return [
      {
        kind: pooled.as,
        mechanism: 'repeated-registration',
        severity: 'medium',
        confidence: 'medium',
        message: `The listener${typeof name === 'string' ? ` for \`${name}\`` : ''} stays on \`${holder.name}\`, which goes back to its pool: each call adds one more to the same ${kind.noun}.`,
        advice: `Remove it before \`${back.method}()\`.`,
        node: call,
        trail: [
          { role: 'acquired', message: 'The listener is added here', range: rangeOf(call) },
          { role: 'held', message: `\`${holder.name}\` comes from a pool`, range: rangeOf(node) },
          { role: 'exit', message: 'Given back with the listener on it', range: rangeOf(back.call) },
          frequencyStep(frequency, node),
        ],
      },
    ];
  });
}

/** The variable, or the parameter of the callback, that holds the resource. */
function holderOf({ result, parameter }: Acquisition, engine: Engine): Declaration | undefined {
  if (parameter) return engine.program.scopes.declarationOf(parameter.declaration);
  const fates = result ? fatesOf(result, engine.program) : [];
  const [only] = fates;
  if (fates.length !== 1 || only?.kind !== 'stored') return undefined;
  const { root, path } = only.place;
  return root.kind === 'declaration' && path.length === 0 && root.declaration.scope.func ? root.declaration : undefined;
}

interface MethodCall {
  readonly method: string;
  readonly call: ts.CallExpression;
}

/** Methods called on it, by functions of this file that are given it too; undefined where others get it. */
function callsOn(holder: Declaration, engine: Engine, depth: number): readonly MethodCall[] | undefined {
  const calls: MethodCall[] = [];
  for (const reference of holder.references) {
    const access = wrapped(reference).parent;
    const call = ts.isPropertyAccessExpression(access) ? wrapped(access).parent : undefined;
    if (ts.isPropertyAccessExpression(access) && call && ts.isCallExpression(call))
      calls.push({ method: access.name.text, call });
    for (const fate of fatesOf(unwrap(reference), engine.program)) {
      if (fate.kind !== 'passed') continue;
      const given = engine.program.callees.of(fate.call).map((fn) => fn.parameters[fate.argument]);
      if (given.length === 0 || depth > 2) return undefined;
      for (const parameter of given) {
        const declaration = parameter && engine.program.scopes.declarationOf(parameter);
        const inner = declaration && callsOn(declaration, engine, depth + 1);
        if (!inner) return undefined;
        calls.push(...inner);
      }
    }
  }
  return calls;
}
