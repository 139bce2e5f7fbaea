/**
 * `rooms$.subscribe((room) => room.lines$.pipe(takeUntil(this.gone$)).subscribe(show))`: an end that comes with the owner is none
 * for what each value of another stream subscribes to; all of them go on until then.
 */
import { methodCalls } from '../methodCalls';
import { endsForGood } from '../ownership/words/teardowns';
import type { FileProgram } from '../program';
import type { StreamForm } from '../resources/streamForm';
import { endlessSource, type StreamSource } from '../streams';
import { enclosingFunction, propertyNameText, ts, unwrap } from '../syntax';
import type { Types } from '../types';

/** The stream that goes on until the owner of the subscription ends, where each value of another one subscribes to it. */
export function nestedSource(
  node: ts.CallExpression,
  methods: readonly string[],
  form: StreamForm,
  program: FileProgram,
  types: Types,
): StreamSource | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const source = endlessSource(callee.expression, form, program, types, undefined, 'own');
  if (!source || !endsWithOwnerOnly(callee.expression, form, program, types)) return undefined;
  return isInHandler(node, methods, form, program, types) ? { ...source, endsWithOwner: true } : undefined;
}

function isInHandler(
  node: ts.Node,
  methods: readonly string[],
  form: StreamForm,
  program: FileProgram,
  types: Types,
): boolean {
  for (let at = node, up = node.parent; up; at = up, up = up.parent) {
    if (!ts.isCallExpression(up) || !up.arguments.some((argument) => argument === at)) continue;
    const callee = unwrap(up.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      methods.includes(callee.name.text) &&
      endlessSource(callee.expression, form, program, types, undefined, 'own')
    )
      return true;
  }
  return false;
}

/** No notifier of the pipe gives a value before the teardown: `this.changed$.next()` ends those of the value before. */
function endsWithOwnerOnly(stream: ts.Expression, form: StreamForm, program: FileProgram, types: Types): boolean {
  const pipe = unwrap(stream);
  const callee = ts.isCallExpression(pipe) ? unwrap(pipe.expression) : undefined;
  if (!callee || !ts.isCallExpression(pipe) || !ts.isPropertyAccessExpression(callee)) return true;
  const notifiers = pipe.arguments.flatMap((operator) => {
    const call = unwrap(operator);
    const name = ts.isCallExpression(call) ? program.origins.nameOf(unwrap(call.expression)) : undefined;
    return ts.isCallExpression(call) && types.matches(name, form.notified.by) ? call.arguments.slice(0, 1) : [];
  });
  return notifiers.every((notifier) => {
    const key = program.places.of(notifier)?.key;
    const given = methodCalls(program, new Set(form.notified.method)).filter(
      ({ receiver }) => key !== undefined && program.places.of(receiver)?.key === key,
    );
    return (
      given.length > 0 &&
      given.every(({ call }) => {
        const fn = enclosingFunction(call);
        return fn?.name !== undefined && endsForGood(propertyNameText(fn.name) ?? '');
      })
    );
  });
}
