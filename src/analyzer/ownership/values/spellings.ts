/**
 * The nodes of a file at which something may be released, by the name that stands there: who looks for the releases of one
 * kind looks at few. Made in one pass, for all kinds.
 */

import { orderOf, select, visitNodes } from '../../nodeIndex';
import type { Name } from '../../origins';
import type { FileProgram } from '../../program';
import type { ResourceKind } from '../../resources/model';
import { propertyNameText, ts, unwrap } from '../../syntax';
import type { Types } from '../../types';
import { addUnder } from './nodesByKey';

const spelled = select<ts.Node>(
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.BindingElement,
  ts.SyntaxKind.CallExpression,
);

export interface Spellings {
  /** The nodes at which a resource of the kind may be released, in source order; each is still to be looked at. */
  readonly of: (kind: ResourceKind, types: Types) => readonly ts.Node[];
}

/** What spells a function of an API: calls of it, and it as an argument of a method (`timers.forEach(clearInterval)`). */
interface Spelled {
  readonly name: Name;
  readonly nodes: ts.Node[];
}

/** Reads the file once. */
export function createSpellings(program: FileProgram): Spellings {
  const byMember = new Map<string, ts.Node[]>();
  const byApi = new Map<string, Spelled>();
  const calls: ts.Node[] = [];

  const spells = (name: Name | undefined, node: ts.Node): void => {
    if (!name) return;
    const key = `${name.module ?? ''}#${name.name}`;
    const known = byApi.get(key);
    if (known) known.nodes.push(node);
    else byApi.set(key, { name, nodes: [node] });
  };

  visitNodes(program.sourceFile, spelled, (node) => {
    if (ts.isCallExpression(node)) {
      const called = unwrap(node.expression);
      calls.push(node);
      if (ts.isPropertyAccessExpression(called)) {
        addUnder(byMember, called.name.text, node);
        for (const argument of node.arguments) {
          const given = unwrap(argument);
          if (ts.isIdentifier(given) || ts.isPropertyAccessExpression(given))
            spells(program.origins.nameOf(given), given);
        }
      }
      spells(program.origins.nameOf(called) ?? program.origins.promisedOf(called), node);
      return undefined;
    }
    const member = memberOf(node);
    if (member !== undefined) addUnder(byMember, member, node);
    return undefined;
  });

  return {
    of: ({ release }, types) => {
      const found = new Set<ts.Node>();
      const take = (nodes: readonly ts.Node[]): void => {
        for (const node of nodes) found.add(node);
      };
      for (const form of release)
        if (form.form === 'method' || form.form === 'method-argument') {
          for (const method of form.method) {
            take(byMember.get(method) ?? []);
            // `child.stdin.end()`
            if (method.includes('.')) take(byMember.get(method.slice(method.lastIndexOf('.') + 1)) ?? []);
          }
        } else if (form.form === 'invoked') take(calls);
        else if (form.form === 'call')
          for (const { name, nodes } of byApi.values()) if (types.matches(name, form.callee)) take(nodes);
      return [...found].sort((a, b) => orderOf(a) - orderOf(b));
    },
  };
}

/** The member that a node names of another value: `x.close`, `x['close']`, `const { close } = x`. */
function memberOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node)) {
    const key = unwrap(node.argumentExpression);
    return ts.isStringLiteralLike(key) ? key.text : undefined;
  }
  return ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)
    ? propertyNameText(node.propertyName ?? node.name)
    : undefined;
}
