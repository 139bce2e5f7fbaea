/**
 * Who places and who defines each element of the author's own, of all files: `<app-shell>` in a page, in the markup of another
 * component, or made by its name.
 */

import type { Use } from '../facts/exportFacts';
import { fileRoleOf } from '../files/fileRole';
import { isOfLines, isPage } from '../files/pagePaths';
import type { User } from './census';
import { anyElement, definition, lookup, madeByPage, mention, templateDefinition } from './censusNames';

export interface Placer {
  readonly user: User;
  readonly use: Use;
}

export class ElementCensus {
  private readonly placers = new Map<string, Placer[]>();
  private readonly definers = new Map<string, Set<string>>();
  /** Placed under names of which the program tells a part. */
  private readonly byPattern: { readonly fits: (name: string) => boolean; readonly placer: Placer }[] = [];

  /** Elements that a page makes of their tags. */
  private readonly ofPages = new Set<string>();

  /** Names that are values in some text, and of each whether something may be made of them. */
  private readonly mentioned = new Map<string, boolean>();

  /** Packages of which a page begins with an element. */
  private readonly withPage = new Set<string>();

  /** Names as they are written, and as they are compared: most are written many times. */
  private readonly keys = new Map<string, string>();

  private keyOf(name: string): string {
    let key = this.keys.get(name);
    if (key === undefined) {
      key = plain(name);
      this.keys.set(name, key);
    }
    return key;
  }

  /** Notes what a file does with an element. */
  note(user: User, use: Use, folder: string): void {
    // Who writes an example need not begin a program with what it shows.
    const isBeginning = use.as && !use.given && isPage(user.path) && fileRoleOf(user.path, '') !== 'example';
    if (isBeginning) this.withPage.add(folder);
    const key = this.keyOf(use.module);
    if (use.name === mention || use.name === lookup)
      this.mentioned.set(key, use.name === mention || this.mayBeMade(key));
    else if (use.name === definition || use.name === templateDefinition) {
      if (use.name === definition) this.ofPages.add(key);
      const known = this.definers.get(key);
      if (known) known.add(user.path);
      else this.definers.set(key, new Set([user.path]));
    } else if (use.module.includes('*')) {
      const parts = use.module.slice(1).split('*').map(plain);
      this.byPattern.push({ fits: (name) => fits(name, parts), placer: { user, use } });
    } else {
      const known = this.placers.get(key);
      if (known) known.push({ user, use });
      else this.placers.set(key, [{ user, use }]);
    }
  }

  /** Something shows what nobody sees: it may be any element. */
  noteUnseen(user: User): void {
    this.note(user, { module: anyElement, name: '*' }, '');
  }

  /** Does any text have its name as a value, whatever becomes of it? */
  isMentioned(element: string): boolean {
    return this.mentioned.has(plain(element));
  }

  /** May what some text does with its name make one of it? */
  mayBeMade(element: string): boolean {
    return this.mentioned.get(plain(element)) === true;
  }

  /** Is it seen where the elements of a package begin? */
  hasPage(folder: string): boolean {
    return this.withPage.has(folder);
  }

  /**
   * Who places an element that a file defines; examples only those of their own.
   * @returns undefined where another file defines one of the same name
   */
  placersOf(element: string, definer: string): readonly Placer[] | undefined {
    const key = plain(element);
    const definers = this.definers.get(key);
    if (definers && [...definers].some((one) => one !== definer)) return undefined;
    // Of a file that is not parsed it is not known yet.
    const isOfPages = definers === undefined || this.ofPages.has(key);
    return [
      ...(this.placers.get(key) ?? []),
      ...this.byPattern
        .filter(({ fits, placer }) => fits(key) && (isOfPages || placer.use.name !== madeByPage))
        .map(({ placer }) => placer),
    ].filter(({ user }) => !isOtherProgram(user.path, definer));
  }
}

/** Is it one of an element of which the text does not say the name? In markup without tags those named are not seen either. */
export function isOfAny(path: string, { module }: Use): boolean {
  return module === anyElement && !isOfLines(path);
}

/** What an example does with elements that are none of its own, it does in a page of its own. */
export function isOtherProgram(user: string, definer: string): boolean {
  return fileRoleOf(user, '') === 'example' && fileRoleOf(definer, '') !== 'example';
}

/** `<app-header`, `AppHeader`: the same component. */
export function plain(name: string): string {
  return name.replace(/\W/g, '').toLowerCase();
}

/** Has the name these parts, one after the other, with anything between them? Each place of it is looked at once. */
function fits(name: string, parts: readonly string[]): boolean {
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
