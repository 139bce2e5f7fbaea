/** Operators of streams that keep a subscription which nobody can end: behind what should end it, or by replaying. */

import type { Acquisition } from '../../acquiring/acquisitions';
import { endlessSource, type StreamSource } from '../../acquiring/streams';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import { constantOf } from '../../program/constants';
import type { AcquireForm } from '../../resources/acquireForms';
import { shortText } from '../../syntax/shortText';
import { enclosingFunction, propertyNameText, rangeOf, ts, unwrap, walk, wrapped } from '../../syntax/syntax';
import { assess, demote, frequencyStep } from '../assess';
import { lifetimeOfStream } from '../lifetime/lifetime';

type OperatorForm = Extract<AcquireForm, { form: 'operator' }>;

/** The finding for an operator that keeps an endless stream subscribed; undefined when that stream ends, or may. */
export function judgeOperator(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind } = acquisition;
  if (form.form !== 'operator' || !ts.isCallExpression(node)) return undefined;
  const pipe = wrapped(node).parent;
  if (!ts.isCallExpression(pipe)) return undefined;
  const at = pipe.arguments.findIndex((argument) => unwrap(argument) === node);
  const callee = unwrap(pipe.expression);
  if (at < 0 || !ts.isPropertyAccessExpression(callee) || !form.source.steps.includes(callee.name.text))
    return undefined;
  const kept =
    form.keeps === 'source' ? keptSource(pipe, at, node, form, engine) : keptInner(pipe, at, node, form, engine);
  if (!kept) return undefined;
  const { level } = lifetimeOfStream(kept.source, engine);
  if (level !== 'process' && level !== 'module' && level !== 'injected') return undefined;
  const assessment = assess(engine, node, kind.severity, kind.heldBy, engine.program.members.ownerAt(node));
  if (!assessment || assessment.frequency.level === 'once') return undefined;
  const isUncertain = kept.source.known !== 'type';
  const trail: TrailStep[] = [
    { role: 'acquired', message: `The ${kind.noun} is made here`, range: rangeOf(node) },
    { role: 'held', message: kept.why, range: rangeOf(kept.at) },
  ];
  const fn = enclosingFunction(node);
  if (fn) trail.push(frequencyStep(assessment.frequency, node));
  const name = unwrap(node.expression).getText();
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: isUncertain ? demote(assessment.severity) : assessment.severity,
    confidence: isUncertain && assessment.confidence === 'high' ? 'medium' : assessment.confidence,
    message: kept.message(name),
    advice: kept.advice,
    node,
    trail,
  };
}

interface Kept {
  readonly source: StreamSource;
  readonly at: ts.Node;
  readonly why: string;
  readonly message: (name: string) => string;
  readonly advice: string;
}

function keptSource(
  pipe: ts.CallExpression,
  at: number,
  node: ts.CallExpression,
  form: OperatorForm,
  engine: Engine,
): Kept | undefined {
  if (form.unlessOption !== undefined && letsGo(node, form.unlessOption, engine)) return undefined;
  const source = endlessSource(pipe, form.source, engine.program, engine.types, at);
  return source
    ? {
        source,
        at: source.root,
        why: `\`${shortText(source.root)}\` never ends by itself`,
        message: (name) =>
          `\`${name}\` stays subscribed to \`${shortText(source.root)}\` for ever, also after its last subscriber is gone.`,
        advice: `Pass \`${form.unlessOption ?? 'an end'}: true\`, or end the stream before it.`,
      }
    : undefined;
}

function keptInner(
  pipe: ts.CallExpression,
  at: number,
  node: ts.CallExpression,
  form: OperatorForm,
  engine: Engine,
): Kept | undefined {
  const isEnd = (operator: ts.Expression): boolean => {
    const value = unwrap(operator);
    const name = ts.isCallExpression(value) ? engine.program.origins.nameOf(unwrap(value.expression)) : undefined;
    return engine.types.matches(name, [...form.source.endedBy, ...form.source.endedByOwner]);
  };
  const end = pipe.arguments.slice(0, at).find(isEnd);
  if (!end) return undefined;
  // Whatever is not known of the operators behind it may end it after all.
  for (const later of pipe.arguments.slice(at + 1)) {
    const value = unwrap(later);
    const name = ts.isCallExpression(value) ? engine.program.origins.nameOf(unwrap(value.expression)) : undefined;
    if (isEnd(later) || !name?.module || !form.source.operatorModules.includes(name.module)) return undefined;
  }
  // A step behind the pipe may end it as well.
  if (isChained(pipe, form)) return undefined;
  for (const inner of node.arguments.flatMap((argument) => resultsOf(argument, engine))) {
    const source = endlessSource(inner, form.source, engine.program, engine.types);
    if (!source) continue;
    const ending = unwrap(end).getText().replace(/\(.*/s, '');
    return {
      source,
      at: end,
      why: `\`${ending}\` ends only what comes before it`,
      message: (name) =>
        `\`${name}\` stands behind \`${ending}\`: the stream it subscribes to (\`${shortText(source.root)}\`) never ends and stays subscribed.`,
      advice: `Put \`${ending}\` last in the pipe.`,
    };
  }
  return undefined;
}

function isChained(pipe: ts.CallExpression, form: OperatorForm): boolean {
  const up = wrapped(pipe).parent;
  return ts.isPropertyAccessExpression(up) && form.source.steps.includes(up.name.text);
}

/** What an operator's argument gives: itself, or what the function written there returns. */
function resultsOf(argument: ts.Expression, engine: Engine): readonly ts.Expression[] {
  const value = unwrap(argument);
  const [fn] = engine.program.callees.functionsOf(value);
  if (!fn) return [value];
  if (ts.isArrowFunction(fn) && !ts.isBlock(fn.body)) return [fn.body];
  const results: ts.Expression[] = [];
  if (fn.body)
    walk(fn.body, (inner) => {
      if (ts.isReturnStatement(inner) && inner.expression && enclosingFunction(inner) === fn)
        results.push(inner.expression);
      return undefined;
    });
  return results;
}

/** `shareReplay({ refCount: true })`; what is not written out may be so. */
function letsGo(node: ts.CallExpression, option: string, engine: Engine): boolean {
  const [first] = node.arguments;
  if (!first) return false;
  const value = unwrap(first);
  if (ts.isObjectLiteralExpression(value)) {
    const given = value.properties.find((property) => property.name && propertyNameText(property.name) === option);
    if (value.properties.some((property) => ts.isSpreadAssignment(property))) return true;
    return (
      given !== undefined &&
      (!ts.isPropertyAssignment(given) || constantOf(given.initializer, engine.program.scopes) !== false)
    );
  }
  return typeof constantOf(value, engine.program.scopes) !== 'number';
}
