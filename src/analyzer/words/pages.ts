/** What tells the code of a page: its files, and the objects that only a page has. */

/** A script that may write markup. */
export function isMarkupScript(path: string): boolean {
  return /\.[jt]sx$/i.test(path);
}

/** Does a text work on the page itself? */
export function usesPage(text: string): boolean {
  return /(?<![\w$.])(?:document|window|location)\.\w/.test(text);
}

/** `window`, `document.body`: what the page has one of, and knows a fixed number of events. */
export function isPageObject(text: string): boolean {
  return /^(?:window|self|globalThis|document|navigator)(?:\.\w+)?$/.test(text);
}

/** Before an interface has its name, engines have it under their own. */
export const earlyPrefixes: readonly string[] = ['webkit', 'moz', 'ms'];
