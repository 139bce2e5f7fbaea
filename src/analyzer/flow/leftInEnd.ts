/**
 * A function opens several things and hands back one end for all of them: a clean-up, `{ close() { … } }`. What that end
 * does not come to, and nobody else has, is open for ever.
 */

import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { fileRoleOf } from '../files/fileRole';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { type Beginning, beginningsOf, endedBy } from '../ownership/late/late';
import type { Declaration } from '../program/scopes';
import { nodesIn } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { enclosingFunction, isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { endEvents } from '../words/events';
import { listenMethods } from '../words/listeners';
import { releaseMethodsOf } from './endingMethods';
import { holderOf, roleOf } from './roles';

/** Findings for what is made beside others and left out of the end that is handed back. */
export function findLeftInEnd(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  const candidates = acquisitions.filter(
    ({ node, kind, assumed, shared }) =>
      kind.family === 'handle' &&
      kind.heldBy !== 'nothing' &&
      !kind.oneShot &&
      !kind.endsByItself &&
      !assumed &&
      !shared &&
      !told.has(node),
  );
  if (candidates.length === 0) return [];
  const beginnings = [...beginningsOf(engine, true), ...visitsOf(candidates, engine)];
  return candidates.flatMap((acquisition) => {
    const fn = enclosingFunction(acquisition.node);
    const beginning = beginnings.find((one) => one.fn === fn);
    const draft = beginning && judge(acquisition, beginning, engine);
    return draft ? [draft] : [];
  });
}

function judge(acquisition: Acquisition, { fn, ends }: Beginning, engine: Engine): Draft | undefined {
  const { kind, node, result, form } = acquisition;
  const holder = result && holderOf(result, engine);
  if (!holder || holder.scope.func !== fn || (form.form === 'call' && form.endsByItself)) return undefined;
  const activators =
    form.form === 'call' || form.form === 'new' || form.form === 'method' ? form.activatedBy : undefined;
  if (activators && !isCalled(holder, activators)) return undefined;
  const methods = releaseMethodsOf(kind);
  const uses = holder.references.filter((use) => use !== holder.node);
  if (!uses.every((use) => roleOf(use, methods, kind, engine) === 'use')) return undefined;
  // Nobody sees it that calls the end: its events may tell of its own.
  if (
    uses.some((use) =>
      listensForEnd(
        use,
        kind.release.flatMap((one) => (one.form === 'observed' ? one.event : [])),
      ),
    )
  )
    return undefined;
  const sibling = siblingIn(ends, fn, holder, engine);
  const frequency = engine.frequency.of(node);
  if (!sibling || frequency.level === 'once') return undefined;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} \`${holder.name}\` is never ${participle}: what ends it all (line ${lineOf(sibling.end)}) comes to \`${sibling.name}\` and does not end this.`,
    advice: `Have it ${participle} there too.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is opened here`, range: rangeOf(node) },
      { role: 'release', message: 'Others are ended here', range: rangeOf(sibling.site) },
      frequencyStep(frequency, node),
    ],
  };
}

/** `server.on('connection', (socket) => { …; socket.on('close', end); })`, `app.get(path, (request) => …)`: what is made for a visit ends with it. */
function visitsOf(acquisitions: readonly Acquisition[], engine: Engine): readonly Beginning[] {
  const fns = new Set(acquisitions.flatMap(({ node }) => enclosingFunction(node) ?? []));
  return [...fns].flatMap((fn) => {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return [];
    if (!ts.isCallExpression(wrapped(fn).parent)) return [];
    const visitors = fn.parameters.flatMap((parameter) => engine.program.scopes.declarationOf(parameter) ?? []);
    const ends = nodesIn(fn, calls).flatMap((call) => {
      const called = unwrap(call.expression);
      const [event, handler] = call.arguments;
      if (!ts.isPropertyAccessExpression(called) || !listenMethods.has(called.name.text) || !event || !handler)
        return [];
      if (!ts.isStringLiteralLike(event) || !endEvents.has(event.text)) return [];
      const on = unwrap(called.expression);
      const visitor = ts.isIdentifier(on) ? engine.program.scopes.resolve(on) : undefined;
      return visitor && visitors.includes(visitor) ? engine.program.callees.functionsOf(handler) : [];
    });
    return ends.length > 0 ? [{ fn, ends }] : [];
  });
}

function isCalled({ references }: Declaration, methods: readonly string[]): boolean {
  return references.some(({ parent }) => ts.isPropertyAccessExpression(parent) && methods.includes(parent.name.text));
}

/** `child.on('exit', …)`: who waits for its end counts on it. */
function listensForEnd(use: ts.Expression, events: readonly string[]): boolean {
  const access = use.parent;
  const call = ts.isPropertyAccessExpression(access) ? access.parent : undefined;
  const [event] = call && ts.isCallExpression(call) ? call.arguments : [];
  return event !== undefined && ts.isStringLiteralLike(event) && events.includes(event.text);
}

/** Another variable of the function that one of its ends ends. */
function siblingIn(
  ends: Beginning['ends'],
  fn: Beginning['fn'],
  holder: Declaration,
  engine: Engine,
): { readonly name: string; readonly site: ts.Node; readonly end: ts.Node } | undefined {
  for (const end of ends)
    for (const reached of engine.program.callees.reachedFrom(end))
      for (const call of nodesIn(reached, calls)) {
        const ended = endedBy(call, engine);
        const value = ended && unwrap(ended);
        const other = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
        // `subscriber.unsubscribe()`: the end comes to it, and leaves it open.
        if (other === holder && !isWithin(holder.node, end))
          return { name: call.expression.getText(), site: call, end };
        if (
          other &&
          other !== holder &&
          other.kind !== 'parameter' &&
          other.scope.func === fn &&
          !isWithin(other.node, end)
        )
          return { name: other.name, site: call, end };
      }
  return undefined;
}
