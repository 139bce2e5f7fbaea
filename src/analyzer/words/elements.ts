/** Elements of a page: how one is come to from another that it is in. */

/** Methods of an element that give elements within it. */
export function findsWithin(name: string): boolean {
  return /^(?:querySelector(?:All)?|getElementsBy\w+)$/.test(name);
}

/** Properties of an element that are elements within it. */
export function isWithinElement(name: string): boolean {
  return /^(?:(?:first|last)(?:Element)?Child|children|childNodes)$/.test(name);
}

/** Does a method of this name leave nothing of what was in an element? */
export function replacesContent(name: string): boolean {
  return name === 'replaceChildren';
}

/** `root.removeChild(root.firstChild)`, `root.firstChild.remove()` */
export function removesElement(name: string): boolean {
  return name === 'removeChild' || name === 'remove';
}

/** `el`, `$el`, `_container`: does a field of this name hold the element that a view is shown as? */
export function namesOwnElement(name: string): boolean {
  return /^[_$#]*(?:el|element|container|root|host|dom|node)(?:El|Element)?$/i.test(name);
}
