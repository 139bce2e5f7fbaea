/** Teardowns of an owner that end other things of it, and not the handler that it has on somebody else's object. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { ts, unwrap, walk } from '../../syntax/syntax';
import { teardownHooks } from '../../words/hooks';
import { unlistenMethods } from '../../words/listeners';
import { isTeardown } from '../../words/teardowns';
import { wholeTeardownOf } from '../assess';
import { teardownFunctions } from '../late/endOfOwner';
import { endsOwner, holdsInstance } from './bindings';
import { fluentRoot } from './fluent';
import { isForeign } from './foreign';

/** Where others are removed, and how sure that makes that this one should be. */
export interface CleanUp {
  /** What a reader calls it. */
  readonly name: string;
  readonly node: ts.Node;
  /** Another thing that it ends. */
  readonly other: ts.Node;
}

/** A teardown that removes handlers of the instance, of which this is one that was added to somebody else's object. */
export function inTeardown(
  { node, receiver, form }: Acquisition,
  handler: ts.Expression,
  owner: Owner,
  engine: Engine,
): CleanUp | undefined {
  if (form.form !== 'registration' || !receiver || (owner.kind === 'object' && !owner.isClassBody)) return undefined;
  if (!holdsInstance(handler, owner, engine) || endsOwner(handler, owner, engine)) return undefined;
  const teardown = wholeTeardownOf(owner, node);
  if (!teardown || !isForeign(fluentRoot(receiver), owner, engine)) return undefined;
  const other = otherEnd(teardown, owner, engine);
  if (!other || engine.frequency.instancesOf(owner) === 'single') return undefined;
  // Added on some other occasion than the set-up, it may be undone on another one too.
  const { level } = engine.frequency.of(node);
  if (level === 'call' || level === 'unknown') return undefined;
  return { name: `\`${teardown.name}\``, node: teardown.node, other };
}

/** What the teardown ends else: a handler that it removes, or, where a framework calls it for each instance, anything. */
function otherEnd(
  { name, node }: NonNullable<ReturnType<typeof wholeTeardownOf>>,
  owner: Owner,
  engine: Engine,
): ts.Node | undefined {
  let found: ts.Node | undefined;
  const isHook = teardownHooks.has(name);
  for (const fn of isHook ? engine.program.callees.reachedFrom(node) : teardownFunctions(owner, engine))
    if (fn.body)
      walk(fn.body, (inner) => {
        const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
        if (!callee || !ts.isCallExpression(inner) || !ts.isPropertyAccessExpression(callee)) return !found;
        const isRemoval = unlistenMethods.has(callee.name.text) && inner.arguments.length > 1;
        const isEnd = isTeardown(callee.name.text) && callee.expression.kind !== ts.SyntaxKind.SuperKeyword;
        if (isRemoval || (isHook && isEnd && callee.expression.kind !== ts.SyntaxKind.ThisKeyword)) found = inner;
        return !found;
      });
  return found;
}
