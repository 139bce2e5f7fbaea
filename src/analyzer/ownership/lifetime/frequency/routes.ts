/** The ways by which other files come to a function or class of this one. */

import type { Uses } from '../../../program/callees';
import { exportNames } from '../../../program/exported';
import type { Owner } from '../../../program/members';
import type { FileProgram } from '../../../program/program';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isClassNode,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../../syntax/syntax';
import { mayHide } from '../../../words/components';
import { asksForInstance, isExportsObject } from '../../../words/program';
import { isCalledByHost, isStartOfHost, onceEntryPoints } from '../../../words/starts';
import { type Frequency, once, rank, runs } from './frequency';
import type { Judge } from './judge';

export interface Routes {
  readonly names: readonly string[];
  readonly values: ReadonlySet<ts.Expression>;
}

/** The names by which other files come to a function, and the uses of it in this file that give it these names. */
export function routesOf(fn: FunctionNode, values: readonly ts.Expression[], program: FileProgram): Routes | undefined {
  const { scopes } = program;
  const exported = program.once(exportNames);
  const found = new Set(exported.get(fn) ?? exported.get(scopes.declarationOf(fn)?.node ?? fn));
  const through = new Set<ts.Expression>();
  const property = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  if (isProperty(property)) for (const name of memberNames(property, program)) found.add(name);
  for (const value of values) {
    const up = wrapped(value).parent;
    if (ts.isExportSpecifier(up) || ts.isExportAssignment(up)) through.add(value);
    else if (isProperty(up)) {
      const members = memberNames(up, program);
      for (const name of members) found.add(name);
      if (members.length > 0) through.add(value);
    } else if (isAssignment(up) && isExportsPlace(unwrap(up.left).getText())) through.add(value);
  }
  return found.size > 0 ? { names: [...found], values: through } : undefined;
}

/** `export default observer(Clock)`, `export default connect(select)(Clock)`: what is made of a component stands for it. */
export function wrappedRoutesOf(values: readonly ts.Expression[]): Routes | undefined {
  const isMadeDefault = (value: ts.Expression): boolean => {
    let made: ts.CallExpression | undefined;
    for (let at = wrapped(value); ts.isCallExpression(at.parent) && at.parent.arguments[0] === at; at = wrapped(made)) {
      made = at.parent;
      if (mayHide(calledName(made))) return false;
    }
    return made !== undefined && ts.isExportAssignment(wrapped(made).parent);
  };
  return values.length > 0 && values.every(isMadeDefault) ? { names: ['default'], values: new Set(values) } : undefined;
}

/** `module.exports`, `exports.build` */
function isExportsPlace(text: string): boolean {
  return isExportsObject(text) || isExportsObject(text.replace(/\.\w+$/, ''));
}

/** `default.enable`: the names of a function of an exported object that nobody here gives away. */
function memberNames(
  property: ts.ObjectLiteralElementLike | ts.MethodDeclaration,
  program: FileProgram,
): readonly string[] {
  const { scopes } = program;
  const name = propertyNameText(property.name);
  const holder = property.parent;
  const exported = program.once(exportNames).get(holder);
  // What others do with members of a name with a capital is not kept.
  if (name === undefined || !exported || exported.some((one) => /^[A-Z]/.test(one))) return [];
  const declaration = scopes.declarationOf(ts.isObjectLiteralExpression(holder) ? wrapped(holder).parent : holder);
  if (declaration?.references.some((use) => !isPart(use))) return [];
  return exported.map((one) => `${one}.${name}`);
}

/** Once, if that is so of all files that call the function. */
export function calledElsewhere(exported: readonly string[], name: string, judge: Judge): Frequency | undefined {
  if (onceEntryPoints.has(name) || isStartOfHost(name, judge.program.path)) return undefined;
  const question = judge.asked('called', exported);
  return question && runs('once', { kind: 'callElsewhere', name }, { given: [question] });
}

/**
 * `build(); module.exports = build;`: a script that runs when it is loaded, if nobody gives it anything, nor takes it; so does any
 * function that its own file calls once, whatever it is given, if others come to the file and not to this.
 * @param most by the calls of the file
 */
export function calledHere(
  exported: readonly string[],
  fn: FunctionNode,
  { calls }: Uses,
  most: Frequency | undefined,
  judge: Judge,
): Frequency | undefined {
  const isScript = fn.parameters.length === 0 && calls.length > 0 && calls.every((call) => !enclosingFunction(call));
  const isOnceHere = most !== undefined && rank[most.level] <= rank.setup && !exported.some(isCalledByHost);
  const question =
    (isScript ? judge.asked('unused', exported) : undefined) ??
    (isOnceHere ? judge.asked('uncalled', exported) : undefined);
  return question && { ...once, given: [question] };
}

/** The names that a class is exported under, if nothing here makes instances of it or gives it to others. */
export function madeUnder({ node, declaration, kind }: Owner, program: FileProgram): readonly string[] | undefined {
  const exported = program.once(exportNames);
  const isClosed =
    kind !== 'object' &&
    (declaration?.references ?? []).every((use) => isPart(use) || isHeldAgainst(use)) &&
    !/\bnew this\b/.test(node.getText());
  return isClosed ? (exported.get(node) ?? exported.get(declaration?.node ?? node)) : undefined;
}

function isProperty(
  node: ts.Node,
): node is ts.MethodDeclaration | ts.PropertyAssignment | ts.ShorthandPropertyAssignment {
  return (
    (ts.isMethodDeclaration(node) && !isClassNode(node.parent)) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

/** `name.part`, or the name where it is exported. */
function isPart(use: ts.Expression): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  return (
    (ts.isPropertyAccessExpression(up) && up.expression === outer && up.name.text !== 'prototype') ||
    ts.isExportSpecifier(up) ||
    ts.isExportAssignment(up) ||
    (isAssignment(up) &&
      up.right === outer &&
      isExportsObject(
        unwrap(up.left)
          .getText()
          .replace(/\.\w+$/, ''),
      ))
  );
}

/** `x instanceof Name`, `instanceOf(Name)` */
function isHeldAgainst(use: ts.Expression): boolean {
  const up = use.parent;
  if (ts.isCallExpression(up) && up.expression !== use && asksForInstance(calledName(up))) return true;
  return ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword && up.right === use;
}
