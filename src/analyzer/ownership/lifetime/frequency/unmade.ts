/** Classes that no file of a program makes use of: left from before, or not in use yet. */
import { elementNames } from '../../../census/elements';
import type { Owner } from '../../../program/members';
import { isClassNode, ts } from '../../../syntax/syntax';
import type { Judge } from './judge';
import { madeUnder } from './routes';

/** No `new`, no heir, nobody who imports it, nor places the element that it is; a decorator, or a base of elsewhere, may hand it to a framework that makes it. */
export function isUnmade(owner: Owner, judge: Judge): boolean {
  const { node, declaration } = owner;
  if (judge.asked('unused', elementNames(owner, judge.program))) return true;
  if (owner.kind !== 'class' || !isClassNode(node) || !declaration) return false;
  if (node.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)) return false;
  if (ts.canHaveDecorators(node) && (ts.getDecorators(node) ?? []).length > 0) return false;
  return judge.asked('unmade', madeUnder(owner, judge.program)) !== undefined;
}
