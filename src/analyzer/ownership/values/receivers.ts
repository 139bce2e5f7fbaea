/** Does what a value is acquired from live longer than who acquires it? */

import type { Acquisition } from '../../acquiring/acquisitions';
import { endlessSource } from '../../acquiring/streams';
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { enclosingFunction, propertyNameText, ts, unwrap, walk, wrapped } from '../../syntax/syntax';
import { registrarNames } from '../../words/listeners';
import { isStrictTeardown, isWholeTeardown } from '../../words/teardowns';
import { type Assessment, wholeTeardownOf } from '../assess';
import { type Lifetime, lifetimeOf } from '../lifetime/lifetime';

/** What an effect or hook is given outlives the run of the effect. */
export function receiverOutlives(acquisition: Acquisition, assessment: Assessment, engine: Engine): boolean {
  const { level } = lifetimeOf(acquisition.receiver, engine);
  if (level === 'process' || level === 'module' || level === 'injected') return true;
  return level === 'caller' && assessment.frequency.level === 'mount';
}

/** A subscription in the handler of another piles up on any source that is not made for it. */
export function outlivesSubscriber(source: Lifetime, nested: boolean): boolean {
  if (source.level === 'process' || source.level === 'module' || source.level === 'injected') return true;
  return nested && source.level === 'own';
}

/** `outer.subscribe(() => inner.subscribe(…))`: made anew with each value of an endless stream. */
export function isInHandlerOfAnother({ kind, form, node }: Acquisition, engine: Engine): boolean {
  if (form.form !== 'stream' || kind.nestedAs === undefined) return false;
  for (let at: ts.Node = node, up = node.parent; up; at = up, up = up.parent) {
    if (!ts.isCallExpression(up) || !up.arguments.some((argument) => argument === at)) continue;
    const callee = unwrap(up.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      form.method.includes(callee.name.text) &&
      endlessSource(callee.expression, form.source, engine.program, engine.types, undefined, 'own')
    )
      return true;
  }
  return false;
}

/** Is the receiver of a subscription known to live longer than who subscribes? */
export function outlivesCaller(acquisition: Acquisition, owner: Owner | undefined, engine: Engine): boolean {
  const level = receiverLevel(acquisition, engine);
  if (level === 'process' || level === 'module') return true;
  if (isEndedByOwner(acquisition.receiver, engine)) return false;
  if (level !== 'injected' || owner === undefined) return false;
  // The only instance mostly lives as long as what it was given, unless it has an end of its own.
  return (
    engine.frequency.instancesOf(owner) !== 'single' ||
    isStrictTeardown(wholeTeardownOf(owner, acquisition.node)?.name ?? '')
  );
}

/** `this.adapter.dispose()`: who ends the source ends what is registered on it. */
function isEndedByOwner(receiver: ts.Expression | undefined, engine: Engine): boolean {
  const place = receiver && engine.program.places.of(unwrap(receiver));
  return (
    place !== undefined &&
    engine.uses.reads(place.key).some((use) => {
      const up = wrapped(use).parent;
      return ts.isPropertyAccessExpression(up) && ts.isCallExpression(up.parent) && isWholeTeardown(up.name.text);
    })
  );
}

/** `onLogin(fn) { events.subscribe(() => fn()) }`: registers what its caller gives it, and may run once. */
export function isRegistrar(node: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  const name = fn?.name ? (propertyNameText(fn.name) ?? '') : '';
  if (!fn || !registrarNames.test(name)) return false;
  const parameters = new Set(fn.parameters.map((parameter) => engine.program.scopes.declarationOf(parameter)));
  let found = false;
  walk(node, (inner) => {
    if (ts.isIdentifier(inner)) {
      const declaration = engine.program.scopes.resolve(inner);
      if (declaration && parameters.has(declaration)) found = true;
    }
    return !found;
  });
  return found;
}

/** Lifetime of the receiver; a parameter of a constructor is injected, whether or not it becomes a field. */
export function receiverLevel({ receiver }: Acquisition, engine: Engine): Lifetime['level'] {
  const { level } = lifetimeOf(receiver, engine);
  if (level !== 'caller' || !receiver) return level;
  const place = engine.program.places.of(unwrap(receiver));
  const declaration = place?.root.kind === 'declaration' ? place.root.declaration : undefined;
  return declaration && ts.isConstructorDeclaration(declaration.scope.node) ? 'injected' : level;
}
