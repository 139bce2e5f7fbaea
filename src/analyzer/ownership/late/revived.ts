/**
 * A retry that nothing can call off: `socket.onclose = () => setTimeout(() => this.connect(), 2000)`, where `close()` ends the
 * socket. Its handle is dropped, no flag that the end sets is asked for on its way, and it opens again what has just been ended.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { constantOf } from '../../program/constants';
import { type Place, textOf } from '../../program/places';
import { nodesIn, visitNodes } from '../../syntax/nodeIndex';
import { binaries, calls, names } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  isWithinAny,
  joinsConditions,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { endEvents } from '../../words/events';
import { hearsOfEnd, listenMethods, setsOrTakesHandler } from '../../words/listeners';
import { endWords, givesUp, unwantedWords } from '../../words/states';
import { isWholeTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { fatesOf } from '../values/fate';
import { beginningsOf, creationOf, endedBy } from './late';

/** What ends a whole: a method of a class, or a function that a factory hands out. */
interface End {
  readonly name: string;
  readonly node: FunctionNode;
  readonly reached: ReadonlySet<FunctionNode>;
}

/** The finding for a timer that opens again what the end of its owner has ended; undefined when something calls it off, or unsure. */
export function judgeRevival(acquisition: Acquisition, callback: FunctionNode, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  const field = kind.oneShot?.field;
  if (!field || !result || !ts.isCallExpression(node)) return undefined;
  if (!fatesOf(result, engine.program).every((fate) => fate.kind === 'dropped')) return undefined;
  const run = calledFrom(callback, engine);
  const ends = endsAround(node, engine).filter(
    ({ node: end, reached }) => !run.has(end) && !isWithinAny(node, reached),
  );
  if (ends.length === 0) return undefined;
  for (const end of ends) {
    for (const { place, site } of endedIn(end, engine)) {
      const opening = openingOf(place, run, end, engine);
      if (!opening || asksForEnd(node, run, opening.fn, place, ends, engine)) continue;
      const isByEnd = isArmedByEnd(node, place, engine) && !takesHandlersOff(end, place, engine);
      return {
        kind: field,
        mechanism: 'no-release-on-dispose',
        severity: isByEnd ? 'medium' : 'low',
        confidence: 'medium',
        message: `This ${kind.noun} opens \`${textOf(place)}\` again (line ${lineOf(opening.node)}) after \`${end.name}\` (line ${lineOf(end.node)}) has ended it: its handle is dropped, and nothing on its way asks whether \`${end.name}\` has run.`,
        advice: `Keep its handle and clear it in \`${end.name}\`, or set a flag there and test it before opening.`,
        node,
        trail: [
          { role: 'acquired', message: `The ${kind.noun} is armed here, and its handle dropped`, range: rangeOf(node) },
          { role: 'held', message: 'Opens it again', range: rangeOf(opening.node) },
          { role: 'release', message: `Ended by \`${end.name}\``, range: rangeOf(site) },
          frequencyStep(engine.frequency.of(node), node),
        ],
      };
    }
  }
  return undefined;
}

/** A function with those that it, or a function in it, calls: not those that it gives to others. */
function calledFrom(start: FunctionNode, engine: Engine): ReadonlySet<FunctionNode> {
  const found = new Set<FunctionNode>([start]);
  for (const fn of found)
    visitNodes(fn, calls, (call) => {
      for (const called of engine.program.callees.of(call)) found.add(called);
      return undefined;
    });
  return found;
}

/** The ends of the instance, or of what a factory hands out, that a node belongs to. */
function endsAround(node: ts.Node, engine: Engine): readonly End[] {
  const { program } = engine;
  const owner = program.members.ownerAt(node);
  if (owner && (owner.kind !== 'object' || owner.isClassBody)) {
    if (engine.frequency.instancesOf(owner) === 'single') return [];
    return [...owner.members.values()].flatMap((member) =>
      isWholeTeardown(member.name)
        ? member.functions.map((fn) => ({
            name: member.name,
            node: fn,
            reached: new Set(program.callees.reachedFrom(fn)),
          }))
        : [],
    );
  }
  return beginningsOf(engine, true)
    .filter(({ fn }) => isWithin(node, fn) && engine.frequency.ofFunction(fn).level !== 'once')
    .flatMap(({ ends }) =>
      ends.map((fn) => ({
        name: nameOf(fn),
        node: fn,
        reached: new Set(program.callees.reachedFrom(fn)),
      })),
    );
}

function nameOf(fn: FunctionNode): string {
  const up = fn.parent;
  const name = fn.name ?? (ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up) ? up.name : undefined);
  return name?.getText() ?? 'the clean-up';
}

/** Fields and variables that it ends. */
function endedIn({ reached }: End, engine: Engine): readonly { readonly place: Place; readonly site: ts.Node }[] {
  const found = new Map<string, { readonly place: Place; readonly site: ts.Node }>();
  for (const fn of reached)
    visitNodes(fn, calls, (inner) => {
      const ended = endedBy(inner, engine);
      const place = ended && engine.program.places.of(unwrap(ended));
      if (!place || found.has(place.key)) return undefined;
      const isField = place.root.kind === 'owner' && place.path.length === 1;
      const isVariable =
        place.root.kind === 'declaration' &&
        place.path.length === 0 &&
        place.root.declaration.scope.func !== undefined &&
        !isWithin(place.root.declaration.node, fn);
      if (isField || isVariable) found.set(place.key, { place, site: inner });
      return undefined;
    });
  return [...found.values()];
}

/** Where what the timer runs puts a new one into the place. */
function openingOf(
  place: Place,
  running: ReadonlySet<FunctionNode>,
  { reached }: End,
  engine: Engine,
): { readonly node: ts.Node; readonly fn: FunctionNode } | undefined {
  for (const write of engine.uses.writes(place.key)) {
    const fn = enclosingFunction(write);
    const made = creationOf(write.right);
    if (fn && isWithinAny(fn, running) && !reached.has(fn) && made && !isTimer(made)) return { node: write, fn };
  }
  return undefined;
}

/** One timer more is a question of its own. */
function isTimer(made: ts.Expression): boolean {
  return (
    ts.isCallExpression(made) &&
    /^(?:window\.|globalThis\.)?(?:set(?:Timeout|Interval|Immediate)|request\w+)$/.test(made.expression.getText())
  );
}

/** Does anything between the end and the opening ask for what an end sets, or by its name for an end? */
function asksForEnd(
  node: ts.Node,
  run: ReadonlySet<FunctionNode>,
  opening: FunctionNode,
  place: Place,
  ends: readonly End[],
  engine: Engine,
): boolean {
  const set = new Set<string>();
  for (const { reached } of ends)
    for (const fn of reached)
      visitNodes(fn, binaries, (inner) => {
        if (isAssignment(inner)) set.add(engine.program.places.of(unwrap(inner.left))?.key ?? '');
        return undefined;
      });
  let asks = false;
  const look = (condition: ts.Node, isOpening: boolean): void =>
    walk(condition, (inner) => {
      if (ts.isIdentifier(inner) && (endWords.test(inner.text) || unwantedWords.test(inner.text))) asks = true;
      const key = ts.isExpression(inner) ? engine.program.places.of(inner)?.key : undefined;
      // `if (this.socket) return;` of what opens it: nothing is there after the end.
      if (key !== undefined && set.has(key) && !(key === place.key && isOpening)) asks = true;
      return !asks;
    });
  for (const fn of new Set([...stepsAround(node), ...run]))
    walk(fn, (inner) => {
      // `if (event.wasClean) return;`: what it is told may say whose end it was.
      if ((ts.isIfStatement(inner) || ts.isConditionalExpression(inner)) && isOfParameter(inner, fn, engine))
        asks = true;
      if (ts.isSwitchStatement(inner)) look(inner.expression, fn === opening);
      if (ts.isIfStatement(inner) || ts.isWhileStatement(inner)) look(inner.expression, fn === opening);
      else if (ts.isConditionalExpression(inner)) look(inner.condition, fn === opening);
      else if (ts.isBinaryExpression(inner) && joinsConditions(inner.operatorToken.kind))
        look(inner.left, fn === opening);
      else if (ts.isIdentifier(inner) && givesUp(inner.text)) asks = true;
      return !asks;
    });
  return asks;
}

function isOfParameter(
  asking: ts.IfStatement | ts.ConditionalExpression,
  fn: FunctionNode,
  { program }: Engine,
): boolean {
  const condition = ts.isIfStatement(asking) ? asking.expression : asking.condition;
  return nodesIn(condition, names).some((name) => {
    const declaration = program.scopes.resolve(name);
    return declaration?.kind === 'parameter' && declaration.scope.func === fn;
  });
}

/** The function that arms it, with those of which it is a step: `load().catch(() => setTimeout(…))`. */
function stepsAround(node: ts.Node): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    found.push(fn);
    const call = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
    if (!call || !ts.isCallExpression(call) || listenMethods.has(calledName(call))) return found;
  }
  return found;
}

/** In the handler of the end of what is ended: `this.socket.onclose = () => setTimeout(…)`. */
function isArmedByEnd(node: ts.Node, place: Place, engine: Engine): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    for (const value of engine.program.callees.usesOf(fn).values) {
      const up = value.parent;
      if (isAssignment(up) && ts.isPropertyAccessExpression(up.left)) {
        const of = engine.program.places.of(up.left.expression)?.key;
        if (hearsOfEnd(up.left.name.text) && of === place.key) return true;
      }
      if (!ts.isCallExpression(up)) continue;
      const callee = unwrap(up.expression);
      const event = constantOf(up.arguments[0], engine.program.scopes);
      if (
        ts.isPropertyAccessExpression(callee) &&
        listenMethods.has(callee.name.text) &&
        typeof event === 'string' &&
        event !== 'error' &&
        endEvents.has(event) &&
        engine.program.places.of(callee.expression)?.key === place.key
      )
        return true;
    }
  }
  return false;
}

/** `this.socket.onclose = null`, `this.socket.removeAllListeners()`: only what is armed already comes. */
function takesHandlersOff({ reached }: End, { key }: Place, engine: Engine): boolean {
  let does = false;
  for (const fn of reached)
    walk(fn, (inner) => {
      if (ts.isPropertyAccessExpression(inner) && engine.program.places.of(inner.expression)?.key === key)
        does ||= setsOrTakesHandler(inner.name.text);
      return !does;
    });
  return does;
}
