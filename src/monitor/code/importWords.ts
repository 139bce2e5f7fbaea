/** Imports of a text by its words, without parsing it. */
import { anyElement, madeByPage, wholeMarkup } from '../../analyzer/census/censusNames';
import { markupModule } from '../../analyzer/census/pages';
import { elementsSpelled } from '../../analyzer/census/placedElements';
import { elementsMentioned, elementsOnOthers, mayShowAny } from '../../analyzer/census/unknownElements';
import type { FileSummary } from '../../analyzer/facts/exportFacts';
import { isPage } from '../../analyzer/files/pagePaths';
import { loadingsIn } from '../../analyzer/words/program';

/** What a text takes from one module. */
export interface ImportedNames {
  readonly module: string;
  /** Names as the module exports them; undefined where the text takes the module as a whole. */
  readonly names?: readonly string[];
  /** Only types are imported. */
  readonly isType?: true;
}

const source = /\b(?:from|(require)\()\s*['"]([^'"\n]+)['"]/g;

interface Statement {
  readonly module: string;
  /** Between `import` or `export` and `from`; undefined of a `require`. */
  readonly clause?: string;
  /** It passes on what it imports. */
  readonly isExport?: boolean;
}

/**
 * Statements that import, from their end: looked for from their beginning, a text of nothing but `import` took time by
 * the square of its length.
 */
function* statementsIn(text: string): Generator<Statement> {
  let end = 0;
  for (const match of text.matchAll(source)) {
    const [whole, required, module = ''] = match;
    const before = required === undefined ? clauseIn(text.slice(end, match.index)) : undefined;
    end = match.index + whole.length;
    if (required !== undefined) yield { module };
    else if (before !== undefined) yield { module, ...before };
  }
}

/** What stands after the last `import` or `export` that is not a name in braces. */
function clauseIn(text: string): Omit<Statement, 'module'> | undefined {
  const statement = text.slice(Math.max(...[...`'"\`;`].map((end) => text.lastIndexOf(end))) + 1);
  let until = statement.length;
  let open = 0;
  for (const { 0: word, index } of [...statement.matchAll(/\b(?:import|export)\s/g)].reverse()) {
    const part = statement.slice(index, until);
    open += part.split('{').length - part.split('}').length;
    if (open === 0) return { clause: statement.slice(index + word.length), isExport: word.startsWith('export') };
    until = index;
  }
  return undefined;
}

/** The modules that a text imports, and what of them it passes on, by its words. */
export function linksIn(text: string): {
  readonly modules: ReadonlySet<string>;
  readonly reexports: FileSummary['reexports'];
} {
  const modules = new Set<string>();
  const reexports: FileSummary['reexports'][number][] = [];
  for (const { module, clause = '', isExport } of statementsIn(text)) {
    modules.add(module);
    if (isExport) reexports.push(...passedOn(clause).map((one) => ({ ...one, module })));
  }
  return { modules, reexports };
}

/** `*`, `{ A, type B as C }`: names with those that they have in the module. */
function passedOn(clause: string): readonly { readonly name: string; readonly from: string }[] {
  if (clause.trim() === '*') return [{ name: '*', from: '*' }];
  return [...(clause.split('{')[1] ?? '').matchAll(/\b(\w+)(?:\s+as\s+(\w+))?\s*[,}]/g)].map(
    ([, from = '', name = from]) => ({ name, from }),
  );
}

/** What a text imports, by its words: only to know whether it is worth parsing. */
export function importedModules(text: string): readonly ImportedNames[] {
  const found = new Map<string, ImportedNames>();
  const add = (one: ImportedNames): void => {
    const key = `${one.isType ? 'type ' : ''}${one.module}`;
    const before = found.get(key);
    const names = before?.names && one.names ? [...before.names, ...one.names] : undefined;
    found.set(key, !before || names ? { ...one, ...(names ? { names } : {}) } : before.names ? one : before);
  };
  for (const [, module] of text.matchAll(/\bimport\s*\(\s*['"]([^'"\n]+)['"]/g))
    if (module !== undefined) add({ module, names: ['*'] });
  for (const { clause, module } of statementsIn(text)) {
    if (clause === undefined || clause.includes('*')) add({ module });
    else {
      const isType = /^\s*type\s/.test(clause);
      const { values, types } = namesOf(isType ? clause.replace('type', '') : clause);
      if (!isType && (values.length > 0 || types.length === 0)) add({ module, names: values });
      const ofTypes = isType ? [...values, ...types] : types;
      if (ofTypes.length > 0) add({ module, names: ofTypes, isType: true });
    }
  }
  for (const name of loadingsIn(text)) add({ module: '*', names: [name] });
  for (const name of [...elementsSpelled(text), ...elementsOnOthers(text)]) add({ module: `<${name}`, names: ['*'] });
  for (const [name, as] of elementsMentioned(text)) add({ module: `<${name}`, names: [as] });
  if (mayShowAny(text)) add({ module: anyElement, names: [madeByPage] });
  // A template that is put together may show any.
  if (/\btemplate['"]?\s*:\s*(?!\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`$]*`)\s*[,}])/.test(text))
    add({ module: anyElement, names: ['*'] });
  for (const [, path = ''] of text.matchAll(/\btemplateUrl['"]?\s*:\s*(?:['"`]([^'"`$\n]+)['"`])?/g))
    if (isPage(path)) add({ module: markupModule(path), names: [wholeMarkup] });
    else add({ module: anyElement, names: ['*'] });
  // The markup of a component may name others that nobody imports.
  if (text.includes('<template'))
    for (const [, name = ''] of text.matchAll(/<([A-Z]\w*|[a-z]\w*(?:-\w+)+)[\s/>]/g))
      add({ module: `<${name}`, names: ['*'] });
  return [...found.values()];
}

/** `Main, { A, type B as C }` → values `default` and `A`, type `B` */
function namesOf(clause: string): { readonly values: readonly string[]; readonly types: readonly string[] } {
  const [outside = '', inside = ''] = clause.split('{');
  const values = /\w/.test(outside) ? ['default'] : [];
  const types: string[] = [];
  for (const part of inside.replace('}', '').split(',')) {
    const [first = '', second] = part.trim().split(/\s+/);
    if (first === 'type' && second !== undefined && second !== 'as') types.push(second);
    else if (first !== '') values.push(first);
  }
  return { values, types };
}
