/** What a component puts into a collection of the module when it is mounted, and nothing takes out when it goes. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { isFunctionNode, ts, unwrap } from '../syntax/syntax';
import { isBegunAnew } from './begunAnew';
import type { Insertion } from './changes';
import { type Collection, draftAt, keysOf, kindsOf, nounOf } from './collections';

/** An entry per mount that outlives the component. */
export function leftByMount(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes, life } = collection;
  if (life.level !== 'process' || changes.checks.length + changes.nullings.length > 0) return undefined;
  if (changes.removals.length + changes.resets.length > 0) return undefined;
  for (const insertion of changes.insertions) {
    const { level, why } = engine.frequency.of(insertion.node);
    if (level !== 'mount' || !isOfComponent(insertion, engine) || isBegunAnew(insertion, collection, engine)) continue;
    if (container.shape !== 'array' && keysOf(insertion, collection, engine) === 'closed') continue;
    return draftAt(insertion, collection, engine, {
      kind: kindsOf[container.shape],
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` is given one more ${why}, and keeps it after the component is gone.`,
      advice: 'Take it out in the clean-up of the effect, or in the hook that ends the component.',
    });
  }
  return undefined;
}

/** An element, a function or an object of the component: no word or number that is the same each time. */
function isOfComponent({ key, value }: Insertion, engine: Engine): boolean {
  const given = value ?? key;
  const inner = given && unwrap(given);
  if (!inner) return false;
  if (inner.kind === ts.SyntaxKind.ThisKeyword || isFunctionNode(inner)) return true;
  if (ts.isNewExpression(inner)) return inner.expression.getText() !== 'WeakRef';
  if (ts.isObjectLiteralExpression(inner)) return true;
  if (ts.isPropertyAccessExpression(inner))
    return inner.name.text === 'current' || /(?:el|element|node|ref)$/i.test(inner.name.text);
  const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
  if (!declaration) return false;
  const type = ts.isParameter(declaration.node) ? (declaration.node.type?.getText() ?? '') : '';
  if (/^(?:string|number|boolean)\b/.test(type)) return false;
  return (
    /Element|Node\b|=>|Ref\b|Handle|Callback|Fn\b/.test(type) ||
    /^(?:el|element|node|cb|fn|callback|handler|listener|close|api|instance|handle)$|(?:Ref|El|Element|Node|Handler|Callback|Listener)$/.test(
      inner.getText(),
    )
  );
}
