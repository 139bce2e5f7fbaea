/**
 * `channel.on('message', (answer) => { if (answer.id === id) { channel.off(…); resolve(answer); } })`: each call waits for the
 * answer to itself, among all that comes. Where nothing else ends the wait, a question that is never answered leaves its
 * handler, which every later message runs.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { calledName, type FunctionNode, isWithin, lineOf, rangeOf, ts, workBegunBy } from '../../syntax/syntax';
import { timerCalls } from '../../words/callbacks';
import { isOfHandOrAnimation } from '../../words/events';
import { listenMethods } from '../../words/listeners';
import { frequencyStep } from '../assess';
import { conditionOf } from './askedItems';
import { releasesItself } from './endingOptions';
import { isDropped } from './fluent';
import { callersOwn, holderOf, instances } from './receiversOfWorks';
import { findRemovals, matchesRemoval } from './removals';
import { triggersOf } from './removingTriggers';

/** Findings for handlers that only the answer to the call that added them takes off. */
export function findAnswerWaits(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const acquisition of acquisitions) {
    const { node, kind, receiver, event } = acquisition;
    if (told.has(node) || (event !== undefined && isOfHandOrAnimation(event))) continue;
    const wait = waitOf(acquisition, engine);
    if (!wait) continue;
    const frequency = engine.frequency.ofFunction(wait.work);
    if (frequency.level !== 'call' && frequency.level !== 'hot' && frequency.level !== 'unknown') continue;
    const text = receiver?.getText() ?? 'window';
    const named = event === undefined ? '' : ` for \`${event}\``;
    drafts.push({
      kind: kind.id,
      mechanism: 'repeated-registration',
      severity: 'low',
      confidence: 'medium',
      message: `The listener${named} stays on \`${text}\` when the answer that it waits for does not come: only the one of which \`${wait.condition.getText()}\` holds (line ${lineOf(wait.condition)}) removes it, and each call leaves one more.`,
      advice: 'Give the wait an end of its own: a time limit, a signal, or the end of who should answer.',
      node,
      trail: [
        { role: 'acquired', message: `Listener${named} added here`, range: rangeOf(node) },
        { role: 'held', message: `\`${text}\` ${wait.why} and keeps it`, range: rangeOf(receiver ?? node) },
        { role: 'release', message: 'Removed by the answer to this very call only', range: rangeOf(wait.removal) },
        frequencyStep(frequency, node),
      ],
    });
  }
  return drafts;
}

interface Wait {
  /** The function that is called for each question. */
  readonly work: FunctionNode;
  /** What tells that the answer is to this call. */
  readonly condition: ts.Expression;
  readonly removal: ts.Node;
  readonly why: string;
}

function waitOf(acquisition: Acquisition, engine: Engine): Wait | undefined {
  const { form, node } = acquisition;
  if (form.form !== 'registration' || form.givesUp || !ts.isCallExpression(node) || !isDropped(node)) return undefined;
  const { event, options, handler } = form.identity;
  // An event of a host's own, `tabs.onUpdated`, tells of each thing sooner or later, asked or not.
  if (event === undefined) return undefined;
  if (options !== undefined && releasesItself(node.arguments[options], engine, false)) return undefined;
  const work = workBegunBy(node);
  const given = node.arguments[handler];
  const [own] = given ? engine.program.callees.functionsOf(given) : [];
  if (!work || !own || !isWithin(own, work) || waitsForMore(work, node)) return undefined;
  const why = holderOf(acquisition, form, engine);
  // What a caller gives, or an instance has of its own, mostly is who answers, and goes when it cannot.
  if (why === undefined || why === callersOwn || why === instances) return undefined;
  const removals = findRemovals(acquisition, engine)
    .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
    .map((removal) => removal.node);
  const [removal] = removals;
  if (!removal || !removals.every((one) => isWithin(one, own))) return undefined;
  // Its own event is the only thing that comes to a removal.
  const triggers = triggersOf(removals, work, engine);
  if (triggers?.length !== 1 || triggers[0] !== node) return undefined;
  const conditions = removals.map((one) => conditionOf(one, own, engine));
  const [condition] = conditions;
  if (!condition || conditions.some((one) => one === undefined)) return undefined;
  return { work, condition, removal, why };
}

/** Does it set a time limit, or listen for anything else, which may end the wait as well? */
function waitsForMore(work: FunctionNode, node: ts.CallExpression): boolean {
  return nodesIn(work, calls).some((call) => {
    const name = calledName(call);
    return call !== node && (listenMethods.has(name) || timerCalls.has(name));
  });
}
