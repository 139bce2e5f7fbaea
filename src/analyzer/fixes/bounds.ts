/** A bound for a cache: the entry that went in first goes out. */
import type { Fix } from '../findings/findings';
import { ts, unwrap } from '../syntax/syntax';
import { insertAfter, type Layout } from './layout';

const limit = 1000;

/** Evicts behind the insertion; undefined where the insertion is no statement of its own. */
export function boundCache(insertion: ts.Node, layout: Layout): Fix | undefined {
  if (!ts.isCallExpression(insertion) || !ts.isExpressionStatement(insertion.parent)) return undefined;
  const statement = insertion.parent;
  const callee = unwrap(insertion.expression);
  if (!ts.isBlock(statement.parent) || !ts.isPropertyAccessExpression(callee)) return undefined;
  const cache = callee.expression.getText();
  const { semicolon, newline, unit, isTypeScript } = layout;
  const evict = (indent: string): string =>
    isTypeScript
      ? [
          `if (${cache}.size > ${limit}) {`,
          `${indent}${unit}const oldest = ${cache}.keys().next()${semicolon}`,
          `${indent}${unit}if (!oldest.done) ${cache}.delete(oldest.value)${semicolon}`,
          `${indent}}`,
        ].join(newline)
      : `if (${cache}.size > ${limit}) ${cache}.delete(${cache}.keys().next().value)${semicolon}`;
  return {
    title: `Keep at most ${limit} entries in \`${cache}\``,
    edits: [insertAfter(statement, evict, layout)],
  };
}
