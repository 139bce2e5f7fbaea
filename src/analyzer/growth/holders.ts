/** How long does a collection live, compared with what fills it? */
import type { Engine } from '../engine';
import { decoratorsOf } from '../ownership/assess';
import { declaredName } from '../program/memberNames';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithinAny,
  propertyNameText,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { mayMakeEach } from '../words/owners';
import { diesWithItsMaker } from './briefOwners';
import type { Container } from './containers';
import { isServiceName } from './words';

export interface Life {
  readonly level: /** As long as the process: module, static, the single instance of a class. */
    | 'process'
    /** As long as an instance that by its name lives as long as the program. */
    | 'service'
    /** As long as some instance, or some call's result. */
    | 'instance';
  /** Of a call whose handlers use it: how long they are needed, nothing says. */
  readonly isOfHandlers?: boolean;
  /** "lives as long as the process": completes a sentence. */
  readonly why: string;
}

const process: Life = { level: 'process', why: 'lives as long as the process' };

/** Life of a collection; undefined when it dies with a call or with one of many instances. */
export function lifeOf(container: Container, insertions: readonly ts.Node[], engine: Engine): Life | undefined {
  switch (container.holder) {
    case 'module':
    case 'global':
      return process;
    case 'closure': {
      const fn = enclosingFunction(container.node);
      if (!fn) return process;
      if (engine.frequency.ofFunction(fn).level === 'once') return process;
      const name = functionName(fn);
      if (/^use[A-Z]/.test(name)) return undefined;
      if (insertions.some((insertion) => runsLater(insertion, fn, engine)))
        return { level: 'instance', why: `lives as long as what \`${name || 'the function'}\` returns` };
      return insertions.some((insertion) => runsOnEvents(insertion, fn, engine))
        ? {
            level: 'instance',
            isOfHandlers: true,
            why: `lives as long as the handlers that \`${name || 'the function'}\` sets up`,
          }
        : undefined;
    }
    case 'instance': {
      if (!container.owner) return undefined;
      const instances = engine.frequency.instancesOf(container.owner);
      if (instances === 'many') return undefined;
      const { name } = container.owner;
      // A container makes one for each who asks for it, unless it is told otherwise elsewhere.
      const isOfEach = decoratorsOf(container.owner).some(mayMakeEach) && !isServiceName(name);
      if (instances === 'single' && !isOfEach)
        return { level: 'process', why: `belongs to \`${name}\`, of which there is one for the process` };
      if (diesWithItsMaker(container.owner, engine)) return undefined;
      return { level: isServiceName(name) ? 'service' : 'instance', why: `lives as long as its \`${name}\`` };
    }
  }
}

/** Name that a function is declared, assigned or kept under; empty without one. */
export function functionName(fn: FunctionNode): string {
  if (fn.name) return declaredName(fn.name);
  const up = wrapped(fn as ts.Expression).parent;
  return ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up) || ts.isPropertyDeclaration(up)
    ? (propertyNameText(up.name) ?? '')
    : '';
}

/** Functions that outlive the call that makes them: returned, members of a returned object, or of the object that is made. */
function handedOut(fn: FunctionNode, engine: Engine): readonly FunctionNode[] {
  const { body } = fn;
  if (!body) return [];
  if (!ts.isBlock(body)) return functionsIn(body, engine);
  const found: FunctionNode[] = [];
  walk(body, (node) => {
    if (isFunctionNode(node)) return false;
    if (ts.isReturnStatement(node) && node.expression) found.push(...functionsIn(node.expression, engine));
    // `function Clock() { this.later = function () { … }; }`
    if (isAssignment(node) && isOfMade(node.left, engine)) found.push(...functionsIn(node.right, engine));
    return undefined;
  });
  return found;
}

/** `this.later`, and `self.later` where `self` is `this`. */
function isOfMade(target: ts.Expression, { program }: Engine): boolean {
  const access = unwrap(target);
  if (!ts.isPropertyAccessExpression(access)) return false;
  const of = unwrap(access.expression);
  const declaration = ts.isIdentifier(of) ? program.scopes.resolve(of) : undefined;
  const given = declaration?.kind === 'parameter' ? undefined : declaration?.initializer;
  return (given ? unwrap(given) : of).kind === ts.SyntaxKind.ThisKeyword;
}

function functionsIn(value: ts.Expression, engine: Engine, depth = 0): readonly FunctionNode[] {
  if (depth > 4) return [];
  const inner = unwrap(value);
  const { callees, scopes } = engine.program;
  if (ts.isObjectLiteralExpression(inner))
    return inner.properties.flatMap((property) => {
      if (isFunctionNode(property)) return [property];
      if (ts.isPropertyAssignment(property)) return functionsIn(property.initializer, engine, depth + 1);
      return ts.isShorthandPropertyAssignment(property) ? functionsIn(property.name, engine, depth + 1) : [];
    });
  const direct = callees.functionsOf(inner);
  if (direct.length > 0) return direct;
  if (ts.isIdentifier(inner)) {
    // const api = { … }; return api
    const initializer = scopes.resolve(inner)?.initializer;
    const given = initializer && unwrap(initializer);
    return given && (ts.isObjectLiteralExpression(given) || ts.isCallExpression(given) || ts.isNewExpression(given))
      ? functionsIn(given, engine, depth + 1)
      : [];
  }
  // Object.assign(fn, { … }), new Proxy(fn, …), debounce(fn)
  if (ts.isCallExpression(inner) || ts.isNewExpression(inner))
    return (inner.arguments ?? []).flatMap((argument) =>
      ts.isObjectLiteralExpression(unwrap(argument))
        ? functionsIn(argument, engine, depth + 1)
        : callees.functionsOf(argument),
    );
  return [];
}

/** Does a node run in a handler of events that `fn` sets up? */
function runsOnEvents(node: ts.Node, fn: FunctionNode, engine: Engine): boolean {
  for (let at = enclosingFunction(node); at && at !== fn; at = enclosingFunction(at)) {
    const { level, isLooped = false } = engine.frequency.ofFunction(at);
    if (level === 'hot' && engine.frequency.ofFunction(fn).level !== 'hot' && !isLooped) return true;
  }
  return false;
}

/** Does a node run in a function that outlives the call of `fn`, or in one that such a function calls? */
function runsLater(node: ts.Node, fn: FunctionNode, engine: Engine): boolean {
  const later = handedOut(fn, engine);
  return later.some((one) => isWithinAny(node, engine.program.callees.reachedFrom(one)));
}
