/** A local resource that others only use: it is released behind the last statement that uses it. */

import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { Fix } from '../findings/findings';
import { textOf } from '../program/places';
import { enclosingFunction, ts, unwrap, walk } from '../syntax/syntax';
import { insertAfter, type Layout } from './layout';
import { type Release, releaseOf } from './release';

/** Undefined unless every use stands in the block of its declaration, and the last one is done with it. */
export function releaseAfterUse({ acquisition, place }: Open, engine: Engine, layout: Layout): Fix | undefined {
  const { kind, node } = acquisition;
  if (!kind.sinks || place?.root.kind !== 'declaration') return undefined;
  const { declaration } = place.root;
  const list = declaration.node.parent;
  const statement = list && ts.isVariableDeclarationList(list) ? list.parent : undefined;
  const block = statement?.parent;
  if (!block || !ts.isBlock(block) || declaration.kind !== 'const') return undefined;
  const fn = enclosingFunction(block);
  if (declaration.references.some((use) => enclosingFunction(use) !== fn)) return undefined;
  const users = block.statements.filter((one) =>
    declaration.references.some((use) => use.pos >= one.pos && use.end <= one.end),
  );
  const named = { text: textOf(place), missing: 'never' as const };
  const vantage = { node: block, owner: engine.program.members.ownerAt(block) };
  const release = releaseOf(acquisition, named, vantage, engine);
  const last = users.at(-1);
  if (!release || !last || !ts.isExpressionStatement(last)) return undefined;
  const { taken, properties } = kind.sinks;
  if (!properties)
    return place.path.length === 0
      ? fixBehind(last, release, `${release.expression}${layout.semicolon}`, layout)
      : undefined;
  // What keeps it must have taken it up.
  const receiver = taken && sinkOf(place.path.length > 0 ? named.text : undefined, declaration.name, block);
  if (!taken || receiver === undefined) return undefined;
  const about = block.statements.filter((one) => one.pos > node.pos && mentions(one, receiver));
  const isTaken = about.some(
    (one) =>
      ts.isExpressionStatement(one) &&
      ts.isCallExpression(one.expression) &&
      taken.by.some((method) => one.expression.getText() === `${receiver}.${method}()`),
  );
  const end = about.at(-1);
  if (!isTaken || !end || !ts.isExpressionStatement(end)) return undefined;
  return fixBehind(end, release, `setTimeout(() => ${release.expression}, ${taken.ms})${layout.semicolon}`, layout);
}

function fixBehind(statement: ts.Statement, { expression }: Release, text: string, layout: Layout): Fix {
  return { title: `Add \`${expression}\` behind its last use`, edits: [insertAfter(statement, () => text, layout)] };
}

/** The object that keeps it: `link` of `link.href = url`, `link.setAttribute('href', url)`. */
function sinkOf(member: string | undefined, name: string, block: ts.Block): string | undefined {
  if (member !== undefined) return member.slice(0, member.lastIndexOf('.'));
  const found = new Set<string>();
  walk(block, (node) => {
    if (
      ts.isBinaryExpression(node) &&
      ts.isPropertyAccessExpression(node.left) &&
      unwrap(node.right).getText() === name
    )
      found.add(node.left.expression.getText());
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.arguments.some((argument) => argument.getText() === name)
    )
      found.add(node.expression.expression.getText());
    return undefined;
  });
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

function mentions(statement: ts.Statement, name: string): boolean {
  let found = false;
  walk(statement, (node) => {
    if (ts.isIdentifier(node) && node.text === name) found = true;
    return !found;
  });
  return found;
}
