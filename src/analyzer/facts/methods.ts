/** What is known of a method by the class of its receiver, where another file declares that class. */

import type { Name, Origin } from '../program/origins';
import type { FileProgram } from '../program/program';
import { orderOf } from '../syntax/nodeIndex';
import { ts, unwrap, wrapped } from '../syntax/syntax';
import type { MethodFact } from './exportFacts';
import type { Imports } from './imports';

/** By the places of the calls; null: nothing is known. */
const table = (): Map<number, MethodFact | null> => new Map();

/** The fact of the method that a call runs; the class is known by `new`, an annotation, the type of a field, or by its own name. */
export function methodFactOf(node: ts.CallExpression, program: FileProgram, imports: Imports): MethodFact | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  // What is dropped at once, the result of another call, or `this` tells of no class of another file that is worth the search.
  const receiver = unwrap(callee.expression);
  if (receiver.kind === ts.SyntaxKind.ThisKeyword || ts.isCallExpression(receiver)) return undefined;
  if (ts.isExpressionStatement(wrapped(node).parent)) return undefined;
  const facts = program.once(table);
  const place = orderOf(node);
  const known = facts.get(place);
  if (known !== undefined) return known ?? undefined;
  const fact = find(callee, program, imports);
  facts.set(place, fact ?? null);
  return fact;
}

function find(callee: ts.PropertyAccessExpression, program: FileProgram, imports: Imports): MethodFact | undefined {
  const { text } = callee.name;
  const own = imports.factOf(program.origins.nameOf(callee.expression))?.methods?.[`.${text}`];
  if (own) return own;
  for (const origin of program.origins.of(callee.expression)) {
    const fact = imports.factOf(className(origin))?.methods;
    if (fact && Object.hasOwn(fact, text)) return fact[text];
  }
  return undefined;
}

function className(origin: Origin): Name | undefined {
  if (origin.kind === 'new') return origin.callee;
  return origin.kind === 'annotated' ? origin.type : undefined;
}
