/** Names by which the census knows what is no export of a file. It knows no syntax: the server asks by them without the parser. */

/** All that a file of markup shows. */
export const wholeMarkup = '<';

/** Any element. */
export const anyElement = '<*';

/** By this name a file says that it defines an element. */
export const definition = '!';

/** By this name a file says that it defines one that templates know, and no page by itself. */
export const templateDefinition = '!t';

/** By this name a file says that it has the page make elements, whichever they are. */
export const madeByPage = '#';

/** By this name a file says that one of its texts is the name of an element: what it does with it is not seen. */
export const mention = '~';

/** By this name a file says that one of its texts is such a name, by which it only looks for elements or files. */
export const lookup = '~?';

/** Is it the name of an element, `<app-clock`? */
export function isElement(name: string): boolean {
  return name.startsWith('<') && name !== wholeMarkup;
}

/** The class that a function of this name makes of another. */
export function madeBy(name: string): string {
  return `${name}()`;
}

/** Does a name mean the class that a function makes? */
export function isMadeByFunction(name: string): boolean {
  return name.endsWith('()');
}

/** The function that makes a class, or the name as it is. */
export function makerOf(name: string): string {
  return isMadeByFunction(name) ? name.slice(0, -2) : name;
}
