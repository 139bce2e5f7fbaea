/**
 * `function connect() { bus.on('send', (text) => link.write(text)); link.onclose = () => setTimeout(connect, 1000); }`: a function
 * that begins again by itself (a retry, a new connection, another render) and each time adds a handler of that time to what
 * was there before.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { functions } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  leaves,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { unlistenMethods } from '../../words/listeners';
import { frequencyStep } from '../assess';
import { runsIn } from '../lost/sequence';
import { asksFirst } from './askedItems';
import { isEmpty, isEventName } from './bindings';
import { releasesItself } from './endingOptions';
import { fluentRoot, isDropped } from './fluent';
import { writtenHere } from './itemHandlers';
import { byEvent, judgeNamedCalls, type NamedDraft } from './namedCalls';
import { mayBeRemoved } from './removingCalls';

/** Findings for handlers that each new beginning adds once more. */
export function findBegunAgain(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  return judgeNamedCalls(engine, kinds, acquisitions, known, byEvent, judge);
}

function judge(node: ts.CallExpression, engine: Engine): NamedDraft | undefined {
  const callee = unwrap(node.expression);
  const [event, handler, options, ...more] = node.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !event || !handler || more.length > 0 || !isDropped(node))
    return undefined;
  if (options && options.kind !== ts.SyntaxKind.ThisKeyword && releasesItself(options, engine)) return undefined;
  if (!isEventName(event, engine) || !writtenHere(handler) || isEmpty(handler, engine)) return undefined;
  const receiver = fluentRoot(callee.expression);
  const place = engine.program.places.of(receiver);
  if (!place) return undefined;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    // `const panel = once(() => …)`: how often it runs is not its own matter.
    if (ts.isConstructorDeclaration(fn) || isWrapped(fn) || !wasThereBefore(place, fn, engine)) return undefined;
    const again = beginsAgain(fn, node, engine);
    if (!again) continue;
    if (asksFirst(node, fn, engine) || mayBeRemoved(receiver, event, node, engine)) return undefined;
    const text = receiver.getText();
    return {
      mechanism: 'repeated-registration',
      severity: 'medium',
      confidence: 'medium',
      message: `The listener for ${event.getText()} on \`${text}\` is added once more each time that line ${lineOf(again)} begins again: \`${text}\` was there before, and keeps those of the times before.`,
      advice: `Add it once, outside of what begins again, or remove the former one first.`,
      node,
      trail: [
        { role: 'acquired', message: 'Listener added here', range: rangeOf(node) },
        { role: 'held', message: `\`${text}\` stays the same`, range: rangeOf(receiver) },
        { role: 'exit', message: 'Begins again here', range: rangeOf(again) },
        frequencyStep(engine.frequency.of(node), node),
      ],
    };
  }
  return undefined;
}

function isWrapped(fn: FunctionNode): boolean {
  const call = wrapped(fn as ts.Expression).parent;
  if (!ts.isCallExpression(call) || call.expression === wrapped(fn as ts.Expression)) return false;
  const taker = wrapped(call).parent;
  return !ts.isExpressionStatement(taker) && !ts.isAwaitExpression(taker);
}

/** The same object each time that the function runs: made outside of it, and never made anew. */
export function wasThereBefore({ root, path }: Place, fn: FunctionNode, { program, uses }: Engine): boolean {
  if (root.kind === 'import' || root.kind === 'global') return true;
  if (root.kind === 'owner') {
    const [field] = path;
    if (field === undefined) return root.owner.construct !== fn;
    if (path.length > 1) return false;
    const values = root.owner.members.get(field)?.values ?? [];
    return (
      values.length > 0 &&
      values.every(({ node }) => {
        const maker = enclosingFunction(node);
        return maker === undefined || maker === root.owner.construct || ts.isConstructorDeclaration(maker);
      })
    );
  }
  if (root.kind !== 'declaration' || path.length > 0) return false;
  const { declaration } = root;
  if (isWithin(declaration.node, fn) || declaration.kind === 'catch') return false;
  const writes = uses.writes(program.places.ofDeclaration(declaration).key);
  return declaration.writes.length === 0 && writes.length === 0;
}

/** Where a callback within the function runs the function again. */
function beginsAgain(fn: FunctionNode, node: ts.Node, { program }: Engine): ts.Node | undefined {
  const { calls, values } = program.callees.usesOf(fn);
  const isLater = (use: ts.Node): boolean =>
    isWithin(use, fn) && runsIn(use) !== fn && !isWithin(use, node) && !isInstead(use, node);
  const again = calls.find(isLater);
  if (again) return again;
  // `setTimeout(connect, 1000)`, `link.on('close', connect)`
  const given = values.find(
    (value) => value !== fn && isWithin(value, fn) && isGivenAway(value) && !isInstead(value, node),
  );
  if (given) return given;
  // By another method: `link.onclose = () => this.reconnect()`; of its own uses it is known.
  const isKnown = (inner: FunctionNode): boolean =>
    [...calls, ...values].some((use) => use !== fn && isWithin(use, inner));
  for (const inner of nodesIn(fn, functions)) {
    if (
      inner === fn ||
      isKnown(inner) ||
      runsIn(inner) === undefined ||
      isWithin(inner, node) ||
      isInstead(inner, node)
    )
      continue;
    if (enclosingFunction(inner) && runsIn(inner.body ?? inner) !== fn && reaches(inner, fn, program)) return inner;
  }
  return undefined;
}

/** `if (!document.body) { setTimeout(init, 50); return; }`, or the other branch: this run does not come to the node. */
function isInstead(again: ts.Node, node: ts.Node): boolean {
  for (let at = again; at.parent; at = at.parent) {
    const up = at.parent;
    if (isWithin(node, up)) return ts.isIfStatement(up) || ts.isConditionalExpression(up) || ts.isTryStatement(up);
    if (ts.isReturnStatement(at) && at.pos < node.pos) return true;
    const isBranch =
      (ts.isIfStatement(up) && up.expression !== at) ||
      ts.isCatchClause(up) ||
      (ts.isTryStatement(up) && ts.isBlock(at));
    if (isBranch && (ts.isBlock(at) || ts.isStatement(at)) && leaves(at)) return true;
  }
  return false;
}

function reaches(inner: FunctionNode, fn: FunctionNode, program: Engine['program']): boolean {
  return program.callees.reachedFrom(inner).has(fn);
}

/** Given to a call that may run it, which is not one that takes a handler off. */
function isGivenAway(value: ts.Node): boolean {
  const call = wrapped(value as ts.Expression).parent;
  return ts.isCallExpression(call) && call.expression !== value && !unlistenMethods.has(calledName(call));
}
