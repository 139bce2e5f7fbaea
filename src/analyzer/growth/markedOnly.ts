/** Entries whose end only sets a flag in them: `item.dismissed = true`. Who shows them passes those by, and all stay. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { enclosingFunction, isAssignment, isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { type Collection, draftAt, kindsOf, nounOf, repeats, shrinksInLife } from './collections';
import { isEndFlag, isShortLivedName } from './words';

/** The entries that are done with, and kept. */
export function onlyMarked(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes, life } = collection;
  if (container.shape === 'set' || changes.checks.length + changes.nullings.length > 0) return undefined;
  if (shrinksInLife(collection).length > 0 || isShortLivedName(container.owner?.name ?? '')) return undefined;
  if (life.level === 'instance' && container.holder !== 'closure') return undefined;
  const insertion = changes.insertions.find(({ node }) => repeats(node, engine));
  if (!insertion) return undefined;
  const mark = markOf(collection, engine);
  if (!mark || isWithin(mark.node, enclosingFunction(insertion.node) ?? insertion.node)) return undefined;
  if (!isAsked(mark.flag, engine)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: kindsOf[container.shape],
    mechanism: 'unbounded-growth',
    severity: 'medium',
    confidence: 'medium',
    message: `What is done with is only marked in the ${nounOf[container.shape]} \`${container.name}\` (\`${mark.flag}\`, line ${lineOf(mark.node)}), and stays in it.`,
    advice: 'Take the entry out instead of marking it.',
    steps: [{ role: 'forgotten', message: 'Marks it, and leaves it', range: rangeOf(mark.node) }],
  });
}

interface Mark {
  readonly node: ts.BinaryExpression;
  readonly flag: string;
}

/** `const item = list.find(…); item.dismissed = true`. */
function markOf({ changes }: Collection, engine: Engine): Mark | undefined {
  const found = [...changes.lookups, ...changes.tests].flatMap((lookup) => {
    const up = wrapped(lookup as ts.Expression).parent;
    const declaration = ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
    return declaration?.references ?? [];
  });
  for (const use of found) {
    const access = wrapped(use).parent;
    if (!ts.isPropertyAccessExpression(access) || !isEndFlag(access.name.text)) continue;
    const set = wrapped(access).parent;
    if (isAssignment(set) && set.left === wrapped(access) && unwrap(set.right).kind === ts.SyntaxKind.TrueKeyword)
      return { node: set, flag: access.name.text };
  }
  return undefined;
}

/** Somebody passes by what is marked. */
function isAsked(flag: string, { program }: Engine): boolean {
  return new RegExp(`!\\s*[\\w.]+\\.${flag}\\b|\\b${flag}\\s*(?:===|!==)`).test(program.text);
}
