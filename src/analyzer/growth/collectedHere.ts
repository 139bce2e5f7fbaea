/**
 * `const errors = []; page.on('error', (one) => errors.push(one)); await wait(); report(errors); await browser.close();`: a list
 * of one call, which waits, reads what has come together, and ends what told it. Where it waits for the end of the program, the
 * list grows for as long as that runs.
 */
import type { Engine } from '../engine';
import { waitsForProgramEnd } from '../ownership/lifetime/endOfProgram';
import type { Declaration } from '../program/scopes';
import { nodesIn } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  ownBlockAround,
  ts,
  unwrap,
  walk,
} from '../syntax/syntax';
import { isWholeTeardown } from '../words/teardowns';
import type { Insertion } from './changes';
import type { Container } from './containers';

/** Does the function that makes the list end what fills it, on its only way, once it has waited and read the list? */
export function isCollectedHere({ node }: Insertion, container: Container, engine: Engine): boolean {
  const fn = enclosingFunction(container.node);
  const source = fn && container.shape === 'array' ? sourceOf(node, fn, engine) : undefined;
  const block = ownBlockAround(container.node);
  if (!fn || !source || !block) return false;
  const end = nodesIn(fn, calls).find(
    (call) => call.pos > source.call.end && isOfBlock(call, block) && endsWhatGave(call, source.declaration, engine),
  );
  if (!end) return false;
  const isBetween = (one: ts.Node): boolean => one.pos > source.call.end && one.end < end.pos && isOwn(one, fn);
  let waits: number | undefined;
  let leaves = false;
  let waitsForGood = false;
  walk(block, (inner) => {
    if (ts.isAwaitExpression(inner) && isBetween(inner)) {
      waits ??= inner.end;
      waitsForGood ||= waitsForProgramEnd(inner.expression, engine.program);
    }
    if ((ts.isReturnStatement(inner) || ts.isThrowStatement(inner)) && isBetween(inner)) leaves = true;
    return undefined;
  });
  const since = waits;
  return (
    since !== undefined &&
    !leaves &&
    !waitsForGood &&
    engine.uses.reads(container.place.key).some((use) => isBetween(use) && use.pos > since)
  );
}

/** The call that is given the filling function, and the variable of the function that it is a method of. */
function sourceOf(
  node: ts.Node,
  fn: FunctionNode,
  { program }: Engine,
): { readonly call: ts.CallExpression; readonly declaration: Declaration } | undefined {
  let call: ts.CallExpression | undefined;
  for (let at = node; at.parent && at !== fn; at = at.parent)
    if (isFunctionNode(at) && ts.isCallExpression(at.parent) && enclosingFunction(at) === fn) call = at.parent;
  const callee = call && unwrap(call.expression);
  const of = callee && ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const declaration = of && ts.isIdentifier(of) ? program.scopes.resolve(of) : undefined;
  return call && declaration?.scope.func === fn && declaration.kind !== 'parameter' ? { call, declaration } : undefined;
}

/** A statement of the block itself, or awaited as one. */
function isOfBlock(call: ts.CallExpression, block: ts.Block): boolean {
  const awaited = ts.isAwaitExpression(call.parent) ? call.parent : call;
  return ts.isExpressionStatement(awaited.parent) && awaited.parent.parent === block;
}

/** `browser.close()`, where the page is one of its contexts. */
function endsWhatGave(call: ts.CallExpression, source: Declaration, { program }: Engine): boolean {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !isWholeTeardown(callee.name.text)) return false;
  const of = unwrap(callee.expression);
  const ended = ts.isIdentifier(of) ? program.scopes.resolve(of) : undefined;
  const gave = (one: Declaration | undefined, depth: number): boolean => {
    if (!one || one === ended) return one !== undefined;
    let is = false;
    if (one.initializer && depth < 4 && one.scope.func === source.scope.func)
      walk(one.initializer, (inner) => {
        if (ts.isIdentifier(inner) && gave(program.scopes.resolve(inner), depth + 1)) is = true;
        return !is && !isFunctionNode(inner);
      });
    return is;
  };
  return ended !== undefined && isLocal(ended, source) && gave(source, 0);
}

function isOwn(node: ts.Node, fn: FunctionNode): boolean {
  return isWithin(node, fn) && enclosingFunction(node) === fn;
}

function isLocal({ kind, scope }: Declaration, other: Declaration): boolean {
  return scope.func === other.scope.func && kind !== 'parameter';
}
