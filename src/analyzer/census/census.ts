/**
 * How often do all files together use an export? Once, if each of its uses is done once; that of another file may rest on how
 * often an export of that file is used, and so on up to what runs when it is loaded.
 */

import type { FileSummary, Question, Use } from '../facts/exportFacts';
import { fileRoleOf } from '../files/fileRole';
import { isPage } from '../files/pagePaths';
import { isComponentFile } from '../syntax/componentFile';
import { bringsIn, isBringer, isBroughtIn, isMadeOfFiles } from '../words/program';
import { exportOfHosts } from '../words/starts';
import {
  definition,
  isElement,
  isMadeByFunction,
  lookup,
  makerOf,
  mention,
  templateDefinition,
  wholeMarkup,
} from './censusNames';
import { ElementCensus, isOfAny, isOtherProgram, plain } from './elementCensus';
import { matching } from './loadedPaths';

/** What a file does with others. */
export interface User {
  readonly path: string;
  readonly uses: readonly Use[];
  readonly reexports: FileSummary['reexports'];
  /** Not parsed so far: its uses are what it imports, and what it does with it may be learned. */
  readonly isUnread?: boolean;
}

export interface Census {
  readonly isOnce: (path: string, question: Question) => boolean;
  /** Files that would have to be parsed for the answers that were given so far. */
  readonly wanted: ReadonlySet<string>;
}

/**
 * Takes a census of all files of a program.
 * @param resolve the file that a specifier means in another
 * @param isPublic whether others than these files may import the file
 */
export function takeCensus(
  users: Iterable<User>,
  resolve: (from: string, specifier: string) => string | undefined,
  isPublic: (path: string) => boolean,
  packageOf: (path: string) => string = () => '',
): Census {
  const pages = new Map<string, Page>();
  const pageOf = (path: string): Page => {
    const folder = packageOf(path);
    const page = pages.get(folder) ?? {
      hasRoot: false,
      hasEntry: false,
      isLoadedByPattern: false,
      isLoadedByName: false,
      isBringing: false,
      asked: new Set(),
      named: new Set(),
      unread: new Set(),
    };
    pages.set(folder, page);
    return page;
  };
  const importers = new Map<string, User[]>();
  // An alias that no configuration tells, `@app/feed`, may mean any file of that name.
  const meaning = (from: string, module: string): string | undefined =>
    resolve(from, module) ?? (/^[^.]/.test(module) ? `*/${tailOf(module)}` : undefined);
  const all = [...users];
  const paths = all.map(({ path }) => path);
  const meanings = (from: string, module: string): readonly string[] => {
    if (/^\.[^*]*\*/.test(module)) return matching(from, module, paths);
    const path = meaning(from, module);
    return path === undefined ? [] : [path];
  };
  const elements = new ElementCensus();
  for (const user of all) {
    // What a test does is gone with its process.
    if (fileRoleOf(user.path, '') === 'test') continue;
    notePage(user, pageOf(user.path));
    for (const use of user.uses)
      if (use.module.startsWith('<')) elements.note(user, use, packageOf(user.path));
      else if (use.name === wholeMarkup && resolve(user.path, use.module) === undefined) elements.noteUnseen(user);
    for (const [path, part] of partsOf(user, meanings)) {
      if (path === user.path) continue;
      if (part.uses.some((use) => use.as && !use.given)) pageOf(user.path).hasEntry = true;
      const known = importers.get(path);
      if (known) known.push(part);
      else importers.set(path, [part]);
    }
  }

  const wanted = new Set<string>();
  const answers = new Map<string, boolean>();
  const answerTo = (path: string, { as, of }: Question): boolean => {
    const key = `${path} ${as} ${of.join(' ')}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    // Who rests on itself rests on nothing.
    answers.set(key, false);
    const found = usesOf(path, of, new Set());
    const answer = isSo(path, { as, of }, found);
    answers.set(key, answer);
    return answer;
  };

  const isSo = (path: string, { as, of }: Question, found: readonly Found[] | undefined): boolean => {
    switch (as) {
      case 'unused':
        if (found?.length !== 0) return false;
        if (of.some(isElement) && !elements.hasPage(packageOf(path))) return false;
        if (of.some((name) => isElement(name) && elements.isMentioned(name))) return false;
        return isComponentFile(path) ? isShownByNobody(path) : !mayBeLoaded(path);
      case 'unmade':
        return found?.length === 0 && pageOf(path).hasEntry && !mayBeLoaded(path);
      case 'uncalled':
      case 'unnamed':
        // What is not parsed yet may take one name of a module, and not the whole.
        if (as === 'unnamed' && found?.every(({ isUnread, use }) => isUnread && use.name === '*'))
          for (const one of found) wanted.add(one.path);
        // Others come to the file by its name, and not to this. Who loads by a name that is not seen asks for it there.
        return (
          found?.length === 0 &&
          (!mayBeLoaded(path) || (as === 'unnamed' && !of.some((name) => mayBeAsked(path, name)))) &&
          importers.get(path)?.some(({ uses }) => uses.length > 0) === true &&
          !of.some((name) => isLeftToHost(path, name, of))
        );
      case 'unseen':
        return found?.length === 0;
      case 'sole':
        return !isFoundUnseen(path) && isAtOnePlace(withoutAny(found, of));
      default:
        if (isFoundUnseen(path)) return false;
        return areOnce(
          found,
          (use) => use.as === as || (use.as === 'made' && of.some((name) => isElement(name) || isMadeByFunction(name))),
        );
    }
  };

  /** Is it of a package that others may load: then they may have its elements, whichever file it offers. */
  const isOffered = (path: string): boolean => {
    offering ??= new Set(paths.filter(isPublic).map(packageOf));
    return offering.has(packageOf(path));
  };
  let offering: ReadonlySet<string> | undefined;

  /** Files of its program need no import of it; of a component their markup tells the name. */
  const isFoundUnseen = (path: string): boolean => isBroughtIn(path) && pageOf(path).isBringing;

  /** By means that do not name it. */
  const mayBeLoaded = (path: string): boolean => pageOf(path).isLoadedByPattern || pageOf(path).isLoadedByName;

  /** Of what is loaded without being named: as a whole, or by this name. */
  const mayBeAsked = (path: string, name: string): boolean =>
    name === 'default' || pageOf(path).asked.has(name.replace('default.', ''));

  /**
   * A member of an export that hosts ask for, `default.fetch`, where no file of the program asks for that export; each member of
   * a CommonJS module is an export, too.
   */
  const isLeftToHost = (path: string, name: string, names: readonly string[]): boolean => {
    const base = exportOfHosts(name);
    return (
      base !== undefined &&
      !names.includes(name.slice(base.length + 1)) &&
      !importers
        .get(path)
        ?.some(
          ({ uses, reexports }) =>
            uses.some((use) => isOfExport(use, base)) || reexports.some(({ from }) => from === base),
        )
    );
  };

  const isShownByNobody = (path: string): boolean => {
    const { hasRoot, isLoadedByPattern, named, unread } = pageOf(path);
    if (isLoadedByPattern || named.has(plain(tailOf(path.replace(/\.\w+$/, ''))))) return false;
    if (!hasRoot) for (const one of unread) wanted.add(one);
    return hasRoot;
  };

  /** @returns undefined where not all are seen */
  const usesOf = (path: string, names: readonly string[], seen: Set<string>): readonly Found[] | undefined => {
    const step = `${path} ${names.join(' ')}`;
    if (seen.has(step)) return [];
    seen.add(step);
    if (isPublic(path) || (isFoundUnseen(path) && !isComponentFile(path))) return undefined;
    const found: Found[] = [];
    const isOfElement = names.some(isElement);
    for (const element of names.filter(isElement)) {
      const placers = isOffered(path) ? undefined : elements.placersOf(element, path);
      if (!placers) return undefined;
      for (const { user, use } of placers) found.push({ path: user.path, use, isUnread: user.isUnread === true });
    }
    for (const user of [...(importers.get(path) ?? []), ...(importers.get(`*/${tailOf(path)}`) ?? [])]) {
      const { path: by, isUnread = false } = user;
      if (isOfElement && isOtherProgram(by, path)) continue;
      for (const use of user.uses) {
        const about = names.map((name) => meant(use, name));
        if (about.includes('all')) found.push({ path: by, use: { module: use.module, name: use.name }, isUnread });
        else if (about.includes('it')) found.push({ path: by, use, isUnread });
      }
      const passed = user.reexports.flatMap((reexport) => names.flatMap((name) => renamed(name, reexport)));
      if (passed.length === 0) continue;
      const more = usesOf(user.path, passed, seen);
      if (!more) return undefined;
      found.push(...more);
    }
    return found;
  };

  /** None at all says nothing: it may be used by means that are not seen. */
  const areOnce = (found: readonly Found[] | undefined, isMeant: (use: Use) => boolean): boolean => {
    if (!found || found.length === 0) return false;
    const unread = found.filter(({ isUnread }) => isUnread);
    const areOthersOnce = found.every(
      ({ path, use, isUnread }) =>
        isUnread || (isMeant(use) && (use.given ?? []).every((question) => answerTo(path, question))),
    );
    if (areOthersOnce) for (const { path } of unread) wanted.add(path);
    return areOthersOnce && unread.length === 0;
  };

  /** Without those of an element that may be any: one is seldom made of a name that no text has for a value. */
  const withoutAny = (found: readonly Found[] | undefined, names: readonly string[]): readonly Found[] | undefined =>
    names.some((name) => isElement(name) && !elements.mayBeMade(name))
      ? found?.filter(({ path, use }) => !isOfAny(path, use))
      : found;

  /** One use, by what is used at one place itself, or is there once; or each on a page of its own. */
  const isAtOnePlace = (found: readonly Found[] | undefined): boolean => {
    const [only, more] = found ?? [];
    if (!only) return false;
    if (more) return found?.every(({ path, use }) => isPage(path) && use.as === 'put' && !use.given) === true;
    if (only.isUnread) wanted.add(only.path);
    const { sole, as, given = [] } = only.use;
    const holds = (question: Question): boolean =>
      answerTo(only.path, question) || (question.as === 'put' && answerTo(only.path, { ...question, as: 'sole' }));
    return sole?.every(holds) === true || (as === 'put' && given.every(holds));
  };

  return { isOnce: answerTo, wanted };
}

/** What is known of the page that a package makes, as far as it decides whether a component is shown there. */
interface Page {
  /** A script puts a component there. */
  hasRoot: boolean;
  /** Some file, as it is loaded, makes or calls what another has. */
  hasEntry: boolean;
  /** What is shown there may be any file, by its path. */
  isLoadedByPattern: boolean;
  /** Product code loads files by names that are not written. */
  isLoadedByName: boolean;
  /** Members that the files which do so ask of anything. */
  readonly asked: Set<string>;
  /** Files find what lies in some folders without an import. */
  isBringing: boolean;
  /** Components that markup names without an import. */
  readonly named: Set<string>;
  /** Scripts that are not parsed, and may put a component there. */
  readonly unread: Set<string>;
}

function notePage({ path, uses, isUnread = false }: User, page: Page): void {
  page.isBringing ||= bringsIn(path) || uses.some(({ module }) => isBringer(module));
  for (const { module, name, as } of uses) {
    if (module === '*' && name.startsWith('.')) for (const one of name.slice(1).split(' ')) page.asked.add(one);
    else if (module === '*' && name === '?') page.isLoadedByName ||= fileRoleOf(path, '') === 'production';
    // A class of a style, `<overflow-auto`, may be told as the name of an element.
    else if (module === '*' || (!module.startsWith('<') && isMadeOfFiles(module))) page.isLoadedByPattern = true;
    else if (name === definition || name === templateDefinition || name === mention || name === lookup) continue;
    else if (module.startsWith('<')) page.named.add(plain(module));
    else if (!isComponentFile(module) || isComponentFile(path)) continue;
    else if (as === 'put') page.hasRoot = true;
    else if (isUnread) page.unread.add(path);
  }
}

/** What a file does with others, apart for each file that it means. */
function partsOf(user: User, meanings: (from: string, module: string) => readonly string[]): ReadonlyMap<string, User> {
  const { path: by, isUnread = false } = user;
  const parts = new Map<string, Part>();
  const known = new Map<string, readonly Part[]>();
  const partsFor = (module: string): readonly Part[] => {
    let found = known.get(module);
    if (!found) {
      found = meanings(by, module).map((path) => {
        let part = parts.get(path);
        if (!part) {
          part = { path: by, uses: [], reexports: [], isUnread };
          parts.set(path, part);
        }
        return part;
      });
      known.set(module, found);
    }
    return found;
  };
  for (const use of user.uses)
    if (!use.module.startsWith('<')) for (const part of partsFor(use.module)) part.uses.push(use);
  for (const reexport of user.reexports) for (const part of partsFor(reexport.module)) part.reexports.push(reexport);
  return parts;
}

/** What a user does with one file. */
interface Part extends User {
  readonly uses: Use[];
  readonly reexports: FileSummary['reexports'][number][];
}

/** The last name of a path or specifier that says something. */
function tailOf(path: string): string {
  const parts = path.replace(/\.(?:[cm]?[jt]sx?|vue|svelte)$/, '').split('/');
  const last = parts.pop() ?? '';
  return last === 'index' ? (parts.pop() ?? last) : last;
}

interface Found {
  /** The file that uses it. */
  readonly path: string;
  readonly use: Use;
  readonly isUnread: boolean;
}

/** Is a use one of the export, or one that gives away all that the module has? */
function meant({ name, as }: Use, asked: string): 'it' | 'all' | undefined {
  // Who makes a class by a function uses the function, and who uses it may make one.
  if (isMadeByFunction(name) !== isMadeByFunction(asked))
    return meant({ module: '', name: makerOf(name) }, makerOf(asked)) === undefined ? undefined : 'all';
  const [base = '', member] = asked.split('.');
  if (name === '*') return asked === 'default' && as !== undefined ? 'it' : as === undefined ? 'all' : undefined;
  if (name === asked || name === `*.${asked}`) return 'it';
  if (member === undefined) return undefined;
  // `require('./feed').open()` of `module.exports = { open }`
  if (base === 'default' && name === `*.${member}`) return 'it';
  return name === base || name === `*.${base}` ? 'all' : undefined;
}

/** `timers.pace()` of `import timers from './timers'`: does the use go to the export, or to a part of it? */
function isOfExport({ name }: Use, base: string): boolean {
  return name === base || name.startsWith(`${base}.`);
}

/** The name by which a file passes an export on, if it does. */
function renamed(asked: string, { name, from }: FileSummary['reexports'][number]): readonly string[] {
  const [base = '', member] = asked.split('.');
  if (name === '*') return base === 'default' ? [] : [asked];
  if (from !== base && !(from === '*' && base === 'default')) return [];
  return [member === undefined ? name : `${name}.${member}`];
}
