/** Operators that keep something of each value, on streams that do not end. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { GrowthForm } from '../resources/growthForms';
import type { ResourceKind } from '../resources/model';
import { endingOperators, endlessOperators, endlessSources } from '../resources/streams';
import {
  type CallLike,
  isFunctionNode,
  onlyResult,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { pipes } from '../words/streams';
import { addedTo } from './appends';
import { keepsComing } from './evidence';
import { keyCardinality } from './keys';

type Operator = Extract<GrowthForm, { form: 'operator' }>;

/** `scan((all, one) => [...all, one])`, `distinct()`, `shareReplay()` on a stream of events. */
export function operatorFault(node: CallLike, form: Operator, kind: ResourceKind, engine: Engine): Draft | undefined {
  if (!ts.isCallExpression(node) || !isCallOf(node, form.callee, engine)) return undefined;
  const pipe = wrapped(node).parent;
  if (!ts.isCallExpression(pipe) || !pipe.arguments.includes(wrapped(node))) return undefined;
  const callee = unwrap(pipe.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (form.bound && isBound(node, form.bound)) return undefined;
  const at = pipe.arguments.indexOf(wrapped(node));
  // What ends the stream ends what is kept.
  if (pipe.arguments.some((one) => isCallOf(one, endingOperators, engine))) return undefined;
  const isShared = pipe.arguments.slice(0, at).some((one) => isCallOf(one, endlessOperators, engine));
  if (!isShared && !isEndless(callee.expression, engine, 0)) return undefined;
  let added: ts.Node | undefined;
  if (form.fold !== undefined) {
    const given = node.arguments[form.fold];
    const [fn] = given ? engine.program.callees.functionsOf(given) : [];
    if (!fn || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) || ts.isFunctionDeclaration(fn)))
      return undefined;
    added = addedTo(fn);
    if (!added) return undefined;
  }
  const name = node.expression.getText();
  return {
    kind: kind.id,
    mechanism: 'unbounded-growth',
    // Under keys that may be few there are few groups, each kept while it is in use.
    severity: !added && mayHaveFewKeys(node, form, engine) ? 'low' : kind.severity,
    confidence: 'medium',
    message: added
      ? `\`${name}\` adds each value of a stream that does not end to what it keeps, and takes nothing away.`
      : `\`${name}\` keeps something of each value there ever was, and the stream does not end.`,
    advice: added ? 'Keep the last values only: `.slice(-limit)`.' : 'Give it a bound, or something that empties it.',
    node: added ?? node,
    trail: [{ role: 'grows', message: 'Kept here for each value', range: rangeOf(added ?? node) }],
  };
}

/** `groupBy((one) => one.kind)`: nothing shows that the next key is a new one. */
function mayHaveFewKeys({ arguments: [given] }: ts.CallExpression, { bound }: Operator, engine: Engine): boolean {
  const [fn] = given && bound?.arguments === 1 ? engine.program.callees.functionsOf(given) : [];
  const result = fn && onlyResult(fn);
  if (!result) return false;
  const key = unwrap(result);
  return !/^(?:open|transient)$/.test(keyCardinality(key, undefined, engine)) && !keepsComing(key, engine);
}

function isCallOf(expression: ts.Expression, apis: Operator['callee'], engine: Engine): boolean {
  const call = unwrap(expression);
  return (
    ts.isCallExpression(call) && engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), apis)
  );
}

function isBound(node: ts.CallExpression, { arguments: count, options }: NonNullable<Operator['bound']>): boolean {
  if (node.arguments.length > count) return true;
  return node.arguments.some((argument) => {
    const value = unwrap(argument);
    if (isFunctionNode(value)) return false;
    if (!ts.isObjectLiteralExpression(value)) return count === 0;
    return value.properties.some((one) => !one.name || options.includes(propertyNameText(one.name) ?? ''));
  });
}

/** Is it made of events, or of what somebody puts in as long as the page lives? */
function isEndless(stream: ts.Expression, engine: Engine, depth: number): boolean {
  const value = unwrap(stream);
  if (depth > 5) return false;
  const { origins, scopes, places } = engine.program;
  if (ts.isNewExpression(value)) return engine.types.matches(origins.nameOf(unwrap(value.expression)), endlessSources);
  if (ts.isCallExpression(value)) {
    if (engine.types.matches(origins.nameOf(unwrap(value.expression)), endlessSources)) return true;
    const callee = unwrap(value.expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    if (callee.name.text === 'asObservable') return isEndless(callee.expression, engine, depth + 1);
    if (!pipes(callee.name.text) || value.arguments.some((one) => isCallOf(one, endingOperators, engine))) return false;
    return (
      value.arguments.some((one) => isCallOf(one, endlessOperators, engine)) ||
      isEndless(callee.expression, engine, depth + 1)
    );
  }
  if (ts.isIdentifier(value)) {
    const declaration = scopes.resolve(value);
    return declaration?.initializer !== undefined && declaration.path?.length === 0
      ? isEndless(declaration.initializer, engine, depth + 1)
      : false;
  }
  const place = ts.isPropertyAccessExpression(value) ? places.of(value) : undefined;
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  const given = place.root.owner.members.get(place.path[0] ?? '')?.values ?? [];
  return given.some((one) => one.value !== undefined && isEndless(one.value, engine, depth + 1));
}
