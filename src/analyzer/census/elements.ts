/** Elements of the author's own that a file defines: `@customElement('app-clock') class Clock`, `@Component({ selector })`. */
import { callsNamed } from '../program/callNames';
import { constantOf } from '../program/constants';
import { exportNames } from '../program/exported';
import type { Owner } from '../program/members';
import type { FileProgram } from '../program/program';
import { nodesIn, select } from '../syntax/nodeIndex';
import { type ClassNode, calledName, isClassNode, propertyNameText, ts, unwrap, wrapped } from '../syntax/syntax';
import { definesElement, elementOptions, namesElement, templateOption } from '../words/ownElements';

const decorators = select<ts.Decorator>(ts.SyntaxKind.Decorator);
const define: ReadonlySet<string> = new Set(['define']);
const ownName = /^[a-z][\w.]*(?:-[\w.]+)+$/i;

/** The name under which the census knows an element. */
export function elementKey(name: string): string {
  return `<${name.toLowerCase()}`;
}

export interface Defined {
  readonly key: string;
  /** The class, where it is one of the file. */
  readonly node: ClassNode | undefined;
  /** Only templates know it: a page makes none of the tag alone. */
  readonly isOfTemplates?: boolean;
}

/** Elements that a file defines, also of classes that it imports. */
export function elementsDefined(program: FileProgram): readonly Defined[] {
  const { sourceFile, scopes } = program;
  const found: Defined[] = [];
  for (const decorator of nodesIn(sourceFile, decorators)) {
    const { parent } = decorator;
    const description = descriptionOf(decorator);
    if (!description || !isClassNode(parent)) continue;
    const isOfTemplates = optionOf(description, (name) => name === templateOption) !== undefined;
    for (const name of namesIn(description, program))
      found.push({ key: elementKey(name), node: parent, isOfTemplates });
  }
  for (const call of callsNamed(program, define)) {
    const [name, given] = call.arguments;
    const text = definesElement(call.expression.getText(sourceFile)) ? constantOf(name, scopes) : undefined;
    if (typeof text !== 'string' || !given) continue;
    const value = unwrap(given);
    const declared = ts.isIdentifier(value) ? scopes.resolve(value)?.node : value;
    found.push({ key: elementKey(text), node: declared && isClassNode(declared) ? declared : undefined });
  }
  return found;
}

/** What a decorator is told of the element that a class is. */
export function descriptionOf({ expression }: ts.Decorator): ts.Expression | undefined {
  if (!ts.isCallExpression(expression) || !namesElement(calledName(expression))) return undefined;
  const [given] = expression.arguments;
  return given && unwrap(given);
}

/** The value that an option of a description has. */
export function optionOf(description: ts.Node, is: (name: string) => boolean): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(description)) return undefined;
  const option = description.properties.find((one) => {
    const name = one.name && propertyNameText(one.name);
    return name !== undefined && is(name);
  });
  return option && ts.isPropertyAssignment(option) ? option.initializer : undefined;
}

/** `'app-clock'`, `'app-clock, app-watch'`; none where one of them is no element's own name. */
function namesIn(description: ts.Expression, { scopes }: FileProgram): readonly string[] {
  const written = ts.isObjectLiteralExpression(description)
    ? optionOf(description, (name) => elementOptions.has(name))
    : description;
  const text = constantOf(written, scopes);
  const names = typeof text === 'string' ? text.split(',').map((one) => one.trim()) : [];
  return names.every((one) => ownName.test(one)) ? names : [];
}

/** The call by which an element is defined of the class that stands there. */
export function definitionOf(use: ts.Node): ts.CallExpression | undefined {
  const call = use.parent;
  return ts.isCallExpression(call) && call.arguments[1] === use && definesElement(call.expression.getText())
    ? call
    : undefined;
}

/**
 * The names by which others come to the elements that a class is, with those that it is exported under; undefined where this file
 * makes instances of it, or gives it to others.
 */
export function elementNames({ node, declaration }: Owner, program: FileProgram): readonly string[] | undefined {
  const keys = program.once(elementsDefined).flatMap((one) => (one.node === node ? [one.key] : []));
  if (keys.length === 0) return undefined;
  const isClosed = (declaration?.references ?? []).every((use) => {
    const outer = wrapped(use);
    const up = outer.parent;
    return (
      definitionOf(outer) !== undefined ||
      ts.isExportSpecifier(up) ||
      ts.isExportAssignment(up) ||
      (ts.isPropertyAccessExpression(up) && up.expression === outer && up.name.text !== 'prototype')
    );
  });
  const exported = program.once(exportNames);
  return isClosed ? [...keys, ...(exported.get(node) ?? exported.get(declaration?.node ?? node) ?? [])] : undefined;
}
