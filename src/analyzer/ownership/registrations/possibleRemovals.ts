/** Removals that may be of this registration, by a name or a helper that is not followed. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { constantOf } from '../../program/constants';
import { calledName, isWithinAny, ts, unwrap } from '../../syntax/syntax';
import { listenMethods, removesByName, tellsListeners, unlistenMethods } from '../../words/listeners';
import { isTeardown } from '../../words/teardowns';
import { callsGiven } from './givenCalls';
import { isInline } from './handlerIdentity';
import { areDistinctHandlers } from './handlerNames';
import { matchesRemoval, type Removal, sameReceiver } from './removals';

/** `removeListenerSafely(window, 'message', this.onMessage)`: by a function that is not seen. */
export function isRemovedByHelper({ form }: Acquisition, handler: ts.Expression, engine: Engine): boolean {
  if (form.form !== 'registration' || isInline(handler, engine)) return false;
  return callsGiven(handler, engine).some(
    (call) => removesByName(calledName(call)) && engine.program.callees.of(call).length === 0,
  );
}

/**
 * `settings.listen.on('change', this.handler)`, `settings.listen.not('change', this.handler)`: undone by a teardown of its owner,
 * or anywhere by a method that takes handlers off by its name, which an emitter of the program's own may have.
 */
export function isUndoneByOtherMethod({ kind, form, node, receiver, assumed }: Acquisition, engine: Engine): boolean {
  const { program } = engine;
  const given = node.arguments ?? [];
  const handler = form.form === 'registration' ? given[form.identity.handler] : undefined;
  // Whether one that is described runs, and matches, is asked elsewhere.
  const isDescribed = (name: string): boolean =>
    kind.release.some((one) => one.form === 'removal' && one.method.includes(name));
  if (!assumed || !handler || !receiver || given.length < 2 || isInline(handler, engine)) return false;
  const members = [...(program.members.ownerAt(node)?.members.values() ?? [])];
  const teardowns = new Set(members.flatMap(({ name, functions }) => (isTeardown(name) ? functions : [])));
  return callsGiven(handler, engine).some((call) => {
    const callee = unwrap(call.expression);
    return (
      ts.isPropertyAccessExpression(callee) &&
      !listenMethods.has(callee.name.text) &&
      !isDescribed(callee.name.text) &&
      !tellsListeners(callee.name.text) &&
      (unlistenMethods.has(callee.name.text) || isWithinAny(call, teardowns)) &&
      call.arguments.length === given.length &&
      callee.expression.getText() === receiver.getText() &&
      call.arguments.every((one, at) => one.getText() === given[at]?.getText())
    );
  });
}

/** Same receiver and event, a handler held elsewhere, and no other registration that it undoes. */
export function mayBe(
  acquisition: Acquisition,
  removal: Removal,
  all: readonly Acquisition[],
  engine: Engine,
): boolean {
  if (matchesRemoval(acquisition, removal, engine) !== 'other' || removal.identity.handler === -1) return false;
  if (!sameReceiver(acquisition.receiver, removal.receiver, engine)) return false;
  const { form, node } = acquisition;
  if (form.form !== 'registration') return false;
  if (form.identity.event !== undefined && removal.identity.event !== undefined) {
    const left = constantOf(node.arguments?.[form.identity.event], engine.program.scopes);
    const right = constantOf(removal.node.arguments[removal.identity.event], engine.program.scopes);
    if (left !== undefined && right !== undefined && left !== right) return false;
  }
  const handler = removal.node.arguments[removal.identity.handler];
  if (!handler || isInline(handler, engine)) return false;
  const added = node.arguments?.[form.identity.handler];
  if (added && areDistinctHandlers(added, handler, engine)) return false;
  return !all.some((other) => other !== acquisition && matchesRemoval(other, removal, engine) === undefined);
}
