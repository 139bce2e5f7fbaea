/** How elements of the author's own are named, described and drawn. */

/** A decorator of this name names the element that the class is, by a text or by an option. */
export function namesElement(decorator: string): boolean {
  return decorator === 'customElement' || decorator === 'Component';
}

/** Options under which such a decorator names the element; the first for templates alone. */
export const templateOption = 'selector';
export const elementOptions: ReadonlySet<string> = new Set([templateOption, 'tag']);

/** Options under which it has the markup, and names the file of the markup. */
export const markupOption = 'template';
export const markupFileOption = 'templateUrl';

/** `customElements.define('app-clock', Clock)` */
export function definesElement(callee: string): boolean {
  return /(?:^|\.)customElements\.define$/.test(callee);
}

/** Is it what a text of markup is given to, to draw it? */
export function drawsMarkup(tag: string): boolean {
  return tag === 'html' || tag === 'svg' || tag.endsWith('.html');
}

/**
 * Does a module give such a text to what keeps the elements that stand there already, and draws once whatever it draws again? What
 * others make of a text may be markup that is put there anew each time. A copy beside the program bears the name of its package.
 */
export function updatesInPlace(module: string): boolean {
  return /^(?:(?:.*\/)?lit-(?:html|element)|lit|@polymer\/polymer|@lit\/reactive-element)(?:\/|\.js$|$)/.test(module);
}

/** Members whose value, or what they give, is what the elements of a class show. */
export const drawing: ReadonlySet<string> = new Set(['render', 'template']);

/** Options of a module's description that only say which components there are. */
export const listings: ReadonlySet<string> = new Set(['declarations', 'imports', 'exports']);

/** The option that says which components a page begins with. */
export const beginnings = 'bootstrap';

/** Does a variable or property of this name hold the name of an element? */
export function holdsElementName(name: string): boolean {
  return /tag|element|component|selector/i.test(name);
}
