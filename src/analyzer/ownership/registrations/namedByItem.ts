/**
 * `parser.on('data:' + this.id, (text) => this.take(text))`: the event bears the name of one thing, so the emitter serves many, of
 * which each adds its own. Nobody takes them off when the thing is gone.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { nodesIn, select } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { calledName, enclosingFunction, type FunctionNode, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { tellsWhich } from '../../words/identities';
import { frequencyStep } from '../assess';
import { isEmpty, isEventName } from './bindings';
import { fluentRoot, isDropped } from './fluent';
import { writtenHere } from './itemHandlers';
import { byEvent, judgeNamedCalls, type NamedDraft } from './namedCalls';
import { sameReceiver } from './removals';
import { mayBeRemoved, removingCalls } from './removingCalls';

const deletions = select<ts.DeleteExpression>(ts.SyntaxKind.DeleteExpression);

/** Findings for handlers of events that bear the name of one instance. */
export function findNamedByItem(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  return judgeNamedCalls(engine, kinds, acquisitions, known, byEvent, judge);
}

function judge(node: ts.CallExpression, engine: Engine, kind: ResourceKind): NamedDraft | undefined {
  const callee = unwrap(node.expression);
  const [event, handler, ...more] = node.arguments;
  const fn = enclosingFunction(node);
  if (!fn || !event || !handler || more.length > 0 || !ts.isPropertyAccessExpression(callee)) return undefined;
  if (!isDropped(node) || !writtenHere(handler) || isEmpty(handler, engine)) return undefined;
  const receiver = fluentRoot(callee.expression);
  const place = engine.program.places.of(receiver);
  if (!place || !isGiven(place, fn, engine)) return undefined;
  const own = idIn(event, engine);
  const id = own ?? (isEventName(event, engine) ? idBeside(place, fn, kind, engine) : undefined);
  if (!id || (own ? isTakenOff(receiver, node, engine) : mayBeRemoved(receiver, event, node, engine))) return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once') return undefined;
  const text = receiver.getText();
  return {
    mechanism: 'repeated-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener for \`${event.getText()}\` on \`${text}\` is never removed: ${own ? 'the event bears' : 'others bear'} \`${id.getText()}\`, so \`${text}\` serves many, and each leaves its own.`,
    advice: 'Keep the handler, and remove it when the instance ends.',
    node,
    cause: `named-by-item ${own ? place.key : event.getText()}`,
    trail: [
      { role: 'acquired', message: 'Listener added here', range: rangeOf(node) },
      { role: 'held', message: `\`${text}\` is given, and has events of others, too`, range: rangeOf(receiver) },
      frequencyStep(frequency, node),
    ],
  };
}

/** The same in the name of another event of what was given. */
function idBeside(
  place: Place,
  fn: FunctionNode,
  { byEvent }: ResourceKind,
  engine: Engine,
): ts.Expression | undefined {
  for (const call of nodesIn(fn, calls)) {
    const callee = unwrap(call.expression);
    const [event] = call.arguments;
    if (!event || !byEvent?.includes(calledName(call)) || !ts.isPropertyAccessExpression(callee)) continue;
    const root = engine.program.places.of(fluentRoot(callee.expression))?.root;
    const isOfSame =
      root?.kind === 'declaration' && place.root.kind === 'declaration' && root.declaration === place.root.declaration;
    const id = isOfSame ? idIn(event, engine) : undefined;
    if (id) return id;
  }
  return undefined;
}

/** The part of the name of an event that is a field of the instance: `'data:' + this.id`. */
function idIn(event: ts.Expression, { program }: Engine): ts.Expression | undefined {
  const value = unwrap(event);
  const parts = ts.isTemplateExpression(value)
    ? value.templateSpans.map(({ expression }) => expression)
    : ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.PlusToken
      ? [value.left, value.right]
      : [];
  return parts.find((part) => {
    const place = program.places.of(unwrap(part));
    return place?.root.kind === 'owner' && place.path.length > 0 && tellsWhich(place.path.at(-1) ?? '');
  });
}

/** What the constructor was given, or a part of it. */
function isGiven({ root }: Place, fn: FunctionNode, { program }: Engine): boolean {
  if (root.kind !== 'declaration' || root.declaration.kind !== 'parameter') return false;
  const maker = root.declaration.scope.func;
  return (
    maker === fn &&
    (ts.isConstructorDeclaration(fn) || program.members.madeBy(fn).some(({ kind }) => kind === 'constructor'))
  );
}

/** Does anything take an event of a made-up name, or all of them, off such a receiver, or out of a table of it? */
function isTakenOff(receiver: ts.Expression, node: ts.Node, engine: Engine): boolean {
  const isDeleted = nodesIn(engine.program.sourceFile, deletions).some(({ expression }) => {
    let at = unwrap(expression);
    if (!ts.isElementAccessExpression(at)) return false;
    while (ts.isElementAccessExpression(at) || ts.isPropertyAccessExpression(at)) {
      at = unwrap(at.expression);
      if (sameReceiver(receiver, at, engine)) return true;
    }
    return false;
  });
  if (isDeleted) return true;
  return removingCalls(engine).some(({ call, receiver: other, takes }) => {
    if (call === node || (takes !== 'one' && takes !== 'all')) return false;
    const [first] = call.arguments;
    return (first === undefined || !ts.isStringLiteralLike(unwrap(first))) && sameReceiver(receiver, other, engine);
  });
}
