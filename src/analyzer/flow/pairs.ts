/**
 * Two streams that are piped into each other: `inner.pipe(outer).pipe(inner)`. Each ends with the other's end; when the
 * other fails or is destroyed, it stays open. Judged for the one that is opened here, where the other is the caller's.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import { kindsWith } from '../resources/kindsWith';
import type { ResourceKind } from '../resources/model';
import { visitNodes } from '../syntax/nodeIndex';
import { calls, names } from '../syntax/selections';
import { enclosingFunction, type FunctionNode, isWithin, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { listenMethods } from '../words/listeners';
import { pipes } from '../words/streams';
import { isTeardown } from '../words/teardowns';

interface Pipe {
  readonly from: Declaration;
  readonly to: Declaration;
  readonly call: ts.CallExpression;
}

const maxDepth = 3;

const pairKinds = kindsWith(({ pairs }) => pairs);

/** Findings for pairs of which one stays open when the other is gone. */
export function findOpenPairs(engine: Engine, kinds: readonly ResourceKind[]): readonly Draft[] {
  const [kind] = pairKinds(kinds);
  if (!kind || !engine.look.hasWord(kind)) return [];
  const pipes = pipesOf(engine);
  return pipes.flatMap((pipe) => {
    const back = pipes.find(({ from, to }) => from === pipe.to && to === pipe.from);
    // Of the two calls, the later one completes the pair.
    if (!back || back.call.end > pipe.call.end || (back.call.end === pipe.call.end && back.call.pos < pipe.call.pos))
      return [];
    const draft = judgePair(pipe, kind, engine) ?? judgePair({ ...pipe, from: pipe.to, to: pipe.from }, kind, engine);
    return draft ? [draft] : [];
  });
}

/** Pipes between variables; in a chain, what a pipe gives is its target. */
function pipesOf({ program }: Engine): readonly Pipe[] {
  const found: Pipe[] = [];
  const variable = (expression: ts.Expression | undefined): Declaration | undefined => {
    const value = expression && unwrap(expression);
    return value && ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  };
  visitNodes(program.sourceFile, calls, (node) => {
    const callee = unwrap(node.expression);
    if (!ts.isPropertyAccessExpression(callee) || !pipes(callee.name.text)) return undefined;
    const receiver = unwrap(callee.expression);
    const isChain =
      ts.isCallExpression(receiver) &&
      ts.isPropertyAccessExpression(receiver.expression) &&
      pipes(receiver.expression.name.text);
    const from = variable(isChain ? receiver.arguments[0] : receiver);
    const to = variable(node.arguments[0]);
    if (from?.scope.func && to?.scope.func && from !== to) found.push({ from, to, call: node });
    return undefined;
  });
  return found;
}

/** Does `to` stay open when `from` is gone? */
function judgePair({ from, to, call }: Pipe, kind: ResourceKind, engine: Engine): Draft | undefined {
  const { func } = to.scope;
  if (!func || from.kind !== 'parameter' || !isOpenedIn(to, from)) return undefined;
  const frequency = engine.frequency.of(call);
  if (frequency.level === 'once' || frequency.level === 'setup') return undefined;
  // Where nobody handles an error, the first one ends the process.
  if (!handlesErrors(from, engine) && !handlesErrors(to, engine)) return undefined;
  const methods = new Set(kind.release.flatMap((form) => (form.form === 'method' ? form.method : [])));
  const home = enclosingFunction(call);
  const references = to.references.filter((reference) => reference !== to.node);
  if (!references.every((reference) => isLeftOpen(reference, to, from, methods, home, engine))) return undefined;
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${to.name}\` stays open when \`${from.name}\` fails or is destroyed: \`pipe\` ends it only at the end of \`${from.name}\`.`,
    advice: `Destroy \`${to.name}\` when \`${from.name}\` fails or closes, or use \`pipeline\` both ways.`,
    node: call,
    trail: [
      { role: 'acquired', message: 'They are piped into each other here', range: rangeOf(call) },
      { role: 'exit', message: `\`${from.name}\` may be gone first`, range: rangeOf(from.node) },
      frequencyStep(frequency, call),
    ],
  };
}

/** One that a handler is given, or a call makes, inside the function that was given the other. */
function isOpenedIn(own: Declaration, given: Declaration): boolean {
  const { func } = own.scope;
  const outer = given.scope.func;
  if (!func || !outer) return false;
  if (own.kind !== 'parameter') {
    const made = own.initializer && unwrap(own.initializer);
    return made !== undefined && (ts.isCallExpression(made) || ts.isNewExpression(made)) && isWithin(func, outer);
  }
  return func !== outer && isWithin(func, outer) && isHandler(func);
}

/** `request.on('upgrade', (response, socket) => …)` */
function isHandler(fn: FunctionNode): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && listenMethods.has(callee.name.text);
}

/** A use after which the stream may still be open when the other is gone, and nobody else has it. */
function isLeftOpen(
  reference: ts.Expression,
  own: Declaration,
  other: Declaration,
  methods: ReadonlySet<string>,
  home: FunctionNode | undefined,
  engine: Engine,
  depth = 0,
): boolean {
  const outer = wrapped(reference);
  const up = outer.parent;
  if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
    if (!methods.has(up.name.text) && !isTeardown(up.name.text)) return true;
    // Its own failure says nothing of the other's, nor does what is done in passing before they are joined.
    return isOwnHandler(reference, own, engine);
  }
  if (!ts.isCallExpression(up) || up.expression === outer)
    return ts.isIfStatement(up) || ts.isPrefixUnaryExpression(up);
  const callee = unwrap(up.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (pipes(name)) return true;
  const local = engine.program.callees.of(up);
  if (local.length > 0)
    return local.every((fn) => {
      const given = fn.parameters[(up.arguments as readonly ts.Node[]).indexOf(outer)];
      const parameter = given && ts.isIdentifier(given.name) ? engine.program.scopes.declarationOf(given) : undefined;
      return (
        parameter !== undefined &&
        depth < maxDepth &&
        up.arguments.length === 1 &&
        parameter.references.every(
          (use) => use === parameter.node || isLeftOpen(use, parameter, other, methods, fn, engine, depth + 1),
        )
      );
    });
  // A helper that is given this one alone, in passing, sets it up.
  const alone = up.arguments.length === 1 && ts.isExpressionStatement(wrapped(up).parent);
  return (
    alone &&
    enclosingFunction(up) === home &&
    /^(?:set|setup|configure|prepare|tune|init)(?:[A-Z_]|$)/.test(name) &&
    !up.arguments.some((argument) => mentions(argument, other, engine))
  );
}

function handlesErrors(stream: Declaration, { program }: Engine): boolean {
  return stream.references.some((reference) => {
    const access = wrapped(reference).parent;
    return (
      ts.isPropertyAccessExpression(access) &&
      ts.isCallExpression(access.parent) &&
      listenMethods.has(access.name.text) &&
      constantOf(access.parent.arguments[0], program.scopes) === 'error'
    );
  });
}

function isOwnHandler(reference: ts.Node, own: Declaration, engine: Engine): boolean {
  for (let fn = enclosingFunction(reference); fn; fn = enclosingFunction(fn)) {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
    const call = wrapped(fn).parent;
    if (!ts.isCallExpression(call)) continue;
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee) && listenMethods.has(callee.name.text))
      return mentions(callee.expression, own, engine);
  }
  return false;
}

function mentions(node: ts.Node, declaration: Declaration, engine: Engine): boolean {
  let found = false;
  visitNodes(node, names, (inner) => {
    if (ts.isIdentifier(inner) && engine.program.scopes.resolve(inner) === declaration) found = true;
    return !found;
  });
  return found;
}
