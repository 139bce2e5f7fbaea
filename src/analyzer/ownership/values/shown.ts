/**
 * Resources that are given to what only shows them: markup, the state of a component, a longer text, whoever reads a
 * getter. Nobody there can release one, and nothing else in the file does.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isSink } from '../../flow/givenCalls';
import type { Declaration } from '../../program/scopes';
import type { ResourceKind } from '../../resources/model';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isEquality,
  isFunctionNode,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { assess, frequencyStep } from '../assess';

/** Where it ends up. `name` completes "in …". */
type Shown = { readonly by: 'markup' | 'state' | 'text' | 'getter'; readonly name: string };

const maxDepth = 6;

/** The finding for a resource that only a view, a text or the reader of a getter is given; undefined where anyone may release it. */
export function judgeShown(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!kind.sinks?.view || !result || mentionsRelease(kind, engine)) return undefined;
  const shown = whereShown(result, kind, engine, 0);
  if (!shown) return undefined;
  const participle = kind.participle ?? 'released';
  const trail = [{ role: 'acquired' as const, message: `The ${kind.noun} is acquired here`, range: rangeOf(node) }];
  if (shown.by === 'getter')
    return {
      kind: kind.id,
      mechanism: 'repeated-registration',
      severity: 'medium',
      confidence: 'medium',
      message: `Each read of \`${shown.name}\` makes another ${kind.noun}, and none is ever ${participle}.`,
      advice: `Keep the first one, and have it ${participle} when its owner ends.`,
      node,
      trail,
    };
  const keeper = keeperOf(node, kind, engine);
  const assessment = assess(engine, keeper ?? node, kind.severity, kind.heldBy, undefined);
  if (!assessment || assessment.frequency.level === 'setup') return undefined;
  // What the component keeps is made anew for each instance, not at each render.
  const frequency = keeper
    ? { ...assessment.frequency, why: 'for each instance of its component' }
    : assessment.frequency;
  return {
    kind: kind.id,
    mechanism: assessment.mechanism,
    severity: assessment.severity,
    confidence: assessment.confidence === 'low' ? 'low' : 'medium',
    message: `The ${kind.noun} in ${shown.name} is never ${participle}. It is acquired ${frequency.why}.`,
    advice: `Keep it, and have it ${participle} when another takes its place and when it is no longer shown.`,
    node,
    trail: [...trail, frequencyStep(frequency, node)],
  };
}

/** A file that so much as names a release knows of it: which one it releases is for other judges. */
function mentionsRelease(kind: ResourceKind, engine: Engine): boolean {
  const { text } = engine.program;
  return kind.release.some((form) =>
    form.form === 'call'
      ? form.callee.some(({ name }) => text.includes(name.slice(name.lastIndexOf('.') + 1)))
      : form.form === 'method' && form.method.some((name) => text.includes(`.${name}`)),
  );
}

/** Follows a value; undefined as soon as it may go anywhere else. */
function whereShown(value: ts.Expression, kind: ResourceKind, engine: Engine, depth: number): Shown | undefined {
  if (depth > maxDepth) return undefined;
  const next = (expression: ts.Expression): Shown | undefined => whereShown(expression, kind, engine, depth + 1);
  const outer = wrapped(value);
  const up = outer.parent;
  if (ts.isJsxExpression(up)) return inAttribute(up, kind);
  if (ts.isAwaitExpression(up)) return next(up);
  if (ts.isTemplateSpan(up)) return inText(up.parent, depth);
  if (ts.isConditionalExpression(up)) return up.condition === outer ? undefined : next(up);
  if (isAssignment(up) && up.right === outer) {
    const left = unwrap(up.left);
    return ts.isPropertyAccessExpression(left) && kind.sinks?.properties?.includes(left.name.text)
      ? { by: 'markup', name: `\`${left.name.text}\`` }
      : undefined;
  }
  if (ts.isBinaryExpression(up)) {
    if (up.operatorToken.kind === ts.SyntaxKind.PlusToken) return inText(up, depth);
    return isChoice(up.operatorToken.kind) ? next(up) : undefined;
  }
  if (ts.isVariableDeclaration(up)) {
    const declaration = ts.isIdentifier(up.name) ? engine.program.scopes.declarationOf(up) : undefined;
    return declaration?.scope.func ? allShown(declaration, kind, engine, depth) : undefined;
  }
  if (ts.isCallExpression(up) && up.expression !== outer) {
    if (isSink(up, kind, engine.types, engine.program.origins.nameOf(unwrap(up.expression))))
      return { by: 'markup', name: 'the page' };
    return inState(up, kind, engine, depth);
  }
  const fn = returningFunction(up, outer);
  return fn ? ofFunction(fn, up, kind, engine, depth) : undefined;
}

function isChoice(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.BarBarToken ||
    operator === ts.SyntaxKind.QuestionQuestionToken ||
    operator === ts.SyntaxKind.AmpersandAmpersandToken
  );
}

/** `<img src={…} />` */
function inAttribute(expression: ts.JsxExpression, kind: ResourceKind): Shown | undefined {
  const attribute = expression.parent;
  if (!ts.isJsxAttribute(attribute)) return undefined;
  const name = attribute.name.getText();
  return kind.sinks?.properties?.includes(name) ? { by: 'markup', name: `\`${name}\`` } : undefined;
}

/** A part of a longer text can be released no more, unless somebody takes the text apart who is given it. */
function inText(text: ts.Expression, depth: number): Shown | undefined {
  const up = wrapped(text).parent;
  if (depth > maxDepth) return undefined;
  if (ts.isTemplateSpan(up)) return inText(up.parent, depth + 1);
  if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.PlusToken) return inText(up, depth + 1);
  if (isAssignment(up) && up.right === wrapped(text)) {
    const left = unwrap(up.left);
    return ts.isPropertyAccessExpression(left) && left.expression.kind !== ts.SyntaxKind.ThisKeyword
      ? { by: 'text', name: `the text of \`${left.name.text}\`` }
      : undefined;
  }
  const isStyle =
    ts.isPropertyAssignment(up) && ts.isObjectLiteralExpression(up.parent) && ts.isJsxExpression(up.parent.parent);
  if (isStyle) return { by: 'text', name: `the text of \`${propertyNameText(up.name) ?? 'style'}\`` };
  return ts.isJsxExpression(up) && ts.isJsxAttribute(up.parent)
    ? { by: 'text', name: `the text of \`${up.parent.name.getText()}\`` }
    : undefined;
}

/** A variable whose every use only shows it, or looks whether there is one. */
function allShown(declaration: Declaration, kind: ResourceKind, engine: Engine, depth: number): Shown | undefined {
  let found: Shown | undefined;
  for (const reference of declaration.references) {
    if (reference === declaration.node || isTested(reference)) continue;
    const shown = whereShown(reference, kind, engine, depth + 1);
    if (!shown) return undefined;
    found ??= shown;
  }
  return found;
}

/** Conditions and lists of dependencies take nothing. */
function isTested(reference: ts.Expression): boolean {
  const outer = wrapped(reference);
  const up = outer.parent;
  if (ts.isPrefixUnaryExpression(up) || ts.isIfStatement(up) || ts.isTypeOfExpression(up)) return true;
  if (ts.isConditionalExpression(up)) return up.condition === outer;
  if (ts.isBinaryExpression(up)) {
    const { kind } = up.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return up.left === outer;
    return isEquality(kind);
  }
  return ts.isArrayLiteralExpression(up) && ts.isCallExpression(up.parent) && up.parent.arguments[1] === up;
}

/** `setUrl(…)`: what the state is used for tells. */
function inState(call: ts.CallExpression, kind: ResourceKind, engine: Engine, depth: number): Shown | undefined {
  const { scopes, origins } = engine.program;
  const callee = unwrap(call.expression);
  const setter = ts.isIdentifier(callee) ? scopes.resolve(callee) : undefined;
  const pattern = setter?.node.parent;
  if (!setter || !pattern || !ts.isArrayBindingPattern(pattern) || pattern.elements[1] !== setter.node)
    return undefined;
  const made = ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer : undefined;
  const making = made && unwrap(made);
  const states = kind.sinks?.view?.states ?? [];
  if (!making || !ts.isCallExpression(making)) return undefined;
  if (!engine.types.matches(origins.nameOf(unwrap(making.expression)), states)) return undefined;
  return ofState(pattern, kind, engine, depth);
}

function ofState(
  pattern: ts.ArrayBindingPattern,
  kind: ResourceKind,
  engine: Engine,
  depth: number,
): Shown | undefined {
  const [state] = pattern.elements;
  const declaration = state && !ts.isOmittedExpression(state) ? engine.program.scopes.declarationOf(state) : undefined;
  return declaration && allShown(declaration, kind, engine, depth)
    ? { by: 'state', name: `the state \`${declaration.name}\`` }
    : undefined;
}

function returningFunction(up: ts.Node, outer: ts.Expression): FunctionNode | undefined {
  if (ts.isReturnStatement(up)) return enclosingFunction(up);
  return ts.isArrowFunction(up) && up.body === outer ? up : undefined;
}

/** The result of a getter, of a value that is made for the render, or of an initial state. */
function ofFunction(
  fn: FunctionNode,
  returning: ts.Node,
  kind: ResourceKind,
  engine: Engine,
  depth: number,
): Shown | undefined {
  const getter = getterName(fn);
  if (getter !== undefined) return { by: 'getter', name: getter };
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const outer = wrapped(fn);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== outer) return undefined;
  const name = engine.program.origins.nameOf(unwrap(call.expression));
  const { view } = kind.sinks ?? {};
  if (view && engine.types.matches(name, view.memos)) return whereShown(call, kind, engine, depth + 1);
  if (view && engine.types.matches(name, view.states)) {
    const declared = wrapped(call).parent;
    return ts.isVariableDeclaration(declared) && ts.isArrayBindingPattern(declared.name)
      ? ofState(declared.name, kind, engine, depth)
      : undefined;
  }
  // `setUrl((old) => …)`
  return returning === fn || isOnlyResult(fn) ? inState(call, kind, engine, depth + 1) : undefined;
}

/** The call that keeps what the function gives for the component: `useMemo(() => …)`, `useState(() => …)`. */
function keeperOf(node: ts.Node, kind: ResourceKind, engine: Engine): ts.Node | undefined {
  const fn = enclosingFunction(node);
  const call = fn && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? wrapped(fn).parent : undefined;
  const { states = [], memos = [] } = kind.sinks?.view ?? {};
  return call &&
    ts.isCallExpression(call) &&
    engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), [...memos, ...states])
    ? call
    : undefined;
}

function isOnlyResult(fn: FunctionNode): boolean {
  let results = 0;
  if (fn.body)
    walk(fn.body, (node) => {
      if (isFunctionNode(node)) return false;
      if (ts.isReturnStatement(node)) results++;
      return undefined;
    });
  return results === 1;
}

/** `get url() { … }`, also as `{ get: function () { … } }` of a property definition. */
function getterName(fn: FunctionNode): string | undefined {
  if (ts.isGetAccessorDeclaration(fn)) return propertyNameText(fn.name);
  const property = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  if (!ts.isMethodDeclaration(property) && !ts.isPropertyAssignment(property)) return undefined;
  if (propertyNameText(property.name) !== 'get' || !ts.isObjectLiteralExpression(property.parent)) return undefined;
  const holder = property.parent.parent;
  const call = ts.isPropertyAssignment(holder) ? holder.parent.parent : holder;
  if (!ts.isCallExpression(call) || !/^(?:Object|Reflect)\.definePropert(?:y|ies)$/.test(call.expression.getText()))
    return undefined;
  const [, name] = call.arguments;
  return ts.isPropertyAssignment(holder)
    ? propertyNameText(holder.name)
    : name && ts.isStringLiteralLike(name)
      ? name.text
      : undefined;
}
