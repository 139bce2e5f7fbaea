/**
 * An instance that listens for the end of a signal which its maker gave it, and whose own teardown leaves the listener: a
 * signal for many works keeps each instance that is over.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { type FunctionNode, lineOf, rangeOf, ts, unwrap, walk } from '../../syntax/syntax';
import { isOptions } from '../../words/requests';
import { isTeardown } from '../../words/teardowns';
import { forgottenStep, wholeTeardownOf } from '../assess';
import { holdsInstance } from './bindings';
import { releasesItself } from './endingOptions';
import { isDropped } from './fluent';
import { findRemovals } from './removals';

/** The finding for a handler that an instance leaves on a signal it was given; undefined when somebody takes it off, or unsure. */
export function judgeGivenSignal(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind, receiver } = acquisition;
  if (form.form !== 'registration' || !form.givesUp || !receiver || !ts.isCallExpression(node)) return undefined;
  const handler = node.arguments[form.identity.handler];
  const { options } = form.identity;
  if (!handler || !isDropped(node)) return undefined;
  if (options !== undefined && releasesItself(node.arguments[options], engine, false)) return undefined;
  const owner = engine.program.members.ownerAt(node);
  const teardown = owner && wholeTeardownOf(owner, node);
  if (!owner || !teardown || engine.frequency.instancesOf(owner) === 'single') return undefined;
  if (engine.frequency.of(node).level !== 'instance' || !isGiven(receiver, owner, engine)) return undefined;
  if (!holdsInstance(handler, owner, engine) || findRemovals(acquisition, engine).length > 0) return undefined;
  if (engine.program.callees.functionsOf(handler).some(endsParts)) return undefined;
  const text = receiver.getText();
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener on \`${text}\` is never removed: \`${teardown.name}\` (line ${lineOf(teardown.node)}) tears ${ownerText(owner.name)} down, and the signal that it was given keeps it.`,
    advice: `Remove it in \`${teardown.name}\`.`,
    node,
    trail: [
      { role: 'acquired', message: 'Listener added here', range: rangeOf(node) },
      forgottenStep(teardown, 'removed'),
    ],
  };
}

/** A handler that ends parts of the instance itself is its end: the signal is given for just this. */
function endsParts(fn: FunctionNode): boolean {
  let ends = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
      if (callee && ts.isPropertyAccessExpression(callee) && callee.expression.kind !== ts.SyntaxKind.ThisKeyword)
        ends ||= isTeardown(callee.name.text);
      return !ends;
    });
  return ends;
}

/** A parameter of the constructor, or what is taken from one: `options.signal`. */
function isGiven(receiver: ts.Expression, owner: Owner, engine: Engine): boolean {
  const place = engine.program.places.of(unwrap(receiver));
  if (!place) return false;
  const { root, path } = place;
  if (root.kind === 'declaration') return root.declaration.kind === 'parameter';
  if (root.kind !== 'owner' || root.owner !== owner) return false;
  const [field = ''] = path;
  const member = owner.members.get(field);
  // What is found in options was put there by who gave them.
  if (member?.parameter || (path.length > 1 && isOptions(field))) return true;
  const values = member?.values ?? [];
  return (
    values.length > 0 &&
    values.every(({ value }) => {
      const given = value && engine.program.places.of(unwrap(value))?.root;
      return given?.kind === 'declaration' && given.declaration.kind === 'parameter';
    })
  );
}
