/**
 * What a file does with what it imports, and whether it does so once: `new Bridge()` where the module is loaded, or in the
 * constructor of a class of which there is one. From the file alone: what depends on uses of its own exports is said so.
 */

import type { Question, Use } from '../facts/exportFacts';
import { listedName, loadedLater, type MarkupUses, markupUsesOf, type Shown } from '../markup/markupUses';
import { type Frequencies, type Frequency, runs } from '../ownership/lifetime/frequency/frequency';
import { ofRootOptions } from '../ownership/lifetime/frequency/instances';
import { createFrequency } from '../ownership/lifetime/frequency/judge';
import { namesTarget, rootCallOf } from '../ownership/lifetime/rootElements';
import { shownBy } from '../ownership/lifetime/shownAlways';
import { type Sole, soleUse } from '../ownership/lifetime/solePlaces';
import { callsNamed } from '../program/callNames';
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import { isComponentFile } from '../syntax/singleFile';
import {
  type ClassNode,
  calledName,
  enclosingFunction,
  type FunctionNode,
  isClassNode,
  isFunctionNode,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { isViewQuery } from '../words/components';
import { isHookName } from '../words/hooks';
import { beginnings, listings } from '../words/ownElements';
import { asksForInstance, loadingsIn } from '../words/program';
import { isThen } from '../words/promises';
import { anyElement, madeBy } from './censusNames';
import { definitionOf, elementKey } from './elements';
import { mentionsIn, type Placing, placings } from './elementUses';
import { heirOf, mixedInto } from './mixins';
import { elementsSpelled } from './placedElements';
import { elementsOnOthers, mayShowAny, showsUnknown } from './unknownElements';
import { modulesBehind, specifiersOf } from './writtenNames';

type Done = NonNullable<Use['as']>;

/** One place where something imported is used. */
interface Site {
  /** The import, or a member of it after a dot. */
  readonly name: string;
  /** Undefined for a use of which nothing is known. */
  readonly as: Done | undefined;
  readonly often: () => Frequency;
  /** By what it is the only place that shows it. */
  readonly sole?: () => Sole | undefined;
}

/** The file whose uses are looked for. */
interface Using {
  readonly program: FileProgram;
  readonly frequency: () => Frequencies;
  /** Of a single-file component. */
  readonly markup: MarkupUses | undefined;
}

/** `import()` has no name. */
const loaders: ReadonlySet<string> = new Set(['require', '']);

const ofFunctions: ReadonlySet<string> = new Set(['call', 'apply', 'bind', 'prototype']);

/**
 * The uses of a bound file, each import with the members that are used of it.
 * @param text the whole file, where the program has its scripts only
 */
export function usesIn(program: FileProgram, text = program.text): readonly Use[] {
  const sites = new Map<string, Map<string, Site[]>>();
  const ofModule = (module: string): Map<string, Site[]> => {
    let found = sites.get(module);
    if (!found) {
      found = new Map();
      sites.set(module, found);
    }
    return found;
  };
  const add = (module: string, site: Site | undefined): void => {
    const known = site && ofModule(module).get(site.name);
    if (known) known.push(site);
    else if (site) ofModule(module).set(site.name, [site]);
  };
  let frequencies: Frequencies | undefined;
  const frequency = (): Frequencies => {
    // Supposing that each question is answered by yes; what rests on it is said with it.
    frequencies ??= createFrequency(program, () => true, true);
    return frequencies;
  };
  const markup = isComponentFile(program.path) ? markupUsesOf(program.path, text) : undefined;
  const file: Using = { program, frequency, markup };
  for (const { name, imported, references, initializer } of program.scopes.imports) {
    if (!imported || imported.module.startsWith('node:')) continue;
    for (const module of modulesBehind(imported.module, initializer, program)) {
      if (markup) add(module, siteInMarkup(markup.ofImport(name), imported.name, file));
      for (const reference of references) add(module, siteOf(reference, imported.name, file));
    }
  }
  const noteLoading = (call: ts.CallExpression): void => {
    const [specifier] = call.arguments;
    const isImport = call.expression.kind === ts.SyntaxKind.ImportKeyword;
    const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
    const modules = (isImport || isRequire) && specifier ? specifiersOf(specifier, program) : [];
    if (modules.length === 0) return;
    const sites = loaded(call, isImport, file);
    for (const module of modules) for (const site of sites) add(module, site);
  };
  callsNamed(program, loaders).forEach(noteLoading);
  for (const statement of program.sourceFile.statements)
    if (
      ts.isExportDeclaration(statement) &&
      statement.moduleSpecifier &&
      ts.isStringLiteralLike(statement.moduleSpecifier) &&
      statement.exportClause &&
      ts.isNamespaceExport(statement.exportClause)
    )
      add(statement.moduleSpecifier.text, unknownUse('*'));
  for (const { module, name, by } of placings(program)) add(module, { name, ...asPlaced(by, file) });
  for (const name of markup?.named ?? []) add(`<${name}`, unknownUse('*'));
  for (const [name, as] of mentionsIn(program)) add(elementKey(name), unknownUse(as));
  if (text !== program.text && showsUnknown(text)) add(anyElement, unknownUse('*'));
  for (const name of loadingsIn(text)) add('*', unknownUse(name));
  const found: Use[] = [];
  for (const [module, byName] of sites) for (const [name, all] of byName) found.push({ module, name, ...onceOf(all) });
  return found;
}

/** Is all of it one thing that is done once each, or is there but one place? */
function onceOf(sites: readonly Site[]): Pick<Use, 'as' | 'given' | 'sole'> {
  const once = doneOnce(sites);
  const sole = sites.length === 1 && !(once.as && !once.given) ? sites[0]?.sole?.() : undefined;
  return sole ? { ...once, sole } : once;
}

function doneOnce(sites: readonly Site[]): Pick<Use, 'as' | 'given'> {
  const as = sites[0]?.as;
  if (as === undefined || sites.some((site) => site.as !== as)) return {};
  const given = new Set<Question>();
  for (const { often } of sites) {
    const { level, given: on } = often();
    if (level !== 'once') return {};
    for (const one of on ?? []) given.add(one);
  }
  return given.size > 0 ? { as, given: [...given] } : { as };
}

function never(): Frequency {
  return runs('unknown', { kind: 'unseen' });
}

/** @returns undefined for what is no use: it is exported again, or only compared with */
function siteOf(use: ts.Expression, name: string, file: Using, isMember = false): Site | undefined {
  const site = strictSiteOf(use, name, file, isMember);
  return site && { sole: () => soleUse(use, file.program), ...site };
}

function strictSiteOf(use: ts.Expression, name: string, file: Using, isMember: boolean): Site | undefined {
  const { program, frequency } = file;
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isExportSpecifier(up) || ts.isExportAssignment(up) || ts.isJsxClosingElement(up)) return undefined;
  if ((ts.isNewExpression(up) || ts.isCallExpression(up)) && up.expression === outer) {
    const user = ts.isIdentifier(use) && isHookName(use.text) ? enclosingFunction(up) : undefined;
    if (user) return { name, as: 'put', often: () => frequency().ofMounts(user) ?? never() };
    const [options] = up.arguments ?? [];
    if (ts.isNewExpression(up) && options && isOfComponent(use, program) && namesTarget(options))
      return { name, as: 'put', often: () => frequency().of(up) };
    // Of what the function makes there are as many as of the heir.
    const heir = heirOf(up);
    if (heir) return { name: madeBy(name), as: 'made', often: () => oftenShown(heir, file) };
    return { name, as: ts.isNewExpression(up) ? 'made' : 'called', often: () => frequency().of(up) };
  }
  if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
    if (ofFunctions.has(up.name.text)) return unknownUse(name);
    // Of classes and enumerations nobody asks what is done with a member.
    if (/^[A-Z]/.test(name)) return undefined;
    return isMember ? unknownUse(name) : siteOf(up, `${name}.${up.name.text}`, file, true);
  }
  if (ts.isExpressionWithTypeArguments(up)) {
    const clause = up.parent;
    if (!ts.isHeritageClause(clause) || clause.token !== ts.SyntaxKind.ExtendsKeyword) return undefined;
    const owner = isClassNode(clause.parent) ? program.members.ownerOf(clause.parent) : undefined;
    return owner ? { name, as: 'made', often: () => frequency().ofInstances(owner) } : unknownUse(name);
  }
  if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword && up.right === outer)
    return undefined;
  if (ts.isCallExpression(up) && up.arguments.includes(outer)) {
    if (asksForInstance(calledName(up)) || isViewQuery(calledName(up))) return undefined;
    const defined = definitionOf(outer);
    const element = defined && constantOf(defined.arguments[0], program.scopes);
    // There are as many of it as of the element.
    if (defined && typeof element === 'string')
      return {
        name,
        as: 'put',
        often: () => runs('once', { kind: 'unseen' }, { given: [{ as: 'put', of: [elementKey(element)] }] }),
      };
  }
  const described = siteInDescription(outer, name, file);
  if (described !== 'other') return described;
  const root = rootCallOf(outer);
  if (root) return { name, as: 'put', often: () => frequency().of(root) };
  const options = mixedInto(outer);
  if (options)
    return { name, as: 'put', often: () => frequency().ofOwnFile() ?? ofRootOptions(options, frequency()) ?? never() };
  const shower = shownBy(outer, program);
  if (shower) return { name, as: 'put', often: () => oftenShown(shower, file) };
  const listed = file.markup ? listedName(outer) : undefined;
  if (listed !== undefined) return siteInMarkup(file.markup?.ofListed(listed), name, file);
  if (ts.isCallExpression(up) && up.arguments.includes(outer)) {
    const heir = heirOf(up);
    if (heir) return { name, as: 'made', often: () => oftenShown(heir, file) };
    return { name, as: 'called', often: () => frequency().ofGiven(up, outer) };
  }
  return unknownUse(name);
}

function unknownUse(name: string): Site {
  return { name, as: undefined, often: never };
}

/** An element is put up as often as what places it is there. */
function asPlaced(by: Placing['by'], file: Using): Omit<Site, 'name'> {
  if (!by) return { as: undefined, often: never };
  return { as: 'put', often: () => (ts.isCallExpression(by) ? file.frequency().of(by) : oftenShown(by, file)) };
}

/** What a module's description does with a component: it begins with it, or only says that there is one. */
function siteInDescription(value: ts.Node, name: string, { frequency }: Using): Site | undefined | 'other' {
  const list = value.parent;
  const option = ts.isArrayLiteralExpression(list) ? list.parent : undefined;
  const call = option && ts.isPropertyAssignment(option) ? option.parent.parent : undefined;
  if (!option || !ts.isPropertyAssignment(option) || !call?.parent || !ts.isDecorator(call.parent)) return 'other';
  const as = propertyNameText(option.name) ?? '';
  if (listings.has(as)) return undefined;
  return as === beginnings ? { name, as: 'put', often: () => frequency().of(call) } : 'other';
}

/** How often there is a component that shows another always. */
function oftenShown(shower: FunctionNode | ClassNode, { program, frequency }: Using): Frequency {
  if (!isClassNode(shower)) return frequency().ofMounts(shower) ?? never();
  const owner = program.members.ownerOf(shower);
  return owner ? frequency().ofInstances(owner) : never();
}

/** What the markup beside the scripts does with a component: it shows it as often as there is one of the file's own. */
function siteInMarkup(shown: Shown, name: string, { frequency }: Using): Site | undefined {
  if (shown === undefined) return undefined;
  if (shown === 'many') return unknownUse(name);
  return {
    name,
    as: 'put',
    often: () => frequency().ofOwnFile() ?? never(),
    sole: () => [{ as: 'sole', of: ['default'] }],
  };
}

function isOfComponent(use: ts.Expression, { scopes }: FileProgram): boolean {
  const imported = ts.isIdentifier(use) ? scopes.resolve(use)?.imported : undefined;
  return imported !== undefined && isComponentFile(imported.module);
}

/** Sites of a module that is loaded amid the code; none where a declaration stands for it. */
function loaded(call: ts.CallExpression, isImport: boolean, file: Using): readonly (Site | undefined)[] {
  const { program } = file;
  let value: ts.Expression = wrapped(call);
  if (ts.isAwaitExpression(value.parent)) value = wrapped(value.parent);
  if (ts.isExpressionStatement(value.parent)) return [];
  const isAwaited = value !== wrapped(call);
  if (isImport && !isAwaited) return continued(value, file) ?? shownLater(call, file) ?? [unknownUse('*')];
  let whole = value;
  while (ts.isPropertyAccessExpression(whole.parent) && whole.parent.expression === whole)
    whole = wrapped(whole.parent);
  const variable = whole.parent;
  // Its names are declarations with an import of their own.
  if (ts.isVariableDeclaration(variable) && variable.initializer === whole && isBound(variable.name, program))
    return [];
  const up = value.parent;
  if (ts.isPropertyAccessExpression(up) && up.expression === value && up.name.text === 'default')
    return [siteOf(up, 'default', file)];
  return [siteOf(value, '*', file)];
}

function isBound(name: ts.BindingName, program: FileProgram): boolean {
  if (ts.isIdentifier(name)) return program.scopes.declarationOf(name.parent)?.imported !== undefined;
  return name.elements.every((element) => {
    if (ts.isOmittedExpression(element)) return true;
    return ts.isIdentifier(element.name) && program.scopes.declarationOf(element)?.imported !== undefined;
  });
}

/** `import('./feed').then(({ open }) => …)`: what is done with what the module gives. */
function continued(value: ts.Expression, file: Using): readonly (Site | undefined)[] | undefined {
  const { scopes } = file.program;
  const access = value.parent;
  if (!ts.isPropertyAccessExpression(access) || !isThen(access.name.text)) return undefined;
  const call = access.parent;
  const [given] = ts.isCallExpression(call) && call.expression === access ? call.arguments : [];
  const fn = given && unwrap(given);
  if (!fn || !isFunctionNode(fn)) return undefined;
  const [parameter] = fn.parameters;
  if (!parameter) return [];
  const uses = (declaration: Declaration | undefined, name: string): readonly (Site | undefined)[] =>
    declaration?.references.map((use) => siteOf(use, name, file)) ?? [];
  if (ts.isIdentifier(parameter.name)) return uses(scopes.declarationOf(parameter), '*');
  if (!ts.isObjectBindingPattern(parameter.name)) return undefined;
  const sites: (Site | undefined)[] = [];
  for (const element of parameter.name.elements) {
    const name = propertyNameText(element.propertyName ?? element.name);
    if (name === undefined || element.dotDotDotToken || !ts.isIdentifier(element.name)) return undefined;
    sites.push(...uses(scopes.declarationOf(element), name));
  }
  return sites;
}

/** `const Clock = lazy(() => import('./Clock'))`: what is done with the component that stands for the module. */
function shownLater(load: ts.CallExpression, file: Using): readonly (Site | undefined)[] | undefined {
  const later = loadedLater(load);
  if (!later) return undefined;
  const listed = listedName(later);
  if (listed !== undefined) return [siteInMarkup(file.markup?.ofListed(listed) ?? 'many', 'default', file)];
  const variable = later.parent;
  if (!ts.isVariableDeclaration(variable) || !ts.isIdentifier(variable.name)) return undefined;
  const declaration = file.program.scopes.declarationOf(variable);
  if (!declaration || file.program.scopes.exports.has(declaration.name)) return undefined;
  return [
    siteInMarkup(file.markup?.ofImport(declaration.name), 'default', file),
    ...declaration.references.map((use) => siteOf(use, 'default', file)),
  ];
}

/** The uses of a text that cannot be analysed: any of what it loads, and of the elements that it names. */
export function usesOfUnknown(text: string): readonly Use[] {
  const modules = [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    ([, module = '']) => module,
  );
  const elements = [...elementsSpelled(text), ...elementsOnOthers(text)].map(elementKey);
  return [...modules, ...elements, ...(mayShowAny(text) ? [anyElement] : [])].map((module) => ({ module, name: '*' }));
}
