/**
 * `const lines = createInterface({ input: createReadStream(path) }); for await (const line of lines) { …; break; }`: what reads
 * by pieces stops, and leaves its input paused and open.
 */
import { type Acquisition, activatorsOf } from '../acquisitions';
import { constantOf } from '../constants';
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { fileRoleOf } from '../fileRole';
import { frequencyStep } from '../ownership/assess';
import { listenMethods } from '../ownership/words/listeners';
import type { ResourceKind } from '../resources/model';
import type { Declaration } from '../scopes';
import {
  calledName,
  enclosingFunction,
  isFunctionNode,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import { releaseMethodsOf } from './endingMethods';
import { holderOf, roleOf } from './roles';

type ReadBy = NonNullable<ResourceKind['readBy']>;

interface ReadKind {
  readonly kind: ResourceKind;
  readonly readBy: ReadBy;
}

/** Findings for inputs that are read by something else, which stops before their end. */
export function findLeftInputs(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const draft = told.has(acquisition.node) ? undefined : judge(acquisition, engine);
    return draft ? [draft] : [];
  });
}

function judge(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result, form } = acquisition;
  if (!kind.readBy || !result || activatorsOf(form)) return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once') return undefined;
  const reader = readerOf(result, acquisition, engine);
  const stop = reader && stopOf(reader, { kind, readBy: kind.readBy }, engine);
  if (!stop) return undefined;
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    severity: frequency.level === 'hot' ? 'medium' : 'low',
    confidence: 'medium',
    message: `The ${kind.noun} stays open when reading stops on line ${lineOf(stop)}: that ends what reads from it, which only pauses it.`,
    advice: `Have it ${kind.participle ?? 'released'} as well, best in \`finally\`.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is opened here`, range: rangeOf(node) },
      { role: 'held', message: 'Read from here', range: rangeOf(reader) },
      { role: 'exit', message: 'Not read any further', range: rangeOf(stop) },
      frequencyStep(frequency, node),
    ],
  };
}

/** The call that is given it to read from, if nobody else has it or ends it. */
function readerOf(result: ts.Expression, { kind }: Acquisition, engine: Engine): ts.CallExpression | undefined {
  const direct = readerAround(result, kind.readBy, engine);
  if (direct) return direct;
  const holder = holderOf(result, engine);
  if (!holder) return undefined;
  let reader: ts.CallExpression | undefined;
  for (const use of holder.references) {
    const around = readerAround(use, kind.readBy, engine);
    if (around && reader) return undefined;
    if (around) reader = around;
    else if (!isListenedTo(use, releaseMethodsOf(kind))) return undefined;
  }
  return reader;
}

/** `createInterface({ input })` */
function readerAround(
  value: ts.Expression,
  readBy: ReadBy | undefined,
  { program, types }: Engine,
): ts.CallExpression | undefined {
  const property = wrapped(value).parent;
  if (!readBy || !(ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property))) return undefined;
  if (propertyNameText(property.name) !== readBy.option) return undefined;
  const call = wrapped(property.parent).parent;
  return ts.isCallExpression(call) && types.matches(program.origins.nameOf(unwrap(call.expression)), readBy.callee)
    ? call
    : undefined;
}

/** `input.on('error', fail)`: told of it, and given to nobody. */
function isListenedTo(use: ts.Expression, ending: ReadonlySet<string>): boolean {
  const access = wrapped(use).parent;
  if (!ts.isPropertyAccessExpression(access) || ending.has(access.name.text)) return false;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return true;
  const handler = call.arguments.at(-1);
  return (
    listenMethods.has(access.name.text) &&
    ts.isExpressionStatement(wrapped(call).parent) &&
    handler !== undefined &&
    !namesIn(handler, use)
  );
}

function namesIn(handler: ts.Node, use: ts.Expression): boolean {
  let found = false;
  walk(handler, (inner) => {
    if (ts.isIdentifier(inner) && inner.text === use.getText()) found = true;
    return !found;
  });
  return found;
}

/** Where reading stops early. */
function stopOf(reader: ts.CallExpression, read: ReadKind, engine: Engine): ts.Node | undefined {
  const own = loopOver(reader);
  if (own) return leavingOf(own);
  const lines = holderOf(reader, engine);
  if (!lines) return undefined;
  let stop: ts.Node | undefined;
  for (const use of lines.references) {
    // `lines.input.destroy()`
    const access = wrapped(use).parent;
    if (ts.isPropertyAccessExpression(access) && access.name.text === read.readBy.option) return undefined;
    const loop = loopOver(use);
    const found = loop ? leavingOf(loop) : closedByHandler(use, lines, read, engine);
    if (found === 'given') return undefined;
    stop ??= found;
  }
  return stop;
}

function loopOver(value: ts.Expression): ts.ForOfStatement | undefined {
  const up = wrapped(value).parent;
  return ts.isForOfStatement(up) && up.expression === wrapped(value) ? up : undefined;
}

/** `break`, `return` out of the loop, wherever it stands in it. */
function leavingOf(loop: ts.ForOfStatement): ts.Node | undefined {
  let found: ts.Node | undefined;
  const look = (node: ts.Node, isInner: boolean): void => {
    if (isFunctionNode(node) || found) return;
    if (ts.isReturnStatement(node) || (ts.isBreakStatement(node) && !isInner && !node.label)) found = node;
    const isLoop = ts.isIterationStatement(node, false) || ts.isSwitchStatement(node);
    ts.forEachChild(node, (child) => look(child, isInner || isLoop));
  };
  look(loop.statement, false);
  return found;
}

/** `lines.on('line', () => { …; lines.close(); })`: the closing call; or it is given to somebody else. */
function closedByHandler(
  use: ts.Expression,
  lines: Declaration,
  { readBy, kind }: ReadKind,
  engine: Engine,
): ts.Node | 'given' | undefined {
  const end = roleOf(use, new Set([readBy.end]), kind, engine);
  if (end === 'escape') return 'given';
  if (end === 'use') return undefined;
  const fn = enclosingFunction(end);
  const added = fn && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? wrapped(fn).parent : undefined;
  if (!added || !ts.isCallExpression(added) || !listenMethods.has(calledName(added))) return undefined;
  const receiver = unwrap(added.expression);
  const target = ts.isPropertyAccessExpression(receiver) ? unwrap(receiver.expression) : undefined;
  const isOfLines = target && ts.isIdentifier(target) && engine.program.scopes.resolve(target) === lines;
  return isOfLines && constantOf(added.arguments[0], engine.program.scopes) === readBy.event ? end : undefined;
}
