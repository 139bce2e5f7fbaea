/**
 * Who places and who defines each element of the author's own, of all files: `<app-shell>` in a page, in the markup of another
 * component, or made by its name.
 */
import type { User } from './census';
import { anyElement, definition, madeByPage, mention, templateDefinition } from './censusNames';
import type { Use } from './exportFacts';
import { fileRoleOf } from './fileRole';
import { isPage } from './pagePaths';

export interface Placer {
  readonly user: User;
  readonly use: Use;
}

export class ElementCensus {
  private readonly placers = new Map<string, Placer[]>();
  private readonly definers = new Map<string, Set<string>>();
  /** Placed under names of which the program tells a part. */
  private readonly byPattern: { readonly fits: RegExp; readonly placer: Placer }[] = [];

  /** Elements that a page makes of their tags. */
  private readonly ofPages = new Set<string>();

  /** Names that are values in some text. */
  private readonly mentioned = new Set<string>();

  /** Packages of which a page begins with an element. */
  private readonly withPage = new Set<string>();

  /** Notes what a file does with an element. */
  note(user: User, use: Use, folder: string): void {
    if (use.as && isPage(user.path) && !use.given) this.withPage.add(folder);
    const key = plain(use.module);
    if (use.name === mention) this.mentioned.add(key);
    else if (use.name === definition || use.name === templateDefinition) {
      if (use.name === definition) this.ofPages.add(key);
      const known = this.definers.get(key);
      if (known) known.add(user.path);
      else this.definers.set(key, new Set([user.path]));
    } else if (use.module.includes('*')) {
      const parts = use.module.slice(1).split('*').map(plain);
      this.byPattern.push({ fits: new RegExp(`^${parts.join('.*')}$`), placer: { user, use } });
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
        .filter(({ fits, placer }) => fits.test(key) && (isOfPages || placer.use.name !== madeByPage))
        .map(({ placer }) => placer),
    ].filter(({ user }) => !isOtherProgram(user.path, definer));
  }
}

/** What an example does with elements that are none of its own, it does in a page of its own. */
export function isOtherProgram(user: string, definer: string): boolean {
  return fileRoleOf(user, '') === 'example' && fileRoleOf(definer, '') !== 'example';
}

/** `<app-header`, `AppHeader`: the same component. */
export function plain(name: string): string {
  return name.replace(/\W/g, '').toLowerCase();
}
