/**
 * `messages.on('ask', (message) => { page.on('leave', () => answer(message.from)); … })`: each event adds a handler that speaks of
 * this event to what was there before, and nobody takes one off.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import type { Declaration } from '../../program/scopes';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { names } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isExecutor,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
} from '../../syntax/syntax';
import { frequencyStep } from '../assess';
import { runsIn } from '../lost/sequence';
import { asksFirst } from './askedItems';
import { wasThereBefore } from './beginsAgain';
import { isEmpty, isEventName } from './bindings';
import { releasesItself } from './endingOptions';
import { fluentRoot, isDropped } from './fluent';
import { writtenHere } from './itemHandlers';
import { byEvent, judgeNamedCalls, type NamedDraft } from './namedCalls';
import { mayBeRemoved } from './removingCalls';

/** Occasions on which a function is told something of its own. */
const comesWithData: ReadonlySet<string> = new Set(['event', 'handler', 'elementEvent', 'subscription', 'request']);

/** Findings for handlers that each event adds about itself. */
export function findPerEvent(
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
  const by = runsIn(node);
  // A promise is made for something that is awaited.
  if (
    !by ||
    isExecutor(by) ||
    !ts.isPropertyAccessExpression(callee) ||
    !event ||
    !handler ||
    more.length > 0 ||
    !isDropped(node)
  )
    return undefined;
  if (options && options.kind !== ts.SyntaxKind.ThisKeyword && releasesItself(options, engine)) return undefined;
  const own = writtenHere(handler);
  if (!own || !isEventName(event, engine) || isEmpty(handler, engine)) return undefined;
  const frequency = engine.frequency.of(node);
  const { level, isRare, isLooped, occasion } = frequency;
  if (level !== 'hot' || isRare || isLooped || !comesWithData.has(occasion.kind)) return undefined;
  const receiver = fluentRoot(callee.expression);
  const place = engine.program.places.of(receiver);
  const about = place && capturedOf(own, by, engine);
  if (!about || !isOfAll(place) || !wasThereBefore(place, by, engine) || asksFirst(node, by, engine)) return undefined;
  if (mayBeRemoved(receiver, event, node, engine)) return undefined;
  const text = receiver.getText();
  return {
    mechanism: 'repeated-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener for ${event.getText()} on \`${text}\` is never removed, and each event adds one more, which keeps its own \`${about.name}\` (line ${lineOf(about.node)}).`,
    advice: `Remove it when the \`${about.name}\` is done with, or let one handler know of all.`,
    node,
    trail: [
      { role: 'acquired', message: 'Listener added here', range: rangeOf(node) },
      { role: 'held', message: `\`${text}\` was there before, and keeps it`, range: rangeOf(receiver) },
      frequencyStep(frequency, by),
    ],
  };
}

/** Nothing of a function around, which may run for each request. */
function isOfAll({ root }: Place): boolean {
  return root.kind !== 'declaration' || root.declaration.scope.func === undefined;
}

/** What the function is told, or makes of it, that the handler uses. */
function capturedOf(handler: FunctionNode, by: FunctionNode, { program }: Engine): Declaration | undefined {
  for (const name of nodesIn(handler, names)) {
    const declaration = program.scopes.resolve(name);
    if (!declaration || isWithin(declaration.node, handler) || !isWithin(declaration.node, by)) continue;
    if (declaration.kind === 'parameter' && declaration.scope.func === by) return declaration;
    const made = declaration.initializer;
    if (declaration.kind !== 'const' || !made || enclosingFunction(declaration.node) !== by) continue;
    const isOfIt = nodesIn(made, names).some((one) => {
      const source = program.scopes.resolve(one);
      return source?.kind === 'parameter' && source.scope.func === by;
    });
    if (isOfIt) return declaration;
  }
  return undefined;
}
