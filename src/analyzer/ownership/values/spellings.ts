/**
 * The nodes of a file at which something may be released, by the name that stands there: who looks for the releases of one
 * kind looks at few.
 */

import { apiCalls } from '../../acquiring/apiCalls';
import { lastPart, lastPartsOf } from '../../acquiring/apiNames';
import type { Types } from '../../acquiring/types';
import { callsOf, inOrder } from '../../program/callNames';
import type { Name } from '../../program/origins';
import type { FileProgram } from '../../program/program';
import type { ApiName } from '../../resources/apiTypes';
import type { ResourceKind } from '../../resources/model';
import { nodesIn, select } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { propertyNameText, ts, unwrap } from '../../syntax/syntax';

const bindings = select<ts.BindingElement>(ts.SyntaxKind.BindingElement);

export interface Spellings {
  /** The nodes at which a resource of the kind may be released, in source order; each is still to be looked at. */
  readonly of: (kind: ResourceKind, types: Types) => readonly ts.Node[];
}

/** What spells a function of an API: calls of it, and it as an argument of a method (`timers.forEach(clearInterval)`). */
interface Spelled {
  readonly name: Name;
  readonly nodes: ts.Node[];
}

/** What the names of all calls, members and functions are is found once, for all kinds. */
export function createSpellings(program: FileProgram): Spellings {
  /** Calls of a method, accesses of the member, and what takes it out of an object. */
  const membersNamed = (name: string): readonly ts.Node[] => [
    ...callsOf(program, name).filter((call) => ts.isPropertyAccessExpression(unwrap(call.expression))),
    ...(program.callees.accesses.get(name) ?? []).filter((node) => memberOf(node) === name),
    ...(program.once(bound).get(name) ?? []),
  ];

  return {
    of: ({ release }, types) => {
      const found = new Set<ts.Node>();
      const take = (nodes: readonly ts.Node[]): void => {
        for (const node of nodes) found.add(node);
      };
      for (const form of release)
        if (form.form === 'method' || form.form === 'method-argument') {
          for (const method of form.method) {
            take(membersNamed(method));
            // `child.stdin.end()`
            if (method.includes('.')) take(membersNamed(method.slice(method.lastIndexOf('.') + 1)));
          }
        } else if (form.form === 'invoked') take(nodesIn(program.sourceFile, calls));
        else if (form.form === 'call')
          for (const api of form.callee)
            for (const { name, nodes } of spelledLike(api, program.once(spelledApis)))
              if (types.matches(name, [api])) take(nodes);
      return [...found].sort(inOrder);
    },
  };
}

type SpelledApis = ReadonlyMap<string, readonly Spelled[]>;

function spelledLike(api: ApiName, spelled: SpelledApis): readonly Spelled[] {
  const parts = lastPartsOf(api);
  return (parts ?? [...spelled.keys()]).flatMap((part) => spelled.get(part) ?? []);
}

/** What spells each function of an API, by the last part of its name. */
function spelledApis(program: FileProgram): SpelledApis {
  const byApi = new Map<string, Spelled>();
  const nodesOf = (name: Name): ts.Node[] => {
    const key = `${name.module ?? ''}#${name.name}`;
    const known = byApi.get(key);
    if (known) return known.nodes;
    const nodes: ts.Node[] = [];
    byApi.set(key, { name, nodes });
    return nodes;
  };
  const spells = (name: Name | undefined, node: ts.Node): void => {
    if (name) nodesOf(name).push(node);
  };
  for (const node of nodesIn(program.sourceFile, calls))
    if (ts.isPropertyAccessExpression(unwrap(node.expression)))
      for (const argument of node.arguments) {
        const given = unwrap(argument);
        if (ts.isIdentifier(given) || ts.isPropertyAccessExpression(given))
          spells(program.origins.nameOf(given), given);
      }
  const { named, unnamed } = program.once(apiCalls);
  for (const node of unnamed)
    if (ts.isCallExpression(node)) spells(program.origins.promisedOf(unwrap(node.expression)), node);
  for (const { name, nodes } of named) {
    const calling = nodes.filter(ts.isCallExpression);
    if (calling.length > 0) nodesOf(name).push(...calling);
  }
  const byLast = new Map<string, Spelled[]>();
  for (const one of byApi.values()) {
    const last = lastPart(one.name.name);
    const known = byLast.get(last);
    if (known) known.push(one);
    else byLast.set(last, [one]);
  }
  return byLast;
}

/** What is taken out of objects, by the member: `const { close } = x`. */
function bound({ sourceFile }: FileProgram): ReadonlyMap<string, readonly ts.Node[]> {
  const found = new Map<string, ts.Node[]>();
  for (const node of nodesIn(sourceFile, bindings)) {
    const member = memberOf(node);
    if (member === undefined) continue;
    const known = found.get(member);
    if (known) known.push(node);
    else found.set(member, [node]);
  }
  return found;
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
