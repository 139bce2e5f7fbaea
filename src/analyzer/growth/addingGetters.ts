/**
 * Functions that give a list which others keep, and add to it what only their caller was to see: `const all = target.handlers ?? [];
 * all.push(own); return all;`. Each time that somebody asks, the kept list has one more.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { callsNamed } from '../program/callNames';
import type { Declaration } from '../program/scopes';
import { shortText } from '../syntax/shortText';
import { enclosingFunction, type FunctionNode, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { putsIntoList } from '../words/collections';
import { functionName } from './holders';
import { namesAsking } from './words';

/** Findings at what is added. */
export function findAddingGetters(engine: Engine): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const node of callsNamed(engine.program, putsIntoList)) {
    const callee = unwrap(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) continue;
    const list = unwrap(callee.expression);
    const declaration = ts.isIdentifier(list) ? engine.program.scopes.resolve(list) : undefined;
    const fn = enclosingFunction(node);
    const kept = declaration && keptList(declaration);
    if (!fn || !declaration || !kept || declaration.scope.func !== fn || !asks(fn)) continue;
    if (!isReturned(declaration, fn) || isLookedThrough(declaration) || !isOfOthers(kept, fn, engine)) continue;
    drafts.push({
      kind: 'cache/array-only-pushed',
      mechanism: 'unbounded-growth',
      // How long lives what keeps it, is seen of the module only.
      severity: isOfModule(kept, engine) ? 'medium' : 'low',
      confidence: 'medium',
      message: `\`${declaration.name}\` is the list that \`${shortText(kept)}\` keeps (line ${lineOf(kept)}), where there is one: each time that somebody asks, it has one more.`,
      advice: 'Add to a copy.',
      node,
      trail: [
        { role: 'held', message: 'The kept list itself, no copy', range: rangeOf(kept) },
        { role: 'grows', message: 'Grows here each time', range: rangeOf(node) },
      ],
    });
  }
  return drafts;
}

/** By its name it only gives something. */
function asks(fn: FunctionNode): boolean {
  const name = functionName(fn);
  const { parent } = wrapped(fn as ts.Expression);
  const assigned =
    name === '' && ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left)
      ? parent.left.name.text
      : name;
  return namesAsking(assigned) && !ts.isConstructorDeclaration(fn);
}

/** `this.lists[type] || []`: what is there, or a new one that nobody keeps. */
function keptList({ initializer, path, writes, kind }: Declaration): ts.Expression | undefined {
  const value = initializer && unwrap(initializer);
  if (!value || kind === 'parameter' || path?.length !== 0 || writes.length > 0 || !ts.isBinaryExpression(value))
    return undefined;
  const operator = value.operatorToken.kind;
  if (operator !== ts.SyntaxKind.BarBarToken && operator !== ts.SyntaxKind.QuestionQuestionToken) return undefined;
  const other = unwrap(value.right);
  if (!ts.isArrayLiteralExpression(other) || other.elements.length > 0) return undefined;
  let kept = unwrap(value.left);
  // `a && a.b && a.b.c`
  while (ts.isBinaryExpression(kept) && kept.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    kept = unwrap(kept.right);
  return ts.isPropertyAccessExpression(kept) || ts.isElementAccessExpression(kept) ? kept : undefined;
}

function isReturned({ references }: Declaration, fn: FunctionNode): boolean {
  return references.some((use) => {
    const { parent } = wrapped(use);
    return ts.isReturnStatement(parent) && enclosingFunction(parent) === fn;
  });
}

/** Asked for what is in it, emptied or put back: the author knows whose list it is. */
function isLookedThrough({ references }: Declaration): boolean {
  return references.some((use) => {
    const { parent } = wrapped(use);
    if (ts.isReturnStatement(parent) || ts.isVariableDeclaration(parent)) return false;
    return !(ts.isPropertyAccessExpression(parent) && putsIntoList(parent.name.text));
  });
}

/** Of what the function was given, of its instance, or of the module: no object of the call itself. */
function isOfOthers(kept: ts.Expression, fn: FunctionNode, { program }: Engine): boolean {
  let root = unwrap(kept);
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind === ts.SyntaxKind.ThisKeyword) return true;
  const declaration = ts.isIdentifier(root) ? program.scopes.resolve(root) : undefined;
  return declaration !== undefined && (declaration.kind === 'parameter' || declaration.scope.func !== fn);
}

function isOfModule(kept: ts.Expression, { program }: Engine): boolean {
  const root = program.places.of(kept)?.root;
  return root?.kind === 'import' || (root?.kind === 'declaration' && root.declaration.scope.func === undefined);
}
