/**
 * Elements of the author's own that a script places: in the markup that a class draws, of a component's template, or made by name.
 * As often as they are seen to come; an element whose name is told by the program may be any that fits.
 */

import { isPage } from '../files/pagePaths';
import { drawerOf, shownBy } from '../ownership/lifetime/shownAlways';
import { callsNamed } from '../program/callNames';
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import { nodesIn, select } from '../syntax/nodeIndex';
import {
  type ClassNode,
  calledName,
  type FunctionNode,
  isClassNode,
  isFunctionNode,
  propertyNameText,
  ts,
  unwrap,
} from '../syntax/syntax';
import { isElementMaker, isNamespaceMaker } from '../words/components';
import { drawsMarkup, holdsElementName, markupFileOption, markupOption, updatesInPlace } from '../words/ownElements';
import { anyElement, definition, madeByPage, templateDefinition, wholeMarkup } from './censusNames';
import { descriptionOf, elementKey, elementsDefined, optionOf } from './elements';
import { markupModule } from './pages';
import { type Dialect, elementsIn } from './placedElements';
import { elementsMentioned, elementsOnOthers, showsUnknown } from './unknownElements';

/** Something that is placed, and by what: as often as that is there. */
export interface Placing {
  /** The element, `<*` for any, or the file of a template. */
  readonly module: string;
  readonly name: string;
  /** A call that makes it, or the function or class of the component that shows it; undefined where it may be any number of times. */
  readonly by: ts.CallExpression | FunctionNode | ClassNode | undefined;
}

const tagged = select<ts.TaggedTemplateExpression>(ts.SyntaxKind.TaggedTemplateExpression);
const openings = select<ts.JsxOpeningElement | ts.JsxSelfClosingElement>(
  ts.SyntaxKind.JsxOpeningElement,
  ts.SyntaxKind.JsxSelfClosingElement,
);
const decorators = select<ts.Decorator>(ts.SyntaxKind.Decorator);
const holders = select<ts.VariableDeclaration | ts.PropertyAssignment | ts.PropertyDeclaration>(
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.PropertyAssignment,
  ts.SyntaxKind.PropertyDeclaration,
);
const ownName = /^[a-z][\w.*]*-[\w.*-]*$/i;
/** A file without any of these neither defines nor places one of a known name. */
const signs =
  /<[a-z]\w*-|createElement|customElement|\b(?:h|jsx)\(|\b(?:selector|templateUrl)\b|\bis['"]?\s*[:=]|(?:[tT]ag|[eE]lement|[cC]omponent)\w*\s*[:=]/;

/** What the file defines, and what it places. */
export function placings(program: FileProgram): readonly Placing[] {
  let isAny = showsUnknown(program.text);
  if (!isAny && !signs.test(program.text)) return [];
  const defined = program.once(elementsDefined);
  const found: Placing[] = defined.map(({ key, isOfTemplates }) => ({
    module: key,
    name: isOfTemplates ? templateDefinition : definition,
    by: undefined,
  }));
  const placed = new Map<string, number>();
  const add = (name: string, by: Placing['by']): void => {
    placed.set(name, (placed.get(name) ?? 0) + 1);
    found.push({ module: elementKey(name), name: '*', by: name.includes('*') ? undefined : by });
  };
  const addAll = (markup: string, dialect: Dialect, by: Placing['by']): void => {
    for (const [name, isOnce] of elementsIn(markup, dialect)) add(name, isOnce ? by : undefined);
  };
  for (const decorator of nodesIn(program.sourceFile, decorators)) noteTemplate(decorator, program, found, addAll);
  for (const { tagName } of nodesIn(program.sourceFile, openings)) {
    const name = tagName.getText(program.sourceFile);
    if (name.includes('-') && ts.isIdentifier(tagName)) add(name.toLowerCase(), shownBy(tagName, program));
  }
  for (const node of nodesIn(program.sourceFile, tagged)) {
    addAll(textOf(node.template), 'drawn', drawsInPlace(node.tag, program) ? drawerOf(node, program) : undefined);
  }
  for (const name of elementsOnOthers(program.text)) add(name, undefined);
  // What else spells a tag may be any text that becomes markup.
  for (const [name, count] of tagsSpelled(program.text))
    if (count > (placed.get(name) ?? 0)) found.push({ module: elementKey(name), name: '*', by: undefined });
  const isOfPage = (call: ts.CallExpression): boolean => /\bdoc(?:ument)?\./i.test(call.expression.getText());
  for (const call of callsNamed(program, isElementMaker)) {
    const given = call.arguments[isNamespaceMaker(calledName(call)) ? 1 : 0];
    const name = nameOf(given, program);
    if (name !== undefined) add(name, call);
    else if (given && isUnknown(given, program) && (isOfPage(call) || !isComponent(given))) isAny = true;
  }
  if (isAny) found.push({ module: anyElement, name: madeByPage, by: undefined });
  const isOwn = (name: string): boolean => defined.some(({ key }) => key === elementKey(name));
  for (const node of nodesIn(program.sourceFile, holders)) {
    const held = propertyNameText(node.name);
    const name = held !== undefined && holdsElementName(held) ? nameOf(node.initializer, program) : undefined;
    if (name !== undefined && !isOwn(name)) add(name, undefined);
  }
  return found;
}

/** Names of elements of other files that are values of this one, each with what the census calls such a use. */
export function mentionsIn(program: FileProgram): readonly (readonly [name: string, as: string])[] {
  const found = elementsMentioned(program.text);
  if (found.size === 0) return [];
  const own = new Set(program.once(elementsDefined).map(({ key }) => key));
  return [...found].filter(([name]) => !own.has(elementKey(name)));
}

/** The markup of a component: written beside its class, or in a file of its own. */
function noteTemplate(
  decorator: ts.Decorator,
  { scopes }: FileProgram,
  found: Placing[],
  addAll: (markup: string, dialect: Dialect, by: Placing['by']) => void,
): void {
  const { parent } = decorator;
  const description = descriptionOf(decorator);
  if (!description || !isClassNode(parent)) return;
  const markup = optionOf(description, (name) => name === markupOption);
  const written = constantOf(markup, scopes);
  if (typeof written === 'string') addAll(written, 'template', parent);
  const file = optionOf(description, (name) => name === markupFileOption);
  const path = constantOf(file, scopes);
  if (typeof path === 'string' && isPage(path))
    found.push({ module: markupModule(path), name: wholeMarkup, by: parent });
  // What is in a markup that is not seen may be anything.
  if ((markup && typeof written !== 'string') || (file && !(typeof path === 'string' && isPage(path))))
    found.push({ module: anyElement, name: '*', by: undefined });
}

/** Is it the tag of what draws a text and keeps it up to date? */
function drawsInPlace(tag: ts.Expression, { sourceFile, scopes }: FileProgram): boolean {
  if (!drawsMarkup(tag.getText(sourceFile))) return false;
  const name = ts.isPropertyAccessExpression(tag) ? tag.expression : tag;
  const module = ts.isIdentifier(name) ? scopes.resolve(name)?.imported?.module : undefined;
  return module !== undefined && updatesInPlace(module);
}

/** The text of a template, with a sign for what the program puts in. */
function textOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join('*');
}

/** The name of an element that an expression gives, with a sign for what the program puts in. */
function nameOf(expression: ts.Expression | undefined, { scopes }: FileProgram): string | undefined {
  const value = expression && unwrap(expression);
  const name = value && ts.isTemplateExpression(value) ? textOf(value) : constantOf(value, scopes);
  return typeof name === 'string' && ownName.test(name) ? name.toLowerCase() : undefined;
}

/** Is what an element is made of no text that stands there? */
function isUnknown(given: ts.Expression, { scopes }: FileProgram): boolean {
  return typeof constantOf(given, scopes) !== 'string';
}

/** `Clock`, `parts.Clock`, `() => …`: by the name of a component, and not of an element. */
function isComponent(given: ts.Expression): boolean {
  const value = unwrap(given);
  if (isFunctionNode(value) || isClassNode(value) || ts.isObjectLiteralExpression(value)) return true;
  const name = ts.isPropertyAccessExpression(value) ? value.name : value;
  return ts.isIdentifier(name) && /^[A-Z]/.test(name.text) && /[a-z]/.test(name.text);
}

/** How often each tag is spelled, but for lines of comments. */
function tagsSpelled(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  // Most texts spell none, and need no copy without comments.
  if (!/<[a-z]\w*-/i.test(text)) return found;
  for (const [, name = ''] of text.replace(/^[^\S\n]*(?:\/?\*|\/\/).*$/gm, '').matchAll(/<([a-z]\w*(?:-[\w.]+)+)/gi))
    found.set(name.toLowerCase(), (found.get(name.toLowerCase()) ?? 0) + 1);
  return found;
}
