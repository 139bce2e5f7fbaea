/**
 * Requests that wait for their answer on a connection which comes back by itself: what was sent on the one that is lost gets no
 * answer on the next, and nothing lets it go. The like in a class with a `connect` is told by `disconnects.ts`.
 */
import { constantOf } from '../constants';
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { methodCalls } from '../methodCalls';
import { timerCalls } from '../ownership/words/callbacks';
import { listenMethods } from '../ownership/words/listeners';
import { reaches } from '../reached';
import {
  calledName,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import type { Insertion } from './changes';
import { type Collection, draftAt, isInWholeTeardown, nounOf } from './collections';
import { executorAround, keepsSettler } from './settlers';
import { isFreshKey } from './weight';
import { isLossEvent, isTelling, reconnectsByName } from './words';

/** The entries that wait on a lost connection. */
export function leftByLoss(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  if (!changes.resets.every(isInWholeTeardown)) return undefined;
  const sites = changes.removals.map(({ node }) => node).filter((node) => !isInWholeTeardown(node));
  const insertion = changes.insertions.find((one) => waitsForAnswer(one, sites, engine));
  if (!insertion || sites.length === 0) return undefined;
  const connection = connectionOf(sites, engine);
  // `.finally(() => asked.delete(id))`: who asks may take it out.
  if (!connection || !sites.every((site) => connection.others.some((fn) => reaches(fn, [site], engine))))
    return undefined;
  const uses = engine.uses.reads(container.place.key);
  // What the next connection is listened to with, runs when that has something to say.
  const isLater = (node: ts.Node): boolean => connection.others.some((fn) => isWithin(node, fn));
  const losses = connection.losses.flatMap((fn) => runBy(fn, engine)).filter((fn) => !isLater(fn));
  const touched = uses.filter((use) => !isLater(use));
  if (losses.some((fn) => touched.some((use) => isWithin(use, fn)) || tells(fn))) return undefined;
  const made = renewal(connection, losses, engine);
  const [removal] = sites;
  if (!made || !removal) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/pending-requests',
    mechanism: 'no-release-on-dispose',
    severity: 'low',
    confidence: 'medium',
    message: `An entry of the ${nounOf[container.shape]} \`${container.name}\` waits for an answer (line ${lineOf(removal)}), which does not come any more when the connection is lost and made anew (line ${lineOf(made)}): nothing lets it go then.`,
    advice: 'Reject or drop what still waits when the connection closes.',
    steps: [{ role: 'forgotten', message: 'Another connection takes the place of the lost one', range: rangeOf(made) }],
  });
}

/** A resolver under a key of its own, which no time limit takes out. */
function waitsForAnswer(insertion: Insertion, sites: readonly ts.Node[], engine: Engine): boolean {
  const executor = executorAround(insertion.node);
  if (!executor || !isFreshKey(insertion, engine) || !keepsSettler(insertion, executor, engine)) return false;
  return !reaches(executor, sites, engine);
}

interface Connection {
  /** Where the value is kept. */
  readonly key: string;
  readonly losses: readonly FunctionNode[];
  /** Handlers of anything else. */
  readonly others: readonly FunctionNode[];
}

/** What is listened to by the handler that takes out what was answered, with the handlers of its loss. */
function connectionOf(sites: readonly ts.Node[], engine: Engine): Connection | undefined {
  const { program } = engine;
  const heard = methodCalls(program, listenMethods).flatMap(({ call, receiver }) => {
    const [given, handler] = call.arguments;
    const event = constantOf(given, program.scopes);
    const key = program.places.of(unwrap(receiver))?.key;
    if (typeof event !== 'string' || !handler || key === undefined) return [];
    return program.callees.functionsOf(handler).map((fn) => ({ event, key, fn }));
  });
  const answer = heard.find(({ event, fn }) => !isLoss(event) && reaches(fn, sites, engine));
  if (!answer) return undefined;
  const own = heard.filter(({ key }) => key === answer.key);
  const [losses, others] = [true, false].map((is) =>
    own.filter(({ event }) => isLoss(event) === is).map(({ fn }) => fn),
  );
  return { key: answer.key, losses: losses ?? [], others: others ?? [] };
}

function isLoss(event: string): boolean {
  return isLossEvent(event) || event === 'error';
}

/** What a handler runs, at once and by timers. */
function runBy(fn: FunctionNode, { program }: Engine): readonly FunctionNode[] {
  const found = new Set(program.callees.reachedFrom(fn));
  for (const one of [...found])
    walk(one, (node) => {
      const [first] = ts.isCallExpression(node) && timerCalls.has(calledName(node)) ? node.arguments : [];
      for (const later of first ? program.callees.functionsOf(first) : [])
        for (const reached of program.callees.reachedFrom(later)) found.add(reached);
      return undefined;
    });
  return [...found];
}

/** Others are told of the loss, and may let go what waits. */
function tells(fn: FunctionNode): boolean {
  let found = false;
  walk(fn, (node) => {
    if (node !== fn && isFunctionNode(node)) return false;
    found ||= ts.isCallExpression(node) && isTelling(calledName(node));
    return !found;
  });
  return found;
}

/** Where another connection is made: by itself, as its name says, or by the handler of the loss. */
function renewal({ key }: Connection, losses: readonly FunctionNode[], engine: Engine): ts.Node | undefined {
  const [value] = engine.uses.reads(key);
  const place = value && engine.program.places.of(value);
  const declaration =
    place?.root.kind === 'declaration' && place.path.length === 0 ? place.root.declaration : undefined;
  const writes = engine.uses.writes(key).filter((write) => isAssignment(write));
  const made = [declaration?.initializer, ...writes.map(({ right }) => right)].flatMap((one) =>
    one ? [unwrap(one)] : [],
  );
  const byItself = made.find((one) => ts.isNewExpression(one) && reconnectsByName(one.expression.getText()));
  if (byItself) return byItself;
  return writes.find(
    (write) => ts.isNewExpression(unwrap(write.right)) && losses.some((fn) => isWithin(wrapped(write), fn)),
  );
}
