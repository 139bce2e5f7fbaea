/** Registries of libraries that keep an entry per name, where each piece of work brings a name of its own. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { asSentence, type Occasion, withoutLoops } from '../ownership/lifetime/frequency/occasions';
import type { GrowthForm } from '../resources/growthForms';
import type { ResourceKind } from '../resources/model';
import { visitNodes } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { shortText } from '../syntax/shortText';
import { type CallLike, enclosingFunction, rangeOf, ts, unwrap } from '../syntax/syntax';
import { keyCardinality } from './keys';

type Registry = Extract<GrowthForm, { form: 'registry' }>;

/** `gauge.set({ connection: id }, size)`, `performance.mark(`job-${id}`)`: nothing of it is ever taken out. */
export function registryFault(node: CallLike, form: Registry, kind: ResourceKind, engine: Engine): Draft | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(callee)) return undefined;
  if (!form.method.includes(callee.name.text)) return undefined;
  const types = engine.types.of(callee.expression);
  if (!form.on.some((id) => types.has(id)) || isOfCall(callee.expression, node, engine)) return undefined;
  const { level, why, occasion, isLooped = false } = engine.frequency.of(node);
  if (level === 'once' || level === 'setup' || level === 'instance') return undefined;
  const key = keyOf(node, form, engine);
  if (form.key === undefined ? level !== 'hot' || isLooped : !key) return undefined;
  if (isTakenOut(form, engine)) return undefined;
  return {
    kind: kind.id,
    mechanism: 'unbounded-growth',
    // What is drawn again is mostly the same; how many texts a page shows is soon said. So it is of templates that somebody has written.
    severity: isDrawing(occasion) || form.isText ? 'low' : kind.severity,
    confidence: 'medium',
    message: key
      ? `\`${shortText(node.expression)}\` keeps an entry for each \`${shortText(key)}\`, and nothing takes one out.`
      : `\`${shortText(node.expression)}\` adds one more ${why}, and nothing takes one out.`,
    advice: 'Take the entry out when what it is for is done, or use a name of a small fixed set.',
    node,
    trail: [{ role: 'grows', message: asSentence(why), range: rangeOf(node) }],
  };
}

function isDrawing(occasion: Occasion): boolean {
  const { kind } = withoutLoops(occasion);
  return kind === 'render' || kind === 'hook' || kind === 'mount' || kind === 'effect';
}

/** Made by the very call that uses it: it dies with it. */
function isOfCall(receiver: ts.Expression, node: ts.Node, engine: Engine): boolean {
  let value = unwrap(receiver);
  while (ts.isPropertyAccessExpression(value)) value = unwrap(value.expression);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const fn = enclosingFunction(node);
  return (
    declaration !== undefined && fn !== undefined && declaration.scope.func === fn && declaration.kind !== 'parameter'
  );
}

/** What is new in each call: the name, or a value of the labels. */
function keyOf(node: ts.CallExpression, { key }: Registry, engine: Engine): ts.Expression | undefined {
  if (key === undefined) return undefined;
  if (key !== 'labels') {
    const name = node.arguments[key];
    return name && isOpen(name, engine) ? name : undefined;
  }
  for (const argument of node.arguments) {
    const labels = unwrap(argument);
    if (!ts.isObjectLiteralExpression(labels)) continue;
    for (const property of labels.properties) {
      const value = ts.isPropertyAssignment(property)
        ? property.initializer
        : ts.isShorthandPropertyAssignment(property)
          ? property.name
          : undefined;
      if (value && isOpen(value, engine)) return value;
    }
  }
  return undefined;
}

function isOpen(key: ts.Expression, engine: Engine): boolean {
  const value = unwrap(key);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  // What the module has once is one.
  if (declaration && declaration.scope.func === undefined) return false;
  const keys = keyCardinality(key, undefined, engine);
  return keys === 'open' || keys === 'transient';
}

/** Some call of the file takes something out of such a registry. */
function isTakenOut({ removes, on }: Registry, engine: Engine): boolean {
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (call) => {
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee) && removes.includes(callee.name.text)) {
      const types = engine.types.of(callee.expression);
      found ||= types.size === 0 || on.some((id) => types.has(id));
    }
    return !found;
  });
  return found;
}
