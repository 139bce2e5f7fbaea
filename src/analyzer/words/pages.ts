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

/** `win`, `ownerDocument`: does a variable of this name hold what a page has one of? */
export function namesPage(name: string): boolean {
  return /(?:^|[._])(?:win(?:dow)?|doc(?:ument)?|body)$|(?:Win(?:dow)?|Doc(?:ument)?|Body)$/.test(name);
}

/** `location.reload`, `window.close`, `process.exit`, `app.relaunch`: what is called leaves nothing of the page or the process. */
export function leavesProgram(callee: string): boolean {
  return /^(?:(?:(?:window|self|globalThis|document)\.)?location\.(?:reload|assign|replace)|(?:window|self)\.close|process\.(?:exit|abort)|(?:electron\.)?app\.(?:quit|exit|relaunch))$/.test(
    callee,
  );
}

/** `window.location.href`, which is given where to go. */
export function leavesPage(assigned: string): boolean {
  return /^(?:(?:window|self|globalThis|document)\.)?location(?:\.href)?$/.test(assigned);
}

/** Before an interface has its name, engines have it under their own. */
export const earlyPrefixes: readonly string[] = ['webkit', 'moz', 'ms'];

/** An element that the page has under a fixed name. */
export function isPlaceOfPage(text: string): boolean {
  return /^(?:window\.)?document\.(?:body$|(?:getElementById|querySelector)\(['"`])/.test(text);
}
