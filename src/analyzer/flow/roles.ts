/** What each use of a local variable that alone holds a resource does with it. */

import { isNamedIn } from '../acquiring/apiNames';
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { type FunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { lookingGlobals, lookingMethods } from '../words/calmCalls';
import { isTeardown } from '../words/teardowns';
import { isSink } from './givenCalls';
import { findHandleUses } from './handleUses';

/** The variable of a function that alone is given what the call makes. */
export function holderOf(result: ts.Expression, engine: Engine): Declaration | undefined {
  const outer = wrapped(result);
  const up = outer.parent;
  const { scopes } = engine.program;
  if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) {
    const declared = scopes.declarationOf(up);
    return declared?.scope.func && declared.writes.length === 0 && declared.kind !== 'using' ? declared : undefined;
  }
  return undefined;
}

/** `response.pipe(file)`: from there on it ends with its source, or is somebody else's. */
export function handsOn(use: ts.Expression, kind: ResourceKind): ts.Node | undefined {
  const outer = wrapped(use);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || (call.expression as ts.Node) === outer) return undefined;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) &&
    kind.release.some((form) => form.form === 'transfer-method' && form.method.includes(callee.name.text))
    ? call
    : undefined;
}

/** What a use of the variable does: ends it (the call), works with it, or gives it away. */
export function roleOf(
  use: ts.Expression,
  methods: ReadonlySet<string>,
  kind: ResourceKind,
  engine: Engine,
): ts.Node | 'use' | 'escape' {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
    const name = up.name.text;
    const access = wrapped(up);
    const further = access.parent;
    const part = ts.isPropertyAccessExpression(further) ? further : undefined;
    if (part && methods.has(`${name}.${part.name.text}`)) return wrapped(part).parent;
    const called = ts.isCallExpression(further) && further.expression === access ? further : undefined;
    if (methods.has(name)) return called ?? 'escape';
    return kind.parts?.includes(name) || /^(?:unref|pipe)$/.test(name) ? 'escape' : 'use';
  }
  if (ts.isCallExpression(up) && (up.expression as ts.Node) !== outer) return roleAsArgument(up, outer, kind, engine);
  if (ts.isCallExpression(up)) return kind.release.some(({ form }) => form === 'invoked') ? up : 'escape';
  const whole = partOf(outer);
  if (whole && isSink(whole, kind, engine.types, engine.program.origins.nameOf(unwrap(whole.expression)))) return 'use';
  const isAsked =
    ts.isIfStatement(up) ||
    ts.isPrefixUnaryExpression(up) ||
    ts.isTypeOfExpression(up) ||
    ts.isTemplateSpan(up) ||
    (ts.isBinaryExpression(up) && /^(?:[!=]==?|&&)$/.test(up.operatorToken.getText()));
  return isAsked ? 'use' : 'escape';
}

/** `editor.setModel({ original, modified })`: the call that is given an object with it. */
function partOf(value: ts.Node): ts.CallExpression | undefined {
  const property = value.parent;
  if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) return undefined;
  const call = wrapped(property.parent).parent;
  return ts.isCallExpression(call) ? call : undefined;
}

function roleAsArgument(
  call: ts.CallExpression,
  argument: ts.Node,
  kind: ResourceKind,
  engine: Engine,
): ts.Node | 'use' | 'escape' {
  const { program, types } = engine;
  const callee = unwrap(call.expression);
  const index = (call.arguments as readonly ts.Node[]).indexOf(argument);
  const name = program.origins.nameOf(callee);
  const reads = kind.readers !== undefined && types.matches(name ?? program.origins.promisedOf(callee), kind.readers);
  if (reads || isSink(call, kind, types, name)) return 'use';
  for (const form of kind.release)
    if (form.form === 'call' && form.argument === index && types.matches(name, form.callee)) return call;
  const local = program.callees.of(call);
  if (local.length > 0) {
    const effects = local.map((fn) => effectOn(fn, index, kind, engine));
    return effects.every((effect) => effect === 'use')
      ? 'use'
      : effects.every((effect) => effect === 'end')
        ? call
        : 'escape';
  }
  const text = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (isTeardown(text)) return call;
  const isLook = name?.module === undefined && name !== undefined && isNamedIn(lookingGlobals, name.name);
  return isLook || (ts.isPropertyAccessExpression(callee) && lookingMethods.has(text)) ? 'use' : 'escape';
}

function effectOn(fn: FunctionNode, index: number, kind: ResourceKind, engine: Engine): 'end' | 'use' | 'escape' {
  const parameter = fn.parameters[index];
  const declaration = parameter && engine.program.scopes.declarationOf(parameter);
  if (!declaration || !ts.isIdentifier(parameter.name)) return 'escape';
  const effects = [
    ...(findHandleUses({ body: fn, kind, parameter: declaration }, engine).effects.get(fn)?.values() ?? []),
  ];
  return effects.includes('released') ? 'end' : effects.length > 0 ? 'escape' : 'use';
}
